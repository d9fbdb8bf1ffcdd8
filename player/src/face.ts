import type { Offer } from "./pair";

/** What a person sees besides the pictures: set-up, the built-in notice, the board's name. */
export class Face {
  private readonly notice = part("notice");
  private readonly pair = part("pair");
  private readonly name = part("name");
  private timer = 0;

  /** The built-in notice: nothing to show yet. Over the stage, so that what is below may change unseen. */
  showNotice(on: boolean, name: string | null): void {
    find(this.notice, ".name").textContent = name;
    this.notice.classList.toggle("on", on);
  }

  /** Only pictures on the glass: no cursor. */
  playing(on: boolean): void {
    document.documentElement.classList.toggle("playing", on);
  }

  /** The pairing screen; without a code yet it says only what is going on. */
  showPairing(offer: Offer | null, connected: boolean): void {
    this.playing(false);
    this.pair.classList.add("on");
    this.pair.classList.toggle("alone", !offer);
    find(this.pair, ".code").textContent = offer && offer.code;
    this.pair.classList.toggle("connected", connected);
    const qr = find(this.pair, ".qr") as HTMLImageElement;
    // As an image, what the server sends can draw but not act.
    const address = offer && `data:image/svg+xml,${encodeURIComponent(offer.qr_svg)}`;
    if (!address) qr.removeAttribute("src");
    else if (qr.src !== address) qr.src = address;
  }

  hidePairing(): void {
    this.pair.classList.remove("on");
  }

  /** The board's name, large, over whatever it shows. */
  identify(name: string, place: string | null, seconds: number): void {
    const small = document.createElement("small");
    small.textContent = place;
    this.name.textContent = name;
    if (place) this.name.appendChild(small);
    this.name.classList.add("on");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.name.classList.remove("on"), seconds * 1_000);
  }
}

function part(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}

function find(element: HTMLElement, selector: string): HTMLElement {
  return element.querySelector(selector) as HTMLElement;
}
