"""The rules of the time zones as this machine has them: their version, and what to do when they change.

They come from the files of the system or from the package `tzdata`, whichever is newer: Python alone would take the
system's, even where nobody has brought it up to date for years. Updates replace both under a running server, while
Python and we remember what was read; and governments change their clocks at a few weeks' notice.
"""

import os
import sysconfig
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from signage_server.clock import zone_names
from signage_server.scheduling.ical.zones import time_zone_component
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.scheduling.timeline import windows_within

REMEMBERED: Final = (wall_to_utc_ms, windows_within, time_zone_component, zone_names)
"""Whatever keeps answers that depend on the rules of a zone."""
PACKAGE: Final = "tzdata"
SYSTEM: Final = tuple(filter(None, (sysconfig.get_config_var("TZPATH") or "").split(os.pathsep)))
"""Where Python looks for zones before it asks the package, if nobody has told it otherwise (PYTHONTZPATH)."""
_LIST = "tzdata.zi"
"""Lies beside the zones; its first line is `# version 2026a`."""


@dataclass(frozen=True)
class ZoneData:
    """Where the rules of a zone come from."""

    version: str | None
    """As the IANA counts, such as `2026a`; None: the files do not say."""
    source: str
    """A folder of the system, or the name of the package."""


def take_newer(system: Sequence[str] = SYSTEM) -> bool:
    """Have Python take the rules of the package where they are newer than the system's, else the system's.

    Whether that is a change; then what was known of the old ones is forgotten. Nothing is done where somebody has told
    Python where to look, and files of the system that do not say how old they are keep their precedence. Reads the
    disk.
    """
    if zoneinfo.TZPATH not in ((), tuple(system)):
        return False
    theirs = next(filter(None, (_version(Path(folder)) for folder in system)), None)
    ours = _version(resources.files(PACKAGE) / "zoneinfo")
    wanted = () if theirs and ours and _order(theirs) < _order(ours) else tuple(system)
    if wanted == zoneinfo.TZPATH:
        return False
    zoneinfo.reset_tzpath(to=wanted)
    forget()
    return True


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
    return ZoneData(_version(folder), source)


def _order(version: str) -> tuple[int, int, str]:
    """2026z comes before 2026za."""
    year, letters = version[:4], version[4:]
    return int(year) if year.isdecimal() else 0, len(letters), letters


def _version(folder: Traversable) -> str | None:
    try:
        with folder.joinpath(_LIST).open(encoding="utf-8") as file:
            said, _, version = file.readline().rstrip().rpartition(" ")
    except OSError:
        return None
    return version if said == "# version" else None


def _home_of(zone_name: str) -> tuple[Traversable, str]:
    """The folder in which Python finds a zone, and what it is called."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / zone_name).is_file():
            return folder, str(folder)
    return resources.files(PACKAGE) / "zoneinfo", PACKAGE
