const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait before attempt number `attempt` (from 0), with full jitter: any time up to a limit that
 * doubles. After an outage thousands of boards must not come back in the same second.
 */
export function waitBefore(attempt: number, random: () => number, longestMs = LONGEST_MS): number {
  const limit = Math.min(longestMs, FIRST_MS * 2 ** attempt);
  return Math.round(random() * limit);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Gives up on a promise after a while; what it still does then concerns nobody. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("timeout")), ms);
    promise.then(resolve, reject).then(() => clearTimeout(timer));
  });
}
