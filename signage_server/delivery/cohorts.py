"""Which screens share a manifest."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

from signage_server.delivery.facts import Cohort, ScreenFact
from signage_server.delivery.table_rows import CHUNK, Pause
from signage_server.scheduling.targets import Reach, Target, TargetKind, lineage


class Placed(NamedTuple):
    """A screen with the playlist that it falls back on itself."""

    screen: ScreenFact
    fallback: str | None


class UnitRow(NamedTuple):
    """A unit as far as its screens are concerned."""

    id: str
    parent: str | None
    fallback: str | None


class TargetRow(NamedTuple):
    """One of the places a schedule goes to."""

    schedule: str
    kind: str
    ref: str | None


def cohorts_of(
    placed: Iterable[Placed], targets: Sequence[TargetRow], units: Iterable[UnitRow], pause: Pause
) -> dict[Cohort, list[str]]:
    """The ids of the screens of each cohort. What the screens of a unit have in common is looked up once."""
    by_id = {unit.id: unit for unit in units}
    parents = {unit.id: unit.parent for unit in by_id.values()}
    reach = Reach(((one.schedule, _target(one)) for one in targets), parents)
    named = {one.ref for one in targets if one.kind == "screen"}
    alike: dict[tuple[object, ...], list[str]] = {}
    cohorts: dict[Cohort, list[str]] = {}
    for number, (screen, own) in enumerate(placed, start=1):
        look = (
            screen.unit_id,
            screen.zone,
            screen.profile,
            screen.tags,
            own,
            screen.id in named and screen.id,
        )
        if look not in alike:
            reached = reach.of_screen(screen.id, screen.unit_id, screen.tags)
            cohort = Cohort(
                screen.profile, screen.zone, reached, _fallbacks(own, screen.unit_id, by_id, parents)
            )
            alike[look] = cohorts.setdefault(cohort, [])
        alike[look].append(screen.id)
        if number % CHUNK == 0:
            pause()
    return cohorts


def _fallbacks(
    own: str | None, unit_id: str, units: Mapping[str, UnitRow], parents: Mapping[str, str | None]
) -> tuple[str, ...]:
    above = (units[unit].fallback for unit in lineage(unit_id, parents) if unit in units)
    return tuple(dict.fromkeys(playlist for playlist in (own, *above) if playlist))


def _target(row: TargetRow) -> Target:
    return Target(cast(TargetKind, row.kind), row.ref)
