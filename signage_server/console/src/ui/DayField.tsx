import { ActionIcon, Popover, TextInput, type TextInputProps } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayText, monthText, readDay } from "../i18n/dates";

interface Props extends Pick<TextInputProps, "w" | "maw" | "flex" | "autoFocus"> {
  /** Seen above the field; without it `aria-label` names the field. */
  label?: string;
  "aria-label"?: string;
  description?: string;
  /** `YYYY-MM-DD`; null while nothing stands there, or something that is no day. */
  value: string | null;
  onChange: (day: string | null) => void;
  error?: ReactNode;
  minDate?: string;
  maxDate?: string;
}

/** A day that is typed or picked. What is no day stays as it was typed, with why, and counts as no answer. */
export function DayField({ label, value, onChange, error, minDate, maxDate, ...rest }: Props) {
  const { t } = useTranslation();
  const typing = useTyping(value, onChange);
  const [open, setOpen] = useState(false);
  const fault = typing.done ? faultText(t, typing.text, minDate, maxDate) : null;
  const pick = (day: string | null) => {
    typing.pick(day);
    setOpen(false);
  };
  const calendar = (
    <ActionIcon
      aria-label={t("day.calendar")}
      aria-haspopup="dialog"
      aria-expanded={open}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => setOpen((now) => !now)}
    >
      <IconCalendar size={20} />
    </ActionIcon>
  );
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" withRoles={false}>
      <Popover.Target>
        <TextInput
          label={label}
          placeholder={t("when.dayPlaceholder")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          autoComplete="off"
          rightSection={calendar}
          rightSectionWidth={48}
          {...rest}
          value={typing.text}
          error={fault ?? error}
          onChange={(event) => typing.type(event.currentTarget.value)}
          onClick={() => setOpen(true)}
          onBlur={typing.finish}
          onKeyDown={(event) => {
            if (event.key === "Enter") typing.finish();
            if (event.key === "Enter" || event.key === "Tab" || event.key === "Escape") setOpen(false);
          }}
        />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t("day.calendar")}>
        <DatePicker
          key={value?.slice(0, 7)}
          value={value}
          defaultDate={value ?? minDate}
          minDate={minDate}
          maxDate={maxDate}
          onChange={pick}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

// A year of four digits ends a day: until it stands there, or the field is left, nothing is said of what is typed.
const wholeDay = /\d[/.\-\s]+\d{4}\s*$/;

function useTyping(value: string | null, onChange: (day: string | null) => void) {
  const [text, setText] = useState(() => textOf(value));
  const [done, setDone] = useState(true);
  const [known, setKnown] = useState(value);
  // Somebody else set the day: another field, or the picker.
  if (value !== known) {
    setKnown(value);
    if (done && value !== readDay(text).day) setText(textOf(value));
  }
  const tell = (said: string) => {
    const { day } = readDay(said);
    setDone(true);
    if (day !== value) onChange(day);
  };
  return {
    text,
    done,
    type: (said: string) => {
      setText(said);
      if (wholeDay.test(said)) tell(said);
      else setDone(false);
    },
    finish: () => {
      tell(text);
      const { day } = readDay(text);
      if (day) setText(textOf(day));
    },
    pick: (day: string | null) => {
      setText(textOf(day));
      setDone(true);
      onChange(day);
    },
  };
}

function textOf(day: string | null): string {
  return day ? dayText(day) : "";
}

function faultText(t: TFunction, text: string, minDate?: string, maxDate?: string): string | null {
  const read = readDay(text);
  if (read.fault === "unclear") return t("day.unclear");
  if (read.fault === "month") {
    const { month, days, year } = read;
    const name = monthText(t, month);
    const words = { month: name.charAt(0).toUpperCase() + name.slice(1), days, year };
    return year ? t("day.monthOfYear", words) : t("day.month", words);
  }
  if (read.day && minDate && read.day < minDate) return t("day.early", { day: dayText(minDate) });
  if (read.day && maxDate && read.day > maxDate) return t("day.late", { day: dayText(maxDate) });
  return null;
}
