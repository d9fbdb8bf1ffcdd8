import importlib
import pkgutil
import zoneinfo
from collections.abc import Iterator
from datetime import date
from functools import _lru_cache_wrapper
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

import signage_server.delivery
import signage_server.scheduling
from signage_server.scheduling import zone_rules
from signage_server.scheduling.recurrence import wall_to_utc_ms
from tests.zones import only_zones_of, put_zone

KNOW_NO_ZONE = {"_in_order", "_last_counted_day", "parse_rrule"}
"""Remember days, which are the same in every zone."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with only_zones_of(tmp_path):
        yield tmp_path


def noon_utc_ms(zone_name: str) -> int:
    return wall_to_utc_ms(date(2026, 3, 2), 720, ZoneInfo(zone_name))


def test_new_rules_hold_once_the_old_ones_are_forgotten(folder: Path) -> None:
    put_zone(folder, "Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh")
    before = noon_utc_ms("Asia/Ho_Chi_Minh")
    put_zone(folder, "Asia/Ho_Chi_Minh", "Asia/Tokyo")
    assert noon_utc_ms("Asia/Ho_Chi_Minh") == before
    zone_rules.forget()
    assert noon_utc_ms("Asia/Ho_Chi_Minh") == before - 2 * 3_600_000


def test_a_fingerprint_is_of_the_file_that_python_takes(folder: Path) -> None:
    of_package = zone_rules.fingerprint("Asia/Ho_Chi_Minh")
    put_zone(folder, "Asia/Ho_Chi_Minh", "Asia/Tokyo")
    assert zone_rules.fingerprint("Asia/Ho_Chi_Minh") == zone_rules.fingerprint("Asia/Tokyo") != of_package
    put_zone(folder, "Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh")
    assert zone_rules.fingerprint("Asia/Ho_Chi_Minh") == of_package
    assert zone_rules.fingerprint("Asia/Nowhere") == ""


def test_the_version_is_that_of_the_rules_in_use(folder: Path) -> None:
    of_package = zone_rules.zone_data("Asia/Ho_Chi_Minh")
    assert of_package.source == "tzdata"
    assert of_package.version is not None
    put_zone(folder, "Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh")
    assert zone_rules.zone_data("Asia/Ho_Chi_Minh") == zone_rules.ZoneData(None, str(folder))
    (folder / "tzdata.zi").write_text("# version 2031b\nR d 1916\n")
    assert zone_rules.zone_data("Asia/Ho_Chi_Minh").version == "2031b"


@pytest.mark.parametrize(
    ("theirs", "taken"),
    [
        ("# version 2019c", "tzdata"),
        ("# version 2999a", "system"),
        ("# version 2026za", "system"),  # after 2026z
        ("who knows", "system"),
        (None, "system"),
    ],
)
def test_the_newer_rules_are_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, theirs: str | None, taken: str
) -> None:
    monkeypatch.setattr(zone_rules, "resources", SimpleNamespace(files=lambda _: folder / "package"))
    (folder / "package" / "zoneinfo").mkdir(parents=True)
    (folder / "package" / "zoneinfo" / "tzdata.zi").write_text("# version 2026f\n")
    put_zone(folder, "Asia/Ho_Chi_Minh", "Asia/Tokyo")
    if theirs:
        (folder / "tzdata.zi").write_text(theirs + "\n")
    before = noon_utc_ms("Asia/Ho_Chi_Minh")
    assert zone_rules.take_newer([str(folder)]) == (taken == "tzdata")
    assert (() if taken == "tzdata" else (str(folder),)) == zoneinfo.TZPATH
    assert noon_utc_ms("Asia/Ho_Chi_Minh") - before == (7_200_000 if taken == "tzdata" else 0)
    assert not zone_rules.take_newer([str(folder)]), "it has been taken"
    (folder / "tzdata.zi").write_text("# version 2031a\n")
    assert zone_rules.take_newer([str(folder)]) == (taken == "tzdata"), "the system was brought up to date"
    assert zone_rules.zone_data("Asia/Ho_Chi_Minh") == zone_rules.ZoneData("2031a", str(folder))


def test_where_somebody_has_said_where_to_look_it_stays(folder: Path) -> None:
    (folder / "tzdata.zi").write_text("# version 2019c\n")
    assert not zone_rules.take_newer()
    assert (str(folder),) == zoneinfo.TZPATH


def test_whatever_remembers_something_about_zones_is_made_to_forget_it() -> None:
    for room in (signage_server.scheduling, signage_server.delivery):
        for found in pkgutil.iter_modules(room.__path__, room.__name__ + "."):
            module = vars(importlib.import_module(found.name))
            for name, one in module.items():
                if isinstance(one, _lru_cache_wrapper) and "ZoneInfo" in module and name not in KNOW_NO_ZONE:
                    assert one in zone_rules.REMEMBERED, f"{found.name}.{name}"
