/** Edits of playlists that were not saved. */

import type { PlaylistOut } from "../../api/generated";
import { keptDrafts } from "../../ui/unsaved";
import { differs, type Edited } from "./editing";

/** Edits, and the state of the server's playlist that they began from. */
export interface Draft {
  base: PlaylistOut;
  list: Edited;
}

/** By the playlist's id. */
export const drafts = keptDrafts<Draft>(({ list, base }) => differs(list, base));
