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

/** Characters that a field takes. */
export const signsMost = { headline: 120, body: 320, line: 80, qr: 100, name: 200 } as const;

/** Written words that are read in a glance; the server refuses more. */
export const wordsMost = { vi: 45, en: 30 } as const;

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

/** What is still missing before there is enough to draw a picture of: names of fields. */
export function missing(draft: Draft): ("headline" | "steps" | "qr")[] {
  const gaps = {
    headline: !draft.headline.trim(),
    steps: draft.template === "steps" && stepsOf(draft).length < 2,
    qr: draft.template === "scan" && !draft.qr.trim(),
  };
  return (["headline", "steps", "qr"] as const).filter((field) => gaps[field]);
}

/** How many words the message has, as the server counts them: what frames it is not counted. */
export function wordsIn(draft: Draft): number {
  const { headline, body, steps } = noticeOf(draft);
  const texts = [headline, body, ...(steps ?? []).flatMap(({ title, text }) => [title, text])];
  return texts.reduce((sum, text) => sum + wordsOf(text ?? "").length, 0);
}

/** By field of the form: about how many words must go before it fits. */
export function excess(draft: Draft): Record<string, number> {
  const found = Object.entries(limits(draft))
    .map(([path, [text, most]]) => [path, wordsBeyond(text, most)] as const)
    .filter(([, words]) => words > 0);
  const words = wordsIn(draft) - wordsMost[draft.language];
  if (words <= 0) return Object.fromEntries(found);
  const longest = longestOf(draft);
  return {
    ...Object.fromEntries(found),
    [longest]: Math.max(words, Object.fromEntries(found)[longest] ?? 0),
  };
}

/** Every field that is sent, with the characters it takes. */
export function limits(draft: Draft): Record<string, [string, number]> {
  const notice = noticeOf(draft);
  const lines = ["eyebrow", "qr_caption", "issuer", "footer"] as const;
  const steps = notice.steps?.length ? draft.steps : [];
  return {
    headline: [notice.headline, signsMost.headline],
    body: [notice.body ?? "", signsMost.body],
    qr: [notice.qr ?? "", signsMost.qr],
    name: [draft.name, signsMost.name],
    ...Object.fromEntries(lines.map((line) => [line, [notice[line] ?? "", signsMost.line]])),
    ...Object.fromEntries(
      steps.flatMap(({ title, text }, index) => [
        [`steps.${index}.title`, [title, signsMost.line]],
        [`steps.${index}.text`, [text, signsMost.body]],
      ]),
    ),
  };
}

/** The part of the message with the most words: where shortening helps first. */
function longestOf(draft: Draft): string {
  const parts = Object.entries(limits(draft)).filter(([path]) => /^(headline|body|steps)/.test(path));
  const [first = "headline"] =
    parts.sort(([, [a]], [, [b]]) => wordsOf(b).length - wordsOf(a).length)[0] ?? [];
  return first;
}

function wordsOf(text: string): string[] {
  return text.split(/[\s~]+/).filter(Boolean);
}

function wordsBeyond(text: string, most: number): number {
  const signs = [...text.normalize("NFC").trim()];
  return wordsOf(signs.slice(most).join("")).length;
}

// The name that an installation has until somebody gives it another one.
const unnamed = new Set(["Cơ quan của tôi", "My organisation"]);

/** Who speaks in a new notice: the unit, once it has a name of its own. */
export function issuerOf(unitName: string | undefined): string {
  return unitName && !unnamed.has(unitName) ? unitName : "";
}

/** Errors of the server by field of the form: `notice.steps.0.title` → `steps.0.title`. */
export function draftErrors(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, detail]) => [path.replace(/^notice\./, ""), detail]),
  );
}
