// The service worker: the player's own files, always of one version, and the media it has stored.
// Nothing else is cached; what is not here goes to the network untouched.

declare const __SHELL__: readonly string[];
declare const __VERSION__: string;

interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends LifeEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface Worker extends EventTarget {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
}

const worker = self as unknown as Worker;
const SHELL = `shell-${__VERSION__}`;
const HASH = /\/([0-9a-f]{64})$/;

worker.addEventListener("install", (event) => (event as LifeEvent).waitUntil(install()));
worker.addEventListener("activate", (event) => (event as LifeEvent).waitUntil(activate()));
worker.addEventListener("message", (event) => {
  if ((event as MessageEvent).data === "take over") worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { request } = event as FetchEvent;
  const answer = request.method === "GET" && answerFor(request);
  if (answer) (event as FetchEvent).respondWith(answer);
});

/** All or nothing: if one file fails, the version before goes on. */
async function install(): Promise<void> {
  const cache = await caches.open(SHELL);
  // Each body is stored as it comes: unread ones would hold all connections there are.
  const store = async (path: string): Promise<void> => {
    const request = new Request(address(path), { cache: "no-store", credentials: "same-origin" });
    const response = await fetch(request);
    if (response.status !== 200 || response.redirected) throw new Error("shell_incomplete");
    await cache.put(address(path), response);
  };
  await Promise.all(__SHELL__.map(store));
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.indexOf("shell-") === 0 && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

function answerFor(request: Request): Promise<Response> | null {
  const url = new URL(request.url);
  const scope = worker.registration.scope;
  const plain = url.origin + url.pathname;
  if (plain === scope) return fromCache(SHELL, scope, request);
  const media = HASH.exec(url.pathname);
  if (media) return fromCache("media", address(`media/${media[1]}`), request);
  if (plain.indexOf(scope) !== 0) return null;
  return __SHELL__.indexOf(plain.slice(scope.length)) > 0 ? fromCache(SHELL, plain, request) : null;
}

async function fromCache(name: string, key: string, request: Request): Promise<Response> {
  const cache = await caches.open(name);
  return (await cache.match(key)) || fetch(request);
}

function address(path: string): string {
  return new URL(path, worker.registration.scope).href;
}
