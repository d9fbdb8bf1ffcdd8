import { Group, Text, Tooltip } from "@mantine/core";
import {
  type Icon,
  IconAlertCircle,
  IconClockHour4,
  IconDownload,
  IconMoon,
  IconPlayerPlayFilled,
  IconPointFilled,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ScreenOut } from "../../api/generated";
import { agoText, instantText, spanText } from "../../i18n/dates";
import { useNow } from "../../ui/useNow";
import { type ScreenState, screenState, stateColors } from "./state";

const icons: Record<ScreenState, Icon> = {
  playing: IconPointFilled,
  shown: IconPlayerPlayFilled,
  dark: IconMoon,
  fetching: IconDownload,
  waiting: IconClockHour4,
  lost: IconAlertCircle,
  never: IconClockHour4,
};

/** State in words, never by colour alone, and when the board was last heard. */
export function StateLine({ screen }: { screen: ScreenOut }) {
  const { t } = useTranslation();
  const now = useNow();
  const state = screenState(screen);
  const Icon = icons[state];
  const heard = screen.heard_at;
  const lostMs = heard ? now - new Date(heard).getTime() : 0;
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <Group gap={6} wrap="nowrap" c={stateColors[state]} miw={0}>
        <Icon size={18} aria-hidden style={{ flexShrink: 0 }} />
        <Text size="sm" fw={600} lh={1.35}>
          {state === "lost" ? t("screen.lost", { span: spanText(lostMs) }) : t(`screen.${state}`)}
        </Text>
      </Group>
      {heard && state !== "lost" && (
        <Tooltip label={t("screen.heard", { at: instantText(heard) })}>
          <Text size="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>
            {agoText(heard, now)}
          </Text>
        </Tooltip>
      )}
    </Group>
  );
}
