import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Files } from "./files";
import { Fault, Loader, type Wanted } from "./loader";
import { sha256 } from "./sha256";

class MemoryFiles implements Files {
  readonly store = "cache";
  readonly kept = new Map<string, ArrayBuffer>();
  list = async (): Promise<string[]> => [...this.kept.keys()];
  put = async (hash: string, _: string, bytes: ArrayBuffer): Promise<void> => void this.kept.set(hash, bytes);
  get = async (): Promise<undefined> => undefined;
  drop = async (hash: string): Promise<void> => void this.kept.delete(hash);
}

const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;

async function file(text: string): Promise<Wanted> {
  return { hash: await sha256(bytesOf(text)), type: "image/webp", bytes: text.length };
}

/** Lets simulated time go by; hashing is done by threads that know no simulated time. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    await vi.advanceTimersByTimeAsync(500);
    await crypto.subtle.digest("SHA-256", new ArrayBuffer(0));
  }
}

const always = (): boolean => true;
const trust = async (): Promise<boolean> => true;
let files: MemoryFiles;
let faults: string[];

function loader(fetch: (file: Wanted) => Promise<ArrayBuffer>, trusted = trust): Loader {
  return new Loader(files, fetch, (code) => faults.push(code), trusted);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  files = new MemoryFiles();
  faults = [];
  return () => vi.useRealTimers();
});

describe("the loader", () => {
  it("fetches what is missing, once, and keeps only what has the right hash", async () => {
    const [one, two] = [await file("one"), await file("two")];
    const asked: string[] = [];
    const answers = [bytesOf("one"), bytesOf("spoilt"), bytesOf("two")];
    const load = loader(async ({ hash }) => {
      asked.push(hash);
      return answers.shift() as ArrayBuffer;
    });
    const done = load.bring([one, two], always);
    await pass(10_000);
    expect(await done).toBe(true);
    expect(asked).toEqual([one.hash, two.hash, two.hash]);
    expect(await load.bring([one, two], always)).toBe(true);
    expect(asked).toHaveLength(3);
  });

  it("tries for ever while there is no network, and stops when nobody waits any more", async () => {
    const one = await file("one");
    let tries = 0;
    let wanted = true;
    const load = loader(async () => {
      tries++;
      throw new TypeError("Failed to fetch");
    });
    const done = load.bring([one], () => wanted);
    await pass(3_600_000);
    expect(tries).toBeGreaterThan(15);
    wanted = false;
    await pass(1_000);
    expect(await done).toBe(false);
    expect(faults).toEqual([]);
  });

  it("does not let one file that the server cannot give hold up the others, and says so", async () => {
    const [one, bad] = [await file("one"), await file("bad")];
    const load = loader(async ({ hash }) => {
      if (hash === bad.hash) throw new Fault("file_404");
      return bytesOf("one");
    });
    const done = load.bring([bad, one], always);
    await pass(600_000);
    expect(await done).toBe(true);
    expect(load.has(one.hash)).toBe(true);
    expect(faults).toEqual(["file_404"]);
  });

  it("never believes a captive portal that a file is gone", async () => {
    const bad = await file("bad");
    let done = false;
    const load = loader(
      async () => {
        throw new Fault("file_404");
      },
      async () => false,
    );
    load.bring([bad], always).then(() => {
      done = true;
    });
    await pass(3_600_000);
    expect(done).toBe(false);
  });

  it("lets only one fetch write a file, whoever asks", async () => {
    const one = await file("one");
    let tries = 0;
    const load = loader(async () => {
      tries++;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return bytesOf("one");
    });
    const both = Promise.all([load.bring([one], always), load.bring([one], always)]);
    await pass(2_000);
    expect(await both).toEqual([true, true]);
    expect(tries).toBe(1);
  });

  it("sweeps only what no manifest names", async () => {
    const [one, two] = [await file("one"), await file("two")];
    files.kept.set(one.hash, bytesOf("one")).set(two.hash, bytesOf("two"));
    const load = loader(async () => bytesOf(""));
    await load.bring([one, two], always);
    await load.sweep([{ [two.hash]: two }]);
    expect([...files.kept.keys()]).toEqual([two.hash]);
  });
});
