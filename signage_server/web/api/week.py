"""The week of a screen, a tag or a unit, drawn from the compiled plan itself."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from operator import itemgetter
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from pydantic import Field, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.accounts.references import unit_parents
from signage_server.accounts.units import find_unit
from signage_server.clock import to_ms
from signage_server.delivery.weeks import Group
from signage_server.library.notices import refusal
from signage_server.scheduling.recurrence import local_day
from signage_server.scheduling.targets import lineage
from signage_server.screens.models import Screen, ScreenTag
from signage_server.screens.screens import find
from signage_server.screens.tags import tag_key
from signage_server.web.paging import CursorUnknown, read_cursor, write_cursor
from signage_server.web.problems import language
from signage_server.web.rooms import rooms
from signage_server.web.schemas.values import AskedDay, Id, Query
from signage_server.web.schemas.week import WeekOut
from signage_server.web.weeks_view import group_outs

blueprint = APIBlueprint("week", __name__, tag="Schedules")

_DAYS = 7


class WeekQuery(Query):
    """Whose week: of one screen, of all with a tag, of a unit with what is below it; of none: of all screens."""

    screen_id: Id | None = None
    tag: Annotated[str, Field(max_length=40)] | None = None
    unit_id: Id | None = None
    day: AskedDay | None = Field(
        None, alias="from", description="Any day of the week; without it: this week."
    )
    cursor: Annotated[str, Field(max_length=1000)] | None = Field(
        None, description="`next` of the page before; none: the first page."
    )
    limit: Annotated[int, Field(ge=1, le=50, description="How many groups of screens.")] = 10

    @model_validator(mode="after")
    def _of_one_place(self) -> Self:
        if sum(place is not None for place in (self.screen_id, self.tag, self.unit_id)) > 1:
            raise refusal(
                "week_of_one_place",
                "Chỉ chọn một trong ba: màn hình (screen_id), nhãn (tag) hoặc đơn vị (unit_id).",
                "Choose one of the three: a screen (screen_id), a tag (tag) or a unit (unit_id).",
            )
        return self


@blueprint.get("/week")
@blueprint.input(WeekQuery, location="query")
@blueprint.output(WeekOut)
@blueprint.doc(responses={404: "There is no such screen or unit."})
def get_week(query_data: WeekQuery) -> WeekOut:
    """What plays from Monday to Sunday; screens whose weeks are equal stand together, so many groups at a time."""
    now = rooms().clock()
    day = query_data.day or local_day(to_ms(now), ZoneInfo(rooms().settings.timezone))
    monday = day - timedelta(days=day.weekday())
    with rooms().db.read() as session:
        screens = _screens(session, query_data)
    names = {screen_id: name for screen_id, name, _ in screens}
    groups = rooms().weeks.groups({screen_id: zone for screen_id, _, zone in screens}, monday)
    page, following = _page(groups, names, query_data)
    weeks = [rooms().weeks.draw(group) for group in page]
    with rooms().db.read() as session:
        drawn = group_outs(session, weeks, names, monday, language())
    return WeekOut(
        **{"from": monday},
        days=[monday + timedelta(days=number) for number in range(_DAYS)],
        now=now,
        groups=drawn,
        next=following,
        screens=len(screens),
        groups_total=len(groups),
    )


def _page(
    groups: Iterable[Group], names: Mapping[str, str], query: WeekQuery
) -> tuple[list[Group], str | None]:
    """The groups of a page, those of the most screens first, and the cursor of the next."""

    def place(group: Group) -> tuple[int, str, str]:
        return (-len(group.screen_ids), *min((names[one], one) for one in group.screen_ids))

    placed = sorted(((place(group), group) for group in groups), key=itemgetter(0))
    if query.cursor is not None:
        after = _after(query.cursor)
        placed = [one for one in placed if one[0] > after]
    page = placed[: query.limit]
    following = write_cursor(page[-1][0]) if len(placed) > len(page) else None
    return [group for _, group in page], following


def _after(cursor: str) -> tuple[int, str, str]:
    match read_cursor(cursor):
        case [int(size), str(name), str(screen_id)]:
            return size, name, screen_id
    raise CursorUnknown()


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
