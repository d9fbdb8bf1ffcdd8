import type { Capabilities } from "./protocol";

/** The smallest lossy WebP. */
const WEBP = "data:image/webp;base64,UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";

/** Finds out what this browser can show. */
export async function probe(store: "cache" | "idb"): Promise<Capabilities> {
  const scale = devicePixelRatio || 1;
  return {
    width: Math.round(innerWidth * scale),
    height: Math.round(innerHeight * scale),
    webp: await showsWebp(),
    secure: isSecureContext === true,
    store,
    language: navigator.language,
  };
}

function showsWebp(): Promise<boolean> {
  return new Promise((resolve) => {
    const img = new Image();
    img.onload = () => resolve(img.width === 1);
    img.onerror = () => resolve(false);
    img.src = WEBP;
  });
}
