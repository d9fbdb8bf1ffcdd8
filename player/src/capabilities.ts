import type { Capabilities } from "./protocol";

/** What this browser can show. */
export function capabilitiesOf(store: "cache" | "idb"): Capabilities {
  const scale = devicePixelRatio || 1;
  // What can write WebP can read it; the few that only read it get JPEG, which is no harm.
  const sample = document.createElement("canvas").toDataURL("image/webp");
  return {
    width: Math.round(innerWidth * scale),
    height: Math.round(innerHeight * scale),
    webp: sample.indexOf("data:image/webp") === 0,
    secure: isSecureContext === true,
    store,
    language: navigator.language,
  };
}
