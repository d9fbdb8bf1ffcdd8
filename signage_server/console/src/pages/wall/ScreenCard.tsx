import { Badge, Card, Group, Stack, Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ScreenOut } from "../../api/generated";
import { sizeText } from "../../i18n/dates";
import { ScreenFrame } from "./ScreenFrame";
import { ScreenMenu } from "./ScreenMenu";
import { StateLine } from "./StateLine";
import { type Holding, holding, screenState } from "./state";

export function ScreenCard({ screen }: { screen: ScreenOut }) {
  return (
    <Card p={0} className="far" component="article" aria-label={screen.name}>
      <ScreenFrame screen={screen} />
      <Stack gap={10} p="md">
        <Group wrap="nowrap" align="flex-start" justify="space-between" gap="xs">
          <div style={{ minWidth: 0 }}>
            <Text fw={600} fz="lg" lh={1.3} lineClamp={2}>
              {screen.name}
            </Text>
            <Text size="sm" c="dimmed" lineClamp={1}>
              {screen.place || "\u00a0"}
            </Text>
          </div>
          <ScreenMenu screen={screen} />
        </Group>
        {screen.tags.length > 0 && <Tags tags={screen.tags} />}
        <StateLine screen={screen} />
        {screenState(screen) !== "dark" && <NowShowing screen={screen} />}
        <Held screen={screen} />
      </Stack>
    </Card>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} component="ul" aria-label={t("screen.tags")} p={0} m={0} style={{ listStyle: "none" }}>
      {tags.map((tag) => (
        <Badge key={tag} component="li" variant="outline" color="gray" tt="none" size="lg" fw={500}>
          {tag}
        </Badge>
      ))}
    </Group>
  );
}

function NowShowing({ screen }: { screen: ScreenOut }) {
  const { t } = useTranslation();
  const name = screen.showing?.asset_name;
  const schedule = screen.showing?.schedule_name;
  return (
    <Text size="sm" lineClamp={1} title={name ?? undefined}>
      {name ?? t("screen.nothing")}
      {schedule && (
        <Text span c="dimmed" inherit>
          {` · ${schedule}`}
        </Text>
      )}
    </Text>
  );
}

const holdingColors: Record<Holding, string> = { current: "gray", updating: "blue", none: "gray" };

/** Whether the board holds the newest manifest; which one it holds, only for those who ask. */
function Held({ screen }: { screen: ScreenOut }) {
  const { t } = useTranslation();
  const held = holding(screen);
  const mark = screen.stored_digest?.slice(0, 7);
  const hint = [t("screen.heldHint"), mark && t("screen.heldMark", { mark })].filter(Boolean).join(" ");
  const missing = screen.missing_bytes ? t("screen.missing", { size: sizeText(screen.missing_bytes) }) : null;
  return (
    <Group gap={6}>
      <Tooltip label={hint} multiline w={280} events={{ hover: true, focus: true, touch: true }}>
        <Badge variant="light" color={holdingColors[held]} tt="none" fw={500} size="lg">
          {t(`screen.held.${held}`)}
        </Badge>
      </Tooltip>
      {missing && (
        <Text size="sm" c="dimmed">
          {missing}
        </Text>
      )}
      {screen.clock_quality === "guessed" && (
        <Badge variant="light" color="yellow" tt="none" fw={500} size="lg">
          {t("screen.clockGuessed")}
        </Badge>
      )}
    </Group>
  );
}
