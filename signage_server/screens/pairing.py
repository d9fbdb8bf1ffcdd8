"""How a board becomes a screen: it shows a code, an operator types the code, the board gets its token (RFC 8628)."""

import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import segno
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from signage_server.accounts import audit
from signage_server.accounts.models import Unit
from signage_server.accounts.references import check_unit
from signage_server.clock import Clock
from signage_server.config import Settings
from signage_server.db import Database, new_id
from signage_server.errors import NotFound, Unavailable
from signage_server.library.profiles import profile_for
from signage_server.screens.models import Pairing as Waiting
from signage_server.screens.models import Screen
from signage_server.screens.said import Capabilities, clean
from signage_server.screens.tokens import ScreenTokens, secret_hash

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
"""RFC 8628 §6.1: no vowels, so no words; no digits, so no 0 that is an O. 20^8 codes are 34 bits."""
CODE_LIFE = timedelta(minutes=15)
CLAIMED_LIFE = timedelta(days=30)
"""How long a board that was claimed may take to come and fetch its token."""
INTERVAL_S = 2
"""How often a board asks whether it has been claimed."""
MOST_WAITING = 2_000
"""Boards that may show a code at the same time: strangers must not fill the database."""


class CodeUnknown(NotFound):
    """No board shows this code (now)."""

    code = "code_unknown"
    vi = "Không có màn hình nào đang chờ với mã này. Hãy xem lại mã trên màn hình rồi nhập lại."
    en = "No screen is waiting with this code. Look at the code on the screen again and retype it."


class Busy(Unavailable):
    """Ask again in a moment: something changed meanwhile, or more boards show a code than any province has."""

    code = "busy"


@dataclass(frozen=True)
class WaitingBoard:
    """A board that shows a code and has not been claimed."""

    code: str
    """As the board shows it: `XXXX-XXXX`."""
    width: int
    height: int
    browser: str
    address: str
    since: datetime


class Pairing:
    """Codes for boards that ask, and screens for operators who claim them."""

    def __init__(self, db: Database, clock: Clock, settings: Settings, tokens: ScreenTokens) -> None:
        self._db = db
        self._clock = clock
        self._settings = settings
        self._tokens = tokens
        self._after_change: list[Callable[[], None]] = []
        self._always_paired: dict[str, Callable[[Capabilities], dict[str, Any]]] = {}

    def after_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` when a board begins or ceases to wait."""
        self._after_change.append(listener)

    def ask(
        self, device: str, capabilities: Capabilities, address: str, browser: str, base_url: str
    ) -> dict[str, Any]:
        """What a board without a token is told: its code, or (once claimed) its id and token.

        A board that asks again keeps its code until that expires: only the first question writes. After the claim
        every question is answered with a fresh token until the first hello: an answer that is lost locks nobody out.
        """
        device_hash = secret_hash(device)
        if pair := self._always_paired.get(device_hash):
            return pair(capabilities)
        board = self._find(device_hash)
        if board is not None and board.screen_id is not None:
            return self._token_for(device_hash, board.screen_id)
        if (
            board is None
            or board.expires_at <= self._clock()
            or board.capabilities != capabilities.model_dump()
        ):
            board = self._register(device_hash, capabilities, clean(address, 64), clean(browser, 300))
        return self._code_answer(board, base_url)

    def claim(
        self,
        code: str,
        name: str,
        place: str = "",
        unit_id: str | None = None,
        *,
        who: str,
        address: str | None = None,
    ) -> str:
        """Make the board that shows `code` a screen of a unit (the root, if none is named); the screen's id.

        Raises CodeUnknown, or NoSuchUnit.
        """
        with self._db.write() as session:
            board = self._claimable(session, code)
            screen = self._screen_for(board, name, place, _unit(session, unit_id))
            session.add(screen)
            session.flush()  # the row must be there before the board can point at it
            board.screen_id = screen.id
            board.expires_at = self._clock() + CLAIMED_LIFE
            audit.record(
                session, who, "screen.claim", screen.id, None, _audited(screen), address, self._clock()
            )
        self._changed()
        return screen.id

    def always_pair(self, device: str, answer: Callable[[Capabilities], dict[str, Any]]) -> None:
        """Let `answer` pair whoever asks with this device, as long as this process lives (the demo link)."""
        self._always_paired[secret_hash(device)] = answer

    def waiting(self) -> list[WaitingBoard]:
        """The boards that show a code now, the newest first."""
        still = select(Waiting).where(Waiting.screen_id.is_(None), Waiting.expires_at > self._clock())
        with self._db.read() as session:
            return [
                _waiting_board(board) for board in session.scalars(still.order_by(Waiting.created_at.desc()))
            ]

    def clean_up(self) -> int:
        """Forget boards that stopped waiting; the number of them."""
        expired = select(Waiting.device_hash).where(Waiting.expires_at <= self._clock())
        with self._db.read() as session:
            gone = list(session.scalars(expired.limit(500)))
        if gone:
            with self._db.write(edit=False) as session:
                session.execute(
                    delete(Waiting).where(Waiting.device_hash.in_(gone), Waiting.expires_at <= self._clock())
                )
            self._changed()
        return len(gone)

    def _find(self, device_hash: str) -> Waiting | None:
        with self._db.read() as session:
            return session.get(Waiting, device_hash)

    def _token_for(self, device_hash: str, screen_id: str) -> dict[str, Any]:
        with self._db.write(edit=False) as session:
            board = session.get(Waiting, device_hash)
            if (
                board is None or board.screen_id != screen_id
            ):  # it said hello, or its screen was deleted, meanwhile
                raise Busy
            return {"screen_id": screen_id, "token": self._tokens.make(session, screen_id)}

    def _register(self, device_hash: str, capabilities: Capabilities, address: str, browser: str) -> Waiting:
        now = self._clock()
        with self._db.write(edit=False) as session:
            board = session.get(Waiting, device_hash) or _newcomer(session, device_hash, now)
            if board.expires_at <= now:
                board.code, board.created_at, board.expires_at = _free_code(session), now, now + CODE_LIFE
            board.capabilities, board.address, board.browser = capabilities.model_dump(), address, browser
            session.add(board)
        self._changed()
        return board

    def _code_answer(self, board: Waiting, base_url: str) -> dict[str, Any]:
        claim_url = f"{self._settings.public_url or base_url.rstrip('/')}/claim#{_shown(board.code)}"
        return {
            "code": _shown(board.code),
            "expires_in_s": max(1, int((board.expires_at - self._clock()).total_seconds())),
            "interval_s": INTERVAL_S,
            "claim_url": claim_url,
            "qr_svg": _qr_svg(claim_url),
        }

    def _claimable(self, session: Session, code: str) -> Waiting:
        typed = "".join(letter for letter in code.upper() if letter.isalnum())
        board = session.scalar(
            select(Waiting).where(
                Waiting.code == typed, Waiting.screen_id.is_(None), Waiting.expires_at > self._clock()
            )
        )
        if board is None:
            raise CodeUnknown
        return board

    def _screen_for(self, board: Waiting, name: str, place: str, unit_id: str) -> Screen:
        can = Capabilities.model_validate(board.capabilities)
        return Screen(
            id=new_id("scr"),
            unit_id=unit_id,
            name=name,
            place=place,
            zone=self._settings.timezone,
            profile=profile_for(can.width, can.height, can.webp).name,
            capabilities=board.capabilities,
            created_at=self._clock(),
            version=1,
        )

    def _changed(self) -> None:
        for listener in self._after_change:
            listener()


def _unit(session: Session, unit_id: str | None) -> str:
    if unit_id is None:
        return session.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
    check_unit(session, unit_id)
    return unit_id


def _newcomer(session: Session, device_hash: str, now: datetime) -> Waiting:
    if (session.scalar(select(func.count()).select_from(Waiting)) or 0) >= MOST_WAITING:
        raise Busy
    return Waiting(device_hash=device_hash, expires_at=now)


def _free_code(session: Session) -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(8))
        if session.scalar(select(Waiting.code).where(Waiting.code == code)) is None:
            return code


def _shown(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def _qr_svg(text: str) -> str:
    """The QR as an SVG document without a style attribute, which the player's policy would forbid."""
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(
        out, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True, light="#fff"
    )
    return out.getvalue().decode()


def _waiting_board(board: Waiting) -> WaitingBoard:
    can = Capabilities.model_validate(board.capabilities)
    return WaitingBoard(
        _shown(board.code), can.width, can.height, board.browser, board.address, board.created_at
    )


def _audited(screen: Screen) -> dict[str, Any]:
    return {"name": screen.name, "place": screen.place, "unit_id": screen.unit_id, "profile": screen.profile}
