"""The rules of the time zones as this machine has them: their version, and what to do when they change.

They come from the files of the system, else from the package `tzdata`. Updates replace both under a running server,
while Python and we remember what was read; and governments change their clocks at a few weeks' notice.
"""

import zoneinfo
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from signage_server.clock import zone_names
from signage_server.scheduling.ical.writing import time_zone_component
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.scheduling.timeline import windows_within

REMEMBERED: Final = (wall_to_utc_ms, windows_within, time_zone_component, zone_names)
"""Whatever keeps answers that depend on the rules of a zone."""
PACKAGE: Final = "tzdata"
_LIST = "tzdata.zi"
"""Lies beside the zones; its first line is `# version 2026a`."""


@dataclass(frozen=True)
class ZoneData:
    """Where the rules of a zone come from."""

    version: str | None
    """As the IANA counts, such as `2026a`; None: the files do not say."""
    source: str
    """A folder of the system, or the name of the package."""


def forget() -> None:
    """From now on zones are what their files say now."""
    ZoneInfo.clear_cache()
    for remembering in REMEMBERED:
        remembering.cache_clear()


def fingerprint(zone_name: str) -> str:
    """Of the rules of a zone as its file has them now; empty if there is no such file. Reads the disk."""
    folder, _ = _home_of(zone_name)
    try:
        return sha256(folder.joinpath(*zone_name.split("/")).read_bytes()).hexdigest()
    except OSError:
        return ""


def zone_data(zone_name: str) -> ZoneData:
    """Where the rules of a zone come from. Reads the disk."""
    folder, source = _home_of(zone_name)
    try:
        with folder.joinpath(_LIST).open(encoding="utf-8") as file:
            said, _, version = file.readline().rstrip().rpartition(" ")
    except OSError:
        return ZoneData(None, source)
    return ZoneData(version if said == "# version" else None, source)


def _home_of(zone_name: str) -> tuple[Traversable, str]:
    """The folder in which Python finds a zone, and what it is called."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / zone_name).is_file():
            return folder, str(folder)
    return resources.files(PACKAGE) / "zoneinfo", PACKAGE
