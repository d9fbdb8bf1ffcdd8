import {
  Chip,
  Fieldset,
  Group,
  Input,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { monthText } from "../../i18n/dates";
import { type Weekday, weekdays } from "./civil";
import type { Asked } from "./Question";
import { everyMost, lastDate, type Repeat, type Unit } from "./repeat";
import { dateOfMonthText, nthText, weekdayText } from "./repeatWords";

const units: readonly Unit[] = ["day", "week", "month", "year"];
const nths = [1, 2, 3, 4, 5, -1];
const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const dates = [...Array.from({ length: 31 }, (_, index) => index + 1), lastDate];

interface Part {
  repeat: Repeat;
  set: (facts: Partial<Repeat>) => void;
}

/** Every so many days, weeks, months or years, and on which of their days. */
export function RepeatEditor({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { repeat } = form.values;
  const set = (facts: Partial<Repeat>) =>
    form.setValues({ rhythm: "custom", repeat: { ...form.values.repeat, ...facts } });
  const part = { repeat, set };
  return (
    <Fieldset legend={t("repeat.customLegend")} p={{ base: "sm", sm: "md" }}>
      <Stack gap="md">
        <Every {...part} />
        {repeat.unit === "week" && <Weekdays {...part} />}
        {repeat.unit === "year" && <Month {...part} />}
        {(repeat.unit === "month" || repeat.unit === "year") && <OfMonth {...part} />}
      </Stack>
    </Fieldset>
  );
}

function Every({ repeat, set }: Part) {
  const { t } = useTranslation();
  const chooseUnit = (unit: string | null) =>
    unit &&
    set({
      unit: unit as Unit,
      dates: unit === "year" ? repeat.dates.filter((date) => date !== lastDate) : repeat.dates,
    });
  return (
    <Group gap="sm" align="flex-end">
      <NumberInput
        label={t("repeat.every")}
        w={110}
        min={1}
        max={everyMost}
        allowDecimal={false}
        allowNegative={false}
        value={repeat.every || ""}
        onChange={(every) => set({ every: Number(every) })}
      />
      <Select
        aria-label={t("repeat.unit")}
        w={150}
        data={units.map((unit) => ({ value: unit, label: t(`unit.${unit}`, { count: repeat.every || 1 }) }))}
        value={repeat.unit}
        onChange={chooseUnit}
        allowDeselect={false}
      />
    </Group>
  );
}

function Weekdays({ repeat, set }: Part) {
  const { t } = useTranslation();
  return (
    <Input.Wrapper label={t("repeat.weekdays")} labelElement="div" size="md">
      <Chip.Group multiple value={repeat.weekdays} onChange={(days) => set({ weekdays: days as Weekday[] })}>
        <Group gap="xs" mt={6} role="group" aria-label={t("repeat.weekdays")}>
          {weekdays.map((day) => (
            <Chip key={day} value={day} styles={{ label: { height: 44 } }}>
              {weekdayText(t, day)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

function Month({ repeat, set }: Part) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("repeat.month")}
      w={200}
      data={months.map((month) => ({ value: String(month), label: monthText(t, month) }))}
      value={String(repeat.month)}
      onChange={(month) => month && set({ month: Number(month) })}
      allowDeselect={false}
    />
  );
}

function OfMonth({ repeat, set }: Part) {
  const { t } = useTranslation();
  const ways = [
    { value: "date", label: t("repeat.byDate") },
    { value: "weekday", label: t("repeat.byWeekday") },
  ];
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t("repeat.by")}
        data={ways}
        value={repeat.by}
        onChange={(by) => set({ by: by as Repeat["by"] })}
        style={{ alignSelf: "flex-start" }}
      />
      {repeat.by === "date" ? <Dates repeat={repeat} set={set} /> : <NthWeekday repeat={repeat} set={set} />}
    </Stack>
  );
}

function Dates({ repeat, set }: Part) {
  const { t } = useTranslation();
  const offered = dates.filter((date) => repeat.unit === "month" || date !== lastDate);
  return (
    <MultiSelect
      label={t("repeat.dates")}
      data={offered.map((date) => ({ value: String(date), label: dateOfMonthText(t, date) }))}
      value={repeat.dates.map(String)}
      onChange={(chosen) => set({ dates: chosen.map(Number) })}
      searchable
      hidePickedOptions
    />
  );
}

function NthWeekday({ repeat, set }: Part) {
  const { t, i18n } = useTranslation();
  const nth = (
    <Select
      key="nth"
      label={t("repeat.nth")}
      data={nths.map((one) => ({ value: String(one), label: nthText(t, one) }))}
      value={String(repeat.nth)}
      onChange={(value) => value && set({ nth: Number(value) })}
      allowDeselect={false}
      flex="1 1 150px"
    />
  );
  const weekday = (
    <Select
      key="weekday"
      label={t("repeat.weekday")}
      data={[
        ...weekdays.map((day) => ({ value: day, label: weekdayText(t, day) })),
        { value: "working", label: t("repeat.workingDay") },
      ]}
      value={repeat.weekday}
      onChange={(value) => value && set({ weekday: value as Repeat["weekday"] })}
      allowDeselect={false}
      flex="1 1 150px"
    />
  );
  // "Thứ Sáu cuối cùng", but "the last Friday".
  return <Group gap="sm">{i18n.language === "vi" ? [weekday, nth] : [nth, weekday]}</Group>;
}
