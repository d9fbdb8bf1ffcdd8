import { ActionIcon, Badge, Card, Group, Text, ThemeIcon } from "@mantine/core";
import {
  type Icon,
  IconBellRinging,
  IconMoon,
  IconPencil,
  IconRepeat,
  IconReplace,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { schedules } from "../../api/endpoints";
import type { ScheduleOut, Target } from "../../api/generated";
import { schedulesQuery, screensQuery, unitsQuery } from "../../api/queries";
import { askToDelete, say, sayProblem } from "../../ui/ask";
import type { Role } from "./draft";

const icons: Record<Role, Icon> = {
  rotation: IconRepeat,
  reminder: IconBellRinging,
  takeover: IconReplace,
  off: IconMoon,
};

export function ScheduleCard({ schedule }: { schedule: ScheduleOut }) {
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
            {schedule.active_now && (
              <Badge color="teal" variant="light" tt="none" size="lg" fw={500}>
                {t("schedules.active")}
              </Badge>
            )}
          </Group>
          <Text>{schedule.sentence}</Text>
          <Text size="sm" c="dimmed" mt={4}>
            {schedule.role === "off"
              ? t("role.off")
              : `${t(`role.${schedule.role}`)} · ${schedule.playlist_name ?? ""}`}{" "}
            · {where}
          </Text>
        </div>
        <Actions schedule={schedule} />
      </Group>
    </Card>
  );
}

function Actions({ schedule }: { schedule: ScheduleOut }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: schedulesQuery.queryKey });
  const remove = useMutation({
    mutationFn: () => schedules.remove(schedule),
    onSuccess: () => {
      say(t("schedules.deleted", { name: schedule.name }));
      refresh();
    },
    onError: (error) => sayProblem(error, refresh),
  });
  const ask = () =>
    askToDelete(t("schedules.deleteAsk", { name: schedule.name }), t("schedules.deleteHint"), () =>
      remove.mutate(),
    );
  return (
    <Group gap={0} wrap="nowrap">
      <ActionIcon
        component={Link}
        href={`/schedules/${schedule.id}`}
        aria-label={t("schedules.edit", { name: schedule.name })}
      >
        <IconPencil size={20} />
      </ActionIcon>
      <ActionIcon
        aria-label={t("schedules.delete", { name: schedule.name })}
        onClick={ask}
        loading={remove.isPending}
      >
        <IconTrash size={20} />
      </ActionIcon>
    </Group>
  );
}

/** Where a schedule goes, in words. */
function useWhere(targets: readonly Target[]): string {
  const { t } = useTranslation();
  const screens = useQuery(screensQuery);
  const units = useQuery(unitsQuery);
  if (targets.some((target) => target.kind === "all")) return t("where.all");
  const named = [...(screens.data ?? []), ...(units.data ?? [])];
  const names = targets.flatMap((target) => named.find((one) => one.id === target.ref)?.name ?? []);
  return names.length > 0 ? names.join(", ") : t("where.count", { count: targets.length });
}
