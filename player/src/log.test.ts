import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { type Batch, Log, type Open, type Verdict } from "./log";
import { QUARTER_MS } from "./tallies";

const START = 1_600_000 * QUARTER_MS;

function play(number: number, fields: Partial<Open> = {}): Open {
  const startMs = START + number * 10_000;
  const known = {
    asset: "ast_1",
    schedule: "sch_1",
    role: "rotation",
    guessed: false,
    cut: false,
    lateMs: 0,
  };
  const times = { startMs, endMs: startMs + 10_000, shownMs: 10_000, plannedMs: startMs, durationMs: 10_000 };
  return { ...known, ...times, ...fields };
}

/** A server that merges by maximum, as ours does. */
class Server {
  readonly plays = new Map<string, number>();
  batches = 0;

  take = async (batch: Batch): Promise<Verdict> => {
    this.batches++;
    for (const { id, plays } of batch.tallies) {
      const key = `${batch.store} ${id}`;
      this.plays.set(key, Math.max(this.plays.get(key) || 0, plays));
    }
    return { accepted: [...batch.tallies, ...batch.faults].map(({ id }) => id), rejected: [] };
  };

  get total(): number {
    return [...this.plays.values()].reduce((sum, plays) => sum + plays, 0);
  }
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe("the log", () => {
  it("loses and doubles nothing over a 6-hour outage with a reload in every hour", async () => {
    const server = new Server();
    let log = new Log();
    for (let i = 0; i < 2_160; i++) {
      if (i % 360 === 0) log = new Log();
      await log.turn(play(i), play(i + 1));
      if (i === 1_000)
        await log.flush(play(i).endMs, () => Promise.reject(new Error("offline"))).catch(() => undefined);
    }
    await log.flush(START, server.take);
    expect(server.total).toBe(2_160);
    await log.flush(START, server.take);
    expect(server.total).toBe(2_160);
  });

  it("sends running values again until exactly they are accepted", async () => {
    const log = new Log();
    const server = new Server();
    await log.turn(play(0), null);
    await log.flush(START, async (batch) => {
      await log.turn(play(1), null); // while the message is on its way
      return server.take(batch);
    });
    await log.flush(START, server.take);
    expect(server.total).toBe(2);
    const sent = server.batches;
    await log.flush(START, server.take);
    expect(server.batches).toBe(sent);
  });

  it("is not held up by a rejected line, and a silent server is not asked for ever", async () => {
    const log = new Log();
    await log.turn(play(0), null);
    await log.turn(play(0, { asset: "ast_bad" }), null);
    let asked = 0;
    await log.flush(START, async ({ tallies }) => {
      asked++;
      const rejected = tallies
        .filter(({ asset }) => asset === "ast_bad")
        .map(({ id }) => ({ id, code: "malformed" }));
      const accepted = tallies.filter(({ asset }) => asset !== "ast_bad").map(({ id }) => id);
      return { accepted, rejected };
    });
    await log.flush(START, async () => {
      asked++;
      return { accepted: [], rejected: [] };
    });
    expect(asked).toBe(1);
  });

  it("forgets quarters that are over and settled, and no others", async () => {
    const log = new Log();
    const server = new Server();
    await log.turn(play(0), null);
    await log.flush(START + 3 * QUARTER_MS, server.take);
    await log.turn(play(0), null);
    let plays = 0;
    await log.flush(START, async (batch) => {
      plays = batch.tallies[0]?.plays || 0;
      return server.take(batch);
    });
    expect(plays).toBe(1);
  });

  it("measures the gap of a reminder over quarters and reloads", async () => {
    await new Log().turn(play(0, { role: "reminder" }), null);
    const log = new Log();
    await log.turn(play(95, { role: "reminder", asset: "ast_2" }), null);
    let gaps: number[] = [];
    await log.flush(START, async (batch) => {
      gaps = batch.tallies.map(({ longest_gap_ms }) => longest_gap_ms);
      return new Server().take(batch);
    });
    expect(gaps).toEqual([0, 950_000]);
  });

  it("remembers the open play and the faults", async () => {
    await new Log().note(play(3));
    const log = new Log();
    await log.fault(START, "file_lost", "x".repeat(1_000));
    expect(await log.open()).toEqual(play(3));
    let told = 0;
    await log.flush(START, async (batch) => {
      told = batch.faults.length;
      expect(batch.faults[0]?.detail).toHaveLength(400);
      return new Server().take(batch);
    });
    expect(told).toBe(1);
    expect(log.faults).toBe(0);
  });
});
