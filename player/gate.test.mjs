import { describe, expect, it } from "vitest";
import { checkRunsOnOldBoards, scriptFindings } from "./gate.mjs";
import { privateNames } from "./privates.mjs";

describe("the gate for old boards", () => {
  it("lets through what Chromium 53 can run", () => {
    expect(scriptFindings("x.js", "const f = (a, ...b) => ({ a, b }); class A {}", 2015)).toEqual([]);
    expect(scriptFindings("x.js", "typeof globalThis !== 'undefined' && b.globalThis", 2015)).toEqual([]);
  });

  it.each([
    ["async () => {}", "Unexpected token"],
    ["a?.b", "Unexpected token"],
    ["a ** b", "Unexpected token"],
    ["x.padStart(2)", "padStart came with Chromium 57"],
    ["Object.entries(x)", "Object.entries came with Chromium 54"],
    ["new AbortController()", "AbortController came with Chromium 66"],
    ["/(?<=a)b/", "Invalid regular expression"],
  ])("refuses %s", (script, why) => {
    expect(scriptFindings("x.js", script, 2015).join()).toContain(why);
  });

  it("refuses a boot script that the oldest browsers cannot even parse, and styles that old boards drop", () => {
    const texts = { "player.css": "a{display:grid}" };
    expect(() => checkRunsOnOldBoards(texts, "let a = 1;")).toThrow(/boot.js.*\n.*player.css/);
  });
});

describe("names that may be shortened", () => {
  it("are private and cross no border", () => {
    const names = privateNames("src", []);
    expect(names).toContain("tickedMono");
    for (const border of ["digest", "server_ms", "open", "now", "shown", "unsent", "slides"]) {
      expect(names).not.toContain(border);
    }
  });

  it("are none that a bundled library uses", () => {
    expect(privateNames("src", ["x.tickedMono"])).not.toContain("tickedMono");
  });
});
