/** What was typed and not saved. It outlives its page: whoever goes elsewhere finds it again on return. */

import { useEffect, useEffectEvent } from "react";
import { sayWithWay } from "./ask";

export interface Drafts<T> {
  get: (key: string) => T | null;
  keep: (key: string, draft: T | null) => void;
  /** Whether what is kept differs from what is saved. */
  isUnsaved: (key: string) => boolean;
  /** Forget all whose key begins so. */
  drop: (prefix: string) => void;
}

const every: (() => boolean)[] = [];

/** Drafts of one kind; `differs` tells those that would be missed. */
export function keptDrafts<T>(differs: (draft: T) => boolean): Drafts<T> {
  const drafts = new Map<string, T>();
  const isUnsaved = (key: string) => {
    const draft = drafts.get(key);
    return draft !== undefined && differs(draft);
  };
  every.push(() => [...drafts.keys()].some(isUnsaved));
  return {
    get: (key) => drafts.get(key) ?? null,
    keep: (key, draft) => {
      if (draft) drafts.set(key, draft);
      else drafts.delete(key);
    },
    isUnsaved,
    drop: (prefix) => {
      for (const key of [...drafts.keys()]) if (key.startsWith(prefix)) drafts.delete(key);
    },
  };
}

/** Whether closing the window would lose anything. */
export function anyUnsaved(): boolean {
  return every.some((unsaved) => unsaved());
}

interface Leaving {
  isUnsaved: () => boolean;
  message: string;
  way: { href: string; label: string };
}

/** Whoever goes elsewhere is told that boards do not have the edits yet, and how to come back. */
export function useWordOnLeaving({ isUnsaved, message, way }: Leaving): void {
  const say = useEffectEvent(() => {
    if (isUnsaved()) sayWithWay(message, way);
  });
  useEffect(() => say, []);
}
