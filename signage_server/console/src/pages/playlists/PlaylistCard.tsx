import { Anchor, Badge, Card, Group, SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { PlaylistOut } from "../../api/generated";
import { lengthText } from "../../i18n/dates";
import { Thumb } from "../../ui/Thumb";
import { drafts } from "./drafts";

const shownFirst = 4;

export function PlaylistCard({ playlist }: { playlist: PlaylistOut }) {
  const { t } = useTranslation();
  const first = playlist.slides.slice(0, shownFirst);
  return (
    <Anchor component={Link} href={`/playlists/${playlist.id}`} c="inherit" underline="never" className="far">
      <Card p="lg" h="100%" className="lifts">
        <SimpleGrid cols={shownFirst} spacing="xs" mb="md">
          {first.map((slide) => (
            <Thumb key={slide.id} url={slide.thumbnail_url} alt="" ratio={4 / 3} />
          ))}
          {first.length === 0 && <Thumb url={null} alt="" ratio={4 / 3} />}
        </SimpleGrid>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Text fw={600} fz="lg" lh={1.35}>
            {playlist.name}
          </Text>
          {playlist.used_in.length > 0 ? (
            <Badge variant="light" color="teal" tt="none" fw={500} size="lg">
              {t("playlists.scheduled", { count: playlist.used_in.length })}
            </Badge>
          ) : (
            <Badge variant="light" color="gray" tt="none" fw={500} size="lg">
              {t("playlists.unscheduled")}
            </Badge>
          )}
        </Group>
        {drafts.isUnsaved(playlist.id) && (
          <Text size="sm" fw={500} c="var(--unsure)" mt={4}>
            {t("playlists.unsaved")}
          </Text>
        )}
        <Text c="dimmed" size="sm" mt={4}>
          {t("playlists.slideCount", { count: playlist.slides.length })} ·{" "}
          {t("playlists.loop", { length: lengthText(playlist.length_ms) })}
        </Text>
      </Card>
    </Anchor>
  );
}
