import { Box, Button, Group, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { IconCalendarWeek } from "@tabler/icons-react";
import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import type { WeekGroup, WeekOut } from "../../api/generated";
import { unitsQuery, weekQuery } from "../../api/queries";
import { Nothing } from "../../ui/Nothing";
import { Page } from "../../ui/Page";
import { Trouble } from "../../ui/Trouble";
import { useNow } from "../../ui/useNow";
import { busyHours } from "./calendar";
import { isDay } from "./days";
import { GroupWeek } from "./GroupWeek";
import { type Scale, wholeDay } from "./scale";
import { scalesOf } from "./scales";
import { inWholeMinutes } from "./stretches";
import { tonesOf } from "./tones";
import { useWhatName, WeekControls } from "./WeekControls";
import "./tones.css";
import "./week.css";
import "./agenda.css";
import "./paper.css";
import { asked, rootUnit, wantedOf, whatIn } from "./what";

/** What plays when, from Monday to Sunday, drawn from the plan that the screens hold. */
export default function WeekPage() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const units = useQuery(unitsQuery);
  const what = whatIn(query) ?? rootUnit(units.data ?? []);
  const asks = query.get("day");
  const day = isDay(asks) ? asks : null;
  const week = useInfiniteQuery({
    ...weekQuery(wantedOf(what, day)),
    enabled: what !== null,
    placeholderData: keepPreviousData,
  });
  const more = useMore(week, `${query}`);
  const name = useWhatName(what);
  const drawn = week.data?.pages[0];
  const groups = useMemo(() => groupsOf(week.data?.pages ?? []), [week.data]);
  const tones = useMemo(() => tonesOf(groups.flatMap(schedulesIn)), [groups]);
  const [isBusyOnly, showBusyOnly] = useState(false);
  const busy = useMemo(() => busyHours(groups.flatMap(({ stretches }) => stretches)), [groups]);
  const scales = useMemo(() => scalesOf(groups, isBusyOnly ? busy : wholeDay), [groups, isBusyOnly, busy]);
  usePaperAcross();
  // The server's clock, going on from when it answered: an office computer's own may be wrong.
  const passedMs = useNow() - week.dataUpdatedAt;
  const choose = (change: Parameters<typeof asked>[1]) =>
    setQuery((now) => asked(now, change), { replace: true });
  return (
    <div className="week-paper">
      <Page title={t("week.title")} lead={t("week.lead")}>
        <WeekControls what={what} week={drawn} onChange={choose} />
        <Trouble error={week.error} onRetry={() => void week.refetch()} />
        {week.isPending && !week.error && <Skeleton h={480} radius="lg" />}
        {drawn?.groups_total === 0 && (
          <Nothing icon={IconCalendarWeek} title={t("week.empty")} text={t("week.emptyHint")} />
        )}
        {busy !== wholeDay && (
          <Group className="no-print" justify="flex-end" mb="sm" visibleFrom="sm">
            <SegmentedControl
              aria-label={t("week.hours")}
              data={[
                { value: "whole", label: t("week.hoursWhole") },
                { value: "busy", label: t("week.hoursBusy") },
              ]}
              value={isBusyOnly ? "busy" : "whole"}
              onChange={(value) => showBusyOnly(value === "busy")}
            />
          </Group>
        )}
        <Box opacity={week.isPlaceholderData ? 0.5 : 1} aria-busy={week.isPlaceholderData}>
          {drawn &&
            groups.map((group, index) => (
              <GroupWeek
                key={group.screens.map(({ id }) => id).join()}
                group={group}
                scale={scales[index] as Scale}
                tones={tones}
                days={drawn.days}
                name={name}
                isOnly={drawn.groups_total === 1}
                nowMs={Date.parse(drawn.now) + Math.max(0, passedMs)}
                day={day}
                onDay={(chosen) => choose({ day: chosen })}
              />
            ))}
        </Box>
        {drawn && week.hasNextPage && (
          <Group justify="center" mt="md">
            <Text>{t("week.shownGroups", { shown: groups.length, total: drawn.groups_total })}</Text>
            <Button className="no-print" variant="default" loading={more.isComing} onClick={more.ask}>
              {t("week.moreGroups")}
            </Button>
          </Group>
        )}
      </Page>
    </div>
  );
}

type Pages = Pick<
  UseInfiniteQueryResult<InfiniteData<WeekOut>>,
  "data" | "fetchNextPage" | "hasNextPage" | "isFetching" | "isFetchNextPageError"
>;

/** One more page, whatever comes between: an edit that is told while it is fetched has all asked for anew, without it. */
function useMore(week: Pages, of: string) {
  const [wanted, want] = useState({ of, pages: 1 });
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError } = week;
  const pages = week.data?.pages.length ?? 0;
  const isComing = wanted.of === of && pages < wanted.pages && hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (isComing && !isFetching) void fetchNextPage();
  }, [isComing, isFetching, fetchNextPage]);
  const ask = () => {
    want({ of, pages: pages + 1 });
    if (isFetchNextPageError) void fetchNextPage();
  };
  return { isComing, ask };
}

function groupsOf(pages: readonly WeekOut[]): WeekGroup[] {
  return pages.flatMap((page) =>
    page.groups.map((group) => ({ ...group, stretches: inWholeMinutes(group.stretches) })),
  );
}

/** Colours are given for all the groups of the page at once: a schedule looks the same in each. */
function schedulesIn({ stretches }: WeekGroup): string[] {
  return stretches.flatMap(({ tracks, reminders }) =>
    [...tracks, ...reminders].flatMap(({ schedule_id }) => schedule_id ?? []),
  );
}

/** On paper this page lies across; whatever else stands in the document must ask for no other sheet. */
function usePaperAcross(): void {
  useEffect(() => {
    document.body.classList.add("paper-across");
    return () => document.body.classList.remove("paper-across");
  }, []);
}
