import type { Database } from "./db";

const PREFIX = "signage.";

/** The few words a board must not forget (who it is, its token), kept twice: IndexedDB may break. */
export class Keep {
  constructor(private readonly db: Database) {}

  async get(key: string): Promise<string | null> {
    const kept = await this.db
      .run<string>("readonly", ["kept"], (stores) => stores("kept").get(key))
      .catch(() => undefined);
    return kept || copied(key);
  }

  async set(key: string, value: string | null): Promise<void> {
    copy(key, value);
    await this.db
      .run("readwrite", ["kept"], (stores) => {
        if (value === null) stores("kept").delete(key);
        else stores("kept").put(value, key);
        return undefined;
      })
      .catch(() => undefined);
  }
}

// Storage throws when it is full or forbidden. It is the second copy: doing without is better than stopping.
function copied(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

function copy(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // the copy in IndexedDB remains
  }
}
