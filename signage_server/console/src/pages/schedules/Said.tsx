import { Box, Button, List, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { schedules } from "../../api/endpoints";
import type { ScheduleOut, SchedulePreview } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { serverQuery } from "../../api/queries";
import { stretchTexts } from "../../i18n/dates";
import { Trouble } from "../../ui/Trouble";
import { type Draft, scheduleIn } from "./draft";
import { missing } from "./gaps";
import { bodyFor, countsFromStart, type Scope } from "./scopes";
import { Facts, Warnings } from "./Warnings";

interface Props {
  draft: Draft;
  schedule: ScheduleOut | null;
  scope: Scope;
  saving: boolean;
  error: Error | null;
}

/** What the answers mean: one sentence, the next five times, how far it reaches and what to look at. */
export function Said({ draft, schedule, scope, saving, error }: Props) {
  const { t } = useTranslation();
  const gap = missing(draft);
  const preview = usePreview(draft, schedule, scope);
  const warned = gap === null ? (preview.data?.warnings.length ?? 0) : 0;
  return (
    <Paper withBorder p="lg" pos="sticky" top={24} component="section" aria-labelledby="said">
      <Title order={2} fz="md" c="dimmed" fw={500} mb="xs" id="said">
        {t("said.title")}
      </Title>
      <Stack gap="md">
        <Stack gap="md" aria-live="polite" aria-busy={preview.isFetching}>
          {gap ? <Text>{t(`missing.${gap}`)}</Text> : <Answer preview={preview.data} zone={draft.zone} />}
        </Stack>
        {!gap && preview.error && (
          <Text c="var(--bad)" role="alert">
            {firstSentence(preview.error)}
          </Text>
        )}
        <Trouble error={error} />
        <Box>
          <Button type="submit" fullWidth disabled={gap !== null} loading={saving}>
            {warned > 0 ? t("said.saveAnyway") : t("said.save")}
          </Button>
          <Text size="sm" c="dimmed" mt="xs" ta="center">
            {warned > 0 ? t("said.liveWarned", { count: warned }) : t("said.live")}
          </Text>
        </Box>
      </Stack>
    </Paper>
  );
}

function usePreview(draft: Draft, schedule: ScheduleOut | null, scope: Scope) {
  const counted = schedule && countsFromStart(draft, schedule, scope);
  const body = counted ? bodyFor(draft, schedule, scope) : scheduleIn(draft, schedule);
  const [asked] = useDebouncedValue(body, 350);
  return useQuery({
    queryKey: ["schedule-preview", asked, schedule?.id],
    queryFn: ({ signal }) => schedules.preview(asked, schedule?.id, signal),
    enabled: missing(draft) === null && asked.name !== "",
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  });
}

function firstSentence(error: Error): string {
  const problem = asProblem(error);
  return Object.values(problem.fields)[0] ?? problem.detail;
}

function Answer({ preview, zone }: { preview: SchedulePreview | undefined; zone: string | null }) {
  if (!preview) return <Skeleton h={80} />;
  return (
    <>
      <Text fz="lg" fw={600} lh={1.45} style={{ overflowWrap: "anywhere" }}>
        {preview.sentence}
      </Text>
      <Next preview={preview} zone={zone} />
      <Facts preview={preview} />
      <Warnings preview={preview} />
    </>
  );
}

function Next({ preview, zone }: { preview: SchedulePreview; zone: string | null }) {
  const { t } = useTranslation();
  const server = useQuery(serverQuery);
  const shownZone = zone ?? server.data?.timezone;
  // The server warns of what is over in its own words.
  if (preview.next.length === 0)
    return preview.warnings.length > 0 ? null : <Text c="var(--unsure)">{t("said.never")}</Text>;
  return (
    <Box>
      <Text size="sm" c="dimmed" mb={4}>
        {t("said.next")}
      </Text>
      <List size="sm" spacing={4}>
        {stretchTexts(preview.next, shownZone, Date.now()).map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </Box>
  );
}
