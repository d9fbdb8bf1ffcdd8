import { Select, Stack, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { DaySetSelect } from "./DaySetSelect";
import type { Rhythm } from "./draft";
import type { Asked } from "./Question";
import { RepeatEditor } from "./RepeatEditor";
import { matchPreset, type Preset, presetRepeat, presetsFor, seldomDates } from "./repeat";
import { presetText } from "./repeatWords";

/** One list of habits that know the first day; the last leads to the whole of it. */
export function AskRepeat({ form, firstDay }: { form: Asked; firstDay: string }) {
  const { t } = useTranslation();
  const { rhythm, repeat } = form.values;
  const preset = matchPreset(repeat, firstDay);
  const chosen = rhythm === "plain" ? (preset ?? "custom") : rhythm;
  const choose = (value: string | null) => {
    const wanted = presetsFor(firstDay).find((one) => one === value);
    if (wanted) form.setValues({ rhythm: "plain", repeat: presetRepeat(wanted, firstDay) });
    else if (value) form.setValues(changed(value as Rhythm, form.values.ends));
  };
  return (
    <Stack gap="sm">
      <Select
        label={t("repeat.label")}
        data={choices(t, firstDay, rhythm)}
        value={chosen}
        onChange={choose}
        allowDeselect={false}
        maxDropdownHeight="min(520px, 42dvh)"
        error={form.errors.repeat}
      />
      {chosen === "custom" && <RepeatEditor form={form} />}
      {chosen === "sets" && (
        <DaySetSelect
          label={t("sets.only")}
          value={form.values.onlySets}
          onChange={(ids) => form.setFieldValue("onlySets", ids)}
          error={form.errors.onlySets}
        />
      )}
      {chosen === "own" && (
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {t("repeat.ownHint", { rule: form.values.ownRule })}
        </Text>
      )}
      {rhythm !== "once" && rhythm !== "sets" && <Seldom form={form} />}
    </Stack>
  );
}

// Days of a set have no number of times, and one day has no end.
function changed(rhythm: Rhythm, ends: Asked["values"]["ends"]): Partial<Asked["values"]> {
  return rhythm === "custom" || ends !== "count" ? { rhythm } : { rhythm, ends: "never" };
}

function choices(t: TFunction, firstDay: string, rhythm: Rhythm) {
  const offered = presetsFor(firstDay).map((value: Preset) => ({
    value,
    label: presetText(t, value, firstDay),
  }));
  const own = rhythm === "own" ? [{ value: "own", label: t("repeat.own") }] : [];
  return [
    { value: "once", label: t("repeat.once") },
    ...offered,
    { value: "sets", label: t("repeat.sets") },
    { value: "custom", label: t("repeat.custom") },
    ...own,
  ];
}

function Seldom({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { rhythm, repeat } = form.values;
  const dates = rhythm === "own" ? [] : seldomDates(repeat);
  if (dates.length === 0) return null;
  const hint =
    repeat.unit === "month" ? t("repeat.seldomMonth", { dates: dates.join(", ") }) : t("repeat.seldomYear");
  return (
    <Text size="sm" c="dimmed">
      {hint}
    </Text>
  );
}
