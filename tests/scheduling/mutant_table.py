"""The mutants that the tests of time must kill: what is broken, where, and which tests have to notice."""

from dataclasses import dataclass

SCHEDULING = "signage_server/scheduling"
RECURRENCE, TIMELINE, PLAYOUT, FAIRNESS, WEIGHTS = (
    f"{SCHEDULING}/{name}.py" for name in ("recurrence", "timeline", "playout", "fairness", "weights")
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One way to break the time core."""

    name: str
    path: str
    edits: tuple[tuple[str, str], ...]
    """What stands there, exactly once, and what the mutant has instead."""
    tests: tuple[str, ...]

    def applied(self, source: str) -> str:
        """The source with the mutant in it. Raises ValueError where it no longer fits."""
        for old, new in self.edits:
            if source.count(old) != 1:
                raise ValueError(f"{self.name}: found {source.count(old)} times, not once: {old}")
            source = source.replace(old, new)
        return source


def _mutant(name: str, path: str, old: str, new: str, *tests: str) -> Mutant:
    return Mutant(name, path, ((old, new),), tests)


MUTANTS = (
    # Windows, days and the wall clock
    _mutant(
        "a window includes its end",
        TIMELINE,
        "edges.setdefault(end_ms, []).append((member, -1))",
        "edges.setdefault(end_ms + 60_000, []).append((member, -1))",
        "test_timeline.py",
    ),
    _mutant(
        "an occurrence that ends now is not over",
        RECURRENCE,
        "if found.end_ms > after_ms",
        "if found.end_ms >= after_ms",
        "test_recurrence.py",
    ),
    _mutant(
        "a slide is shown at the instant it expires",
        TIMELINE,
        "slide.until_ms is None or slide.until_ms > at_ms",
        "slide.until_ms is None or slide.until_ms >= at_ms",
        "test_timeline.py",
    ),
    _mutant(
        "the last day is left out",
        RECURRENCE,
        "last_day is None or last_day >= until_day else last_day + _DAY",
        "last_day is None or last_day >= until_day else last_day",
        "test_recurrence.py",
    ),
    _mutant(
        "a day after the last one is added",
        RECURRENCE,
        "last_day is None or last_day >= until_day else last_day + _DAY",
        "last_day is None or last_day >= until_day else last_day + _DAY + _DAY",
        "test_recurrence.py",
    ),
    _mutant(
        "of a time that occurs twice the second counts (fold=1)",
        RECURRENCE,
        "(before if before <= after else",
        "(after if before <= after else",
        "test_recurrence.py",
    ),
    _mutant(
        "a time in a missing hour as RFC 5545 has it",
        RECURRENCE,
        "(before if before <= after else _transition(wall, after, before, zone))",
        "before",
        "test_recurrence.py",
    ),
    _mutant(
        "a window that ends where it begins is taken",
        RECURRENCE,
        "if self.from_min == self.to_min:",
        "if self.from_min == self.to_min + DAY_MINUTES:",
        "test_recurrence.py",
    ),
    _mutant(
        "a window does not reach over midnight",
        RECURRENCE,
        "if self.to_min > self.from_min else self.to_min + DAY_MINUTES",
        "if self.to_min > self.from_min else DAY_MINUTES",
        "test_timeline.py",
    ),
    _mutant(
        "the weekday comes from the date in UTC",
        TIMELINE,
        "occurrence(day, window, zone) for day in days(rule, from_day, until_day)",
        "occurrence(day + timedelta(wall_to_utc_ms(day, 0, zone) // 86_400_000 < (day - _EPOCH).days), window, zone)"
        " for day in days(rule, from_day, until_day)",
        "test_minutes.py",
    ),
    _mutant(
        "today is the date in UTC",
        RECURRENCE,
        "day = _wall(at_ms // 1000, zone).date()",
        'day = _wall(at_ms // 1000, ZoneInfo("UTC")).date()',
        "test_recurrence.py",
    ),
    # Rules
    _mutant(
        "every n days forgets its phase",
        RECURRENCE,
        "_floor((start - first_day).days, parts.interval)",
        "_floor((start - first_day).days, 1)",
        "test_recurrence.py",
    ),
    _mutant(
        "every n weeks forgets its phase",
        RECURRENCE,
        "ahead = _floor((start - week).days, 7 * parts.interval)",
        "ahead = _floor((start - week).days, 7)",
        "test_recurrence.py",
    ),
    _mutant(
        "a count is used up by the days that sets leave",
        RECURRENCE,
        "counted = list(islice(_expand(parts, first_day, first_day, first_day + _SEARCH), parts.count))",
        "counted = list(islice(_expand(parts, first_day, first_day, first_day + _SEARCH), parts.count + 1))",
        "test_recurrence.py",
    ),
    _mutant(
        "the only days allowed are not asked for",
        RECURRENCE,
        "(rule.only_days is None or day in rule.only_days) and",
        "",
        "test_named_days.py",
    ),
    _mutant(
        "a day set that leaves out does not reach the one that adds",
        RECURRENCE,
        "_within(rule.include_days, start, stop) if day not in rule.exclude_days]",
        "_within(rule.include_days, start, stop)]",
        "test_named_days.py",
    ),
    _mutant(
        "an exception does not outrank a date added by hand",
        RECURRENCE,
        "for day in merge(_rule_days(rule, start, stop), added):\n"
        "        if day != previous and day not in rule.except_days:",
        "for day in merge(_rule_days(rule, start, stop), added):\n"
        "        if day != previous and (day not in rule.except_days or day in rule.extra_days):",
        "test_named_days.py",
    ),
    # Who is on
    _mutant(
        "windows that touch or overlap are a set, not counted",
        TIMELINE,
        "active[member] += step",
        "active[member] = int(step > 0)",
        "test_timeline.py",
    ),
    _mutant(
        "schedules stand in the order in which they were given",
        TIMELINE,
        "cast = sorted(schedules, key=lambda spec: spec.id)",
        "cast = list(schedules)",
        "test_timeline.py",
        "test_laws_of_slots.py",
    ),
    _mutant(
        "the lowest priority wins",
        TIMELINE,
        "top = max((self._cast[index].priority",
        "top = min((self._cast[index].priority",
        "test_timeline.py",
    ),
    _mutant(
        "a beaten takeover silences reminders",
        TIMELINE,
        "silent = any(self._cast[index].silences_reminders for index in takeovers)",
        "silent = any(self._cast[index].silences_reminders for index in shown)",
        "test_timeline.py",
    ),
    _mutant(
        "midnight does not cut",
        TIMELINE,
        'if at_ms >= day.end_ms:\n                day, previous = next(upcoming), ""',
        "if at_ms >= day.end_ms:\n                day = next(upcoming)",
        "test_laws_of_slots.py",
    ),
    _mutant(
        "overlapping windows of a reminder keep a rhythm each",
        TIMELINE,
        '_anew(found) if spec.role == "reminder" else found',
        "found",
        "test_reminder_windows.py",
    ),
    _mutant(
        "a window inside another ends the reminder's stretch for good",
        TIMELINE,
        "start_ms, end_ms = next_ms, max(end_ms, next_end_ms)",
        "start_ms, end_ms = next_ms, next_end_ms",
        "test_reminder_windows.py",
    ),
    # What plays
    Mutant(
        "a reminder counts from its last play (it drifts)",
        PLAYOUT,
        (
            (
                "since_ms = anchor_ms + (self._last_served(reminder) + 1) * reminder.every_ms",
                "since_ms = max(anchor_ms + (self._last_served(reminder) + 1) * reminder.every_ms,"
                " self._shown_ms.get(reminder.schedule, 0) + reminder.every_ms)",
            ),
            (
                "            self._begin(coming)\n",
                "            self._begin(coming)\n"
                "            self._shown_ms[coming.owner.schedule] = now_ms\n",
            ),
            (
                "self._served: dict[tuple[str, int], int] = {}",
                "self._served: dict[tuple[str, int], int] = {}\n        self._shown_ms: dict[str, int] = {}",
            ),
        ),
        ("test_playout.py", "test_laws_of_plays.py"),
    ),
    _mutant(
        "missed due times of a reminder are all made up for",
        PLAYOUT,
        "number = (now_ms - anchor_ms) // reminder.every_ms",
        "number = self._last_served(reminder) + 1",
        "test_playout.py",
    ),
    _mutant(
        "a reminder owed from before midnight is left out",
        PLAYOUT,
        "before_midnight = max(0, -reminder.offset_ms) // reminder.every_ms - 1",
        "before_midnight = max(0, -reminder.offset_ms - 1) // reminder.every_ms",
        "test_playout.py",
        "test_laws_of_plays.py",
    ),
    _mutant(
        "of reminders that are due the one that comes back most often goes first",
        PLAYOUT,
        "waiting.append((since_ms, reminder.schedule",
        "waiting.append((reminder.every_ms, reminder.schedule",
        "test_playout.py",
    ),
    _mutant(
        "a slide with just enough time left is not begun",
        PLAYOUT,
        "room_ms < min(SHORTEST_MS, duration_ms)",
        "room_ms <= min(SHORTEST_MS, duration_ms)",
        "test_playout.py",
    ),
    _mutant(
        "a loop that comes back begins its account anew",
        PLAYOUT,
        "account = self._accounts.setdefault(piece.key, Account(piece.loop, self._slides))",
        "account = Account(piece.loop, self._slides)",
        "test_playout.py",
    ),
    _mutant(
        "a track begins anew after a takeover",
        PLAYOUT,
        "        shown: _Next | None = None\n",
        "        shown: _Next | None = None\n        self._position.clear()\n",
        "test_playout.py",
        "test_laws_of_plays.py",
    ),
    _mutant(
        "takeovers go on in the weeks that stand in",
        PLAYOUT,
        'tracks = [track for track in loop.tracks if track.role != "takeover"]',
        "tracks = list(loop.tracks)",
        "test_playout.py",
    ),
    _mutant(
        "what has ended is shown for one more instant",
        PLAYOUT,
        "one.until_ms is None or at_ms < one.until_ms",
        "one.until_ms is None or at_ms <= one.until_ms",
        "test_playout.py",
    ),
    # Shares
    Mutant(
        "shares are of showings, not of time",
        FAIRNESS,
        (
            ("self._total_ms += span_ms", "self._total_ms += 1"),
            (
                "self._had_ms[loop.tracks.index(track)] += span_ms",
                "self._had_ms[loop.tracks.index(track)] += 1",
            ),
        ),
        ("test_fairness.py",),
    ),
    _mutant(
        "equals go by their place, not by their id",
        FAIRNESS,
        "return min((ahead, track.schedule, track) for ahead, track, _ in self._ahead(loop))[2]",
        "return min(self._ahead(loop), key=lambda one: one[0])[1]",
        "test_playout.py",
    ),
    _mutant(
        "the track furthest behind is always the next",
        FAIRNESS,
        "if len(loop.tracks) < 3:",
        "if loop.tracks:",
        "test_fairness.py",
    ),
    _mutant(
        "a track that is ahead may be the most urgent",
        FAIRNESS,
        "            if ahead <= 0\n",
        "",
        "test_fairness.py",
    ),
    _mutant(
        "shares may take all of a loop",
        WEIGHTS,
        "granted = min(promised, MAX_SHARES)",
        "granted = min(promised, 999)",
        "test_weights.py",
    ),
)
