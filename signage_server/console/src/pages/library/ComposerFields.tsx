import { Button, Collapse, Group, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { GroundPicker } from "./GroundPicker";
import { type Limited, useLimited } from "./limited";
import { type Draft, figures, nameOf, places } from "./notice";
import { StepsField } from "./StepsField";
import { TemplatePicker } from "./TemplatePicker";

export type NoticeForm = UseFormReturnType<Draft>;

interface Props {
  form: NoticeForm;
  /** What the server says against the draft, by field. */
  refusals: Readonly<Record<string, string>>;
}

export function ComposerFields({ form, refusals }: Props) {
  const { t } = useTranslation();
  const limited = useLimited({ form, refusals });
  const [wanted, { toggle }] = useDisclosure(false);
  // A field that is wrong is never hidden.
  const more = wanted || ["eyebrow", "footer", "name"].some((field) => limited(field).error);
  const has = places[form.values.template];
  return (
    <Stack>
      <TemplatePicker
        value={form.values.template}
        onChange={(template) => form.setFieldValue("template", template)}
      />
      <Textarea
        label={t("compose.headline")}
        autosize
        minRows={1}
        data-autofocus
        {...limited("headline", t("compose.headlineHint"))}
      />
      {has.includes("body") && (
        <Textarea label={t("compose.body")} autosize minRows={2} {...limited("body")} />
      )}
      {has.includes("steps") && <StepsField form={form} limited={limited} />}
      {has.includes("qr") && <QrFields form={form} limited={limited} />}
      {has.includes("figure") && <FigureField form={form} />}
      <TextInput label={t("compose.issuer")} {...limited("issuer", t("compose.issuerHint"))} />
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
        <MoreFields form={form} limited={limited} />
      </Collapse>
    </Stack>
  );
}

function QrFields({ form, limited }: { form: NoticeForm; limited: Limited }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t("compose.qr")}
        placeholder={t("compose.qrExample")}
        type="url"
        inputMode="url"
        {...limited("qr")}
      />
      {form.values.qr.trim() !== "" && (
        <TextInput label={t("compose.qrCaption")} {...limited("qr_caption")} />
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

function MoreFields({ form, limited }: { form: NoticeForm; limited: Limited }) {
  const { t } = useTranslation();
  const languages = [
    { value: "vi", label: t("compose.inVietnamese") },
    { value: "en", label: t("compose.inEnglish") },
  ];
  return (
    <Stack>
      <TextInput label={t("compose.eyebrow")} {...limited("eyebrow")} />
      <TextInput label={t("compose.footer")} {...limited("footer")} />
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
          {...limited("name")}
        />
      </Group>
    </Stack>
  );
}
