"""The week of a screen, a tag or a unit, drawn from the compiled plan itself."""

from datetime import date, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.accounts.references import unit_parents
from signage_server.accounts.units import find_unit
from signage_server.clock import to_ms
from signage_server.scheduling.recurrence import local_day
from signage_server.scheduling.targets import lineage
from signage_server.screens.models import Screen, ScreenTag
from signage_server.screens.screens import find
from signage_server.screens.tags import tag_key
from signage_server.web.api.moments import check_year
from signage_server.web.problems import language
from signage_server.web.rooms import rooms
from signage_server.web.schemas.values import Id, Incoming
from signage_server.web.schemas.week import WeekOut
from signage_server.web.weeks_view import group_outs

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
    check_year(day.year)
    monday = day - timedelta(days=day.weekday())
    with rooms().db.read() as session:
        screens = _screens(session, query_data)
    weeks = rooms().weeks.of({screen_id: zone for screen_id, _, zone in screens}, monday)
    with rooms().db.read() as session:
        names = {screen_id: name for screen_id, name, _ in screens}
        groups = group_outs(session, weeks, names, monday, language())
    days = [monday + timedelta(days=number) for number in range(_DAYS)]
    return WeekOut(**{"from": monday}, days=days, now=now, groups=groups)


def _screens(session: Session, query: WeekQuery) -> list[tuple[str, str, str]]:
    """The screens that are asked for: id, name, zone."""
    wanted = select(Screen.id, Screen.name, Screen.zone, Screen.unit_id)
    if query.screen_id is not None:
        wanted = wanted.where(Screen.id == find(session, query.screen_id).id)
    if query.tag is not None:
        wanted = wanted.join(ScreenTag).where(ScreenTag.tag_key == tag_key(query.tag))
    units = _below(session, query.unit_id) if query.unit_id is not None else None
    return [
        (screen_id, name, zone)
        for screen_id, name, zone, unit_id in session.execute(wanted)
        if units is None or unit_id in units
    ]


def _below(session: Session, unit_id: str) -> set[str]:
    """The unit and all that is below it."""
    top, parents = find_unit(session, unit_id).id, unit_parents(session)
    return {unit for unit in parents if top in lineage(unit, parents)}
