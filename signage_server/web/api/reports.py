"""Reports: what boards proved that they played, by day, as JSON or as a CSV file for a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from sqlalchemy.orm import Session

from signage_server.clock import from_ms
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.screens.totals import (
    ReportedScreen,
    Totals,
    TotalsKey,
    screens_that_played,
    totals_of_day,
    zones_of,
)
from signage_server.web.labels import asset_labels, removed_names, schedule_names
from signage_server.web.live import give_way
from signage_server.web.paging import Listed
from signage_server.web.plays_csv import csv_lines
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
from signage_server.web.rooms import rooms
from signage_server.web.schemas.reports import PlayTotals

blueprint = APIBlueprint("reports", __name__, tag="Reports")

_SCREENS = 10
"""Screens whose day is added up with one query: tens of milliseconds where they are busy."""


class PlaysList(Listed[PlayTotals]):
    """A page of totals: by day, screen, slide."""


@blueprint.get("/reports/plays")
@blueprint.input(ReportQuery, location="query")
@blueprint.output(PlaysList)
def report_plays(query_data: ReportQuery) -> Any:
    """Proof of play: totals by day, screen, slide and schedule; all of them at once as `text/csv`, if asked for."""
    days = days_asked(query_data)
    if wants_csv(query_data):
        return csv_file("plays", days, csv_lines(_all(days, query_data.screen_id), language()))
    day, key = read_place(query_data.cursor, days[0], len(TotalsKey._fields))
    with rooms().db.read() as session:
        walk = _walk(session, day, days[-1], TotalsKey(*key) if key else None, query_data.screen_id)
        found = list(islice(walk, query_data.limit + 1))
        items = _outs(session, found[: query_data.limit])
    more = len(found) > query_data.limit
    return PlaysList(items=items, next=_cursor(*found[query_data.limit - 1]) if more else None)


Found = tuple[date, Totals]


def _walk(
    session: Session, day: date, last_day: date, after: TotalsKey | None, screen_id: str | None
) -> Iterator[Found]:
    """The totals from a place on, by day and screen. A few screens at a time, and others get their turn in between."""
    zones = {name: ZoneInfo(name) for name in zones_of(session)}
    while zones and day <= last_day:
        bounds = {name: _bounds(day, zone) for name, zone in zones.items()}
        screens = screens_that_played(session, bounds, screen_id)
        for some in _few(screens, after):
            for totals in totals_of_day(session, some, bounds):
                if after is None or totals.key > after:
                    yield day, totals
            give_way()
        give_way()
        day, after = day + DAY, None


def _few(screens: Sequence[ReportedScreen], after: TotalsKey | None) -> Iterator[Sequence[ReportedScreen]]:
    left = [screen for screen in screens if after is None or screen[:2] >= after[:2]]
    return (left[start : start + _SCREENS] for start in range(0, len(left), _SCREENS))


def _all(days: Sequence[date], screen_id: str | None) -> Iterator[tuple[PlayTotals, str]]:
    """Every line of the report with its screen's zone."""
    with rooms().db.read() as session:
        walk = _walk(session, days[0], days[-1], None, screen_id)
        while found := list(islice(walk, CSV_ROWS)):
            yield from zip(_outs(session, found), (totals.zone for _, totals in found), strict=True)


def _bounds(day: date, zone: ZoneInfo) -> tuple[int, int]:
    return wall_to_utc_ms(day, 0, zone), wall_to_utc_ms(day + DAY, 0, zone)


def _cursor(day: date, totals: Totals) -> str:
    return write_place(day, totals.key)


def _outs(session: Session, found: Sequence[Found]) -> list[PlayTotals]:
    assets = {totals.key.asset_id for _, totals in found}
    schedules = {totals.key.schedule_id for _, totals in found}
    names = {asset_id: label.name for asset_id, label in asset_labels(session, assets).items()}
    names |= schedule_names(session, schedules)
    if unnamed := (assets | schedules) - names.keys():
        names |= removed_names(session, unnamed)
    return [_out(day, totals, names) for day, totals in found]


def _out(day: date, totals: Totals, names: Mapping[str, str]) -> PlayTotals:
    key = totals.key
    return PlayTotals(
        day=day,
        screen_id=key.screen_id,
        screen_name=key.screen_name,
        asset_id=key.asset_id,
        asset_name=names.get(key.asset_id, ""),
        schedule_id=key.schedule_id,
        schedule_name=names.get(key.schedule_id, ""),
        role=key.role,
        plays=totals.plays,
        shown_ms=totals.shown_ms,
        first=from_ms(totals.first_ms),
        last=from_ms(totals.last_ms),
        longest_gap_ms=totals.longest_gap_ms,
        guessed_plays=totals.guessed_plays,
    )
