"""Playlists: slides in their order, saved whole. Saving is going live."""

from collections.abc import Sequence
from typing import Annotated, Any, cast
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from signage_server.clock import to_ms
from signage_server.db import etag_of
from signage_server.delivery import previews
from signage_server.playlists.models import Playlist, Slide
from signage_server.playlists.playlists import PlaylistDraft, SlideDraft, find
from signage_server.scheduling.recurrence import local_day
from signage_server.scheduling.schedules import schedules_by_playlist
from signage_server.web.auth import who
from signage_server.web.etags import etagged, sent_etag, versioned
from signage_server.web.labels import AssetLabel, asset_labels
from signage_server.web.paging import Listed, PageIn, page
from signage_server.web.rooms import rooms
from signage_server.web.schemas.playlists import PlaylistIn, PlaylistManifest, PlaylistOut, SlideIn, SlideOut
from signage_server.web.schemas.values import Fit, Query, Transition

blueprint = APIBlueprint("playlists", __name__, tag="Playlists")


class PlaylistList(Listed[PlaylistOut]):
    """A page of playlists."""


class ProfileQuery(Query):
    """For which screens."""

    profile: Annotated[str, Field(max_length=30)] = "1920x1080"


@blueprint.get("/playlists")
@blueprint.input(PageIn, location="query")
@blueprint.output(PlaylistList)
def list_playlists(query_data: PageIn) -> PlaylistList:
    """The playlists, by name."""
    query = select(Playlist).options(selectinload(Playlist.slides))
    with rooms().db.read() as session:
        found = page(session, query, Playlist.name, Playlist.id, where=query_data)
        return PlaylistList(items=_outs(session, found.items), next=found.next)


@blueprint.post("/playlists")
@blueprint.input(PlaylistIn)
@blueprint.output(PlaylistOut, status_code=201)
def create_playlist(json_data: PlaylistIn) -> Any:
    """Make a playlist."""
    draft = _draft(json_data, json_data.unit_id or who().unit_id)
    playlist_id = rooms().playlists.create(who().id, draft)
    return etagged(_current(playlist_id), 201)


@blueprint.get("/playlists/<playlist_id>")
@blueprint.output(PlaylistOut)
def get_playlist(playlist_id: str) -> Any:
    """One playlist."""
    return etagged(_current(playlist_id))


@blueprint.put("/playlists/<playlist_id>")
@versioned
@blueprint.input(PlaylistIn)
@blueprint.output(PlaylistOut)
def replace_playlist(playlist_id: str, json_data: PlaylistIn) -> Any:
    """Replace a playlist. Slides sent with their id stay the same slides; without `unit_id` it stays where it is."""
    unit_id = json_data.unit_id or _current(playlist_id).unit_id
    rooms().playlists.replace(who().id, playlist_id, sent_etag(), _draft(json_data, unit_id))
    return etagged(_current(playlist_id))


@blueprint.get("/playlists/<playlist_id>/manifest")
@blueprint.input(ProfileQuery, location="query")
@blueprint.output(PlaylistManifest)
@blueprint.doc(responses={409: "None of its slides can be shown yet."})
def playlist_manifest(playlist_id: str, query_data: ProfileQuery) -> PlaylistManifest:
    """A manifest of nothing but this playlist, in a loop: for the preview."""
    zone = rooms().settings.timezone
    today = local_day(to_ms(rooms().clock()), ZoneInfo(zone))
    with rooms().db.read() as session:
        find(session, playlist_id)
        manifest = previews.playlist_manifest(session, playlist_id, query_data.profile, zone, today)
    return PlaylistManifest(manifest=manifest.text)


@blueprint.delete("/playlists/<playlist_id>")
@versioned
@blueprint.output({}, status_code=204)
@blueprint.doc(responses={409: "Something plays it; `detail` names where."})
def delete_playlist(playlist_id: str) -> Any:
    """Delete a playlist that no schedule, screen or unit uses."""
    rooms().playlists.delete(who().id, playlist_id, sent_etag())
    return "", 204


def _draft(body: PlaylistIn, unit_id: str) -> PlaylistDraft:
    return PlaylistDraft(body.name, tuple(_slide_draft(slide) for slide in body.slides), unit_id)


def _slide_draft(slide: SlideIn) -> SlideDraft:
    return SlideDraft(slide.asset_id, slide.duration_ms, slide.fit, slide.focus, slide.transition, slide.id)


def _current(playlist_id: str) -> PlaylistOut:
    with rooms().db.read() as session:
        return _outs(session, [find(session, playlist_id)])[0]


def _outs(session: Session, playlists: Sequence[Playlist]) -> list[PlaylistOut]:
    labels = asset_labels(session, (slide.asset_id for playlist in playlists for slide in playlist.slides))
    used_in = schedules_by_playlist(session, [playlist.id for playlist in playlists])
    return [_out(playlist, labels, used_in.get(playlist.id, [])) for playlist in playlists]


def _out(playlist: Playlist, labels: dict[str, AssetLabel], used_in: list[str]) -> PlaylistOut:
    return PlaylistOut(
        id=playlist.id,
        unit_id=playlist.unit_id,
        name=playlist.name,
        slides=[_slide_out(slide, labels[slide.asset_id]) for slide in playlist.slides],
        length_ms=sum(slide.duration_ms for slide in playlist.slides),
        used_in=used_in,
        created_at=playlist.created_at,
        etag=etag_of(playlist),
    )


def _slide_out(slide: Slide, label: AssetLabel) -> SlideOut:
    return SlideOut(
        id=slide.id,
        asset_id=slide.asset_id,
        asset_name=label.name,
        asset_state=label.state,
        thumbnail_url=label.thumbnail_url,
        duration_ms=slide.duration_ms,
        fit=cast(Fit, slide.fit),
        focus=(slide.focus_x, slide.focus_y),
        transition=cast(Transition, slide.transition),
    )
