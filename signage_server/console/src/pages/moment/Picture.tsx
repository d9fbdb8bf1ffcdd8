import { Box, Center, Group, Skeleton, Text } from "@mantine/core";
import { IconCalendarTime, IconCheck, IconQuestionMark } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AtOut, ScreenOut } from "../../api/generated";
import { momentManifestQuery } from "../../api/queries";
import { PlayerStage } from "../../ui/PlayerStage";
import { Trouble } from "../../ui/Trouble";
import { ratioOf } from "../wall/state";

const icons = { planned: IconCalendarTime, proved: IconCheck, unknown: IconQuestionMark } as const;

/** The picture that hangs there at the instant, put there by the player itself, and how sure that is. */
export function Picture({ screen, at }: { screen: ScreenOut; at: AtOut }) {
  const manifest = useQuery({
    ...momentManifestQuery(screen.id, at.time, at.digest),
    enabled: at.digest !== null,
  });
  const ratio = ratioOf(screen.profile);
  return (
    <Box>
      {at.digest === null && <NoPicture ratio={ratio} />}
      {manifest.isLoading && <Skeleton h={320} />}
      <Trouble error={manifest.error} onRetry={() => void manifest.refetch()} />
      {manifest.data && (
        <PlayerStage
          manifest={manifest.data.text}
          ratio={ratio}
          title={at.play?.asset_name ?? screen.name}
          atMs={Date.parse(at.time)}
        />
      )}
      <Basis basis={at.basis} />
    </Box>
  );
}

function NoPicture({ ratio }: { ratio: number }) {
  const { t } = useTranslation();
  return (
    <Center
      bg="var(--wall)"
      bdrs="md"
      p="lg"
      mx="auto"
      w={`min(100%, calc(68dvh * ${ratio}))`}
      style={{ aspectRatio: ratio }}
    >
      <Text ta="center">{t("moment.noPicture")}</Text>
    </Center>
  );
}

function Basis({ basis }: { basis: AtOut["basis"] }) {
  const { t } = useTranslation();
  const Icon = icons[basis];
  return (
    <Group gap="xs" justify="center" mt="sm" wrap="nowrap">
      <Icon size={20} aria-hidden />
      <Text>{t(`moment.basis.${basis}`)}</Text>
    </Group>
  );
}
