import { comeBack } from "./comeback";
import type { Director } from "./director";

const LOOK_MS = 5_000;

/**
 * Looks at progress, not at events: a wedged page reports nothing. First the stage is built anew; if that does
 * not help, the page is loaded again, if it would come back.
 */
export function watch(director: Director, fault: (code: string) => void): void {
  let bites = 0;
  let turns = -1;
  setInterval(() => {
    if (director.turns !== turns) bites = 0;
    turns = director.turns;
    if (!director.stuck) return;
    bites++;
    fault(bites === 1 ? "stage_rebuilt" : "page_reloaded");
    if (bites === 1) director.rebuild();
    else comeBack();
  }, LOOK_MS);
}
