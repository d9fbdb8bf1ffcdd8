import { Anchor, Box, Paper, Stack, Text, Title } from "@mantine/core";
import { type Icon, IconClockPause, IconPlayerPlay, IconRotateClockwise, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { AtOut, WhyOut } from "../../api/generated";

const icons: Record<WhyOut["verdict"], Icon> = {
  shows: IconPlayerPlay,
  takes_turns: IconRotateClockwise,
  lost: IconX,
  not_on: IconClockPause,
};

/** Which schedule brought the picture, and what became of each of the others. */
export function Why({ at }: { at: AtOut }) {
  const { t } = useTranslation();
  const on = at.why.filter(({ verdict }) => verdict !== "not_on");
  const notOn = at.why.filter(({ verdict }) => verdict === "not_on");
  return (
    <Paper withBorder p="lg" aria-live="polite">
      <Text fz="lg" fw={600} lh={1.45} mb="md">
        {at.sentence}
      </Text>
      <Title order={2} fz="md" c="dimmed" fw={500} mb="xs">
        {t("moment.why")}
      </Title>
      {at.why.length === 0 && <Text>{t("moment.noSchedules")}</Text>}
      <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: "none" }}>
        {on.map((why) => (
          <Verdict key={why.schedule_id} why={why} />
        ))}
      </Stack>
      {notOn.length > 0 && (
        <details className="fold">
          <summary>{t("moment.notOn", { count: notOn.length })}</summary>
          <Stack component="ul" gap="md" p={0} m={0} mt="sm" style={{ listStyle: "none" }}>
            {notOn.map((why) => (
              <Verdict key={why.schedule_id} why={why} />
            ))}
          </Stack>
        </details>
      )}
    </Paper>
  );
}

function Verdict({ why }: { why: WhyOut }) {
  const { t } = useTranslation();
  const Icon = icons[why.verdict];
  return (
    <Box component="li" className="verdict" data-verdict={why.verdict}>
      <Icon size={22} stroke={1.8} aria-hidden />
      <div>
        <Anchor component={Link} href={`/schedules/${why.schedule_id}`} fw={600} c="inherit" td="underline">
          {why.schedule_name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {t(`verdict.${why.verdict}`)} · {t(`role.${why.role}`)}
        </Text>
        <Text>{why.sentence}</Text>
      </div>
    </Box>
  );
}
