/**
 * How high which time stands in a calendar: one scale for all the columns beside it, so that a line drawn across the
 * week is one and the same time on every day. Pure.
 *
 * An hour has its usual height. Where a stretch would be lower than a line of text, its minutes are drawn taller, in
 * every column alike; the hours after it move down with their labels.
 */

/** The minutes of the day that a calendar shows, [from, to). */
export interface Hours {
  from: number;
  to: number;
}

export const wholeDay: Hours = { from: 0, to: 24 * 60 };

/** Minutes that want the height of a line at least. */
export interface Span {
  from: number;
  to: number;
}

export interface Scale {
  hours: Hours;
  heightPx: number;
  /** Times and how far down they stand; straight between them. */
  knots: readonly { minute: number; px: number }[];
}

/** The lowest scale on which an hour has its height, and every span that of a line. */
export function scaleOf(spans: readonly Span[], hours: Hours, hourPx: number, linePx: number): Scale {
  const endingAt = new Map<number, number>();
  for (const { from, to } of spans) endingAt.set(to, Math.max(from, endingAt.get(to) ?? hours.from));
  const at = new Map<number, number>();
  const knots: { minute: number; px: number }[] = [];
  for (const minute of minutesOf(spans, hours)) {
    const last = knots.at(-1);
    const usual = last ? last.px + ((minute - last.minute) * hourPx) / 60 : 0;
    // Of the spans that end here the one that began last needs the most room.
    const began = endingAt.get(minute);
    const px = began === undefined ? usual : Math.max(usual, (at.get(began) ?? 0) + linePx);
    at.set(minute, px);
    knots.push({ minute, px });
  }
  return { hours, heightPx: knots.at(-1)?.px ?? 0, knots };
}

function minutesOf(spans: readonly Span[], hours: Hours): number[] {
  const minutes = new Set([hours.from, hours.to, ...spans.flatMap(({ from, to }) => [from, to])]);
  return [...minutes].sort((a, b) => a - b);
}

/** A scale of a given height, for paper: hours are as tall as the lines leave room for. */
export function fittedScale(spans: readonly Span[], hours: Hours, heightPx: number, linePx: number): Scale {
  let [low, high] = [0, (60 * heightPx) / (hours.to - hours.from)];
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (scaleOf(spans, hours, middle, linePx).heightPx > heightPx) high = middle;
    else low = middle;
  }
  return scaleOf(spans, hours, low, linePx);
}

/** How far down a minute of the day stands, per cent of the column. */
export function placeOf({ knots, heightPx }: Scale, minute: number): number {
  const after = knots.findIndex((knot) => knot.minute >= minute);
  const [one, two] = [knots[after - 1], knots[after]];
  if (!two) return 100;
  if (!one || heightPx === 0) return 0;
  const part = (minute - one.minute) / (two.minute - one.minute);
  return (100 * (one.px + part * (two.px - one.px))) / heightPx;
}

/** The whole hours and where they stand, per cent. */
export function hoursOf(scale: Scale): { minute: number; top: number }[] {
  const { from, to } = scale.hours;
  return Array.from({ length: (to - from) / 60 + 1 }, (_, index) => from + 60 * index).map((minute) => ({
    minute,
    top: placeOf(scale, minute),
  }));
}

/** Those hours whose labels have room for themselves. */
export function labelledHours(scale: Scale, labelPx: number): { minute: number; top: number }[] {
  let free = Number.NEGATIVE_INFINITY;
  return hoursOf(scale).filter(({ top }) => {
    const px = (top * scale.heightPx) / 100;
    if (px < free) return false;
    free = px + labelPx;
    return true;
  });
}

/**
 * One scale for all the groups of a page where that makes none of them much taller than it must be; else each its own.
 */
export function sharedScale(
  groups: readonly (readonly Span[])[],
  make: (spans: readonly Span[]) => Scale,
): Scale | null {
  const shared = make(groups.flat());
  const lowest = Math.min(...groups.map((spans) => make(spans).heightPx));
  return shared.heightPx <= 1.5 * lowest ? shared : null;
}
