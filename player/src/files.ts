import type { Database } from "./db";

/** Where media are kept, by the hash of what is in them. Every read may fail: discs do. */
export interface Files {
  readonly store: "cache" | "idb";
  list(): Promise<string[]>;
  put(hash: string, type: string, bytes: ArrayBuffer): Promise<void>;
  get(hash: string): Promise<Blob | undefined>;
  drop(hash: string): Promise<void>;
}

/** The name of the cache that the service worker answers media from. */
const CACHE = "media";

/** Cache Storage where the browser has it (https, localhost), else IndexedDB. */
export function openFiles(db: Database): Files {
  return "caches" in self && isSecureContext ? filesInCache() : filesInDatabase(db);
}

export function filesInCache(): Files {
  const address = (hash: string): string => `media/${hash}`;
  const opened = (): Promise<Cache> => caches.open(CACHE);
  return {
    store: "cache",
    list: async () => {
      const requests = await (await opened()).keys();
      return requests.map(({ url }) => url.slice(url.lastIndexOf("/") + 1));
    },
    put: async (hash, type, bytes) => {
      const headers = { "Content-Type": type, "Content-Length": String(bytes.byteLength) };
      await (await opened()).put(address(hash), new Response(bytes, { headers }));
    },
    get: async (hash) => {
      const response = await (await opened()).match(address(hash));
      return response && response.blob();
    },
    drop: async (hash) => {
      await (await opened()).delete(address(hash));
    },
  };
}

export function filesInDatabase(db: Database): Files {
  return {
    store: "idb",
    list: async () => {
      const keys = await db.run("readonly", ["files"], (stores) => stores("files").getAllKeys());
      return (keys || []).map(String);
    },
    put: async (hash, type, bytes) => {
      const blob = new Blob([bytes], { type });
      await db.run("readwrite", ["files"], (stores) => stores("files").put(blob, hash));
    },
    get: (hash) => db.run<Blob | undefined>("readonly", ["files"], (stores) => stores("files").get(hash)),
    drop: async (hash) => {
      await db.run("readwrite", ["files"], (stores) => stores("files").delete(hash));
    },
  };
}
