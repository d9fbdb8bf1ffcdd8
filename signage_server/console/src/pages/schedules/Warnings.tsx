import { Group, List, Stack, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockPlay,
  IconDeviceTv,
  type IconProps,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { SchedulePreview } from "../../api/generated";

/** How far a schedule reaches, how long it is on air, and whether a reminder's promise can be kept. */
export function Facts({ preview }: { preview: SchedulePreview }) {
  const { t } = useTranslation();
  const { screens, airtime_sentence, promise } = preview;
  return (
    <Stack gap={6}>
      <Fact icon={IconDeviceTv}>{t("said.screens", { count: screens })}</Fact>
      {airtime_sentence && <Fact icon={IconClockPlay}>{airtime_sentence}</Fact>}
      {promise && (
        <Fact icon={promise.kept ? IconCircleCheck : IconAlertTriangle} unsure={!promise.kept}>
          {promise.sentence}
        </Fact>
      )}
    </Stack>
  );
}

interface FactProps {
  icon: ComponentType<IconProps>;
  unsure?: boolean;
  children: string;
}

function Fact({ icon: Icon, unsure = false, children }: FactProps) {
  return (
    <Group gap={8} wrap="nowrap" align="flex-start" c={unsure ? "var(--unsure)" : undefined}>
      <Icon size={18} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
      <Text size="sm">{children}</Text>
    </Group>
  );
}

/** What to look at before saving; nothing of it forbids to save. */
export function Warnings({ preview }: { preview: SchedulePreview }) {
  const { t } = useTranslation();
  const { warnings } = preview;
  if (warnings.length === 0) return null;
  return (
    <div>
      <Group gap={8} wrap="nowrap" mb={6} c="var(--unsure)">
        <IconAlertTriangle size={20} aria-hidden style={{ flexShrink: 0 }} />
        <Text fw={600}>{t("said.warnings", { count: warnings.length })}</Text>
      </Group>
      <List size="sm" spacing={6}>
        {warnings.map(({ code, sentence }) => (
          <List.Item key={`${code} ${sentence}`}>{sentence}</List.Item>
        ))}
      </List>
    </div>
  );
}
