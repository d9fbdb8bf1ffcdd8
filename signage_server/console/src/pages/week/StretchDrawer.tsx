import { Anchor, Box, Button, Drawer, Group, Select, Stack, Text, Title } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Stretch, WeekGroup } from "../../api/generated";
import { dayText } from "../../i18n/dates";
import { momentAt } from "../moment/address";
import { dayLabel, everyText, hoursLabel, nameOf, partText } from "./words";

interface Props {
  stretch: Stretch | null;
  group: WeekGroup;
  tones: ReadonlyMap<string, number>;
  nowMs: number;
  onClose: () => void;
}

/** All about one stretch: who takes turns, what is repeated, and the ways on. */
export function StretchDrawer({ stretch, group, tones, nowMs, onClose }: Props) {
  const title = stretch
    ? `${dayLabel(stretch.day).name} ${dayText(stretch.day)}, ${hoursLabel(stretch)}`
    : "";
  return (
    <Drawer opened={stretch !== null} onClose={onClose} position="right" size={440} title={title}>
      {stretch && <Inside stretch={stretch} group={group} tones={tones} nowMs={nowMs} />}
    </Drawer>
  );
}

function Inside({ stretch, group, tones, nowMs }: Omit<Props, "stretch" | "onClose"> & { stretch: Stretch }) {
  const { t } = useTranslation();
  const { kind, tracks, reminders, day } = stretch;
  const named = tracks.filter(({ schedule_id }) => schedule_id !== null);
  return (
    <Stack gap="lg">
      <Text>
        {t(`stretch.${kind}`)}{" "}
        <Text span c="dimmed">
          {t(`basis.${stretch.basis}`)}.
        </Text>
      </Text>
      {named.length > 0 && (
        <Box component="section">
          <Title order={3} mb="xs">
            {named.length > 1 ? t("stretch.turns") : t("stretch.brings")}
          </Title>
          <Stack gap="xs">
            {named.map((track) => (
              <Brought
                key={track.schedule_id}
                one={track}
                day={day}
                tone={tones.get(track.schedule_id ?? "")}
                note={[
                  track.role !== "fallback" && t(`role.${track.role}`),
                  named.length > 1 && t("stretch.part", { part: partText(track.permille) }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              />
            ))}
          </Stack>
        </Box>
      )}
      {reminders.length > 0 && (
        <Box component="section">
          <Title order={3} mb="xs">
            {t("stretch.reminders")}
          </Title>
          <Stack gap="xs">
            {reminders.map((reminder) => (
              <Brought
                key={reminder.schedule_id}
                one={reminder}
                day={day}
                tone={tones.get(reminder.schedule_id)}
                note={everyText(reminder.every_ms)}
              />
            ))}
          </Stack>
        </Box>
      )}
      <ToTheScreen stretch={stretch} group={group} nowMs={nowMs} />
    </Stack>
  );
}

interface BroughtProps {
  one: { schedule_id: string | null; schedule_name: string | null };
  day: string;
  tone: number | undefined;
  note: string;
}

/** One schedule of the stretch; from here it is changed, for this day or for good. */
function Brought({ one, day, tone, note }: BroughtProps) {
  const { t } = useTranslation();
  return (
    <Box className={`week-row ${tone === undefined ? "kind-fallback" : `tone-${tone}`}`}>
      <span className="week-strip" aria-hidden>
        <span style={{ "--part": 1 } as object} />
      </span>
      <Text fw={600}>{nameOf(one)}</Text>
      <Text size="sm">{note}</Text>
      {one.schedule_name !== null && (
        <Anchor
          component={Link}
          href={`/schedules/${one.schedule_id}?day=${day}`}
          className="tall-link"
          c="inherit"
          td="underline"
          aria-label={t("stretch.changeNamed", { name: one.schedule_name })}
        >
          {t("stretch.change")}
        </Anchor>
      )}
    </Box>
  );
}

function ToTheScreen({ stretch, group, nowMs }: { stretch: Stretch; group: WeekGroup; nowMs: number }) {
  const { t } = useTranslation();
  const [screenId, choose] = useState(group.screens[0]?.id ?? "");
  const [start, end] = [Date.parse(stretch.start), Date.parse(stretch.end)];
  const atMs = nowMs >= start && nowMs < end ? nowMs : start;
  return (
    <Stack gap="sm">
      {group.screens.length > 1 && (
        <Select
          label={t("moment.screen")}
          data={group.screens.map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          allowDeselect={false}
          value={screenId}
          onChange={(id) => id && choose(id)}
        />
      )}
      <Group>
        <Button component={Link} href={momentAt(screenId, atMs)} leftSection={<IconHistory size={20} />}>
          {t("stretch.look")}
        </Button>
      </Group>
    </Stack>
  );
}
