/** The generated client, dressed for a console session: cookie, CSRF token, language, idempotency. */

import { currentLanguage } from "../i18n";
import { client } from "./generated/client.gen";
import { offline, type ProblemError, problemFrom } from "./problems";

let csrfToken = "";
const listeners = new Set<(problem: ProblemError) => void>();

/** The token that GET /me gave; every write of this session must carry it. */
export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

/** Be told of every refusal and every missing answer; gives back its own unsubscribe. */
export function onProblem(listener: (problem: ProblemError) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function report(problem: ProblemError): ProblemError {
  for (const listener of listeners) listener(problem);
  return problem;
}

/** 128 random bits in hex. Not crypto.randomUUID: on plain http a LAN address does not have it. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Headers that a request of this session carries. */
export function sessionHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = { "Accept-Language": currentLanguage() };
  if (method !== "GET" && csrfToken) headers["X-CSRF-Token"] = csrfToken;
  return headers;
}

// A POST whose answer was lost is sent again under the same key, so that nothing is made twice.
const unanswered = new Map<string, string>();
const asked = (request: Request, body: unknown) => `${request.url} ${String(body ?? "")}`;
const makesSomething = (request: Request) =>
  request.method === "POST" && !/\/(preview|read-ics)$/.test(new URL(request.url).pathname);

client.setConfig({ baseUrl: window.location.origin });
client.interceptors.request.use((request, { serializedBody }) => {
  for (const [name, value] of Object.entries(sessionHeaders(request.method)))
    request.headers.set(name, value);
  if (!makesSomething(request)) return request;
  const key = unanswered.get(asked(request, serializedBody)) ?? randomKey();
  unanswered.set(asked(request, serializedBody), key);
  request.headers.set("Idempotency-Key", key);
  return request;
});
client.interceptors.response.use((response, request, { serializedBody }) => {
  unanswered.delete(asked(request, serializedBody));
  return response;
});

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response?: Response;
}

/** The body of a good answer; anything else is thrown as a ProblemError. */
export async function answered<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response) throw report(offline());
  if (!response.ok) throw report(problemFrom(response.status, error));
  return data as T;
}

interface Page<T> {
  items: T[];
  next: string | null;
}

/** Every page of a list, one after the other. */
export async function allPages<T>(page: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const answer = await page(cursor);
    items.push(...answer.items);
    cursor = answer.next ?? undefined;
  } while (cursor);
  return items;
}

/** The condition under which a write holds: that nobody has changed the thing meanwhile. */
export function ifMatch(etag: string): { "If-Match": string } {
  return { "If-Match": `"${etag}"` };
}
