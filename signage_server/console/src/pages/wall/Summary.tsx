import { useTranslation } from "react-i18next";
import type { ScreenOut } from "../../api/generated";
import { screenState } from "./state";

/** The state of the whole wall in one sentence. */
export function Summary({ screens }: { screens: readonly ScreenOut[] }) {
  const { t } = useTranslation();
  const online = screens.filter((screen) => screen.online).length;
  const lost = screens.filter((screen) => screenState(screen) === "lost").length;
  const all = screens.length;
  if (lost > 0) return <>{t("wall.someLost", { online, all, count: lost })}</>;
  return <>{online === all ? t("wall.allOnline", { count: all }) : t("wall.online", { online, all })}</>;
}
