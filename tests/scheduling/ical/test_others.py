"""Calendar files of others (they come with two libraries): read or refused in words, and read as others read them."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from signage_server.errors import SignageError
from signage_server.scheduling.ical.reading import ReadEvent, Reading, read_ics
from signage_server.scheduling.ical.refusals import CalendarError, EventError
from signage_server.scheduling.recurrence import days, occurrence
from signage_server.scheduling.refusals import RecurrenceError

FILES = sorted(
    path
    for library in (icalendar, recurring_ical_events)
    for path in Path(str(library.__file__)).parent.rglob("*.ics")
)
READ_OTHERWISE = {
    "issue_156_RDATE_with_PERIOD_TZID_khal.ics": "the other reader drops the RDATEs of a change without its event",
    "issue_18_cancel_status.ics": "the other reader keeps a cancelled occurrence for its caller to look at",
    "issue_104_broken_calendar.ics": "the other reader stumbles over a line that we pass over",
    "parsing_error.ics": "the same",
    "issue_86_x_wr_timezone_without_time_zone_in_dt.ics": "the other reader goes by X-WR-TIMEZONE, no standard",
}
Span = tuple[float | datetime, float | datetime]


def read(path: Path) -> Reading | CalendarError:
    try:
        return read_ics(path.read_bytes())
    except CalendarError as error:
        return error


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_read_but_all_of_it_or_a_reason(path: Path) -> None:
    found = read(path)
    if isinstance(found, Reading):
        assert all(isinstance(one.why, (EventError, RecurrenceError)) for one in found.refused)


WHOLLY_READ = [
    path for path in FILES if isinstance(found := read(path), Reading) and found.events and not found.refused
]


READ_ALIKE = [path for path in WHOLLY_READ if path.name not in READ_OTHERWISE]


@pytest.mark.parametrize("path", READ_ALIKE, ids=lambda path: path.name)
def test_what_is_wholly_read_is_on_when_another_reader_says_so(path: Path) -> None:
    ours, theirs = both(path)
    assert ours == theirs


@pytest.mark.parametrize("path", [path for path in WHOLLY_READ if path.name in READ_OTHERWISE], ids=str)
def test_no_file_is_excused_without_need(path: Path) -> None:
    try:
        ours, theirs = both(path)
    except Exception:  # noqa: BLE001 - the other reader stumbles, in whatever way
        return
    assert ours != theirs


def both(path: Path) -> tuple[set[Span], set[Span]]:
    """When the events are on, as we read the file and as the other does."""
    found = read_ics(path.read_bytes())
    first = min(event.spec.rule.first_day for event in found.events) - timedelta(days=400)
    last = first + timedelta(days=1500)
    ours = {span for event in found.events for span in spans(event, first, last)}
    return early(ours, last), early(set(spans_of_the_other(path, first, last)), last)


def spans(event: ReadEvent, first: date, last: date) -> Iterator[Span]:
    for day in days(event.spec.rule, first, last):
        for window in event.spec.windows:
            if event.spec.zone_name is None:
                midnight = datetime.combine(day, datetime.min.time())
                yield (
                    midnight + timedelta(minutes=window.from_min),
                    midnight + timedelta(minutes=window.end_min),
                )
            else:
                found = occurrence(day, window, ZoneInfo(event.spec.zone_name))
                yield found.start_ms / 1000, found.end_ms / 1000


def spans_of_the_other(path: Path, first: date, last: date) -> Iterator[Span]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for calendar in icalendar.Calendar.from_ical(path.read_bytes(), multiple=True):
            for event in recurring_ical_events.of(calendar).between(first, last):
                start, end = instant(event["DTSTART"].dt), instant(event["DTEND"].dt)
                while isinstance(start, datetime) and isinstance(end, datetime) and end - start > DAY:
                    yield start, start + DAY  # whole days at a stretch are one window a day with us
                    start += DAY
                yield start, end


DAY = timedelta(days=1)


def instant(at: date) -> float | datetime:
    if not isinstance(at, datetime):
        return datetime.combine(at, datetime.min.time())
    return at if at.tzinfo is None else at.timestamp()


def early(found: set[Span], last: date) -> set[Span]:
    """Without the edge of what was asked for, where readers differ in what still counts."""
    edge = datetime.combine(last - timedelta(days=3), datetime.min.time())
    return {
        span
        for span in found
        if (span[0] < edge if isinstance(span[0], datetime) else span[0] < edge.timestamp())
    }


def test_there_are_enough_files_to_tell() -> None:
    assert len(FILES) > 150
    assert len(WHOLLY_READ) > 80
    assert issubclass(CalendarError, SignageError)
