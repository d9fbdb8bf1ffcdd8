import { MultiSelect, Radio, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { screensQuery, tagsQuery, unitsQuery } from "../../api/queries";
import type { Draft } from "./draft";
import type { Asked } from "./Question";

/** Everywhere, or wherever a tag, a unit or a name says: the union of all that is chosen. */
export function AskWhere({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { where } = form.values;
  return (
    <Stack>
      <Radio.Group
        label={<VisuallyHidden>{t("ask.where")}</VisuallyHidden>}
        labelProps={{ pos: "absolute" }}
        value={where}
        onChange={(value) => form.setFieldValue("where", value as Draft["where"])}
        error={form.errors.targets}
      >
        <Stack gap="sm">
          <Radio value="all" label={t("where.all")} description={t("where.allHint")} />
          <Radio value="some" label={t("where.some")} />
        </Stack>
      </Radio.Group>
      {where === "some" && <Places form={form} />}
    </Stack>
  );
}

function Places({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const screens = useQuery(screensQuery).data ?? [];
  const units = useQuery(unitsQuery).data ?? [];
  const tags = useQuery(tagsQuery).data ?? [];
  const { unitIds, tags: chosenTags, screenIds } = form.values;
  const names = [...new Set([...tags.map(({ tag }) => tag), ...chosenTags])];
  const count = new Map(tags.map(({ tag, screens }) => [tag, screens]));
  const kinds = [names.length > 0, units.length > 1 || unitIds.length > 0].filter(Boolean).length;
  return (
    <Stack>
      {names.length > 0 && (
        <MultiSelect
          label={t("where.chooseTags")}
          searchable
          clearable
          data={names.map((tag) => ({
            value: tag,
            label: `${tag} · ${t("where.screenCount", { count: count.get(tag) ?? 0 })}`,
          }))}
          {...form.getInputProps("tags")}
        />
      )}
      {(units.length > 1 || unitIds.length > 0) && (
        <MultiSelect
          label={t("where.chooseUnit")}
          searchable
          clearable
          data={units.map((unit) => ({ value: unit.id, label: unit.name }))}
          {...form.getInputProps("unitIds")}
        />
      )}
      <MultiSelect
        label={t("where.choose")}
        placeholder={screenIds.length === 0 ? t("where.choosePlaceholder") : undefined}
        searchable
        clearable
        data={screens.map((screen) => ({ value: screen.id, label: placed(screen) }))}
        {...form.getInputProps("screenIds")}
      />
      {kinds > 0 && (
        <Text size="sm" c="dimmed">
          {t("where.union")}
        </Text>
      )}
    </Stack>
  );
}

function placed({ name, place }: { name: string; place: string }): string {
  return place ? `${name} · ${place}` : name;
}
