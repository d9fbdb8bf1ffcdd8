/** Everything the console asks of the server, under the console's own names. */

import { allPages, answered, ifMatch } from "./client";
import type {
  AssetPatch,
  ClaimIn,
  DaySetIn,
  LinkUse,
  NoticeIn,
  PasswordIn,
  PlaylistIn,
  ScheduleIn,
  ScreenPatch,
  ShowNowIn,
  SignInIn,
  SplitIn,
  UnitPatch,
} from "./generated";
import * as sdk from "./generated";

const limit = 200;

/** A resource as it was read: its id and the state it was in. */
export interface Read {
  id: string;
  etag: string;
}

export const server = {
  get: () => answered(sdk.getServer()),
};

export const session = {
  me: () => answered(sdk.getMe()),
  signIn: (body: SignInIn) => answered(sdk.signIn({ body })),
  signOut: () => answered(sdk.signOut()),
  signOutEverywhere: () => answered(sdk.signOutEverywhere()),
  speak: (language: "vi" | "en") => answered(sdk.changeMe({ body: { language } })),
  link: (secret: string) => answered(sdk.lookAtLink({ path: { secret } })),
  changePassword: (body: PasswordIn) => answered(sdk.changePassword({ body })),
  redeem: (body: LinkUse) => answered(sdk.useLink({ body })),
};

const asset = ({ id, etag }: Read) => ({ path: { asset_id: id }, headers: ifMatch(etag) });

export const assets = {
  list: () => allPages((cursor) => answered(sdk.listAssets({ query: { cursor, limit } }))),
  patch: (read: Read, body: AssetPatch) => answered(sdk.changeAsset({ ...asset(read), body })),
  remove: (read: Read) => answered(sdk.deleteAsset(asset(read))),
  compose: (body: NoticeIn) => answered(sdk.composeNotice({ body })),
  recompose: (read: Read, body: NoticeIn) => answered(sdk.rewriteNotice({ ...asset(read), body })),
  preview: (body: NoticeIn, profile: string, signal?: AbortSignal) =>
    answered(sdk.previewNotice({ body, query: { profile }, parseAs: "blob", signal })),
};

const playlist = ({ id, etag }: Read) => ({ path: { playlist_id: id }, headers: ifMatch(etag) });

export const playlists = {
  list: () => allPages((cursor) => answered(sdk.listPlaylists({ query: { cursor, limit } }))),
  get: (id: string) => answered(sdk.getPlaylist({ path: { playlist_id: id } })),
  make: (body: PlaylistIn) => answered(sdk.createPlaylist({ body })),
  put: (read: Read, body: PlaylistIn) => answered(sdk.replacePlaylist({ ...playlist(read), body })),
  remove: (read: Read) => answered(sdk.deletePlaylist(playlist(read))),
  manifest: async (id: string, profile: string) =>
    (await answered(sdk.playlistManifest({ path: { playlist_id: id }, query: { profile } }))).manifest,
};

const schedule = ({ id, etag }: Read) => ({ path: { schedule_id: id }, headers: ifMatch(etag) });

export const schedules = {
  list: () => allPages((cursor) => answered(sdk.listSchedules({ query: { cursor, limit } }))),
  get: (id: string) => answered(sdk.getSchedule({ path: { schedule_id: id } })),
  make: (body: ScheduleIn) => answered(sdk.createSchedule({ body })),
  put: (read: Read, body: ScheduleIn) => answered(sdk.replaceSchedule({ ...schedule(read), body })),
  remove: (read: Read) => answered(sdk.deleteSchedule(schedule(read))),
  /** Without `id` a new schedule is previewed; with it, one that is changed and shall not meet itself. */
  preview: (body: ScheduleIn, id?: string, signal?: AbortSignal) =>
    answered(sdk.previewSchedule({ body, query: { replaces: id }, signal })),
  split: (read: Read, body: SplitIn) => answered(sdk.splitSchedule({ ...schedule(read), body })),
  /** Address of a schedule as a calendar file. */
  ics: (id: string) => `/api/v1/schedules/${id}/ics`,
  /** What a calendar file holds; its bytes are sent as they are, whatever they are encoded in. */
  readIcs: (file: File) =>
    answered(
      sdk.readCalendarFile({
        body: file,
        bodySerializer: null,
        headers: { "Content-Type": "text/calendar" },
      }),
    ),
};

const daySet = ({ id, etag }: Read) => ({ path: { set_id: id }, headers: ifMatch(etag) });

export const daySets = {
  list: async () => (await answered(sdk.listDaySets())).items,
  get: (id: string, year?: number) => answered(sdk.getDaySet({ path: { set_id: id }, query: { year } })),
  make: (body: DaySetIn) => answered(sdk.createDaySet({ body })),
  put: (read: Read, body: DaySetIn) => answered(sdk.replaceDaySet({ ...daySet(read), body })),
  remove: (read: Read) => answered(sdk.deleteDaySet(daySet(read))),
};

const screen = ({ id, etag }: Read) => ({ path: { screen_id: id }, headers: ifMatch(etag) });

export const screens = {
  list: () => allPages((cursor) => answered(sdk.listScreens({ query: { cursor, limit } }))),
  waiting: async () => (await answered(sdk.listWaitingScreens())).items,
  claim: (body: ClaimIn) => answered(sdk.claimScreen({ body })),
  patch: (read: Read, body: ScreenPatch) => answered(sdk.changeScreen({ ...screen(read), body })),
  remove: (read: Read) => answered(sdk.deleteScreen(screen(read))),
  manifest: async (id: string) => (await answered(sdk.screenManifest({ path: { screen_id: id } }))).text,
  /** What it shows at an instant (without one: now), and why. */
  at: (id: string, time?: string) => answered(sdk.screenAt({ path: { screen_id: id }, query: { time } })),
  /** The manifest whose plan holds at an instant. */
  manifestAt: (id: string, time: string) =>
    answered(sdk.screenManifest({ path: { screen_id: id }, query: { time } })),
  showNow: (body: ShowNowIn) => answered(sdk.showNow({ body })),
  identify: (id: string) => answered(sdk.identifyScreen({ path: { screen_id: id } })),
  reload: (id: string) => answered(sdk.reloadScreen({ path: { screen_id: id } })),
};

export const tags = {
  list: async () => (await answered(sdk.listTags())).items,
};

/** Whose week; with no id and no tag it is everybody's. */
export interface WeekWanted {
  screen_id?: string;
  tag?: string;
  unit_id?: string;
  /** Any day of the week; without it: this week. */
  from?: string;
}

export const week = {
  /** A page of groups of screens whose weeks are equal; `cursor` is `next` of the page before. */
  get: (query: WeekWanted, cursor?: string) => answered(sdk.getWeek({ query: { ...query, cursor } })),
};

export const units = {
  list: () => allPages((cursor) => answered(sdk.listUnits({ query: { cursor, limit } }))),
  patch: ({ id, etag }: Read, body: UnitPatch) =>
    answered(sdk.changeUnit({ path: { unit_id: id }, headers: ifMatch(etag), body })),
};

export const tokens = {
  list: () => allPages((cursor) => answered(sdk.listTokens({ query: { cursor, limit } }))),
  make: (name: string) => answered(sdk.makeToken({ body: { name } })),
  remove: (id: string) => answered(sdk.revokeToken({ path: { token_id: id } })),
};

/** Which plays a report is about; days are local and inclusive. */
export interface PlaysWanted {
  from: string;
  to: string;
  screen_id?: string;
}

/** Of which reminder, too. */
export interface RhythmWanted extends PlaysWanted {
  schedule_id?: string;
}

/** Address of a report as a CSV file. */
function csvOf(report: string, wanted: RhythmWanted): string {
  return `/api/v1/reports/${report}?${new URLSearchParams({ ...wanted, format: "csv" })}`;
}

export const reports = {
  plays: (query: PlaysWanted) =>
    allPages((cursor) => answered(sdk.reportPlays({ query: { ...query, cursor, limit } }))),
  rhythm: (query: RhythmWanted) =>
    allPages((cursor) => answered(sdk.reportRhythm({ query: { ...query, cursor, limit } }))),
  csv: (wanted: PlaysWanted) => csvOf("plays", wanted),
  rhythmCsv: (wanted: RhythmWanted) => csvOf("rhythm", wanted),
};
