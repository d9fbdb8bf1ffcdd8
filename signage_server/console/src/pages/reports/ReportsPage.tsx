import { Button, Group, Select, Tabs } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { IconBellRinging, IconDownload, IconPlayerPlay } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { reports } from "../../api/endpoints";
import { schedulesQuery, screensQuery } from "../../api/queries";
import { Page } from "../../ui/Page";
import { Plays } from "./Plays";
import { Rhythm } from "./Rhythm";

const day = (daysAgo: number) => dayjs().subtract(daysAgo, "day").format("YYYY-MM-DD");

/** What boards say they have shown, day by day; and whether reminders came back as often as was promised. */
export default function ReportsPage() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const tab = query.get("tab") === "rhythm" ? "rhythm" : "plays";
  const [[from, to], setRange] = useState<[string | null, string | null]>([day(6), day(0)]);
  const [screenId, setScreenId] = useState<string | null>(null);
  const [scheduleId, setScheduleId] = useState<string | null>(null);
  const screens = useQuery(screensQuery).data ?? [];
  const reminders = (useQuery(schedulesQuery).data ?? []).filter(({ role }) => role === "reminder");
  const wanted = { from: from ?? day(6), to: to ?? from ?? day(0), ...(screenId && { screen_id: screenId }) };
  const ofReminder = { ...wanted, ...(scheduleId && { schedule_id: scheduleId }) };
  const isReady = Boolean(from && to);
  const csv = (
    <Button
      component="a"
      href={tab === "rhythm" ? reports.rhythmCsv(ofReminder) : reports.csv(wanted)}
      download
      variant="default"
      leftSection={<IconDownload size={20} />}
    >
      {t("reports.csv")}
    </Button>
  );
  return (
    <Page title={t("reports.title")} lead={t("reports.lead")} actions={csv}>
      <Tabs value={tab} onChange={(chosen) => setQuery(chosen === "rhythm" ? { tab: chosen } : {})} mb="lg">
        <Tabs.List mb="lg">
          <Tabs.Tab value="plays" h={48} leftSection={<IconPlayerPlay size={18} aria-hidden />}>
            {t("reports.tabPlays")}
          </Tabs.Tab>
          <Tabs.Tab value="rhythm" h={48} leftSection={<IconBellRinging size={18} aria-hidden />}>
            {t("reports.tabRhythm")}
          </Tabs.Tab>
        </Tabs.List>
        <Group mb="lg" align="flex-end">
          <DatePickerInput
            type="range"
            label={t("reports.days")}
            valueFormat="DD/MM/YYYY"
            allowSingleDateInRange
            w={{ base: "100%", xs: 290 }}
            value={[from, to]}
            onChange={setRange}
          />
          <Select
            label={t("reports.screen")}
            placeholder={t("where.all")}
            clearable
            searchable
            w={{ base: "100%", xs: 280 }}
            data={screens.map((screen) => ({ value: screen.id, label: screen.name }))}
            value={screenId}
            onChange={setScreenId}
          />
          {tab === "rhythm" && (
            <Select
              label={t("rhythm.reminder")}
              placeholder={t("rhythm.allReminders")}
              clearable
              searchable
              w={{ base: "100%", xs: 280 }}
              data={reminders.map((schedule) => ({ value: schedule.id, label: schedule.name }))}
              value={scheduleId}
              onChange={setScheduleId}
            />
          )}
        </Group>
        <Tabs.Panel value="plays">
          {tab === "plays" && <Plays wanted={wanted} isReady={isReady} />}
        </Tabs.Panel>
        <Tabs.Panel value="rhythm">
          {tab === "rhythm" && <Rhythm wanted={ofReminder} isReady={isReady} />}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
