import { decoded } from "./decoded";

/** A picture as the stage shows it; equal keys look equal. */
export interface Picture {
  readonly key: string;
  readonly fit: "cover" | "contain";
  /** The point that stays in view when the picture is cropped: per mille from the left and from the top. */
  readonly focus: readonly [number, number];
  readonly alt: string;
  /** Gives the address to load; called at most once per preparation, may fail. */
  open(): Promise<Source>;
}

export interface Source {
  readonly url: string;
  release(): void;
}

interface Layer {
  readonly img: HTMLImageElement;
  key: string | null;
  ready: boolean;
  source: Source | null;
  loading: Promise<void> | null;
}

/**
 * Shows one picture after the other without a flash.
 *
 * Two <img> elements are reused for ever. One is on the glass; the other loads and decodes what comes next
 * in hiding. What holds, always:
 *
 * - a layer is raised only after its own picture was decoded;
 * - while a layer fades in, the layer below it stays opaque;
 * - a picture is let go one frame after it left the glass, never before.
 */
export class Stage {
  private front: Layer;
  private back: Layer;
  private wish: string | null = null;
  private settling: { finish(): void; readonly done: Promise<void> } | null = null;

  constructor(private readonly root: HTMLElement) {
    this.front = addLayer(root);
    this.back = addLayer(root);
  }

  /** The key of the picture on the glass; null while the stage is dark. */
  get shown(): string | null {
    return this.front.key;
  }

  /** Loads and decodes a picture in hiding. Rejects when it cannot be shown. */
  async prepare(picture: Picture): Promise<void> {
    this.wish = picture.key;
    if (this.settling) await this.settling.done;
    if (this.wish !== picture.key || this.front.key === picture.key) return;
    if (this.back.key !== picture.key || !this.back.loading) {
      clear(this.back);
      this.back.key = picture.key;
      this.back.loading = load(this.back, picture);
    }
    return this.back.loading;
  }

  /** Puts a prepared picture on the glass at once; false, and nothing changes, when it is not ready. */
  show(key: string, fadeMs: number): boolean {
    if (this.front.key === key) return true;
    if (this.back.key !== key || !this.back.ready) return false;
    [this.front, this.back] = [this.back, this.front];
    const covered = this.back.key !== null;
    forget(this.back);
    raise(this.front, this.back);
    this.settle(covered ? fadeMs : 0);
    return true;
  }

  /** Nothing on the glass, on purpose. */
  dark(): void {
    this.wish = null;
    if (this.settling) this.settling.finish();
    for (const layer of [this.front, this.back]) clear(layer);
  }

  /** Loads into a fresh element from now on, when the old one no longer does what it is told; the glass stays. */
  rebuild(): void {
    if (this.settling) this.settling.finish();
    clear(this.back);
    this.root.removeChild(this.back.img);
    this.back = addLayer(this.root);
  }

  /** Fades the raised layer in over the one below and frees that one when it is covered. */
  private settle(fadeMs: number): void {
    const { front, back } = this;
    let release = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      release = resolve;
    });
    const finish = (): void => {
      if (this.settling !== settling) return;
      this.settling = null;
      front.img.style.transition = "none";
      front.img.style.opacity = "1";
      clear(back);
      release();
    };
    const settling = { finish, done };
    this.settling = settling;
    if (fadeMs > 0) fadeIn(front.img, fadeMs);
    // Not `transitionend`: it never comes when the page was hidden or the style was touched meanwhile.
    setTimeout(() => afterFrame(finish), fadeMs);
  }
}

function addLayer(root: HTMLElement): Layer {
  const img = document.createElement("img");
  img.decoding = "sync"; // a raised layer must paint in the very frame that raises it
  img.style.visibility = "hidden";
  root.appendChild(img);
  return { img, key: null, ready: false, source: null, loading: null };
}

function raise(front: Layer, back: Layer): void {
  back.img.style.zIndex = "1";
  front.img.style.zIndex = "2";
  front.img.style.transition = "none";
  front.img.style.opacity = "1";
  front.img.style.visibility = "visible";
}

function fadeIn(img: HTMLImageElement, fadeMs: number): void {
  img.style.opacity = "0";
  img.getBoundingClientRect(); // makes the browser note the start, or it would skip the transition
  img.style.transition = `opacity ${fadeMs}ms linear`;
  img.style.opacity = "1";
}

/** Runs once the coming frame is on the glass; a hidden page has no frames and goes by the timer. */
function afterFrame(then: () => void): void {
  let waiting = true;
  const once = (): void => {
    if (waiting) then();
    waiting = false;
  };
  requestAnimationFrame(() => requestAnimationFrame(once));
  setTimeout(once, 200);
}

async function load(layer: Layer, picture: Picture): Promise<void> {
  try {
    const source = await picture.open();
    if (layer.key !== picture.key) return source.release();
    layer.source = source;
    dress(layer.img, picture);
    await decoded(layer.img, source.url);
    if (layer.key === picture.key) layer.ready = true;
  } catch (error) {
    if (layer.key !== picture.key) return; // something newer is wanted: this failure is nobody's
    clear(layer);
    throw error;
  }
}

function dress(img: HTMLImageElement, picture: Picture): void {
  img.alt = picture.alt;
  img.style.visibility = "hidden";
  img.style.objectFit = picture.fit;
  img.style.objectPosition = `${picture.focus[0] / 10}% ${picture.focus[1] / 10}%`;
}

function forget(layer: Layer): void {
  layer.key = null;
  layer.ready = false;
  layer.loading = null;
}

function clear(layer: Layer): void {
  const source = layer.source;
  layer.source = null;
  forget(layer);
  layer.img.style.visibility = "hidden";
  layer.img.removeAttribute("src");
  if (source) source.release();
}
