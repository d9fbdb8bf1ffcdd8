import { Button, Group, Select, Skeleton, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { units } from "../../api/endpoints";
import type { UnitOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { playlistsQuery, unitsQuery } from "../../api/queries";
import { say, sayProblem } from "../../ui/ask";
import { Trouble } from "../../ui/Trouble";

/** The root unit: the name at the head of everything, and what plays where nothing is scheduled. */
export function UnitForm() {
  const all = useQuery(unitsQuery);
  const root = all.data?.find((unit) => unit.parent_id === null);
  if (all.error) return <Trouble error={all.error} onRetry={() => void all.refetch()} />;
  return root ? <Filled key={root.etag} unit={root} /> : <Skeleton h={160} />;
}

function Filled({ unit }: { unit: UnitOut }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const playlists = useQuery(playlistsQuery);
  const form = useForm({
    validate: { name: (name) => (name.trim() ? null : t("do.needed")) },
    initialValues: { name: unit.name, fallback_playlist_id: unit.fallback_playlist_id },
  });
  const refresh = () => void queries.invalidateQueries({ queryKey: unitsQuery.queryKey });
  const save = useMutation({
    mutationFn: () => units.patch(unit, form.values),
    onSuccess: () => {
      say(t("do.saved"));
      refresh();
    },
    onError: (error) => {
      form.setErrors({ ...asProblem(error).fields });
      sayProblem(error, refresh);
    },
  });
  return (
    <form onSubmit={form.onSubmit(() => save.mutate())} noValidate>
      <Stack>
        <TextInput label={t("settings.unitName")} maxLength={200} {...form.getInputProps("name")} />
        <Select
          label={t("settings.fallback")}
          description={t("settings.fallbackHint")}
          placeholder={t("settings.fallbackNone")}
          clearable
          searchable
          data={playlists.data?.map((playlist) => ({ value: playlist.id, label: playlist.name })) ?? []}
          {...form.getInputProps("fallback_playlist_id")}
        />
        <Group>
          <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
            {t("do.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
