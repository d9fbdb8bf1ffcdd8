import { ActionIcon, Group, Menu } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconCalendarEvent, IconDots, IconDownload, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { schedules } from "../../api/endpoints";
import type { ScheduleOut } from "../../api/generated";
import { schedulesQuery } from "../../api/queries";
import { askToDelete, say, sayProblem } from "../../ui/ask";
import { AskDay } from "./AskDay";
import { addressOf, drafts } from "./drafts";
import { repeats } from "./scopes";

/** What can be done with a schedule: edit it, change one of its days, take it elsewhere, delete it. */
export function ScheduleMenu({ schedule }: { schedule: ScheduleOut }) {
  const { t } = useTranslation();
  const { name } = schedule;
  const remove = useRemove(schedule);
  const askDelete = () =>
    askToDelete(t("schedules.deleteAsk", { name }), t("schedules.deleteHint"), () => remove.mutate());
  const askDay = () =>
    modals.open({ title: t("scope.askDay", { name }), children: <AskDay schedule={schedule} /> });
  return (
    <Group gap={0} wrap="nowrap" mt={-6} mr={-8}>
      <ActionIcon
        component={Link}
        href={`/schedules/${schedule.id}`}
        aria-label={t("schedules.edit", { name })}
      >
        <IconPencil size={20} />
      </ActionIcon>
      <Menu width={260}>
        <Menu.Target>
          <ActionIcon aria-label={t("schedules.menu", { name })} loading={remove.isPending}>
            <IconDots size={22} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {repeats(schedule) && (
            <Menu.Item mih={44} leftSection={<IconCalendarEvent size={18} />} onClick={askDay}>
              {t("scope.askDayDo")}
            </Menu.Item>
          )}
          <Menu.Item
            component="a"
            href={schedules.ics(schedule.id)}
            download
            mih={44}
            leftSection={<IconDownload size={18} />}
          >
            {t("ics.download")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item mih={44} color="red" leftSection={<IconTrash size={18} />} onClick={askDelete}>
            {t("schedules.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function useRemove(schedule: ScheduleOut) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: schedulesQuery.queryKey });
  return useMutation({
    mutationFn: () => schedules.remove(schedule),
    onSuccess: () => {
      drafts.drop(addressOf(schedule.id));
      say(t("schedules.deleted", { name: schedule.name }));
      refresh();
    },
    onError: (error) => sayProblem(error, refresh),
  });
}
