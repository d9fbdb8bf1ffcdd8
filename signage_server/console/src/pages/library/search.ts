import type { AssetOut } from "../../api/generated";

export interface Wanted {
  words: string;
  kind: "all" | AssetOut["kind"];
}

/** Lower case without diacritics, so that “thong bao” finds “Thông báo”. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
}

/** Whether every word typed is somewhere in the name or the alternative text. */
export function matches(asset: Pick<AssetOut, "name" | "alt" | "kind">, { words, kind }: Wanted): boolean {
  if (kind !== "all" && asset.kind !== kind) return false;
  const text = folded(`${asset.name} ${asset.alt}`);
  return folded(words)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
