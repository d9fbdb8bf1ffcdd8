/** A manifest as it travels: see docs/protocol/manifest.md. Field names are those of the text. */
export interface Manifest {
  readonly format: 1;
  readonly zone: string;
  readonly profile: string;
  readonly spread_ms: number;
  readonly horizon_ms: readonly [number, number];
  readonly slots: readonly Slot[];
  readonly loops: { readonly [key: string]: Loop };
  readonly slides: { readonly [id: string]: Slide };
  readonly files: { readonly [sha256: string]: MediaFile };
  readonly fallback: string;
}

/** Start, key of the loop, the local midnight that began the day, the number of the local date since 1970. */
export type Slot = readonly [startMs: number, loop: string, dayStartMs: number, turn: number];

export type Loop = OffLoop | PlayingLoop;

export interface OffLoop {
  readonly off: true;
  readonly until_ms?: number | null;
}

export interface PlayingLoop {
  readonly tracks: readonly Track[];
  readonly reminders: readonly Reminder[];
}

export interface Track {
  readonly schedule: string;
  /** Absent: a rotation. */
  readonly role?: "rotation" | "takeover" | "fallback";
  readonly weight: number;
  readonly slides: readonly string[];
  readonly until_ms: number | null;
}

export interface Reminder {
  readonly schedule: string;
  readonly every_ms: number;
  readonly offset_ms: number;
  readonly take: "next" | "all";
  readonly slides: readonly string[];
  readonly until_ms: number | null;
}

export interface Slide {
  /** `image`; anything else is for players newer than this one. */
  readonly kind: string;
  readonly file: string;
  readonly duration_ms: number;
  readonly fit: "cover" | "contain";
  readonly focus: readonly [number, number];
  readonly transition: "fade" | "cut";
  readonly asset: string;
  readonly until_ms: number | null;
  readonly alt: string;
}

export interface MediaFile {
  readonly type: string;
  readonly bytes: number;
  readonly chunks?: readonly string[];
}

const WEEK_MS = 604800000;

/** Reads a manifest and checks all that playing it depends on; throws where it is not one. */
export function parseManifest(text: string): Manifest {
  const manifest = JSON.parse(text) as Manifest;
  const { format, horizon_ms: horizon, slots, loops, slides, files, fallback } = manifest;
  check(format === 1, "format");
  check(horizon[1] - horizon[0] >= WEEK_MS && isWhole(horizon[0]) && isWhole(horizon[1]), "horizon_ms");
  check(tiles(slots, horizon), "slots");
  for (const slot of slots) check(loops[slot[1]], "slots");
  check(loops[fallback] && !("off" in (loops[fallback] as Loop)), "fallback");
  for (const key in loops) checkLoop(loops[key] as Loop, slides);
  for (const id in slides) checkSlide(slides[id] as Slide, files);
  return manifest;
}

/** The slot that holds an instant; none before the first, the last for ever. */
export function slotAt(slots: readonly Slot[], atMs: number): Slot | undefined {
  let found: Slot | undefined;
  for (const slot of slots) if (slot[0] <= atMs) found = slot;
  return found;
}

function checkLoop(loop: Loop, slides: Manifest["slides"]): void {
  if ("off" in loop) return;
  check(loop.tracks.length, "tracks");
  for (const track of loop.tracks) check(isWhole(track.weight, 1), "weight");
  for (const reminder of loop.reminders) {
    check(isWhole(reminder.every_ms, 1) && isWhole(reminder.offset_ms), "reminders");
  }
  for (const { slides: names } of [...loop.tracks, ...loop.reminders]) {
    check(names.length && names.every((id) => slides[id]), "slides");
  }
}

function checkSlide(slide: Slide, files: Manifest["files"]): void {
  check(isWhole(slide.duration_ms, 1), "duration_ms");
  check(slide.kind !== "image" || files[slide.file], "file");
}

function tiles(slots: readonly Slot[], horizon: readonly [number, number]): boolean {
  let previous = -Infinity;
  for (const [startMs, , dayStartMs, turn] of slots) {
    if (!isWhole(startMs) || !isWhole(turn, 0) || startMs <= previous || dayStartMs > startMs) return false;
    previous = startMs;
  }
  return !!slots[0] && slots[0][0] === horizon[0] && previous < horizon[1];
}

function isWhole(value: unknown, atLeast = -Infinity): boolean {
  return Number.isSafeInteger(value) && (value as number) >= atLeast;
}

function check(holds: unknown, where: string): void {
  if (!holds) throw new Error(`manifest_malformed: ${where}`);
}
