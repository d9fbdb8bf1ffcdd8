/** Every text in both languages, none forgotten in the code, none left over. */

import ts from "typescript";
import { describe, expect, it } from "vitest";
import en from "../../src/i18n/en.json";
import vi from "../../src/i18n/vi.json";

const sources = import.meta.glob<string>("../../src/**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});
const components = Object.entries(sources).filter(([path]) => path.endsWith(".tsx"));
const plural = /_(zero|one|two|few|many|other)$/;

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
}

const keysOf = (tree: Tree) => [...new Set(leaves(tree).map(([key]) => key.replace(plural, "")))].sort();
const gapsIn = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort();

/** Words in the source that a reader would see: JSX text, and attributes that are read aloud or shown. */
function hardCoded(path: string, source: string): string[] {
  const shown = new Set([
    "label",
    "title",
    "placeholder",
    "description",
    "alt",
    "aria-label",
    "text",
    "lead",
  ]);
  const examples = new Set(["XXXX-XXXX"]);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const words = ts.isJsxText(node) ? node.text : attributeText(node, shown);
    if (/\p{L}{2,}/u.test(words) && !examples.has(words)) found.push(`${path}: ${words.trim()}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

function attributeText(node: ts.Node, shown: ReadonlySet<string>): string {
  if (!ts.isJsxAttribute(node) || !node.initializer || !ts.isStringLiteral(node.initializer)) return "";
  return shown.has(node.name.getText()) ? node.initializer.text : "";
}

describe("texts", () => {
  it("has every text in Vietnamese and in English", () => {
    expect(keysOf(en)).toEqual(keysOf(vi));
  });

  it("has a Vietnamese plural form for every counted text, and both English ones", () => {
    const counted = (tree: Tree, form: string) =>
      leaves(tree).flatMap(([key]) => (key.endsWith(form) ? [key.replace(plural, "")] : []));
    expect(counted(en, "_other")).toEqual(counted(en, "_one"));
    expect(counted(vi, "_other").sort()).toEqual(counted(en, "_other").sort());
  });

  it("fills the same gaps in both languages", () => {
    const english = new Map(leaves(en));
    for (const [key, text] of leaves(vi))
      expect([key, gapsIn(english.get(key) ?? "")]).toEqual([key, gapsIn(text)]);
  });

  it("is written in composed Unicode, as people search for it", () => {
    for (const [, text] of leaves(vi)) expect(text).toBe(text.normalize("NFC"));
  });

  it("puts the tone mark as the server's own words do: xoá, huỷ, khoá", () => {
    for (const [key, text] of leaves(vi))
      expect([key, text]).not.toEqual([key, expect.stringMatching(/[óòỏõọ]a(?!\p{L})|[úùủũụ]y(?!\p{L})/u)]);
  });

  it("leaves no text unused", () => {
    const code = Object.values(sources).join("\n");
    const used = (key: string) =>
      code.includes(`"${key}"`) || code.includes(`\`${key.replace(/[^.]*$/, "")}\${`);
    const suffixed = (key: string) => /^first\.\w+Hint$/.test(key);
    expect(keysOf(vi).filter((key) => !used(key) && !suffixed(key))).toEqual([]);
  });

  it("stands in no component as hard-coded words", () => {
    expect(components.flatMap(([path, source]) => hardCoded(path, source))).toEqual([]);
    expect(hardCoded("x.tsx", 'const x = <p title="Lưu">Xin chào</p>;')).toHaveLength(2);
  });
});
