"""Assets: pictures are uploaded, notices composed, both are made fit for the boards in the background."""

from typing import Annotated, Any, Literal

from apiflask import APIBlueprint, FileSchema
from flask import Response, request
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.formparser import FormDataParser

from signage_server.accounts.units import find_unit
from signage_server.db import etag_of
from signage_server.delivery.built_in import SOURCES
from signage_server.errors import Conflict, say
from signage_server.library.library import UPLOAD_BYTES_MOST, Taken
from signage_server.library.models import Asset
from signage_server.library.preparing import THUMBNAIL, NoticeRefused
from signage_server.library.profiles import parse_profile
from signage_server.library.refusals import FileTooLarge, NoFile
from signage_server.library.store import Incoming
from signage_server.playlists.models import Playlist, Slide
from signage_server.web.api.openapi import takes_file
from signage_server.web.auth import who
from signage_server.web.etags import etagged, sent_etag, versioned
from signage_server.web.paging import Listed, PageIn, page
from signage_server.web.problems import language, problem
from signage_server.web.rooms import rooms
from signage_server.web.schemas.assets import AssetOut, AssetPatch, AssetRendition, NoticeIn
from signage_server.web.schemas.values import Failure, Query

blueprint = APIBlueprint("assets", __name__, tag="Assets")

FORM_BYTES_MOST = 1024 * 1024
"""What a form may carry besides the file itself."""


class AssetInUse(Conflict):
    """A playlist shows it."""

    code = "asset_in_use"
    vi = "Trang chiếu này đang nằm trong danh sách phát: {where}. Hãy gỡ nó khỏi đó trước khi xoá."
    en = "This slide is in a playlist: {where}. Take it out there before you delete it."


class AssetQuery(PageIn):
    """What to list."""

    q: Annotated[str, Field(max_length=200)] = Field(
        "", description="Words of the name; case and diacritics do not matter."
    )
    kind: Literal["image", "notice"] | None = None


class AssetList(Listed[AssetOut]):
    """A page of assets, the newest first."""


class PreviewQuery(Query):
    """For which board the picture is made."""

    profile: Annotated[str, Field(max_length=30)] = "1920x1080"


@blueprint.get("/assets")
@blueprint.input(AssetQuery, location="query")
@blueprint.output(AssetList)
def list_assets(query_data: AssetQuery) -> AssetList:
    """The library, the newest first."""
    query = rooms().library.query(words=query_data.q, kind=query_data.kind)
    with rooms().db.read() as session:
        found = page(session, query, Asset.created_at, Asset.id, where=query_data, newest_first=True)
        used_in = _used_in(session, [asset.id for asset in found.items])
    return AssetList(items=[_out(asset, used_in.get(asset.id, [])) for asset in found.items], next=found.next)


@blueprint.post("/assets")
@takes_file(fields={"unit_id": {"type": "string", "description": "Default: the caller's own unit."}})
@blueprint.output(AssetOut, status_code=202)
@blueprint.doc(responses={200: "The same content was there already."})
def upload_asset() -> Any:
    """Upload a picture (PNG, JPEG or WebP, up to 50 MB).

    A multipart form: `file`, and if wished `unit_id`. Answers at once with `state: processing`.
    """
    form, file, file_name = _receive()
    try:
        unit_id = _unit(form.get("unit_id"))
    except Exception:
        file.discard()
        raise
    return _answer(rooms().library.upload(who().id, unit_id, file, file_name))


@blueprint.post("/assets/notices")
@blueprint.input(NoticeIn)
@blueprint.output(AssetOut, status_code=202)
def compose_notice(json_data: NoticeIn) -> Any:
    """Compose a notice: a template and a few fields of text."""
    unit_id = _unit(json_data.unit_id)
    return _answer(rooms().library.add_notice(who().id, unit_id, json_data.notice, json_data.name))


@blueprint.post("/assets/notices/preview")
@blueprint.input(PreviewQuery, location="query")
@blueprint.input(NoticeIn)
@blueprint.output(FileSchema(type="string", format="binary"), content_type="image/webp")
def preview_notice(query_data: PreviewQuery, json_data: NoticeIn) -> Response:
    """A notice as a board would show it; nothing is kept."""
    profile = parse_profile(query_data.profile)
    try:
        picture = rooms().preparing.preview(json_data.notice, profile.name)
    except NoticeRefused as refused:
        return _refused(refused)
    return Response(picture, content_type=f"image/{profile.format}", headers={"Cache-Control": "no-store"})


@blueprint.get("/assets/<asset_id>")
@blueprint.output(AssetOut)
def get_asset(asset_id: str) -> Any:
    """One asset."""
    return etagged(_current(asset_id))


@blueprint.patch("/assets/<asset_id>")
@versioned
@blueprint.input(AssetPatch)
@blueprint.output(AssetOut)
def change_asset(asset_id: str, json_data: AssetPatch) -> Any:
    """Change name, alt text or expiry."""
    changes = json_data.changes()
    rooms().library.change(who().id, asset_id, sent_etag(), changes)
    return etagged(_current(asset_id))


@blueprint.put("/assets/<asset_id>/notice")
@versioned
@blueprint.input(NoticeIn)
@blueprint.output(AssetOut)
def rewrite_notice(asset_id: str, json_data: NoticeIn) -> Any:
    """Give a notice new words; it keeps its id and its places in playlists."""
    try:
        rooms().preparing.rewrite(who().id, asset_id, sent_etag(), json_data.notice, json_data.name)
    except NoticeRefused as refused:
        return _refused(refused)
    return etagged(_current(asset_id))


@blueprint.delete("/assets/<asset_id>")
@versioned
@blueprint.output({}, status_code=204)
def delete_asset(asset_id: str) -> Any:
    """Delete an asset that no playlist shows."""
    with rooms().db.read() as session:
        playlists = session.scalars(
            select(Playlist.name).join(Slide).where(Slide.asset_id == asset_id).distinct().limit(5)
        ).all()
    if playlists:
        raise AssetInUse(where=", ".join(f"“{name}”" for name in playlists))
    rooms().library.delete(who().id, asset_id, sent_etag())
    return "", 204


def asset_out(session: Session, asset: Asset) -> AssetOut:
    """An asset as the API shows it."""
    return _out(asset, _used_in(session, [asset.id]).get(asset.id, []))


def _current(asset_id: str) -> AssetOut:
    asset = rooms().library.get(asset_id)
    with rooms().db.read() as session:
        return asset_out(session, asset)


def _answer(taken: Taken) -> Any:
    return etagged(_current(taken.asset_id), 202 if taken.new else 200)


def _refused(refused: NoticeRefused) -> Response:
    code, facts = refused.told
    detail = say(code, dict(facts), language())
    errors = (
        [{"path": f"notice.{facts['field']}", "code": code, "detail": detail}] if "field" in facts else None
    )
    return problem(refused.status, code, detail, errors)


def _unit(unit_id: str | None) -> str:
    """The unit that a new thing belongs to: the one asked for, else the caller's own."""
    if unit_id is None:
        return who().unit_id
    with rooms().db.read() as session:
        return find_unit(session, unit_id).id


def _receive() -> tuple[dict[str, str], Incoming, str]:
    """Stream the form's file to the disk while it is hashed, with no copy in between.

    Raises:
        NoFile: the form has no field `file` with a file in it, or more than one.
        FileTooLarge: the body is larger than any picture we take.
    """
    if (request.content_length or 0) > UPLOAD_BYTES_MOST + FORM_BYTES_MOST:
        raise FileTooLarge(most_mb=UPLOAD_BYTES_MOST // 1024 // 1024)
    request.max_content_length = UPLOAD_BYTES_MOST + FORM_BYTES_MOST
    received: list[Incoming] = []

    def place(**_told: object) -> Incoming:
        received.append(rooms().store.receive())
        return received[-1]

    parser = FormDataParser(
        stream_factory=place,  # type: ignore[arg-type]  # werkzeug writes and rewinds, which is all we offer
        max_content_length=UPLOAD_BYTES_MOST + FORM_BYTES_MOST,
        max_form_memory_size=FORM_BYTES_MOST,
        max_form_parts=10,
    )
    try:
        _, form, files = parser.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
        file = files["file"]
        if len(received) != 1 or not file.filename:
            raise NoFile()
    except Exception as error:
        for partial in received:
            partial.discard()
        raise error if not isinstance(error, KeyError) else NoFile() from error
    return form.to_dict(), received[0], file.filename


def _used_in(session: Session, asset_ids: list[str]) -> dict[str, list[str]]:
    used: dict[str, list[str]] = {}
    rows = session.execute(
        select(Slide.asset_id, Slide.playlist_id).where(Slide.asset_id.in_(asset_ids)).distinct()
    )
    for asset_id, playlist_id in rows:
        used.setdefault(asset_id, []).append(playlist_id)
    return used


def _out(asset: Asset, used_in: list[str]) -> AssetOut:
    files = {rendition.profile: rendition for rendition in asset.renditions}
    thumbnail = files.pop(THUMBNAIL, None)
    return AssetOut(
        id=asset.id,
        unit_id=asset.unit_id,
        kind=asset.kind,  # type: ignore[arg-type]
        name=asset.name,
        state=asset.state,  # type: ignore[arg-type]
        failure=_failure(asset),
        width=asset.width,
        height=asset.height,
        size_bytes=asset.source_bytes,
        alt=asset.alt,
        expires_at=asset.expires_at,
        created_at=asset.created_at,
        thumbnail_url=f"/media/{thumbnail.sha256}" if thumbnail else None,
        renditions=[
            AssetRendition(
                profile=file.profile,
                url=f"/media/{file.sha256}",
                type=file.type,
                size_bytes=file.size_bytes,
                width=file.width,
                height=file.height,
            )
            for file in files.values()
        ],
        notice=asset.notice,  # type: ignore[arg-type]
        used_in=used_in,
        built_in=asset.source_sha256 == SOURCES[rooms().settings.language],
        etag=etag_of(asset),
    )


def _failure(asset: Asset) -> Failure | None:
    if asset.failure is None:
        return None
    code = asset.failure["code"]
    return Failure(code=code, detail=say(code, asset.failure["facts"], language()))
