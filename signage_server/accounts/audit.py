"""The trail: who did what to which thing, written in the same transaction as the deed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from signage_server.accounts.models import AuditEntry
from signage_server.clock import utc_now

CLI = "cli"
"""Who did it, when it was done from the command line."""


def record(
    session: Session,
    who: str,
    action: str,
    object_id: str | None,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    address: str | None = None,
    at: datetime | None = None,
) -> None:
    """Add one line. `before` and `after` hold the fields that matter as plain JSON, never a secret."""
    session.add(
        AuditEntry(
            at=at or utc_now(),
            who=who,
            action=action,
            object_id=object_id,
            before=dict(before) if before is not None else None,
            after=dict(after) if after is not None else None,
            address=address,
        )
    )
