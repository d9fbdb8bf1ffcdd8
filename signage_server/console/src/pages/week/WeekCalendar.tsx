// biome-ignore-all lint/a11y/useSemanticElements: days are columns here, which no table can be
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid the cells have the focus, not the rows and headers
import i18next from "i18next";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Stretch } from "../../api/generated";
import { BlockCell } from "./BlockCell";
import { type At, type Calendar, type DayColumn, type Hours, moved, nowIn } from "./calendar";
import { wallOf } from "./days";
import { basisOf, dayLabel, hoursText } from "./words";

interface Props {
  calendar: Calendar;
  hours: Hours;
  tones: ReadonlyMap<string, number>;
  nowMs: number;
  onOpen: (stretch: Stretch) => void;
}

const dayMs = 86_400_000;

/** Seven days side by side. One tab stop; the arrow keys go from stretch to stretch, Enter opens one. */
export function WeekCalendar({ calendar, hours, tones, nowMs, onOpen }: Props) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const [chosen, choose] = useState<At | null>(null);
  const { columns, heightPx } = calendar;
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
      style={{ "--height": `${heightPx}px`, "--hours": (hours.to - hours.from) / 60 } as object}
    >
      <Axis hours={hours} />
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
              <NowLine column={column} nowMs={nowMs} />
              {column.blocks.map((block, index) => (
                <BlockCell
                  key={block.stretch.start}
                  block={block}
                  columnPx={heightPx}
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

function Axis({ hours }: { hours: Hours }) {
  const count = (hours.to - hours.from) / 60;
  const marks = Array.from({ length: count + 1 }, (_, index) => index);
  return (
    <div className="week-axis" aria-hidden>
      {marks.map((mark) => (
        <span key={mark} style={{ top: `${(100 * mark) / count}%` }}>
          {wallOf(hours.from + mark * 60)}
        </span>
      ))}
    </div>
  );
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

function NowLine({ column, nowMs }: { column: DayColumn; nowMs: number }) {
  const top = nowIn(column, nowMs);
  return top === null ? null : (
    <div className="week-now" aria-hidden style={{ "--top": `${top}%` } as object} />
  );
}

function isToday({ blocks }: DayColumn, nowMs: number): boolean {
  return blocks.some(({ stretch }) => nowMs >= Date.parse(stretch.start) && nowMs < Date.parse(stretch.end));
}

function valid(columns: readonly DayColumn[], at: At | null): At | null {
  return at && columns[at.day]?.blocks[at.block] ? at : null;
}

/** Where the keyboard comes in: at what plays now, else at the first stretch there is. */
function firstOf(columns: readonly DayColumn[], nowMs: number): At | null {
  const here = (column: DayColumn) =>
    column.blocks.findIndex(
      ({ stretch }) => nowMs >= Date.parse(stretch.start) && nowMs < Date.parse(stretch.end),
    );
  const today = columns.findIndex((column) => here(column) >= 0);
  const column = columns[today];
  if (column) return { day: today, block: here(column) };
  const day = columns.findIndex(({ blocks }) => blocks.length > 0);
  return day < 0 ? null : { day, block: 0 };
}
