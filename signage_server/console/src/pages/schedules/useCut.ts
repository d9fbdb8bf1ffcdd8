import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { schedules } from "../../api/endpoints";
import type { ScheduleOut } from "../../api/generated";
import { scheduleQuery, schedulesQuery } from "../../api/queries";
import { say, sayProblem } from "../../ui/ask";
import { addressOf, drafts } from "./drafts";
import type { Scope } from "./scopes";

/** Take a day, or what follows, or all of it away from a schedule. */
export function useCut(schedule: ScheduleOut, day: string, onReload: (schedule: ScheduleOut) => void) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const reload = async () =>
    onReload(await queries.fetchQuery({ ...scheduleQuery(schedule.id), staleTime: 0 }));
  return useMutation({
    mutationFn: async (scope: Scope) => {
      if (scope === "all") await schedules.remove(schedule);
      else await schedules.split(schedule, { day, scope, change: null });
      return scope;
    },
    onSuccess: (scope) => {
      drafts.drop(addressOf(schedule.id));
      say(scope === "all" ? t("schedules.deleted", { name: schedule.name }) : t("schedules.saved"));
      void queries.invalidateQueries({ queryKey: schedulesQuery.queryKey });
      go("/schedules");
    },
    onError: (error) => sayProblem(error, () => void reload()),
  });
}
