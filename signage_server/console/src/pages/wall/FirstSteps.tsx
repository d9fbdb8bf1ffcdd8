import { Anchor, Group, Paper, SimpleGrid, Text, Title } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { assetsQuery, playlistsQuery, schedulesQuery, screensQuery } from "../../api/queries";

/** Three things to do in a new installation. Each ticks itself; when all are done the list is gone. */
export function FirstSteps() {
  const { t } = useTranslation();
  const assets = useQuery(assetsQuery).data;
  const playlists = useQuery(playlistsQuery).data;
  const schedules = useQuery(schedulesQuery).data;
  const screens = useQuery(screensQuery).data;
  if (!assets || !playlists || !schedules || !screens) return null;
  const steps = [
    { name: "upload", done: assets.length > 0, href: "/library" },
    {
      name: "schedule",
      done: schedules.length > 0,
      href: playlists.length > 0 ? "/schedules/new" : "/playlists",
    },
    { name: "pair", done: screens.length > 0, href: "/claim" },
  ] as const;
  if (steps.every((step) => step.done)) return null;
  return (
    <Paper withBorder p="lg" mb="xl" component="section" aria-label={t("first.title")}>
      <Title order={2} fz="lg" mb="md">
        {t("first.title")}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
        {steps.map((step) => (
          <Group key={step.name} gap="sm" wrap="nowrap" align="flex-start">
            {step.done ? (
              <IconCircleCheckFilled
                color="var(--good)"
                aria-label={t("first.done")}
                style={{ flexShrink: 0 }}
              />
            ) : (
              <IconCircle
                stroke={1.5}
                color="var(--mantine-color-gray-6)"
                aria-label={t("first.open")}
                style={{ flexShrink: 0 }}
              />
            )}
            <div>
              {step.done ? (
                <Text c="dimmed">{t(`first.${step.name}`)}</Text>
              ) : (
                <Anchor component={Link} href={step.href} fw={500}>
                  {t(`first.${step.name}`)}
                </Anchor>
              )}
              <Text size="sm" c="dimmed">
                {t(`first.${step.name}Hint`)}
              </Text>
            </div>
          </Group>
        ))}
      </SimpleGrid>
    </Paper>
  );
}
