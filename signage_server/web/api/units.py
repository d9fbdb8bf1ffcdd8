"""Units: the organisation tree. The pattern for the other resources."""

from typing import Any

from apiflask import APIBlueprint

from signage_server.accounts.models import Unit
from signage_server.db import etag_of
from signage_server.web.auth import who
from signage_server.web.etags import etagged, sent_etag, versioned
from signage_server.web.paging import Listed, PageIn, page
from signage_server.web.rooms import rooms
from signage_server.web.schemas.people import UnitOut, UnitPatch

blueprint = APIBlueprint("units", __name__, tag="Units")


class UnitList(Listed[UnitOut]):
    """A page of units."""


@blueprint.get("/units")
@blueprint.input(PageIn, location="query")
@blueprint.output(UnitList)
def list_units(query_data: PageIn) -> UnitList:
    """The units, by name."""
    with rooms().db.read() as session:
        found = page(session, rooms().units.query(), Unit.name, Unit.id, where=query_data)
    return UnitList(items=[_out(unit) for unit in found.items], next=found.next)


@blueprint.get("/units/<unit_id>")
@blueprint.output(UnitOut)
def get_unit(unit_id: str) -> Any:
    """One unit."""
    return etagged(_out(rooms().units.get(unit_id)))


@blueprint.patch("/units/<unit_id>")
@versioned
@blueprint.input(UnitPatch)
@blueprint.output(UnitOut)
def change_unit(unit_id: str, json_data: UnitPatch) -> Any:
    """Rename a unit or choose what its screens show while nothing is scheduled."""
    changes = json_data.changes()
    return etagged(_out(rooms().units.change(who().id, unit_id, sent_etag(), changes)))


def _out(unit: Unit) -> UnitOut:
    return UnitOut(
        id=unit.id,
        parent_id=unit.parent_id,
        name=unit.name,
        fallback_playlist_id=unit.fallback_playlist_id,
        etag=etag_of(unit),
    )
