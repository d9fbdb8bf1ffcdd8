import { Badge, Card, Group, Text, ThemeIcon } from "@mantine/core";
import { type Icon, IconBellRinging, IconMoon, IconRepeat, IconReplace } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ScheduleOut, Target } from "../../api/generated";
import { screensQuery, unitsQuery } from "../../api/queries";
import type { Role } from "./draft";
import { addressOf, drafts } from "./drafts";
import { ScheduleMenu } from "./ScheduleMenu";

const icons: Record<Role, Icon> = {
  rotation: IconRepeat,
  reminder: IconBellRinging,
  takeover: IconReplace,
  off: IconMoon,
};

interface Props {
  schedule: ScheduleOut;
  /** It is never on again. */
  over: boolean;
}

export function ScheduleCard({ schedule, over }: Props) {
  const { t } = useTranslation();
  const Icon = icons[schedule.role];
  const where = useWhere(schedule.targets);
  return (
    <Card p={{ base: "md", sm: "lg" }} className="far">
      <Group wrap="nowrap" align="flex-start" gap="md">
        <ThemeIcon variant="light" size={48} radius="md" visibleFrom="xs">
          <Icon size={24} stroke={1.6} aria-hidden />
        </ThemeIcon>
        <div style={{ flex: 1, minWidth: 0 }}>
          <Group gap="xs" mb={2}>
            <Text fw={600} fz="lg" lh={1.35}>
              {schedule.name}
            </Text>
            {!schedule.name.startsWith(t("role.off")) && (
              <Badge color="gray" variant="light" tt="none" size="lg" fw={500}>
                {t(`role.${schedule.role}`)}
              </Badge>
            )}
            {over && (
              <Badge color="gray" variant="outline" tt="none" size="lg" fw={500}>
                {t("schedules.over")}
              </Badge>
            )}
            {schedule.active_now && (
              <Badge color="teal" variant="light" tt="none" size="lg" fw={500}>
                {t("schedules.active")}
              </Badge>
            )}
          </Group>
          <Text>{schedule.sentence}</Text>
          <Text size="sm" c="dimmed" mt={4}>
            {[schedule.playlist_name, where].filter(Boolean).join(" · ")}
          </Text>
          {drafts.isUnsaved(addressOf(schedule.id)) && (
            <Text size="sm" fw={500} c="var(--unsure)" mt={4}>
              {t("schedules.unsaved")}
            </Text>
          )}
        </div>
        <ScheduleMenu schedule={schedule} />
      </Group>
    </Card>
  );
}

/** Where a schedule goes, in words. */
function useWhere(targets: readonly Target[]): string {
  const { t } = useTranslation();
  const screens = useQuery(screensQuery);
  const units = useQuery(unitsQuery);
  if (targets.some((target) => target.kind === "all")) return t("where.all");
  const named = [...(screens.data ?? []), ...(units.data ?? [])];
  const names = targets.flatMap((target) =>
    target.kind === "tag"
      ? t("where.tagged", { tag: target.ref })
      : (named.find((one) => one.id === target.ref)?.name ?? []),
  );
  return names.length > 0 ? names.join(", ") : t("where.count", { count: targets.length });
}
