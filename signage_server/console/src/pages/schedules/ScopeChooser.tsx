import { NavLink, Paper, Stack, Text, Title } from "@mantine/core";
import { modals } from "@mantine/modals";
import {
  IconCalendarDown,
  IconCalendarEvent,
  IconCalendarOff,
  IconCalendarRepeat,
  IconCalendarX,
  IconChevronRight,
  type IconProps,
  IconTrash,
} from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { ScheduleOut } from "../../api/generated";
import { dayText } from "../../i18n/dates";
import { Back } from "../../ui/Back";
import { weekdayOf } from "./civil";
import { weekdayText } from "./repeatWords";
import type { Scope } from "./scopes";
import { useCut } from "./useCut";

interface Props {
  schedule: ScheduleOut;
  day: string;
  onReload: (schedule: ScheduleOut) => void;
}

const edits: readonly { scope: Scope; icon: ComponentType<IconProps> }[] = [
  { scope: "day", icon: IconCalendarEvent },
  { scope: "following", icon: IconCalendarDown },
  { scope: "all", icon: IconCalendarRepeat },
];
const cuts: readonly { scope: Scope; icon: ComponentType<IconProps> }[] = [
  { scope: "day", icon: IconCalendarX },
  { scope: "following", icon: IconCalendarOff },
  { scope: "all", icon: IconTrash },
];

const large = {
  label: { fontSize: "var(--mantine-font-size-md)" },
  description: { fontSize: "var(--mantine-font-size-sm)" },
};

/** Before a schedule that repeats is changed from one of its days: only this one, from here on, or all? */
export function ScopeChooser({ schedule, day, onReload }: Props) {
  const { t } = useTranslation();
  const said = `${weekdayText(t, weekdayOf(day))} ${dayText(day)}`;
  return (
    <>
      <Back href="/schedules" label={t("schedules.title")} />
      <Title order={1}>{schedule.name}</Title>
      <Text mb={4}>{schedule.sentence}</Text>
      <Text fw={600} mb="lg">
        {t("scope.opened", { day: said })}
      </Text>
      <Stack gap="lg" maw={640}>
        <Section title={t("scope.change")}>
          {edits.map(({ scope, icon: Icon }) => (
            <NavLink
              key={scope}
              component={Link}
              href={`/schedules/${schedule.id}?day=${day}&scope=${scope}`}
              py="md"
              styles={large}
              leftSection={<Icon size={22} aria-hidden />}
              rightSection={<IconChevronRight size={18} aria-hidden />}
              label={t(`scope.${scope}`, { day: dayText(day) })}
              description={t(`scopeHint.${scope}`)}
            />
          ))}
        </Section>
        <Section title={t("scope.stop")}>
          <Cuts schedule={schedule} day={day} onReload={onReload} />
        </Section>
      </Stack>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="xs" component="section">
      <Title order={2} fz="md" px="sm" py="xs">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function Cuts({ schedule, day, onReload }: Props) {
  const { t } = useTranslation();
  const cut = useCut(schedule, day, onReload);
  const ask = (scope: Scope) =>
    modals.openConfirmModal({
      title: t(`cut.${scope}`, { day: dayText(day) }),
      children: <Text>{t(`cutHint.${scope}`, { name: schedule.name, day: dayText(day) })}</Text>,
      labels: { confirm: t(`cut.${scope}`, { day: dayText(day) }), cancel: t("do.keep") },
      confirmProps: { color: "red.9" },
      cancelProps: { "data-autofocus": true },
      onConfirm: () => cut.mutate(scope),
    });
  return cuts.map(({ scope, icon: Icon }) => (
    <NavLink
      key={scope}
      component="button"
      type="button"
      py="md"
      styles={large}
      disabled={cut.isPending}
      leftSection={<Icon size={22} aria-hidden />}
      label={t(`cut.${scope}`, { day: dayText(day) })}
      onClick={() => ask(scope)}
    />
  ));
}
