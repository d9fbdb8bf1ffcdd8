import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { schedules } from "../../api/endpoints";
import type { ScheduleOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { scheduleQuery, schedulesQuery } from "../../api/queries";
import { say, sayProblem } from "../../ui/ask";
import { type Draft, scheduleIn } from "./draft";
import type { Asked } from "./Question";

/** Where the server's fields stand in the form. */
const inForm: Record<string, keyof Draft | "targets" | "rrule"> = {
  playlist_id: "playlistId",
  every_ms: "everyMinutes",
  first_day: "firstDay",
  last_day: "lastDay",
  except_days: "exceptDays",
};

interface Wanted {
  schedule: ScheduleOut | null;
  form: Asked;
  /** What the form says, with a name. */
  named: Draft;
  onReload?: (schedule: ScheduleOut) => void;
}

export function useSave({ schedule, form, named, onReload }: Wanted) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const reload = async () => {
    if (!schedule) return;
    onReload?.(await queries.fetchQuery({ ...scheduleQuery(schedule.id), staleTime: 0 }));
  };
  return useMutation({
    mutationFn: () => {
      const body = scheduleIn(named, schedule);
      return schedule ? schedules.put(schedule, body) : schedules.make(body);
    },
    onSuccess: () => {
      say(t("schedules.saved"));
      void queries.invalidateQueries({ queryKey: schedulesQuery.queryKey });
      go("/schedules");
    },
    onError: (error) => {
      const problem = asProblem(error);
      form.setErrors(errorsOf(problem.fields));
      if (problem.isStale) sayProblem(problem, () => void reload());
    },
  });
}

function errorsOf(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([path, detail]) => [inForm[path] ?? path, detail]));
}
