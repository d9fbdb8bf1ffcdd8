"""Tracks at their turns, without slots and days: what the rule of shares does, and what a simpler one would do."""

from collections import Counter
from random import Random

from signage_server.scheduling.fairness import Account
from signage_server.scheduling.plan import Loop, Track
from signage_server.scheduling.timeline import SlideSpec
from tests.scheduling.random_plans import random_weight


class Table:
    """The tracks of one loop, and what each has had."""

    def __init__(self, weights: tuple[int, ...], durations: tuple[tuple[int, ...], ...]) -> None:
        self.durations = {f"t{place}": lasting for place, lasting in enumerate(durations)}
        tracks = (
            Track(name, "rotation", weight, (name,))
            for weight, name in zip(weights, self.durations, strict=True)
        )
        self.loop = Loop(tracks=tuple(tracks))
        longest = {name: SlideSpec(name, max(lasting)) for name, lasting in self.durations.items()}
        self.account = Account(self.loop, longest)
        self.longest_ms = max(map(max, durations))
        self.turns: Counter[str] = Counter()
        self.had: Counter[str] = Counter()

    def next_ms(self, track: Track) -> int:
        """How long the next slide of a track lasts."""
        lasting = self.durations[track.schedule]
        return lasting[self.turns[track.schedule] % len(lasting)]

    def furthest_behind(self) -> Track:
        """Whose turn it would be if nothing else were asked."""
        return self.account.furthest_behind(self.loop)

    def turn(self) -> Track:
        """Whose turn it is."""
        furthest = self.account.furthest_behind(self.loop)
        if self.account.leaves_time(self.loop, furthest, self.next_ms(furthest)):
            return furthest
        return self.account.most_urgent(self.loop)

    def show(self, track: Track, span_ms: int) -> None:
        """Shows the next slide of a track for so long."""
        self.account.credit(self.loop, track, span_ms)
        self.turns[track.schedule] += 1
        self.had[track.schedule] += span_ms

    def ahead(self, track: Track) -> int:
        """How far a track is ahead of its part, times the sum of the weights."""
        return self.total_weight * self.had[track.schedule] - track.weight * self.had.total()

    @property
    def total_weight(self) -> int:
        return sum(track.weight for track in self.loop.tracks)

    @property
    def worst(self) -> float:
        """The largest distance of a track from its part, in longest slides."""
        furthest = max(abs(self.ahead(track)) for track in self.loop.tracks)
        return furthest / self.total_weight / self.longest_ms


def random_table(random: Random, tracks: int | None = None) -> Table:
    """Two to eight tracks: slides of equal and of very unequal length, weights by length and quite out of line."""
    count = tracks or random.randint(2, 8)
    durations = random.choice(((10_000,), (10_000, 30_000), range(700, 90_000), (3_000, 300_000)))
    lists = [tuple(random.choice(list(durations)) for _ in range(random.randint(1, 4))) for _ in range(count)]
    by_length = random.random() < 0.3
    weights = [sum(one) if by_length else random_weight(random) for one in lists]
    return Table(tuple(weights), tuple(lists))
