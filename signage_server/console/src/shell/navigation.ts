import {
  type Icon,
  IconCalendarTime,
  IconCalendarWeek,
  IconChartBar,
  IconDeviceTv,
  IconPhoto,
  IconPlaylist,
  IconSettings,
} from "@tabler/icons-react";

/** The pages, in the order of the work: what one sees, what one shows, in which order, when. */
export const places = [
  { path: "/", name: "wall", icon: IconDeviceTv },
  { path: "/library", name: "library", icon: IconPhoto },
  { path: "/playlists", name: "playlists", icon: IconPlaylist },
  { path: "/schedules", name: "schedules", icon: IconCalendarTime },
  { path: "/week", name: "week", icon: IconCalendarWeek },
  { path: "/reports", name: "reports", icon: IconChartBar },
  { path: "/settings", name: "settings", icon: IconSettings },
] as const satisfies readonly { path: string; name: string; icon: Icon }[];

export type Place = (typeof places)[number];

/** Pages that stand in no menu, and the place they are reached from. */
const within: Readonly<Record<string, Place["name"]>> = {
  "/claim": "wall",
  "/day-sets": "schedules",
  "/moment": "wall",
};

/** Whether an address belongs to a place: `/playlists/pls_1` does to `/playlists`, what names its place to that. */
export function isAt(place: Place, location: string, search: string): boolean {
  const first = `/${location.split("/")[1] ?? ""}`;
  const from = new URLSearchParams(search).get("from");
  if (first in within && places.some(({ name }) => name === from)) return from === place.name;
  return first === place.path || within[first] === place.name;
}
