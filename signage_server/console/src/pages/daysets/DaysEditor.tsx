import { ActionIcon, Button, Group, Input, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayText } from "../../i18n/dates";
import { weekdayOf } from "../schedules/civil";
import { weekdayText } from "../schedules/repeatWords";
import { joined, type NamedDay, picked, readLines } from "./named";

interface Props {
  days: NamedDay[];
  onChange: (days: NamedDay[]) => void;
  error: ReactNode;
}

/** Days picked in a calendar or pasted as lines, each with its name. */
export function DaysEditor({ days, onChange, error }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <DatePickerInput
        type="multiple"
        label={t("sets.pick")}
        description={t("sets.pickHint")}
        placeholder={t("sets.pickPlaceholder")}
        valueFormat="DD/MM/YYYY"
        // The list below says which days they are.
        valueFormatter={() => (days.length > 0 ? t("sets.dayCount", { count: days.length }) : "")}
        value={days.map(({ day }) => day)}
        onChange={(chosen) => onChange(picked(days, chosen))}
        error={error}
      />
      <Paste onPaste={(pasted) => onChange(joined(days, pasted))} />
      {days.length > 0 && <Rows days={days} onChange={onChange} />}
    </Stack>
  );
}

function Paste({ onPaste }: { onPaste: (days: NamedDay[]) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const { days, bad } = readLines(text);
  const add = () => {
    onPaste(days);
    setText(bad.join("\n"));
  };
  return (
    <Stack gap="xs">
      <Textarea
        label={t("sets.paste")}
        description={t("sets.pasteHint")}
        placeholder={t("sets.pastePlaceholder")}
        autosize
        minRows={3}
        maxRows={12}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={
          bad.length > 0 ? t("sets.badLines", { lines: bad.map((line) => `“${line}”`).join(", ") }) : null
        }
      />
      <Button
        variant="default"
        disabled={days.length === 0}
        onClick={add}
        style={{ alignSelf: "flex-start" }}
      >
        {days.length > 0 ? t("sets.addDays", { count: days.length }) : t("sets.addNone")}
      </Button>
    </Stack>
  );
}

function Rows({ days, onChange }: { days: NamedDay[]; onChange: (days: NamedDay[]) => void }) {
  const { t } = useTranslation();
  const rename = (day: string, name: string) =>
    onChange(days.map((one) => (one.day === day ? { ...one, name } : one)));
  return (
    <Input.Wrapper label={t("sets.days")} labelElement="div" size="md">
      <Stack gap="xs" mt={6} component="ul" p={0} style={{ listStyle: "none" }}>
        {days.map(({ day, name }) => (
          <Group key={day} component="li" gap="sm" wrap="nowrap">
            <Text w={{ base: 96, xs: 190 }} style={{ flexShrink: 0 }}>
              {weekdayText(t, weekdayOf(day))} {dayText(day)}
            </Text>
            <TextInput
              aria-label={t("sets.nameOf", { day: dayText(day) })}
              placeholder={t("sets.dayName")}
              maxLength={200}
              flex={1}
              miw={0}
              value={name}
              onChange={(event) => rename(day, event.currentTarget.value)}
            />
            <ActionIcon
              aria-label={t("sets.removeDay", { day: dayText(day) })}
              onClick={() => onChange(days.filter((one) => one.day !== day))}
            >
              <IconX size={20} />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
    </Input.Wrapper>
  );
}
