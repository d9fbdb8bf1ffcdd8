import {
  Button,
  Checkbox,
  Group,
  Input,
  NumberInput,
  SegmentedControl,
  Slider,
  Stack,
  Text,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Asked } from "./Question";
import { presetRepeat } from "./repeat";

const sharePercentMost = 80;
const priorityMost = 1000;
/** Three levels that people can tell apart; every other number is as good. */
const levels = { normal: 0, important: 100, most: 1000 } as const;
type Level = keyof typeof levels;

/** What else is asked of each role. */
export function RoleOptions({ form }: { form: Asked }) {
  switch (form.values.role) {
    case "reminder":
      return <Every form={form} />;
    case "takeover":
      return <Takeover form={form} />;
    case "off":
      return <OffPresets form={form} />;
    case "rotation":
      return <Share form={form} />;
  }
}

function Share({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { sharePercent } = form.values;
  const set = (value: string | number) => form.setFieldValue("sharePercent", Number(value) || null);
  return (
    <Group align="flex-end" gap="md">
      <NumberInput
        label={t("share.label")}
        description={t("share.hint")}
        placeholder={t("share.none")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        w={{ base: "100%", xs: 300 }}
        min={0}
        max={sharePercentMost}
        decimalScale={1}
        suffix=" %"
        value={sharePercent ?? ""}
        onChange={set}
        error={form.errors.sharePercent}
      />
      <Slider
        flex="1 1 160px"
        mb={{ base: 0, xs: 36 }}
        size="lg"
        thumbSize={28}
        min={0}
        max={sharePercentMost}
        step={5}
        value={sharePercent ?? 0}
        onChange={set}
        label={(value) => (value ? `${value} %` : t("share.none"))}
        thumbLabel={t("share.label")}
      />
    </Group>
  );
}

function Takeover({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { priority, silences } = form.values;
  const names = Object.keys(levels) as Level[];
  const level = names.find((name) => levels[name] === priority) ?? "";
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="md">
        <div>
          <Input.Label labelElement="div" size="md">
            {t("priority.label")}
          </Input.Label>
          <SegmentedControl
            display="flex"
            aria-label={t("priority.label")}
            data={names.map((name) => ({ value: name, label: t(`priority.${name}`) }))}
            value={level}
            onChange={(name) => form.setFieldValue("priority", levels[name as Level])}
          />
        </div>
        <NumberInput
          label={t("priority.number")}
          w={120}
          min={0}
          max={priorityMost}
          allowDecimal={false}
          allowNegative={false}
          value={priority}
          onChange={(value) => form.setFieldValue("priority", Number(value))}
          error={form.errors.priority}
        />
      </Group>
      <Text size="sm" c="dimmed">
        {t("priority.hint")}
      </Text>
      <Checkbox
        label={t("takeover.silences")}
        description={t("takeover.silencesHint")}
        checked={silences}
        onChange={(event) => form.setFieldValue("silences", event.currentTarget.checked)}
      />
    </Stack>
  );
}

function OffPresets({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { rhythm } = form.values;
  const firstDay = form.values.firstDay ?? "";
  const night = () => form.setValues({ allDay: false, windows: [{ start: "22:00", end: "05:00" }] });
  const weekend = () =>
    form.setValues({ rhythm: "plain", repeat: presetRepeat("weekend", firstDay), allDay: true });
  return (
    <Group gap="sm">
      <Text size="sm" c="dimmed">
        {t("off.presets")}
      </Text>
      <Button variant="default" onClick={night}>
        {t("off.night")}
      </Button>
      <Button variant="default" onClick={weekend} disabled={!firstDay || rhythm === "once"}>
        {t("off.weekend")}
      </Button>
    </Group>
  );
}

function Every({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const takes = [
    { value: "next", label: t("reminder.next") },
    { value: "all", label: t("reminder.all") },
  ];
  return (
    <Group align="flex-end" gap="md">
      <NumberInput
        label={t("reminder.every")}
        w={150}
        min={1}
        max={1440}
        suffix={t("reminder.minutes")}
        value={form.values.everyMinutes}
        onChange={(minutes) => form.setFieldValue("everyMinutes", Number(minutes))}
        error={form.errors.everyMinutes}
      />
      <SegmentedControl
        aria-label={t("reminder.take")}
        data={takes}
        value={form.values.take}
        onChange={(take) => form.setFieldValue("take", take as "next" | "all")}
      />
    </Group>
  );
}
