/**
 * A week as a calendar: which stretch stands where in the column of its day. Pure.
 *
 * Everything is counted from the wall times and instants that the server gives, never in the browser's zone. On a day
 * whose clock is changed wall times jump or come twice; the edges never run backwards for it.
 */

import type { Stretch } from "../../api/generated";
import { minuteOf } from "./days";
import { type Hours, placeOf, type Scale, type Span, wholeDay } from "./scale";
import { isOn } from "./stretches";

/** A stretch in its column; where from the top and how tall, per cent of the column. */
export interface Block {
  stretch: Stretch;
  top: number;
  height: number;
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
  scale: Scale;
}

/** A stretch in minutes of the wall clock. */
interface Piece {
  stretch: Stretch;
  from: number;
  to: number;
}

/**
 * The stretches of a day, one under the other. What lasts no minute of the wall clock (it lies in an hour that comes
 * twice) has one all the same: it must be seen.
 */
function piecesOf(stretches: readonly Stretch[]): Piece[] {
  let reached = 0;
  return stretches.map((stretch) => {
    const from = Math.max(reached, minuteOf(stretch.from_wall));
    reached = Math.max(from + 1, minuteOf(stretch.to_wall));
    return { stretch, from, to: reached };
  });
}

function visible(stretches: readonly Stretch[], hours: Hours): Piece[] {
  return piecesOf(stretches)
    .filter(({ from, to }) => to > hours.from && from < hours.to)
    .map((piece) => ({
      ...piece,
      from: Math.max(hours.from, piece.from),
      to: Math.min(hours.to, piece.to),
    }));
}

/** Lay out a week on a scale that was made for it, and perhaps for others as well. */
export function calendarOf(days: readonly string[], stretches: readonly Stretch[], scale: Scale): Calendar {
  const columns = days.map((day) => {
    const ofDay = stretches.filter((stretch) => stretch.day === day);
    return { day, blocks: blocksOf(ofDay, scale), lengthMs: lengthOf(ofDay) };
  });
  return { columns, scale };
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { start, end }) => sum + Date.parse(end) - Date.parse(start), 0);
}

function blocksOf(stretches: readonly Stretch[], scale: Scale): Block[] {
  return visible(stretches, scale.hours).map(({ stretch, from, to }) => {
    const [top, bottom] = [placeOf(scale, from), placeOf(scale, to)];
    return { stretch, top, height: bottom - top, heightPx: ((bottom - top) * scale.heightPx) / 100 };
  });
}

/** Of each week the edges of its stretches, day by day, as a scale needs them. */
export function spansOf(weeks: readonly (readonly Stretch[])[], hours: Hours): Span[] {
  return weeks.flatMap((stretches) => {
    const days = [...new Set(stretches.map(({ day }) => day))];
    return days.flatMap((of) =>
      visible(
        stretches.filter(({ day }) => day === of),
        hours,
      ),
    );
  });
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

/** How far an instant is down the column of its day, per cent, by its own wall time; null where it is not shown. */
export function nowIn({ blocks }: DayColumn, scale: Scale, nowMs: number): number | null {
  const block = blocks.find(({ stretch }) => isOn(stretch, nowMs));
  if (!block) return null;
  const minute = minuteOf(block.stretch.from_wall) + (nowMs - Date.parse(block.stretch.start)) / 60_000;
  return Math.min(block.top + block.height, Math.max(block.top, placeOf(scale, minute)));
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
