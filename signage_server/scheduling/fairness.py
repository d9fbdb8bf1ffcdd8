"""Whose turn it is among the tracks of a loop, so that each gets its part of the time. Pure.

In whole numbers, and the same as `player/src/fairness.ts`. `docs/protocol/manifest.md` says the rule in prose.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from signage_server.scheduling.plan import Loop, TimedSlide, Track


class Account:
    """What the tracks of a loop have had so far in the day.

    No track is ever more than the loop's longest slide behind its part of the time, or ahead of it. Why that
    holds, and for which plans, is told in docs/adr/0007.
    """

    def __init__(self, loop: Loop, slides: Mapping[str, TimedSlide]) -> None:
        self._weights = sum(track.weight for track in loop.tracks)
        self._longest_ms = max(slides[name].duration_ms for track in loop.tracks for name in track.slides)
        self._total_ms = 0
        self._had_ms = [0] * len(loop.tracks)

    def furthest_behind(self, loop: Loop) -> Track:
        """The track that lacks most of its part; of equals the one with the lowest schedule id."""
        if len(loop.tracks) == 1:
            return loop.tracks[0]
        return min((ahead, track.schedule, track) for ahead, track, _ in self._ahead(loop))[2]

    def leaves_time(self, loop: Loop, track: Track, duration_ms: int) -> bool:
        """Whether all can still have their turns in time after `track` has shown a slide.

        A track is due when it would be one longest slide behind. Until then those that are not due yet may
        together be ahead by one longest slide at most: else the time is too short for those that are.
        """
        if len(loop.tracks) < 3:
            return True
        had_ms = [
            ms + duration_ms * (one is track) for one, ms in zip(loop.tracks, self._had_ms, strict=True)
        ]
        if self._little_ahead(loop, had_ms):
            return True
        pairs = [(one.weight, ms) for one, ms in zip(loop.tracks, had_ms, strict=True)]
        return all(self._in_time(weight, ms + self._longest_ms, pairs) for weight, ms in pairs)

    def _little_ahead(self, loop: Loop, had_ms: Sequence[int]) -> bool:
        """A quick look that nearly always is enough: are all together ahead by one longest slide at most?"""
        total_ms = sum(had_ms)
        ahead = (
            self._weights * ms - track.weight * total_ms
            for track, ms in zip(loop.tracks, had_ms, strict=True)
        )
        return sum(one for one in ahead if one > 0) <= self._weights * self._longest_ms

    def _in_time(self, due_weight: int, due_ms: int, pairs: Iterable[tuple[int, int]]) -> bool:
        """Whether the time is long enough at the instant at which a track of `due_weight` ought to have `due_ms`."""
        bound = due_weight * self._longest_ms
        ahead = (ms * due_weight - weight * due_ms for weight, ms in pairs)
        return sum(one for one in ahead if one > -bound) <= bound

    def most_urgent(self, loop: Loop) -> Track:
        """Of the tracks that are not ahead of their part the one that is due first; then the lowest id."""
        waiting = [(track, had_ms) for ahead, track, had_ms in self._ahead(loop) if ahead <= 0]
        return min(
            waiting, key=lambda one: (Fraction(one[1] + self._longest_ms, one[0].weight), one[0].schedule)
        )[0]

    def _ahead(self, loop: Loop) -> Iterator[tuple[int, Track, int]]:
        """How far each track is ahead of its part, times the sum of the weights; the track; what it has had."""
        for track, had_ms in zip(loop.tracks, self._had_ms, strict=True):
            yield self._weights * had_ms - track.weight * self._total_ms, track, had_ms

    def credit(self, loop: Loop, track: Track, span_ms: int) -> None:
        """Notes that a slide of the track has been on for so long."""
        self._total_ms += span_ms
        self._had_ms[loop.tracks.index(track)] += span_ms
