import { Center, Loader, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { playlists } from "../../api/endpoints";
import type { PlaylistOut } from "../../api/generated";
import { PlayerStage } from "../../ui/PlayerStage";
import { Trouble } from "../../ui/Trouble";

const shapes = {
  landscape: { profile: "1920x1080", ratio: 16 / 9 },
  portrait: { profile: "1080x1920", ratio: 9 / 16 },
} as const;

/** The saved playlist, played by the player itself on a board of either shape. */
export function PlaylistPreview({ playlist, dirty }: { playlist: PlaylistOut; dirty: boolean }) {
  const { t } = useTranslation();
  const [shape, setShape] = useState<keyof typeof shapes>("landscape");
  const { profile, ratio } = shapes[shape];
  const manifest = useQuery({
    queryKey: ["playlists", playlist.id, "manifest", profile, playlist.etag],
    queryFn: () => playlists.manifest(playlist.id, profile),
  });
  return (
    <Stack>
      <SegmentedControl
        aria-label={t("compose.shape")}
        data={(["landscape", "portrait"] as const).map((value) => ({ value, label: t(`shape.${value}`) }))}
        value={shape}
        onChange={setShape}
      />
      {dirty && (
        <Text size="sm" c="dimmed" ta="center">
          {t("playlists.previewSaved")}
        </Text>
      )}
      <Trouble error={manifest.error} onRetry={() => void manifest.refetch()} />
      {manifest.isPending && (
        <Center h={240}>
          <Loader />
        </Center>
      )}
      {manifest.data && (
        <PlayerStage key={profile} manifest={manifest.data} ratio={ratio} title={t("playlists.preview")} />
      )}
    </Stack>
  );
}
