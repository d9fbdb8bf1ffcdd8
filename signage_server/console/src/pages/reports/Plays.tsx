import { Skeleton } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PlaysWanted } from "../../api/endpoints";
import { playsQuery } from "../../api/queries";
import { Nothing } from "../../ui/Nothing";
import { Trouble } from "../../ui/Trouble";
import { PlaysTable } from "./PlaysTable";

/** Proof of play. */
export function Plays({ wanted, isReady }: { wanted: PlaysWanted; isReady: boolean }) {
  const { t } = useTranslation();
  const plays = useQuery({ ...playsQuery(wanted), enabled: isReady });
  return (
    <>
      <Trouble error={plays.error} onRetry={() => void plays.refetch()} />
      {plays.isLoading && <Skeleton h={240} radius="lg" />}
      {plays.data?.length === 0 && (
        <Nothing icon={IconChartBar} title={t("reports.empty")} text={t("reports.emptyHint")} />
      )}
      {plays.data && plays.data.length > 0 && <PlaysTable plays={plays.data} />}
    </>
  );
}
