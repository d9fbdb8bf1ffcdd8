import { Database, type Stores } from "./db";
import { randomHex } from "./sha256";
import { add, QUARTER_MS, type Shown, type Tally, tallyId } from "./tallies";

/** The play on the glass: counted when it ends, remembered meanwhile in case it never does. */
export interface Open extends Shown {
  /** The instant the plan begins this play at: tells a play resumed after a reload from a new one. */
  readonly plannedMs: number;
  readonly durationMs: number;
}

export interface FaultRow {
  readonly id: string;
  readonly at_ms: number;
  readonly code: string;
  readonly detail: string;
}

/** What goes to the server in one message, and what it says of each id. */
export interface Batch {
  readonly store: string;
  readonly tallies: readonly Tally[];
  readonly faults: readonly FaultRow[];
}

export interface Verdict {
  readonly accepted: readonly string[];
  readonly rejected: readonly { readonly id: string; readonly code: string }[];
}

interface Row extends Tally {
  /** Present while the server has not accepted these very values. */
  unsent?: 1;
}

const BATCH = 100;
const MOST_FAULTS = 500;

/**
 * Counts what was shown, in a database of its own.
 *
 * - A play is added to its tally in the same transaction that forgets it as the open one: never lost, never twice.
 * - Values run on; they are sent again until the server accepts exactly them.
 * - `store` names this database: if it is lost, a new one starts at zero under a new name.
 */
export class Log {
  private readonly db = new Database("signage-plays", (db) => {
    db.createObjectStore("tallies", { keyPath: "id" }).createIndex("unsent", "unsent");
    db.createObjectStore("faults", { keyPath: "id" });
    db.createObjectStore("kept").put(randomHex(), "store");
  });
  private work: Promise<unknown> = Promise.resolve();
  private flushing = false;
  faults = 0;

  /** The play that was on when the page last ended. */
  open(): Promise<Open | undefined> {
    return this.queue(() =>
      this.db.run<Open>("readonly", ["kept", "faults"], (stores) => {
        const counted = stores("faults").count();
        counted.onsuccess = () => (this.faults = Math.max(this.faults, counted.result));
        return stores("kept").get("open");
      }),
    );
  }

  /** Remembers how far the play on the glass has come. */
  note(open: Open): Promise<unknown> {
    return this.queue(() => this.write((stores) => void stores("kept").put(open, "open")));
  }

  /** Counts a play that ended, and remembers the one that began, if any. */
  turn(ended: Shown | null, begun: Open | null): Promise<unknown> {
    return this.queue(() =>
      this.write((stores) => {
        if (ended) count(stores, ended);
        if (begun) stores("kept").put(begun, "open");
        else stores("kept").delete("open");
      }),
    );
  }

  fault(atMs: number, code: string, detail: string): Promise<unknown> {
    if (this.faults >= MOST_FAULTS) return Promise.resolve();
    this.faults++;
    const row: FaultRow = { id: randomHex(), at_ms: atMs, code, detail: detail.slice(0, 400) };
    return this.queue(() => this.write((stores) => void stores("faults").put(row)));
  }

  /** Sends whatever the server has not accepted yet, batch by batch. `nowMs` tells which quarters are over. */
  async flush(nowMs: number, send: (batch: Batch) => Promise<Verdict>): Promise<void> {
    if (this.flushing) return;
    this.flushing = true;
    try {
      for (let more = true; more; ) {
        const batch = await this.queue(() => this.batch());
        if (batch.tallies.length + batch.faults.length === 0) break;
        const verdict = await send(batch);
        await this.queue(() => this.settle(batch, verdict));
        // A server that answers for none of them would be asked the same for ever.
        more = verdict.accepted.length + verdict.rejected.length > 0 && batch.tallies.length === BATCH;
      }
      await this.queue(() => this.write((stores) => sweep(stores, nowMs)));
    } finally {
      this.flushing = false;
    }
  }

  async clear(): Promise<void> {
    await this.queue(() =>
      this.write((stores) => {
        for (const name of ["tallies", "faults", "kept"]) stores(name).clear();
        stores("kept").put(randomHex(), "store");
      }),
    );
  }

  private async batch(): Promise<Batch> {
    let tallies: Row[] = [];
    let faults: FaultRow[] = [];
    const store = await this.db.run<string>("readonly", ["tallies", "faults", "kept"], (stores) => {
      const asked = stores("tallies").index("unsent").getAll(1, BATCH) as IDBRequest<Row[]>;
      asked.onsuccess = () => (tallies = asked.result);
      const rows = stores("faults").getAll(undefined, BATCH) as IDBRequest<FaultRow[]>;
      rows.onsuccess = () => (faults = rows.result);
      return stores("kept").get("store");
    });
    return { store: store || "", tallies: tallies.map(withoutMark), faults };
  }

  private settle(batch: Batch, verdict: Verdict): Promise<unknown> {
    const answered = verdict.accepted.concat(verdict.rejected.map(({ id }) => id));
    const settled = (id: string): boolean => answered.indexOf(id) >= 0;
    const faults = batch.faults.filter(({ id }) => settled(id));
    this.faults = Math.max(0, this.faults - faults.length);
    return this.write((stores) => {
      for (const tally of batch.tallies) if (settled(tally.id)) settleTally(stores, tally);
      for (const { id } of faults) stores("faults").delete(id);
    });
  }

  private write(work: (stores: Stores) => void): Promise<unknown> {
    return this.db.run("readwrite", ["tallies", "faults", "kept"], (stores) => {
      work(stores);
      return undefined;
    });
  }

  private queue<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.work.then(step);
    this.work = turn.catch(() => undefined);
    return turn;
  }
}

function count(stores: Stores, ended: Shown): void {
  const tallies = stores("tallies");
  const last = `last/${ended.schedule}`;
  const previous = stores("kept").get(last) as IDBRequest<number | undefined>;
  previous.onsuccess = () => {
    const asked = tallies.get(tallyId(ended)) as IDBRequest<Row | undefined>;
    asked.onsuccess = () => {
      const isReminder = ended.role === "reminder";
      const tally = add(asked.result, ended, isReminder ? previous.result : undefined);
      tallies.put(Object.assign(tally, { unsent: 1 }));
      if (isReminder) stores("kept").put(ended.startMs, last);
    };
  };
}

/** The values may have grown while the message was on its way: then they stay to be sent. */
function settleTally(stores: Stores, sent: Tally): void {
  const tallies = stores("tallies");
  const asked = tallies.get(sent.id) as IDBRequest<Row | undefined>;
  asked.onsuccess = () => {
    const row = asked.result;
    if (row && row.plays === sent.plays) tallies.put(withoutMark(row));
  };
}

/** Forgets the quarters that are over and settled; the keys begin with the quarter. */
function sweep(stores: Stores, nowMs: number): void {
  const asked = stores("tallies").openCursor(IDBKeyRange.upperBound(String(nowMs - 2 * QUARTER_MS)));
  asked.onsuccess = () => {
    const cursor = asked.result;
    if (!cursor) return;
    if (!(cursor.value as Row).unsent) cursor.delete();
    cursor.continue();
  };
}

function withoutMark(row: Row): Tally {
  delete row.unsent;
  return row;
}
