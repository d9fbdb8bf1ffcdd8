import type { Slide } from "./manifest";

/** What hello is answered with. */
export interface Welcome {
  readonly server_ms: number;
  /** Null while the server has nothing ready for this board. */
  readonly digest: string | null;
  /** The manifest's text, where it differs from ours and is small. */
  readonly manifest?: string | null;
  readonly screen: { readonly id: string; readonly name: string; readonly place?: string | null };
  readonly media_base: string;
  readonly poll_s: number;
  readonly heartbeat_s: number;
  readonly commands?: readonly Command[];
}

/** What a heartbeat is answered with: digests only; a difference is fetched by hello. */
export interface Pulse {
  readonly server_ms: number;
  readonly digest: string | null;
  readonly commands: number;
  readonly heartbeat_s: number;
}

export interface Command {
  readonly id: string;
  readonly name: string;
  readonly args?: CommandArgs;
}

export interface CommandArgs {
  readonly seconds?: number;
  readonly order?: readonly string[];
  readonly slides?: { readonly [id: string]: Slide };
  readonly files?: FileTable;
}

export interface FileTable {
  readonly [hash: string]: { readonly type: string; readonly bytes: number };
}

/** What this board is and can, so that the server prepares the right pictures. */
export interface Capabilities {
  readonly width: number;
  readonly height: number;
  readonly webp: boolean;
  readonly secure: boolean;
  readonly store: "cache" | "idb";
  readonly language: string;
}
