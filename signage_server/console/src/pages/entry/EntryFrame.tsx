import { Box, Center, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LanguageSwitch } from "../../shell/LanguageSwitch";
import { Mark } from "../../ui/Mark";

/** The door: one quiet card, before anybody is signed in. */
export function EntryFrame({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={440} gap="lg">
        <Group gap="sm" justify="center">
          <Mark size={40} />
          <Text fw={600} fz="lg">
            {t("app.name")}
          </Text>
        </Group>
        <Paper withBorder p={{ base: "lg", sm: 36 }}>
          <Title order={1} fz={24}>
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" mt={6}>
              {lead}
            </Text>
          )}
          <Box mt="lg">{children}</Box>
        </Paper>
        <LanguageSwitch maw={260} mx="auto" w="100%" />
      </Stack>
    </Center>
  );
}
