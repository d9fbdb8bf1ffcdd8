"""What a schedule would bring, before it is saved."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from pydantic import Field

from signage_server.accounts.references import unit_parents
from signage_server.clock import from_ms, to_ms
from signage_server.delivery.previews import shown_slides, slide_count
from signage_server.delivery.prospects import Preview, Proposal, Slides, preview
from signage_server.scheduling import day_sets, specs
from signage_server.scheduling.recurrence import next_occurrences
from signage_server.scheduling.schedules import find
from signage_server.scheduling.sentences import say_schedule
from signage_server.scheduling.specs import ScheduleDraft
from signage_server.scheduling.warning_words import say_airtime, say_concern, say_promise
from signage_server.scheduling.warnings import Concern, Promise
from signage_server.web.api.schedules import draft_of_body
from signage_server.web.auth import who
from signage_server.web.labels import schedule_names
from signage_server.web.problems import language
from signage_server.web.rooms import rooms
from signage_server.web.schemas.previews import (
    ConcernedSchedule,
    ReminderPromise,
    SchedulePreview,
    ScheduleWarning,
)
from signage_server.web.schemas.schedules import ScheduleIn
from signage_server.web.schemas.values import Id, Query
from signage_server.web.telling_apart import told_apart

blueprint = APIBlueprint("schedule_previews", __name__, tag="Schedules")

PREVIEWED = 5
"""How many of the next windows a preview names."""
USUAL_PROFILE = "1920x1080"
"""Where no screen is reached, the slides are those of a board of this kind."""


class PreviewQuery(Query):
    """What the draft takes the place of."""

    replaces: Id | None = Field(None, description="Id of the schedule that is being edited.")


@blueprint.post("/schedules/preview")
@blueprint.input(PreviewQuery, location="query")
@blueprint.input(ScheduleIn)
@blueprint.output(SchedulePreview)
@blueprint.doc(responses={404: "What it is to replace is gone."})
def preview_schedule(query_data: PreviewQuery, json_data: ScheduleIn) -> SchedulePreview:
    """Say a schedule back in words, with its next windows and what it does to the others; nothing is saved."""
    now_ms = to_ms(rooms().clock())
    asked = draft_of_body(json_data, json_data.unit_id or who().unit_id)
    if query_data.replaces is not None:
        with rooms().db.read() as session:
            find(session, query_data.replaces)
    draft = rooms().schedules.check(asked, query_data.replaces)
    zone = ZoneInfo(draft.zone or rooms().settings.timezone)
    coming = next_occurrences(draft.rule, draft.windows, zone, now_ms, PREVIEWED)
    found = _found(draft, query_data.replaces, zone.key, now_ms)
    with rooms().db.read() as session:
        sets = day_sets.said_sets(draft, day_sets.names_of(session, draft.sets, language()))
        names = schedule_names(session, {one for concern in found.concerns for one in concern.schedules})
        told = told_apart(session, names, language())
    return SchedulePreview(
        sentence=say_schedule(specs.spec_of_draft(draft), language(), sets),
        next=[(from_ms(one.start_ms), from_ms(one.end_ms)) for one in coming],
        screens=found.screens,
        airtime_ms=found.airtime_ms,
        airtime_sentence=None
        if found.airtime_ms is None
        else say_airtime(found.airtime_ms, draft.role, language()),
        promise=_promise_out(found.promise) if found.promise else None,
        warnings=[_warning_out(concern, found.screens, (names, told), zone) for concern in found.concerns],
    )


def _found(draft: ScheduleDraft, replaces: str | None, zone: str, now_ms: int) -> Preview:
    with rooms().db.read() as session:
        parents = unit_parents(session)

    @cache
    def slides_for(profile: str) -> Slides:
        with rooms().db.read() as session:
            shown = shown_slides(session, draft.playlist_id or "", profile)
            waiting = slide_count(session, draft.playlist_id or "") - len(shown)
        return Slides(tuple(slide.spec for slide in shown if slide.lives(now_ms)), waiting)

    proposal = Proposal(draft, replaces, slides_for)
    return preview(rooms().publisher.facts(), parents, proposal, USUAL_PROFILE, zone, now_ms)


def _promise_out(promise: Promise) -> ReminderPromise:
    return ReminderPromise(
        every_ms=promise.every_ms,
        late_at_most_ms=promise.late_at_most_ms,
        kept=promise.kept,
        sentence=say_promise(promise, language()),
    )


def _warning_out(
    concern: Concern, screens: int, both: tuple[Mapping[str, str], Mapping[str, str]], zone: ZoneInfo
) -> ScheduleWarning:
    """`both`: the names as they are, and as sentences tell them apart."""
    names, told = both
    named = [one for one in concern.schedules if one in names]
    return ScheduleWarning(
        code=concern.code,
        sentence=say_concern(concern, screens, told, zone, language()),
        schedules=[ConcernedSchedule(id=one, name=names[one]) for one in named],
    )
