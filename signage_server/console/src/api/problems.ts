/** What can go wrong between console and server, as one kind of error with a sentence for people. */

import i18next from "i18next";
import type { Problem } from "./generated";

/** A refusal of the server (`status` from 400 on) or no answer at all (`status` 0). */
export class ProblemError extends Error {
  constructor(
    /** HTTP status; 0: the server was not reached. */
    readonly status: number,
    readonly code: string,
    /** A sentence in the reader's language. */
    readonly detail: string,
    /** Sentences by field: `windows.0.end` → what is wrong with it. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = "ProblemError";
  }

  get isOffline(): boolean {
    return this.status === 0;
  }

  /** Whether the same request may succeed later: not where the server has judged what was sent. */
  get mayPass(): boolean {
    return this.status < 400 || this.status >= 500 || [401, 403, 408, 429].includes(this.status);
  }

  /** Somebody else changed or deleted it since it was read. */
  get isStale(): boolean {
    return this.status === 412;
  }
}

export function offline(): ProblemError {
  return new ProblemError(0, "offline", i18next.t("trouble.offline"));
}

/** Read a problem document; whatever a proxy may say instead becomes a general sentence. */
export function problemFrom(status: number, body: unknown): ProblemError {
  if (!isProblem(body)) return new ProblemError(status, "unknown", i18next.t("trouble.unknown", { status }));
  return new ProblemError(status, body.code, body.detail || body.title, fieldsOf(body));
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body;
}

function fieldsOf(problem: Problem): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const error of problem.errors ?? []) {
    const path = Array.isArray(error.path) ? error.path.join(".") : String(error.path ?? "");
    fields[path] ??= String(error.detail ?? problem.detail);
  }
  return fields;
}

export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError(0, "unexpected", i18next.t("trouble.unexpected"));
}
