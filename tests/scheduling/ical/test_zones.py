"""Every zone whose clock changes, written as a VTIMEZONE and read back as RFC 5545 has it: not by a library."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from zoneinfo import ZoneInfo

import pytest

from signage_server.clock import zone_names
from signage_server.scheduling.ical.zones import time_zone_component

FIRST_YEAR, LAST_YEAR = 2026, 2031
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def written(zone: str, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> str:
    text: bytes = time_zone_component(zone, first_year, last_year).to_ical()
    return text.decode().replace("\r\n ", "")


def onsets(text: str) -> list[tuple[datetime, timedelta]]:
    """When which offset begins: DTSTART and RDATE are walls of the clock before, TZOFFSETFROM (3.6.5)."""
    found = []
    for observance in text.split("BEGIN:")[2:]:
        lines = dict(line.split(":", 1) for line in observance.splitlines() if ":" in line)
        before, after = offset(lines["TZOFFSETFROM"]), offset(lines["TZOFFSETTO"])
        for wall in [lines["DTSTART"], *filter(None, lines.get("RDATE", "").split(","))]:
            at = datetime.strptime(wall, "%Y%m%dT%H%M%S").replace(tzinfo=UTC) - before
            found.append((at, after))
    return sorted(found)


def offset(text: str) -> timedelta:
    hours, minutes, seconds = int(text[1:3]), int(text[3:5]), int(text[5:7] or 0)
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -span if text[0] == "-" else span


def told_offset(told: list[tuple[datetime, timedelta]], at: datetime) -> timedelta:
    return told[bisect_right(told, at, key=itemgetter(0)) - 1][1]


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """The hours before which the zone's clock changes, found by looking at every hour."""
    at, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    before = at.astimezone(zone).utcoffset()
    while at < end:
        if (now := at.astimezone(zone).utcoffset()) != before:
            yield at
        at, before = at + _HOUR, now


CHANGING = sorted(
    name
    for name in zone_names()
    if len(
        {
            (datetime(2027, 1, 1, tzinfo=UTC) + day * _DAY).astimezone(ZoneInfo(name)).utcoffset()
            for day in range(0, 366, 5)
        }
    )
    > 1
)


def test_every_zone_that_changes_is_told_as_it_is_hour_by_hour() -> None:
    assert {"America/New_York", "America/Santiago", "Africa/Casablanca", "Africa/El_Aaiun"} <= set(CHANGING)
    for name in CHANGING:
        zone, told = ZoneInfo(name), onsets(written(name))
        for change in changes(zone):
            for hours in range(-30, 31):
                for minutes in (0, 59):
                    at = change + hours * _HOUR + timedelta(minutes=minutes)
                    assert told_offset(told, at) == at.astimezone(zone).utcoffset(), (name, at)


@pytest.mark.parametrize(
    ("zone", "wall"),
    [
        ("America/New_York", "20270314T020000"),
        ("America/Santiago", "20270905T000000"),
        ("Africa/Casablanca", "20270207T030000"),
        ("Africa/Casablanca", "20270314T020000"),
    ],
)
def test_a_change_is_dated_by_the_clock_before_it(zone: str, wall: str) -> None:
    assert wall in written(zone)


def test_a_zone_without_changes_has_one_season_even_for_years_to_come() -> None:
    text = written("Asia/Ho_Chi_Minh", 2190, 2195)
    assert text.count("BEGIN:STANDARD") == 1
    assert onsets(text)[0][1] == 7 * _HOUR
