import { Button, SimpleGrid, Stack, Text } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayText } from "../../i18n/dates";
import { DaySetSelect } from "./DaySetSelect";
import { idleDays } from "./gaps";
import type { Asked } from "./Question";
import { useToday } from "./useToday";

/** Days left out, days added, and days to which the repetition is confined: by day sets and by date. */
export function AskDays({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { includeSets, extraDays, onlySets, rhythm } = form.values;
  const used = includeSets.length + extraDays.length + (rhythm === "sets" ? 0 : onlySets.length) > 0;
  const [open, setOpen] = useState(used);
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Sets form={form} field="excludeSets" label={t("sets.exclude")} />
        <Dates form={form} field="exceptDays" label={t("when.except")} />
      </SimpleGrid>
      {open ? (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Sets form={form} field="includeSets" label={t("sets.include")} />
            <Dates form={form} field="extraDays" label={t("when.extra")} />
          </SimpleGrid>
          <Idle form={form} />
          {rhythm !== "sets" && <Sets form={form} field="onlySets" label={t("sets.only")} />}
        </>
      ) : (
        <Button
          variant="subtle"
          leftSection={<IconPlus size={18} />}
          onClick={() => setOpen(true)}
          style={{ alignSelf: "flex-start" }}
        >
          {t("when.addDays")}
        </Button>
      )}
    </Stack>
  );
}

interface SetsProps {
  form: Asked;
  field: "onlySets" | "includeSets" | "excludeSets";
  label: string;
}

function Sets({ form, field, label }: SetsProps) {
  return (
    <DaySetSelect
      label={label}
      value={form.values[field]}
      onChange={(ids) => form.setFieldValue(field, ids)}
      error={form.errors[field]}
    />
  );
}

function Dates({ form, field, label }: { form: Asked; field: "exceptDays" | "extraDays"; label: string }) {
  const { t } = useTranslation();
  const today = useToday();
  const { firstDay, lastDay, ends } = form.values;
  // A day that lies outside can be taken out again: only then the calendar is open there too.
  const isConfined = field === "extraDays" && idleDays(form.values).length === 0;
  return (
    <DatePickerInput
      type="multiple"
      label={label}
      placeholder={t("when.noDays")}
      valueFormat="DD/MM/YYYY"
      clearable
      defaultDate={firstDay && firstDay > today ? firstDay : today}
      minDate={(isConfined && firstDay) || undefined}
      maxDate={(isConfined && ends === "day" && lastDay) || undefined}
      {...form.getInputProps(field)}
    />
  );
}

// A day that is added counts only between the first and the last day: better said than silently left out.
function Idle({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const idle = idleDays(form.values);
  if (idle.length === 0) return null;
  return (
    <Text size="sm" c="var(--unsure)" role="status">
      {t("when.idle", { days: idle.map(dayText).join(", ") })}
    </Text>
  );
}
