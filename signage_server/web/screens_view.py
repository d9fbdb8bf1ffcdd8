"""A screen as the API and the console's socket show it: what operators decided, and what the board proved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.clock import from_ms
from signage_server.db import Database, etag_of
from signage_server.delivery.publisher import Publisher
from signage_server.playlists.models import Slide
from signage_server.scheduling.timeline import FALLBACK
from signage_server.screens.models import Screen
from signage_server.screens.screens import find
from signage_server.screens.state import ScreenStates, State
from signage_server.screens.tagging import tags_by_screen
from signage_server.web.labels import AssetLabel, asset_labels, schedule_names
from signage_server.web.schemas.screens import ScreenOut, ScreenShowing


@dataclass(frozen=True)
class _Named:
    """What the slides and schedules that boards speak of are, by id."""

    assets_of_slides: Mapping[str, str]
    assets: Mapping[str, AssetLabel]
    schedules: Mapping[str, str]
    tags: Mapping[str, Sequence[str]]
    """The tags of screens, by the screen's id."""


class ScreensView:
    """Composes `ScreenOut`. It needs no request, so the socket uses it too."""

    def __init__(self, db: Database, states: ScreenStates, publisher: Publisher) -> None:
        self._db = db
        self._states = states
        self._publisher = publisher

    def screen_out(self, screen_id: str) -> ScreenOut:
        """One screen.

        Raises:
            UnknownScreen: there is none with this id.
        """
        with self._db.read() as session:
            return self.screen_outs(session, [find(session, screen_id)])[0]

    def screen_outs(self, session: Session, screens: Sequence[Screen]) -> list[ScreenOut]:
        """Many screens, with four queries altogether."""
        states = {screen.id: self._states.of(screen.id) for screen in screens}
        named = self._names(session, states)
        return [self._out(screen, states[screen.id], named) for screen in screens]

    def _out(self, screen: Screen, state: State, named: _Named) -> ScreenOut:
        online = self._states.online(screen.id)
        clock = state.report.get("clock") or {}
        return ScreenOut(
            id=screen.id,
            unit_id=screen.unit_id,
            name=screen.name,
            place=screen.place,
            zone=screen.zone,
            profile=screen.profile,
            fallback_playlist_id=screen.fallback_playlist_id,
            tags=list(named.tags.get(screen.id, ())),
            online=online,
            connected=state.via if online else None,
            heard_at=state.heard_at,
            wanted_digest=self._publisher.wanted(screen.id),
            received_digest=state.received_digest,
            stored_digest=state.stored_digest,
            showing=_showing(state, named) if state.report else None,
            missing_bytes=state.report.get("missing_bytes"),
            clock_offset_ms=clock.get("offset_ms"),
            clock_quality=clock.get("quality"),
            secure=screen.capabilities.get("secure") if state.secure is None else state.secure,
            player_version=state.player_version,
            created_at=screen.created_at,
            etag=etag_of(screen),
        )

    def _names(self, session: Session, states: Mapping[str, State]) -> _Named:
        assets_of_slides = self._planned_assets(states)
        unplanned = _said(states.values(), "slide") - assets_of_slides.keys()
        if unplanned:  # boards that show an older plan, or something shown at once
            found = select(Slide.id, Slide.asset_id).where(Slide.id.in_(unplanned))
            assets_of_slides |= dict(session.execute(found).all())
        return _Named(
            assets_of_slides,
            asset_labels(session, assets_of_slides.values()),
            schedule_names(session, _said(states.values(), "schedule")),
            tags_by_screen(session, states.keys()),
        )

    def _planned_assets(self, states: Mapping[str, State]) -> dict[str, str]:
        """The assets of slides that stand in the plan their screen should hold: no query is needed."""
        found = {}
        for screen_id, state in states.items():
            manifest = self._publisher.wanted_manifest(screen_id)
            slide = manifest.slides.get(state.report.get("slide") or "") if manifest else None
            if slide is not None:
                found[state.report["slide"]] = slide.asset
        return found


def planned_schedule(schedule_id: str | None) -> str | None:
    """The id of a schedule as answers name it: the fallback is none."""
    return schedule_id if schedule_id != FALLBACK else None


def _said(states: Iterable[State], field: str) -> set[str]:
    return {state.report[field] for state in states if state.report.get(field)}


def _showing(state: State, named: _Named) -> ScreenShowing:
    report: Mapping[str, Any] = state.report
    asset_id = named.assets_of_slides.get(report.get("slide") or "")
    label = named.assets.get(asset_id or "")
    since_ms = report.get("since_ms")
    return ScreenShowing(
        digest=state.showing_digest,
        slide=report.get("slide"),
        asset_id=asset_id,
        asset_name=label.name if label else None,
        thumbnail_url=label.thumbnail_url if label else None,
        schedule_id=planned_schedule(report.get("schedule")),
        schedule_name=named.schedules.get(report.get("schedule") or ""),
        role=report.get("role"),
        since=from_ms(since_ms) if since_ms is not None else None,
    )
