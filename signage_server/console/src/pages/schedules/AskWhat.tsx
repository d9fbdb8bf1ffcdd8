import { Group, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { playlistsQuery } from "../../api/queries";
import { lengthText } from "../../i18n/dates";
import { Thumb } from "../../ui/Thumb";
import type { Asked } from "./Question";

export function AskWhat({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const playlists = useQuery(playlistsQuery);
  const chosen = playlists.data?.find((playlist) => playlist.id === form.values.playlistId);
  return (
    <Stack>
      <Select
        label={t("ask.playlist")}
        placeholder={t("ask.playlistPlaceholder")}
        searchable
        data={playlists.data?.map((playlist) => ({ value: playlist.id, label: playlist.name })) ?? []}
        nothingFoundMessage={t("playlists.empty")}
        {...form.getInputProps("playlistId")}
      />
      {chosen && (
        <Group gap="xs">
          {chosen.slides.slice(0, 4).map((slide) => (
            <Thumb key={slide.id} url={slide.thumbnail_url} alt="" width={96} />
          ))}
          <Text size="sm" c="dimmed">
            {t("playlists.slideCount", { count: chosen.slides.length })} ·{" "}
            {t("playlists.loop", { length: lengthText(chosen.length_ms) })}
          </Text>
        </Group>
      )}
    </Stack>
  );
}
