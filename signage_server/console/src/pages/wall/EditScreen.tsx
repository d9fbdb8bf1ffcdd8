import { Button, Group, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { modals } from "@mantine/modals";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { screens } from "../../api/endpoints";
import type { ScreenOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { playlistsQuery, screensQuery, tagsQuery } from "../../api/queries";
import { say, sayProblem } from "../../ui/ask";
import { Trouble } from "../../ui/Trouble";
import { tagError, tagsMost, tidyTags } from "./tags";

export function EditScreen({ screen }: { screen: ScreenOut }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const playlists = useQuery(playlistsQuery);
  const known = useQuery(tagsQuery);
  const form = useForm({
    validate: { name: (name) => (name.trim() ? null : t("do.needed")) },
    initialValues: {
      name: screen.name,
      place: screen.place,
      fallback_playlist_id: screen.fallback_playlist_id,
      tags: screen.tags,
    },
  });
  const refresh = () => {
    for (const { queryKey } of [screensQuery, tagsQuery]) void queries.invalidateQueries({ queryKey });
  };
  const save = useMutation({
    mutationFn: () => screens.patch(screen, form.values),
    onSuccess: () => {
      say(t("do.saved"));
      refresh();
      modals.closeAll();
    },
    onError: (error) => {
      form.setErrors({ ...asProblem(error).fields });
      if (!asProblem(error).isStale) return;
      refresh();
      modals.closeAll();
      sayProblem(error, refresh);
    },
  });
  return (
    <form onSubmit={form.onSubmit(() => save.mutate())} noValidate>
      <Stack>
        <TextInput label={t("screen.name")} maxLength={200} data-autofocus {...form.getInputProps("name")} />
        <TextInput
          label={t("screen.place")}
          placeholder={t("pair.placeHint")}
          maxLength={200}
          {...form.getInputProps("place")}
        />
        <TagsInput
          label={t("screen.tags")}
          description={t("screen.tagsHint")}
          placeholder={form.values.tags.length === 0 ? t("screen.tagsPlaceholder") : undefined}
          data={known.data?.map(({ tag }) => tag) ?? []}
          maxTags={tagsMost}
          acceptValueOnBlur
          clearable
          {...form.getInputProps("tags")}
          onChange={(tags) => form.setFieldValue("tags", tidyTags(tags))}
          error={tagError(form.errors)}
        />
        <Select
          label={t("screen.fallback")}
          description={t("screen.fallbackHint")}
          placeholder={t("screen.fallbackNone")}
          clearable
          data={playlists.data?.map((playlist) => ({ value: playlist.id, label: playlist.name })) ?? []}
          {...form.getInputProps("fallback_playlist_id")}
        />
        <Trouble error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t("do.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
