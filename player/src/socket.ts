import { io } from "socket.io-client";
import { codeOf } from "./http";
import { type Line, type LineEars, Refusal } from "./net";

const TIMEOUT_MS = 20_000;
const PUSHES = ["manifest", "alerts", "command", "pace"];

/** A Socket.IO connection: opened once, never by itself again. `base` is the player's address, ending in "/". */
export function openSocket(base: string, token: string, ears: LineEars): Line {
  const site = new URL("../", base);
  const socket = io(`${site.origin}/player`, {
    path: `${site.pathname}socket.io/`,
    transports: ["websocket"],
    reconnection: false, // ours has full jitter
    forceNew: true,
    timeout: TIMEOUT_MS,
    auth: { token },
  });
  let open = true;
  const line: Line = {
    kind: "socket",
    ask: (name, body) => ask(socket, name, body),
    close: () => {
      open = false;
      socket.disconnect();
    },
  };
  const down = (): void => {
    if (open) ears.down();
  };
  socket.on("connect", () => ears.up(line));
  socket.on("disconnect", down);
  socket.on("connect_error", (error) => {
    const code = codeOf((error as { data?: unknown }).data);
    if (open && code) ears.refused(code);
    down();
  });
  for (const name of PUSHES) socket.on(name, (body) => ears.pushed(name, body));
  return line;
}

function ask(socket: ReturnType<typeof io>, name: string, body: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // Volatile: what could not go out now is asked anew after the next hello, not flooded out of a buffer.
    socket.volatile.timeout(TIMEOUT_MS).emit(name, body, (error: Error | null, answer: unknown) => {
      const code = codeOf(answer);
      if (error) reject(error);
      else if (code) reject(new Refusal(code));
      else resolve(answer);
    });
  });
}
