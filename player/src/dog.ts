import { comeBack } from "./comeback";
import type { Director } from "./director";

const LOOK_MS = 5_000;
/** A slide may be this late before something is believed to be stuck. */
const PATIENCE_MS = 15_000;

/**
 * Looks at progress, not at events: a wedged page reports nothing. First the stage is built anew; if that does
 * not help, the page is loaded again, if it would come back.
 */
export function watch(director: Director, fault: (code: string) => void): void {
  let bites = 0;
  setInterval(() => {
    if (director.stuckMs < PATIENCE_MS) {
      bites = 0;
      return;
    }
    bites++;
    fault(bites === 1 ? "stage_rebuilt" : "page_reloaded");
    if (bites === 1) director.rebuild();
    else comeBack();
  }, LOOK_MS);
}
