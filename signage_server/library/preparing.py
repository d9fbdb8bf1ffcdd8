"""Makes assets fit for the boards: a few hands take what waits and have worker processes render it.

What waits is known by the table (`state: processing`, or a rendition that a profile lacks), not by the queue: after a
crash `start` finds it again.
"""

import logging
import queue
import threading
from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.accounts import audit
from signage_server.clock import Clock
from signage_server.db import Database, next_version
from signage_server.library.library import ALWAYS_NAMES, Library, UnknownAsset, find_asset, set_notice
from signage_server.library.models import Asset, Rendition
from signage_server.library.naming import search_key
from signage_server.library.notices import Notice
from signage_server.library.refusals import Refused
from signage_server.library.store import Store
from signage_server.library.workshop import Made, Outcome, Refusal, Workshop

HANDS = 2
"""Jobs at a time; each is a process of its own on one core, at low priority."""

THUMBNAIL = "thumbnail"

log = logging.getLogger(__name__)


class NoticeRefused(Refused):
    """The notice cannot be typeset; the facts carry the reason of the worker."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(**refusal.facts)

    @property
    def told(self) -> tuple[str, dict[str, object]]:
        """Code and facts for `errors.say`."""
        return self.refusal.code, self.refusal.facts


class Preparing:
    """The queue, the hands, and what they do with an asset."""

    def __init__(
        self, db: Database, clock: Clock, store: Store, workshop: Workshop, library: Library
    ) -> None:
        self._db = db
        self._clock = clock
        self._store = store
        self._workshop = workshop
        self._profiles = set(ALWAYS_NAMES)
        self._hopeless: set[tuple[str, str]] = set()
        """(source, profile) that were refused: not tried again until the server starts anew."""
        self._waiting: queue.Queue[str | None] = queue.Queue()
        self._known: Counter[str] = Counter()
        """What waits or is in some hand, so that looking again does not make it wait twice."""
        self._hands: list[threading.Thread] = []
        library.when_waiting(self._enqueue)

    def start(self) -> None:
        """Take up what was left unfinished, and begin to work in the background."""
        self._enqueue_unfinished()
        for number in range(HANDS):
            hand = threading.Thread(target=self._work, name=f"preparing-{number}", daemon=True)
            hand.start()
            self._hands.append(hand)

    def is_running(self) -> bool:
        """Whether hands are at work."""
        return bool(self._hands) and all(hand.is_alive() for hand in self._hands)

    def stop(self) -> None:
        """Let every hand finish what it holds, and end."""
        for _ in self._hands:
            self._waiting.put(None)
        for hand in self._hands:
            hand.join()
        self._hands.clear()

    def look(self) -> None:
        """Take up what another process has brought: a document imported beside the running server."""
        with self._db.read() as session:
            waiting = list(session.scalars(select(Asset.id).where(Asset.state == "processing")))
        for asset_id in waiting:
            if not self._known[asset_id]:
                self._enqueue(asset_id)

    def need_profiles(self, names: Iterable[str]) -> None:
        """Have renditions made for these profiles too, of everything there is and will be."""
        if new := set(names) - self._profiles:
            self._profiles |= new
            self._enqueue_unfinished()

    def prepare(self, asset_id: str) -> None:
        """Make the renditions that an asset lacks. An asset that has been deleted meanwhile is no error."""
        try:
            asset = self._read(asset_id)
        except UnknownAsset:
            return
        lacks = self._lacks(asset)
        if not lacks:
            return
        wanted = [name for name in sorted(lacks) if name != THUMBNAIL]
        thumbnail = THUMBNAIL in lacks
        if asset.notice is not None:
            with self._workshop.notice(asset.notice, wanted, thumbnail=thumbnail) as outcome:
                self._bring_home(asset, outcome)
        elif original := self._store.original(asset.source_sha256):
            with self._workshop.picture(original, wanted, thumbnail=thumbnail) as outcome:
                self._bring_home(asset, outcome)
        else:
            self._bring_home(asset, Outcome(refusal=Refusal(Refused.code, {})))

    def preview(self, notice: Notice, profile: str) -> bytes:
        """A notice as it would be rendered for a profile, without keeping anything.

        Raises:
            NoticeRefused: it cannot be typeset; `told` says why.
        """
        fields = notice.model_dump(mode="json", exclude_defaults=True)
        with self._workshop.notice(fields, [profile], thumbnail=False) as outcome:
            if outcome.refusal is not None:
                raise NoticeRefused(outcome.refusal)
            return outcome.files[0].path.read_bytes()

    def rewrite(self, who: str, asset_id: str, started_from: str | None, notice: Notice, name: str) -> Asset:
        """Give a notice new words. The new pictures are made first, so boards go from whole to whole.

        Raises:
            UnknownAsset, Stale, NotANotice, SameNotice, NoticeRefused
        """
        fields = notice.model_dump(mode="json", exclude_defaults=True)
        with self._workshop.notice(fields, sorted(self._profiles)) as outcome:
            if outcome.refusal is not None:
                raise NoticeRefused(outcome.refusal)
            self._keep(outcome.files)
            with self._db.write() as session:
                asset = find_asset(session, asset_id)
                next_version(asset, started_from)
                before = {"name": asset.name, "notice": asset.notice}
                released = [rendition.sha256 for rendition in asset.renditions]
                set_notice(session, asset, notice)
                asset.name, asset.name_key, asset.state = name, search_key(name), "ready"
                asset.failure = None
                _replace_renditions(session, asset, outcome.files)
                after = {"name": name, "notice": asset.notice}
                audit.record(session, who, "notice.update", asset_id, before, after, at=self._clock())
        self._store.release(released)
        return asset

    def _read(self, asset_id: str) -> Asset:
        with self._db.read() as session:
            return find_asset(session, asset_id)

    def _lacks(self, asset: Asset) -> set[str]:
        if asset.state == "failed":
            return set()
        has = {rendition.profile for rendition in asset.renditions}
        hopeless = {profile for source, profile in self._hopeless if source == asset.source_sha256}
        return (self._profiles | {THUMBNAIL}) - has - hopeless

    def _enqueue_unfinished(self) -> None:
        with self._db.read() as session:
            for asset_id in session.scalars(select(Asset.id).where(Asset.state == "processing")):
                self._enqueue(asset_id)
            for profile in sorted(self._profiles):
                has_it = select(Rendition.asset_id).where(Rendition.profile == profile)
                lacking = select(Asset.id).where(Asset.state == "ready", Asset.id.not_in(has_it))
                for asset_id in session.scalars(lacking):
                    self._enqueue(asset_id)

    def _enqueue(self, asset_id: str) -> None:
        self._known[asset_id] += 1
        self._waiting.put(asset_id)

    def _work(self) -> None:
        while asset_id := self._waiting.get():
            self._prepare_safely(asset_id)

    def _prepare_safely(self, asset_id: str) -> None:
        try:
            self.prepare(asset_id)
        except Exception:  # the edge of a loop: one asset must not stop the others
            log.exception("could not prepare %s; it is tried again at the next start", asset_id)
        finally:
            self._known[asset_id] -= 1

    def _bring_home(self, seen: Asset, outcome: Outcome) -> None:
        if outcome.refusal is not None:
            self._refuse(seen, outcome.refusal)
            return
        self._keep(outcome.files)
        with self._db.write() as session:
            try:
                asset = find_asset(session, seen.id)
            except UnknownAsset:
                return  # deleted meanwhile; the sweep takes the files
            if asset.source_sha256 != seen.source_sha256:
                return  # rewritten meanwhile, with renditions of its own
            _add_renditions(asset, outcome.files)
            asset.width, asset.height = outcome.width, outcome.height
            asset.state = "ready"
            asset.version += 1

    def _refuse(self, seen: Asset, refusal: Refusal) -> None:
        self._hopeless |= {(seen.source_sha256, profile) for profile in self._lacks(seen)}
        if seen.state == "ready":
            log.warning("%s cannot be rendered for every profile: %s", seen.id, refusal.code)
            return
        with self._db.write() as session:
            try:
                asset = find_asset(session, seen.id)
            except UnknownAsset:
                return
            asset.state, asset.failure = "failed", {"code": refusal.code, "facts": refusal.facts}
            asset.version += 1
            elsewhere = select(Asset.id).where(
                Asset.source_sha256 == seen.source_sha256, Asset.state != "failed"
            )
            shared = session.scalar(elsewhere.where(Asset.id != seen.id)) is not None
        if not shared:
            self._store.drop_original(seen.source_sha256)

    def _keep(self, files: Iterable[Made]) -> None:
        for made in files:
            self._store.keep_served(made.path, made.sha256, made.type)


def _add_renditions(asset: Asset, files: Iterable[Made]) -> None:
    has = {rendition.profile for rendition in asset.renditions}
    asset.renditions.extend(_rendition(made) for made in files if made.profile not in has)


def _replace_renditions(session: Session, asset: Asset, files: Iterable[Made]) -> None:
    asset.renditions.clear()
    session.flush()
    asset.renditions.extend(_rendition(made) for made in files)


def _rendition(made: Made) -> Rendition:
    return Rendition(
        profile=made.profile,
        sha256=made.sha256,
        type=made.type,
        size_bytes=made.size_bytes,
        width=made.width,
        height=made.height,
    )
