/** A playlist while it is being edited. Pure: values in, new values out. */

import type { AssetOut, PlaylistIn, PlaylistOut, SlideOut } from "../../api/generated";

/** A slide in the editor. `key` is its identity here; a new one has no `id` of the server yet. */
export interface EditedSlide extends Omit<SlideOut, "id"> {
  key: string;
  id: string | null;
}

export interface Edited {
  name: string;
  slides: EditedSlide[];
}

export const durationDefaultMs = 10_000;
const durationLeastMs = 1_000;
const durationMostMs = 86_400_000;

export function edited(playlist: PlaylistOut): Edited {
  return { name: playlist.name, slides: playlist.slides.map((slide) => ({ ...slide, key: slide.id })) };
}

export function withAsset(list: Edited, asset: AssetOut, key: string): Edited {
  const slide: EditedSlide = {
    key,
    id: null,
    asset_id: asset.id,
    asset_name: asset.name,
    asset_state: asset.state,
    thumbnail_url: asset.thumbnail_url,
    duration_ms: durationDefaultMs,
    // A notice is typeset for the board's own shape: nothing of it may be cut off.
    fit: asset.kind === "notice" ? "contain" : "cover",
    focus: [500, 500],
    transition: "fade",
  };
  return { ...list, slides: [...list.slides, slide] };
}

export function withSlide(list: Edited, key: string, facts: Partial<EditedSlide>): Edited {
  return {
    ...list,
    slides: list.slides.map((slide) => (slide.key === key ? { ...slide, ...facts } : slide)),
  };
}

export function withoutSlide(list: Edited, key: string): Edited {
  return { ...list, slides: list.slides.filter((slide) => slide.key !== key) };
}

/** The slide one or more places further; at the ends it stays. */
export function moved(list: Edited, key: string, steps: number): Edited {
  const from = list.slides.findIndex((slide) => slide.key === key);
  const to = Math.min(Math.max(from + steps, 0), list.slides.length - 1);
  const slides = [...list.slides];
  slides.splice(to, 0, ...slides.splice(from, 1));
  return { ...list, slides };
}

/** What was typed as seconds, as milliseconds within the allowed range. */
export function durationMs(seconds: number | string): number {
  const ms = Math.round(Number(seconds) * 1000);
  return Math.min(Math.max(Number.isFinite(ms) ? ms : durationDefaultMs, durationLeastMs), durationMostMs);
}

export function lengthMs(list: Edited): number {
  return list.slides.reduce((sum, slide) => sum + slide.duration_ms, 0);
}

/** The body that is saved. */
export function playlistIn(list: Edited): PlaylistIn {
  return {
    name: list.name.trim(),
    slides: list.slides.map(({ id, asset_id, duration_ms, fit, focus, transition }) => ({
      id,
      asset_id,
      duration_ms,
      fit,
      focus,
      transition,
    })),
  };
}

export function differs(list: Edited, playlist: PlaylistOut): boolean {
  return JSON.stringify(playlistIn(list)) !== JSON.stringify(playlistIn(edited(playlist)));
}
