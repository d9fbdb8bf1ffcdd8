import { Badge, Card, Center, Group, Loader, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { AssetOut } from "../../api/generated";
import { dateText } from "../../i18n/dates";
import { Thumb } from "../../ui/Thumb";
import { unusedText } from "./AssetFacts";

export function AssetCard({ asset, onOpen }: { asset: AssetOut; onOpen: () => void }) {
  return (
    <UnstyledButton onClick={onOpen} className="far">
      <Card p="sm" h="100%" className="lifts">
        {asset.state === "ready" ? <Thumb url={asset.thumbnail_url} alt="" /> : <NotYet asset={asset} />}
        <Text fw={500} mt="sm" lineClamp={2} lh={1.4}>
          {asset.name}
        </Text>
        <Facts asset={asset} />
      </Card>
    </UnstyledButton>
  );
}

function Facts({ asset }: { asset: AssetOut }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} mt={4}>
      <Text size="sm" c="dimmed">
        {asset.used_in.length > 0
          ? t("library.usedIn", { count: asset.used_in.length })
          : t(unusedText(asset))}
      </Text>
      {asset.expires_at && (
        <Badge variant="light" color="yellow" tt="none" fw={500}>
          {t("library.until", { day: dateText(asset.expires_at) })}
        </Badge>
      )}
    </Group>
  );
}

function NotYet({ asset }: { asset: AssetOut }) {
  const { t } = useTranslation();
  const failed = asset.state === "failed";
  return (
    <Center bg="var(--wall)" bdrs="sm" p="sm" style={{ aspectRatio: 16 / 9 }}>
      <Stack align="center" gap={6}>
        {failed ? <IconAlertTriangle color="var(--bad)" aria-hidden /> : <Loader size="sm" />}
        <Text size="sm" ta="center" lineClamp={3} c={failed ? "var(--bad)" : undefined}>
          {failed ? (asset.failure?.detail ?? t("library.failed")) : t("library.processing")}
        </Text>
      </Stack>
    </Center>
  );
}
