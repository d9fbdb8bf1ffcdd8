"""What a plan plays at an instant. Pure, and the same as `player/src/playout.ts`, to the millisecond.

The plan of a day is walked from its local midnight, slide by slide, in whole numbers: every screen comes to the
same answer, whenever it was switched on. `docs/protocol/manifest.md` says the rules in prose.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple, TypeVar

from signage_server.scheduling.fairness import Account
from signage_server.scheduling.plan import Ending, Loop, Plan, Reminder, Slot, Track

WEEK_MS = 7 * 86_400_000
#: A slide that would get less than this (or than its own duration) before its slot ends is not begun.
SHORTEST_MS = 3_000

_Slides = TypeVar("_Slides", Track, Reminder)
PlayRole = Literal["rotation", "reminder", "takeover", "fallback", "off"]


class Play(NamedTuple):
    """One showing, [start, end). `slide` and `schedule` are None while the screen is dark on purpose."""

    slide: str | None
    schedule: str | None
    role: PlayRole
    start_ms: int
    end_ms: int


def what_plays(plan: Plan, at_ms: int) -> Play:
    """What plays at an instant, inside the horizon or not. For many instants in a row keep a `Playout`."""
    return Playout(plan).at(at_ms)


def plays(plan: Plan, from_ms: int, until_ms: int) -> Iterator[Play]:
    """All plays that touch [from_ms, until_ms), in order and without a gap."""
    playout = Playout(plan)
    while from_ms < until_ms:
        play = playout.at(from_ms)
        yield play
        from_ms = play.end_ms


def plays_of_loops(
    plan: Plan, at_ms: int, loops: AbstractSet[str], alone: bool = False
) -> Iterator[tuple[str, Play]]:
    """Of the day that holds an instant of the horizon: the plays of these loops, each with the key of its loop.

    They are those of the whole day. Other loops are walked only where the day remembers something of them that bears
    on these: what was shown of a schedule, or served of a reminder. `alone`: not even then; each track still has its
    part of the time, but perhaps by other slides.
    """
    pieces = Playout(plan).pieces_of_day(at_ms)
    while pieces and pieces[-1].key not in loops:
        pieces.pop()
    if not pieces:
        return
    bearing = loops if alone else _bearing_on(plan, {piece.key: piece.loop for piece in pieces}, loops)
    day = _Day(plan, pieces[0].slot.day_start_ms, pieces[0].slot.turn)
    for piece in pieces:
        if piece.key in bearing:
            yield from ((piece.key, play) for play in day.walk([piece]) if piece.key in loops)


class Playout:
    """Answers `at` cheaply for growing instants: it remembers how far it has walked the day."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._starts = [slot.start_ms for slot in plan.slots]
        self._walk: Iterator[Play] = iter(())
        self._from_ms = self._until_ms = 0  # the stretch for which the open walk is good
        self._play = Play(None, None, "off", 0, 0)

    def at(self, at_ms: int) -> Play:
        """What plays at `at_ms`."""
        if not self._play.start_ms <= at_ms < self._until_ms:
            self._open(at_ms)
        while self._play.end_ms <= at_ms:
            self._play = self._cut(next(self._walk))
        return self._play

    def _open(self, at_ms: int) -> None:
        """Begins the day that holds the instant, or the day some weeks away that stands for it."""
        weeks, from_ms, until_ms = _stand_in(self._plan.horizon_ms, at_ms)
        pieces = self.pieces_of_day(at_ms - weeks * WEEK_MS)
        day = pieces[0].slot
        if weeks:
            pieces = _moved(self._plan, pieces, weeks * WEEK_MS)
        self._walk = _Day(self._plan, day.day_start_ms + weeks * WEEK_MS, day.turn).walk(pieces)
        self._from_ms = from_ms
        self._until_ms = min(until_ms, pieces[-1].end_ms)
        self._play = Play(None, None, "off", from_ms, from_ms)

    def _cut(self, play: Play) -> Play:
        """A stand-in week can begin and end within a slide, where clocks were changed."""
        if self._from_ms <= play.start_ms and play.end_ms <= self._until_ms:
            return play
        start_ms, end_ms = max(play.start_ms, self._from_ms), min(play.end_ms, self._until_ms)
        return play._replace(start_ms=start_ms, end_ms=end_ms)

    def pieces_of_day(self, at_ms: int) -> list["_Piece"]:
        """All slots of the day that holds the instant."""
        slots = self._plan.slots
        first = last = bisect_right(self._starts, at_ms) - 1
        day_start_ms = slots[first].day_start_ms
        while first > 0 and slots[first - 1].day_start_ms == day_start_ms:
            first -= 1
        while last + 1 < len(slots) and slots[last + 1].day_start_ms == day_start_ms:
            last += 1
        return [self._piece(index) for index in range(first, last + 1)]

    def _piece(self, index: int) -> "_Piece":
        slot = self._plan.slots[index]
        end_ms = self._starts[index + 1] if index + 1 < len(self._starts) else self._plan.horizon_ms[1]
        return _Piece(slot.start_ms, end_ms, slot.loop, self._plan.loops[slot.loop], slot)


def _bearing_on(plan: Plan, of_day: dict[str, Loop], loops: AbstractSet[str]) -> AbstractSet[str]:
    """The loops, and whichever else of the day tells them where their slides and reminders stand."""
    memories = {key: _memory(plan, loop) for key, loop in of_day.items()}
    found, asked = set[str](), loops & of_day.keys()
    while asked:
        found |= asked
        known = frozenset[tuple[str, int]]().union(*(memories[key] for key in found))
        asked = {key for key, memory in memories.items() if key not in found and memory & known}
    return found


def _memory(plan: Plan, loop: Loop) -> frozenset[tuple[str, int]]:
    """What a day remembers of a loop for others. Which slide comes next matters where they last unequally."""
    uneven = (
        track for track in loop.tracks if len({plan.slides[name].duration_ms for name in track.slides}) > 1
    )
    return frozenset(
        (
            *((track.schedule, 0) for track in uneven),
            *((reminder.schedule, reminder.offset_ms + 1) for reminder in loop.reminders),
        )
    )


class _Piece(NamedTuple):
    """A slot with its end and its loop, or what is left of it in another week."""

    start_ms: int
    end_ms: int
    key: str
    loop: Loop
    slot: Slot


class _Next(NamedTuple):
    """The showing that could begin now."""

    slide: str
    owner: Track | Reminder
    mark: int
    """What beginning it uses up: a position of the track, a due time of the reminder (counted from its window)."""
    rest: tuple[str, ...] = ()
    """What is to follow of a reminder's block."""


class _Day:
    """The plan of one local day, and what the day has to remember over its slots."""

    def __init__(self, plan: Plan, day_start_ms: int, turn: int) -> None:
        self._slides = plan.slides
        self._day_start_ms = day_start_ms
        self._turn = turn
        self._position: dict[str, int] = {}
        """Of each schedule's track: the slide to come."""
        self._served: dict[tuple[str, int], int] = {}
        """Of each reminder: the last due time served."""
        self._accounts: dict[str, Account] = {}
        """Of each loop: what its tracks have had."""

    def walk(self, pieces: Iterable[_Piece]) -> Iterator[Play]:
        """The plays of the day."""
        for piece in pieces:
            if piece.loop.off:
                yield Play(None, None, "off", piece.start_ms, piece.end_ms)
            else:
                yield from self._walk_piece(piece)

    def _walk_piece(self, piece: _Piece) -> Iterator[Play]:
        account = self._accounts.setdefault(piece.key, Account(piece.loop, self._slides))
        shown: _Next | None = None
        start_ms = now_ms = piece.start_ms
        while now_ms < piece.end_ms:
            coming = (
                self._following(shown) or self._due(piece.loop, now_ms) or self._turn_of(piece.loop, account)
            )
            duration_ms = self._slides[coming.slide].duration_ms
            room_ms = piece.end_ms - now_ms
            if shown and room_ms < min(SHORTEST_MS, duration_ms):
                _credit(account, piece.loop, shown, room_ms)
                break
            if shown:
                yield _play(shown, start_ms, now_ms)
            self._begin(coming)
            _credit(account, piece.loop, coming, min(duration_ms, room_ms))
            shown, start_ms = coming, now_ms
            now_ms += duration_ms
        if shown:
            yield _play(shown, start_ms, piece.end_ms)

    def _following(self, shown: _Next | None) -> _Next | None:
        """The next slide of the block that is showing."""
        if shown is None or not shown.rest:
            return None
        return shown._replace(slide=shown.rest[0], rest=shown.rest[1:])

    def _due(self, loop: Loop, now_ms: int) -> _Next | None:
        """The reminder that has waited longest. All its due times until now are served together."""
        if not loop.reminders:
            return None
        waiting = []
        for reminder in loop.reminders:
            anchor_ms = self._day_start_ms + reminder.offset_ms
            since_ms = anchor_ms + (self._last_served(reminder) + 1) * reminder.every_ms
            if since_ms <= now_ms:
                number = (now_ms - anchor_ms) // reminder.every_ms
                waiting.append((since_ms, reminder.schedule, reminder.offset_ms, number, reminder))
        if not waiting:
            return None
        *_, number, reminder = min(waiting, key=lambda one: one[:3])
        if reminder.take == "all":
            return _Next(reminder.slides[0], reminder, number, reminder.slides[1:])
        return _Next(reminder.slides[(self._turn + number) % len(reminder.slides)], reminder, number)

    def _last_served(self, reminder: Reminder) -> int:
        """Over midnight nobody knows whether the last due time was still served: it is due once more."""
        before_midnight = max(0, -reminder.offset_ms) // reminder.every_ms - 1
        return self._served.get((reminder.schedule, reminder.offset_ms), before_midnight)

    def _turn_of(self, loop: Loop, account: Account) -> _Next:
        """The next slide of the track that is furthest behind, unless that made another come too late."""
        track = account.furthest_behind(loop)
        coming = self._next_of(track)
        if account.leaves_time(loop, track, self._slides[coming.slide].duration_ms):
            return coming
        return self._next_of(account.most_urgent(loop))

    def _next_of(self, track: Track) -> _Next:
        count = len(track.slides)
        position = self._position.get(track.schedule, self._turn) % count
        return _Next(track.slides[position], track, (position + 1) % count)

    def _begin(self, coming: _Next) -> None:
        owner = coming.owner
        if isinstance(owner, Track):
            self._position[owner.schedule] = coming.mark
        else:
            self._served[owner.schedule, owner.offset_ms] = coming.mark


def _credit(account: Account, loop: Loop, shown: _Next, span_ms: int) -> None:
    """Reminders are no time of tracks."""
    if isinstance(shown.owner, Track):
        account.credit(loop, shown.owner, span_ms)


def _play(shown: _Next, start_ms: int, end_ms: int) -> Play:
    role: PlayRole = shown.owner.role if isinstance(shown.owner, Track) else "reminder"
    return Play(shown.slide, shown.owner.schedule, role, start_ms, end_ms)


def _stand_in(horizon_ms: tuple[int, int], at_ms: int) -> tuple[int, int, int]:
    """How many weeks away the instant is planned, and the stretch for which that holds."""
    start_ms, end_ms = horizon_ms
    if at_ms >= end_ms:
        weeks = (at_ms - end_ms) // WEEK_MS + 1
        return weeks, end_ms + (weeks - 1) * WEEK_MS, end_ms + weeks * WEEK_MS
    if at_ms < start_ms:  # a clock that is behind
        weeks = (at_ms - start_ms) // WEEK_MS
        return weeks, start_ms + weeks * WEEK_MS, start_ms + (weeks + 1) * WEEK_MS
    return 0, start_ms, end_ms


def _moved(plan: Plan, pieces: Iterable[_Piece], shift_ms: int) -> list[_Piece]:
    """The pieces in another week: without takeovers, and cut wherever something ends for good."""
    return [part for piece in pieces for part in _parts(plan, piece, shift_ms)]


def _parts(plan: Plan, piece: _Piece, shift_ms: int) -> Iterator[_Piece]:
    start_ms, end_ms = piece.start_ms + shift_ms, piece.end_ms + shift_ms
    ends = sorted({*_ends(plan, piece.loop), *_ends(plan, plan.loops[plan.fallback])})
    ended = bisect_right(ends, start_ms)
    cuts = [start_ms, *(end for end in ends[ended:] if end < end_ms), end_ms]
    for number, (from_ms, until_ms) in enumerate(pairwise(cuts), start=ended):
        yield _Piece(from_ms, until_ms, f"{piece.key}~{number}", _left(plan, piece.loop, from_ms), piece.slot)


def _ends(plan: Plan, loop: Loop) -> Iterator[int]:
    """The instants at which something of the loop ends for good."""
    slides = (plan.slides[name] for name in loop.slides)
    endings: list[Ending] = [loop, *loop.tracks, *loop.reminders, *slides]
    return (one.until_ms for one in endings if one.until_ms is not None)


def _left(plan: Plan, loop: Loop, at_ms: int) -> Loop:
    """What is left of a loop. Where no track is, the fallback's stand in, all of them if need be."""
    if loop.off and _lasts(loop, at_ms):
        return loop
    fallback = plan.loops[plan.fallback].tracks
    tracks = [track for track in loop.tracks if track.role != "takeover"]
    return Loop(
        tracks=_lasting(plan, tracks, at_ms) or _lasting(plan, fallback, at_ms) or fallback,
        reminders=_lasting(plan, loop.reminders, at_ms),
    )


def _lasting(plan: Plan, lists: Iterable[_Slides], at_ms: int) -> tuple[_Slides, ...]:
    return tuple(
        replace(one, slides=slides)
        for one in lists
        if _lasts(one, at_ms)
        and (slides := tuple(name for name in one.slides if _lasts(plan.slides[name], at_ms)))
    )


def _lasts(one: Ending, at_ms: int) -> bool:
    return one.until_ms is None or at_ms < one.until_ms
