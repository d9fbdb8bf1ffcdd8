"""The week of a screen, a tag or a unit, drawn from the compiled plan itself."""

from datetime import date, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from pydantic import Field

from signage_server.clock import to_ms
from signage_server.scheduling.recurrence import local_day
from signage_server.web.rooms import rooms
from signage_server.web.schemas.values import Id, Incoming
from signage_server.web.schemas.week import WeekOut

blueprint = APIBlueprint("week", __name__, tag="Schedules")

_DAYS = 7


class WeekQuery(Incoming):
    """Whose week: of one screen, of all with a tag, of a unit with what is below it; of none: of all screens."""

    screen_id: Id | None = None
    tag: Annotated[str, Field(max_length=40)] | None = None
    unit_id: Id | None = None
    day: date | None = Field(None, alias="from", description="Any day of the week; without it: this week.")


@blueprint.get("/week")
@blueprint.input(WeekQuery, location="query")
@blueprint.output(WeekOut)
def get_week(query_data: WeekQuery) -> WeekOut:
    """What plays from Monday to Sunday; screens whose weeks are equal stand together."""
    now = rooms().clock()
    day = query_data.day or local_day(to_ms(now), ZoneInfo(rooms().settings.timezone))
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=number) for number in range(_DAYS)]
    return WeekOut(first_day=monday, days=days, now=now, groups=[])
