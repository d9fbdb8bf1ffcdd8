/** The console's line to the server: edits of others and reports of boards arrive by themselves. */

import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { io, type Socket } from "socket.io-client";
import type { ScreenOut } from "./generated";
import { editable, screensQuery } from "./queries";

let socket: Socket | null = null;
let connected = false;
const listeners = new Set<() => void>();

function setConnected(value: boolean): void {
  connected = value;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether news arrive by themselves right now. */
export function useLive(): boolean {
  return useSyncExternalStore(subscribe, () => connected);
}

/** Put what a board has just said into the list of screens. */
export function withScreen(list: ScreenOut[] | undefined, heard: ScreenOut): ScreenOut[] | undefined {
  return list?.map((screen) => (screen.id === heard.id ? { ...screen, ...heard } : screen));
}

// Many edits in a row (an import) cost one refresh, half a second after the first.
function makeRefresher(queries: QueryClient): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      for (const name of editable) void queries.invalidateQueries({ queryKey: [name] });
    }, 500);
  };
}

/** Open the line; gives back what closes it. */
export function goLive(queries: QueryClient): () => void {
  const refresh = makeRefresher(queries);
  const line = io("/console", { transports: ["websocket"], reconnectionDelayMax: 10_000 });
  line.on("connect", () => {
    setConnected(true);
    refresh();
  });
  line.on("disconnect", () => setConnected(false));
  line.on("changed", refresh);
  line.on("waiting", () => void queries.invalidateQueries({ queryKey: ["waiting"] }));
  line.on("screen", (heard: ScreenOut) =>
    queries.setQueryData(screensQuery.queryKey, (list) => withScreen(list, heard)),
  );
  socket = line;
  return () => {
    line.close();
    socket = null;
    setConnected(false);
  };
}

/** While a page that shows boards is open, boards report every few seconds instead of every minute. */
export function useWatch(screenIds: string[] | null): void {
  const live = useLive();
  const wanted = JSON.stringify(screenIds);
  useEffect(() => {
    if (!live || !socket) return;
    socket.emit("watch", { screen_ids: JSON.parse(wanted) });
    const line = socket;
    return () => {
      line.emit("unwatch");
    };
  }, [live, wanted]);
}
