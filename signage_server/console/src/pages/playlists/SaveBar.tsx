import { Button, Group, Paper, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { playlists } from "../../api/endpoints";
import type { PlaylistOut } from "../../api/generated";
import { playlistQuery, playlistsQuery, screensQuery } from "../../api/queries";
import { lengthText } from "../../i18n/dates";
import { sayProblem } from "../../ui/ask";
import { lengthMs, playlistIn } from "./editing";
import { digestsOf, isUnderWay, reach, type WantedBefore } from "./reach";
import type { Editor } from "./useEditor";

const askEveryMs = 2_000;

/** How long the loop is, and the one button: saving is going live. */
export function SaveBar({ playlist, editor }: { playlist: PlaylistOut; editor: Editor }) {
  const { t } = useTranslation();
  const [before, setBefore] = useState<WantedBefore | null>(null);
  const { save, discard } = useSave(playlist, editor, setBefore);
  const count = editor.list.slides.length;
  return (
    <Paper withBorder shadow="md" py="sm" px={{ base: "sm", sm: "lg" }} className="save-bar">
      <Group justify="space-between" gap="xs">
        <div style={{ flex: "1 1 160px" }}>
          <Text fw={600} lh={1.4}>
            {t("playlists.slideCount", { count })} ·{" "}
            {t("playlists.loop", { length: lengthText(lengthMs(editor.list)) })}
          </Text>
          <Text size="sm" c="dimmed" role="status">
            {editor.dirty ? t("playlists.unsaved") : <Reached before={before} playlist={playlist} />}
          </Text>
        </div>
        <Group gap="xs">
          {editor.dirty && (
            <Button variant="subtle" onClick={discard}>
              {t("playlists.discard")}
            </Button>
          )}
          <Button
            disabled={!editor.dirty || !editor.list.name.trim()}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t("playlists.save")}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

function useSave(playlist: PlaylistOut, editor: Editor, onBefore: (before: WantedBefore) => void) {
  const queries = useQueryClient();
  const { queryKey } = playlistQuery(playlist.id);
  const discard = () => {
    editor.discard();
    void queries.invalidateQueries({ queryKey });
  };
  const save = useMutation({
    mutationFn: async () => {
      // Which boards it reaches can only be told when their state before is known; saving does not depend on it.
      onBefore(digestsOf(await queries.ensureQueryData(screensQuery).catch(() => [])));
      return playlists.put({ id: playlist.id, etag: editor.etag }, playlistIn(editor.list));
    },
    onSuccess: (saved) => {
      queries.setQueryData(queryKey, saved);
      editor.discard();
      void queries.invalidateQueries({ queryKey: playlistsQuery.queryKey, exact: true });
    },
    onError: (error) => sayProblem(error, discard),
  });
  return { save, discard };
}

/** “Saved · on 12 of 12 boards”: what boards have proved, not what the server hopes. */
function Reached({ before, playlist }: { before: WantedBefore | null; playlist: PlaylistOut }) {
  const { t } = useTranslation();
  const screens = useQuery({
    ...screensQuery,
    refetchInterval: ({ state }) => before !== null && isUnderWay(before, state.data ?? []) && askEveryMs,
  });
  if (!before)
    return <>{playlist.used_in.length === 0 ? t("playlists.unscheduledHint") : t("playlists.allSaved")}</>;
  const { all, there, away } = reach(screens.data ?? [], before);
  if (all === 0)
    return <>{playlist.used_in.length === 0 ? t("playlists.savedUnscheduled") : t("playlists.saved")}</>;
  const names = away.map((screen) => screen.name).join(", ");
  return (
    <>
      {t("playlists.reached", { there, all })}
      {names && ` · ${t("playlists.away", { names })}`}
    </>
  );
}
