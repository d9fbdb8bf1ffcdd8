import { ActionIcon, Button, Group, Input, SegmentedControl, Stack, Text } from "@mantine/core";
import { TimePicker } from "@mantine/dates";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { isOvernight } from "./draft";
import type { Asked } from "./Question";

const windowsMost = 24;

/** All day, or one or several windows; one that ends earlier than it begins goes over midnight. */
export function AskTimes({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { allDay, windows } = form.values;
  const choices = [
    { value: "all", label: t("times.allDay") },
    { value: "some", label: t("times.some") },
  ];
  return (
    <Input.Wrapper label={t("when.times")} size="md" error={form.errors.windows}>
      <Stack gap="sm" mt={6} align="flex-start">
        <SegmentedControl
          aria-label={t("when.times")}
          data={choices}
          value={allDay ? "all" : "some"}
          onChange={(value) => form.setFieldValue("allDay", value === "all")}
        />
        {/* biome-ignore lint/suspicious/noArrayIndexKey: a window is its place in the list */}
        {!allDay && windows.map((_, index) => <Window key={index} form={form} index={index} />)}
        {!allDay && windows.length < windowsMost && (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={18} />}
            onClick={() => form.insertListItem("windows", { start: "", end: "" })}
          >
            {t("times.add")}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function Window({ form, index }: { form: Asked; index: number }) {
  const { t } = useTranslation();
  const window = form.values.windows[index];
  if (!window) return null;
  const labels = { hoursInputLabel: t("times.hours"), minutesInputLabel: t("times.minutes") };
  const clock = {
    format: "24h",
    withDropdown: true,
    minutesStep: 5,
    w: { base: 98, xs: 116 },
    ...labels,
  } as const;
  return (
    <Group gap={6} align="center">
      <Text>{t("times.from")}</Text>
      <TimePicker {...clock} {...form.getInputProps(`windows.${index}.start`)} />
      <Text>{t("times.to")}</Text>
      <TimePicker {...clock} {...form.getInputProps(`windows.${index}.end`)} />
      {form.values.windows.length > 1 && (
        <ActionIcon aria-label={t("times.remove")} onClick={() => form.removeListItem("windows", index)}>
          <IconX size={20} />
        </ActionIcon>
      )}
      {isOvernight(window) && (
        <Text size="sm" c="dimmed">
          {t("times.overnight")}
        </Text>
      )}
    </Group>
  );
}
