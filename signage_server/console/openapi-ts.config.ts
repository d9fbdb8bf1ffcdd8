import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "../../build/openapi.json",
  output: { path: "src/api/generated", postProcess: [] },
  plugins: [
    "@hey-api/client-fetch",
    "@hey-api/typescript",
    { name: "@hey-api/sdk", responseStyle: "fields" },
  ],
});
