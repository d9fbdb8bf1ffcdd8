"""What a schedule would bring, before it is saved."""

from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from pydantic import Field

from signage_server.clock import from_ms, to_ms
from signage_server.scheduling import day_sets, specs
from signage_server.scheduling.recurrence import next_occurrences
from signage_server.scheduling.sentences import say_schedule
from signage_server.web.api.schedules import draft_of_body
from signage_server.web.auth import who
from signage_server.web.problems import language
from signage_server.web.rooms import rooms
from signage_server.web.schemas.previews import SchedulePreview
from signage_server.web.schemas.schedules import ScheduleIn
from signage_server.web.schemas.values import Id, Incoming

blueprint = APIBlueprint("schedule_previews", __name__, tag="Schedules")

PREVIEWED = 5
"""How many of the next windows a preview names."""


class PreviewQuery(Incoming):
    """What the draft takes the place of."""

    replaces: Id | None = Field(None, description="Id of the schedule that is being edited.")


@blueprint.post("/schedules/preview")
@blueprint.input(PreviewQuery, location="query")
@blueprint.input(ScheduleIn)
@blueprint.output(SchedulePreview)
def preview_schedule(query_data: PreviewQuery, json_data: ScheduleIn) -> SchedulePreview:
    """Say a schedule back in words, with its next windows and what it does to the others; nothing is saved."""
    draft = rooms().schedules.check(draft_of_body(json_data, json_data.unit_id or who().unit_id))
    zone = ZoneInfo(draft.zone or rooms().settings.timezone)
    with rooms().db.read() as session:
        sets = day_sets.said_sets(draft, day_sets.names_of(session, draft.sets, language()))
    coming = next_occurrences(draft.rule, draft.windows, zone, to_ms(rooms().clock()), PREVIEWED)
    return SchedulePreview(
        sentence=say_schedule(specs.spec_of_draft(draft), language(), sets),
        next=[(from_ms(one.start_ms), from_ms(one.end_ms)) for one in coming],
        screens=0,
        airtime_ms=None,
        promise=None,
        warnings=[],
    )
