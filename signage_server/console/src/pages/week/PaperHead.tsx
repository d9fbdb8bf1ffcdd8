import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { meQuery, unitsQuery } from "../../api/queries";
import { dateText } from "../../i18n/dates";
import { daysText } from "./WeekControls";

interface Props {
  name: string;
  days: readonly string[];
  zone: string;
  nowMs: number;
}

/** What a printed week is: whose, for which screens, by which clock, printed when. */
export function PaperHead({ name, days, zone, nowMs }: Props) {
  const { t } = useTranslation();
  const units = useQuery(unitsQuery).data ?? [];
  const me = useQuery(meQuery).data;
  const office = units.find(({ id }) => id === me?.unit_id)?.name;
  const facts = [
    name !== office && t("week.paperFor", { name }),
    t("week.zone", { zone }),
    t("week.paperDate", { day: dateText(new Date(nowMs).toISOString(), zone) }),
  ];
  return (
    <div className="only-print">
      {office && <Text className="paper-office">{office}</Text>}
      <Text className="paper-title">{t("week.paperTitle", { days: daysText(days) })}</Text>
      <Text className="paper-facts">{facts.filter(Boolean).join(" · ")}</Text>
    </div>
  );
}
