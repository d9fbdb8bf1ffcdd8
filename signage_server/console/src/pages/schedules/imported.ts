/** What a calendar file gave, kept while its events are made into schedules one after the other. */

import type { IcsDraft, IcsReading } from "../../api/generated";
import { type Draft, howOf, whenOf } from "./draft";
import { drafts } from "./drafts";

export interface Imported {
  fileName: string;
  reading: IcsReading;
  /** The events that have become schedules, by their place in the file. */
  taken: ReadonlySet<number>;
}

let kept: Imported | null = null;

export function keptImport(): Imported | null {
  return kept;
}

export function keepImport(fileName: string, reading: IcsReading): Imported {
  // Another file has other events in the same places.
  drafts.drop("/schedules/new?imported=");
  kept = { fileName, reading, taken: new Set() };
  return kept;
}

export function markTaken(index: number): void {
  if (kept) kept = { ...kept, taken: new Set([...kept.taken, index]) };
}

/** The form's answers for an event of the file: its name, role and times; where and what are still asked. */
export function importedDraft(index: number, empty: Draft): Draft | null {
  const event = kept?.reading.items[index];
  return event ? draftOfEvent(event, empty) : null;
}

export function draftOfEvent(event: IcsDraft, empty: Draft): Draft {
  return { ...empty, ...whenOf(event), ...howOf(event), name: event.name };
}
