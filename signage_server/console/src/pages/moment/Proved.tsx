import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { AtOut, ProvedOut, ScreenOut } from "../../api/generated";
import { timeText } from "../../i18n/dates";
import { Thumb } from "../../ui/Thumb";
import { nameOf } from "../week/words";

/** What the screen itself counted in that quarter of an hour. */
export function Proved({ screen, at }: { screen: ScreenOut; at: AtOut }) {
  const { t } = useTranslation();
  // A phone unfolds the list when it is asked to.
  const isWide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  if (at.proved.length === 0) return null;
  return (
    <Box component="details" className="fold" mt="md" open={isWide}>
      <summary>
        <Title order={2} fz="lg" display="inline">
          {t("moment.proved")} ({at.proved.length})
        </Title>
      </summary>
      <Stack component="ul" gap="sm" p={0} m={0} mt="sm" style={{ listStyle: "none" }}>
        {at.proved.map((one) => (
          <Counted key={`${one.asset_id} ${one.schedule_id} ${one.role}`} one={one} zone={screen.zone} />
        ))}
      </Stack>
    </Box>
  );
}

function Counted({ one, zone }: { one: ProvedOut; zone: string }) {
  const { t } = useTranslation();
  const between = { first: timeText(one.first, zone), last: timeText(one.last, zone) };
  return (
    <Group component="li" wrap="nowrap" gap="md">
      <Thumb url={one.thumbnail_url} alt="" width={112} />
      <div>
        <Text fw={600} lineClamp={2}>
          {one.asset_name}
        </Text>
        <Text size="sm" c="dimmed">
          {[nameOf(one), one.role !== "fallback" && t(`role.${one.role}`)].filter(Boolean).join(" · ")}
        </Text>
        <Text size="sm">{t("moment.provedTimes", { count: one.plays, ...between })}</Text>
      </div>
    </Group>
  );
}
