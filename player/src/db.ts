const OPEN_DEADLINE_MS = 10_000;

/** What a transaction works with. */
export type Stores = (name: string) => IDBObjectStore;

/**
 * One IndexedDB database that heals itself.
 *
 * A power cut can leave a database that no longer opens: it is tried once more, then thrown away and made anew.
 * Whoever uses it therefore treats everything in it as something that may be gone.
 */
export class Database {
  private opened: Promise<IDBDatabase> | null = null;

  constructor(
    private readonly name: string,
    private readonly upgrade: (db: IDBDatabase) => void,
  ) {}

  /**
   * Runs one transaction and gives what `work` gives, once everything in it is on disk.
   * `work` may keep asking within request callbacks; it answers with the request whose result is wanted.
   */
  async run<T>(
    mode: IDBTransactionMode,
    names: string[],
    work: (stores: Stores) => IDBRequest<T> | undefined,
  ): Promise<T | undefined> {
    const db = await this.open();
    return new Promise<T | undefined>((resolve, reject) => {
      // `strict`: a board loses power without notice. Engines that do not know it ignore it.
      const tx = db.transaction(names, mode, { durability: "strict" });
      const request = work((name) => tx.objectStore(name));
      tx.oncomplete = () => resolve(request && request.result);
      tx.onabort = tx.onerror = () => reject(tx.error || new Error("database_aborted"));
    });
  }

  private open(): Promise<IDBDatabase> {
    if (!this.opened) {
      const opening = this.connect().catch(() => this.connect().catch(() => this.replace()));
      opening.catch(() => this.forget(opening));
      this.opened = opening;
    }
    return this.opened;
  }

  private connect(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(this.name, 1);
      setTimeout(() => reject(new Error("database_slow")), OPEN_DEADLINE_MS);
      request.onupgradeneeded = () => this.upgrade(request.result);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const db = request.result;
        db.onversionchange = () => db.close();
        db.onclose = () => this.forget(this.opened);
        resolve(db);
      };
    });
  }

  private replace(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(this.name);
      request.onsuccess = () => this.connect().then(resolve, reject);
      request.onerror = () => reject(request.error);
    });
  }

  private forget(opening: Promise<IDBDatabase> | null): void {
    if (this.opened === opening) this.opened = null;
  }
}
