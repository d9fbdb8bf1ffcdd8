"""Plays as the API shows them: computed from the manifest in force."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from signage_server.clock import from_ms
from signage_server.delivery.manifest import Manifest
from signage_server.scheduling.playout import Play
from signage_server.scheduling.timeline import FALLBACK
from signage_server.web.labels import AssetLabel, asset_labels, removed_names, schedule_names
from signage_server.web.live import give_way
from signage_server.web.schemas.moments import PlayOut
from signage_server.web.screens_view import planned_schedule

_AT_A_TIME = 200
"""A day can have tens of thousands of plays; so many take a few milliseconds."""


def play_outs(session: Session, manifest: Manifest, plays: Sequence[Play]) -> list[PlayOut]:
    """The plays with the names of what they show (the last ones of what is gone), in their order."""
    assets = {play.slide: manifest.slides[play.slide].asset for play in plays if play.slide}
    labels = asset_labels(session, assets.values())
    schedules = {play.schedule for play in plays if play.schedule} - {FALLBACK}
    names = {asset_id: label.name for asset_id, label in labels.items()} | schedule_names(session, schedules)
    if unnamed := {*assets.values(), *schedules} - names.keys():
        names |= removed_names(session, unnamed)
    found = []
    for number, play in enumerate(plays):
        if number % _AT_A_TIME == 0:
            give_way()
        found.append(_out(play, assets.get(play.slide or ""), labels, names))
    return found


def _out(play: Play, asset_id: str | None, labels: dict[str, AssetLabel], names: dict[str, str]) -> PlayOut:
    label = labels.get(asset_id or "")
    return PlayOut(
        start=from_ms(play.start_ms),
        end=from_ms(play.end_ms),
        slide=play.slide,
        asset_id=asset_id,
        asset_name=names.get(asset_id or ""),
        thumbnail_url=label.thumbnail_url if label else None,
        schedule_id=planned_schedule(play.schedule),
        schedule_name=names.get(play.schedule or ""),
        role=play.role,
    )
