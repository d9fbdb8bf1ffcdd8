"""The proof of play as a CSV file that Excel opens with a double click: UTF-8 with a BOM, headings in words."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from signage_server.errors import Language
from signage_server.web.schemas.reports import PlayTotals

BOM: Final = "\ufeff"

_HEADINGS: Final[Mapping[Language, Sequence[str]]] = {
    "vi": (
        "Ngày",
        "Màn hình",
        "Trang chiếu",
        "Lịch chiếu",
        "Kiểu",
        "Số lần chiếu",
        "Tổng thời gian (giây)",
        "Lần đầu",
        "Lần cuối",
        "Khoảng cách dài nhất (giây)",
        "Số lần có giờ ước đoán",
    ),
    "en": (
        "Day",
        "Screen",
        "Slide",
        "Schedule",
        "Kind",
        "Plays",
        "Time shown (seconds)",
        "First",
        "Last",
        "Longest gap (seconds)",
        "Plays at a guessed time",
    ),
}
_ROLES: Final[Mapping[Language, Mapping[str, str]]] = {
    "vi": {
        "rotation": "Chiếu xen kẽ",
        "reminder": "Nhắc định kỳ",
        "takeover": "Thay thế tất cả",
        "fallback": "Khi không có lịch",
    },
    "en": {
        "rotation": "Rotation",
        "reminder": "Reminder",
        "takeover": "Takeover",
        "fallback": "While nothing is scheduled",
    },
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula when a text begins with it."""


def csv_lines(rows: Iterable[tuple[PlayTotals, str]], language: Language) -> Iterator[str]:
    """The file, a line at a time, from totals and the zones of their screens: times are those of the wall."""
    yield BOM + csv_line(_HEADINGS[language])
    for totals, zone_name in rows:
        yield csv_line(_cells(totals, ZoneInfo(zone_name), _ROLES[language]))


def _cells(totals: PlayTotals, zone: ZoneInfo, roles: Mapping[str, str]) -> Sequence[object]:
    return (
        totals.day.isoformat(),
        plain_text(totals.screen_name),
        plain_text(totals.asset_name or totals.asset_id),
        plain_text(totals.schedule_name),
        roles.get(totals.role, totals.role),
        totals.plays,
        round(totals.shown_ms / 1000),
        _wall_time(totals.first, zone),
        _wall_time(totals.last, zone),
        round(totals.longest_gap_ms / 1000),
        totals.guessed_plays,
    )


def _wall_time(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def plain_text(said: str) -> str:
    """What people typed, so that no spreadsheet takes it for a formula."""
    return f"'{said}" if said.startswith(_FORMULA) else said


def csv_line(cells: Sequence[object]) -> str:
    """One line of a file, with its end."""
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
