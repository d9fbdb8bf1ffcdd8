"""Zone files that tests may change: governments do."""

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from signage_server.scheduling import zone_rules


@contextmanager
def only_zones_of(folder: Path) -> Iterator[None]:
    """Python looks for zones in this folder, and then in the package."""
    zoneinfo.reset_tzpath(to=[str(folder)])
    zone_rules.forget()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath()
        zone_rules.forget()


def put_zone(folder: Path, zone_name: str, rules_of: str) -> None:
    """A file for a zone, with the rules of another one."""
    rules = files("tzdata").joinpath("zoneinfo", *rules_of.split("/")).read_bytes()
    (folder / zone_name).parent.mkdir(parents=True, exist_ok=True)
    (folder / zone_name).write_bytes(rules)
