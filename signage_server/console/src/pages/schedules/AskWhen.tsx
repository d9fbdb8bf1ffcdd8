import { Stack, Text } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useTranslation } from "react-i18next";
import { dayText, dayTyped } from "../../i18n/dates";
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
  const { firstDay, rhythm } = form.values;
  return (
    <Stack gap="lg">
      {fixed ? <FixedDay form={form} fixed={fixed} /> : <FirstDay form={form} />}
      {fixed !== "day" && firstDay && <AskRepeat form={form} firstDay={firstDay} />}
      {fixed !== "day" && rhythm !== "once" && <AskEnds form={form} />}
      <AskTimes form={form} />
      {rhythm !== "once" && <AskDays form={form} />}
      <MoreWhen form={form} />
    </Stack>
  );
}

function FirstDay({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { firstDay, rhythm, repeat } = form.values;
  const { onChange: _, ...rest } = form.getInputProps("firstDay");
  const change = (day: string | null) => {
    const follows = firstDay && day && rhythm === "plain";
    form.setValues({ firstDay: day, ...(follows && { repeat: moved(repeat, firstDay, day) }) });
    form.clearFieldError("firstDay");
  };
  return (
    <DateInput
      label={rhythm === "once" ? t("when.day") : t("when.first")}
      description={firstDay ? weekdayText(t, weekdayOf(firstDay)) : t("when.dayHint")}
      inputWrapperOrder={["label", "input", "description", "error"]}
      placeholder={t("when.dayPlaceholder")}
      maw={260}
      valueFormat="DD/MM/YYYY"
      dateParser={dayTyped}
      {...rest}
      onChange={change}
    />
  );
}

function FixedDay({ form, fixed }: { form: Asked; fixed: "day" | "first" }) {
  const { t } = useTranslation();
  const day = form.values.firstDay ?? "";
  const said = `${weekdayText(t, weekdayOf(day))} ${dayText(day)}`;
  return <Text fw={600}>{t(`when.fixed.${fixed}`, { day: said })}</Text>;
}
