"""The organisation tree. This far it has one root; people, screens and content belong to it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from signage_server.accounts import audit
from signage_server.accounts.models import Unit
from signage_server.clock import Clock
from signage_server.db import Database, new_id, next_version
from signage_server.errors import NotFound


class UnknownUnit(NotFound):
    """No unit has this id."""

    code = "unknown_unit"
    vi = "Không có đơn vị này. Có thể nó đã bị xoá; hãy tải lại trang."
    en = "There is no such unit. It may have been deleted; reload the page."


class Units:
    """Looks up and changes units."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def query(self) -> Select[Unit]:
        """All units, for a list."""
        return select(Unit)

    def get(self, unit_id: str) -> Unit:
        """One unit.

        Raises:
            UnknownUnit: there is none with this id.
        """
        with self._db.read() as session:
            return find_unit(session, unit_id)

    def root(self) -> Unit:
        """The unit above all others.

        Raises:
            UnknownUnit: the home has not been made (`make_root`).
        """
        with self._db.read() as session:
            root = session.scalar(select(Unit).where(Unit.parent_id.is_(None)))
        if root is None:
            raise UnknownUnit()
        return root

    def make_root(self, name: str) -> Unit:
        """The root, made now if the installation is new."""
        with self._db.write() as session:
            root = session.scalar(select(Unit).where(Unit.parent_id.is_(None)))
            if root is None:
                root = Unit(id=new_id("unt"), parent_id=None, name=name, created_at=self._clock())
                session.add(root)
        return root

    def change(self, who: str, unit_id: str, started_from: str | None, changes: Mapping[str, Any]) -> Unit:
        """Set the given fields; `started_from` is the etag the editor saw.

        Raises:
            UnknownUnit: there is none with this id.
            Stale: somebody else has edited it since.
        """
        with self._db.write() as session:
            unit = find_unit(session, unit_id)
            next_version(unit, started_from)
            before = {field: getattr(unit, field) for field in changes}
            for field, value in changes.items():
                setattr(unit, field, value)
            audit.record(session, who, "unit.update", unit_id, before, changes, at=self._clock())
        return unit


def find_unit(session: Session, unit_id: str) -> Unit:
    """The unit's row in this session.

    Raises:
        UnknownUnit: there is none with this id.
    """
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise UnknownUnit()
    return unit
