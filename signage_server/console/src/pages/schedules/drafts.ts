/** Forms of schedules that were not saved. */

import type { ScheduleOut } from "../../api/generated";
import { keptDrafts } from "../../ui/unsaved";
import type { Draft } from "./draft";

/** What stands in a form, what it began with, and the version of the schedule that it began from. */
export interface Kept {
  schedule: ScheduleOut | null;
  initial: Draft;
  values: Draft;
}

/** By the address of the form. */
export const drafts = keptDrafts<Kept>(
  ({ initial, values }) => JSON.stringify(values) !== JSON.stringify(initial),
);

/** The address of the form of a schedule, all of it. */
export function addressOf(id: string): string {
  return `/schedules/${id}`;
}
