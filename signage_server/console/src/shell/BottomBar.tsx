import { Box, Menu, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconDots, IconLogout } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useSearch } from "wouter";
import { isAt, type Place, places } from "./navigation";
import { useSignOut } from "./PersonMenu";

const daily = places.slice(0, 4);
const seldom = places.slice(4);

/** A phone's navigation: the four places of daily work, and the rest behind three dots. */
export function BottomBar() {
  const { t } = useTranslation();
  return (
    <Box component="nav" className="bottom-bar" hiddenFrom="md" aria-label={t("app.places")}>
      <SimpleGrid cols={5} spacing={0} h={64}>
        {daily.map((place) => (
          <Tab key={place.path} place={place} />
        ))}
        <More />
      </SimpleGrid>
    </Box>
  );
}

function Tab({ place }: { place: Place }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const search = useSearch();
  const here = isAt(place, location, search);
  return (
    <UnstyledButton component={Link} href={place.path} aria-current={here ? "page" : undefined}>
      <Stack
        gap={2}
        align="center"
        justify="center"
        h={64}
        c={here ? "var(--mantine-color-anchor)" : "dimmed"}
      >
        <place.icon size={24} stroke={here ? 2 : 1.6} aria-hidden />
        <Text fz={11} fw={here ? 600 : 400} lh={1.2} ta="center">
          {t(`placesShort.${place.name}`)}
        </Text>
      </Stack>
    </UnstyledButton>
  );
}

function More() {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <Menu position="top-end" width={240}>
      <Menu.Target>
        <UnstyledButton>
          <Stack gap={2} align="center" justify="center" h={64} c="dimmed">
            <IconDots size={24} stroke={1.6} aria-hidden />
            <Text fz={11} lh={1.2}>
              {t("app.more")}
            </Text>
          </Stack>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {seldom.map((place) => (
          <Menu.Item
            key={place.path}
            component={Link}
            href={place.path}
            mih={44}
            leftSection={<place.icon size={20} />}
          >
            {t(`places.${place.name}`)}
          </Menu.Item>
        ))}
        <Menu.Item mih={44} leftSection={<IconLogout size={20} />} onClick={() => signOut.mutate()}>
          {t("person.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
