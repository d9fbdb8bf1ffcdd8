import { beforeEach, describe, expect, it } from "vitest";
import { Clock, type KnownTime } from "./clock";

const HOUR = 3_600_000;
const YEAR = 31_557_600_000;
const NOW = Date.UTC(2026, 8, 1, 5);

let mono = 0;
let wall = 0;

function clock(known: KnownTime | null = null): Clock {
  return new Clock({ mono: () => mono, wall: () => wall }, known);
}

/** Time goes by: both clocks run. */
function pass(ms: number): void {
  mono += ms;
  wall += ms;
}

/** Asks the server, whose time is `serverMs`, over a line with this round trip. */
function ask(asked: Clock, serverMs: number, roundTrip = 10, there = roundTrip / 2): void {
  const at = mono;
  pass(roundTrip);
  asked.heard(at, mono, serverMs + there);
}

beforeEach(() => {
  mono = 1_000;
  wall = NOW;
});

describe("before the server was heard", () => {
  it("is a guess by the board's own clock", () => {
    const guess = clock();
    expect(guess.now()).toBe(NOW);
    expect(guess.quality).toBe("guessed");
  });

  it("is never earlier than the last known time, whatever the board's clock says", () => {
    wall = NOW - 56 * YEAR;
    expect(clock({ serverMs: NOW, wallMs: NOW }).now()).toBe(NOW);
    wall = 0;
    expect(clock().now()).toBe(Date.UTC(2026, 0, 1));
  });

  it("remembers that the board's clock is an hour wrong", () => {
    const known = { serverMs: NOW - HOUR, wallMs: NOW };
    pass(HOUR);
    expect(clock(known).now()).toBe(NOW);
  });
});

describe("once the server was heard", () => {
  it("believes the shortest round trips", () => {
    const good = clock();
    const start = mono;
    const server = (): number => NOW + 5_000 + mono - start;
    ask(good, server(), 800, 750);
    for (let i = 0; i < 3; i++) ask(good, server(), 8);
    ask(good, server(), 900, 20);
    expect(Math.abs(good.now() - server())).toBeLessThanOrEqual(1);
    expect(good.quality).toBe("good");
  });

  it("waits for a small correction instead of stepping back, and takes a large one", () => {
    const good = clock();
    ask(good, NOW + 400);
    const before = good.now();
    good.heard(mono, mono, NOW);
    expect(good.now()).toBe(before);
    good.heard(mono, mono, NOW - HOUR);
    expect(good.now()).toBe(NOW - HOUR);
  });

  it("forgets readings that are older than the drift of two crystals", () => {
    const good = clock();
    ask(good, NOW, 2);
    pass(400_000);
    good.heard(mono, mono + 50, NOW + 450_025);
    expect(good.now()).toBe(NOW + 450_000);
  });
});

describe("jumps", () => {
  it("notices that the machine slept, goes on by the wall clock and asks again", () => {
    const good = clock();
    ask(good, NOW, 0);
    expect(good.jumped()).toBe(false);
    wall += HOUR;
    expect(good.jumped()).toBe(true);
    expect(good.now()).toBe(NOW + HOUR);
    expect(good.quality).toBe("guessed");
    expect(good.jumped()).toBe(false);
  });

  it("does not follow a clock that was set by decades or back", () => {
    const good = clock();
    ask(good, NOW, 0);
    wall += 56 * YEAR;
    expect(good.jumped()).toBe(true);
    expect(good.now()).toBe(NOW);
    wall -= 60 * YEAR;
    expect(good.jumped()).toBe(true);
    expect(good.now()).toBe(NOW);
  });

  it("takes the right time when it comes while only guessing", () => {
    wall = NOW - 56 * YEAR;
    const guess = clock({ serverMs: NOW - HOUR, wallMs: NOW - HOUR });
    expect(guess.now()).toBe(NOW - HOUR);
    wall = NOW;
    expect(guess.jumped()).toBe(true);
    expect(guess.now()).toBe(NOW);
  });
});
