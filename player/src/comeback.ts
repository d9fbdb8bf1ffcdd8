import { within } from "./backoff";

/** Whether this page would load again: from the service worker, or from a server that really is ours. */
async function canComeBack(): Promise<boolean> {
  if (navigator.serviceWorker && navigator.serviceWorker.controller && (await caches.has("media")))
    return true;
  try {
    const response = await within(5_000, fetch("version.json", { cache: "no-store" }));
    return response.ok && typeof ((await response.json()) as { version?: unknown }).version === "string";
  } catch {
    return false;
  }
}

/**
 * Loads the player again, and a waiting new version of it. Never into the browser's error page: then it
 * answers false and the old page plays on.
 */
export async function comeBack(): Promise<boolean> {
  if (!(await canComeBack())) return false;
  const registration = navigator.serviceWorker && (await navigator.serviceWorker.getRegistration());
  const waiting = registration && registration.waiting;
  if (waiting) await handOver(waiting);
  location.reload();
  return true;
}

/** Lets a new service worker take the page over before it loads again. */
function handOver(waiting: ServiceWorker): Promise<unknown> {
  const changed = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", resolve);
  });
  waiting.postMessage("take over");
  return within(5_000, changed).catch(() => undefined);
}
