import { ActionIcon, Menu } from "@mantine/core";
import { modals } from "@mantine/modals";
import {
  IconDots,
  IconEye,
  IconHandFinger,
  IconHelpCircle,
  IconHistory,
  IconPencil,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { screens } from "../../api/endpoints";
import type { CommandsOut, ScreenOut } from "../../api/generated";
import { screensQuery } from "../../api/queries";
import { askToDelete, say, sayProblem } from "../../ui/ask";
import { momentOf, picking } from "../moment/address";
import { EditScreen } from "./EditScreen";
import { ScreenPreview } from "./ScreenPreview";
import { openShowNow } from "./ShowNow";

export function ScreenMenu({ screen }: { screen: ScreenOut }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { identify, reload, remove } = useActions(screen);
  const edit = () => modals.open({ title: t("screen.edit"), children: <EditScreen screen={screen} /> });
  const preview = () =>
    modals.open({
      title: t("screen.previewTitle", { name: screen.name }),
      size: "xl",
      children: <ScreenPreview screen={screen} />,
    });
  const ask = () =>
    askToDelete(t("screen.deleteAsk", { name: screen.name }), t("screen.deleteHint"), () => remove.mutate());
  const items = [
    { icon: IconEye, label: t("screen.preview"), onClick: preview },
    { icon: IconHelpCircle, label: t("moment.whyNow"), onClick: () => go(momentOf(screen.id)) },
    {
      icon: IconHistory,
      label: t("moment.other"),
      onClick: () => go(momentOf(screen.id), { state: picking }),
    },
    { icon: IconPlayerPlay, label: t("showNow.choose"), onClick: () => openShowNow({ screen }) },
    { icon: IconHandFinger, label: t("screen.identify"), onClick: () => identify.mutate() },
    { icon: IconPencil, label: t("screen.edit"), onClick: edit },
    { icon: IconRefresh, label: t("screen.reload"), onClick: () => reload.mutate() },
  ];
  return (
    <Menu width={250}>
      <Menu.Target>
        <ActionIcon aria-label={t("screen.menu", { name: screen.name })} mt={-6} mr={-8}>
          <IconDots size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((item) => (
          <Menu.Item key={item.label} mih={44} leftSection={<item.icon size={18} />} onClick={item.onClick}>
            {item.label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item mih={44} color="red" leftSection={<IconTrash size={18} />} onClick={ask}>
          {t("screen.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useActions(screen: ScreenOut) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: screensQuery.queryKey });
  const told = (done: string) => ({
    onSuccess: ({ sent }: CommandsOut) =>
      say(sent.length > 0 ? done : t("screen.unreachable", { name: screen.name })),
    onError: (error: Error) => sayProblem(error),
  });
  return {
    identify: useMutation({ mutationFn: () => screens.identify(screen.id), ...told(t("screen.identified")) }),
    reload: useMutation({ mutationFn: () => screens.reload(screen.id), ...told(t("screen.reloaded")) }),
    remove: useMutation({
      mutationFn: () => screens.remove(screen),
      onSuccess: () => {
        say(t("screen.deleted", { name: screen.name }));
        refresh();
      },
      onError: (error) => sayProblem(error, refresh),
    }),
  };
}
