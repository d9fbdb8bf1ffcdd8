"""The library: assets come in, are made fit for the boards, and are found again.

The order of writing decides integrity (research/reliability §0.2): a file reaches its final name whole, then its row
is written. What was cut off in between is litter, which `Store.sweep` removes; work that was not finished is taken up
again by `start`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from signage_server.accounts import audit
from signage_server.clock import Clock
from signage_server.db import Database, new_id, next_version
from signage_server.errors import Conflict, NotFound
from signage_server.library.models import Asset, Rendition
from signage_server.library.naming import name_of_file, search_key
from signage_server.library.notices import Notice
from signage_server.library.profiles import ALWAYS
from signage_server.library.refusals import EmptyFile, FileTooLarge, TooManyWaiting, detect_type
from signage_server.library.store import Incoming, Store

NOTICE_TYPE = "application/vnd.signage.notice+json"
UPLOAD_BYTES_MOST = 50 * 1024 * 1024
WAITING_MOST = 500
"""Uploads that may wait to be prepared; two are prepared at a time, in about a second each."""

ALWAYS_NAMES = tuple(profile.name for profile in ALWAYS)


class UnknownAsset(NotFound):
    """No asset has this id."""

    code = "unknown_asset"
    vi = "Không có trang chiếu này. Có thể nó đã bị xoá; hãy tải lại trang."
    en = "There is no such slide. It may have been deleted; reload the page."


class NotANotice(Conflict):
    """Only a composed notice has text to change."""

    code = "not_a_notice"
    vi = "Đây là ảnh tải lên, không phải thông báo soạn trên máy chủ. Hãy tải ảnh mới lên."
    en = "This is an uploaded picture, not a composed notice. Upload a new picture instead."


class SameNotice(Conflict):
    """Another asset already says exactly this."""

    code = "same_notice"
    vi = "Đã có một thông báo với đúng nội dung này: “{name}”."
    en = "There is already a notice that says exactly this: “{name}”."


@dataclass(frozen=True)
class Taken:
    """What became of something handed in: the asset, and whether it is new."""

    asset_id: str
    new: bool


class Library:
    """Assets of all units. Preparing them is `library.preparing`'s work."""

    def __init__(self, db: Database, clock: Clock, store: Store) -> None:
        self._db = db
        self._clock = clock
        self._store = store
        self._when_waiting: list[Callable[[str], None]] = []

    def when_waiting(self, listener: Callable[[str], None]) -> None:
        """Tell `listener` the id of every asset that waits to be prepared."""
        self._when_waiting.append(listener)

    def query(self, *, words: str = "", kind: str | None = None) -> Select[Asset]:
        """Assets, for a list; `words` are looked for in their names, without regard to case and diacritics."""
        query = select(Asset).options(selectinload(Asset.renditions))
        for word in search_key(words).split():
            query = query.where(Asset.name_key.contains(word, autoescape=True))
        return query.where(Asset.kind == kind) if kind else query

    def get(self, asset_id: str) -> Asset:
        """One asset with its renditions.

        Raises:
            UnknownAsset: there is none with this id.
        """
        with self._db.read() as session:
            return find_asset(session, asset_id)

    def upload(self, who: str, unit_id: str, file: Incoming, file_name: str) -> Taken:
        """Take a picture that has been received. The file is the library's from here on, whatever happens.

        The same content sent twice is the same asset.

        Raises:
            Refused: it cannot be a picture for a board; nothing of it is kept.
            TooManyWaiting: the server has enough to do.
        """
        try:
            file.finish()
            media_type = self._admit(file)
            self._store.keep_original(file.path, file.sha256)
        finally:
            file.discard()
        asset = Asset(
            id=new_id("ast"),
            unit_id=unit_id,
            kind="image",
            source_sha256=file.sha256,
            source_bytes=file.size_bytes,
            source_type=media_type,
            created_at=self._clock(),
            **_named(name_of_file(file_name)),
        )
        return self._add(who, asset)

    def add_notice(self, who: str, unit_id: str, notice: Notice, name: str) -> Taken:
        """Take a composed notice; the same text in the same template is the same asset."""
        asset = Asset(
            id=new_id("ast"),
            unit_id=unit_id,
            kind="notice",
            source_type=NOTICE_TYPE,
            created_at=self._clock(),
            **_named(name),
            **_content(notice),
        )
        return self._add(who, asset)

    def change(self, who: str, asset_id: str, started_from: str | None, changes: Mapping[str, Any]) -> Asset:
        """Set name, alt text or expiry; `started_from` is the etag the editor saw.

        Raises:
            UnknownAsset: there is none with this id.
            Stale: somebody else has edited it since.
        """
        with self._db.write() as session:
            asset = find_asset(session, asset_id)
            next_version(asset, started_from)
            before = {field: _plain(getattr(asset, field)) for field in changes}
            after = {field: _plain(value) for field, value in changes.items()}
            wanted = dict(changes)
            if "name" in wanted:
                wanted |= _named(wanted["name"])
            for field, value in wanted.items():
                setattr(asset, field, value)
            audit.record(session, who, "asset.update", asset_id, before, after, at=self._clock())
        return asset

    def delete(self, who: str, asset_id: str, started_from: str | None) -> None:
        """Delete an asset that no playlist shows (whoever calls has looked; the database makes sure).

        Raises:
            UnknownAsset: there is none with this id.
            Stale: somebody else has edited it since.
            Conflict: a playlist shows it.
        """
        try:
            with self._db.write() as session:
                asset = find_asset(session, asset_id)
                next_version(asset, started_from)
                files = {asset.source_sha256, *(rendition.sha256 for rendition in asset.renditions)}
                session.delete(asset)
                audit.record(
                    session, who, "asset.delete", asset_id, {"name": asset.name}, None, at=self._clock()
                )
        except IntegrityError as error:
            raise Conflict() from error
        self._store.release(files)

    def named_files(self) -> set[str]:
        """The hashes of all files that rows name: what a sweep must leave."""
        with self._db.read() as session:
            originals = session.scalars(select(Asset.source_sha256).where(Asset.state != "failed"))
            return {*originals, *session.scalars(select(Rendition.sha256))}

    def _admit(self, file: Incoming) -> str:
        if file.size_bytes == 0:
            raise EmptyFile()
        if file.size_bytes > UPLOAD_BYTES_MOST:
            raise FileTooLarge(most_mb=UPLOAD_BYTES_MOST // 1024 // 1024)
        media_type = detect_type(file.head)
        with self._db.read() as session:
            waiting = session.scalar(select(func.count()).where(Asset.state == "processing")) or 0
        if waiting >= WAITING_MOST:
            raise TooManyWaiting(waiting=waiting)
        return media_type

    def _add(self, who: str, asset: Asset) -> Taken:
        with self._db.write() as session:
            if same := _same_content(session, asset):
                return Taken(same.id, new=False)
            session.add(asset)
            audit.record(session, who, "asset.create", asset.id, None, {"name": asset.name}, at=self._clock())
        for tell in self._when_waiting:
            tell(asset.id)
        return Taken(asset.id, new=True)


def find_asset(session: Session, asset_id: str) -> Asset:
    """The asset's row in this session, with its renditions.

    Raises:
        UnknownAsset: there is none with this id.
    """
    asset = session.get(Asset, asset_id, options=[selectinload(Asset.renditions)])
    if asset is None:
        raise UnknownAsset()
    return asset


def set_notice(session: Session, asset: Asset, notice: Notice) -> None:
    """Give a notice new words. Its renditions must be replaced in the same transaction.

    Raises:
        NotANotice: it is an uploaded picture.
        SameNotice: another asset of the unit says exactly this.
    """
    if asset.kind != "notice":
        raise NotANotice()
    content = _content(notice)
    twin = session.scalar(
        select(Asset).where(
            Asset.unit_id == asset.unit_id,
            Asset.source_sha256 == content["source_sha256"],
            Asset.id != asset.id,
        )
    )
    if twin is not None:
        raise SameNotice(name=twin.name)
    for field, value in content.items():
        setattr(asset, field, value)


def _same_content(session: Session, asset: Asset) -> Asset | None:
    """The unit's asset of the same content; one that had failed makes room, so that it is tried again."""
    same = session.scalar(
        select(Asset).where(Asset.unit_id == asset.unit_id, Asset.source_sha256 == asset.source_sha256)
    )
    if same is not None and same.state == "failed":
        session.execute(delete(Asset).where(Asset.id == same.id))
        return None
    return same


def _content(notice: Notice) -> dict[str, Any]:
    source = notice.source_bytes()
    return {
        "notice": notice.model_dump(mode="json", exclude_defaults=True),
        "alt": notice.alt[:1000],
        "source_sha256": sha256(source).hexdigest(),
        "source_bytes": len(source),
    }


def _named(name: str) -> dict[str, str]:
    return {"name": name[:200], "name_key": search_key(name)[:200]}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
