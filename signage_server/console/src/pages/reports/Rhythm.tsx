import { Group, Loader, Text } from "@mantine/core";
import { IconBellRinging } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { RhythmWanted } from "../../api/endpoints";
import { rhythmQuery } from "../../api/queries";
import { Nothing } from "../../ui/Nothing";
import { Trouble } from "../../ui/Trouble";
import { RhythmTable } from "./RhythmTable";

/** How often reminders came back, against what was promised. */
export function Rhythm({ wanted, isReady }: { wanted: RhythmWanted; isReady: boolean }) {
  const { t } = useTranslation();
  const rhythm = useQuery({ ...rhythmQuery(wanted), enabled: isReady });
  return (
    <>
      <Text mb="md" maw={760}>
        {t("rhythm.lead")}
      </Text>
      <Trouble error={rhythm.error} onRetry={() => void rhythm.refetch()} />
      {rhythm.isLoading && (
        <Group role="status" gap="sm" py="xl">
          <Loader size="sm" />
          <Text>{t("rhythm.loading")}</Text>
        </Group>
      )}
      {rhythm.data?.length === 0 && (
        <Nothing icon={IconBellRinging} title={t("rhythm.empty")} text={t("rhythm.emptyHint")} />
      )}
      {rhythm.data && rhythm.data.length > 0 && <RhythmTable lines={rhythm.data} />}
    </>
  );
}
