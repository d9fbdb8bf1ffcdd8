import "fake-indexeddb/auto";
import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Keep } from "./keep";
import { openDatabase, Store } from "./store";

const kept = (name: string) => ({ digest: name.repeat(64), text: `the manifest ${name}` });
const A = kept("a");
const B = kept("b");
const C = kept("c");

function open(): Store {
  const db = openDatabase();
  return new Store(db, new Keep(db));
}

function fakeStorage(): Storage {
  const map = new Map<string, string>();
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  } as unknown as Storage;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  globalThis.localStorage = fakeStorage();
});
afterEach(() => vi.restoreAllMocks());

describe("the store", () => {
  it("gives the current manifest first, then the one before it", async () => {
    const store = open();
    expect(await store.candidates()).toEqual([]);
    for (const manifest of [A, B, C]) await store.commit(manifest);
    expect(await open().candidates()).toEqual([C, B, C]);
  });

  it("keeps the one before when the same is committed again", async () => {
    const store = open();
    for (const manifest of [A, B, B]) await store.commit(manifest);
    expect((await store.candidates()).slice(0, 2)).toEqual([B, A]);
  });

  it("has the old manifest or the new one, whichever write of the switch fails", async () => {
    for (let step = 0; ; step++) {
      globalThis.indexedDB = new IDBFactory();
      globalThis.localStorage = fakeStorage();
      const store = open();
      await store.commit(A);
      const { reached, refused } = await failingAt(step, () => store.commit(B));
      const [first] = await open().candidates();
      expect(first).toEqual(refused ? A : B);
      if (!reached) break;
      expect(step).toBeLessThan(10);
    }
  });

  it("comes back from the second copy when the database is gone", async () => {
    await open().commit(A);
    globalThis.indexedDB = new IDBFactory();
    expect(await open().candidates()).toEqual([A]);
  });

  it("forgets everything when it is told to", async () => {
    const store = open();
    await store.commit(A);
    await store.clear();
    expect(await open().candidates()).toEqual([]);
  });
});

/** Runs with the write number `step` failing as on a full or dying disc: was it reached, and did the run say so? */
async function failingAt(
  step: number,
  run: () => Promise<void>,
): Promise<{ reached: boolean; refused: boolean }> {
  let left = step;
  let reached = false;
  for (const name of ["put", "delete"] as const) {
    const real = IDBObjectStore.prototype[name] as (...args: unknown[]) => IDBRequest;
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
      this: IDBObjectStore,
      ...args: unknown[]
    ) {
      if (left-- > 0) return real.apply(this, args) as never;
      reached = true;
      this.transaction.abort();
      throw new DOMException("disc", "UnknownError");
    });
  }
  const refused = await run().then(
    () => false,
    () => true,
  );
  vi.restoreAllMocks();
  return { reached, refused };
}
