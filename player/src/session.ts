import { sleep } from "./backoff";
import type { Clock } from "./clock";
import type { Showing } from "./director";
import type { Log, Verdict } from "./log";
import { type Line, type LineEars, Net } from "./net";
import type { Capabilities, Command, CommandArgs, Pulse, Welcome } from "./protocol";

/** What the session needs to know of the board, and what it hands to it. */
export interface Board {
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  mono(): number;
  capabilities(): Capabilities;
  /** Digest of the newest manifest this board has or is bringing. */
  digest(): string | null;
  showing(): { readonly digest: string | null; readonly showing: Showing | null };
  bytes(): { readonly stored: number; readonly missing: number };
  welcomed(welcome: Welcome): void;
  manifest(digest: string, text: string | null): void;
  /** Does what an operator asks; what it gives comes back as an error, in a word. */
  obey(name: string, args: CommandArgs): Promise<void>;
  refused(code: string): void;
}

const BURST = 8;
const BURST_GAP_MS = 250;
const CLOCK_MS = 30_000;
const FLUSH_MS = 60_000;
/** Below this the server is being watched: every change of slide is told at once. */
const WATCHED_S = 5;
const REMEMBERED = 50;

/** The conversation with the server, whatever line it goes over. */
export class Session implements LineEars {
  private readonly net: Net;
  private heartbeatS = 60;
  private pollS = 60;
  private beat = 0;
  private greeted: Line | null = null;
  private readonly obeyed = remembered();

  constructor(
    base: string,
    private readonly board: Board,
  ) {
    this.net = new Net(base, this);
    setInterval(() => this.sample(), CLOCK_MS);
    setInterval(() => this.flush(), FLUSH_MS * jitter());
  }

  start(token: string): void {
    this.net.start(token);
  }

  stop(): void {
    clearTimeout(this.beat);
    this.net.stop();
  }

  private get online(): boolean {
    return this.greeted !== null && this.greeted === this.net.line;
  }

  up(line: Line): void {
    this.greeted = null;
    this.hello();
    if (line.kind === "socket") this.burst(line);
  }

  down(): void {
    this.greeted = null;
  }

  refused(code: string): void {
    this.board.refused(code);
  }

  pushed(name: string, body: unknown): void {
    if (name === "manifest") {
      const { digest, text } = body as { digest: string; text?: string };
      this.board.manifest(digest, text || null);
    } else if (name === "command") this.obey(body as Command);
    else if (name === "pace") this.pace((body as { heartbeat_s: number }).heartbeat_s);
  }

  /** Asks for everything that may have changed. */
  hello(): void {
    const line = this.net.line;
    if (!line) return;
    this.greet(line)
      .catch(() => undefined)
      .then(() => this.arm());
  }

  /** Whether the server answers now, and is ours. */
  async answers(): Promise<boolean> {
    const { line } = this.net;
    if (!line) return false;
    return this.timed<Pulse>(line, "heartbeat", this.condition()).then(
      () => true,
      () => false,
    );
  }

  /** A receipt is the board's word that it has a manifest: received, stored, showing. */
  receipt(digest: string, stage: "received" | "stored" | "showing"): void {
    this.ask("receipt", { digest, stage }).catch(() => undefined);
  }

  /** The slide on the glass changed: told at once while somebody watches. */
  changed(): void {
    if (this.online && this.heartbeatS <= WATCHED_S) this.pulse();
  }

  /** Takes a new reading of the server's clock. */
  sample(): void {
    const line = this.net.line;
    if (line && line.kind === "socket") this.readClock(line).catch(() => undefined);
  }

  private async greet(line: Line): Promise<void> {
    const { board } = this;
    const hello = {
      versions: { player: board.version },
      capabilities: board.capabilities(),
      formats: [1],
      digest: board.digest(),
      alerts: null,
    };
    const welcome = await this.timed<Welcome>(line, "hello", hello);
    if (line !== this.net.line) return;
    this.greeted = line;
    this.heartbeatS = welcome.heartbeat_s;
    this.pollS = welcome.poll_s;
    board.welcomed(welcome);
    if (welcome.digest && welcome.digest !== board.digest())
      board.manifest(welcome.digest, welcome.manifest || null);
    for (const command of welcome.commands || []) this.obey(command);
    // What this heartbeat is answered with, hello has just said: asking again would go round in circles.
    await this.timed<Pulse>(line, "heartbeat", this.condition());
    this.flush();
  }

  private pulse(): void {
    this.heartbeat()
      .catch(() => undefined)
      .then(() => this.arm());
  }

  private async heartbeat(): Promise<void> {
    const line = this.net.line;
    if (!line) return;
    if (this.greeted !== line) return this.hello();
    const pulse = await this.timed<Pulse>(line, "heartbeat", this.condition());
    this.heartbeatS = pulse.heartbeat_s;
    const news = pulse.digest && pulse.digest !== this.board.digest();
    if (news || pulse.commands > 0) this.hello();
  }

  private condition(): object {
    const { clock, log } = this.board;
    const { digest, showing } = this.board.showing();
    const { stored, missing } = this.board.bytes();
    return {
      digest,
      slide: showing && showing.play.slide,
      schedule: showing && showing.play.schedule,
      role: showing && showing.play.role,
      since_ms: showing && showing.sinceMs,
      stored_bytes: stored,
      missing_bytes: missing,
      faults: log.faults,
      clock: { offset_ms: Math.round(clock.offsetMs), quality: clock.quality },
    };
  }

  private pace(heartbeatS: number): void {
    const faster = heartbeatS < this.heartbeatS;
    this.heartbeatS = heartbeatS;
    if (faster) this.pulse();
    else this.arm();
  }

  private arm(): void {
    clearTimeout(this.beat);
    const line = this.net.line;
    const seconds = line && line.kind === "http" ? this.pollS : this.heartbeatS;
    this.beat = setTimeout(() => this.pulse(), seconds * 1_000 * jitter());
  }

  private async obey({ id, name, args }: Command): Promise<void> {
    if (this.obeyed.indexOf(id) >= 0) return;
    this.obeyed.push(id);
    remember(this.obeyed.slice(-REMEMBERED));
    // Said before it is done: after it there is nobody left to say so.
    if (name === "reload") this.result({ id, ok: true });
    try {
      await this.board.obey(name, args || {});
      if (name !== "reload") this.result({ id, ok: true });
    } catch (error) {
      this.result({ id, ok: false, error: (error as Error).message });
    }
  }

  private result(result: object): void {
    this.ask("command_result", result).catch(() => undefined);
  }

  private flush(): void {
    const { log, clock } = this.board;
    if (!this.online) return;
    log.flush(clock.now(), (batch) => this.ask("plays", batch) as Promise<Verdict>).catch(() => undefined);
  }

  private async burst(line: Line): Promise<void> {
    for (let i = 0; i < BURST && line === this.net.line; i++) {
      await this.readClock(line).catch(() => undefined);
      await sleep(BURST_GAP_MS);
    }
  }

  private readClock(line: Line): Promise<unknown> {
    return this.timed(line, "clock", { t0: Math.round(this.board.mono()) });
  }

  /** A question whose answer also tells the time. */
  private async timed<T extends { server_ms: number }>(line: Line, name: string, body: object): Promise<T> {
    const asked = this.board.mono();
    const answer = (await line.ask(name, body)) as T;
    if (typeof answer.server_ms !== "number") throw new Error("not_our_server");
    this.board.clock.heard(asked, this.board.mono(), answer.server_ms);
    return answer;
  }

  private ask(name: string, body: object): Promise<unknown> {
    const { line } = this.net;
    return line ? line.ask(name, body) : Promise.reject(new Error("offline"));
  }
}

/** Boards that started together drift apart. */
function jitter(): number {
  return 0.8 + Math.random() * 0.4;
}

// A command is obeyed once, even when obeying it reloads this page.
function remembered(): string[] {
  try {
    return JSON.parse(sessionStorage.getItem("signage.obeyed") || "[]");
  } catch {
    return [];
  }
}

function remember(ids: string[]): void {
  try {
    sessionStorage.setItem("signage.obeyed", JSON.stringify(ids));
  } catch {
    // then it is forgotten by a reload, at worst obeyed once more
  }
}
