"""A schedule said back in a sentence, in Vietnamese and English. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from signage_server.errors import Language
from signage_server.scheduling.recurrence import DAY_MINUTES, DateRule, Window
from signage_server.scheduling.rules import Rule, parse_rrule
from signage_server.scheduling.timeline import ScheduleSpec
from signage_server.scheduling.wording import WORDS, Words, say_priority

#: So many single dates are named; of more than that only the number is said.
_NAMED_DAYS = 3
_WORKING_DAYS = range(5)
_COUNTED = 5
"""Ordinals go so far."""
_SPANS_MS = {"hours": 3_600_000, "minutes": 60_000, "seconds": 1_000}


@dataclass(frozen=True, slots=True)
class SetNames:
    """What the day sets of a schedule are called."""

    only: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


NO_SETS = SetNames()


def say_schedule(spec: ScheduleSpec, language: Language, sets: SetNames = NO_SETS) -> str:
    """The whole of it, such as "Thứ Hai–Thứ Sáu, 07:00–09:00, từ 03/08/2020 đến hết 31/12/2020"."""
    words = WORDS[language]
    return _sentence(
        [
            *_role(spec, words, language),
            _days(spec.rule, words),
            _windows(spec.windows, words),
            _range(spec.rule, words),
            _sets(sets.only, words.only_sets, words),
            _sets(sets.include, words.include_sets, words),
            _left_out(sets.exclude, spec.rule.except_days, words),
            _named(spec.rule.extra_days, words.extra_days, words.extra_many, words),
            words.zone.format(zone=spec.zone_name) if spec.zone_name else "",
        ]
    )


def say_days(rule: DateRule, language: Language) -> str:
    """Which days, without their range: "Monday–Friday", "Ngày 15 hằng tháng"."""
    return _sentence([_days(rule, WORDS[language])])


def say_when(rule: DateRule, windows: Sequence[Window], language: Language) -> str:
    """In few words when it is, to tell it from another of its name: "25/11", "Tuesday, 07:00–09:00"."""
    words = WORDS[language]
    if rule.first_day == rule.last_day:
        days = words.short_date.format(day=rule.first_day, month=words.months[rule.first_day.month - 1])
    else:
        days = say_days(rule, language)
    return ", ".join(part for part in (days, _windows(windows, words)) if part)


def _sentence(parts: Sequence[str]) -> str:
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def _role(spec: ScheduleSpec, words: Words, language: Language) -> list[str]:
    if spec.role == "reminder":
        return [words.reminder.format(span=_every(spec, words)), words.all if spec.take == "all" else ""]
    if spec.role == "takeover":
        level = say_priority(spec.priority, language)
        priority = words.priority.format(level=level) if spec.priority else ""
        return [words.takeover, priority, words.silent if spec.silences_reminders else ""]
    if spec.role == "off":
        return [words.off]
    return [_share(spec.share_permille, words)] if spec.share_permille else []


def _every(spec: ScheduleSpec, words: Words) -> str:
    every_ms = spec.every_ms or 0
    unit = next((unit for unit, span_ms in _SPANS_MS.items() if every_ms % span_ms == 0), "seconds")
    return _span(every_ms // _SPANS_MS[unit], unit, words)


def _span(number: int, unit: str, words: Words) -> str:
    one, several = words.units[unit]
    return one if number == 1 else several.format(n=number)


def _share(permille: int, words: Words) -> str:
    return words.share.format(percent=f"{permille / 10:g}".replace(".", words.point))


def _days(rule: DateRule, words: Words) -> str:
    if rule.first_day == rule.last_day:
        return words.on_day.format(day=_date(rule.first_day, words))
    parts = parse_rrule(rule.rrule or "FREQ=DAILY")
    said = _SAID_BY[parts.freq](parts, rule.first_day, words)
    count = words.count_one if parts.count == 1 else words.count
    counted = count.format(count=parts.count) if parts.count else ""
    return (said or words.by_rule.format(rule=parts)) + counted


# Each of these says a rule that has the shape people give it, and nothing of one that has not.


def _daily(rule: Rule, first_day: date, words: Words) -> str:
    if rule.bymonth or rule.bymonthday or (rule.byday and rule.interval > 1):
        return ""
    if rule.byday:
        return _each_week(rule.weekdays, words)
    return (
        words.every_day
        if rule.interval == 1
        else words.days_apart.format(span=_span(rule.interval, "days", words))
    )


def _weekly(rule: Rule, first_day: date, words: Words) -> str:
    if rule.bymonth or rule.bysetpos:
        return ""
    named = rule.weekdays or (first_day.weekday(),)
    if len(named) == 7 and rule.interval == 1:
        return words.every_day
    if rule.interval == 1:
        return _each_week(named, words)
    return _weekdays(named, words) + _apart(rule, "weeks", words)


def _monthly(rule: Rule, first_day: date, words: Words) -> str:
    if rule.bymonth or (rule.byday and rule.bymonthday) or not _is_plain(rule):
        return ""
    if rule.byday:
        days = _nth_weekdays(rule, words)
    else:
        days = _joined(
            [_month_day(day, words) for day in _from_first(rule.bymonthday or (first_day.day,))], words
        )
    template = words.every_month if rule.interval == 1 else words.of_the_month
    return template.format(days=days) + _apart(rule, "months", words)


def _yearly(rule: Rule, first_day: date, words: Words) -> str:
    if (
        rule.byweekno
        or rule.byyearday
        or (rule.byday and (rule.bymonthday or not rule.bymonth))
        or not _is_plain(rule)
    ):
        return ""
    if any(day < 0 for day in rule.bymonthday):
        return ""
    if rule.byday:
        months = _joined([words.months[month - 1] for month in rule.bymonth], words)
        days = words.weekday_of_month.format(days=_nth_weekdays(rule, words), months=months)
    else:
        dates = [
            (month, day)
            for month in rule.bymonth or (first_day.month,)
            for day in rule.bymonthday or (first_day.day,)
        ]
        days = _joined(
            [words.day_of_month.format(n=day, month=words.months[month - 1]) for month, day in dates], words
        )
    return (words.every_year.format(days=days) if rule.interval == 1 else days) + _apart(rule, "years", words)


_SAID_BY = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}


def _from_first(days: Sequence[int]) -> list[int]:
    """Days counted from the end come last."""
    return sorted(days, key=lambda day: (day < 0, day))


def _apart(rule: Rule, unit: str, words: Words) -> str:
    return words.apart.format(span=_span(rule.interval, unit, words)) if rule.interval > 1 else ""


def _each_week(named: Sequence[int], words: Words) -> str:
    """A single weekday might be taken for a single day: of it alone "every week" is said."""
    said = _weekdays(named, words)
    return words.every_week.format(weekday=said) if len(named) == 1 else said


def _weekdays(named: Sequence[int], words: Words) -> str:
    """Three or more in a row are said as a stretch."""
    runs: list[list[int]] = []
    for day in named:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = [words.weekdays[run[0]] + "–" + words.weekdays[run[-1]] if len(run) > 2 else "" for run in runs]
    singles = [[words.weekdays[day] for day in run] for run in runs]
    return _joined(
        [text for run, one in zip(singles, said, strict=True) for text in ([one] if one else run)], words
    )


def _is_plain(rule: Rule) -> bool:
    """Whether BYSETPOS, if there is one, counts the working days of one month, up to the fifth or from the end."""
    counts_working_days = rule.byday == tuple((day, 0) for day in _WORKING_DAYS) and len(rule.bymonth) < 2
    return not rule.bysetpos or (counts_working_days and max(rule.bysetpos) <= _COUNTED)


def _nth_weekdays(rule: Rule, words: Words) -> str:
    if rule.bysetpos:
        return _joined(
            [_nth_weekday(words.working_day, nth, words) for nth in _from_first(rule.bysetpos)], words
        )
    return _joined([_nth_weekday(words.weekdays[day], nth, words) for day, nth in rule.byday], words)


def _nth_weekday(weekday: str, nth: int, words: Words) -> str:
    if nth == 0:
        return words.every_weekday.format(weekday=weekday)
    if nth == -1:
        return words.last_weekday.format(weekday=weekday)
    if nth < 0:
        return words.nth_last_weekday.format(weekday=weekday, n=-nth)
    return words.nth_weekday.format(weekday=weekday, nth=words.ordinals[nth - 1])


def _month_day(day: int, words: Words) -> str:
    if day == -1:
        return words.last_month_day
    return words.month_day.format(n=day) if day > 0 else words.from_end_of_month.format(n=-day)


def _windows(windows: Sequence[Window], words: Words) -> str:
    return _joined(
        [_window(window, words) for window in sorted(windows, key=lambda one: one.from_min)], words
    )


def _window(window: Window, words: Words) -> str:
    if window == Window(0, DAY_MINUTES):
        return words.all_day
    next_day = words.next_day if window.end_min > DAY_MINUTES else ""
    until = window.to_min or DAY_MINUTES  # 24:00 reads better than 00:00
    return f"{_clock(window.from_min)}–{_clock(until)}{next_day}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _range(rule: DateRule, words: Words) -> str:
    if rule.first_day == rule.last_day:
        return ""
    ends = [end for end in (rule.last_day, parse_rrule(rule.rrule).until if rule.rrule else None) if end]
    first = words.first.format(day=_date(rule.first_day, words))
    return first + (words.last.format(day=_date(min(ends), words)) if ends else "")


def _sets(names: Sequence[str], template: str, words: Words) -> str:
    return template.format(sets=_joined(names, words)) if names else ""


def _left_out(sets: Sequence[str], days: Sequence[date], words: Words) -> str:
    many = len(days) > _NAMED_DAYS
    said = [words.many_days.format(count=len(days))] if many else [_date(day, words) for day in sorted(days)]
    return words.left_out.format(days=_joined([*sets, *said], words)) if sets or days else ""


def _named(days: Sequence[date], named: str, many: str, words: Words) -> str:
    if len(days) > _NAMED_DAYS:
        return many.format(count=len(days))
    return named.format(days=_joined([_date(day, words) for day in sorted(days)], words)) if days else ""


def _date(day: date, words: Words) -> str:
    return words.date.format(day=day, month=words.months[day.month - 1])


def _joined(said: Sequence[str], words: Words) -> str:
    return words.also.join(part for part in (", ".join(said[:-1]), *said[-1:]) if part)
