import { Button, SimpleGrid, Skeleton } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconDeviceTv, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLive, useWatch } from "../../api/live";
import { screensQuery } from "../../api/queries";
import { Nothing } from "../../ui/Nothing";
import { Page } from "../../ui/Page";
import { Trouble } from "../../ui/Trouble";
import { FirstSteps } from "./FirstSteps";
import { PairScreen } from "./PairScreen";
import { ScreenCard } from "./ScreenCard";
import { Summary } from "./Summary";
import { byNeed } from "./state";
import { useClaimLink } from "./useClaimLink";
import { WaitingScreens } from "./WaitingScreens";

const withoutLiveMs = 10_000;

/** Home: every board as it says it is, and those that wait to be taken in. */
export function WallPage() {
  const { t } = useTranslation();
  const live = useLive();
  const screens = useQuery({ ...screensQuery, refetchInterval: live ? false : withoutLiveMs });
  useWatch(null);
  useClaimLink();
  const pair = () =>
    modals.open({ title: t("pair.title"), children: <PairScreen code="" suggestedName="" /> });
  const shown = screens.data && [...screens.data].sort(byNeed);
  return (
    <Page
      title={t("wall.title")}
      lead={shown && shown.length > 0 ? <Summary screens={shown} /> : t("wall.lead")}
      actions={
        <Button leftSection={<IconPlus size={20} />} onClick={pair}>
          {t("wall.add")}
        </Button>
      }
    >
      <FirstSteps />
      <WaitingScreens count={shown?.length ?? 0} />
      {screens.error && <Trouble error={screens.error} onRetry={() => void screens.refetch()} />}
      {shown?.length === 0 && (
        <Nothing icon={IconDeviceTv} title={t("wall.empty")} text={t("wall.emptyHint")}>
          <Button onClick={pair}>{t("wall.add")}</Button>
        </Nothing>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
        {screens.isPending && [1, 2, 3].map((number) => <Skeleton key={number} h={340} radius="lg" />)}
        {shown?.map((screen) => (
          <ScreenCard key={screen.id} screen={screen} />
        ))}
      </SimpleGrid>
    </Page>
  );
}
