import { describe, expect, it } from "vitest";
import edges from "../../tests/vectors/edges.json";
import horizon from "../../tests/vectors/horizon.json";
import numbers from "../../tests/vectors/numbers.json";
import reminders from "../../tests/vectors/reminders.json";
import tracks from "../../tests/vectors/tracks.json";
import { type Manifest, parseManifest } from "./manifest";
import { type Play, Playout, whatPlays } from "./playout";

interface Case {
  name: string;
  plan: { slides: { [id: string]: object } };
  from_ms: number;
  until_ms: number;
  plays: unknown[][];
}

const FILE = "0".repeat(64);
const AROUND_A_SLIDE = {
  kind: "image",
  file: FILE,
  fit: "cover",
  focus: [500, 500],
  transition: "fade",
  asset: "ast_1",
  alt: "",
};

/** The manifest around a plan that says only what time depends on. */
function manifestOf(plan: Case["plan"]): Manifest {
  const slides: { [id: string]: object } = {};
  for (const id in plan.slides) slides[id] = { ...AROUND_A_SLIDE, ...plan.slides[id] };
  const around = { format: 1, zone: "UTC", profile: "1920x1080", spread_ms: 0 };
  const files = { [FILE]: { type: "image/webp", bytes: 1 } };
  return parseManifest(JSON.stringify({ ...around, ...plan, slides, files }));
}

function plays(playout: Playout, fromMs: number, untilMs: number): Play[] {
  const found: Play[] = [];
  for (let atMs = fromMs; atMs < untilMs; ) {
    const play = playout.at(atMs);
    found.push(play);
    atMs = play.endMs;
  }
  return found;
}

const VECTORS: { [name: string]: unknown } = { edges, reminders, tracks, horizon, numbers };

describe.each(Object.keys(VECTORS))("%s", (name) => {
  const cases = VECTORS[name] as Case[];
  it.each(cases)("$name", ({ plan, from_ms, until_ms, plays: expected }) => {
    const found = plays(new Playout(manifestOf(plan)), from_ms, until_ms);
    expect(found.map((play) => [play.slide, play.schedule, play.role, play.startMs, play.endMs])).toEqual(
      expected,
    );
  });
});

describe("a playout that is asked again", () => {
  const manifest = manifestOf((tracks as Case[])[0]?.plan as Case["plan"]);

  it("answers the same whichever way one asks", () => {
    const playout = new Playout(manifest);
    const hour = 3_600_000;
    for (const atMs of [5 * hour, 0, 5 * hour, 400 * hour, 4 * hour + 12_345, -hour, 23 * hour, 25 * hour]) {
      const play = playout.at(atMs);
      expect(play).toEqual(whatPlays(manifest, atMs));
      expect(play.startMs <= atMs && atMs < play.endMs).toBe(true);
    }
  });

  it("does not walk the day again to say what it has said", () => {
    const playout = new Playout(manifest);
    const play = playout.at(3_600_000);
    expect(playout.at(play.endMs - 1)).toBe(play);
  });
});
