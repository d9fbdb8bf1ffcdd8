"""Screens: the boards on the walls, what they prove, and what to do with them now."""

from collections.abc import Iterable, Sequence
from typing import Any

from apiflask import APIBlueprint
from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.accounts import audit
from signage_server.delivery import previews
from signage_server.errors import Invalid
from signage_server.playlists.models import Slide
from signage_server.playlists.playlists import find as find_playlist
from signage_server.screens.models import Screen
from signage_server.screens.screens import find
from signage_server.web.auth import who
from signage_server.web.etags import etagged, sent_etag, versioned
from signage_server.web.paging import Listed, PageIn, page
from signage_server.web.rooms import rooms
from signage_server.web.schemas.screens import (
    ClaimIn,
    CommandsOut,
    ScreenOut,
    ScreenPatch,
    ShowNowIn,
    WaitingScreen,
)

blueprint = APIBlueprint("screens", __name__, tag="Screens")

IDENTIFY_S = 15
"""How long a board shows its name: time to walk along a corridor and look."""


class ScreenList(Listed[ScreenOut]):
    """A page of screens."""


class WaitingList(Listed[WaitingScreen]):
    """The boards that wait to be claimed; there is one page."""


class ShowWhat(Invalid):
    """Neither a playlist nor a slide, or both."""

    code = "show_what"
    vi = "Hãy chọn một danh sách phát hoặc một trang chiếu để chiếu ngay."
    en = "Choose one playlist or one slide to show now."


class SlideGone(Invalid):
    """The slide is not there any more."""

    code = "slide_gone"
    vi = "Trang chiếu này không còn trong danh sách phát nào. Hãy tải lại trang."
    en = "This slide is in no playlist any more. Reload the page."


@blueprint.get("/screens")
@blueprint.input(PageIn, location="query")
@blueprint.output(ScreenList)
def list_screens(query_data: PageIn) -> ScreenList:
    """The screens, by name."""
    with rooms().db.read() as session:
        found = page(session, select(Screen), Screen.name, Screen.id, where=query_data)
        return ScreenList(items=rooms().screens_view.screen_outs(session, found.items), next=found.next)


@blueprint.get("/screens/waiting")
@blueprint.output(WaitingList)
def list_waiting_screens() -> WaitingList:
    """The boards that show a code and wait to be claimed, the newest first."""
    waiting = [
        WaitingScreen(
            code=board.code,
            width=board.width,
            height=board.height,
            browser=board.browser,
            address=board.address,
            since=board.since,
        )
        for board in rooms().pairing.waiting()
    ]
    return WaitingList(items=waiting, next=None)


@blueprint.post("/screens/claim")
@blueprint.input(ClaimIn)
@blueprint.output(ScreenOut, status_code=201)
def claim_screen(json_data: ClaimIn) -> Any:
    """Make the board that shows a code one of our screens; it starts playing at once."""
    rooms().limits.hit("60 per minute", "claim", who().id)
    screen_id = rooms().pairing.claim(
        json_data.code,
        json_data.name,
        json_data.place,
        json_data.unit_id or who().unit_id,
        who=who().id,
        address=request.remote_addr,
    )
    return etagged(rooms().screens_view.screen_out(screen_id), 201)


@blueprint.post("/screens/show-now")
@blueprint.input(ShowNowIn)
@blueprint.output(CommandsOut)
def show_now(json_data: ShowNowIn) -> CommandsOut:
    """Show a slide, or a playlist once, on some screens at once; then they go back to their plan."""
    if (json_data.playlist_id is None) == (json_data.slide_id is None):
        raise ShowWhat()
    with rooms().db.read() as session:
        playlist_id = json_data.playlist_id or _playlist_of(session, json_data.slide_id)
        find_playlist(session, playlist_id)
        by_profile = _by_profile(session, json_data.screen_ids)
        args = {
            profile: _show_now_args(session, playlist_id, json_data.slide_id, profile)
            for profile in by_profile
        }
    _note_shown(json_data)
    return _together(
        _command(by_profile[profile], "show_now", args[profile]) for profile in sorted(by_profile)
    )


@blueprint.get("/screens/<screen_id>")
@blueprint.output(ScreenOut)
def get_screen(screen_id: str) -> Any:
    """One screen."""
    return etagged(rooms().screens_view.screen_out(screen_id))


@blueprint.patch("/screens/<screen_id>")
@versioned
@blueprint.input(ScreenPatch)
@blueprint.output(ScreenOut)
def change_screen(screen_id: str, json_data: ScreenPatch) -> Any:
    """Rename a screen, move it, tag it, or choose what it shows while nothing is scheduled."""
    rooms().screens.change(who().id, screen_id, sent_etag(), json_data.changes())
    return etagged(rooms().screens_view.screen_out(screen_id))


@blueprint.delete("/screens/<screen_id>")
@versioned
@blueprint.output({}, status_code=204)
def delete_screen(screen_id: str) -> Any:
    """Take a screen down: the board is told, stops, and shows a new code."""
    rooms().screens.delete(who().id, screen_id, sent_etag())
    return "", 204


@blueprint.post("/screens/<screen_id>/identify")
@blueprint.output(CommandsOut)
def identify_screen(screen_id: str) -> CommandsOut:
    """Have a board show its name in large letters for a moment."""
    return _command([_existing(screen_id)], "identify", {"seconds": IDENTIFY_S})


@blueprint.post("/screens/<screen_id>/reload")
@blueprint.output(CommandsOut)
def reload_screen(screen_id: str) -> CommandsOut:
    """Have a board load its player anew."""
    return _command([_existing(screen_id)], "reload", {})


def _existing(screen_id: str) -> str:
    with rooms().db.read() as session:
        return find(session, screen_id).id


def _playlist_of(session: Session, slide_id: str | None) -> str:
    playlist_id = session.scalar(select(Slide.playlist_id).where(Slide.id == slide_id))
    if playlist_id is None:
        raise SlideGone()
    return playlist_id


def _by_profile(session: Session, screen_ids: Iterable[str] | None) -> dict[str, list[str]]:
    """The screens (None: all), by what they can show; ids that are no screens' are left out."""
    wanted = None if screen_ids is None else set(screen_ids)
    found: dict[str, list[str]] = {}
    for screen_id, profile in session.execute(select(Screen.id, Screen.profile).order_by(Screen.id)):
        if wanted is None or screen_id in wanted:
            found.setdefault(profile, []).append(screen_id)
    return found


def _show_now_args(session: Session, playlist_id: str, slide_id: str | None, profile: str) -> dict[str, Any]:
    shown = previews.shown_slides(session, playlist_id, profile)
    chosen = [slide for slide in shown if slide_id in (None, slide.media.id)]
    if not chosen:
        raise previews.NothingToShow()
    return previews.show_now_args(chosen)


def _note_shown(wanted: ShowNowIn) -> None:
    """It changes no plan, but somebody may ask later who put it on the walls."""
    with rooms().db.write(edit=False) as session:
        told = wanted.model_dump(exclude_none=True)
        audit.record(
            session, who().id, "screen.show_now", None, None, told, request.remote_addr, rooms().clock()
        )


def _command(screen_ids: Sequence[str], name: Any, args: dict[str, Any]) -> CommandsOut:
    given = rooms().commands.give(screen_ids, name, args)
    return CommandsOut(sent=given.sent, offline=given.offline)


def _together(answers: Iterable[CommandsOut]) -> CommandsOut:
    every = list(answers)
    return CommandsOut(
        sent=[screen_id for one in every for screen_id in one.sent],
        offline=[screen_id for one in every for screen_id in one.offline],
    )
