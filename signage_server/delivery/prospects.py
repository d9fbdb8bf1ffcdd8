"""What a schedule would bring to the screens it reaches, worked out before it is saved."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from signage_server.delivery.compiling import Content
from signage_server.delivery.content import content_of
from signage_server.delivery.facts import Cohort, Facts
from signage_server.scheduling.recurrence import local_day
from signage_server.scheduling.specs import ScheduleDraft, spec_of_draft
from signage_server.scheduling.targets import Reach
from signage_server.scheduling.timeline import ScheduleSpec, SlideSpec
from signage_server.scheduling.warnings import (
    Audience,
    Concern,
    Promise,
    Prospect,
    foresee,
    merged,
    worst_promise,
)

AUDIENCES_MOST = 8
"""So many plans are compiled for a preview, those of the most screens."""
DRAFT = "~draft"
"""The draft's id among the others: the last, so that what it may lose by its turn is told."""
_NOTHING = (SlideSpec("nothing", 10_000),)
"""Stands for the fallback while a board has none."""


@dataclass(frozen=True)
class Slides:
    """The slides of the draft's playlist as screens of a profile have them."""

    shown: Sequence[SlideSpec]
    waiting: int
    """So many have no picture (yet) that the screens can show."""


SlidesFor = Callable[[str], Slides]
"""The same for any profile."""


@dataclass(frozen=True)
class Preview:
    """What saving would bring, over all screens that it reaches."""

    screens: int
    airtime_ms: int | None
    """Of the screen that shows it least; None: it reaches none."""
    promise: Promise | None
    concerns: Sequence[Concern]


@dataclass(frozen=True)
class Proposal:
    """A draft, and the schedule whose place it takes."""

    draft: ScheduleDraft
    replaces: str | None
    slides_for: SlidesFor

    def spec(self, profile: str) -> ScheduleSpec:
        """The draft as far as time is concerned, on screens of a profile.

        It keeps the id of what it replaces: of equals the one with the lowest id has its turn first.
        """
        slides = self.slides_for(profile).shown if self.draft.role != "off" else ()
        return spec_of_draft(self.draft, self.replaces or DRAFT, slides)

    def not_ready(self, profiles: Mapping[str, int]) -> Iterator[Concern]:
        """Whether slides are still waited for while others are there, on screens of these profiles, so many of each."""
        if self.draft.role == "off":
            return
        waiting = {
            profile: (slides.waiting, slides.waiting + len(slides.shown))
            for profile, slides in ((one, self.slides_for(one)) for one in profiles)
            if slides.waiting and slides.shown
        }
        if waiting:
            screens = sum(profiles[one] for one in waiting)
            yield Concern("slides_not_ready", counts=max(waiting.values()), screens=screens)


def preview(
    facts: Facts, parents: Mapping[str, str | None], proposal: Proposal, profile: str, zone: str, now_ms: int
) -> Preview:
    """Compile the week with and without the draft for those whom it reaches, and compare.

    `parents` names the unit above each unit; `profile` and `zone` are those to think of where it reaches no screen.
    """
    reached = _reached(facts, parents, proposal.draft)
    screens = sum(reached.values())
    if not screens:
        alone = Audience(zone, (), proposal.spec(profile), _NOTHING)
        prospect = foresee(alone, now_ms)
        alone_too = [
            one for one in prospect.concerns if one.code in ("over", "nothing_to_show", "windows_overlap")
        ]
        alone_too += proposal.not_ready({profile: 0})
        return Preview(0, None, prospect.promise, [Concern("no_screens"), *alone_too])
    profiles: Counter[str] = Counter()
    for cohort, count in reached.items():
        profiles[cohort.profile] += count
    audiences = _audiences(facts, reached, proposal, now_ms)
    prospects: list[tuple[Prospect, int]] = [
        (foresee(one, now_ms), count) for one, count in audiences.items()
    ]
    concerns = merged(prospects)
    left_out = screens - sum(audiences.values())
    return Preview(
        screens=screens,
        airtime_ms=min(prospect.airtime_ms for prospect, _ in prospects),
        promise=worst_promise(prospect.promise for prospect, _ in prospects),
        concerns=[
            *(one for one in concerns if one.code == "silences"),
            *proposal.not_ready(profiles),
            *(one for one in concerns if one.code != "silences"),
            *([Concern("screens_left_out", screens=left_out)] if left_out else []),
        ],
    )


def _reached(facts: Facts, parents: Mapping[str, str | None], draft: ScheduleDraft) -> dict[Cohort, int]:
    """How many screens of each cohort the draft reaches; the largest first."""
    reach = Reach(((DRAFT, target) for target in draft.targets), parents)
    found: Counter[Cohort] = Counter()
    for cohort, ids in facts.cohorts.items():
        for screen in map(facts.screens.__getitem__, ids):
            if reach.of_screen(screen.id, screen.unit_id, screen.tags):
                found[cohort] += 1
    return dict(found.most_common())


def _audiences(
    facts: Facts, reached: Mapping[Cohort, int], proposal: Proposal, now_ms: int
) -> dict[Audience, int]:
    """The distinct situations that the draft meets, with their screens: cohorts may differ in pictures only."""
    found: Counter[Audience] = Counter()
    for cohort, screens in reached.items():
        without = replace(cohort, schedules=cohort.schedules - {proposal.replaces})
        content = content_of(facts, without, local_day(now_ms, ZoneInfo(cohort.zone)))
        audience = _audience(content, cohort, proposal)
        if audience in found or len(found) < AUDIENCES_MOST:
            found[audience] += screens
        elif len(found) == AUDIENCES_MOST:
            break
    return dict(found)


def _audience(content: Content | None, cohort: Cohort, proposal: Proposal) -> Audience:
    others = content.schedules if content else ()
    fallback = content.fallback if content else _NOTHING
    return Audience(cohort.zone, others, proposal.spec(cohort.profile), fallback)
