"""A screen at an instant, as the API shows it: the plan in force, the reasons, and what the board proved."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from signage_server.clock import from_ms, to_ms
from signage_server.delivery.history import Piece
from signage_server.delivery.manifest import Manifest
from signage_server.errors import Language
from signage_server.offload import off_loop
from signage_server.scheduling.explain import Why, companions, explain
from signage_server.scheduling.explain_words import say_instant, say_why
from signage_server.scheduling.moment_words import Tense, say_play
from signage_server.scheduling.playout import Play, what_plays
from signage_server.scheduling.timeline import FALLBACK
from signage_server.scheduling.vouching import Heard, Voucher, follows, says_so, voucher
from signage_server.screens.proofs import Proof, proofs_at
from signage_server.web.labels import AssetLabel, asset_labels, removed_names, schedule_names
from signage_server.web.plays_view import play_outs
from signage_server.web.rooms import Rooms
from signage_server.web.schemas.moments import AtOut, Basis, PlayOut, PlayRole, ProvedOut, WhyOut
from signage_server.web.screens_view import planned_schedule
from signage_server.web.telling_apart import told_apart

_JUST_NOW_MS = 60_000
_ORDER = {"shows": 0, "takes_turns": 1, "lost": 2, "not_on": 3}


def at_out(
    rooms: Rooms, screen_id: str, zone_name: str, at: datetime, piece: Piece, language: Language
) -> AtOut:
    """What the screen shows at an instant, why, and what it proved; `piece` is the manifest in force then."""
    at_ms, now_ms = to_ms(at), to_ms(rooms.clock())
    past = at_ms < now_ms
    heard = _heard(rooms, screen_id)
    manifest = piece.manifest
    play = off_loop(what_plays, manifest, at_ms) if manifest else None
    whys = _whys(rooms, screen_id, manifest, at_ms) if manifest else []
    with rooms.db.read() as session:
        proofs = proofs_at(session, screen_id, at_ms) if past else []
        names = _names(
            session, [*(why.schedule for why in whys), *(one for why in whys for one in why.winners)]
        )
        told = told_apart(session, names, language)
        shown = play_outs(session, manifest, [play])[0] if manifest and play else None
        proved = _proved_outs(session, proofs)
    vouched = _voucher(heard, manifest, play, proofs, (at_ms, now_ms))
    basis = _basis(manifest, vouched)
    zone = ZoneInfo(zone_name)
    return AtOut(
        time=at,
        basis=basis,
        digest=manifest.digest if manifest else None,
        play=shown,
        sentence=say_play(
            shown.role if shown else "unknown",
            _tense(at_ms, now_ms),
            vouched,
            (shown.asset_name if shown else None) or "?",
            (shown.schedule_name if shown else None) or "?",
            say_instant(at_ms, zone, language),
            language,
        ),
        why=[_why_out(why, names, say_why(why, told, zone, at_ms, language)) for why in _sorted(whys, names)],
        proved=proved,
    )


def _whys(rooms: Rooms, screen_id: str, manifest: Manifest, at_ms: int) -> list[Why]:
    """All reasons where the manifest was made from what is known today; else those that it tells itself."""
    if not manifest.horizon_ms[0] <= at_ms < manifest.horizon_ms[1]:
        return []  # a board that plays on alone, long after
    today = to_ms(rooms.clock())
    is_todays = at_ms >= today or manifest.digest == rooms.publisher.wanted(screen_id)
    content = rooms.history.content(screen_id, max(at_ms, today)) if is_todays else None
    if content is None:
        return off_loop(companions, manifest, at_ms)
    return off_loop(explain, content.schedules, content.zone, manifest, at_ms)


def _heard(rooms: Rooms, screen_id: str) -> Heard:
    state = rooms.states.of(screen_id)
    heard_ms = to_ms(state.heard_at) if state.heard_at else None
    return Heard(heard_ms, state.report, rooms.states.online(screen_id))


def _tense(at_ms: int, now_ms: int) -> Tense:
    if at_ms >= now_ms:
        return "future"
    return "present" if now_ms - at_ms < _JUST_NOW_MS else "past"


def _basis(manifest: Manifest | None, vouched: Voucher) -> Basis:
    if manifest is None:
        return "unknown"
    return "proved" if vouched in ("proved", "live") else "planned"


def _voucher(
    heard: Heard,
    manifest: Manifest | None,
    play: Play | None,
    proofs: Sequence[Proof],
    times: tuple[int, int],
) -> Voucher:
    """`times`: the instant, and now."""
    at_ms, now_ms = times
    if manifest is None or play is None or at_ms > now_ms:
        return "planned"
    slide = manifest.slides[play.slide] if play.slide else None
    asset, slide_ms = (slide.asset, slide.duration_ms) if slide else (None, 0)
    counted = (
        (proof.asset, proof.schedule, proof.role) == (asset, play.schedule, play.role)
        and proof.encloses(at_ms, slide_ms)
        for proof in proofs
    )
    if any(counted):
        return "proved"
    if says_so(heard, manifest.digest, play, at_ms):
        return "live"
    if at_ms == now_ms:
        return "planned"
    if now_ms - at_ms < _JUST_NOW_MS and off_loop(follows, heard, manifest, manifest.digest):
        return "follows"
    return voucher(heard, play, at_ms, now_ms, bool(proofs))


def _sorted(whys: Iterable[Why], names: Mapping[str, str]) -> list[Why]:
    return sorted(whys, key=lambda why: (_ORDER[why.verdict], names.get(why.schedule, ""), why.schedule))


def _why_out(why: Why, names: Mapping[str, str], sentence: str) -> WhyOut:
    return WhyOut(
        schedule_id=why.schedule,
        schedule_name=names.get(why.schedule, why.schedule),
        role=why.role,
        verdict=why.verdict,
        code=why.code,
        sentence=sentence,
    )


def _names(session: Session, schedule_ids: Iterable[str]) -> dict[str, str]:
    """The names of schedules, the last ones of those that are gone."""
    ids = set(schedule_ids) - {FALLBACK}
    names = schedule_names(session, ids)
    gone = ids - names.keys()
    return names | (removed_names(session, gone) if gone else {})


def _proved_outs(session: Session, proofs: Sequence[Proof]) -> list[ProvedOut]:
    labels = asset_labels(session, {proof.asset for proof in proofs})
    gone = {proof.asset for proof in proofs} - labels.keys()
    names = removed_names(session, gone) if gone else {}
    schedules = _names(session, {proof.schedule for proof in proofs})
    return [_proved_out(proof, labels.get(proof.asset), names, schedules) for proof in proofs]


def _proved_out(
    proof: Proof, label: AssetLabel | None, removed: Mapping[str, str], schedules: Mapping[str, str]
) -> ProvedOut:
    return ProvedOut(
        asset_id=proof.asset,
        asset_name=label.name if label else removed.get(proof.asset, proof.asset),
        thumbnail_url=label.thumbnail_url if label else None,
        schedule_id=planned_schedule(proof.schedule),
        schedule_name=schedules.get(proof.schedule),
        role=cast(PlayRole, proof.role),
        plays=proof.plays,
        first=from_ms(proof.first_ms),
        last=from_ms(proof.last_ms),
    )


def piece_plays(
    session: Session, piece: Piece, plays: Sequence[Play], inner: tuple[bool, bool]
) -> list[PlayOut]:
    """The plays of a piece; where another piece follows or goes before (`inner`) they are cut to it."""
    if piece.manifest is None:
        return []
    first, last = inner
    cut = [
        play._replace(
            start_ms=max(play.start_ms, piece.start_ms) if first else play.start_ms,
            end_ms=min(play.end_ms, piece.end_ms) if last else play.end_ms,
        )
        for play in plays
    ]
    return play_outs(session, piece.manifest, cut)
