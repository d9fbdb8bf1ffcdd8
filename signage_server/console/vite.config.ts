import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = `http://127.0.0.1:${process.env.SIGNAGE_PORT ?? "8080"}`;

export default defineConfig({
  base: "/console/",
  plugins: [react()],
  build: {
    // Offices keep old computers: the last Chromium for Windows 7 is 109.
    target: ["chrome109", "firefox115", "safari16"],
    outDir: "../web/static/console",
    emptyOutDir: true,
    // Files stay files: the content security policy allows no data: scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    proxy: {
      "/api": server,
      "/media": server,
      "/player": server,
      "/socket.io": { target: server, ws: true },
    },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.{ts,tsx}"] },
});
