import { Database } from "./db";
import type { Keep } from "./keep";

/** A manifest as it came: its text and the SHA-256 of it. */
export interface Kept {
  readonly digest: string;
  readonly text: string;
}

interface Pointer {
  readonly current: string;
  readonly previous: string | null;
}

const POINTER = "pointer";
/** Length of a digest as it is written. */
const DIGEST = 64;

/** What this board keeps in IndexedDB besides its plays. */
export function openDatabase(): Database {
  return new Database("signage", (db) => {
    for (const name of ["kept", "manifests", "files"]) db.createObjectStore(name);
  });
}

/**
 * Holds the manifest that plays and the one before it.
 *
 * A switch is one transaction: text and pointer change together or not at all. It is made only when every file
 * of the new manifest is here; nothing of the old one goes before.
 */
export class Store {
  constructor(
    private readonly db: Database,
    private readonly keep: Keep,
  ) {}

  /** The manifests to try at start, best first: current, previous, the second copy. */
  async candidates(): Promise<Kept[]> {
    const pointer = await this.pointer().catch(() => undefined);
    const digests = pointer ? [pointer.current, pointer.previous] : [];
    const kept = await Promise.all(digests.map((digest) => this.read(digest).catch(() => null)));
    const copy = await this.keep.get("manifest");
    const last = copy ? { digest: copy.slice(0, DIGEST), text: copy.slice(DIGEST) } : null;
    return kept.concat(last).filter((one): one is Kept => one !== null);
  }

  /** Makes a manifest the one that plays from now on, also after a power cut. */
  async commit({ digest, text }: Kept): Promise<void> {
    await this.db.run("readwrite", ["kept", "manifests"], (stores) => {
      const kept = stores("kept");
      const manifests = stores("manifests");
      const asked = kept.get(POINTER) as IDBRequest<Pointer | undefined>;
      asked.onsuccess = () => {
        const next = successor(asked.result, digest);
        manifests.put(text, digest);
        kept.put(next, POINTER);
        dropOthers(manifests, [next.current, next.previous]);
      };
      return undefined;
    });
    await this.keep.set("manifest", digest + text);
  }

  async clear(): Promise<void> {
    await this.db.run("readwrite", ["kept", "manifests"], (stores) => {
      stores("kept").delete(POINTER);
      stores("manifests").clear();
      return undefined;
    });
    await this.keep.set("manifest", null);
  }

  private pointer(): Promise<Pointer | undefined> {
    return this.db.run<Pointer>("readonly", ["kept"], (stores) => stores("kept").get(POINTER));
  }

  private async read(digest: string | null): Promise<Kept | null> {
    if (digest === null) return null;
    const text = await this.db.run<string>("readonly", ["manifests"], (stores) =>
      stores("manifests").get(digest),
    );
    return text ? { digest, text } : null;
  }
}

function successor(pointer: Pointer | undefined, digest: string): Pointer {
  if (!pointer) return { current: digest, previous: null };
  return pointer.current === digest ? pointer : { current: digest, previous: pointer.current };
}

function dropOthers(manifests: IDBObjectStore, keep: (string | null)[]): void {
  const asked = manifests.getAllKeys();
  asked.onsuccess = () => {
    for (const key of asked.result) if (keep.indexOf(key as string) < 0) manifests.delete(key);
  };
}
