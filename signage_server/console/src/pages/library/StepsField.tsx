import { ActionIcon, Button, Group, Input, Stack, Textarea, TextInput, ThemeIcon } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { NoticeForm } from "./ComposerFields";
import type { Limited } from "./limited";
import { stepsMost } from "./notice";

/** Two to four steps, each with a line that helps. */
export function StepsField({ form, limited }: { form: NoticeForm; limited: Limited }) {
  const { t } = useTranslation();
  const { steps } = form.values;
  return (
    <Input.Wrapper label={t("compose.steps")} size="md" error={limited("steps").error}>
      <Stack gap="sm" mt={6}>
        {steps.map((_, index) => (
          // Steps have no identity of their own: their place is what they are.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
          <Group key={index} align="flex-start" wrap="nowrap" gap="sm">
            <ThemeIcon variant="light" radius="xl" size={32} mt={6}>
              {index + 1}
            </ThemeIcon>
            <Stack gap={6} flex={1}>
              <TextInput
                aria-label={t("compose.stepTitle", { number: index + 1 })}
                placeholder={t("compose.stepTitle", { number: index + 1 })}
                {...limited(`steps.${index}.title`)}
              />
              <Textarea
                aria-label={t("compose.stepText", { number: index + 1 })}
                placeholder={t("compose.stepText", { number: index + 1 })}
                autosize
                {...limited(`steps.${index}.text`)}
              />
            </Stack>
            <ActionIcon
              aria-label={t("compose.stepRemove", { number: index + 1 })}
              disabled={steps.length <= 2}
              onClick={() => form.removeListItem("steps", index)}
            >
              <IconTrash size={20} />
            </ActionIcon>
          </Group>
        ))}
        {steps.length < stepsMost && (
          <Button
            variant="default"
            leftSection={<IconPlus size={18} />}
            w="fit-content"
            onClick={() => form.insertListItem("steps", { title: "", text: "" })}
          >
            {t("compose.stepAdd")}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
