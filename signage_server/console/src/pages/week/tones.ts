/** Colours that tell schedules apart. Pure. */

/** How many colours the style sheet has: `.tone-0` and so on. */
export const toneCount = 10;

/**
 * A colour for each schedule. It follows from the id, so that it is the same next week and at the next desk; where two
 * would have the same one, the later id takes the next that is free.
 */
export function tonesOf(ids: Iterable<string>): Map<string, number> {
  const tones = new Map<string, number>();
  for (const id of [...new Set(ids)].sort()) {
    const taken = new Set(tones.values());
    let tone = hashOf(id) % toneCount;
    for (let tries = 0; taken.has(tone) && tries < toneCount; tries++) tone = (tone + 1) % toneCount;
    tones.set(id, tone);
  }
  return tones;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
