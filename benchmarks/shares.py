"""How far tracks get from their part of the time: by the rule, and if the one furthest behind were always the next.

python -m benchmarks.shares [--loops 2000] [--turns 400] [--seed 1]
"""

import argparse
from dataclasses import dataclass
from random import Random

from tests.scheduling.table import Table, random_table


@dataclass
class Found:
    """Over all loops: how many broke the promise of one slide, and the furthest any track was from its part."""

    name: str
    broken: int = 0
    worst: float = 0

    def add(self, worst: float) -> None:
        self.broken += worst > 1
        self.worst = max(self.worst, worst)


def worst_of(table: Table, turns: int, simple: bool) -> tuple[float, list[str]]:
    """The furthest that a track was from its part, in longest slides; and the order of the tracks."""
    worst, order = 0.0, []
    for _ in range(turns):
        track = table.furthest_behind() if simple else table.turn()
        table.show(track, table.next_ms(track))
        worst = max(worst, table.worst)
        order.append(track.schedule)
    return worst, order


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--loops", type=int, default=2_000)
    parser.add_argument("--turns", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    simple, ours, reordered = Found("furthest behind, always"), Found("the rule"), 0
    for seed in range(asked.seed, asked.seed + asked.loops):
        one, order = worst_of(random_table(Random(seed)), asked.turns, simple=True)
        other, our_order = worst_of(random_table(Random(seed)), asked.turns, simple=False)
        simple.add(one)
        ours.add(other)
        reordered += one <= 1 and order != our_order
    for found in (simple, ours):
        print(
            f"{found.name:24} broke {found.broken:,} of {asked.loops:,} loops, the worst {found.worst:.2f} slides"
        )
    print(f"loops that kept it anyhow and are played in another order: {reordered:,}")


if __name__ == "__main__":
    main()
