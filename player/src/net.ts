import { waitBefore } from "./backoff";
import { openHttp } from "./http";
import { openSocket } from "./socket";

/** The server said no, in one word. */
export class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** A way to talk to the server. */
export interface Line {
  readonly kind: "socket" | "http";
  /** Rejects with a `Refusal` when the server says no, with anything else when it cannot be understood. */
  ask(name: string, body: object): Promise<unknown>;
  close(): void;
}

export interface LineEars {
  up(line: Line): void;
  down(): void;
  refused(code: string): void;
  pushed(name: string, body: unknown): void;
}

/** After so many failures in a row we believe that something on the way eats websockets. */
const PATIENCE = 2;

/**
 * Keeps a line to the server: Socket.IO first, plain HTTP while that does not come through, for ever.
 * `revoked` is the only word that ends it; everything else is bad weather.
 */
export class Net implements LineEars {
  private socket: Line | null = null;
  private socketUp = false;
  private http: Line | null = null;
  private failures = 0;
  private timer = 0;
  private token: string | null = null;

  constructor(
    private readonly base: string,
    private readonly ears: LineEars,
  ) {}

  /** The line to use now. */
  get line(): Line | null {
    return this.socketUp ? this.socket : this.http;
  }

  start(token: string): void {
    this.stop();
    this.token = token;
    this.connect();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.token = null;
    this.failures = 0;
    this.closeSocket();
    this.closeHttp();
  }

  up(line: Line): void {
    this.failures = 0;
    this.socketUp = true;
    this.closeHttp();
    this.ears.up(line);
  }

  down(): void {
    const wasUp = this.socketUp;
    this.closeSocket();
    if (wasUp) this.ears.down();
    if (this.token === null) return;
    if (++this.failures >= PATIENCE && !this.http) this.fallBack(this.token);
    this.timer = setTimeout(() => this.connect(), waitBefore(this.failures, Math.random));
  }

  refused(code: string): void {
    this.ears.refused(code);
  }

  pushed(name: string, body: unknown): void {
    this.ears.pushed(name, body);
  }

  private connect(): void {
    if (this.token !== null) this.socket = openSocket(this.base, this.token, this);
  }

  private fallBack(token: string): void {
    this.http = openHttp(this.base, token, (code) => this.refused(code));
    this.ears.up(this.http);
  }

  private closeSocket(): void {
    this.socketUp = false;
    if (this.socket) this.socket.close();
    this.socket = null;
  }

  private closeHttp(): void {
    if (this.http) this.http.close();
    this.http = null;
  }
}
