"""What one manifest is made from, as a value: equal contents make equal manifests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from signage_server.delivery.compiling import Content
from signage_server.delivery.facts import AssetFact, Cohort, Facts, Picture, SlideFact
from signage_server.delivery.manifest import ManifestFile, SlideMedia
from signage_server.delivery.remembered import Remembered
from signage_server.library.profiles import Profile, distance, parse_profile
from signage_server.scheduling.models import Schedule
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.scheduling.specs import KnownDays, spec_of
from signage_server.scheduling.timeline import ScheduleSpec, SlideSpec

Value = TypeVar("Value")

BUILT_IN_SLIDE = SlideFact("builtin", "", 60_000, "cover", (500, 500), "fade")
"""Shows the built-in notice; its asset is known only when the facts have been read."""

_SPREADS_MS = ((20, 0), (200, 1_000), (2_000, 5_000))
_WIDEST_SPREAD_MS = 20_000


@dataclass(frozen=True)
class Shown:
    """A slide that can be shown on screens of some profile: as time sees it, as the player does, and its file."""

    spec: SlideSpec
    media: SlideMedia
    file: ManifestFile

    def lives(self, at_ms: int) -> bool:
        """Whether it may still be shown at an instant."""
        return self.spec.until_ms is None or self.spec.until_ms > at_ms


class Contents:
    """What the screens of each cohort should hold; worked out again only where it is made from something else."""

    def __init__(self) -> None:
        self._glanced_at: Remembered[Cohort, Content | None] = Remembered()
        self._contents: Remembered[Cohort, Content | None] = Remembered()
        self._shown: Remembered[tuple[str, str], tuple[Shown, ...]] = Remembered()
        self._specs: Remembered[tuple[str, str], ScheduleSpec] = Remembered()

    def of(self, facts: Facts, cohort: Cohort, from_day: date) -> Content | None:
        """What the screens of a cohort should hold; None while there is nothing at all that they could show.

        Slides without a picture that the screens can show (yet) are left out, and those that have expired.
        """
        schedules = [facts.schedules[schedule_id] for schedule_id in cohort.schedules]
        spread = spread_ms(len(facts.screens))
        others = (facts.playlists, facts.assets, facts.built_in, facts.known_days)
        made_from = (from_day, spread, schedules, others)
        return self._glanced_at.of(cohort, made_from, lambda: self._look_closely(facts, cohort, from_day))

    def _look_closely(self, facts: Facts, cohort: Cohort, from_day: date) -> Content | None:
        """Something has changed somewhere: does it concern this cohort?"""
        schedules = [facts.schedules[schedule_id] for schedule_id in sorted(cohort.schedules)]
        shown = {name: self._shown_of(facts, name, cohort.profile) for name in _playlists(schedules, cohort)}
        sets = [_days_of_sets(one, facts.known_days) for one in schedules]
        made_from = (from_day, schedules, shown, sets, facts.built_in, spread_ms(len(facts.screens)))
        return self._contents.of(
            cohort, made_from, lambda: self._make(facts, cohort, from_day, schedules, shown)
        )

    def keep_only(self, facts: Facts) -> None:
        """Forget what there is no more."""
        self._glanced_at.keep_only(lambda cohort: cohort in facts.cohorts)
        self._contents.keep_only(lambda cohort: cohort in facts.cohorts)
        self._shown.keep_only(lambda key: key[0] in facts.playlists)
        self._specs.keep_only(lambda key: key[0] in facts.schedules)

    def _make(
        self,
        facts: Facts,
        cohort: Cohort,
        from_day: date,
        schedules: Iterable[Schedule],
        shown: Mapping[str, tuple[Shown, ...]],
    ) -> Content | None:
        horizon_ms = wall_to_utc_ms(from_day, 0, ZoneInfo(cohort.zone))
        alive = {
            name: tuple(one for one in slides if one.lives(horizon_ms)) for name, slides in shown.items()
        }
        fallback = _fallback(facts, cohort, alive)
        if not fallback:
            return None
        used = [*fallback, *(slide for slides in alive.values() for slide in slides)]
        return Content(
            profile=cohort.profile,
            zone=cohort.zone,
            from_day=from_day,
            schedules=tuple(self._spec_of(facts, one, cohort.profile, alive) for one in schedules),
            fallback=tuple(slide.spec for slide in fallback),
            media=_each_once((slide.media.id, slide.media) for slide in used),
            files=_each_once((slide.file.sha256, slide.file) for slide in used),
            spread_ms=spread_ms(len(facts.screens)),
        )

    def _shown_of(self, facts: Facts, playlist_id: str, profile: str) -> tuple[Shown, ...]:
        """The slides of a playlist that screens of a profile can show."""
        slides = facts.playlists[playlist_id]
        made_from = (slides, [facts.assets.get(slide.asset) for slide in slides])
        return self._shown.of(
            (playlist_id, profile),
            made_from,
            lambda: tuple(showable(slides, facts.assets, parse_profile(profile))),
        )

    def _spec_of(
        self, facts: Facts, schedule: Schedule, profile: str, alive: Mapping[str, tuple[Shown, ...]]
    ) -> ScheduleSpec:
        slides = [slide.spec for slide in alive.get(schedule.playlist_id or "", ())]
        made_from = (schedule, slides, _days_of_sets(schedule, facts.known_days))
        return self._specs.of(
            (schedule.id, profile), made_from, lambda: spec_of(schedule, slides, facts.known_days)
        )


def content_of(facts: Facts, cohort: Cohort, from_day: date) -> Content | None:
    """The content of one cohort, once."""
    return Contents().of(facts, cohort, from_day)


def _playlists(schedules: Iterable[Schedule], cohort: Cohort) -> list[str]:
    """The names of all playlists that a cohort can show, each once."""
    named = (schedule.playlist_id for schedule in schedules if schedule.playlist_id)
    return list(dict.fromkeys((*named, *cohort.fallbacks)))


def _days_of_sets(schedule: Schedule, known: KnownDays) -> tuple[frozenset[date] | None, ...]:
    """The dates behind the day sets of a schedule."""
    return tuple(
        known.get(one) for one in (*schedule.only_sets, *schedule.include_sets, *schedule.exclude_sets)
    )


def _fallback(facts: Facts, cohort: Cohort, shown: Mapping[str, tuple[Shown, ...]]) -> tuple[Shown, ...]:
    """The nearest playlist for quiet times, else the built-in notice, else (while that is being made) what there is."""
    chosen = (shown[name] for name in cohort.fallbacks)
    anything = (shown[name] for name in sorted(shown))
    built_in = built_in_slides(facts, parse_profile(cohort.profile))
    candidates = (*chosen, built_in, *anything)
    return next((slides for slides in candidates if slides), ())


def showable(
    slides: Sequence[SlideFact], assets: Mapping[str, AssetFact], profile: Profile
) -> Iterable[Shown]:
    """Those of the slides that screens of a profile can show, with the picture that fits them best."""
    for slide in slides:
        asset = assets.get(slide.asset)
        picture = best_picture(asset.pictures, profile) if asset else None
        if asset and picture:
            yield _shown(slide, asset, picture.file)


def best_picture(pictures: Iterable[Picture], profile: Profile) -> Picture | None:
    """The profile's own picture, or the nearest one while that is being made. No WebP for a screen without it."""
    fit = ((parse_profile(picture.profile), picture) for picture in pictures)
    usable = [(own, picture) for own, picture in fit if profile.format == "webp" or own.format == "jpeg"]
    return min(usable, key=lambda one: _misfit(one[0], profile), default=(None, None))[1]


def built_in_slides(facts: Facts, profile: Profile) -> tuple[Shown, ...]:
    """The built-in notice as a fallback; none while it is being made."""
    picture = best_picture(facts.built_in.pictures, profile) if facts.built_in else None
    if facts.built_in is None or picture is None:
        return ()
    return (_shown(BUILT_IN_SLIDE, facts.built_in, picture.file),)


def spread_ms(screens: int) -> int:
    """Over how long downloads are spread: nothing for a building, 20 s for a province.

    Coarse, so that one more screen does not change everybody's manifest.
    """
    return next((spread for most, spread in _SPREADS_MS if screens <= most), _WIDEST_SPREAD_MS)


def _shown(slide: SlideFact, asset: AssetFact, file: ManifestFile) -> Shown:
    return Shown(
        spec=SlideSpec(slide.id, slide.duration_ms, asset.until_ms),
        media=SlideMedia(
            id=slide.id,
            asset=asset.id,
            file=file.sha256,
            fit=slide.fit,
            focus=slide.focus,
            transition=slide.transition,
            alt=asset.alt,
        ),
        file=file,
    )


def _misfit(own: Profile, wanted: Profile) -> tuple[float, bool, str]:
    return distance(own, *wanted.size), own.format != wanted.format, own.name


def _each_once(named: Iterable[tuple[str, Value]]) -> tuple[Value, ...]:
    unique = dict(named)
    return tuple(unique[name] for name in sorted(unique))
