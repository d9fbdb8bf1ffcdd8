"""What is shown outside the plan: a playlist on its own for the console's preview, and slides to show at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage_server.delivery.compiling import Content
from signage_server.delivery.content import Shown, showable
from signage_server.delivery.facts import read_assets, read_playlists
from signage_server.delivery.manifest import Manifest, file_entry, slide_entry
from signage_server.errors import Conflict
from signage_server.library.profiles import parse_profile
from signage_server.playlists.models import Slide


class NothingToShow(Conflict):
    """None of the slides has a picture that the screens can show (yet)."""

    code = "nothing_to_show"
    vi = "Chưa có trang nào để chiếu: danh sách còn trống hoặc hình đang được xử lý. Hãy thử lại sau ít giây."
    en = "There is nothing to show yet: the list is empty or its pictures are being prepared. Try again in a moment."


def playlist_manifest(
    session: Session, playlist_id: str, profile: str, zone: str, from_day: date
) -> Manifest:
    """A manifest with nothing but the playlist, in a loop.

    Raises:
        UnknownProfile: `profile` is not one's name.
        NothingToShow: no slide of the playlist can be shown.
    """
    shown = shown_slides(session, playlist_id, profile)
    if not shown:
        raise NothingToShow()
    files = {slide.file.sha256: slide.file for slide in shown}
    content = Content(
        profile=profile,
        zone=zone,
        from_day=from_day,
        schedules=(),
        fallback=tuple(slide.spec for slide in shown),
        media=tuple(slide.media for slide in shown),
        files=tuple(files.values()),
        spread_ms=0,
    )
    return content.manifest()


def shown_slides(session: Session, playlist_id: str, profile: str) -> list[Shown]:
    """The slides of a playlist that screens of a profile can show. Raises UnknownProfile."""
    slides = read_playlists(session, [playlist_id], _go_on)[playlist_id]
    assets = read_assets(session, {slide.asset for slide in slides}, _go_on)
    return list(showable(slides, assets, parse_profile(profile)))


def slide_count(session: Session, playlist_id: str) -> int:
    """How many slides a playlist has, whether they can be shown or not."""
    return session.scalar(select(func.count()).where(Slide.playlist_id == playlist_id)) or 0


def show_now_args(slides: Sequence[Shown]) -> dict[str, Any]:
    """The arguments of the command `show_now`: these slides, once, in this order."""
    return {
        "order": [slide.media.id for slide in slides],
        "slides": {slide.media.id: slide_entry(slide.media, slide.spec) for slide in slides},
        "files": {slide.file.sha256: file_entry(slide.file) for slide in slides},
    }


def _go_on() -> None:
    """One playlist is read in a moment: nobody has to be let through."""
