"""Names and thumbnails of what answers mention by id, looked up for a whole answer at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from signage_server.accounts.models import AuditEntry
from signage_server.library.models import Asset, Rendition
from signage_server.library.preparing import THUMBNAIL
from signage_server.scheduling.models import Schedule

AssetState = Literal["processing", "ready", "failed"]


@dataclass(frozen=True)
class AssetLabel:
    """What a person recognises an asset by."""

    name: str
    state: AssetState
    thumbnail_url: str | None


def asset_labels(session: Session, asset_ids: Iterable[str]) -> dict[str, AssetLabel]:
    """The labels of those assets that (still) exist, by id. One query."""
    of_thumbnail = and_(Rendition.asset_id == Asset.id, Rendition.profile == THUMBNAIL)
    rows = session.execute(
        select(Asset.id, Asset.name, Asset.state, Rendition.sha256)
        .outerjoin(Rendition, of_thumbnail)
        .where(Asset.id.in_(set(asset_ids)))
    )
    return {
        asset_id: AssetLabel(name, cast(AssetState, state), f"/media/{sha256}" if sha256 else None)
        for asset_id, name, state, sha256 in rows
    }


def removed_names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """The last names of things that were deleted, by id, as the trail remembers them. One query."""
    wanted = select(AuditEntry.object_id, AuditEntry.before).where(
        AuditEntry.object_id.in_(set(ids)), AuditEntry.action.endswith(".delete")
    )
    return {gone: before["name"] for gone, before in session.execute(wanted) if gone and before}


def schedule_names(session: Session, schedule_ids: Iterable[str]) -> dict[str, str]:
    """The names of those schedules that (still) exist, by id. One query."""
    wanted = select(Schedule.id, Schedule.name).where(Schedule.id.in_(set(schedule_ids)))
    return dict(session.execute(wanted).all())
