import { Director, type Showing } from "./director";
import { parseManifest } from "./manifest";
import { Plan } from "./plan";
import { Stage } from "./stage";

/** What the page around the frame asks for. */
interface ShowMessage {
  readonly type: "show";
  /** The manifest's text. */
  readonly manifest: string;
  readonly mediaBase: string;
  /** The instant of the plan to show; null or absent: the real time. */
  readonly atMs?: number | null;
  /** How fast the plan's time runs; 0 stands still. */
  readonly rate?: number;
  /** The `Date.now()` at which the plan's time is `atMs`, so that several frames run together. */
  readonly base?: number;
}

/** Shows any manifest at any instant. Knows no screen: no socket, token, store or worker. */
function preview(): void {
  const root = document.getElementById("stage");
  const notice = document.getElementById("notice");
  if (!root || !notice) return;
  let request: ShowMessage = { type: "show", manifest: "", mediaBase: "" };
  let arrived = Date.now();

  const tempo = {
    now: (): number => {
      const { atMs, base = arrived } = request;
      return typeof atMs === "number" ? atMs + (Date.now() - base) * speed(request) : Date.now();
    },
    rate: (): number => speed(request) || 1,
  };
  const open = (file: string): Promise<{ url: string; release(): void }> =>
    Promise.resolve({ url: request.mediaBase + file, release: () => undefined });
  const director = new Director(new Stage(root), tempo, open, {
    appeared: (showing) => tell(shown(showing)),
    notice: (wanted) => notice.classList.toggle("on", wanted),
    adopted: () => undefined,
    fault: (code, detail) => tell({ type: "fault", code, detail }),
  });

  addEventListener("message", (event) => {
    if (event.source !== parent || !isShow(event.data)) return;
    request = event.data;
    arrived = Date.now();
    try {
      // Time that stands still asks for one picture: none is held over from the instant before.
      if (!speed(request)) director.clear();
      director.restart(new Plan("", parseManifest(request.manifest)));
    } catch (error) {
      tell({ type: "fault", code: "manifest_unreadable", detail: String(error) });
    }
  });
  tell({ type: "ready" });
}

function speed(request: ShowMessage): number {
  return typeof request.atMs === "number" && typeof request.rate === "number" ? request.rate : 1;
}

function shown({ play }: Showing): object {
  const { slide, schedule, role, startMs, endMs } = play;
  return { type: "showing", slide, schedule, role, startMs, endMs };
}

function isShow(data: unknown): data is ShowMessage {
  const message = data as ShowMessage | null;
  return !!message && message.type === "show" && typeof message.manifest === "string";
}

function tell(message: object): void {
  // The frame has no origin of its own and says nothing secret.
  parent.postMessage(message, "*");
}

preview();
