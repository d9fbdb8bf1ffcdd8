import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { AssetOut, PlaylistOut } from "../../api/generated";
import { playlistsQuery } from "../../api/queries";
import { instantText, sizeText } from "../../i18n/dates";

/** The playlists that show it. */
export function usePlaylistsWith(asset: AssetOut): PlaylistOut[] {
  const playlists = useQuery(playlistsQuery);
  return playlists.data?.filter((playlist) => asset.used_in.includes(playlist.id)) ?? [];
}

/** What is said of a slide that no playlist shows: the built-in notice is shown all the same. */
export function unusedText(asset: AssetOut) {
  return asset.built_in ? "library.builtIn" : "library.unused";
}

/** Size, day, and where it is shown. */
export function AssetFacts({ asset }: { asset: AssetOut }) {
  const { t } = useTranslation();
  const used = usePlaylistsWith(asset);
  const facts = [
    t(`kind.${asset.kind}`),
    asset.width && asset.height ? `${asset.width} × ${asset.height}` : null,
    asset.kind === "image" ? sizeText(asset.size_bytes) : null,
    instantText(asset.created_at),
  ];
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        {facts.filter(Boolean).join(" · ")}
      </Text>
      <Group gap={8}>
        <Text size="sm">{used.length > 0 ? t("library.shownIn") : t(unusedText(asset))}</Text>
        {used.map((playlist) => (
          <Anchor key={playlist.id} component={Link} href={`/playlists/${playlist.id}`} size="sm">
            {playlist.name}
          </Anchor>
        ))}
      </Group>
    </Stack>
  );
}
