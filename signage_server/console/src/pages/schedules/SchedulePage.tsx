import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "wouter";
import type { ScheduleOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { scheduleQuery, serverQuery } from "../../api/queries";
import { NotFound } from "../../shell/NotFound";
import { Trouble } from "../../ui/Trouble";
import { dayIn } from "./civil";
import { draftOf, emptyDraft } from "./draft";
import { importedDraft, markTaken } from "./imported";
import { partName } from "./naming";
import { ScheduleForm } from "./ScheduleForm";
import { ScopeChooser } from "./ScopeChooser";
import { draftFor, readScope, repeats, type Scope } from "./scopes";

export default function SchedulePage({ id }: { id: string }) {
  return id === "new" ? <NewSchedule /> : <OldSchedule id={id} />;
}

function NewSchedule() {
  const [query] = useSearchParams();
  const server = useQuery(serverQuery);
  const imported = query.get("imported");
  if (server.isPending) return <Skeleton h={420} radius="lg" />;
  const today = dayIn(server.data?.timezone, Date.now());
  const found = imported === null ? null : importedDraft(Number(imported), emptyDraft(today, null));
  if (found && imported !== null) return <Imported index={Number(imported)} initial={found} />;
  return <ScheduleForm schedule={null} initial={emptyDraft(today, query.get("playlist"))} />;
}

function Imported({ index, initial }: { index: number; initial: ReturnType<typeof emptyDraft> }) {
  const [, go] = useLocation();
  const done = () => {
    markTaken(index);
    go("/schedules/import");
  };
  return <ScheduleForm schedule={null} initial={initial} onSaved={done} />;
}

function OldSchedule({ id }: { id: string }) {
  const schedule = useQuery(scheduleQuery(id));
  if (schedule.data) return <Opened schedule={schedule.data} />;
  if (schedule.error && asProblem(schedule.error).status === 404) return <NotFound />;
  if (schedule.error) return <Trouble error={schedule.error} onRetry={() => void schedule.refetch()} />;
  return <Skeleton h={420} radius="lg" />;
}

// The form keeps the state it began with: an edit by somebody else meanwhile must be noticed when saving.
function Opened({ schedule }: { schedule: ScheduleOut }) {
  const { t } = useTranslation();
  const [opened, open] = useState(schedule);
  const [query] = useSearchParams();
  const { day, scope } = readScope(query);
  if (day && !scope && repeats(opened)) return <ScopeChooser schedule={opened} day={day} onReload={open} />;
  const wanted = day && scope ? scope : "all";
  const part = (scope: Scope, day: string) => ({
    ...draftFor(opened, scope, day),
    name: partName(t, opened.name, scope, day),
  });
  return (
    <ScheduleForm
      key={`${opened.etag} ${wanted} ${day}`}
      schedule={opened}
      scope={wanted}
      initial={day ? part(wanted, day) : draftOf(opened)}
      onReload={open}
    />
  );
}
