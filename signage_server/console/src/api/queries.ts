/** What is kept of the server's answers, by name; a push of the server makes it fresh (`live.ts`). */

import { infiniteQueryOptions, QueryClient, queryOptions } from "@tanstack/react-query";
import { rememberCsrfToken } from "./client";
import * as api from "./endpoints";
import { ProblemError } from "./problems";

/** Refusals are final; only a server that was not reached, or that stumbled, is asked again. */
function retry(failures: number, error: Error): boolean {
  return error instanceof ProblemError && (error.isOffline || error.status >= 500) && failures < 2;
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // An office network that is cut off from the internet still reaches the server: never wait for "online".
      queries: { retry, staleTime: 30_000, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async () => {
    const me = await api.session.me();
    rememberCsrfToken(me.csrf_token);
    return me;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export const serverQuery = queryOptions({
  queryKey: ["server"],
  queryFn: api.server.get,
  staleTime: Number.POSITIVE_INFINITY,
});

export const assetsQuery = queryOptions({
  queryKey: ["assets"],
  queryFn: api.assets.list,
  // Pictures are prepared in the background; ask again until the last one is ready.
  refetchInterval: (query) =>
    query.state.data?.some((asset) => asset.state === "processing") ? 1_500 : false,
});
export const playlistsQuery = queryOptions({ queryKey: ["playlists"], queryFn: api.playlists.list });
export const playlistQuery = (id: string) =>
  queryOptions({ queryKey: ["playlists", id], queryFn: () => api.playlists.get(id) });
export const schedulesQuery = queryOptions({ queryKey: ["schedules"], queryFn: api.schedules.list });
export const scheduleQuery = (id: string) =>
  queryOptions({ queryKey: ["schedules", id], queryFn: () => api.schedules.get(id) });
export const daySetsQuery = queryOptions({ queryKey: ["day-sets"], queryFn: api.daySets.list });
export const daySetQuery = (id: string) =>
  queryOptions({ queryKey: ["day-sets", id], queryFn: () => api.daySets.get(id) });
export const screensQuery = queryOptions({ queryKey: ["screens"], queryFn: api.screens.list });
export const waitingQuery = queryOptions({ queryKey: ["waiting"], queryFn: api.screens.waiting });
export const unitsQuery = queryOptions({ queryKey: ["units"], queryFn: api.units.list });
export const tagsQuery = queryOptions({ queryKey: ["tags"], queryFn: api.tags.list });
export const tokensQuery = queryOptions({ queryKey: ["tokens"], queryFn: api.tokens.list });
export const playsQuery = (wanted: api.PlaysWanted) =>
  queryOptions({ queryKey: ["plays", wanted], queryFn: () => api.reports.plays(wanted) });

export const rhythmQuery = (wanted: api.RhythmWanted) =>
  queryOptions({ queryKey: ["rhythm", wanted], queryFn: () => api.reports.rhythm(wanted) });
export const weekQuery = (wanted: api.WeekWanted) =>
  infiniteQueryOptions({
    queryKey: ["week", wanted],
    queryFn: ({ pageParam }) => api.week.get(wanted, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const momentQuery = (screenId: string, time: string) =>
  queryOptions({ queryKey: ["moment", screenId, time], queryFn: () => api.screens.at(screenId, time) });
/** A manifest is named by its content: what was read once is never read again. */
export const momentManifestQuery = (screenId: string, time: string, digest: string | null) =>
  queryOptions({
    queryKey: ["manifest", screenId, digest],
    queryFn: () => api.screens.manifestAt(screenId, time),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The names of what an edit anywhere may have changed. */
export const editable = [
  "assets",
  "playlists",
  "schedules",
  "screens",
  "units",
  "waiting",
  "tags",
  "day-sets",
  "schedule-preview",
  "schedule-next",
  "week",
  "moment",
] as const;
