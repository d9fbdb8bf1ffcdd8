"""What a screen plays at an instant or in a stretch of time, and why."""

from datetime import datetime, timedelta

from apiflask import APIBlueprint
from pydantic import AwareDatetime, Field

from signage_server.clock import to_ms
from signage_server.delivery.manifest import Manifest
from signage_server.errors import Conflict, Invalid
from signage_server.offload import off_loop
from signage_server.scheduling.playout import plays, what_plays
from signage_server.screens.screens import find
from signage_server.web.paging import Listed
from signage_server.web.plays_view import play_outs
from signage_server.web.rooms import rooms
from signage_server.web.schemas.moments import AtOut, PlayOut, ScreenManifest
from signage_server.web.schemas.values import Incoming

blueprint = APIBlueprint("moments", __name__, tag="Screens")

TIMELINE_MOST = timedelta(hours=24)
NOTHING_PLANNED = "There is no manifest for the screen yet."


class PlayList(Listed[PlayOut]):
    """The plays of a stretch of time; there is one page."""


class TimelineQuery(Incoming):
    """Which stretch; without it the hour that begins now."""

    starts_at: AwareDatetime | None = Field(None, alias="from")
    ends_at: AwareDatetime | None = Field(None, alias="to", description="At most 24 hours later.")


class InstantQuery(Incoming):
    """Which instant."""

    time: AwareDatetime | None = Field(None, description="Without it: now.")


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


@blueprint.get("/screens/<screen_id>/timeline")
@blueprint.input(TimelineQuery, location="query")
@blueprint.output(PlayList)
@blueprint.doc(responses={409: NOTHING_PLANNED})
def screen_timeline(screen_id: str, query_data: TimelineQuery) -> PlayList:
    """What a screen plays in a stretch of time, slide by slide, by the manifest it should hold."""
    starts_at = query_data.starts_at or rooms().clock()
    ends_at = query_data.ends_at or starts_at + timedelta(hours=1)
    if not timedelta(0) < ends_at - starts_at <= TIMELINE_MOST:
        raise TimelineTooLong()
    manifest = _wanted(screen_id)
    planned = off_loop(list, plays(manifest, to_ms(starts_at), to_ms(ends_at)))
    with rooms().db.read() as session:
        return PlayList(items=play_outs(session, manifest, planned), next=None)


@blueprint.get("/screens/<screen_id>/at")
@blueprint.input(InstantQuery, location="query")
@blueprint.output(AtOut)
@blueprint.doc(responses={409: NOTHING_PLANNED})
def screen_at(screen_id: str, query_data: InstantQuery) -> AtOut:
    """What a screen shows at an instant, by the manifest it should hold, and which schedule brought it."""
    at: datetime = query_data.time or rooms().clock()
    manifest = _wanted(screen_id)
    with rooms().db.read() as session:
        (play,) = play_outs(session, manifest, [what_plays(manifest, to_ms(at))])
    return AtOut(time=at, basis="planned", digest=manifest.digest, play=play, sentence="", why=[], proved=[])


@blueprint.get("/screens/<screen_id>/manifest")
@blueprint.input(InstantQuery, location="query")
@blueprint.output(ScreenManifest)
@blueprint.doc(responses={409: NOTHING_PLANNED})
def screen_manifest(screen_id: str, query_data: InstantQuery) -> ScreenManifest:
    """The manifest whose plan holds on a screen at an instant: for the preview."""
    manifest = _wanted(screen_id)
    return ScreenManifest(digest=manifest.digest, text=manifest.text, basis="planned")


def _wanted(screen_id: str) -> Manifest:
    with rooms().db.read() as session:
        known = find(session, screen_id).id
    manifest = rooms().publisher.wanted_manifest(known)
    if manifest is None:
        raise NothingPlanned()
    return manifest
