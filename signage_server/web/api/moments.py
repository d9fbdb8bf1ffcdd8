"""What a screen plays at an instant or in a stretch of time, and why."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from apiflask import APIBlueprint
from flask import Response
from pydantic import Field

from signage_server.clock import to_ms
from signage_server.delivery.history import Piece
from signage_server.errors import Conflict, Invalid
from signage_server.offload import off_loop
from signage_server.scheduling.playout import Play, plays
from signage_server.screens.screens import find
from signage_server.web.live import give_way
from signage_server.web.moments_view import at_out, piece_plays
from signage_server.web.paging import Listed
from signage_server.web.problems import language
from signage_server.web.rooms import rooms
from signage_server.web.schemas.moments import AtOut, PlayOut, ScreenManifest
from signage_server.web.schemas.values import AskedInstant, Query

blueprint = APIBlueprint("moments", __name__, tag="Screens")

_WRITTEN = 200
"""Plays that are written at a time, before others get their turn."""
TIMELINE_MOST = timedelta(hours=24)
NOTHING_PLANNED = "There is no manifest for the screen yet."


class PlayList(Listed[PlayOut]):
    """The plays of a stretch of time; there is one page."""


class TimelineQuery(Query):
    """Which stretch; without it the hour that begins now."""

    starts_at: AskedInstant | None = Field(None, alias="from")
    ends_at: AskedInstant | None = Field(None, alias="to", description="At most 24 hours later.")


class InstantQuery(Query):
    """Which instant."""

    time: AskedInstant | None = Field(None, description="Without it: now.")


class NothingPlanned(Conflict):
    """The screen has no manifest yet: nothing was ready to be shown when it was last worked out."""

    code = "nothing_planned"
    vi = "Màn hình này chưa có gì để chiếu. Hãy đợi hình xử lý xong, hoặc lên lịch cho nó."
    en = "This screen has nothing to show yet. Wait until its pictures are ready, or schedule something for it."


class TimelineTooLong(Invalid):
    """More than a day, or less than nothing."""

    code = "timeline_span"
    vi = "Hãy chọn một khoảng thời gian dài nhất là 24 giờ, giờ kết thúc sau giờ bắt đầu."
    en = "Choose a stretch of at most 24 hours that ends after it begins."


class NothingRecorded(Conflict):
    """Nobody knows any more, or not yet, what the screen showed then."""

    code = "nothing_recorded"
    vi = "Không có ghi nhận nào về nội dung của màn hình lúc đó. Hãy chọn thời điểm khác."
    en = "Nothing is recorded of what the screen showed then. Choose another moment."


@blueprint.get("/screens/<screen_id>/timeline")
@blueprint.input(TimelineQuery, location="query")
@blueprint.output(PlayList)
@blueprint.doc(responses={409: NOTHING_PLANNED})
def screen_timeline(screen_id: str, query_data: TimelineQuery) -> Response:
    """What a screen plays in a stretch of time, slide by slide, by the manifests in force; gaps where none is known."""
    starts_at = query_data.starts_at or rooms().clock()
    ends_at = query_data.ends_at or starts_at + timedelta(hours=1)
    if not timedelta(0) < ends_at - starts_at <= TIMELINE_MOST:
        raise TimelineTooLong()
    _zone_of(screen_id)
    pieces = rooms().history.pieces(screen_id, to_ms(starts_at), to_ms(ends_at))
    if all(piece.manifest is None for piece in pieces):
        raise _nothing(ends_at)
    planned = [off_loop(_plays, piece) for piece in pieces]
    with rooms().db.read() as session:
        items = [
            play
            for index, (piece, some) in enumerate(zip(pieces, planned, strict=True))
            for play in piece_plays(session, piece, some, (index > 0, index < len(pieces) - 1))
        ]
    return Response(_json(items), content_type="application/json")


@blueprint.get("/screens/<screen_id>/at")
@blueprint.input(InstantQuery, location="query")
@blueprint.output(AtOut)
@blueprint.doc(responses={409: NOTHING_PLANNED})
def screen_at(screen_id: str, query_data: InstantQuery) -> AtOut:
    """What a screen shows at an instant, past or future, which schedule brought it, and why the others do not show."""
    now = rooms().clock()
    at = query_data.time or now
    zone = _zone_of(screen_id)
    piece = _piece(screen_id, at)
    if piece.manifest is None and at >= now:
        piece = rooms().history.present(screen_id) if query_data.time is None else piece
        if piece.manifest is None:
            raise NothingPlanned()
    return at_out(rooms(), screen_id, zone, at, piece, language())


@blueprint.get("/screens/<screen_id>/manifest")
@blueprint.input(InstantQuery, location="query")
@blueprint.output(ScreenManifest)
@blueprint.doc(responses={409: NOTHING_PLANNED})
def screen_manifest(screen_id: str, query_data: InstantQuery) -> ScreenManifest:
    """The manifest whose plan holds on a screen at an instant, for the preview; without one: what it should hold."""
    _zone_of(screen_id)
    if query_data.time is None:
        piece = rooms().history.present(screen_id)
    else:
        piece = _piece(screen_id, query_data.time)
    if piece.manifest is None:
        raise _nothing(query_data.time or rooms().clock())
    return ScreenManifest(digest=piece.manifest.digest, text=piece.manifest.text, basis=piece.basis)


def _zone_of(screen_id: str) -> str:
    with rooms().db.read() as session:
        return find(session, screen_id).zone


def _piece(screen_id: str, at: datetime) -> Piece:
    (piece,) = rooms().history.pieces(screen_id, to_ms(at), to_ms(at) + 1)
    return piece


def _json(items: Sequence[PlayOut]) -> str:
    """A PlayList of all of them, written a few at a time: a day can have tens of thousands."""
    parts = []
    for start in range(0, len(items), _WRITTEN):
        parts += [item.model_dump_json() for item in items[start : start + _WRITTEN]]
        give_way()
    return f'{{"items":[{",".join(parts)}],"next":null}}'


def _plays(piece: Piece) -> list[Play]:
    return list(plays(piece.manifest, piece.start_ms, piece.end_ms)) if piece.manifest else []


def _nothing(at: datetime) -> Conflict:
    return NothingPlanned() if at >= rooms().clock() else NothingRecorded()
