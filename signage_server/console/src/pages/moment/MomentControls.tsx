import { ActionIcon, Box, Button, Group, Select, Text } from "@mantine/core";
import { TimePicker } from "@mantine/dates";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScreenOut } from "../../api/generated";
import { DayField } from "../../ui/DayField";
import type { Moment } from "./address";
import { instantOf, wallAt } from "./zoned";

const stepMs = 5 * 60_000;

interface Props {
  screens: readonly ScreenOut[];
  screen: ScreenOut | undefined;
  ms: number | null;
  /** Opened to choose another moment: the keyboard begins at the day. */
  picks: boolean;
  onGo: (moment: Moment) => void;
  onNow: (screenId: string) => void;
}

/** Which screen, and when: by its own clock. */
export function MomentControls({ screens, screen, ms, picks, onGo, onNow }: Props) {
  const { t } = useTranslation();
  return (
    <Box mb="lg">
      <Group gap="sm" align="flex-end">
        <Select
          label={t("moment.screen")}
          placeholder={t("moment.choose")}
          w={{ base: "100%", xs: 300 }}
          data={screens.map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          allowDeselect={false}
          value={screen?.id ?? null}
          onChange={(id) => id && (ms === null ? onNow(id) : onGo({ screenId: id, ms }))}
        />
        {screen && ms !== null && (
          <When screen={screen} ms={ms} picks={picks} onGo={(at) => onGo({ screenId: screen.id, ms: at })} />
        )}
        {screen && (
          <Button variant="default" onClick={() => onNow(screen.id)}>
            {t("moment.now")}
          </Button>
        )}
      </Group>
      {screen && (
        <Text size="sm" c="dimmed" mt="xs">
          {t("moment.zone", { zone: screen.zone })}
        </Text>
      )}
    </Box>
  );
}

interface WhenProps {
  screen: ScreenOut;
  ms: number;
  picks: boolean;
  onGo: (ms: number) => void;
}

function When({ screen, ms, picks, onGo }: WhenProps) {
  const { t } = useTranslation();
  const wall = wallAt(ms, screen.zone);
  const [typed, type] = useState(wall.time);
  useEffect(() => type(wall.time), [wall.time]);
  const go = (to: { day: string; time: string }) => onGo(instantOf(to, screen.zone));
  // A field that is being typed into is not yet a time: wait until the typing pauses.
  const settle = useDebouncedCallback((time: string) => {
    if (/^\d\d:\d\d$/.test(time) && time !== wall.time) go({ day: wall.day, time });
  }, 600);
  return (
    <>
      <DayField
        label={t("moment.day")}
        autoFocus={picks}
        w={{ base: "calc(50% - 6px)", xs: 176 }}
        value={wall.day}
        onChange={(day) => day && go({ day, time: wall.time })}
      />
      <TimePicker
        label={t("moment.time")}
        w={{ base: "calc(50% - 6px)", xs: 120 }}
        hoursInputLabel={t("times.hours")}
        minutesInputLabel={t("times.minutes")}
        format="24h"
        withDropdown
        minutesStep={5}
        value={typed}
        onChange={(time) => {
          type(time);
          settle(time);
        }}
      />
      <Group gap={4} wrap="nowrap">
        <ActionIcon variant="default" aria-label={t("moment.back")} onClick={() => onGo(ms - stepMs)}>
          <IconChevronLeft size={22} />
        </ActionIcon>
        <Text size="sm" px={4} aria-hidden>
          {t("moment.step")}
        </Text>
        <ActionIcon variant="default" aria-label={t("moment.on")} onClick={() => onGo(ms + stepMs)}>
          <IconChevronRight size={22} />
        </ActionIcon>
      </Group>
    </>
  );
}
