import { sleep, waitBefore } from "./backoff";
import type { Files } from "./files";
import type { FileTable } from "./protocol";
import { sha256 } from "./sha256";

/** A file as the manifest names it. */
export interface Wanted {
  readonly hash: string;
  readonly type: string;
  readonly bytes: number;
}

/** Fetches one file; rejects with a `Fault` when the answer itself is wrong, with anything else when none came. */
export type Fetch = (file: Wanted) => Promise<ArrayBuffer>;

/** The server answered, and the answer is no good. */
export class Fault extends Error {}

/** A file whose answers stay wrong does not hold up the others for ever. */
const ATTEMPTS = 5;
const LONGEST_WAIT_MS = 300_000;

/** Brings media onto this board, one at a time, and knows what is here. */
export class Loader {
  private readonly here = new Set<string>();
  private readonly coming = new Map<string, Promise<void>>();
  private readonly listed: Promise<unknown>;

  constructor(
    private readonly files: Files,
    private readonly fetch: Fetch,
    private readonly fault: (code: string, detail: string) => void,
    /** Asks whether it is our server that answers; a captive portal also says 404. */
    private readonly trusted: () => Promise<boolean>,
  ) {
    this.listed = files.list().then(
      (hashes) => hashes.forEach((hash) => void this.here.add(hash)),
      () => undefined,
    );
  }

  has(hash: string): boolean {
    return this.here.has(hash);
  }

  /** A file turned out to be gone or broken: it will be fetched again. */
  async lost(hash: string): Promise<void> {
    this.here.delete(hash);
    await this.files.drop(hash).catch(() => undefined);
  }

  /**
   * Resolves true when all files are here, save those the server cannot give; false when `wanted` says that
   * nobody waits any more. Tries for ever while there is no network.
   */
  async bring(files: readonly Wanted[], wanted: () => boolean): Promise<boolean> {
    await this.listed;
    const bad = new Map<string, number>();
    const missing = (): Wanted[] =>
      files.filter(({ hash }) => !this.here.has(hash) && (bad.get(hash) || 0) < ATTEMPTS);
    for (let attempt = 0; wanted(); attempt++) {
      // One after the other: a small board has little memory, and a bad line little room.
      for (const file of missing()) {
        if (!wanted()) return false;
        if (!(await this.bringOne(file, bad))) break;
      }
      if (missing().length === 0) return true;
      await rest(waitBefore(attempt, Math.random, LONGEST_WAIT_MS), wanted);
    }
    return false;
  }

  /** Drops everything that none of the tables names. */
  async sweep(keep: readonly FileTable[]): Promise<void> {
    const stale = Array.from(this.here).filter((hash) => !keep.some((table) => hash in table));
    for (const hash of stale) await this.lost(hash);
  }

  /** False when the network is gone, so that the next file need not try. */
  private async bringOne(file: Wanted, bad: Map<string, number>): Promise<boolean> {
    try {
      await this.fetchOnce(file);
      return true;
    } catch (error) {
      if (error instanceof DOMException) this.count(bad, file.hash, `disk_${error.name}`);
      else if (!(error instanceof Fault)) return false;
      else if (await this.trusted()) this.count(bad, file.hash, error.message);
      return true;
    }
  }

  /** Two writers of one key could spoil it: whoever comes second waits for the first. */
  private fetchOnce(file: Wanted): Promise<void> {
    const coming = this.coming.get(file.hash);
    if (coming) return coming;
    const forget = (): void => void this.coming.delete(file.hash);
    const work = this.fetchNow(file);
    this.coming.set(file.hash, work);
    work.then(forget, forget);
    return work;
  }

  private async fetchNow(file: Wanted): Promise<void> {
    const bytes = await this.fetch(file);
    if ((await sha256(bytes)) !== file.hash) throw new Fault("file_differs");
    await this.files.put(file.hash, file.type, bytes);
    this.here.add(file.hash);
  }

  private count(bad: Map<string, number>, hash: string, code: string): void {
    const times = (bad.get(hash) || 0) + 1;
    bad.set(hash, times);
    if (times === ATTEMPTS) this.fault(code, hash);
  }
}

async function rest(ms: number, wanted: () => boolean): Promise<void> {
  for (let left = ms; left > 0 && wanted(); left -= 500) await sleep(Math.min(500, left));
}
