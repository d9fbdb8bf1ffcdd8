/** Everything the console asks of the server, under the console's own names. */

import { allPages, answered, ifMatch } from "./client";
import type {
  AssetPatch,
  ClaimIn,
  LinkUse,
  NoticeIn,
  PlaylistIn,
  ScheduleIn,
  ScreenPatch,
  ShowNowIn,
  SignInIn,
  UnitPatch,
} from "./generated";
import * as sdk from "./generated";

const limit = 200;

/** A resource as it was read: its id and the state it was in. */
export interface Read {
  id: string;
  etag: string;
}

const at = ({ id, etag }: Read) => ({ path: { id }, headers: ifMatch(etag) });

export const server = {
  get: () => answered(sdk.getApiV1Server()),
};

export const session = {
  me: () => answered(sdk.getApiV1Me()),
  signIn: (body: SignInIn) => answered(sdk.postApiV1SignIn({ body })),
  signOut: () => answered(sdk.postApiV1SignOut()),
  signOutEverywhere: () => answered(sdk.postApiV1SignOutEverywhere()),
  speak: (language: "vi" | "en") => answered(sdk.patchApiV1Me({ body: { language } })),
  link: (secret: string) => answered(sdk.getApiV1LinksBySecret({ path: { secret } })),
  redeem: (body: LinkUse) => answered(sdk.postApiV1LinksUse({ body })),
};

export const assets = {
  list: () => allPages((cursor) => answered(sdk.getApiV1Assets({ query: { cursor, limit } }))),
  get: (id: string) => answered(sdk.getApiV1AssetsById({ path: { id } })),
  patch: (asset: Read, body: AssetPatch) => answered(sdk.patchApiV1AssetsById({ ...at(asset), body })),
  remove: (asset: Read) => answered(sdk.deleteApiV1AssetsById(at(asset))),
  compose: (body: NoticeIn) => answered(sdk.postApiV1AssetsNotices({ body })),
  recompose: (asset: Read, body: NoticeIn) => answered(sdk.putApiV1AssetsByIdNotice({ ...at(asset), body })),
  preview: (body: NoticeIn, profile: string, signal?: AbortSignal) =>
    answered(sdk.postApiV1AssetsNoticesPreview({ body, query: { profile }, parseAs: "blob", signal })),
};

export const playlists = {
  list: () => allPages((cursor) => answered(sdk.getApiV1Playlists({ query: { cursor, limit } }))),
  get: (id: string) => answered(sdk.getApiV1PlaylistsById({ path: { id } })),
  make: (body: PlaylistIn) => answered(sdk.postApiV1Playlists({ body })),
  put: (playlist: Read, body: PlaylistIn) => answered(sdk.putApiV1PlaylistsById({ ...at(playlist), body })),
  remove: (playlist: Read) => answered(sdk.deleteApiV1PlaylistsById(at(playlist))),
  manifest: async (id: string, profile: string) =>
    (await answered(sdk.getApiV1PlaylistsByIdManifest({ path: { id }, query: { profile } }))).manifest,
};

export const schedules = {
  list: () => allPages((cursor) => answered(sdk.getApiV1Schedules({ query: { cursor, limit } }))),
  get: (id: string) => answered(sdk.getApiV1SchedulesById({ path: { id } })),
  make: (body: ScheduleIn) => answered(sdk.postApiV1Schedules({ body })),
  put: (schedule: Read, body: ScheduleIn) => answered(sdk.putApiV1SchedulesById({ ...at(schedule), body })),
  remove: (schedule: Read) => answered(sdk.deleteApiV1SchedulesById(at(schedule))),
  preview: (body: ScheduleIn, signal?: AbortSignal) =>
    answered(sdk.postApiV1SchedulesPreview({ body, signal })),
};

export const screens = {
  list: () => allPages((cursor) => answered(sdk.getApiV1Screens({ query: { cursor, limit } }))),
  waiting: async () => (await answered(sdk.getApiV1ScreensWaiting())).items,
  claim: (body: ClaimIn) => answered(sdk.postApiV1ScreensClaim({ body })),
  patch: (screen: Read, body: ScreenPatch) => answered(sdk.patchApiV1ScreensById({ ...at(screen), body })),
  remove: (screen: Read) => answered(sdk.deleteApiV1ScreensById(at(screen))),
  manifest: async (id: string) => (await answered(sdk.getApiV1ScreensByIdManifest({ path: { id } }))).text,
  showNow: (body: ShowNowIn) => answered(sdk.postApiV1ScreensShowNow({ body })),
  identify: (id: string) => answered(sdk.postApiV1ScreensByIdIdentify({ path: { id } })),
  reload: (id: string) => answered(sdk.postApiV1ScreensByIdReload({ path: { id } })),
};

export const units = {
  list: () => allPages((cursor) => answered(sdk.getApiV1Units({ query: { cursor, limit } }))),
  patch: (unit: Read, body: UnitPatch) => answered(sdk.patchApiV1UnitsById({ ...at(unit), body })),
};

export const tokens = {
  list: () => allPages((cursor) => answered(sdk.getApiV1Tokens({ query: { cursor, limit } }))),
  make: (name: string) => answered(sdk.postApiV1Tokens({ body: { name } })),
  remove: (id: string) => answered(sdk.deleteApiV1TokensById({ path: { id } })),
};

/** Which plays a report is about; days are local and inclusive. */
export interface PlaysWanted {
  from: string;
  to: string;
  screen_id?: string;
}

export const reports = {
  plays: (query: PlaysWanted) =>
    allPages((cursor) => answered(sdk.getApiV1ReportsPlays({ query: { ...query, cursor, limit } }))),
  /** Address of the same report as a CSV file. */
  csv: ({ from, to, screen_id }: PlaysWanted) => {
    const query = new URLSearchParams({ from, to, ...(screen_id && { screen_id }), format: "csv" });
    return `/api/v1/reports/plays?${query}`;
  },
};
