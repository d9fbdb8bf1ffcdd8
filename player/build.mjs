// Builds the player into signage_server/web/static/player/ and refuses what an old board could not run.
//
//   node build.mjs           build and check
//   node build.mjs --sizes   the same, and print the sizes
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { checkRunsOnOldBoards } from "./gate.mjs";
import { privateNames } from "./privates.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "signage_server", "web", "static", "player");
const fonts = join(here, "..", "node_modules", "@fontsource", "be-vietnam-pro");

/** Bytes, gzipped: a board on a bad line loads this once per version. */
const LIMITS = { "own code": 14_000, "player.js": 28_000, "sw.js": 3_000 };
const SUBSETS = ["latin-ext", "latin", "vietnamese"];
const WEIGHTS = [400, 700];
/** Stands in the built files until the hash of all of them is known. */
const VERSION = "@VERSION@";

/** The boards speak websocket or plain HTTP of our own; Engine.IO's other transports stay out. */
const websocketOnly = {
  name: "websocket-only",
  setup(build) {
    build.onLoad({ filter: /engine\.io-client\/build\/esm\/transports\/index\.js$/ }, ({ path }) => ({
      contents: 'import { WS } from "./websocket.js"; export const transports = { websocket: WS };',
      resolveDir: dirname(path),
    }));
  },
};

/** Leaves the socket client out, to weigh our own code alone. */
const withoutSocket = {
  name: "without-socket",
  setup(build) {
    build.onLoad({ filter: /socket\.io-client\/build\/esm\/index\.js$/ }, () => ({
      contents: "export const io = 0;",
    }));
  },
};

/** The libraries in the bundle, by the folders of their sources. */
const LIBRARIES = [
  "socket.io-client",
  "engine.io-client",
  "socket.io-parser",
  "engine.io-parser",
  "@socket.io/component-emitter",
];

async function namesToShorten() {
  const texts = [];
  for (const library of LIBRARIES) {
    const folder = join(here, "..", "node_modules", library);
    for (const file of await readdir(folder, { recursive: true })) {
      if (/\.m?js$/.test(file) && !file.startsWith("dist"))
        texts.push(await readFile(join(folder, file), "utf8"));
    }
  }
  return new RegExp(`^(${privateNames(join(here, "src"), texts).join("|")})$`);
}

const mangleProps = await namesToShorten();

async function bundle(entry, define = {}, plugins = [websocketOnly]) {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: [`src/${entry}.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["es2015", "chrome53"],
    charset: "utf8",
    supported: { "async-generator": true }, // there is none; without this every `yield*` is wrapped
    legalComments: "none",
    mangleProps,
    define: { __VERSION__: JSON.stringify(VERSION), ...define },
    plugins,
  });
  return outputFiles[0].text;
}

async function fontFaces() {
  const ranges = JSON.parse(await readFile(join(fonts, "unicode.json"), "utf8"));
  const faces = WEIGHTS.flatMap((weight) => SUBSETS.map((subset) => ({ weight, subset })));
  return faces.map(({ weight, subset }) => ({
    name: `be-vietnam-pro-${subset}-${weight}.woff2`,
    from: join(fonts, "files", `be-vietnam-pro-${subset}-${weight}-normal.woff2`),
    css:
      `@font-face{font-family:"Be Vietnam Pro";font-weight:${weight};font-display:block;` +
      `src:url("be-vietnam-pro-${subset}-${weight}.woff2") format("woff2");unicode-range:${ranges[subset]}}`,
  }));
}

async function pages() {
  const boot = (await readFile(join(here, "pages", "boot.js"), "utf8")).trim();
  const page = (name) => readFile(join(here, "pages", name), "utf8");
  return {
    "index.html": (await page("index.html")).replace("/*BOOT*/", () => boot),
    "preview.html": await page("preview.html"),
  };
}

async function make() {
  const faces = await fontFaces();
  const css =
    faces.map((face) => face.css).join("\n") + (await readFile(join(here, "pages", "player.css"), "utf8"));
  const shell = ["./", "player.js", "player.css", ...faces.map((face) => face.name)];
  const texts = {
    ...(await pages()),
    "player.css": css,
    "player.js": await bundle("main"),
    "preview.js": await bundle("preview"),
    "sha256.js": await bundle("sha256-script"),
    "sw.js": await bundle("sw", { __SHELL__: JSON.stringify(shell) }),
  };
  const { version } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
  const hash = createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 8);
  const build = `${version}+${hash}`;
  for (const name of Object.keys(texts)) texts[name] = texts[name].split(VERSION).join(build);
  return { faces, texts: { ...texts, "version.json": `${JSON.stringify({ version: build })}\n` } };
}

async function write({ faces, texts }) {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const [name, text] of Object.entries(texts)) await writeFile(join(target, name), text);
  for (const face of faces) await cp(face.from, join(target, face.name));
}

const gzipped = (text) => gzipSync(text, { level: 9 }).length;

async function weigh(texts) {
  const own = await bundle("main", {}, [withoutSocket]);
  const sizes = {
    "own code": gzipped(own),
    "player.js": gzipped(texts["player.js"]),
    "sw.js": gzipped(texts["sw.js"]),
  };
  return Object.entries(sizes).map(([name, bytes]) => ({ name, bytes, limit: LIMITS[name] }));
}

const made = await make();
checkRunsOnOldBoards(made.texts, await readFile(join(here, "pages", "boot.js"), "utf8"));
await write(made);
const sizes = await weigh(made.texts);
if (process.argv.includes("--sizes")) {
  for (const { name, bytes, limit } of sizes)
    console.log(`${name.padEnd(10)} ${bytes} of ${limit} bytes gzipped`);
}
const heavy = sizes.filter(({ bytes, limit }) => bytes > limit);
if (heavy.length) {
  console.error(`Too heavy for a board: ${heavy.map(({ name }) => name).join(", ")}`);
  process.exit(1);
}
