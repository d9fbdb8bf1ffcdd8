import { Grid, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { PlaylistOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { playlistQuery } from "../../api/queries";
import { NotFound } from "../../shell/NotFound";
import { Trouble } from "../../ui/Trouble";
import { AddSlides } from "./AddSlides";
import { PlaylistHead } from "./PlaylistHead";
import { SaveBar } from "./SaveBar";
import { SlideList } from "./SlideList";
import { useEditor } from "./useEditor";

export default function PlaylistPage({ id }: { id: string }) {
  const playlist = useQuery(playlistQuery(id));
  if (playlist.data) return <Opened key={id} playlist={playlist.data} />;
  if (playlist.error && asProblem(playlist.error).status === 404) return <NotFound />;
  if (playlist.error) return <Trouble error={playlist.error} onRetry={() => void playlist.refetch()} />;
  return (
    <Stack>
      <Skeleton h={44} w={320} />
      <Skeleton h={320} radius="lg" />
    </Stack>
  );
}

function Opened({ playlist }: { playlist: PlaylistOut }) {
  const editor = useEditor(playlist);
  return (
    <>
      <PlaylistHead playlist={playlist} editor={editor} />
      <Grid gap={{ base: "md", md: "xl" }}>
        <Grid.Col span={{ base: 12, md: 8 }} order={{ base: 2, md: 1 }}>
          <SlideList playlist={playlist} editor={editor} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }} order={{ base: 1, md: 2 }}>
          <AddSlides editor={editor} />
        </Grid.Col>
      </Grid>
      <SaveBar playlist={playlist} editor={editor} />
    </>
  );
}
