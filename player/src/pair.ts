import { sleep, waitBefore } from "./backoff";
import type { Face } from "./face";
import { post } from "./http";
import type { Capabilities } from "./protocol";
import { randomHex } from "./sha256";

export interface Offer {
  readonly code: string;
  readonly interval_s: number;
  readonly qr_svg: string;
}

interface Claimed {
  readonly screen_id: string;
  readonly token: string;
}

const LONGEST_WAIT_MS = 15_000;
const ASK_AGAIN_MS = 300_000;

/** A device's secret: 32 random bytes. Only their hash names the screen at the server. */
export function newDevice(): string {
  return randomHex(32);
}

/** The device a link brings along (`#device=…`), taken out of the address bar; null when there is none. */
export function deviceFromLink(): string | null {
  const found = /^#device=([0-9a-f]{64})$/.exec(location.hash);
  if (found) history.replaceState(null, "", location.pathname + location.search);
  return found ? (found[1] as string) : null;
}

/**
 * Shows the code until somebody claims it (RFC 8628) and gives the token; null once nobody wants it any more.
 * Without a face it asks quietly, and rarely: the board plays meanwhile.
 */
export async function pair(
  base: string,
  device: string,
  capabilities: Capabilities,
  face: Face | null,
  wanted: () => boolean,
): Promise<string | null> {
  let offer: Offer | null = null;
  let failures = 0;
  while (wanted()) {
    let wait: number;
    try {
      const answer = (await post(base, "pair", { device, capabilities })) as Claimed | Offer;
      if ("token" in answer) return answer.token;
      offer = answer;
      failures = 0;
      wait = Math.max(1, answer.interval_s) * 1_000;
    } catch {
      wait = 500 + waitBefore(failures++, Math.random, LONGEST_WAIT_MS);
    }
    if (face && wanted()) face.showPairing(offer, failures === 0);
    await sleep(face ? wait : ASK_AGAIN_MS);
  }
  return null;
}
