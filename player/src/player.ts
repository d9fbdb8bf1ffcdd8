import { sleep } from "./backoff";
import type { Clock } from "./clock";
import { comeBack } from "./comeback";
import { Director, type Showing } from "./director";
import type { Face } from "./face";
import { fetchFile, fetchManifest } from "./fetching";
import type { Files } from "./files";
import type { Keep } from "./keep";
import { Loader, type Wanted } from "./loader";
import type { Log } from "./log";
import { parseManifest } from "./manifest";
import { newDevice, pair } from "./pair";
import { Plan, takesOverAtOnce } from "./plan";
import type { Capabilities, CommandArgs, FileTable, Welcome } from "./protocol";
import { type Board, Session } from "./session";
import { sha256OfText } from "./sha256";
import { Show } from "./show";
import type { Source, Stage } from "./stage";
import type { Kept, Store } from "./store";
import type { Witness } from "./witness";

const SWEEP_AFTER_MS = 600_000;
export interface Parts {
  readonly base: string;
  readonly version: string;
  readonly clock: Clock;
  readonly keep: Keep;
  readonly store: Store;
  readonly files: Files;
  readonly log: Log;
  readonly witness: Witness;
  readonly face: Face;
  readonly stage: Stage;
  capabilities(): Capabilities;
}

/** A board: what it holds, what it shows, and what it does when the server says something. */
export class Player implements Board {
  readonly director: Director;
  private readonly loader: Loader;
  private readonly session: Session;
  private mediaBase = "";
  private token = "";
  private name: string | null = null;
  private place: string | null = null;
  /** Digest of the newest manifest, here or on its way. */
  private wanted: string | null = null;
  /** The manifest whose files are on their way. */
  private coming: Plan | null = null;
  private pairing = false;
  private shows = 0;
  /** The files of what was last shown by hand. */
  private byHand: FileTable = {};
  private readonly told = new Set<string>();

  constructor(private readonly parts: Parts) {
    const { clock, stage, base, files, face } = parts;
    this.session = new Session(base, this);
    this.loader = new Loader(
      files,
      (file) => (this.mediaBase ? fetchFile(this.mediaBase, file) : Promise.reject(new Error("offline"))),
      (code, detail) => this.fault(code, detail),
      () => this.session.answers(),
    );
    const tempo = { now: () => clock.now(), rate: () => 1 };
    this.director = new Director(stage, tempo, (file) => this.open(file), {
      appeared: (showing) => this.appeared(showing),
      notice: (wanted) => face.showNotice(wanted, this.name),
      adopted: (plan) => this.session.receipt(plan.digest, "showing"),
      fault: (code, detail) => this.stageFault(code, detail),
    });
  }

  /** Disk first: what was stored plays before the network is even looked at. */
  async playFromDisk(): Promise<void> {
    const { keep, store, witness, face } = this.parts;
    this.name = await keep.get("name");
    await witness.resume();
    const [plan] = readable(await store.candidates());
    setTimeout(() => this.sweep(), SWEEP_AFTER_MS);
    if (!plan) return face.showNotice(true, this.name);
    this.wanted = plan.digest;
    this.director.take(plan);
  }

  /** Network second: talks to the server with the token there is, or asks for one. */
  async connect(device: string): Promise<void> {
    const token = await this.parts.keep.get("token");
    if (token) this.use(token);
    else this.askForToken(device);
  }

  readonly mono = (): number => performance.now();

  get version(): string {
    return this.parts.version;
  }

  get clock(): Clock {
    return this.parts.clock;
  }

  get log(): Log {
    return this.parts.log;
  }

  capabilities(): Capabilities {
    return this.parts.capabilities();
  }

  digest(): string | null {
    return this.wanted;
  }

  showing(): { digest: string | null; showing: Director["showing"] } {
    const plan = this.director.playing;
    return { digest: plan && plan.digest, showing: this.director.showing };
  }

  bytes(): { stored: number; missing: number } {
    const plan = this.coming || this.director.newest;
    const sum = { stored: 0, missing: 0 };
    for (const { hash, bytes } of plan ? filesOf(plan.manifest.files) : []) {
      sum[this.loader.has(hash) ? "stored" : "missing"] += bytes;
    }
    return sum;
  }

  welcomed({ screen, media_base }: Welcome): void {
    const { keep, face } = this.parts;
    this.pairing = false;
    face.hidePairing();
    this.name = screen.name;
    this.place = screen.place || null;
    this.mediaBase = new URL(media_base, this.parts.base).href;
    keep.set("name", screen.name);
    if (!this.director.playing) face.showNotice(true, screen.name);
    this.rememberTime();
    this.mend();
  }

  /** Two phases: everything comes first, then one step makes it the manifest that plays. */
  manifest(digest: string, text: string | null): void {
    if (digest === this.wanted) return;
    this.wanted = digest;
    this.bring(digest, text).catch((error: Error) => {
      this.fault(error.message, digest);
      // So that the next heartbeat asks for it again.
      const plan = this.director.newest;
      if (this.wanted === digest) this.wanted = plan && plan.digest;
    });
  }

  async obey(name: string, args: CommandArgs): Promise<void> {
    if (name === "sync") this.session.hello();
    else if (name === "identify") this.parts.face.identify(this.name || "", this.place, args.seconds || 10);
    else if (name === "reload") await comeBack();
    else if (name === "show_now") await this.showNow(args);
    else throw new Error("unknown_command");
  }

  refused(code: string): void {
    if (code === "revoked") this.wipe();
    else if (code === "unknown_token") this.askAgain();
  }

  /** Once a second: has the clock jumped, and is the plan still what is on the glass? */
  tick(): void {
    if (!this.clock.jumped()) return;
    this.session.sample();
    this.director.tick();
  }

  rememberTime(): void {
    if (this.clock.quality === "good") this.parts.keep.set("time", JSON.stringify(this.clock.knownTime));
  }

  /** The shape of the screen changed: other pictures may fit better. */
  reshaped(): void {
    this.session.hello();
  }

  fault(code: string, detail: string): void {
    const key = `${code} ${detail}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.log.fault(this.clock.now(), code, detail).catch(() => undefined);
  }

  private use(token: string): void {
    this.token = token;
    this.session.start(token);
  }

  private appeared(showing: Showing): void {
    this.parts.face.playing(true);
    this.parts.witness.appeared(showing);
    this.session.changed();
  }

  private async bring(digest: string, known: string | null): Promise<void> {
    const text = known || (await fetchManifest(this.parts.base, this.token, digest));
    if ((await sha256OfText(text)) !== digest) throw new Error("manifest_differs");
    this.session.receipt(digest, "received");
    const plan = new Plan(digest, parseManifest(text));
    const wanted = (): boolean => this.wanted === digest;
    this.coming = plan;
    const files = filesOf(plan.manifest.files);
    if (!this.isUrgent(plan)) await sleep(Math.random() * plan.manifest.spread_ms);
    if (!(await this.loader.bring(files, wanted))) return;
    // A disc that no longer takes anything in does not keep the board from playing what is here.
    await this.parts.store.commit({ digest, text }).then(
      () => this.session.receipt(digest, "stored"),
      () => this.fault("store_failed", digest),
    );
    if (!wanted()) return;
    this.coming = null;
    this.director.take(plan);
    setTimeout(() => this.sweep(), SWEEP_AFTER_MS);
  }

  /** A whole fleet hears of a new manifest in the same second; only what cannot wait is fetched in it. */
  private isUrgent(plan: Plan): boolean {
    const { playing } = this.director;
    const missing = Object.keys(plan.manifest.files).some((hash) => !this.loader.has(hash));
    return !missing || !playing || takesOverAtOnce(plan, playing, this.clock.now());
  }

  private async open(hash: string): Promise<Source> {
    const blob = await this.parts.files.get(hash).catch(() => undefined);
    if (!blob) throw new Error("file_lost");
    const url = URL.createObjectURL(blob);
    return { url, release: () => URL.revokeObjectURL(url) };
  }

  /** Discs lose files and spoil them: what the stage could not show is fetched anew, once. */
  private stageFault(code: string, detail: string): void {
    const isNew = !this.told.has(`${code} ${detail}`);
    this.fault(code, detail);
    if (isNew && code !== "unknown_kind") this.loader.lost(detail).then(() => this.mend());
  }

  /** Fetches what the newest manifest names and this board has not. */
  private mend(): void {
    const plan = this.director.newest;
    if (!plan) return;
    const files = filesOf(plan.manifest.files);
    this.loader.bring(files, () => this.director.newest === plan).catch(() => undefined);
  }

  private async sweep(): Promise<void> {
    const kept = readable(await this.parts.store.candidates());
    const plan = this.director.newest;
    if (!plan || this.wanted !== plan.digest) return;
    await this.loader.sweep(
      kept
        .concat(plan)
        .map(({ manifest }) => manifest.files)
        .concat(this.byHand),
    );
  }

  private async showNow({ order = [], slides = {}, files = {} }: CommandArgs): Promise<void> {
    const turn = ++this.shows;
    if (order.length === 0) return this.director.lay(null);
    this.byHand = files;
    const newest = (): boolean => turn === this.shows;
    if (!(await this.loader.bring(filesOf(files), newest)) || !newest()) throw new Error("replaced");
    if (!this.director.playing) throw new Error("no_manifest");
    this.director.lay(new Show(order, slides, this.clock.now()));
  }

  /** Shows the code only while there is nothing better to show. */
  private async askForToken(device: string): Promise<void> {
    const { base, face, keep } = this.parts;
    this.pairing = true;
    const visible = this.director.playing ? null : face;
    const token = await pair(base, device, this.capabilities(), visible, () => this.pairing);
    this.pairing = false;
    face.hidePairing();
    if (!token) return;
    face.showNotice(!this.director.playing, this.name);
    await keep.set("token", token);
    this.use(token);
  }

  /** The server does not know us, perhaps only today: play on, and ask quietly whether we have a new token. */
  private async askAgain(): Promise<void> {
    const device = await this.parts.keep.get("device");
    if (!this.pairing && device) this.askForToken(device);
  }

  /** Revoked: the screen belongs to nobody; it forgets everything and offers itself anew. */
  private async wipe(): Promise<void> {
    const { keep, store, face } = this.parts;
    this.session.stop();
    this.director.clear();
    this.wanted = this.name = null;
    face.showNotice(true, null);
    const device = newDevice();
    await Promise.all([keep.set("token", null), keep.set("name", null), keep.set("device", device)]);
    await Promise.all([store.clear(), this.loader.sweep([]), this.log.clear()]).catch(() => undefined);
    this.askForToken(device);
  }
}

function filesOf(table: FileTable): Wanted[] {
  return Object.keys(table).map((hash) => Object.assign({ hash }, table[hash] as FileTable[string]));
}

/** The manifests among these that this player understands. */
function readable(candidates: readonly Kept[]): Plan[] {
  const plans: Plan[] = [];
  for (const { digest, text } of candidates) {
    try {
      plans.push(new Plan(digest, parseManifest(text)));
    } catch {
      // the one before it, then
    }
  }
  return plans;
}
