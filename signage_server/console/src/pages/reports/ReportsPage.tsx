import { Button, Group, Select, Skeleton } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { IconChartBar, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { reports } from "../../api/endpoints";
import { playsQuery, screensQuery } from "../../api/queries";
import { Nothing } from "../../ui/Nothing";
import { Page } from "../../ui/Page";
import { Trouble } from "../../ui/Trouble";
import { PlaysTable } from "./PlaysTable";

const day = (daysAgo: number) => dayjs().subtract(daysAgo, "day").format("YYYY-MM-DD");

/** Proof of play: what boards say they have shown, day by day. */
export default function ReportsPage() {
  const { t } = useTranslation();
  const [[from, to], setRange] = useState<[string | null, string | null]>([day(6), day(0)]);
  const [screenId, setScreenId] = useState<string | null>(null);
  const screens = useQuery(screensQuery).data ?? [];
  const wanted = { from: from ?? day(6), to: to ?? from ?? day(0), ...(screenId && { screen_id: screenId }) };
  const plays = useQuery({ ...playsQuery(wanted), enabled: Boolean(from && to) });
  const csv = (
    <Button
      component="a"
      href={reports.csv(wanted)}
      download
      variant="default"
      leftSection={<IconDownload size={20} />}
    >
      {t("reports.csv")}
    </Button>
  );
  return (
    <Page title={t("reports.title")} lead={t("reports.lead")} actions={csv}>
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
      </Group>
      <Trouble error={plays.error} onRetry={() => void plays.refetch()} />
      {plays.isLoading && <Skeleton h={240} radius="lg" />}
      {plays.data?.length === 0 && (
        <Nothing icon={IconChartBar} title={t("reports.empty")} text={t("reports.emptyHint")} />
      )}
      {plays.data && plays.data.length > 0 && <PlaysTable plays={plays.data} />}
    </Page>
  );
}
