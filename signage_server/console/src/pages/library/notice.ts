/** A notice while it is being written. Pure: which template has place for what, and the body that is sent. */

import type { Notice, Step } from "../../api/generated";

export type Template = Notice["template"];
export type Ground = NonNullable<Notice["ground"]>;
export type Figure = NonNullable<Notice["figure"]>;
export type Optional = "body" | "steps" | "figure" | "qr";

/** What a template shows besides the fields that all have; the server refuses the rest. */
export const places: Record<Template, readonly Optional[]> = {
  hero: ["body", "qr"],
  message: ["body", "figure"],
  steps: ["steps", "qr"],
  reminder: ["body", "figure"],
  scan: ["body", "qr"],
};
export const templates = Object.keys(places) as Template[];

/** The ground that a template has by itself. */
export const groundOf: Record<Template, Ground> = {
  hero: "blue",
  message: "sand",
  steps: "teal",
  reminder: "yellow",
  scan: "blue",
};
export const grounds: Record<Ground, string> = {
  blue: "#123f73",
  teal: "#0d4f4a",
  yellow: "#ffd24a",
  sand: "#f3ead9",
};
export const figures: readonly Figure[] = [
  "contact",
  "family",
  "school",
  "visitor",
  "messages",
  "private",
  "reminder",
];
export const stepsMost = 4;

/** Every field as text, so that changing the template loses nothing that was typed. */
export interface Draft {
  name: string;
  template: Template;
  language: "vi" | "en";
  ground: Ground | "";
  dark: boolean;
  eyebrow: string;
  headline: string;
  body: string;
  steps: { title: string; text: string }[];
  figure: Figure | "";
  qr: string;
  qr_caption: string;
  issuer: string;
  footer: string;
}

export function emptyDraft(language: "vi" | "en", issuer: string): Draft {
  const texts = { name: "", eyebrow: "", headline: "", body: "", qr: "", qr_caption: "", footer: "" };
  const steps = [1, 2, 3].map(() => ({ title: "", text: "" }));
  return { ...texts, template: "hero", language, ground: "", dark: false, steps, figure: "", issuer };
}

export function draftOf(name: string, notice: Notice): Draft {
  return {
    name,
    template: notice.template,
    language: notice.language ?? "vi",
    ground: notice.ground ?? "",
    dark: notice.dark ?? false,
    eyebrow: notice.eyebrow ?? "",
    headline: notice.headline,
    body: notice.body ?? "",
    steps: (notice.steps ?? []).map((step) => ({ title: step.title, text: step.text ?? "" })),
    figure: notice.figure ?? "",
    qr: notice.qr ?? "",
    qr_caption: notice.qr_caption ?? "",
    issuer: notice.issuer ?? "",
    footer: notice.footer ?? "",
  };
}

/** The notice as it is sent: only what the template has a place for, nothing empty. */
export function noticeOf(draft: Draft): Notice {
  const has = (field: Optional) => places[draft.template].includes(field);
  return {
    template: draft.template,
    language: draft.language,
    ground: draft.ground || null,
    dark: draft.dark,
    eyebrow: given(draft.eyebrow),
    headline: draft.headline,
    body: has("body") ? given(draft.body) : null,
    steps: has("steps") ? stepsOf(draft) : [],
    figure: has("figure") ? draft.figure || null : null,
    qr: has("qr") ? given(draft.qr) : null,
    qr_caption: has("qr") && given(draft.qr) ? given(draft.qr_caption) : null,
    issuer: given(draft.issuer),
    footer: given(draft.footer),
  };
}

function given(text: string): string | null {
  return text.trim() || null;
}

function stepsOf(draft: Draft): Step[] {
  return draft.steps
    .filter((step) => step.title.trim())
    .map((step) => ({ title: step.title, text: given(step.text) }));
}

/** The name of the slide: what was typed, else the headline on one line. */
export function nameOf(draft: Draft): string {
  return draft.name.trim() || draft.headline.replaceAll("~", " ").replace(/\s+/g, " ").trim().slice(0, 200);
}

/** Whether there is enough to draw a picture of. */
export function drawable(draft: Draft): boolean {
  if (!draft.headline.trim()) return false;
  if (draft.template === "steps") return stepsOf(draft).length >= 2;
  return draft.template !== "scan" || draft.qr.trim() !== "";
}

/** Errors of the server by field of the form: `notice.steps.0.title` → `steps.0.title`. */
export function draftErrors(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, detail]) => [path.replace(/^notice\./, ""), detail]),
  );
}
