"""Promised and measured rhythm as a CSV file for a spreadsheet, in the words of the reader's language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from signage_server.errors import Language
from signage_server.web.plays_csv import BOM, csv_line, plain_text
from signage_server.web.schemas.rhythm import RhythmRow

_HEADINGS: Final[Mapping[Language, Sequence[str]]] = {
    "vi": (
        "Ngày",
        "Màn hình",
        "Lời nhắc",
        "Nhắc lại mỗi (phút)",
        "Số lần theo kế hoạch",
        "Số lần đã chiếu",
        "Khoảng cách dài nhất (giây)",
        "Khoảng cách cho phép (giây)",
        "Đúng nhịp",
        "Không có tín hiệu (phút)",
    ),
    "en": (
        "Day",
        "Screen",
        "Reminder",
        "Comes back every (minutes)",
        "Promised",
        "Played",
        "Longest gap (seconds)",
        "Allowed gap (seconds)",
        "Kept",
        "No sign of life (minutes)",
    ),
}
_KEPT: Final[Mapping[Language, Mapping[bool | None, str]]] = {
    "vi": {True: "Có", False: "Không", None: "Chưa rõ: màn hình không có tín hiệu"},
    "en": {True: "Yes", False: "No", None: "Not known: no sign of life from the screen"},
}


def rhythm_lines(rows: Iterable[RhythmRow], language: Language) -> Iterator[str]:
    """The file, a line at a time."""
    yield BOM + csv_line(_HEADINGS[language])
    for row in rows:
        yield csv_line(_cells(row, _KEPT[language]))


def _cells(row: RhythmRow, kept: Mapping[bool | None, str]) -> Sequence[object]:
    return (
        row.day.isoformat(),
        plain_text(row.screen_name),
        plain_text(row.schedule_name),
        round(row.every_ms / 60_000, 1),
        row.promised,
        row.played,
        "" if row.longest_gap_ms is None else round(row.longest_gap_ms / 1000),
        round(row.allowed_gap_ms / 1000),
        kept[row.kept],
        round(row.silent_ms / 60_000),
    )
