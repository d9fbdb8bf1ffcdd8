import type {} from "./sha256-script";

/** The SHA-256 of bytes as lower-case hex; by the browser where it may, by ourselves on plain http. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const { subtle } = crypto;
  return hex(subtle ? await subtle.digest("SHA-256", bytes) : await inScript(bytes));
}

export function sha256OfText(text: string): Promise<string> {
  return sha256(new TextEncoder().encode(text).buffer as ArrayBuffer);
}

export function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => `0${byte.toString(16)}`.slice(-2)).join("");
}

/** A new random name for something: 16 bytes, or as many as are asked for. */
export function randomHex(bytes = 16): string {
  return hex(crypto.getRandomValues(new Uint8Array(bytes)).buffer as ArrayBuffer);
}

function inScript(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  const digest = window.signageSha256;
  if (digest) return Promise.resolve(digest(bytes));
  return new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "sha256.js";
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("offline"));
    document.head.appendChild(script);
  }).then(() => inScript(bytes));
}
