import { Button, Collapse, Group, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { GroundPicker } from "./GroundPicker";
import { type Draft, figures, nameOf, places } from "./notice";
import { StepsField } from "./StepsField";
import { TemplatePicker } from "./TemplatePicker";

export type NoticeForm = UseFormReturnType<Draft>;

export function ComposerFields({ form }: { form: NoticeForm }) {
  const { t } = useTranslation();
  const [more, { toggle }] = useDisclosure(false);
  const has = places[form.values.template];
  return (
    <Stack>
      <TemplatePicker
        value={form.values.template}
        onChange={(template) => form.setFieldValue("template", template)}
      />
      <Textarea
        label={t("compose.headline")}
        description={t("compose.headlineHint")}
        autosize
        minRows={1}
        maxLength={120}
        data-autofocus
        {...form.getInputProps("headline")}
      />
      {has.includes("body") && (
        <Textarea
          label={t("compose.body")}
          autosize
          minRows={2}
          maxLength={320}
          {...form.getInputProps("body")}
        />
      )}
      {has.includes("steps") && <StepsField form={form} />}
      {has.includes("qr") && <QrFields form={form} />}
      {has.includes("figure") && <FigureField form={form} />}
      <TextInput
        label={t("compose.issuer")}
        description={t("compose.issuerHint")}
        maxLength={80}
        {...form.getInputProps("issuer")}
      />
      <Button
        variant="subtle"
        onClick={toggle}
        aria-expanded={more}
        leftSection={more ? <IconChevronUp size={18} /> : <IconChevronDown size={18} />}
        w="fit-content"
      >
        {t("compose.more")}
      </Button>
      <Collapse expanded={more}>
        <MoreFields form={form} />
      </Collapse>
    </Stack>
  );
}

function QrFields({ form }: { form: NoticeForm }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t("compose.qr")}
        placeholder="https://bluezone.gov.vn"
        type="url"
        inputMode="url"
        maxLength={100}
        {...form.getInputProps("qr")}
      />
      {form.values.qr.trim() !== "" && (
        <TextInput label={t("compose.qrCaption")} maxLength={80} {...form.getInputProps("qr_caption")} />
      )}
    </>
  );
}

function FigureField({ form }: { form: NoticeForm }) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("compose.figure")}
      data={[
        { value: "", label: t("figure.none") },
        ...figures.map((value) => ({ value, label: t(`figure.${value}`) })),
      ]}
      allowDeselect={false}
      {...form.getInputProps("figure")}
    />
  );
}

function MoreFields({ form }: { form: NoticeForm }) {
  const { t } = useTranslation();
  const languages = [
    { value: "vi", label: t("compose.inVietnamese") },
    { value: "en", label: t("compose.inEnglish") },
  ];
  return (
    <Stack>
      <TextInput label={t("compose.eyebrow")} maxLength={80} {...form.getInputProps("eyebrow")} />
      <TextInput label={t("compose.footer")} maxLength={80} {...form.getInputProps("footer")} />
      <GroundPicker form={form} />
      <Switch label={t("compose.dark")} {...form.getInputProps("dark", { type: "checkbox" })} />
      <Group grow align="flex-start">
        <Select
          label={t("compose.language")}
          data={languages}
          allowDeselect={false}
          {...form.getInputProps("language")}
        />
        <TextInput
          label={t("compose.name")}
          placeholder={nameOf({ ...form.values, name: "" })}
          maxLength={200}
          {...form.getInputProps("name")}
        />
      </Group>
    </Stack>
  );
}
