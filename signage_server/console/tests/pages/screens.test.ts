import { describe, expect, it } from "vitest";
import type { ScreenOut } from "../../src/api/generated";
import { digestsOf, isUnderWay, reach } from "../../src/pages/playlists/reach";
import { browserText, nearestRendition } from "../../src/pages/wall/picture";
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
    [
      { showing: { slide: "s1", role: "takeover", schedule_id: "show_now" } as ScreenOut["showing"] },
      "shown",
    ],
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
    expect(wall.sort(byNeed).map((one) => one.name)).toEqual(["Z", "Tầng 2", "Tầng 10"]);
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
    const before = digestsOf(["a", "b", "c", "d", "e"].map((id) => screen({ id })));
    const after = [
      screen({ id: "a", wanted_digest: "e", stored_digest: "e" }),
      screen({ id: "b", wanted_digest: "e" }),
      screen({ id: "c", wanted_digest: "e", online: false, name: "C" }),
      screen({ id: "d" }),
      screen({ id: "e", wanted_digest: "e", stored_digest: "e", online: false, name: "E" }),
    ];
    const { all, there, away } = reach(after, before);
    expect([all, there, away.map((one) => one.name)]).toEqual([4, 2, ["C"]]);
  });

  it("is asked for until it is everywhere, but not for ever", () => {
    const before = digestsOf([screen()], 0);
    const halfway = screen({ wanted_digest: "e" });
    const arrived = screen({ wanted_digest: "e", stored_digest: "e" });
    expect([screen(), halfway, arrived].map((one) => isUnderWay(before, [one], 1_000))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isUnderWay(before, [halfway], 60_000)).toBe(false);
  });
});

describe("the picture of a board", () => {
  const rendition = (profile: string) => {
    const [width = 0, height = 0] = profile.split("x").map(Number);
    return { profile, url: `/media/${profile}`, type: "image/webp", size_bytes: 1, width, height };
  };
  const asset = { renditions: ["3840x2160", "1920x1080", "1080x1920"].map(rendition) };

  it("has the board's own shape, and is the smallest of it", () => {
    expect(nearestRendition(asset, "720x1280")).toBe("/media/1080x1920");
    expect(nearestRendition(asset, "1280x720-jpeg")).toBe("/media/1920x1080");
    expect(nearestRendition({ renditions: [] }, "1920x1080")).toBeNull();
  });

  it("comes with the browser's name instead of its long line", () => {
    const chromium =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/53.0.2785 Safari/537.36";
    expect(browserText(chromium)).toBe("Chromium 53");
    expect(browserText("Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0")).toBe("Firefox 140");
  });
});
