"""The compiled timeline held against the wall clock, minute by minute, around days on which clocks are changed.

python -m tests.scheduling.minutes [--minutes 1000000] [--seed 1]
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from signage_server.scheduling.plan import Loop
from signage_server.scheduling.timeline import ScheduleSpec, Timeline
from tests.scheduling.builders import DAY_MS, HOUR_MS, MINUTE_MS, compiled, loop_at
from tests.scheduling.oracle import Company, Oracle
from tests.scheduling.random_plans import ODD_DAYS, random_place, random_schedules


@dataclass
class Tally:
    """What a comparison has come to."""

    equal: int = 0
    unsure: int = 0
    """Minutes of hours that occur twice with the edge of a window inside: the wall clock cannot tell."""
    wrong: int = 0
    first: str = ""
    """The first that is wrong."""

    @property
    def minutes(self) -> int:
        return self.equal + self.unsure + self.wrong


def compare(random: Random, zone: str, odd_day: date, tally: Tally) -> None:
    """Some schedules by chance, over sixty hours around a day."""
    schedules = [_with_day_sets(random, one, odd_day) for one in random_schedules(random, odd_day)]
    timeline = compiled(*schedules, zone=zone, day=odd_day - timedelta(days=3))
    for minute_ms, expected in Oracle(schedules, zone, minutes_around(odd_day)).companies():
        if expected is None:
            tally.unsure += 1
        elif found(timeline, minute_ms) == expected:
            tally.equal += 1
        else:
            tally.wrong += 1
            tally.first = (
                tally.first or f"{zone} {odd_day}, {minute_ms}: {found(timeline, minute_ms)}, not {expected}"
            )


def found(timeline: Timeline, at_ms: int) -> Company:
    """Who is on by the compiled timeline."""
    loop = loop_at(timeline, at_ms)
    reminders = tuple(sorted({reminder.schedule for reminder in loop.reminders}))
    return _strength(loop), tuple(track.schedule for track in loop.tracks), reminders


def _strength(loop: Loop) -> str:
    return "off" if loop.off else loop.tracks[0].role


def _with_day_sets(random: Random, spec: ScheduleSpec, odd_day: date) -> ScheduleSpec:
    if random.random() < 0.7:
        return spec
    near = [odd_day + timedelta(days=n) for n in range(-3, 4)]
    rule = replace(
        spec.rule,
        only_days=random.choice((None, frozenset(random.sample(near, 4)))),
        include_days=frozenset(random.sample(near, 1)),
        exclude_days=frozenset(random.sample(near, 2)),
        extra_days=tuple(random.sample(near, random.randint(0, 1))),
        except_days=tuple(random.sample(near, random.randint(0, 1))),
    )
    return replace(spec, rule=rule)


def minutes_around(day: date) -> range:
    """Sixty hours around the noon (by UTC) of a day, in milliseconds."""
    noon_ms = (day - date(1970, 1, 1)).days * DAY_MS + 12 * HOUR_MS
    return range(noon_ms - 30 * HOUR_MS, noon_ms + 30 * HOUR_MS, MINUTE_MS)


def places(random: Random) -> Iterator[tuple[str, date]]:
    """The odd days first, then again and again one by chance: an odd one or any zone's."""
    yield from ODD_DAYS
    for _ in count():
        yield random_place(random)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began, random, tally = time.monotonic(), Random(asked.seed), Tally()
    zones: set[str] = set()
    for zone, day in places(random):
        compare(random, zone, day, tally)
        zones.add(zone)
        if tally.minutes >= asked.minutes:
            break
    sys.stdout.write(
        f"{tally.minutes:,} minutes in {len(zones)} zones: {tally.equal:,} equal, {tally.wrong:,} wrong; of "
        f"{tally.unsure:,} in hours that occur twice with an edge inside the wall clock cannot tell "
        f"({time.monotonic() - began:.0f} s)\n"
    )
    if tally.wrong:
        sys.stdout.write(f"{tally.first}\n")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
