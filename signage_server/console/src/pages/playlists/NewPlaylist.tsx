import { Button, Group, Stack, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { playlists } from "../../api/endpoints";
import { playlistQuery, playlistsQuery } from "../../api/queries";
import { Trouble } from "../../ui/Trouble";

export function NewPlaylist() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const make = useMutation({
    mutationFn: () => playlists.make({ name: name.trim(), slides: [] }),
    onSuccess: (playlist) => {
      queries.setQueryData(playlistQuery(playlist.id).queryKey, playlist);
      void queries.invalidateQueries({ queryKey: playlistsQuery.queryKey });
      modals.closeAll();
      go(`/playlists/${playlist.id}`);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t("playlists.name")}
          placeholder={t("playlists.namePlaceholder")}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Trouble error={make.error} />
        <Group justify="flex-end">
          <Button type="submit" disabled={!name.trim()} loading={make.isPending}>
            {t("playlists.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
