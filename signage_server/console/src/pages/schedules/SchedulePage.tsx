import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dayjs from "dayjs";
import { useState } from "react";
import { useSearchParams } from "wouter";
import type { ScheduleOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { scheduleQuery } from "../../api/queries";
import { NotFound } from "../../shell/NotFound";
import { Trouble } from "../../ui/Trouble";
import { draftOf, emptyDraft } from "./draft";
import { ScheduleForm } from "./ScheduleForm";

export default function SchedulePage({ id }: { id: string }) {
  return id === "new" ? <NewSchedule /> : <OldSchedule id={id} />;
}

function NewSchedule() {
  const [query] = useSearchParams();
  return (
    <ScheduleForm schedule={null} initial={emptyDraft(dayjs().format("YYYY-MM-DD"), query.get("playlist"))} />
  );
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
  const [opened, open] = useState(schedule);
  return <ScheduleForm key={opened.etag} schedule={opened} initial={draftOf(opened)} onReload={open} />;
}
