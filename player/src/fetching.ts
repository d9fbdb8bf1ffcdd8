import { within } from "./backoff";
import { Fault, type Wanted } from "./loader";

/** A slow line gets this long for an answer, and one second more for every 10 kB. */
const PATIENCE_MS = 30_000;
const BYTES_PER_MS = 10;

/** A manifest that was too large to be pushed; its text. */
export async function fetchManifest(base: string, token: string, digest: string): Promise<string> {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await within(PATIENCE_MS, fetch(`${base}manifest/${digest}`, { headers }));
  if (!response.ok) throw new Error(`manifest_${response.status}`);
  return within(PATIENCE_MS, response.text());
}

/** A rendition by its hash; knowing it is the permission. */
export async function fetchFile(mediaBase: string, { hash, bytes }: Wanted): Promise<ArrayBuffer> {
  const response = await within(PATIENCE_MS, fetch(mediaBase + hash, { credentials: "omit" }));
  if (!response.ok) throw new Fault(`file_${response.status}`);
  return within(PATIENCE_MS + bytes / BYTES_PER_MS, response.arrayBuffer());
}
