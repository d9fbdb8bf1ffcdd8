"""Whose turn it is among the tracks of a loop, so that each gets its part of the time. Pure.

In whole numbers, and the same as `player/src/fairness.ts`. `docs/protocol/manifest.md` says the rule in prose.
"""

from collections.abc import Iterator, Mapping

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

        A track is due when it would be one longest slide behind. At each of these instants those that are not due
        yet may together be ahead by one longest slide at most: else the time is too short for those that are.
        """
        if len(loop.tracks) < 3:
            return True
        pairs = [
            (one.weight, ms + duration_ms * (one is track))
            for one, ms in zip(loop.tracks, self._had_ms, strict=True)
        ]
        weights, total_ms = self._weights, self._total_ms + duration_ms
        for weight, had_ms in sorted(pairs, key=self._due):
            weights -= weight
            total_ms -= had_ms
            if total_ms * weight - weights * (had_ms + self._longest_ms) > self._longest_ms * weight:
                return False
        return True

    def most_urgent(self, loop: Loop) -> Track:
        """Of the tracks that are not ahead of their part the one that is due first; then the lowest id."""
        return min(
            (self._due((track.weight, had_ms)), track.schedule, track)
            for ahead, track, had_ms in self._ahead(loop)
            if ahead <= 0
        )[2]

    def _due(self, pair: tuple[int, int]) -> int:
        """When a track of a weight that has had so much is due: exact, as unequal ones differ by 2^-48 or more."""
        weight, had_ms = pair
        return ((had_ms + self._longest_ms) << 60) // weight

    def _ahead(self, loop: Loop) -> Iterator[tuple[int, Track, int]]:
        """How far each track is ahead of its part, times the sum of the weights; the track; what it has had."""
        for track, had_ms in zip(loop.tracks, self._had_ms, strict=True):
            yield self._weights * had_ms - track.weight * self._total_ms, track, had_ms

    def credit(self, loop: Loop, track: Track, span_ms: int) -> None:
        """Notes that a slide of the track has been on for so long."""
        self._total_ms += span_ms
        self._had_ms[loop.tracks.index(track)] += span_ms
