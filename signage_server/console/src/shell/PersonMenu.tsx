import { Avatar, Group, Menu, Text, UnstyledButton } from "@mantine/core";
import { IconDots, IconLogout } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { session } from "../api/endpoints";
import type { MeOut } from "../api/generated";
import { LanguageSwitch } from "./LanguageSwitch";

/** Whoever is signed in: name, language, the way out. */
export function PersonMenu({ me }: { me: MeOut }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <>
      <LanguageSwitch mb="sm" />
      <Menu position="top-start" width={220}>
        <Menu.Target>
          <UnstyledButton p="xs" mih={44} bdrs="md" aria-label={t("person.menu", { name: me.name })}>
            <Group gap="sm" wrap="nowrap">
              <Avatar name={me.name} color="navy" radius="xl" size={36} />
              <Text flex={1} truncate>
                {me.name}
              </Text>
              <IconDots size={18} aria-hidden />
            </Group>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => signOut.mutate()}>
            {t("person.signOut")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** Leave, and forget everything that was read: the next person at this desk must not see it. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: session.signOut,
    onSettled: () => {
      queries.clear();
      window.location.assign("/");
    },
  });
}
