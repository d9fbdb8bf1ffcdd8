import { Group, NumberInput, Radio, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DayField } from "../../ui/DayField";
import { canCount, type Ends } from "./draft";
import type { Asked } from "./Question";
import { countMost } from "./repeat";

/** Never, with the end of a day, or after a number of times. */
export function AskEnds({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { ends } = form.values;
  const choose = (value: string) =>
    form.setValues({ ends: value as Ends, ...(value === "count" && { lastDay: null }) });
  return (
    <Radio.Group label={t("ends.label")} size="md" value={ends} onChange={choose}>
      <Stack gap={0}>
        <Group mih={44}>
          <Choice value="never" />
        </Group>
        <Group gap="sm" mih={44}>
          <Choice value="day" />
          {ends === "day" && <LastDay form={form} />}
        </Group>
        {canCount(form.values) && (
          <Group gap="sm" mih={44}>
            <Choice value="count" />
            {ends === "count" && <Count form={form} />}
          </Group>
        )}
      </Stack>
    </Radio.Group>
  );
}

// The words are pressed as often as the dot.
const fingerTall = {
  body: { alignItems: "center" },
  label: { display: "inline-flex", alignItems: "center", minHeight: 44 },
};

function Choice({ value }: { value: Ends }) {
  const { t } = useTranslation();
  return <Radio value={value} label={t(`ends.${value}`)} styles={fingerTall} />;
}

function LastDay({ form }: { form: Asked }) {
  const { t } = useTranslation();
  return (
    <DayField
      aria-label={t("when.last")}
      w={200}
      minDate={form.values.firstDay ?? undefined}
      value={form.values.lastDay}
      onChange={(day) => form.setFieldValue("lastDay", day)}
      error={form.errors.lastDay}
    />
  );
}

function Count({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const { count, lastDay } = form.values;
  return (
    <>
      <NumberInput
        aria-label={t("ends.countLabel")}
        w={110}
        min={1}
        max={countMost}
        allowDecimal={false}
        allowNegative={false}
        value={count || ""}
        onChange={(value) => form.setFieldValue("count", Number(value))}
      />
      <Text>{t("ends.times", { count })}</Text>
      {lastDay !== null && (
        <>
          <Text>{t("ends.notAfter")}</Text>
          <LastDay form={form} />
        </>
      )}
    </>
  );
}
