import { Box, Chip, Group, Input } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { NoticeForm } from "./ComposerFields";
import { type Ground, groundOf, grounds } from "./notice";

/** The colour of the ground tells the kind of message; the template's own is the first choice. */
export function GroundPicker({ form }: { form: NoticeForm }) {
  const { t } = useTranslation();
  const own = groundOf[form.values.template];
  return (
    <Input.Wrapper label={t("compose.ground")} size="md">
      <Chip.Group
        value={form.values.ground || own}
        onChange={(ground) => form.setFieldValue("ground", ground as Ground)}
      >
        <Group gap="xs" mt={6}>
          {(Object.keys(grounds) as Ground[]).map((ground) => (
            <Chip key={ground} value={ground}>
              <Group gap={8} display="inline-flex">
                <Box w={14} h={14} bdrs="xl" bg={grounds[ground]} bd="1px solid rgb(0 0 0 / 0.2)" />
                {t(`ground.${ground}`)}
              </Group>
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}
