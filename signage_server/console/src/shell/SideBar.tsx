import { AppShell, Group, NavLink, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useSearch } from "wouter";
import type { MeOut } from "../api/generated";
import { unitsQuery } from "../api/queries";
import { Mark } from "../ui/Mark";
import { isAt, places } from "./navigation";
import { PersonMenu } from "./PersonMenu";

export function SideBar({ me }: { me: MeOut }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const search = useSearch();
  const units = useQuery(unitsQuery);
  const unit = units.data?.find((unit) => unit.id === me.unit_id);
  return (
    <AppShell.Navbar p="md" aria-label={t("app.places")} visibleFrom="md">
      <Group gap="sm" wrap="nowrap" px="xs" pt="xs" pb="xl">
        <Mark size={40} />
        <div>
          <Text fw={600} lh={1.3}>
            {t("app.name")}
          </Text>
          <Text size="sm" c="dimmed" lineClamp={2} lh={1.4}>
            {unit?.name}
          </Text>
        </div>
      </Group>
      <Stack gap={4} flex={1}>
        {places.map((place) => (
          <NavLink
            key={place.path}
            component={Link}
            href={place.path}
            active={isAt(place, location, search)}
            aria-current={isAt(place, location, search) ? "page" : undefined}
            label={t(`places.${place.name}`)}
            leftSection={<place.icon size={22} stroke={1.6} />}
            fz="md"
            fw={isAt(place, location, search) ? 600 : 400}
            mih={48}
            bdrs="md"
          />
        ))}
      </Stack>
      <PersonMenu me={me} />
    </AppShell.Navbar>
  );
}
