"""Reports: what boards proved that they played, by day, as JSON or as a CSV file for a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from flask import Response, request, stream_with_context
from pydantic import Field
from sqlalchemy.orm import Session

from signage_server.clock import from_ms, to_ms
from signage_server.errors import Invalid
from signage_server.scheduling.recurrence import local_day, wall_to_utc_ms
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
from signage_server.web.paging import CursorUnknown, Listed, PageIn, read_cursor, write_cursor
from signage_server.web.plays_csv import csv_lines
from signage_server.web.problems import language
from signage_server.web.rooms import rooms
from signage_server.web.schemas.reports import PlayTotals
from signage_server.web.schemas.values import AskedDay

blueprint = APIBlueprint("reports", __name__, tag="Reports")

DAYS_MOST = 366
DAYS_USUAL = 7
_SCREENS = 10
"""Screens whose day is added up with one query: tens of milliseconds where they are busy."""
_CSV_ROWS = 500
"""Rows of a file that are given names at a time."""
_DAY = timedelta(days=1)


class PlaysQuery(PageIn):
    """Which days (inclusive, each in the screen's own zone) and screens; without days the last seven."""

    first_day: AskedDay | None = Field(None, alias="from")
    last_day: AskedDay | None = Field(None, alias="to")
    screen_id: Annotated[str, Field(max_length=20)] | None = None
    format: Literal["json", "csv"] | None = Field(None, description="Or by the header `Accept: text/csv`.")


class PlaysList(Listed[PlayTotals]):
    """A page of totals: by day, screen, slide."""


class ReportDays(Invalid):
    """A report over no days, or over more than a year."""

    code = "report_days"
    vi = "Ngày cuối phải bằng hoặc sau ngày đầu, và báo cáo dài nhất là {most} ngày."
    en = "The last day must not be before the first, and a report covers at most {most} days."


@blueprint.get("/reports/plays")
@blueprint.input(PlaysQuery, location="query")
@blueprint.output(PlaysList)
def report_plays(query_data: PlaysQuery) -> Any:
    """Proof of play: totals by day, screen, slide and schedule; all of them at once as `text/csv`, if asked for."""
    days = days_asked(query_data)
    if wants_csv(query_data):
        return _csv(days, query_data.screen_id)
    day, after = _place(query_data.cursor, days[0])
    with rooms().db.read() as session:
        walk = _walk(session, day, days[-1], after, query_data.screen_id)
        found = list(islice(walk, query_data.limit + 1))
        items = _outs(session, found[: query_data.limit])
    more = len(found) > query_data.limit
    return PlaysList(items=items, next=_cursor(*found[query_data.limit - 1]) if more else None)


Found = tuple[date, Totals]


def days_asked(query: PlaysQuery) -> Sequence[date]:
    """The days of a report, in order. Raises ReportDays."""
    today = local_day(to_ms(rooms().clock()), ZoneInfo(rooms().settings.timezone))
    last = query.last_day or today
    first = query.first_day or last - (DAYS_USUAL - 1) * _DAY
    count = (last - first).days + 1
    if not 1 <= count <= DAYS_MOST:
        raise ReportDays(most=DAYS_MOST)
    return [first + number * _DAY for number in range(count)]


def wants_csv(query: PlaysQuery) -> bool:
    """Whether a file for a spreadsheet is asked for."""
    if query.format is not None:
        return query.format == "csv"
    return request.accept_mimetypes.best_match(["application/json", "text/csv"]) == "text/csv"


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
        day, after = day + _DAY, None


def _few(screens: Sequence[ReportedScreen], after: TotalsKey | None) -> Iterator[Sequence[ReportedScreen]]:
    left = [screen for screen in screens if after is None or screen[:2] >= after[:2]]
    return (left[start : start + _SCREENS] for start in range(0, len(left), _SCREENS))


def _csv(days: Sequence[date], screen_id: str | None) -> Response:
    said = language()
    name = f"plays-{days[0]}-{days[-1]}.csv"
    return Response(
        stream_with_context(csv_lines(_all(days, screen_id), said)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Language": said},
    )


def _all(days: Sequence[date], screen_id: str | None) -> Iterator[tuple[PlayTotals, str]]:
    """Every line of the report with its screen's zone."""
    with rooms().db.read() as session:
        walk = _walk(session, days[0], days[-1], None, screen_id)
        while found := list(islice(walk, _CSV_ROWS)):
            yield from zip(_outs(session, found), (totals.zone for _, totals in found), strict=True)


def _bounds(day: date, zone: ZoneInfo) -> tuple[int, int]:
    return wall_to_utc_ms(day, 0, zone), wall_to_utc_ms(day + _DAY, 0, zone)


def _cursor(day: date, totals: Totals) -> str:
    return write_cursor([day.isoformat(), *totals.key])


def _place(cursor: str | None, first_day: date) -> tuple[date, TotalsKey | None]:
    if cursor is None:
        return first_day, None
    try:
        day, *key = read_cursor(cursor)
        if (found := date.fromisoformat(day)) < first_day:
            raise ValueError  # not ours: years of days before the report would be walked through
        return found, TotalsKey(*(str(part) for part in key))
    except (TypeError, ValueError) as error:
        raise CursorUnknown() from error


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
