import { IconCheck, IconQuestionMark } from "@tabler/icons-react";
import i18next from "i18next";
import type { KeyboardEvent } from "react";
import type { Stretch } from "../../api/generated";
import type { Block } from "./calendar";
import { isTakeover, namesText, remindersText, roleText, spokenText } from "./words";

interface Props {
  block: Block;
  /** The same on paper. */
  paper: Block;
  isNow: boolean;
  at: string;
  isActive: boolean;
  tones: ReadonlyMap<string, number>;
  onFocus: () => void;
  onOpen: () => void;
}

/** One stretch in the column of its day. */
export function BlockCell({ block, paper, isNow, at, isActive, tones, onFocus, onOpen }: Props) {
  const { stretch, top, height, heightPx } = block;
  const lines = Math.floor((heightPx - 8) / 17);
  const paperLines = Math.floor((paper.heightPx - 6) / 13.4);
  const [role, reminders] = [roleText(stretch), remindersText(stretch)];
  const open = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onOpen();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: days are columns, which no table can be
    <div
      role="gridcell"
      tabIndex={isActive ? 0 : -1}
      data-at={at}
      data-one-line={lines < 2 || undefined}
      data-paper-line={paperLines < 2 || undefined}
      className={`week-block ${classOf(stretch, tones)}`}
      aria-label={spokenText(stretch)}
      onClick={onOpen}
      onKeyDown={open}
      onFocus={onFocus}
      style={
        {
          "--top": `${top}%`,
          "--tall": `${height}%`,
          "--tall-px": `${heightPx - 2}px`,
          "--lines": Math.max(1, lines),
          "--print-top": `${paper.top}%`,
          "--print-tall": `${paper.height}%`,
          "--print-lines": Math.max(1, paperLines),
        } as object
      }
    >
      <Strip stretch={stretch} tones={tones} />
      <div className="week-words">
        <p className="week-times">
          <BasisMark stretch={stretch} /> {stretch.from_wall}
          <span className="week-until">–{stretch.to_wall}</span>
          {isNow && stretch.kind === "play" && <span className="no-print"> · {i18next.t("week.now")}</span>}
        </p>
        <p className="week-name">
          {namesText(stretch)}
          {role && <span className="week-role"> ({role})</span>}
        </p>
        {reminders && <p className="week-reminders">{reminders}</p>}
      </div>
    </div>
  );
}

/** The ground of a stretch: the colour of the schedule with the largest part, or how it says that none plays. */
export function classOf({ kind, tracks }: Stretch, tones: ReadonlyMap<string, number>): string {
  if (kind !== "play") return `kind-${kind}`;
  const [largest] = [...tracks].sort((a, b) => b.permille - a.permille);
  const tone = `tone-${tones.get(largest?.schedule_id ?? "") ?? 0}`;
  return isTakeover({ tracks } as Stretch) ? `${tone} kind-takeover` : tone;
}

export function Strip({ stretch, tones }: { stretch: Stretch; tones: ReadonlyMap<string, number> }) {
  if (stretch.kind !== "play") return null;
  return (
    <span className="week-strip" aria-hidden>
      {stretch.tracks.map(({ schedule_id, permille }) => (
        <span
          key={schedule_id}
          className={`tone-${tones.get(schedule_id ?? "") ?? 0}`}
          style={{ "--part": permille } as object}
        />
      ))}
    </span>
  );
}

/** A tick: the screen has confirmed it. A question mark: nobody knows. What is planned needs no mark. */
export function BasisMark({ stretch }: { stretch: Stretch }) {
  if (stretch.basis === "proved") return <IconCheck size={13} stroke={2.5} aria-hidden />;
  if (stretch.basis === "unknown") return <IconQuestionMark size={13} stroke={2.5} aria-hidden />;
  return null;
}
