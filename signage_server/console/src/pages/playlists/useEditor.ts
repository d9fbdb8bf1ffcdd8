import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlaylistOut } from "../../api/generated";
import { useWordOnLeaving } from "../../ui/unsaved";
import { type Draft, drafts } from "./drafts";
import { differs, type Edited, edited } from "./editing";

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
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft | null>(() => drafts.get(playlist.id));
  const list = draft?.list ?? edited(playlist);
  const keep = (next: Draft | null) => {
    drafts.keep(playlist.id, next);
    setDraft(next);
  };
  useWordOnLeaving({
    isUnsaved: () => drafts.isUnsaved(playlist.id),
    message: t("playlists.leftUnsaved", { name: playlist.name }),
    way: { href: `/playlists/${playlist.id}`, label: t("do.backToSave") },
  });
  // A new version with the same slides (a picture became ready, a schedule was added) is no conflict.
  const sameSlides = draft === null || !differs(edited(draft.base), playlist);
  return {
    list,
    dirty: draft !== null && differs(draft.list, playlist),
    etag: sameSlides ? playlist.etag : draft.base.etag,
    change: (next) => keep({ base: draft?.base ?? playlist, list: next(list) }),
    discard: () => keep(null),
  };
}
