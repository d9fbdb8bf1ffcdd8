import { useWindowEvent } from "@mantine/hooks";
import { useState } from "react";
import type { PlaylistOut } from "../../api/generated";
import { differs, type Edited, edited } from "./editing";

/** Edits that were not saved, and the state of the server's playlist that they began from. */
interface Draft {
  base: PlaylistOut;
  list: Edited;
}

// Whoever leaves the page without saving finds the edits again on return.
const drafts = new Map<string, Draft>();

export interface Editor {
  list: Edited;
  dirty: boolean;
  /** The version to save over: an edit by somebody else since then is a conflict. */
  etag: string;
  change: (next: (list: Edited) => Edited) => void;
  /** Go back to the server's state. */
  discard: () => void;
}

/** The playlist as it is being edited. An edit by somebody else shows at once unless one has edits of one's own. */
export function useEditor(playlist: PlaylistOut): Editor {
  const [draft, setDraft] = useState<Draft | null>(() => drafts.get(playlist.id) ?? null);
  const list = draft?.list ?? edited(playlist);
  const dirty = draft !== null && differs(draft.list, playlist);
  const keep = (next: Draft | null) => {
    if (next) drafts.set(playlist.id, next);
    else drafts.delete(playlist.id);
    setDraft(next);
  };
  useWindowEvent("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
  // A new version with the same slides (a picture became ready, a schedule was added) is no conflict.
  const sameSlides = draft === null || !differs(edited(draft.base), playlist);
  return {
    list,
    dirty,
    etag: sameSlides ? playlist.etag : draft.base.etag,
    change: (next) => keep({ base: draft?.base ?? playlist, list: next(list) }),
    discard: () => keep(null),
  };
}
