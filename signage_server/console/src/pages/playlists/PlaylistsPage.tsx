import { Button, SimpleGrid, Skeleton, Stack } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconPlaylistAdd, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { assetsQuery, playlistsQuery } from "../../api/queries";
import { Nothing } from "../../ui/Nothing";
import { Page } from "../../ui/Page";
import { Trouble } from "../../ui/Trouble";
import { NewPlaylist } from "./NewPlaylist";
import { PlaylistCard } from "./PlaylistCard";

export default function PlaylistsPage() {
  const { t } = useTranslation();
  const playlists = useQuery(playlistsQuery);
  useQuery(assetsQuery);
  const begin = () => modals.open({ title: t("playlists.newTitle"), children: <NewPlaylist /> });
  return (
    <Page
      title={t("playlists.title")}
      lead={t("playlists.lead")}
      actions={
        <Button leftSection={<IconPlus size={20} />} onClick={begin}>
          {t("playlists.new")}
        </Button>
      }
    >
      {playlists.error && <Trouble error={playlists.error} onRetry={() => void playlists.refetch()} />}
      {playlists.isPending && (
        <Stack>
          <Skeleton h={120} radius="lg" />
          <Skeleton h={120} radius="lg" />
        </Stack>
      )}
      {playlists.data?.length === 0 && (
        <Nothing icon={IconPlaylistAdd} title={t("playlists.empty")} text={t("playlists.emptyHint")}>
          <Button onClick={begin}>{t("playlists.new")}</Button>
        </Nothing>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {playlists.data?.map((playlist) => (
          <PlaylistCard key={playlist.id} playlist={playlist} />
        ))}
      </SimpleGrid>
    </Page>
  );
}
