import { Box, Group, Input, Radio, SimpleGrid, Stack, Text } from "@mantine/core";
import {
  type Icon,
  IconBellRinging,
  IconListNumbers,
  IconMessage2,
  IconQrcode,
  IconSpeakerphone,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { groundOf, grounds, type Template, templates } from "./notice";

const icons: Record<Template, Icon> = {
  hero: IconSpeakerphone,
  message: IconMessage2,
  steps: IconListNumbers,
  reminder: IconBellRinging,
  scan: IconQrcode,
};
const lightGrounds = new Set(["yellow", "sand"]);

export function TemplatePicker({
  value,
  onChange,
}: {
  value: Template;
  onChange: (template: Template) => void;
}) {
  const { t } = useTranslation();
  return (
    <Input.Wrapper label={t("compose.template")} size="md">
      <Radio.Group
        value={value}
        onChange={(chosen) => onChange(chosen as Template)}
        aria-label={t("compose.template")}
      >
        <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="sm" mt={6}>
          {templates.map((template) => (
            <TemplateCard key={template} template={template} chosen={template === value} />
          ))}
        </SimpleGrid>
      </Radio.Group>
    </Input.Wrapper>
  );
}

function TemplateCard({ template, chosen }: { template: Template; chosen: boolean }) {
  const { t } = useTranslation();
  const Icon = icons[template];
  const ground = groundOf[template];
  const ink = lightGrounds.has(ground) ? "#1b2733" : "#ffffff";
  const border = chosen ? "var(--mantine-primary-color-filled)" : "var(--mantine-color-default-border)";
  return (
    <Radio.Card value={template} p={6} bd={`2px solid ${border}`}>
      <Stack gap={6}>
        <Box bg={grounds[ground]} bdrs="sm" py="sm" ta="center" lh={0}>
          <Icon size={30} stroke={1.5} color={ink} aria-hidden />
        </Box>
        <Group justify="center" gap={4} pb={2}>
          <Text size="sm" fw={chosen ? 600 : 400} ta="center" lh={1.3}>
            {t(`template.${template}`)}
          </Text>
        </Group>
      </Stack>
    </Radio.Card>
  );
}
