"""Where schedules go. A set of targets is a union; none outranks another (DESIGN §2). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from signage_server.screens.tags import tag_key

TargetKind = Literal["all", "unit", "tag", "screen"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a schedule goes: to all screens, a unit with what is below it, what has a tag, or a screen."""

    kind: TargetKind
    ref: str | None = None
    """The unit's or screen's id, or the tag; None for `all`."""


EVERYWHERE = Target("all")


def lineage(unit_id: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """The unit and the units above it, up to the root. A circle, which should not exist, is walked once."""
    found: list[str] = []
    above: str | None = unit_id
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return tuple(found)


class Reach:
    """Which schedules reach which screen, looked up from the screen's side so that large numbers stay cheap."""

    def __init__(self, targets: Iterable[tuple[str, Target]], parents: Mapping[str, str | None]) -> None:
        """`targets` are pairs of schedule id and target; `parents` names the unit above each unit."""
        self._parents = parents
        self._of_target: dict[Target, set[str]] = {}
        self._of_unit: dict[str, frozenset[str]] = {}
        for schedule_id, target in targets:
            self._of_target.setdefault(looked_up(target), set()).add(schedule_id)

    def of_unit(self, unit_id: str) -> frozenset[str]:
        """The schedules that reach every screen of a unit."""
        if unit_id not in self._of_unit:
            units = (Target("unit", above) for above in lineage(unit_id, self._parents))
            self._of_unit[unit_id] = self._union(EVERYWHERE, *units)
        return self._of_unit[unit_id]

    def of_tag(self, key: str) -> frozenset[str]:
        """The schedules that reach every screen with a tag, known by its key (screens.tags)."""
        return self._union(EVERYWHERE, Target("tag", key))

    def of_screen(self, screen_id: str, unit_id: str, tag_keys: Iterable[str] = ()) -> frozenset[str]:
        """The schedules that reach a screen of this unit, with the keys of all its tags."""
        tags = (Target("tag", key) for key in tag_keys)
        return self.of_unit(unit_id) | self._union(Target("screen", screen_id), *tags)

    def _union(self, *targets: Target) -> frozenset[str]:
        return frozenset().union(*(self._of_target.get(target, ()) for target in targets))


def looked_up(target: Target) -> Target:
    """The target as it is looked up: tags are equal without case."""
    return Target("tag", tag_key(target.ref)) if target.kind == "tag" and target.ref else target
