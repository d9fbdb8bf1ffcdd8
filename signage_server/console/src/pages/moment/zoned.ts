/**
 * Wall clock and instants in a screen's own time zone, whatever the zone of the browser. Pure.
 *
 * The one monotone map of the schedules: a time inside a missing hour is the instant of the transition, a time that
 * occurs twice is its first occurrence.
 */

export interface Wall {
  /** `2026-11-24` */
  day: string;
  /** `07:30` */
  time: string;
}

const minuteMs = 60_000;

/** What the clock on the wall of that zone says at an instant. */
export function wallAt(ms: number, zone: string): Wall {
  const iso = new Date(asIfUtc(ms, zone)).toISOString();
  return { day: iso.slice(0, 10), time: iso.slice(11, 16) };
}

/** The instant, in milliseconds, at which the clock on the wall of that zone says so. */
export function instantOf({ day, time }: Wall, zone: string): number {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const hours = [-26, 26].map(
    (away) => wanted + away * 60 * minuteMs - asIfUtc(wanted + away * 60 * minuteMs, zone),
  );
  const found = hours.map((offset) => wanted + offset).filter((ms) => asIfUtc(ms, zone) === wanted);
  return found.length > 0 ? Math.min(...found) : transition(wanted, zone);
}

/** The first instant whose wall time is past the one that does not exist. */
function transition(wanted: number, zone: string): number {
  let [before, after] = [wanted - 26 * 60 * minuteMs, wanted + 26 * 60 * minuteMs];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (asIfUtc(middle, zone) > wanted) after = middle;
    else before = middle;
  }
  return after;
}

/** The wall time of an instant, read as if it were UTC. */
function asIfUtc(ms: number, zone: string): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((ms % 1000) + 1000) % 1000);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, made);
  return made;
}
