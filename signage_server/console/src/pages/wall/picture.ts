/** Which picture stands for what a board shows. Pure. */

import type { AssetOut } from "../../api/generated";
import { ratioOf } from "./state";

/** The rendition nearest to the board's own shape; among equals the smallest, for a wall has many. */
export function nearestRendition(asset: Pick<AssetOut, "renditions">, profile: string): string | null {
  const off = (name: string) => Math.abs(Math.log(ratioOf(name) / ratioOf(profile)));
  const byNearness = [...asset.renditions].sort(
    (a, b) => off(a.profile) - off(b.profile) || a.width * a.height - b.width * b.height,
  );
  return byNearness[0]?.url ?? null;
}

const browsers: readonly [RegExp, string][] = [
  [/Edg\/(\d+)/, "Edge"],
  [/Firefox\/(\d+)/, "Firefox"],
  [/Chrom(?:e|ium)\/(\d+)/, "Chromium"],
  [/Version\/(\d+).*Safari/, "Safari"],
];

/** A browser's name and version, from the long line that it says of itself. */
export function browserText(userAgent: string): string {
  for (const [pattern, name] of browsers) {
    const version = pattern.exec(userAgent)?.[1];
    if (version) return `${name} ${version}`;
  }
  return userAgent.slice(0, 40);
}
