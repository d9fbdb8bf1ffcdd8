// The player's playout behind a pipe: one request a line, one answer a line.
import { createInterface } from "node:readline";
import { parseManifest } from "../player/src/manifest.ts";
import { Playout } from "../player/src/playout.ts";

createInterface({ input: process.stdin }).on("line", (line) => {
  const { text, spans } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(answer(text, spans))}\n`);
});

function answer(text, spans) {
  try {
    const playout = new Playout(parseManifest(text));
    return { plays: spans.map(([fromMs, untilMs]) => [...plays(playout, fromMs, untilMs)]) };
  } catch (error) {
    return { error: error.message };
  }
}

function* plays(playout, fromMs, untilMs) {
  for (let atMs = fromMs; atMs < untilMs; ) {
    const { slide, schedule, role, startMs, endMs } = playout.at(atMs);
    yield [slide, schedule, role, startMs, endMs];
    atMs = endMs;
  }
}
