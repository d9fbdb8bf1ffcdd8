"""What other rooms ask before they let something belong to a unit."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.accounts.models import Unit
from signage_server.errors import Invalid


class NoSuchUnit(Invalid):
    """Something is to belong to a unit that does not exist."""

    code = "no_such_unit"
    vi = "Đơn vị này không còn trong hệ thống. Hãy chọn đơn vị khác."
    en = "This unit no longer exists. Choose another one."


def check_unit(session: Session, unit_id: str) -> None:
    """Raises NoSuchUnit unless the unit exists."""
    if session.get(Unit, unit_id) is None:
        raise NoSuchUnit()


def unit_parents(session: Session) -> dict[str, str | None]:
    """The unit above each unit; None above the root."""
    return dict(session.execute(select(Unit.id, Unit.parent_id)).all())
