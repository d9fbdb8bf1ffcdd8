import { describe, expect, it } from "vitest";
import type { ScreenOut } from "../../src/api/generated";
import { digestsOf, reach } from "../../src/pages/playlists/reach";
import { byNeed, holding, ratioOf, screenState } from "../../src/pages/wall/state";

const showing = { slide: "s1", role: "rotation" } as ScreenOut["showing"];
const screen = (facts: Partial<ScreenOut> = {}): ScreenOut =>
  ({
    id: "scr_1",
    name: "A",
    online: true,
    heard_at: "2026-11-24T00:00:00Z",
    profile: "1920x1080",
    wanted_digest: "d",
    stored_digest: "d",
    missing_bytes: 0,
    showing,
    ...facts,
  }) as ScreenOut;

describe("the state of a screen is what it proved", () => {
  it.each<[Partial<ScreenOut>, string]>([
    [{}, "playing"],
    [{ heard_at: null, online: false, showing: null }, "never"],
    [{ online: false }, "lost"],
    [{ showing: { slide: null, role: "off" } as ScreenOut["showing"] }, "dark"],
    [{ showing: null, missing_bytes: 5 }, "fetching"],
    [{ showing: null }, "waiting"],
  ])("%j → %s", (facts, state) => {
    expect(screenState(screen(facts))).toBe(state);
  });

  it("puts what needs a look first, then names in their natural order", () => {
    const wall = [
      screen({ name: "Tầng 10" }),
      screen({ name: "Tầng 2" }),
      screen({ name: "Z", online: false }),
    ];
    expect(wall.toSorted(byNeed).map((one) => one.name)).toEqual(["Z", "Tầng 2", "Tầng 10"]);
  });

  it("knows whether it holds the newest manifest", () => {
    expect(holding(screen())).toBe("current");
    expect(holding(screen({ stored_digest: "old" }))).toBe("updating");
    expect(holding(screen({ stored_digest: null }))).toBe("none");
  });

  it("reads the shape from the profile", () => {
    expect(ratioOf("1080x1920-jpeg")).toBe(1080 / 1920);
    expect(ratioOf("")).toBe(16 / 9);
  });
});

describe("how far an edit has come", () => {
  it("counts only the screens it concerns, and names those out of reach", () => {
    const before = digestsOf([
      screen({ id: "a" }),
      screen({ id: "b" }),
      screen({ id: "c" }),
      screen({ id: "d" }),
    ]);
    const after = [
      screen({ id: "a", wanted_digest: "e", stored_digest: "e" }),
      screen({ id: "b", wanted_digest: "e" }),
      screen({ id: "c", wanted_digest: "e", online: false, name: "C" }),
      screen({ id: "d" }),
    ];
    const { all, there, away } = reach(after, before);
    expect([all, there, away.map((one) => one.name)]).toEqual([3, 1, ["C"]]);
  });
});
