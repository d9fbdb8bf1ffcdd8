/** The stretches of a week as people tell them: in whole minutes. Pure. */

import type { Stretch } from "../../api/generated";

const minuteMs = 60_000;

export const isOn = ({ start, end }: Stretch, nowMs: number) =>
  nowMs >= Date.parse(start) && nowMs < Date.parse(end);

const lengthOf = ({ start, end }: Stretch) => Date.parse(end) - Date.parse(start);

/**
 * The same stretches without those of less than a minute: the plan is cut at "now" into what has been and what will
 * be, and a cut beside an edge leaves a "17:23–17:23". Such a rest goes to the neighbour that plays the same, else to
 * the one after it, else to the one before.
 */
export function inWholeMinutes(stretches: readonly Stretch[]): Stretch[] {
  const told: Stretch[] = [];
  let rest: Stretch | null = null;
  for (const one of stretches) {
    const whole: Stretch = rest ? begun(one, rest) : one;
    rest = null;
    const last = told.at(-1);
    const isShort = lengthOf(whole) < minuteMs;
    if (isShort && last && meet(last, whole) && samePlays(last, whole))
      told[told.length - 1] = ended(last, whole);
    else if (isShort && stretches.some((next) => meet(whole, next))) rest = whole;
    else if (isShort && last && meet(last, whole)) told[told.length - 1] = ended(last, whole);
    else told.push(whole);
  }
  return told;
}

const meet = (one: Stretch, next: Stretch) => one.end === next.start && one.day === next.day;
const begun = (one: Stretch, rest: Stretch) => ({ ...one, start: rest.start, from_wall: rest.from_wall });
const ended = (one: Stretch, rest: Stretch) => ({ ...one, end: rest.end, to_wall: rest.to_wall });

function samePlays(one: Stretch, other: Stretch): boolean {
  const plays = ({ kind, tracks, reminders }: Stretch) => JSON.stringify([kind, tracks, reminders]);
  return plays(one) === plays(other);
}
