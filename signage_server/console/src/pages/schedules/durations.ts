import type { TFunction } from "i18next";

const minuteMs = 60_000;

/** A length of time as people say it: `3 giờ 20 phút`, `45 phút`, `dưới 1 phút`. */
export function durationText(t: TFunction, ms: number): string {
  const minutes = Math.floor(ms / minuteMs);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (minutes === 0) return ms > 0 ? t("duration.less") : t("duration.minutes", { count: 0 });
  const said = [
    hours > 0 ? t("duration.hours", { count: hours }) : "",
    rest > 0 ? t("duration.minutes", { count: rest }) : "",
  ];
  return said.filter(Boolean).join(" ");
}
