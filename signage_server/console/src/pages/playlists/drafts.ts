/** Edits of playlists that were not saved. They outlive the page: whoever leaves it finds them again on return. */

import type { PlaylistOut } from "../../api/generated";
import { differs, type Edited } from "./editing";

/** Edits, and the state of the server's playlist that they began from. */
export interface Draft {
  base: PlaylistOut;
  list: Edited;
}

const drafts = new Map<string, Draft>();

export function draftOf(id: string): Draft | null {
  return drafts.get(id) ?? null;
}

export function keepDraft(id: string, draft: Draft | null): void {
  if (draft) drafts.set(id, draft);
  else drafts.delete(id);
}

/** Whether a playlist has edits that were not saved. */
export function isUnsaved(id: string): boolean {
  const draft = drafts.get(id);
  return draft !== undefined && differs(draft.list, draft.base);
}

/** Whether closing the window would lose edits of any playlist. */
export function anyUnsaved(): boolean {
  return [...drafts.keys()].some(isUnsaved);
}
