import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DaySetOut } from "../../api/generated";
import { dayText } from "../../i18n/dates";
import { useToday } from "../schedules/useToday";
import { runsOut } from "./named";

/** Of one's own set whose days are over, or nearly: schedules that follow it will soon have none. */
export function RunsOut({ set }: { set: DaySetOut }) {
  const { t } = useTranslation();
  const today = useToday();
  const last = set.built_in ? null : runsOut(set.days, today);
  if (!last) return null;
  const words = { day: dayText(last) };
  return (
    <Text size="sm" c="var(--unsure)">
      {last < today ? t("sets.ranOut", words) : t("sets.runsOut", words)}
    </Text>
  );
}
