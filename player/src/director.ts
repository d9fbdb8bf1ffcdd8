import { SLOW } from "./decoded";
import type { Slide } from "./manifest";
import { type Plan, type Programme, takesOverAtOnce } from "./plan";
import type { Play } from "./playout";
import type { Picture, Source, Stage } from "./stage";

/** A fade lies inside the incoming slide's time. */
const FADE_MS = 400;
/** With less than this left of a slide it is not entered part-way: the one before it is held. */
const ENTER_MS = 2_000;
/** A slide that is entered this soon after its start is entered at its start. */
const ON_TIME_MS = 250;
/** The plan is looked at this often even when nothing is due: clocks jump. */
const LOOK_MS = 1_000;

/** With so many slides in a row that did not come, or so long without a look at the plan, something is wedged. */
const MISSES = 2;
const STALL_MS = 15_000;

/** The time the plan is played by. */
export interface Tempo {
  now(): number;
  /** Milliseconds of the plan in one real millisecond. */
  rate(): number;
}

/** What is on the glass, and since when. */
export interface Showing {
  readonly play: Play;
  /** Null while the screen is dark or shows the built-in notice. */
  readonly slide: Slide | null;
  readonly sinceMs: number;
  /** It was entered in the middle: the board started, or the programme changed. */
  readonly partWay: boolean;
}

export interface Ears {
  /** A play has begun on the glass; the one before it, if any, ended at this instant. */
  appeared(showing: Showing): void;
  /** The built-in notice is wanted, or no longer. */
  notice(wanted: boolean): void;
  /** The first play of a manifest is on. */
  adopted(plan: Plan): void;
  fault(code: string, detail: string): void;
}

/** Puts on the stage what the plan says now. */
export class Director {
  private plan: Plan | null = null;
  private next: Plan | null = null;
  private show: Programme | null = null; // laid over the plan
  /** The plan of which something was on the glass. */
  private proved: Plan | null = null;
  private due: Play | null = null;
  private state: "waiting" | "on" | "held" = "held";
  /** The programme changed under the slide on the glass: a new one may have to be entered part-way. */
  private switched = false;
  private partWay = false;
  private timer = 0;
  private busy = false;
  private tickedMono = 0;
  /** Slides in a row that did not come in time, though nothing said why. */
  private missed = 0;
  /** How often something was put on the glass. */
  turns = 0;
  showing: Showing | null = null;

  constructor(
    private readonly stage: Stage,
    private readonly tempo: Tempo,
    private readonly open: (file: string) => Promise<Source>,
    private readonly ears: Ears,
  ) {}

  get playing(): Plan | null {
    return this.plan;
  }

  /** The manifest that plays, or waits to. */
  get newest(): Plan | null {
    return this.next || this.plan;
  }

  /** Whether nothing moves that should: for the watchdog. */
  get stuck(): boolean {
    return this.plan !== null && (this.missed >= MISSES || performance.now() - this.tickedMono > STALL_MS);
  }

  /** Gives a manifest to play. It takes over when the slide on the glass ends; a takeover at once. */
  take(plan: Plan): void {
    this.next = plan;
    this.tick();
  }

  /** Plays another manifest at once, whatever is on the glass. */
  restart(plan: Plan): void {
    this.plan = this.show = this.due = null;
    this.take(plan);
  }

  /** Lays a show over the plan, at once; null ends it. */
  lay(show: Programme | null): void {
    this.show = show;
    this.due = null;
    this.switched = true;
    this.tick();
  }

  /** Forgets everything: the screen belongs to nobody any more. */
  clear(): void {
    this.plan = this.next = this.show = this.due = this.showing = null;
    clearTimeout(this.timer);
    this.stage.dark();
  }

  /** Tries the slide that is due anew, on a fresh element. */
  rebuild(): void {
    this.stage.rebuild();
    this.missed = 0;
    this.due = null;
    this.tick();
  }

  tick(): void {
    if (this.busy) return;
    this.busy = true;
    try {
      const now = this.tempo.now();
      this.tickedMono = performance.now();
      this.adopt(now);
      const play = this.playAt(now);
      if (play && (!this.due || !same(play, this.due))) this.enter(play, now);
      if (this.state === "waiting") this.put(now);
    } finally {
      this.busy = false;
      this.arm();
    }
  }

  private adopt(now: number): void {
    if (!this.next || !this.mayAdopt(this.next, now)) return;
    this.plan = this.next;
    this.next = null;
    this.due = null;
    this.switched = true;
  }

  private mayAdopt(next: Plan, now: number): boolean {
    if (!this.plan || !this.due || this.show) return true;
    if (this.stage.shown === null || now >= this.due.endMs) return true;
    return takesOverAtOnce(next, this.plan, now);
  }

  private playAt(now: number): Play | null {
    const shown = this.show && this.show.at(now);
    if (shown) return shown;
    if (this.show) {
      this.show = null;
      this.switched = true;
    }
    return this.plan && this.plan.at(now);
  }

  private enter(play: Play, now: number): void {
    this.due = play;
    this.partWay = this.switched && now - play.startMs > ON_TIME_MS;
    this.switched = false;
    const isShort = this.partWay && this.stage.shown !== null && play.endMs - now < ENTER_MS;
    this.state = isShort ? "held" : "waiting";
  }

  private put(now: number): void {
    const play = this.due;
    if (!play) return;
    const programme = this.show || this.plan;
    const slide = play.slide !== null && programme ? programme.slide(play.slide) : undefined;
    if (play.slide === null) this.putNothing(play, now);
    else if (slide && slide.kind === "image") this.putPicture(play, slide, now);
    else this.hold("unknown_kind", play.slide);
  }

  private putPicture(play: Play, slide: Slide, now: number): void {
    const picture = this.picture(slide);
    if (this.stage.show(picture.key, slide.transition === "fade" ? FADE_MS / this.tempo.rate() : 0)) {
      this.appear(play, slide, now);
    } else if (this.tooLate(play, now)) {
      this.state = "held";
      this.missed++;
    } else {
      this.stage.prepare(picture).then(
        () => this.tick(),
        (error: Error) =>
          this.due === play && this.state === "waiting" && this.hold(error.message, slide.file),
      );
    }
  }

  private putNothing(play: Play, now: number): void {
    if (play.role === "off") this.stage.dark();
    this.appear(play, null, now);
    if (play.role !== "off") this.stage.dark();
  }

  private appear(play: Play, slide: Slide | null, now: number): void {
    this.state = "on";
    this.missed = 0;
    this.turns++;
    this.showing = { play, slide, sinceMs: now, partWay: this.partWay };
    this.ears.notice(!slide && play.role !== "off");
    this.ears.appeared(this.showing);
    if (this.plan && this.plan !== this.proved && !this.show) {
      this.proved = this.plan;
      this.ears.adopted(this.plan);
    }
    this.prepareNext(play);
  }

  /** A slide that cannot be shown leaves its time to the one before it. */
  private hold(code: string, detail: string): void {
    this.state = "held";
    if (code === SLOW) this.missed++;
    this.ears.fault(code, detail);
    if (this.due) this.prepareNext(this.due);
    // With nothing before it there is still the built-in notice.
    if (this.stage.shown === null) this.ears.notice(true);
  }

  private tooLate(play: Play, now: number): boolean {
    const left = play.endMs - now;
    return this.stage.shown !== null && left < ENTER_MS && left * 2 < play.endMs - play.startMs;
  }

  private prepareNext(play: Play): void {
    const slide = this.slideAfter(play);
    if (!slide || slide.kind !== "image") return;
    // A failure is noticed when the slide is due: by then it may be mended.
    this.stage.prepare(this.picture(slide)).then(undefined, () => undefined);
  }

  private slideAfter(play: Play): Slide | undefined {
    const shown = this.show && this.show.at(play.endMs);
    if (this.show && shown && shown.slide) return this.show.slide(shown.slide);
    const plan = this.next || this.plan;
    const planned = plan && plan.after(play);
    return plan && planned && planned.slide ? plan.slide(planned.slide) : undefined;
  }

  private picture(slide: Slide): Picture {
    const { file, fit, focus, alt } = slide;
    return { key: `${file}|${fit}|${focus}`, fit, focus, alt, open: () => this.open(file) };
  }

  private arm(): void {
    clearTimeout(this.timer);
    if (!this.plan && !this.show) return;
    const left = this.due ? (this.due.endMs - this.tempo.now()) / this.tempo.rate() : LOOK_MS;
    this.timer = setTimeout(() => this.tick(), Math.max(0, Math.min(LOOK_MS, left)));
  }
}

function same(a: Play, b: Play): boolean {
  return a.slide === b.slide && a.startMs === b.startMs && a.schedule === b.schedule && a.role === b.role;
}
