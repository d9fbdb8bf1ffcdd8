/**
 * A week as a calendar: which stretch stands where in the column of its day. Pure.
 *
 * Everything is counted from the wall times and instants that the server gives, never in the browser's zone. On a day
 * whose clock is changed wall times jump or come twice; the edges never run backwards for it.
 */

import type { Stretch } from "../../api/generated";
import { minuteOf } from "./days";

/** The minutes of the day that a calendar shows, [from, to). */
export interface Hours {
  from: number;
  to: number;
}

export const wholeDay: Hours = { from: 0, to: 24 * 60 };

/** A stretch in its column; where from the top and how tall, per cent of the column. */
export interface Block {
  stretch: Stretch;
  top: number;
  height: number;
  /** What the height is in pixels while the column is as tall as `Column.heightPx`. */
  heightPx: number;
}

export interface DayColumn {
  day: string;
  blocks: Block[];
  /** How long the day lasts: 24 hours but where clocks are changed. */
  lengthMs: number;
}

export interface Calendar {
  columns: DayColumn[];
  heightPx: number;
}

/** A block is never lower than this: a line of text, and something to point at. */
const leastPx = 24;

interface Piece {
  stretch: Stretch;
  from: number;
  to: number;
}

/** The stretches of a day, one under the other, in minutes of the wall clock. */
function piecesOf(stretches: readonly Stretch[]): Piece[] {
  let reached = 0;
  return stretches.map((stretch) => {
    const from = Math.max(reached, minuteOf(stretch.from_wall));
    reached = Math.max(from, minuteOf(stretch.to_wall));
    return { stretch, from, to: reached };
  });
}

/** Lay out a week. Short stretches get the height that a line needs; the column grows where there are many. */
export function calendarOf(
  days: readonly string[],
  stretches: readonly Stretch[],
  hours: Hours,
  hourPx: number,
): Calendar {
  const ofDay = days.map((day) => stretches.filter((stretch) => stretch.day === day));
  const visible = ofDay.map((list) => piecesOf(list).filter((piece) => isIn(piece, hours)));
  const most = Math.max(0, ...visible.map((pieces) => pieces.length));
  const heightPx = Math.max(((hours.to - hours.from) / 60) * hourPx, most * leastPx);
  const columns = days.map((day, index) => ({
    day,
    blocks: blocksOf(visible[index] ?? [], hours, heightPx),
    lengthMs: lengthOf(ofDay[index] ?? []),
  }));
  return { columns, heightPx };
}

// What lasts no minute of the wall clock (it lies in an hour that comes twice) is shown as well.
function isIn({ from, to }: Piece, hours: Hours): boolean {
  return to > hours.from && from < hours.to && (to > from || from > hours.from);
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { start, end }) => sum + Date.parse(end) - Date.parse(start), 0);
}

function blocksOf(pieces: readonly Piece[], hours: Hours, heightPx: number): Block[] {
  const perMinute = heightPx / (hours.to - hours.from);
  const place = (minute: number) =>
    (Math.min(hours.to, Math.max(hours.from, minute)) - hours.from) * perMinute;
  // Gaps between stretches may vanish; the stretches themselves may not.
  const edges: number[] = [0];
  const least: number[] = [];
  for (const { from, to } of pieces) {
    edges.push(place(from), place(to));
    least.push(0, leastPx);
  }
  const spread = spreadOut(edges, least, heightPx);
  return pieces.map(({ stretch }, index) => {
    const top = spread[2 * index + 1] ?? 0;
    const bottom = spread[2 * index + 2] ?? top;
    const share = (px: number) => (100 * px) / heightPx;
    return { stretch, top: share(top), height: share(bottom - top), heightPx: bottom - top };
  });
}

/**
 * Move edges apart until neighbours keep their least distance, and no further than that needs (least squares: the
 * edges less the room before them must not fall, so runs that do are replaced by their mean).
 */
export function spreadOut(edges: readonly number[], least: readonly number[], height: number): number[] {
  const room = [0];
  for (const px of least) room.push((room[room.length - 1] ?? 0) + px);
  const runs: { mean: number; count: number }[] = [];
  edges.forEach((edge, index) => {
    let run = { mean: edge - (room[index] ?? 0), count: 1 };
    for (let last = runs.at(-1); last && last.mean > run.mean; last = runs.at(-1)) {
      runs.pop();
      const count = last.count + run.count;
      run = { mean: (last.mean * last.count + run.mean * run.count) / count, count };
    }
    runs.push(run);
  });
  const free = Math.max(0, height - (room.at(-1) ?? 0));
  return runs
    .flatMap(({ mean, count }) => Array<number>(count).fill(Math.min(free, Math.max(0, mean))))
    .map((place, index) => place + (room[index] ?? 0));
}

/** The hours in which something begins or ends, with an hour around them; the whole day where little is saved. */
export function busyHours(stretches: readonly Stretch[]): Hours {
  const inside = stretches
    .flatMap(({ from_wall, to_wall }) => [minuteOf(from_wall), minuteOf(to_wall)])
    .filter((minute) => minute > wholeDay.from && minute < wholeDay.to);
  if (inside.length === 0) return wholeDay;
  const from = Math.max(wholeDay.from, Math.floor(Math.min(...inside) / 60) * 60 - 60);
  const to = Math.min(wholeDay.to, Math.ceil(Math.max(...inside) / 60) * 60 + 60);
  return to - from > 20 * 60 ? wholeDay : { from, to };
}

/** How far an instant is down the column of its day, per cent; null where it is not on this calendar. */
export function nowIn({ blocks }: DayColumn, nowMs: number): number | null {
  for (const { stretch, top, height } of blocks) {
    const [start, end] = [Date.parse(stretch.start), Date.parse(stretch.end)];
    if (nowMs >= start && nowMs < end) return top + (height * (nowMs - start)) / (end - start);
  }
  return null;
}

/** Where a cell of the calendar is: its day, and which block of that day. */
export interface At {
  day: number;
  block: number;
}

/** Where an arrow key leads: up and down within the day, left and right to what plays at that time of another day. */
export function moved(columns: readonly DayColumn[], { day, block }: At, key: string): At | null {
  const count = columns[day]?.blocks.length ?? 0;
  if (key === "ArrowUp") return block > 0 ? { day, block: block - 1 } : null;
  if (key === "ArrowDown") return block + 1 < count ? { day, block: block + 1 } : null;
  if (key === "Home") return { day, block: 0 };
  if (key === "End") return { day, block: count - 1 };
  if (key === "ArrowLeft" || key === "ArrowRight") return beside(columns, { day, block }, key);
  return null;
}

function beside(columns: readonly DayColumn[], { day, block }: At, key: string): At | null {
  const from = columns[day]?.blocks[block];
  const step = key === "ArrowLeft" ? -1 : 1;
  if (!from) return null;
  for (let other = day + step; other >= 0 && other < columns.length; other += step) {
    const blocks = columns[other]?.blocks ?? [];
    const middle = from.top + from.height / 2;
    const found = blocks.findIndex(({ top, height }) => middle < top + height);
    if (blocks.length > 0) return { day: other, block: found < 0 ? blocks.length - 1 : found };
  }
  return null;
}
