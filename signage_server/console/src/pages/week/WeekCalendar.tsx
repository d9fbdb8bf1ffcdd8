// biome-ignore-all lint/a11y/useSemanticElements: days are columns here, which no table can be
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid the cells have the focus, not the rows and headers
import i18next from "i18next";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Stretch } from "../../api/generated";
import { BlockCell } from "./BlockCell";
import { type At, type Calendar, type DayColumn, moved, nowIn } from "./calendar";
import { wallOf } from "./days";
import { hoursOf, labelledHours, type Scale } from "./scale";
import { isOn } from "./stretches";
import { basisOf, dayLabel, hoursText } from "./words";

interface Props {
  calendar: Calendar;
  /** The same week as high as a sheet has room for. */
  paper: Calendar;
  tones: ReadonlyMap<string, number>;
  nowMs: number;
  onOpen: (stretch: Stretch) => void;
}

const dayMs = 86_400_000;

/** Seven days side by side. One tab stop; the arrow keys go from stretch to stretch, Enter opens one. */
export function WeekCalendar({ calendar, paper, tones, nowMs, onOpen }: Props) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const [chosen, choose] = useState<At | null>(null);
  const { columns, scale } = calendar;
  const active = valid(columns, chosen) ?? firstOf(columns, nowMs);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = active && moved(columns, active, event.key);
    if (!next) return;
    event.preventDefault();
    choose(next);
    grid.current?.querySelector<HTMLElement>(`[data-at="${next.day}-${next.block}"]`)?.focus();
  };
  return (
    <div
      className="week-body"
      style={
        {
          "--height": `${scale.heightPx}px`,
          "--hour-lines": linesOf(scale),
          "--paper-hour-lines": linesOf(paper.scale),
        } as object
      }
    >
      <Axis scale={scale} media="no-print" labelPx={14} />
      <Axis scale={paper.scale} media="only-print" labelPx={12} />
      <div ref={grid} className="week-days" role="grid" aria-label={t("week.grid")} onKeyDown={onKeyDown}>
        {columns.map((column, day) => (
          <div
            key={column.day}
            role="row"
            className="week-day"
            data-today={isToday(column, nowMs) || undefined}
          >
            <DayHead column={column} nowMs={nowMs} />
            <div className="week-column">
              <NowLine column={column} scale={scale} nowMs={nowMs} />
              {column.blocks.map((block, index) => (
                <BlockCell
                  key={block.stretch.start}
                  block={block}
                  paper={paper.columns[day]?.blocks[index] ?? block}
                  isNow={isOn(block.stretch, nowMs)}
                  at={`${day}-${index}`}
                  isActive={active?.day === day && active.block === index}
                  tones={tones}
                  onFocus={() => choose({ day, block: index })}
                  onOpen={() => onOpen(block.stretch)}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

interface AxisProps {
  scale: Scale;
  media: "no-print" | "only-print";
  labelPx: number;
}

function Axis({ scale, media, labelPx }: AxisProps) {
  return (
    <div className={`week-axis ${media}`} aria-hidden>
      {labelledHours(scale, labelPx).map(({ minute, top }) => (
        <span key={minute} style={{ top: `${top}%` }}>
          {wallOf(minute)}
        </span>
      ))}
    </div>
  );
}

/** A line at each whole hour, as one picture behind the blocks. */
function linesOf(scale: Scale): string {
  const stops = hoursOf(scale).flatMap(({ top }) => {
    const [from, to] = [`${top}%`, `calc(${top}% + 1px)`];
    return [`transparent ${from}`, `var(--week-line) ${from}`, `var(--week-line) ${to}`, `transparent ${to}`];
  });
  return `linear-gradient(${stops.join(", ")})`;
}

function DayHead({ column, nowMs }: { column: DayColumn; nowMs: number }) {
  const { t } = useTranslation();
  const { name, date } = dayLabel(column.day);
  const { lengthMs } = column;
  const changed = lengthMs !== dayMs && lengthMs !== 0;
  return (
    <div role="rowheader" className="week-head">
      <strong>
        {name} {date}
      </strong>
      {changed && <small>{t("week.changedDay", { length: hoursText(lengthMs) })}</small>}
      <small>{isToday(column, nowMs) ? t("week.today") : pastText(column, nowMs)}</small>
    </div>
  );
}

/** What is known of a day that is over. */
function pastText({ blocks }: DayColumn, nowMs: number): string | null {
  const last = blocks.at(-1);
  if (!last || Date.parse(last.stretch.end) > nowMs) return null;
  return i18next.t(`basis.${basisOf(blocks.map(({ stretch }) => stretch))}`);
}

function NowLine({ column, scale, nowMs }: { column: DayColumn; scale: Scale; nowMs: number }) {
  const top = nowIn(column, scale, nowMs);
  return top === null ? null : (
    <div className="week-now" aria-hidden style={{ "--top": `${top}%` } as object} />
  );
}

function isToday({ blocks }: DayColumn, nowMs: number): boolean {
  return blocks.some(({ stretch }) => isOn(stretch, nowMs));
}

function valid(columns: readonly DayColumn[], at: At | null): At | null {
  return at && columns[at.day]?.blocks[at.block] ? at : null;
}

/** Where the keyboard comes in: at what plays now, else at the first stretch there is. */
function firstOf(columns: readonly DayColumn[], nowMs: number): At | null {
  const here = (column: DayColumn) => column.blocks.findIndex(({ stretch }) => isOn(stretch, nowMs));
  const today = columns.findIndex((column) => here(column) >= 0);
  const column = columns[today];
  if (column) return { day: today, block: here(column) };
  const day = columns.findIndex(({ blocks }) => blocks.length > 0);
  return day < 0 ? null : { day, block: 0 };
}
