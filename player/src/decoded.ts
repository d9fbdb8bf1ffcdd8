/** Longest time a picture that is already on this machine may take to load and decode. */
const DEADLINE_MS = 10_000;

/** What it is called when a picture takes longer. */
export const SLOW = "picture_slow";

/** Loads an address into an element and waits until its pixels are ready to be painted in the next frame. */
export function decoded(img: HTMLImageElement, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(SLOW)), DEADLINE_MS);
    const settle = (error?: Error): void => {
      clearTimeout(timer);
      img.onload = img.onerror = null;
      if (error) reject(error);
      else resolve();
    };
    const broken = (): void => settle(new Error("picture_broken"));
    img.onerror = broken;
    // An <img> paints its old bitmap until the new one is decoded, so having loaded is not enough.
    img.onload = () => decode(img).then(() => settle(), broken);
    img.src = url;
  });
}

/** `decode()` came with Chromium 64; before it, drawing one pixel forces the same work. */
function decode(img: HTMLImageElement): Promise<void> {
  if (typeof img.decode === "function") return img.decode();
  return new Promise((resolve) => {
    const context = document.createElement("canvas").getContext("2d");
    if (context) context.drawImage(img, 0, 0, 1, 1);
    resolve();
  });
}
