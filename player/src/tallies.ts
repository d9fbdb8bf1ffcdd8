/** One showing as it happened. */
export interface Shown {
  readonly asset: string;
  readonly schedule: string;
  readonly role: string;
  /** The time was a guess: the server had not been heard since the board started. */
  readonly guessed: boolean;
  readonly startMs: number;
  readonly endMs: number;
  /** Time on the glass, by the monotonic clock. */
  readonly shownMs: number;
  /** It was on the glass for less than the slide's duration. */
  readonly cut: boolean;
  /** How much later than planned it began. */
  readonly lateMs: number;
}

/** The plays of a quarter of an hour, added up. Every field only grows (`first_ms` only shrinks). */
export interface Tally {
  readonly id: string;
  readonly quarter_ms: number;
  readonly asset: string;
  readonly schedule: string;
  readonly role: string;
  readonly guessed: boolean;
  readonly plays: number;
  readonly shown_ms: number;
  readonly first_ms: number;
  readonly last_ms: number;
  /** Longest time from the start of one play of the schedule to the next; kept for reminders. */
  readonly longest_gap_ms: number;
  readonly cuts: number;
  readonly late_ms: number;
}

export const QUARTER_MS = 900_000;

export function tallyId(shown: Shown): string {
  return [quarterOf(shown), shown.asset, shown.schedule, shown.role, shown.guessed ? 1 : 0].join("/");
}

/** Adds one showing to what was counted before. `previousStartMs`: when the schedule's last play began. */
export function add(tally: Tally | undefined, shown: Shown, previousStartMs?: number): Tally {
  const { asset, schedule, role, guessed, startMs, endMs } = shown;
  const gap = previousStartMs === undefined ? 0 : Math.max(0, startMs - previousStartMs);
  const before = tally || {
    plays: 0,
    shown_ms: 0,
    first_ms: startMs,
    last_ms: endMs,
    longest_gap_ms: 0,
    cuts: 0,
    late_ms: 0,
  };
  return {
    id: tallyId(shown),
    quarter_ms: quarterOf(shown),
    asset,
    schedule,
    role,
    guessed,
    plays: before.plays + 1,
    shown_ms: before.shown_ms + Math.max(0, Math.round(shown.shownMs)),
    first_ms: Math.min(before.first_ms, startMs),
    last_ms: Math.max(before.last_ms, endMs),
    longest_gap_ms: Math.max(before.longest_gap_ms, gap),
    cuts: before.cuts + (shown.cut ? 1 : 0),
    late_ms: Math.max(before.late_ms, shown.lateMs),
  };
}

function quarterOf({ startMs }: Shown): number {
  return startMs - (startMs % QUARTER_MS);
}
