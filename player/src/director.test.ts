import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Director, type Showing } from "./director";
import type { Manifest, Slide, Track } from "./manifest";
import { Plan } from "./plan";
import { Show } from "./show";
import type { Picture, Stage } from "./stage";

const DAY = 86_400_000;
const START = 18_600 * DAY;

/** A stage that shows what was prepared, and fails or hangs where it is told to. */
class FakeStage {
  shown: string | null = null;
  readonly broken = new Set<string>();
  readonly slow = new Set<string>();
  private ready: string | null = null;

  async prepare({ key }: Picture): Promise<void> {
    if (this.broken.has(fileOf(key))) throw new Error("picture_broken");
    if (this.slow.has(fileOf(key))) return new Promise(() => undefined);
    this.ready = key;
  }

  show(key: string): boolean {
    if (key !== this.ready && key !== this.shown) return false;
    this.shown = key;
    return true;
  }

  dark(): void {
    this.shown = null;
  }

  rebuild(): void {
    this.ready = null;
  }
}

const fileOf = (key: string): string => key.split("|")[0] as string;

function slide(file: string, fields: Partial<Slide> = {}): Slide {
  const known = {
    kind: "image",
    fit: "cover",
    focus: [500, 500],
    transition: "cut",
    until_ms: null,
    alt: "",
  } as const;
  return { ...known, file, asset: `ast_${file}`, duration_ms: 10_000, ...fields };
}

function plan(digest: string, slides: { [id: string]: Slide }, role: Track["role"] = "rotation"): Plan {
  const track = {
    schedule: `sch_${role}`,
    role,
    weight: 1,
    slides: Object.keys(slides),
    until_ms: null,
  } as Track;
  const manifest: Manifest = {
    format: 1,
    zone: "Asia/Ho_Chi_Minh",
    profile: "1920x1080",
    spread_ms: 0,
    horizon_ms: [START, START + 35 * DAY],
    slots: Array.from({ length: 35 }, (_, i) => [START + i * DAY, "a", START + i * DAY, 0] as const),
    loops: { a: { tracks: [track], reminders: [] } },
    slides,
    files: {},
    fallback: "a",
  };
  return new Plan(digest, manifest);
}

const AB = { s0: slide("a"), s1: slide("b") };
let stage: FakeStage;
let shown: Showing[];
let told: string[];
let director: Director;

const onGlass = (): string | null => stage.shown && fileOf(stage.shown);
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  stage = new FakeStage();
  shown = [];
  told = [];
  director = new Director(
    stage as unknown as Stage,
    { now: () => Date.now(), rate: () => 1 },
    () => Promise.reject(new Error("the fake stage opens nothing")),
    {
      appeared: (showing) => shown.push(showing),
      notice: (wanted) => told.push(wanted ? "notice" : "no notice"),
      adopted: ({ digest }) => told.push(`adopted ${digest}`),
      fault: (code, detail) => told.push(`${code} ${detail}`),
    },
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("the director", () => {
  it("shows each slide on time and says so", async () => {
    director.take(plan("m", AB));
    await pass(30_000);
    expect(shown.map(({ play, sinceMs }) => [play.slide, sinceMs - START])).toEqual([
      ["s0", 0],
      ["s1", 10_000],
      ["s0", 20_000],
      ["s1", 30_000],
    ]);
    expect(told).toContain("adopted m");
  });

  it("counts every turn of a slide that follows itself", async () => {
    director.take(plan("m", { s0: slide("a") }));
    await pass(20_000);
    expect(shown).toHaveLength(3);
  });

  it("enters the slide in progress part-way", async () => {
    vi.setSystemTime(START + 14_000);
    director.take(plan("m", AB));
    await pass(1);
    expect(onGlass()).toBe("b");
    expect(shown[0]?.partWay).toBe(true);
  });

  it("takes a new manifest over when the slide that is showing ends", async () => {
    director.take(plan("old", AB));
    await pass(4_000);
    director.take(plan("new", { s0: slide("x"), s1: slide("y") }));
    await pass(5_999);
    expect(onGlass()).toBe("a");
    await pass(1);
    expect(onGlass()).toBe("y");
    expect(told.filter((line) => line.startsWith("adopted"))).toEqual(["adopted old", "adopted new"]);
  });

  it("holds the old slide when less than 2 s are left of the new one", async () => {
    director.take(plan("old", AB));
    await pass(4_000);
    director.take(
      plan("new", { s0: slide("x", { duration_ms: 5_500 }), s1: slide("y", { duration_ms: 5_500 }) }),
    );
    await pass(6_500);
    expect(onGlass()).toBe("a");
    await pass(500);
    expect(onGlass()).toBe("x");
  });

  it("lets a takeover in at once, and an old takeover not again", async () => {
    director.take(plan("old", AB));
    await pass(4_000);
    director.take(plan("takeover", { s0: slide("t", { duration_ms: 600_000 }) }, "takeover"));
    await pass(1);
    expect(onGlass()).toBe("t");
    director.take(plan("again", { s0: slide("u", { duration_ms: 600_000 }) }, "takeover"));
    await pass(1_000);
    expect(onGlass()).toBe("t");
  });

  it("leaves the time of a slide that cannot be shown to the one before it", async () => {
    stage.broken.add("b");
    director.take(plan("m", { ...AB, s2: slide("c") }));
    await pass(15_000);
    expect(onGlass()).toBe("a");
    expect(told).toContain("picture_broken b");
    await pass(5_000);
    expect(onGlass()).toBe("c");
    expect(shown.map(({ play }) => play.slide)).toEqual(["s0", "s2"]);
  });

  it("shows the built-in notice when not even the first slide can be shown", async () => {
    director.take(plan("m", { s0: slide("a", { kind: "hologram" }) }));
    await pass(1);
    expect(told).toEqual(["unknown_kind s0", "notice"]);
  });

  it("lays a show over the plan, once through, and goes back", async () => {
    director.take(plan("m", { s0: slide("a", { duration_ms: 600_000 }) }));
    await pass(3_000);
    const slides = { x: slide("x", { duration_ms: 1_500 }), y: slide("y", { duration_ms: 1_500 }) };
    director.lay(new Show(["x", "y"], slides, Date.now()));
    const seen: (string | null)[] = [];
    for (let i = 0; i < 4; i++) {
      await pass(1);
      seen.push(onGlass());
      await pass(1_499);
    }
    expect(seen).toEqual(["x", "y", "a", "a"]);
    expect(shown[1]?.play).toMatchObject({ schedule: "show_now", role: "takeover" });
  });

  it("ends a show when it is told to", async () => {
    director.take(plan("m", { s0: slide("a", { duration_ms: 600_000 }) }));
    await pass(1_000);
    director.lay(new Show(["x"], { x: slide("x", { duration_ms: 60_000 }) }, Date.now()));
    await pass(1);
    expect(onGlass()).toBe("x");
    director.lay(null);
    await pass(1);
    expect(onGlass()).toBe("a");
  });

  it("is stuck when slide after slide does not come, and not when one was refused with a reason", async () => {
    stage.broken.add("b");
    director.take(plan("m", AB));
    await pass(55_000);
    expect(director.stuck).toBe(false);
    for (const file of ["a", "b"]) stage.slow.add(file);
    stage.broken.clear();
    stage.rebuild();
    stage.shown = "something else";
    await pass(40_000);
    expect(director.stuck).toBe(true);
    stage.slow.clear();
    director.rebuild();
    await pass(1_000);
    expect(director.stuck).toBe(false);
  });

  it("is stuck when it no longer looks at the plan", async () => {
    director.take(plan("m", AB));
    await pass(25_000);
    expect(director.stuck).toBe(false);
    vi.spyOn(globalThis, "setTimeout").mockReturnValue(0 as never); // a timer that never comes
    await pass(20_000);
    expect(director.stuck).toBe(true);
  });
});
