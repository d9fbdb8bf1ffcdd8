import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { schedules } from "../../api/endpoints";
import type { ScheduleOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { scheduleQuery, schedulesQuery } from "../../api/queries";
import { say, sayProblem } from "../../ui/ask";
import type { Draft } from "./draft";
import type { Asked } from "./Question";
import { bodyFor, type Scope } from "./scopes";

/** Where the server's fields stand in the form. */
const inForm: Record<string, keyof Draft> = {
  playlist_id: "playlistId",
  every_ms: "everyMinutes",
  share_permille: "sharePercent",
  first_day: "firstDay",
  last_day: "lastDay",
  rrule: "repeat",
  except_days: "exceptDays",
  extra_days: "extraDays",
  only_sets: "onlySets",
  include_sets: "includeSets",
  exclude_sets: "excludeSets",
};

interface Wanted {
  schedule: ScheduleOut | null;
  scope: Scope;
  form: Asked;
  /** What the form says, with a name. */
  named: Draft;
  onReload: (schedule: ScheduleOut) => void;
  onSaved: () => void;
}

export function useSave({ schedule, scope, form, named, onReload, onSaved }: Wanted) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const reload = async () => {
    if (!schedule) return;
    onReload(await queries.fetchQuery({ ...scheduleQuery(schedule.id), staleTime: 0 }));
  };
  return useMutation({
    mutationFn: () => send(named, schedule, scope),
    onSuccess: () => {
      say(t("schedules.saved"));
      void queries.invalidateQueries({ queryKey: schedulesQuery.queryKey });
      onSaved();
    },
    onError: (error) => {
      const problem = asProblem(error);
      form.setErrors(errorsOf(problem.fields));
      if (problem.isStale) sayProblem(problem, () => void reload());
    },
  });
}

async function send(draft: Draft, schedule: ScheduleOut | null, scope: Scope): Promise<void> {
  const change = bodyFor(draft, schedule, scope);
  if (!schedule) await schedules.make(change);
  else if (scope === "all") await schedules.put(schedule, change);
  else await schedules.split(schedule, { day: draft.firstDay ?? "", scope, change });
}

/** Sentences by the form's fields: `except_days.3` stands at the days that are left out, `change.name` at the name. */
export function errorsOf(fields: Readonly<Record<string, string>>): Record<string, string> {
  const placed = Object.entries(fields).map(([path, detail]) => {
    const [head = "", ...rest] = path.replace(/^change\./, "").split(".");
    const field = inForm[head];
    return [field ?? [head, ...rest].join("."), detail];
  });
  return Object.fromEntries(placed);
}
