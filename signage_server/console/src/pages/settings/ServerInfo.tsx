import { Alert, Anchor, Button, Group, Stack, Table } from "@mantine/core";
import { IconCertificate, IconInfoCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { serverQuery } from "../../api/queries";
import { CopyField } from "../../ui/CopyField";
import { Trouble } from "../../ui/Trouble";

export function ServerInfo() {
  const { t } = useTranslation();
  const server = useQuery(serverQuery);
  if (!server.data) return <Trouble error={server.error} onRetry={() => void server.refetch()} />;
  const { version, timezone, player_url, secure } = server.data;
  return (
    <Stack>
      <CopyField label={t("pair.address")} description={t("pair.addressHint")} value={player_url} />
      <Table withRowBorders={false} maw={440}>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th pl={0}>{t("settings.version")}</Table.Th>
            <Table.Td>{version}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th pl={0}>{t("settings.zone")}</Table.Th>
            <Table.Td>{timezone}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      {secure && window.location.protocol === "https:" && (
        <Button
          component="a"
          href="/ca.crt"
          download
          variant="default"
          leftSection={<IconCertificate size={20} />}
          w="fit-content"
        >
          {t("settings.ca")}
        </Button>
      )}
      {!secure && (
        <Alert color="yellow" icon={<IconInfoCircle />} title={t("settings.plainHttp")}>
          {t("settings.plainHttpHint")}
        </Alert>
      )}
      <Group>
        <Anchor href="/api/v1/docs" target="_blank" rel="noreferrer">
          {t("settings.apiDocs")}
        </Anchor>
      </Group>
    </Stack>
  );
}
