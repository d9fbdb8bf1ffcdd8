import { Grid, Skeleton } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { screens as screensApi } from "../../api/endpoints";
import type { ScreenOut } from "../../api/generated";
import { momentQuery, screensQuery } from "../../api/queries";
import { Back } from "../../ui/Back";
import { Nothing } from "../../ui/Nothing";
import { Page } from "../../ui/Page";
import { Trouble } from "../../ui/Trouble";
import { instantText, isPicking, type Moment, momentIn, placeIn } from "./address";
import { MomentControls } from "./MomentControls";
import { Picture } from "./Picture";
import { Proved } from "./Proved";
import { Why } from "./Why";
import { wallAt } from "./zoned";

/** The time machine: what a screen shows at an instant, past or to come, and why. */
export default function MomentPage() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const { screenId, ms } = momentIn(query);
  const [picks] = useState(() => isPicking(window.history.state));
  const screens = useQuery(screensQuery);
  const screen = screens.data?.find(({ id }) => id === screenId);
  const place = placeIn(query);
  const ask = (what: Record<string, string>) =>
    setQuery(place === "week" ? { ...what, from: place } : what, { replace: true });
  const go = (moment: Moment) => ask({ screen: moment.screenId, time: instantText(moment.ms) });
  const now = (id: string) => ask({ screen: id });
  const week = `/week?${new URLSearchParams({
    ...(screen && { screen: screen.id }),
    ...(screen && ms !== null && { day: wallAt(ms, screen.zone).day }),
  })}`;
  return (
    <>
      <Back href={place === "week" ? week : "/"} label={t(`places.${place}`)} />
      <Page title={t("moment.title")} lead={t("moment.lead")}>
        <MomentControls
          screens={screens.data ?? []}
          screen={screen}
          ms={ms}
          picks={picks}
          onGo={go}
          onNow={now}
        />
        <Trouble error={screens.error} onRetry={() => void screens.refetch()} />
        {screens.isPending && !screens.error && <Skeleton h={360} radius="lg" />}
        {screens.data && !screen && (
          <Nothing icon={IconHistory} title={t("moment.noScreen")} text={t("moment.noScreenHint")} />
        )}
        {screen && (ms === null ? <Now screen={screen} onGo={go} /> : <Answer screen={screen} ms={ms} />)}
      </Page>
    </>
  );
}

/** Whoever came without an instant means now, by the server's clock; then the address names it and can be sent on. */
function Now({ screen, onGo }: { screen: ScreenOut; onGo: (moment: Moment) => void }) {
  const queries = useQueryClient();
  const at = useQuery({
    queryKey: ["moment", screen.id, "now"],
    queryFn: () => screensApi.at(screen.id),
    gcTime: 0,
  });
  useEffect(() => {
    if (!at.data) return;
    const ms = Date.parse(at.data.time);
    queries.setQueryData(momentQuery(screen.id, instantText(ms)).queryKey, at.data);
    onGo({ screenId: screen.id, ms });
  });
  if (at.error) return <Trouble error={at.error} onRetry={() => void at.refetch()} />;
  return <Skeleton h={360} radius="lg" />;
}

/** On a phone the answer comes first and the picture below it; a desk has room for both. */
function Answer({ screen, ms }: { screen: ScreenOut; ms: number }) {
  const at = useQuery({ ...momentQuery(screen.id, instantText(ms)), placeholderData: keepPreviousData });
  if (at.error) return <Trouble error={at.error} onRetry={() => void at.refetch()} />;
  if (!at.data) return <Skeleton h={360} radius="lg" />;
  return (
    <Grid gap="xl" aria-busy={at.isPlaceholderData}>
      <Grid.Col span={{ base: 12, lg: 5 }} order={{ lg: 2 }}>
        <Why at={at.data} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Picture screen={screen} at={at.data} />
        <Proved screen={screen} at={at.data} />
      </Grid.Col>
    </Grid>
  );
}
