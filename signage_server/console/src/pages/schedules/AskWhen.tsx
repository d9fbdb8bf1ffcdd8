import { Chip, Group, Input, SegmentedControl, SimpleGrid, Stack } from "@mantine/core";
import { DateInput, DatePickerInput } from "@mantine/dates";
import { useTranslation } from "react-i18next";
import { dayTyped } from "../../i18n/dates";
import { AskTimes } from "./AskTimes";
import { type Weekday, weekdays } from "./draft";
import type { Asked } from "./Question";

export function AskWhen({ form }: { form: Asked }) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <DateInput
          label={t("when.first")}
          valueFormat="DD/MM/YYYY"
          dateParser={dayTyped}
          {...form.getInputProps("firstDay")}
        />
        <DateInput
          label={t("when.last")}
          placeholder={t("when.forever")}
          valueFormat="DD/MM/YYYY"
          dateParser={dayTyped}
          minDate={form.values.firstDay ?? undefined}
          clearable
          {...form.getInputProps("lastDay")}
        />
      </SimpleGrid>
      <AskDays form={form} />
      <AskTimes form={form} />
      <DatePickerInput
        type="multiple"
        label={t("when.except")}
        placeholder={t("when.exceptNone")}
        valueFormat="DD/MM/YYYY"
        clearable
        {...form.getInputProps("exceptDays")}
      />
    </Stack>
  );
}

function AskDays({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { days } = form.values;
  const choices = (
    ["every", "working", "weekend", "chosen", ...(days === "own" ? (["own"] as const) : [])] as const
  ).map((value) => ({ value, label: t(`days.${value}`) }));
  return (
    <Input.Wrapper label={t("when.days")} size="md" error={form.errors.rrule}>
      <Stack gap="sm" mt={6}>
        <SegmentedControl
          aria-label={t("when.days")}
          data={choices}
          value={days}
          onChange={(value) => form.setFieldValue("days", value)}
          visibleFrom="sm"
        />
        <Chip.Group value={days} onChange={(value) => form.setFieldValue("days", value as typeof days)}>
          <Group gap="xs" hiddenFrom="sm">
            {choices.map(({ value, label }) => (
              <Chip key={value} value={value}>
                {label}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        {days === "chosen" && (
          <Chip.Group
            multiple
            value={form.values.chosen}
            onChange={(chosen) => form.setFieldValue("chosen", chosen as Weekday[])}
          >
            <Group gap="xs" role="group" aria-label={t("days.chosen")}>
              {weekdays.map((day) => (
                <Chip key={day} value={day}>
                  {t(`weekday.${day}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
