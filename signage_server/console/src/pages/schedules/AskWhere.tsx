import { MultiSelect, Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { screensQuery, unitsQuery } from "../../api/queries";
import type { Draft } from "./draft";
import type { Asked } from "./Question";

/** Everywhere, on some screens, or in some units where there is more than one. */
export function AskWhere({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const screens = useQuery(screensQuery).data ?? [];
  const units = useQuery(unitsQuery).data ?? [];
  const { where } = form.values;
  return (
    <Stack>
      <Radio.Group
        aria-label={t("ask.where")}
        value={where}
        onChange={(value) => form.setFieldValue("where", value as Draft["where"])}
        error={form.errors.targets}
      >
        <Stack gap="sm">
          <Radio value="all" label={t("where.all")} description={t("where.allHint")} />
          {(units.length > 1 || where === "unit") && <Radio value="unit" label={t("where.unit")} />}
          <Radio value="screens" label={t("where.screens")} />
        </Stack>
      </Radio.Group>
      {where === "screens" && (
        <MultiSelect
          label={t("where.choose")}
          placeholder={form.values.screenIds.length === 0 ? t("where.choosePlaceholder") : undefined}
          searchable
          clearable
          data={screens.map((screen) => ({ value: screen.id, label: placed(screen) }))}
          {...form.getInputProps("screenIds")}
        />
      )}
      {where === "unit" && (
        <MultiSelect
          label={t("where.chooseUnit")}
          searchable
          data={units.map((unit) => ({ value: unit.id, label: unit.name }))}
          {...form.getInputProps("unitIds")}
        />
      )}
    </Stack>
  );
}

function placed({ name, place }: { name: string; place: string }): string {
  return place ? `${name} · ${place}` : name;
}
