import { Box, Skeleton } from "@mantine/core";
import { IconCalendarWeek } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { unitsQuery, weekQuery } from "../../api/queries";
import { Nothing } from "../../ui/Nothing";
import { Page } from "../../ui/Page";
import { Trouble } from "../../ui/Trouble";
import { useNow } from "../../ui/useNow";
import { isDay } from "./days";
import { GroupWeek } from "./GroupWeek";
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
  const week = useQuery({
    ...weekQuery(wantedOf(what, day)),
    enabled: what !== null,
    placeholderData: keepPreviousData,
  });
  const name = useWhatName(what);
  usePaperAcross();
  // The server's clock, going on from when it answered: an office computer's own may be wrong.
  const passedMs = useNow() - week.dataUpdatedAt;
  const choose = (change: Parameters<typeof asked>[1]) =>
    setQuery((now) => asked(now, change), { replace: true });
  return (
    <div className="week-paper">
      <Page title={t("week.title")} lead={t("week.lead")}>
        <WeekControls what={what} week={week.data} onChange={choose} />
        <Trouble error={week.error} onRetry={() => void week.refetch()} />
        {week.isPending && !week.error && <Skeleton h={480} radius="lg" />}
        {week.data?.groups.length === 0 && (
          <Nothing icon={IconCalendarWeek} title={t("week.empty")} text={t("week.emptyHint")} />
        )}
        <Box opacity={week.isPlaceholderData ? 0.5 : 1} aria-busy={week.isPlaceholderData}>
          {week.data?.groups.map((group) => (
            <GroupWeek
              key={group.screens.map(({ id }) => id).join()}
              group={group}
              days={week.data.days}
              name={name}
              isOnly={week.data.groups.length === 1}
              nowMs={Date.parse(week.data.now) + Math.max(0, passedMs)}
              day={day}
              onDay={(chosen) => choose({ day: chosen })}
            />
          ))}
        </Box>
      </Page>
    </div>
  );
}

/** On paper this page lies across; whatever else stands in the document must ask for no other sheet. */
function usePaperAcross(): void {
  useEffect(() => {
    document.body.classList.add("paper-across");
    return () => document.body.classList.remove("paper-across");
  }, []);
}
