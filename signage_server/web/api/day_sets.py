"""Day sets: named dates that schedules include or exclude. Public holidays and Tết come with the product."""

from collections.abc import Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from pydantic import Field
from sqlalchemy import select

from signage_server.db import etag_of
from signage_server.offload import off_loop
from signage_server.scheduling import day_sets, public_days
from signage_server.scheduling.day_sets import DaySetDraft, SetUse
from signage_server.scheduling.models import DaySet
from signage_server.scheduling.public_days import PUBLIC_DAYS, NamedDay
from signage_server.web.auth import who
from signage_server.web.etags import etagged, sent_etag, versioned
from signage_server.web.paging import Listed
from signage_server.web.problems import language
from signage_server.web.rooms import rooms
from signage_server.web.schemas.day_sets import DaySetIn, DaySetOut, DaySetUse, NamedDayIn, NamedDayOut
from signage_server.web.schemas.values import Query

blueprint = APIBlueprint("day_sets", __name__, tag="Schedules")

BUILT_IN_ETAG = "built-in"
YEARS_BEFORE, YEARS_AHEAD = 1, 2


class DaySetList(Listed[DaySetOut]):
    """The day sets; there is one page."""


class YearQuery(Query):
    """Which days to tell."""

    year: Annotated[int, Field(ge=1970, le=2199)] | None = Field(
        None,
        description="Only the days of this year. Without it: all days of sets of your own; of built-in ones those from "
        "last year until the end of the year after next.",
    )


@blueprint.get("/day-sets")
@blueprint.input(YearQuery, location="query")
@blueprint.output(DaySetList)
def list_day_sets(query_data: YearQuery) -> DaySetList:
    """The day sets, the built-in ones first, then by name."""
    off_loop(public_days.load)
    with rooms().db.read() as session:
        used = day_sets.uses(session)
        rows = session.scalars(select(DaySet).order_by(DaySet.name, DaySet.id))
        own = [_own_out(row, used.get(row.id, ()), query_data.year) for row in rows]
    built_in = [_built_in_out(set_id, used.get(set_id, ()), query_data.year) for set_id in PUBLIC_DAYS]
    return DaySetList(items=[*built_in, *own], next=None)


@blueprint.post("/day-sets")
@blueprint.input(DaySetIn)
@blueprint.output(DaySetOut, status_code=201)
def create_day_set(json_data: DaySetIn) -> Any:
    """Make a day set; each day counts once."""
    draft = DaySetDraft(json_data.name, who().unit_id, _days(json_data.days))
    return etagged(_current(rooms().day_sets.create(who().id, draft)), 201)


@blueprint.get("/day-sets/<set_id>")
@blueprint.input(YearQuery, location="query")
@blueprint.output(DaySetOut)
def get_day_set(set_id: str, query_data: YearQuery) -> Any:
    """One day set."""
    off_loop(public_days.load)
    return etagged(_current(set_id, query_data.year))


@blueprint.put("/day-sets/<set_id>")
@versioned
@blueprint.input(DaySetIn)
@blueprint.output(DaySetOut)
def replace_day_set(set_id: str, json_data: DaySetIn) -> Any:
    """Give a day set this name and these days; the schedules that name it follow at once."""
    rooms().day_sets.replace(who().id, set_id, sent_etag(), json_data.name, _days(json_data.days))
    return etagged(_current(set_id))


@blueprint.delete("/day-sets/<set_id>")
@versioned
@blueprint.output({}, status_code=204)
def delete_day_set(set_id: str) -> Any:
    """Delete a day set that no schedule names."""
    rooms().day_sets.delete(who().id, set_id, sent_etag())
    return "", 204


def _current(set_id: str, year: int | None = None) -> DaySetOut:
    with rooms().db.read() as session:
        used = day_sets.uses(session).get(set_id, ())
        if set_id in PUBLIC_DAYS:
            return _built_in_out(set_id, used, year)
        return _own_out(day_sets.find(session, set_id), used, year)


def _built_in_out(set_id: str, used: Sequence[SetUse], year: int | None) -> DaySetOut:
    today = rooms().clock().astimezone(ZoneInfo(rooms().settings.timezone)).date()
    years = [year] if year else range(today.year - YEARS_BEFORE, today.year + YEARS_AHEAD + 1)
    told = PUBLIC_DAYS[set_id]
    return DaySetOut(
        id=set_id,
        name=told.name[language()],
        built_in=True,
        source=public_days.source(),
        note=told.note[language()],
        days=_day_outs([one for one in public_days.public_days(set_id, language()) if one.day.year in years]),
        used_by=_use_outs(used),
        etag=BUILT_IN_ETAG,
    )


def _own_out(row: DaySet, used: Sequence[SetUse], year: int | None) -> DaySetOut:
    return DaySetOut(
        id=row.id,
        name=row.name,
        built_in=False,
        source=None,
        note=None,
        days=_day_outs([one for one in day_sets.draft_of(row).days if year in (None, one.day.year)]),
        used_by=_use_outs(used),
        etag=etag_of(row),
    )


def _days(sent: Sequence[NamedDayIn]) -> tuple[NamedDay, ...]:
    return tuple(NamedDay(one.day, one.name) for one in sent)


def _day_outs(days: Sequence[NamedDay]) -> list[NamedDayOut]:
    return [NamedDayOut(day=one.day, name=one.name) for one in days]


def _use_outs(used: Sequence[SetUse]) -> list[DaySetUse]:
    return [DaySetUse(id=one.id, name=one.name) for one in used]
