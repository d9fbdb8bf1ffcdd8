// Refuses a built script that Chromium 53 could not parse, or that calls what it does not have.
import { parse } from "acorn";

/** The oldest engine we run on, and the names it does not know with the Chromium version that brought them. */
const OLDEST = 53;
const MEMBERS = {
  padStart: 57,
  padEnd: 57,
  formatToParts: 57,
  finally: 63,
  flat: 69,
  flatMap: 69,
  toggleAttribute: 69,
  matchAll: 73,
  fromEntries: 73,
  trimStart: 66,
  trimEnd: 66,
  allSettled: 76,
  requestVideoFrameCallback: 83,
  replaceAll: 85,
  replaceChildren: 86,
  randomUUID: 92,
  replaceWith: 54,
  inset: 87,
};
const GLOBALS = {
  BroadcastChannel: 54,
  TransformStream: 67,
  ResizeObserver: 64,
  AbortController: 66,
  BigInt: 67,
  globalThis: 71,
  queueMicrotask: 71,
  CompressionStream: 80,
  WeakRef: 84,
  structuredClone: 98,
};
const QUALIFIED = {
  "Object.entries": 54,
  "Object.values": 54,
  "Object.getOwnPropertyDescriptors": 54,
  "Promise.any": 85,
};
/** What CSS may not say: an old engine drops the rule and the picture falls apart. */
const CSS = [
  /display:\s*(inline-)?grid/,
  /[;{\s]gap:/,
  /[;{\s]inset:/,
  /[;{\s]aspect-ratio:/,
  /\b(min|max|clamp)\(/,
  /:is\(|:where\(|:has\(/,
];

/** Throws with every finding at once. */
export function checkRunsOnOldBoards(texts, boot) {
  const scripts = Object.entries(texts).filter(([name]) => name.endsWith(".js"));
  const findings = scripts.flatMap(([name, text]) => scriptFindings(name, text, 2015));
  findings.push(...scriptFindings("boot.js", boot, 3));
  const css = texts["player.css"];
  findings.push(...CSS.filter((rule) => rule.test(css)).map((rule) => `player.css: ${rule} is too new`));
  if (findings.length) throw new Error(`An old board could not run this:\n  ${findings.join("\n  ")}`);
}

/** What one script says that the oldest engine would not understand. */
export function scriptFindings(name, text, ecmaVersion) {
  let tree;
  try {
    tree = parse(text, { ecmaVersion, sourceType: "script" });
  } catch (error) {
    return [`${name}: ${error.message}`];
  }
  const findings = [];
  walk(tree, null, (node, parent) => {
    const word = tooNew(node, parent);
    if (word) findings.push(`${name}: ${word} came with Chromium ${versionOf(word)}, ours is ${OLDEST}`);
  });
  return findings;
}

const known = (table, word) => Object.hasOwn(table, word);

function versionOf(word) {
  return QUALIFIED[word] || MEMBERS[word] || GLOBALS[word];
}

function tooNew(node, parent) {
  if (node.type === "MemberExpression" && !node.computed) {
    const path = `${node.object.name}.${node.property.name}`;
    if (known(QUALIFIED, path)) return path;
    return known(MEMBERS, node.property.name) && node.property.name;
  }
  const isReference = node.type === "Identifier" && known(GLOBALS, node.name);
  const isProperty = parent && (parent.type === "MemberExpression" || parent.type === "Property");
  // `typeof X` asks whether it is there: that is how a newer thing may be used.
  const isAsked = parent && parent.type === "UnaryExpression" && parent.operator === "typeof";
  return isReference && !isProperty && !isAsked && node.name;
}

function walk(node, parent, visit) {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child.type === "string") walk(child, node, visit);
    }
  }
}
