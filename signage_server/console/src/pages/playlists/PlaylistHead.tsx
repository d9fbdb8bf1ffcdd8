import { ActionIcon, Anchor, Button, Group, Menu, TextInput, VisuallyHidden } from "@mantine/core";
import { modals } from "@mantine/modals";
import {
  IconCalendarPlus,
  IconChevronLeft,
  IconDots,
  IconEye,
  IconPlayerPlay,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { playlists } from "../../api/endpoints";
import type { PlaylistOut } from "../../api/generated";
import { playlistQuery, playlistsQuery } from "../../api/queries";
import { askToDelete, say, sayProblem } from "../../ui/ask";
import { openShowNow } from "../wall/ShowNow";
import { PlaylistPreview } from "./PlaylistPreview";
import type { Editor } from "./useEditor";

export function PlaylistHead({ playlist, editor }: { playlist: PlaylistOut; editor: Editor }) {
  const { t } = useTranslation();
  const empty = playlist.slides.length === 0;
  const preview = () =>
    modals.open({
      title: playlist.name,
      size: "xl",
      children: <PlaylistPreview playlist={playlist} dirty={editor.dirty} />,
    });
  return (
    <>
      <Anchor component={Link} href="/playlists" size="sm" display="inline-flex" mih={32}>
        <Group gap={2}>
          <IconChevronLeft size={18} aria-hidden />
          {t("playlists.title")}
        </Group>
      </Anchor>
      <Group mb="lg" mt={4} gap="sm">
        <VisuallyHidden component="h1">{playlist.name}</VisuallyHidden>
        <TextInput
          aria-label={t("playlists.name")}
          flex="1 1 280px"
          size="lg"
          maxLength={200}
          styles={{ input: { fontWeight: 600, fontSize: "1.375rem" } }}
          value={editor.list.name}
          onChange={({ currentTarget: { value: name } }) => editor.change((list) => ({ ...list, name }))}
        />
        <Button variant="default" leftSection={<IconEye size={20} />} disabled={empty} onClick={preview}>
          {t("playlists.preview")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={20} />}
          disabled={empty}
          onClick={() => openShowNow({ playlistId: playlist.id, name: playlist.name })}
        >
          {t("showNow.do")}
        </Button>
        <Button
          variant="light"
          leftSection={<IconCalendarPlus size={20} />}
          component={Link}
          href={`/schedules/new?playlist=${playlist.id}`}
        >
          {t("playlists.schedule")}
        </Button>
        <MoreMenu playlist={playlist} editor={editor} />
      </Group>
    </>
  );
}

function MoreMenu({ playlist, editor }: { playlist: PlaylistOut; editor: Editor }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => playlists.remove(playlist),
    onSuccess: () => {
      editor.discard();
      say(t("playlists.deleted", { name: playlist.name }));
      void queries.invalidateQueries({ queryKey: playlistsQuery.queryKey, exact: true });
      go("/playlists", { replace: true });
    },
    onError: (error) => sayProblem(error, () => void queries.invalidateQueries(playlistQuery(playlist.id))),
  });
  const ask = () =>
    askToDelete(t("playlists.deleteAsk", { name: playlist.name }), t("playlists.deleteHint"), () =>
      remove.mutate(),
    );
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={t("app.more")} variant="default">
          <IconDots size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item mih={44} color="red" leftSection={<IconTrash size={18} />} onClick={ask}>
          {t("do.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
