"""Reminders promised and measured: by day, screen and reminder, as JSON or as a CSV file for a spreadsheet."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Annotated, Any, NamedTuple, TypeVar

from apiflask import APIBlueprint
from pydantic import Field
from sqlalchemy.orm import Session

from signage_server.clock import to_ms
from signage_server.delivery.rhythms import Rhythms, Row
from signage_server.screens.totals import screens_ever
from signage_server.web.labels import removed_names, schedule_names
from signage_server.web.live import give_way
from signage_server.web.paging import Listed
from signage_server.web.problems import language
from signage_server.web.reporting import (
    CSV_ROWS,
    DAY,
    ReportQuery,
    csv_file,
    days_asked,
    read_place,
    wants_csv,
    write_place,
)
from signage_server.web.rhythm_csv import rhythm_lines
from signage_server.web.rooms import rooms
from signage_server.web.schemas.rhythm import RhythmRow

blueprint = APIBlueprint("rhythm_reports", __name__, tag="Reports")

_ASKED = 200
"""Screens whose plans are asked for at a time; those with the same plan cost little."""
_SCREENS = 10
"""Screens whose day is measured at a time: tens of milliseconds where they are busy."""
T = TypeVar("T")


class RhythmQuery(ReportQuery):
    """Which days (inclusive, each in the screen's own zone), screens and reminders; without days the last seven."""

    schedule_id: Annotated[str, Field(max_length=20)] | None = None


class RhythmList(Listed[RhythmRow]):
    """A page: by day, screen, reminder."""


class _Place(NamedTuple):
    """What a row is of; within a day rows come in this order."""

    screen_name: str
    screen_id: str
    schedule_id: str


Found = tuple[date, Row]


@blueprint.get("/reports/rhythm")
@blueprint.input(RhythmQuery, location="query")
@blueprint.output(RhythmList)
def report_rhythm(query_data: RhythmQuery) -> Any:
    """What the plans in force promised of each reminder and what boards proved; all of it as `text/csv`, if asked for.

    A window counts for the day on which it begins. The last five minutes are left out: boards may not have told yet.
    """
    days = days_asked(query_data)
    if wants_csv(query_data):
        return csv_file("rhythm", days, rhythm_lines(_all(days, query_data), language()))
    day, key = read_place(query_data.cursor, days[0], len(_Place._fields))
    with rooms().db.read() as session:
        walk = _walk(session, day, days[-1], _Place(*key) if key else None, query_data)
        found = list(islice(walk, query_data.limit + 1))
        items = _outs(session, found[: query_data.limit])
    more = len(found) > query_data.limit
    return RhythmList(items=items, next=_cursor(*found[query_data.limit - 1]) if more else None)


def _walk(
    session: Session, day: date, last_day: date, after: _Place | None, query: RhythmQuery
) -> Iterator[Found]:
    """The rows from a place on. A few screens at a time, and others get their turn in between."""
    rhythms = Rhythms(rooms().history, to_ms(rooms().clock()))
    screens = screens_ever(session, query.screen_id)
    while day <= last_day:
        left = [screen for screen in screens if after is None or screen[:2] >= after[:2]]
        for some in _few(left, _ASKED):
            promised = rhythms.promised(day, some, query.schedule_id)
            give_way()
            for few in _few(promised, _SCREENS):
                for row in rhythms.measured(session, few):
                    if after is None or _key(row) > after:
                        yield day, row
                give_way()
        day, after = day + DAY, None


def _few(screens: Sequence[T], count: int) -> Iterator[Sequence[T]]:
    return (screens[start : start + count] for start in range(0, len(screens), count))


def _all(days: Sequence[date], query: RhythmQuery) -> Iterator[RhythmRow]:
    with rooms().db.read() as session:
        walk = _walk(session, days[0], days[-1], None, query)
        while found := list(islice(walk, CSV_ROWS)):
            yield from _outs(session, found)


def _key(row: Row) -> _Place:
    return _Place(row.screen.name, row.screen.id, row.measured.schedule)


def _cursor(day: date, row: Row) -> str:
    return write_place(day, _key(row))


def _outs(session: Session, found: Sequence[Found]) -> list[RhythmRow]:
    ids = {row.measured.schedule for _, row in found}
    names = schedule_names(session, ids)
    if unnamed := ids - names.keys():
        names |= removed_names(session, unnamed)
    return [
        RhythmRow(
            day=day,
            screen_id=row.screen.id,
            screen_name=row.screen.name,
            schedule_id=row.measured.schedule,
            schedule_name=names.get(row.measured.schedule, ""),
            every_ms=row.measured.every_ms,
            promised=row.measured.promised,
            played=row.measured.played,
            longest_gap_ms=row.measured.longest_gap_ms,
            allowed_gap_ms=row.measured.allowed_gap_ms,
            kept=row.measured.kept,
            silent_ms=row.measured.silent_ms,
        )
        for day, row in found
    ]
