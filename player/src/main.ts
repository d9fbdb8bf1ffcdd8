import { capabilitiesOf } from "./capabilities";
import { Clock, type KnownTime } from "./clock";
import { watch } from "./dog";
import { Face } from "./face";
import { openFiles } from "./files";
import { Keep } from "./keep";
import { Log } from "./log";
import { deviceFromLink, newDevice } from "./pair";
import { Player } from "./player";
import { Stage } from "./stage";
import { openDatabase, Store } from "./store";
import { keepUpToDate } from "./updates";
import { Witness } from "./witness";

declare const __VERSION__: string;

declare global {
  interface Window {
    /** Set once this script runs: tells the boot script that it was understood. */
    signageStarted?: boolean;
  }
}

const NOTE_MS = 10_000;
const REMEMBER_MS = 300_000;
const RESHAPE_MS = 3_000;

/** The order at start: disk first, network second, push last. */
async function start(): Promise<void> {
  window.signageStarted = true;
  const db = openDatabase();
  const keep = new Keep(db);
  const device = await identity(keep);
  const clock = new Clock(
    { mono: () => performance.now(), wall: () => Date.now() },
    JSON.parse((await keep.get("time")) || "null") as KnownTime | null,
  );
  const log = new Log();
  const witness = new Witness(log, clock, () => performance.now());
  const files = openFiles(db);
  const player = new Player({
    base: new URL("./", location.href).href,
    version: __VERSION__,
    clock,
    keep,
    store: new Store(db, keep),
    files,
    log,
    witness,
    face: new Face(),
    stage: new Stage(document.getElementById("stage") as HTMLElement),
    capabilities: () => capabilitiesOf(files.store),
  });
  await player.playFromDisk();
  player.connect(device);
  lookAfter(player, witness);
}

/** Who this board is: kept, or brought by the link, or new. */
async function identity(keep: Keep): Promise<string> {
  const known = await keep.get("device");
  const brought = deviceFromLink();
  if (known && (!brought || brought === known)) return known;
  const device = brought || newDevice();
  await keep.set("device", device);
  // A link for another screen makes this board that screen; what it plays meanwhile may stay.
  await keep.set("token", null);
  return device;
}

function lookAfter(player: Player, witness: Witness): void {
  setInterval(() => player.tick(), 1_000);
  setInterval(() => witness.note(), NOTE_MS);
  setInterval(() => player.rememberTime(), REMEMBER_MS);
  addEventListener("pagehide", () => witness.note());
  let reshape = 0;
  addEventListener("resize", () => {
    clearTimeout(reshape);
    reshape = setTimeout(() => player.reshaped(), RESHAPE_MS);
  });
  addEventListener("unhandledrejection", ({ reason }) => player.fault("script", String(reason)));
  addEventListener("error", ({ message }) => player.fault("script", message));
  watch(player.director, (code) => player.fault(code, ""));
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => undefined);
  const hour = (): number | null => {
    const plan = player.director.playing;
    return plan && plan.hour(player.clock.now());
  };
  keepUpToDate(hour).catch((error: Error) => player.fault("no_worker", error.message));
}

start();
