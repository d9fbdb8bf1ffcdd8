import { describe, expect, it } from "vitest";
import type { AssetOut, PlaylistOut, SlideOut } from "../../src/api/generated";
import {
  differs,
  durationMs,
  edited,
  lengthMs,
  moved,
  playlistIn,
  withAsset,
  withoutSlide,
  withSlide,
} from "../../src/pages/playlists/editing";

const slide = (id: string): SlideOut => ({
  id,
  asset_id: `ast_${id}`,
  asset_name: id,
  asset_state: "ready",
  thumbnail_url: null,
  duration_ms: 10_000,
  fit: "cover",
  focus: [500, 500],
  transition: "fade",
});

const playlist: PlaylistOut = {
  id: "pls_1",
  unit_id: "unt_1",
  name: "A",
  slides: [slide("a"), slide("b"), slide("c")],
  length_ms: 30_000,
  used_in: [],
  created_at: "2026-11-24T00:00:00Z",
  etag: "1",
};
const asset = { id: "ast_x", kind: "notice", name: "X", state: "ready", thumbnail_url: null } as AssetOut;
const order = (list: ReturnType<typeof edited>) => list.slides.map((one) => one.key).join("");

describe("editing a playlist", () => {
  it("begins equal to what is saved", () => {
    expect(differs(edited(playlist), playlist)).toBe(false);
  });

  it("moves a slide, and no further than the ends", () => {
    expect(order(moved(edited(playlist), "a", 1))).toBe("bac");
    expect(order(moved(edited(playlist), "c", -2))).toBe("cab");
    expect(order(moved(edited(playlist), "a", -1))).toBe("abc");
    expect(order(moved(edited(playlist), "c", 5))).toBe("abc");
  });

  it("adds at the end, without an id, and removes", () => {
    const longer = withAsset(edited(playlist), asset, "k");
    expect(playlistIn(longer).slides?.at(-1)).toMatchObject({
      id: null,
      asset_id: "ast_x",
      duration_ms: 10_000,
    });
    expect(longer.slides.at(-1)?.fit).toBe("contain");
    expect(withAsset(longer, { ...asset, kind: "image" }, "p").slides.at(-1)?.fit).toBe("cover");
    expect(lengthMs(longer)).toBe(40_000);
    expect(order(withoutSlide(longer, "k"))).toBe("abc");
  });

  it("notices a change and its undoing", () => {
    const changed = withSlide(edited(playlist), "b", { fit: "contain" });
    expect(differs(changed, playlist)).toBe(true);
    expect(differs(withSlide(changed, "b", { fit: "cover" }), playlist)).toBe(false);
  });

  it("keeps durations within what the server allows", () => {
    expect(durationMs(12.5)).toBe(12_500);
    expect(durationMs(0)).toBe(1_000);
    expect(durationMs(1e9)).toBe(86_400_000);
    expect(durationMs("-")).toBe(10_000);
  });
});
