import { Badge, Button, Card, FileButton, Group, List, Paper, Stack, Text, Title } from "@mantine/core";
import { IconAlertCircle, IconCheck, IconFileImport } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { schedules } from "../../api/endpoints";
import type { IcsDraft } from "../../api/generated";
import { serverQuery } from "../../api/queries";
import { stretchTexts } from "../../i18n/dates";
import { Back } from "../../ui/Back";
import { Page } from "../../ui/Page";
import { Trouble } from "../../ui/Trouble";
import { type Imported, keepImport, keptImport } from "./imported";

/** A calendar file, event by event: each becomes a schedule in the form, or is refused in words. */
export default function ImportPage() {
  const { t } = useTranslation();
  const [found, setFound] = useState(keptImport);
  const read = useMutation({
    mutationFn: async (file: File) => ({ name: file.name, reading: await schedules.readIcs(file) }),
    onSuccess: ({ name, reading }) => setFound(keepImport(name, reading)),
  });
  const choose = (
    <FileButton onChange={(file) => file && read.mutate(file)} accept=".ics,text/calendar">
      {(props) => (
        <Button {...props} leftSection={<IconFileImport size={20} />} loading={read.isPending}>
          {found ? t("ics.other") : t("ics.choose")}
        </Button>
      )}
    </FileButton>
  );
  return (
    <>
      <Back href="/schedules" label={t("schedules.title")} />
      <Page title={t("ics.title")} lead={t("ics.lead")} actions={choose}>
        <Trouble error={read.error} />
        <div aria-live="polite">{found && !read.isPending && <Found found={found} />}</div>
      </Page>
    </>
  );
}

function Found({ found }: { found: Imported }) {
  const { t } = useTranslation();
  const { items, refused } = found.reading;
  return (
    <Stack gap="lg">
      <Text>{t("ics.found", { file: found.fileName, count: items.length })}</Text>
      <Stack gap="md">
        {items.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an event is its place in the file
          <Event key={index} event={event} index={index} taken={found.taken.has(index)} />
        ))}
      </Stack>
      {refused.length > 0 && <Refused refused={refused} />}
    </Stack>
  );
}

function Event({ event, index, taken }: { event: IcsDraft; index: number; taken: boolean }) {
  const { t } = useTranslation();
  const zone = useQuery(serverQuery).data?.timezone;
  const [next] = stretchTexts(event.next.slice(0, 1), event.zone ?? zone, Date.now());
  const name = event.name || t("ics.unnamed");
  return (
    <Card p={{ base: "md", sm: "lg" }} component="article" aria-label={name}>
      <Group justify="space-between" gap="md">
        <div style={{ flex: "1 1 260px", minWidth: 0 }}>
          <Text fw={600} fz="lg" lh={1.35} style={{ overflowWrap: "anywhere" }}>
            {name}
          </Text>
          <Text>{event.sentence}</Text>
          <Text size="sm" c="dimmed" mt={4}>
            {next ? t("ics.next", { at: next }) : t("ics.over")}
          </Text>
        </div>
        {taken && (
          <Badge
            color="teal"
            variant="light"
            tt="none"
            size="lg"
            fw={500}
            leftSection={<IconCheck size={14} />}
          >
            {t("ics.taken")}
          </Badge>
        )}
        <Button
          component={Link}
          href={`/schedules/new?imported=${index}`}
          variant={taken ? "default" : "filled"}
          aria-label={t("ics.openOf", { name })}
        >
          {t("ics.open")}
        </Button>
      </Group>
    </Card>
  );
}

function Refused({ refused }: { refused: Imported["reading"]["refused"] }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="lg" component="section">
      <Group gap={8} mb="xs" c="var(--unsure)" wrap="nowrap">
        <IconAlertCircle size={20} aria-hidden style={{ flexShrink: 0 }} />
        <Title order={2} fz="md">
          {t("ics.refused", { count: refused.length })}
        </Title>
      </Group>
      <List spacing={6}>
        {refused.map(({ name, code, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same event may be refused twice
          <List.Item key={`${code} ${index}`}>
            {name && <b>{name}: </b>}
            {detail}
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}
