import { Box, Button, List, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { schedules } from "../../api/endpoints";
import type { ScheduleOut, SchedulePreview } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { serverQuery } from "../../api/queries";
import { stretchText } from "../../i18n/dates";
import { Trouble } from "../../ui/Trouble";
import { type Draft, missing, scheduleIn } from "./draft";

interface Props {
  draft: Draft;
  schedule: ScheduleOut | null;
  saving: boolean;
  error: Error | null;
}

/** What the answers mean: one sentence and the next five times, as the server understands them. */
export function Said({ draft, schedule, saving, error }: Props) {
  const { t } = useTranslation();
  const gap = missing(draft);
  const body = scheduleIn(draft, schedule);
  const [asked] = useDebouncedValue(body, 350);
  const preview = useQuery({
    queryKey: ["schedule-preview", asked],
    queryFn: ({ signal }) => schedules.preview(asked, signal),
    enabled: gap === null && asked.name !== "",
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  });
  return (
    <Paper withBorder p="lg" pos="sticky" top={24} aria-live="polite">
      <Title order={2} fz="md" c="dimmed" fw={500} mb="xs">
        {t("said.title")}
      </Title>
      <Stack gap="md">
        {gap ? (
          <Text>{t(`missing.${gap}`)}</Text>
        ) : (
          <Answer preview={preview.data} zone={schedule?.zone ?? null} />
        )}
        {!gap && preview.error && (
          <Text c="var(--bad)" role="alert">
            {firstSentence(preview.error)}
          </Text>
        )}
        <Trouble error={error} />
        <Box>
          <Button type="submit" fullWidth disabled={gap !== null} loading={saving}>
            {t("said.save")}
          </Button>
          <Text size="sm" c="dimmed" mt="xs" ta="center">
            {t("said.live")}
          </Text>
        </Box>
      </Stack>
    </Paper>
  );
}

function firstSentence(error: Error): string {
  const problem = asProblem(error);
  return Object.values(problem.fields)[0] ?? problem.detail;
}

function Answer({ preview, zone }: { preview: SchedulePreview | undefined; zone: string | null }) {
  const { t } = useTranslation();
  const server = useQuery(serverQuery);
  if (!preview) return <Skeleton h={80} />;
  const shownZone = zone ?? server.data?.timezone;
  return (
    <>
      <Text fz="lg" fw={600} lh={1.45}>
        {preview.sentence}
      </Text>
      {preview.next.length === 0 ? (
        <Text c="var(--unsure)">{t("said.never")}</Text>
      ) : (
        <Box>
          <Text size="sm" c="dimmed" mb={4}>
            {t("said.next")}
          </Text>
          <List size="sm" spacing={4}>
            {preview.next.map(([start, end]) => (
              <List.Item key={start}>{stretchText(start, end, shownZone)}</List.Item>
            ))}
          </List>
        </Box>
      )}
    </>
  );
}
