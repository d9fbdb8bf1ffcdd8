import subprocess
import sys
from datetime import date

import pytest

from signage_server.scheduling.public_days import (
    HOLIDAYS,
    PUBLIC_DAYS,
    TET,
    YEARS,
    public_dates,
    public_days,
    source,
)
from tests.scheduling.lunar import lunar_new_year


def of_year(set_id: str, year: int) -> list[date]:
    return [one.day for one in public_days(set_id, "vi") if one.day.year == year]


def test_the_holidays_of_2026_are_those_of_the_labour_code() -> None:
    named = {one.day: one.name for one in public_days(HOLIDAYS, "vi") if one.day.year == 2026}
    for day, said in (
        (date(2026, 1, 1), "Tết Dương lịch"),
        (date(2026, 2, 17), "Tết Nguyên Đán"),
        (date(2026, 4, 26), "Ngày Giỗ Tổ Hùng Vương"),
        (date(2026, 4, 27), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
        (date(2026, 4, 30), "Ngày Chiến thắng"),
        (date(2026, 5, 1), "Ngày Quốc tế Lao động"),
        (date(2026, 9, 1), "Quốc khánh"),
        (date(2026, 9, 2), "Quốc khánh"),
    ):
        assert named[day] == said
    assert date(2026, 4, 28) not in named


@pytest.mark.parametrize(
    "new_year",
    [
        # Where Ha Noi's new moon falls on another day than Beijing's, Tết is not the Chinese New Year.
        date(2007, 2, 17),
        date(2030, 2, 2),
        date(2020, 1, 25),
        date(2025, 1, 29),
        date(2026, 2, 17),
        date(2027, 2, 6),
        date(2028, 1, 26),
    ],
)
def test_tet_goes_by_the_vietnamese_moon(new_year: date) -> None:
    named = {one.day: one.name for one in public_days(TET, "en")}
    assert named[new_year] == "Lunar New Year"


def test_tet_agrees_with_sun_and_moon_in_every_year() -> None:
    """The oracle shares nothing with the package: it works the calendar out, the package has a table."""
    named = {one.day.year: one.day for one in public_days(TET, "en") if one.name == "Lunar New Year"}
    assert named == {year: lunar_new_year(year) for year in YEARS}


def test_tet_is_the_days_off_around_it() -> None:
    assert of_year(TET, 2026) == [date(2026, 2, day) for day in range(16, 21)]
    assert all(4 <= len(of_year(TET, year)) <= 9 for year in YEARS)
    assert public_dates(TET) < public_dates(HOLIDAYS)
    assert all(1 <= day.month <= 2 for day in public_dates(TET))


def test_both_languages_name_the_same_days() -> None:
    for set_id, told in PUBLIC_DAYS.items():
        days = {language: [one.day for one in public_days(set_id, language)] for language in ("vi", "en")}
        assert days["vi"] == days["en"] == sorted(public_dates(set_id))
        assert all(told.name.values())
        assert all(told.note.values())
    names = {one.name for one in public_days(HOLIDAYS, "vi")}
    assert "29 Tết" not in names  # in some years it is the 28th


def test_the_dates_of_a_set_are_one_object() -> None:
    assert public_dates(TET) is public_dates(TET)


def test_the_package_is_loaded_only_when_a_set_is_asked_for() -> None:
    said = "import sys, signage_server.app; print('holidays' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_the_source_names_its_version() -> None:
    assert source().startswith("holidays 0.")
