import { comeBack } from "./comeback";

const HOUR_MS = 3_600_000;
/** A new version may take over while the page is this young: nobody is looking yet. */
const YOUNG_MS = 60_000;
const NIGHT_FROM = 3;
const NIGHT_TO = 5;

/**
 * Installs the service worker and looks for new versions of the player. A new one takes over when the page has
 * just started, at night, or by an operator's `reload`; never in the middle of the day.
 */
export async function keepUpToDate(hour: () => number | null): Promise<void> {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register("sw.js");
  const started = performance.now();
  // Spread over the night, or a whole province would load at three o'clock.
  const turn = NIGHT_FROM + Math.random() * (NIGHT_TO - NIGHT_FROM);
  const look = (): void => {
    if (!registration.waiting) return;
    const now = hour();
    const isNight = now !== null && now >= turn && now < NIGHT_TO;
    if (isNight || performance.now() - started < YOUNG_MS) comeBack();
  };
  setInterval(look, 10_000);
  setInterval(() => registration.update().catch(() => undefined), HOUR_MS);
  if (registration.waiting) look();
}
