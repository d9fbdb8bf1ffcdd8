"""What reports by day have in common: which days are asked for, where a page goes on, the file for a spreadsheet."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from flask import Response, request, stream_with_context
from pydantic import Field

from signage_server.clock import to_ms
from signage_server.errors import Invalid
from signage_server.scheduling.recurrence import local_day
from signage_server.web.paging import CursorUnknown, PageIn, read_cursor, write_cursor
from signage_server.web.problems import language
from signage_server.web.rooms import rooms
from signage_server.web.schemas.values import AskedDay

DAYS_MOST = 366
DAYS_USUAL = 7
CSV_ROWS = 500
"""Rows of a file that are given names at a time."""
DAY = timedelta(days=1)


class ReportQuery(PageIn):
    """Which days (inclusive, each in the screen's own zone) and screens; without days the last seven."""

    first_day: AskedDay | None = Field(None, alias="from")
    last_day: AskedDay | None = Field(None, alias="to")
    screen_id: Annotated[str, Field(max_length=20)] | None = None
    format: Literal["json", "csv"] | None = Field(None, description="Or by the header `Accept: text/csv`.")


class ReportDays(Invalid):
    """A report over no days, or over more than a year."""

    code = "report_days"
    vi = "Ngày cuối phải bằng hoặc sau ngày đầu, và báo cáo dài nhất là {most} ngày."
    en = "The last day must not be before the first, and a report covers at most {most} days."


def days_asked(query: ReportQuery) -> Sequence[date]:
    """The days of a report, in order. Raises ReportDays."""
    today = local_day(to_ms(rooms().clock()), ZoneInfo(rooms().settings.timezone))
    last = query.last_day or today
    first = query.first_day or last - (DAYS_USUAL - 1) * DAY
    count = (last - first).days + 1
    if not 1 <= count <= DAYS_MOST:
        raise ReportDays(most=DAYS_MOST)
    return [first + number * DAY for number in range(count)]


def write_place(day: date, key: Iterable[str]) -> str:
    """The cursor of a page that ends with this row of this day."""
    return write_cursor([day.isoformat(), *key])


def read_place(cursor: str | None, first_day: date, parts: int) -> tuple[date, tuple[str, ...] | None]:
    """Where a page goes on: the day, and the row of that day after which; None: with its first row.

    Raises:
        CursorUnknown: no report that begins on `first_day`, with keys of so many parts, has made it.
    """
    if cursor is None:
        return first_day, None
    try:
        day, *key = read_cursor(cursor)
        found = date.fromisoformat(day)
    except (TypeError, ValueError) as error:
        raise CursorUnknown() from error
    if found < first_day or len(key) != parts:  # years of days before the report would be walked through
        raise CursorUnknown()
    return found, tuple(str(part) for part in key)


def wants_csv(query: ReportQuery) -> bool:
    """Whether a file for a spreadsheet is asked for."""
    if query.format is not None:
        return query.format == "csv"
    return request.accept_mimetypes.best_match(["application/json", "text/csv"]) == "text/csv"


def csv_file(name: str, days: Sequence[date], lines: Iterable[str]) -> Response:
    """A report as a file, sent while it is written; `name` is the report's, without days and ending."""
    return Response(
        stream_with_context(iter(lines)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{days[0]}-{days[-1]}.csv"',
            "Content-Language": language(),
        },
    )
