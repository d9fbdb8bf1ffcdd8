import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { AssetOut } from "../../api/generated";
import { playlistsQuery } from "../../api/queries";
import { instantText, sizeText } from "../../i18n/dates";

/** Size, day, and where it is shown. */
export function AssetFacts({ asset }: { asset: AssetOut }) {
  const { t } = useTranslation();
  const playlists = useQuery(playlistsQuery);
  const used = playlists.data?.filter((playlist) => asset.used_in.includes(playlist.id)) ?? [];
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
        <Text size="sm">{used.length > 0 ? t("library.shownIn") : t("library.unused")}</Text>
        {used.map((playlist) => (
          <Anchor key={playlist.id} component={Link} href={`/playlists/${playlist.id}`} size="sm">
            {playlist.name}
          </Anchor>
        ))}
      </Group>
    </Stack>
  );
}
