/** Time zones to choose from, under the names that the places bear today. */

// Browsers keep the names under which these zones entered the tz database.
const renamed: Readonly<Record<string, string>> = {
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
};

export interface ZoneChoice {
  value: string;
  label: string;
}

/** All zones by name, those that are in use here first. */
export function zoneChoices(first: readonly (string | null | undefined)[], nowMs = Date.now()): ZoneChoice[] {
  const known = Intl.supportedValuesOf("timeZone").map((zone) => renamed[zone] ?? zone);
  const names = [...first.filter((zone) => zone != null), ...known.sort(), "UTC"];
  return [...new Set(names)].map((zone) => ({ value: zone, label: labelOf(zone, nowMs) }));
}

function labelOf(zone: string, nowMs: number): string {
  const offset = offsetOf(zone, nowMs);
  return [zone.replaceAll("_", " "), offset].filter(Boolean).join(" · ");
}

/** `GMT+7`; nothing where the browser does not know the zone. */
function offsetOf(zone: string, nowMs: number): string {
  try {
    const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" });
    return format.formatToParts(nowMs).find((part) => part.type === "timeZoneName")?.value ?? "";
  } catch {
    return "";
  }
}
