"""Computes what every board should hold, and tells who has to hear of a change (DESIGN §1.5: reconcile, do not track).

Nobody keeps lists of what an edit affects: everything is worked out anew from the facts. That is cheap, because equal
contents are compiled once, and harmless, because equal contents make equal digests.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from signage_server.clock import Clock, from_ms, to_ms
from signage_server.db import Database
from signage_server.delivery.built_in import BuiltIn
from signage_server.delivery.compiler import Compiler
from signage_server.delivery.compiling import Compiled, Content
from signage_server.delivery.content import Contents
from signage_server.delivery.fact_reader import FactReader
from signage_server.delivery.facts import Facts, ScreenFact
from signage_server.delivery.manifest import Manifest, parse_manifest
from signage_server.delivery.manifests import SentManifests
from signage_server.delivery.table_rows import Pause
from signage_server.scheduling.recurrence import local_day, wall_to_utc_ms

logger = logging.getLogger(__name__)

_READ_AGAIN = 64
"""Manifests of the past that are remembered once they were read: those of a week of some cohorts."""


@dataclass(frozen=True)
class Published:
    """These screens should hold another manifest than before."""

    digest: str
    text: str
    screen_ids: Sequence[str]


class Publisher:
    """Holds, for every screen, the manifest it should have."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        sent: SentManifests,
        built_in: BuiltIn,
        need_profiles: Callable[[Iterable[str]], None],
        compiler: Compiler,
        pause: Pause = lambda: None,
    ) -> None:
        """`need_profiles` has pictures made for profiles; `pause` lets the sockets have their turn between cohorts."""
        self._db = db
        self._clock = clock
        self._sent = sent
        self._built_in = built_in
        self._need_profiles = need_profiles
        self._compiler = compiler
        self._pause = pause
        self._reader = FactReader(db, built_in.notice, pause)
        self._one_at_a_time = threading.Lock()
        self._contents = Contents()
        self._made: dict[Content, Compiled] = {}
        self._wanted: dict[str, Compiled] = {}
        self._screens: Mapping[str, ScreenFact] = {}
        self._facts: Facts | None = None
        self._read = lru_cache(_READ_AGAIN)(parse_manifest)
        self._after_publish: list[Callable[[Published], None]] = []
        self._after_gone: list[Callable[[str], None]] = []
        self.revision = -1
        """The edit that was last reconciled."""

    def after_publish(self, listener: Callable[[Published], None]) -> None:
        """Call `listener` for each group of screens whose manifest changed, as soon as it is known."""
        self._after_publish.append(listener)

    def after_gone(self, listener: Callable[[str], None]) -> None:
        """Call `listener` with the id of a screen that was taken down."""
        self._after_gone.append(listener)

    def screen(self, screen_id: str) -> ScreenFact | None:
        """The screen as it was when last reconciled; None if it is newer than that."""
        return self._screens.get(screen_id)

    @property
    def screens(self) -> Mapping[str, ScreenFact]:
        """All screens as they were when last reconciled."""
        return self._screens

    def wanted(self, screen_id: str) -> str | None:
        """The digest of the manifest that the screen should hold; None while there is none."""
        manifest = self._wanted.get(screen_id)
        return manifest.digest if manifest else None

    def wanted_manifest(self, screen_id: str) -> Manifest | None:
        """The manifest that the screen should hold; None while there is none."""
        manifest = self._wanted.get(screen_id)
        return manifest.manifest if manifest else None

    def text(self, digest: str) -> str | None:
        """The text of a manifest that was sent, now or earlier; None if it is not known."""
        return self._sent.text(digest)

    def manifest(self, digest: str) -> Manifest | None:
        """A manifest that was sent, now or earlier; None if it is not known."""
        held = next((one for one in self._made.values() if one.digest == digest), None)
        if held is not None:
            return held.manifest
        text = self._sent.text(digest)
        return self._read(text) if text is not None else None

    def facts(self) -> Facts:
        """What manifests are made from, as it is now: read anew only where something was edited since."""
        facts = self._facts
        if facts is not None and facts.revision == self._db.revision():
            return facts
        return self._reader.read()

    def reconcile(self) -> None:
        """Work out what every screen should hold now, and tell the listeners what has changed.

        A cohort that cannot be compiled keeps what it has; the others go on.
        """
        with self._one_at_a_time:
            facts = self._reader.read()
            self._forget_gone(facts)
            self._facts, self._screens = facts, facts.screens
            self._publish_all(facts)
            self._sent.hold({manifest.digest for manifest in self._wanted.values()})
            self._ask_library(facts)
            self.revision = facts.revision

    def forget_compiled(self) -> None:
        """What was compiled holds no more: the rules of time zones have changed. Work it all out anew next time."""
        with self._one_at_a_time:
            self._contents = Contents()
            self._made = {}
            self._compiler.forget()

    def zones(self) -> set[str]:
        """The names of all zones that screens and schedules are in, as they were when last reconciled."""
        fixed = {one.zone for one in self._facts.schedules.values() if one.zone} if self._facts else set()
        return fixed.union(screen.zone for screen in self._screens.values())

    def next_midnight(self) -> datetime:
        """When the next local day begins on any of the screens: then the horizon has to move."""
        now_ms = to_ms(self._clock())
        zones = _known({screen.zone for screen in self._screens.values()}) or [ZoneInfo("UTC")]
        return from_ms(min(_next_midnight_ms(now_ms, zone) for zone in zones))

    def _publish_all(self, facts: Facts) -> None:
        """Those first whose manifest is known, then the others, each as soon as it is compiled."""
        holders = self._holders(facts)
        known = {content: self._made[content] for content in holders if content in self._made}
        new = [content for content in holders if content not in known]
        made: dict[Content, Compiled] = {}
        for content, result in chain(known.items(), zip(new, self._compiler.compile_all(new), strict=True)):
            try:
                made[content] = _good(result)
                self._publish(made[content], holders[content])
            except Exception:  # the edge of a loop: one cohort must not stop the others
                screens = len(holders[content])
                logger.exception(
                    "no manifest for %d screens (%s, %s)", screens, content.profile, content.zone
                )
            self._pause()
        self._made = made

    def _holders(self, facts: Facts) -> dict[Content, list[str]]:
        """Which screens should hold what. Those that cannot be told are left out."""
        now_ms = to_ms(self._clock())
        holders: dict[Content, list[str]] = {}
        for cohort, screen_ids in facts.cohorts.items():
            try:
                content = self._contents.of(facts, cohort, local_day(now_ms, ZoneInfo(cohort.zone)))
            except Exception:  # the edge of a loop, as above
                logger.exception(
                    "no content for %d screens (%s, %s)", len(screen_ids), cohort.profile, cohort.zone
                )
                continue
            if content is not None:
                holders.setdefault(content, []).extend(screen_ids)
            self._pause()
        self._contents.keep_only(facts)
        return holders

    def _publish(self, manifest: Compiled, screen_ids: Sequence[str]) -> None:
        held = self._wanted.get
        changed = [one for one in screen_ids if held(one) is not manifest and held(one) != manifest]
        if not changed:
            return
        self._sent.keep(manifest.digest, manifest.text)
        self._wanted |= dict.fromkeys(changed, manifest)
        self._tell(Published(manifest.digest, manifest.text, changed))

    def _tell(self, published: Published) -> None:
        for listener in self._after_publish:
            listener(published)

    def _forget_gone(self, facts: Facts) -> None:
        for screen_id in self._screens.keys() - facts.screens.keys():
            self._wanted.pop(screen_id, None)
            for listener in self._after_gone:
                listener(screen_id)

    def _ask_library(self, facts: Facts) -> None:
        self._need_profiles({screen.profile for screen in facts.screens.values()})
        if not facts.built_in_exists:
            self._built_in.make()


def _good(result: Compiled | Exception) -> Compiled:
    if isinstance(result, Exception):
        raise result
    return result


def _known(zone_names: Iterable[str]) -> list[ZoneInfo]:
    """Those of the zones that this machine has rules for: an update may have taken one away."""
    found = []
    for name in zone_names:
        with suppress(ZoneInfoNotFoundError):
            found.append(ZoneInfo(name))
    return found


def _next_midnight_ms(now_ms: int, zone: ZoneInfo) -> int:
    return wall_to_utc_ms(local_day(now_ms, zone) + timedelta(days=1), 0, zone)
