import { Center, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { screens } from "../../api/endpoints";
import type { ScreenOut } from "../../api/generated";
import { PlayerStage } from "../../ui/PlayerStage";
import { Trouble } from "../../ui/Trouble";
import { ratioOf } from "./state";

/** What the plan says for this board right now, played by the player itself. */
export function ScreenPreview({ screen }: { screen: ScreenOut }) {
  const { t } = useTranslation();
  const manifest = useQuery({
    queryKey: ["screens", screen.id, "manifest", screen.wanted_digest],
    queryFn: () => screens.manifest(screen.id),
  });
  return (
    <Stack>
      <Text c="dimmed">{t("screen.previewHint")}</Text>
      <Trouble error={manifest.error} onRetry={() => void manifest.refetch()} />
      {manifest.isPending && (
        <Center h={240}>
          <Loader />
        </Center>
      )}
      {manifest.data && (
        <PlayerStage manifest={manifest.data} ratio={ratioOf(screen.profile)} title={screen.name} />
      )}
    </Stack>
  );
}
