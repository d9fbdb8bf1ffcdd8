import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayText } from "../../i18n/dates";
import { DayField } from "../../ui/DayField";
import { AskDays } from "./AskDays";
import { AskEnds } from "./AskEnds";
import { AskRepeat } from "./AskRepeat";
import { AskTimes } from "./AskTimes";
import { weekdayOf } from "./civil";
import { MoreWhen } from "./MoreWhen";
import type { Asked } from "./Question";
import { moved } from "./repeat";
import { weekdayText } from "./repeatWords";

interface Props {
  form: Asked;
  /** Only this day, or from this day on: the day stands, it was chosen before. */
  fixed: "day" | "first" | null;
}

export function AskWhen({ form, fixed }: Props) {
  const { rhythm } = form.values;
  const day = useLastKnown(form.values.firstDay);
  return (
    <Stack gap="lg">
      {fixed ? <FixedDay form={form} fixed={fixed} /> : <FirstDay form={form} before={day} />}
      {fixed !== "day" && day && <AskRepeat form={form} firstDay={day} />}
      {fixed !== "day" && rhythm !== "once" && <AskEnds form={form} />}
      <AskTimes form={form} />
      {rhythm !== "once" && <AskDays form={form} />}
      <MoreWhen form={form} />
    </Stack>
  );
}

// While the field holds no day, the repetition stays as it was for the day before.
function useLastKnown(firstDay: string | null): string | null {
  const [known, setKnown] = useState(firstDay);
  if (firstDay && firstDay !== known) setKnown(firstDay);
  return firstDay ?? known;
}

function FirstDay({ form, before }: { form: Asked; before: string | null }) {
  const { t } = useTranslation();
  const { firstDay, rhythm, repeat } = form.values;
  const change = (day: string | null) => {
    const follows = before && day && rhythm === "plain";
    form.setValues({ firstDay: day, ...(follows && { repeat: moved(repeat, before, day) }) });
    form.clearFieldError("firstDay");
  };
  return (
    <DayField
      label={rhythm === "once" ? t("when.day") : t("when.first")}
      description={firstDay ? weekdayText(t, weekdayOf(firstDay)) : t("when.dayHint")}
      maw={260}
      value={firstDay}
      onChange={change}
      error={form.errors.firstDay}
    />
  );
}

function FixedDay({ form, fixed }: { form: Asked; fixed: "day" | "first" }) {
  const { t } = useTranslation();
  const day = form.values.firstDay ?? "";
  const said = `${weekdayText(t, weekdayOf(day))} ${dayText(day)}`;
  return <Text fw={600}>{t(`when.fixed.${fixed}`, { day: said })}</Text>;
}
