import { Group, Radio, SimpleGrid, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Role } from "./draft";
import type { Asked } from "./Question";
import { RoleOptions } from "./RoleOptions";

const roles: readonly Role[] = ["rotation", "reminder", "takeover", "off"];

export function AskHow({ form }: { form: Asked }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Radio.Group
        label={<VisuallyHidden>{t("ask.how")}</VisuallyHidden>}
        labelProps={{ pos: "absolute" }}
        value={form.values.role}
        onChange={(role) => form.setFieldValue("role", role as Role)}
        error={form.errors.role}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {roles.map((role) => (
            <Choice key={role} role={role} chosen={role === form.values.role} />
          ))}
        </SimpleGrid>
      </Radio.Group>
      <RoleOptions form={form} />
    </Stack>
  );
}

function Choice({ role, chosen }: { role: Role; chosen: boolean }) {
  const { t } = useTranslation();
  const border = chosen ? "var(--mantine-primary-color-filled)" : "var(--mantine-color-default-border)";
  return (
    <Radio.Card
      value={role}
      p="md"
      bd={`2px solid ${border}`}
      display="flex"
      style={{ alignItems: "flex-start" }}
    >
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator mt={3} />
        <div>
          <Text fw={600}>{t(`role.${role}`)}</Text>
          <Text size="sm" c="dimmed">
            {t(`roleHint.${role}`)}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}
