"""What vouches for what a screen shows at an instant: what it counted, what it says now, or nothing yet. Pure.

Boards count what they showed and send it within minutes. So what they have not counted is doubtful only once it should
have come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from signage_server.scheduling.plan import Plan
from signage_server.scheduling.playout import Play, what_plays

Voucher = Literal["planned", "proved", "live", "follows", "awaited", "offline", "silent", "other"]
"""`planned`: it is to come. `proved`: counted. `live`: the board says so now. `follows`: its last word
was of the slide before, by the same plan. `awaited`: it has hardly had the time to
say. `offline`: it is not heard. `silent`: it has told nothing. `other`: it told of something else."""

FRESH_MS = 1_200_000
"""So long tallies may be on their way: a quarter hour is told of when it is over, within five minutes."""
_TOLERANCE_MS = 5_000
_SETTLED_MS = 1_000
"""Boards begin a slide some tenths of a second early or late; none is shorter than three seconds."""
_HEARTBEAT_MS = 90_000
"""What a board said holds so long: it says the next one within it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a screen last said of itself."""

    at_ms: int | None
    """None: never."""
    report: Mapping[str, Any]
    """Its heartbeat: digest, slide, schedule, role, since_ms."""
    online: bool


def says_so(heard: Heard, digest: str, play: Play, at_ms: int) -> bool:
    """Whether the screen's last word is that it is showing just this, at that instant."""
    report, since_ms = heard.report, heard.report.get("since_ms")
    if heard.at_ms is None or since_ms is None or report.get("digest") != digest:
        return False
    same = (report.get("slide"), report.get("schedule"), report.get("role")) == (
        play.slide,
        play.schedule,
        play.role,
    )
    began_then = play.start_ms - _TOLERANCE_MS <= since_ms < play.end_ms or play.role == "off"
    return same and began_then and since_ms - _TOLERANCE_MS <= at_ms <= heard.at_ms + _HEARTBEAT_MS


def follows(heard: Heard, plan: Plan, digest: str) -> bool:
    """Whether the screen's last word was what the plan had for that instant."""
    since_ms = heard.report.get("since_ms")
    if not heard.online or since_ms is None:
        return False
    then_ms = since_ms + _SETTLED_MS
    return says_so(heard, digest, what_plays(plan, then_ms), then_ms)


def voucher(heard: Heard, play: Play, at_ms: int, now_ms: int, counted_other: bool) -> Voucher:
    """What vouches for a past instant that the screen has neither counted nor says itself.

    `counted_other`: whether it counted other slides in that quarter of an hour.
    """
    if not heard.online and (heard.at_ms is None or heard.at_ms < at_ms):
        return "silent" if heard.at_ms is None else "offline"
    if now_ms - at_ms < FRESH_MS:
        return "awaited"
    if play.role == "off":
        return "planned"  # nothing is counted while a screen is dark
    told_since = heard.at_ms is not None and heard.at_ms - at_ms >= FRESH_MS
    return "other" if counted_other and told_since else "silent"
