import { describe, expect, it } from "vitest";
import edges from "../../tests/vectors/edges.json";
import { parseManifest } from "./manifest";

const FILE = "0".repeat(64);

/** A whole manifest as plain data, so that a test can break one place of it. */
function whole() {
  const plan = JSON.parse(JSON.stringify(edges[0]?.plan));
  for (const id in plan.slides) plan.slides[id] = { ...plan.slides[id], kind: "image", file: FILE };
  return { format: 1, ...plan, files: { [FILE]: { type: "image/webp", bytes: 1 } } };
}

type Data = ReturnType<typeof whole>;

const BROKEN: [string, (data: Data) => void][] = [
  ["another format", (data) => (data.format = 2)],
  ["no horizon", (data) => delete data.horizon_ms],
  ["a horizon of less than a week", (data) => (data.horizon_ms[1] = 604_799_999)],
  ["a horizon that is not whole", (data) => (data.horizon_ms[1] += 0.5)],
  ["no slots", (data) => (data.slots = [])],
  ["slots that begin late", (data) => (data.slots[0][0] = 1)],
  ["slots out of order", (data) => data.slots.reverse()],
  ["a slot after the horizon", (data) => (data.slots[data.slots.length - 1][0] = data.horizon_ms[1])],
  ["a slot before its own day", (data) => (data.slots[0][2] = 1)],
  ["a slot without a turn", (data) => data.slots[0].pop()],
  ["a turn below nothing", (data) => (data.slots[0][3] = -1)],
  ["a slot without its loop", (data) => (data.slots[0][1] = "nowhere")],
  ["no fallback", (data) => (data.fallback = "nowhere")],
  ["a fallback that is dark", (data) => (data.loops.f = { off: true })],
  ["a loop without tracks", (data) => (data.loops.x.tracks = [])],
  ["a track without weight", (data) => (data.loops.x.tracks[0].weight = 0)],
  ["a track without slides", (data) => (data.loops.x.tracks[0].slides = [])],
  ["a track of unknown slides", (data) => (data.loops.x.tracks[0].slides = ["nobody"])],
  [
    "a reminder without rhythm",
    (data) => data.loops.x.reminders.push({ every_ms: 0, offset_ms: 0, slides: ["A"] }),
  ],
  ["a reminder without offset", (data) => data.loops.x.reminders.push({ every_ms: 1, slides: ["A"] })],
  ["a slide without duration", (data) => (data.slides.A.duration_ms = 0)],
  ["a picture without its file", (data) => (data.slides.A.file = "1".repeat(64))],
];

describe("parseManifest", () => {
  it("reads a manifest", () => {
    expect(parseManifest(JSON.stringify(whole())).horizon_ms).toEqual([0, 1_209_600_000]);
  });

  it("lets unknown kinds and fields through", () => {
    const data = whole();
    data.slides.A = { kind: "hologram", duration_ms: 1, asset: "ast_1" };
    expect(parseManifest(JSON.stringify({ ...data, later: 1 })).slides.A?.kind).toBe("hologram");
  });

  it.each(BROKEN)("refuses %s", (_, spoil) => {
    const data = whole();
    spoil(data);
    expect(() => parseManifest(JSON.stringify(data))).toThrow();
  });

  it.each(["", "null", "[]", "{}", "<html>"])("refuses %j", (text) => {
    expect(() => parseManifest(text)).toThrow();
  });
});
