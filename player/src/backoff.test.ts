import { afterEach, describe, expect, it, vi } from "vitest";
import { waitBefore, within } from "./backoff";

afterEach(() => vi.useRealTimers());

describe("waiting before the next attempt", () => {
  it("is any time up to a limit that doubles to a minute", () => {
    const limits = [0, 1, 2, 3, 4, 5, 6, 7, 500].map((attempt) => waitBefore(attempt, () => 1));
    expect(limits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(waitBefore(9, () => 0)).toBe(0);
    expect(waitBefore(9, () => 0.25)).toBe(15_000);
  });

  it("brings back a thousand boards at no more than 80 a second after an outage of a minute", () => {
    let seed = 1;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const perSecond = new Map<number, number>();
    for (let board = 0; board < 1_000; board++) {
      let at = 0;
      for (let attempt = 0; at < 60_000; attempt++) at += waitBefore(attempt, random);
      const second = Math.floor(at / 1_000);
      perSecond.set(second, (perSecond.get(second) || 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(80);
  });
});

describe("within", () => {
  it("gives up in time, and hands on what comes in time", async () => {
    vi.useFakeTimers();
    const never = within(1_000, new Promise(() => undefined));
    const refused = expect(never).rejects.toThrow("timeout");
    await vi.advanceTimersByTimeAsync(1_000);
    await refused;
    expect(await within(1_000, Promise.resolve(7))).toBe(7);
  });
});
