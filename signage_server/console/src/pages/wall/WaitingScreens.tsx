import { Button, Card, Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconDeviceTv } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { WaitingScreen } from "../../api/generated";
import { useLive } from "../../api/live";
import { waitingQuery } from "../../api/queries";
import { PairScreen } from "./PairScreen";
import { browserText } from "./picture";

const withoutLiveMs = 5_000;

/** Boards that show a code right now appear by themselves; the code on the glass says which is which. */
export function WaitingScreens({ count }: { count: number }) {
  const { t } = useTranslation();
  const live = useLive();
  const waiting = useQuery({ ...waitingQuery, refetchInterval: live ? false : withoutLiveMs });
  if (!waiting.data?.length) return null;
  return (
    <Stack gap="sm" mb="xl" component="section" aria-label={t("waiting.title")}>
      <Title order={2} fz="lg">
        {t("waiting.title")}
      </Title>
      {waiting.data.map((screen) => (
        <Row key={screen.code} screen={screen} suggestedName={t("pair.suggested", { number: count + 1 })} />
      ))}
    </Stack>
  );
}

function Row({ screen, suggestedName }: { screen: WaitingScreen; suggestedName: string }) {
  const { t } = useTranslation();
  const pair = () =>
    modals.open({
      title: t("pair.title"),
      children: <PairScreen code={screen.code} suggestedName={suggestedName} />,
    });
  const shape = screen.height > screen.width ? t("shape.portrait") : t("shape.landscape");
  return (
    <Card p="md" bd="2px solid var(--mantine-primary-color-light-hover)">
      <Group gap="md">
        <ThemeIcon variant="light" size={48} radius="md" visibleFrom="xs">
          <IconDeviceTv size={26} stroke={1.6} aria-hidden />
        </ThemeIcon>
        <div style={{ flex: "1 1 220px" }}>
          <Text fz={24} fw={600} lts="0.1em" lh={1.3}>
            {screen.code}
          </Text>
          <Text size="sm" c="dimmed">
            {[shape, `${screen.width} × ${screen.height}`, browserText(screen.browser), screen.address]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </div>
        <Button onClick={pair}>{t("pair.do")}</Button>
      </Group>
    </Card>
  );
}
