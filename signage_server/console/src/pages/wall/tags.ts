/** Tags as they are typed. Pure. */

export const tagsMost = 20;
const signsMost = 40;

/** Trimmed, composed, and each once: `Sảnh` and `sảnh` are one tag, in the spelling that was there first. */
export function tidyTags(tags: readonly string[]): string[] {
  const kept = new Map<string, string>();
  for (const typed of tags) {
    const tag = typed.normalize("NFC").trim().replace(/\s+/g, " ").slice(0, signsMost).trim();
    const same = tag.toLowerCase();
    if (tag && !kept.has(same)) kept.set(same, tag);
  }
  return [...kept.values()];
}

/** The server names the tag that it refuses by its place: `tags.2`. */
export function tagError(errors: Readonly<Record<string, unknown>>): string | null {
  const found = Object.entries(errors).find(([path]) => path === "tags" || path.startsWith("tags."));
  return found ? String(found[1]) : null;
}
