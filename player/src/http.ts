import { within } from "./backoff";
import { type Line, Refusal } from "./net";

const TIMEOUT_MS = 20_000;

/** Asks the plain-HTTP twin of a message. */
export async function post(base: string, name: string, body: object, token?: string): Promise<unknown> {
  const headers: { [name: string]: string } = { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  const request = fetch(base + name, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
    cache: "no-store",
    credentials: "omit",
  });
  const response = await within(TIMEOUT_MS, request);
  // A captive portal answers with a page and 200: that is not JSON, and nobody's word.
  const answer: unknown = await within(TIMEOUT_MS, response.json());
  if (response.ok && typeof answer === "object" && answer !== null) return answer;
  throw new Refusal(codeOf(answer) || `http_${response.status}`);
}

/** The code of a refusal, in whatever it came. */
export function codeOf(answer: unknown): string | null {
  const code = typeof answer === "object" && answer !== null && (answer as { code?: unknown }).code;
  return typeof code === "string" ? code : null;
}

/** A line made of single questions; nothing is pushed over it. */
export function openHttp(base: string, token: string, refused: (code: string) => void): Line {
  let open = true;
  return {
    kind: "http",
    ask: async (name, body) => {
      try {
        return await post(base, name, body, token);
      } catch (error) {
        if (open && error instanceof Refusal) refused(error.code);
        throw error;
      }
    },
    close: () => {
      open = false;
    },
  };
}
