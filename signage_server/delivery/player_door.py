"""The one door for boards: the socket and its plain-HTTP twin lead to the same handlers.

Bodies are checked here once; answers are plain JSON, and a refusal is `{code}`. Only `revoked` stops a board.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import update

from signage_server.clock import Clock, to_ms
from signage_server.db import Database
from signage_server.delivery import messages
from signage_server.delivery.budget import Budget, SlowDown
from signage_server.delivery.commands import Commands, Result
from signage_server.delivery.facts import ScreenFact
from signage_server.delivery.publisher import Publisher
from signage_server.delivery.receipts import Receipts
from signage_server.delivery.watching import Watching
from signage_server.errors import Invalid, Language, NotFound, SignageError
from signage_server.library.profiles import profile_for
from signage_server.screens.models import Screen
from signage_server.screens.plays import Plays
from signage_server.screens.said import Capabilities, Said
from signage_server.screens.state import ScreenStates, Via
from signage_server.screens.tokens import KnownToken, ScreenTokens, UnknownToken

logger = logging.getLogger(__name__)

PUSHED_MOST = 64 * 1024
"""Bytes of a manifest that go with a message; a larger one is fetched."""
POLL_S = 30
"""How often a board without a socket asks."""
MEDIA_BASE = "../media/"
"""Relative to the player's own address, so that it holds behind any proxy."""

Body = TypeVar("Body", bound=Said)


class Malformed(Invalid):
    """The body is not what the protocol says."""

    code = "malformed"


class UnknownMessage(NotFound):
    """There is no such message."""

    code = "unknown_message"


@dataclass(frozen=True)
class Caller:
    """A board that has shown a good token."""

    screen_id: str
    via: Via
    token: KnownToken


@dataclass(frozen=True)
class Answer:
    """What a board is told; `status` matters to HTTP only."""

    body: dict[str, Any]
    status: int = 200


class PlayerDoor:
    """Lets boards in, and answers them."""

    def __init__(
        self,
        *,
        db: Database,
        clock: Clock,
        language: Language,
        tokens: ScreenTokens,
        states: ScreenStates,
        receipts: Receipts,
        plays: Plays,
        publisher: Publisher,
        commands: Commands,
        watching: Watching,
    ) -> None:
        self._db = db
        self._clock = clock
        self._language = language
        self._tokens = tokens
        self._states = states
        self._receipts = receipts
        self._plays = plays
        self._publisher = publisher
        self._commands = commands
        self._watching = watching
        self._budget = Budget(clock)
        self._used: set[str] = set()
        self._handlers: Mapping[str, Callable[[Caller, Any], dict[str, Any]]] = {
            "hello": _checked(messages.Hello, self._hello),
            "clock": _checked(messages.Clock, self._tell_time),
            "receipt": _checked(messages.ReceiptIn, self._receipt),
            "heartbeat": _checked(messages.Heartbeat, self._heartbeat),
            "plays": _checked(messages.PlaysIn, self._take_plays),
            "command_result": _checked(messages.CommandResult, self._command_result),
        }

    def enter(self, token: Any, via: Via) -> Caller:
        """The board that holds this token; raises Revoked or UnknownToken."""
        if not isinstance(token, str) or not 0 < len(token) <= 200:
            raise UnknownToken
        known = self._tokens.look_up(token)
        return Caller(known.screen_id, via, known)

    def answer(self, caller: Caller, name: str, body: Any) -> Answer:
        """What to tell a board that sent message `name`; never raises."""
        try:
            handler = self._handlers.get(name)
            if handler is None:
                raise UnknownMessage
            self._budget.spend(caller.screen_id, name)
            return Answer(handler(caller, body))
        except SignageError as error:
            return refusal(error)
        except (
            Exception
        ):  # the edge of the room: whatever one board sends, it is answered and the others are served
            logger.exception("message %s of %s failed", name, caller.screen_id)
            return refusal(SignageError())

    def _hello(self, caller: Caller, said: messages.Hello) -> dict[str, Any]:
        self._note_first_use(caller.token)
        screen = self._screen(caller.screen_id)
        self._note_profile(screen, said.capabilities)
        self._states.hello(screen.id, caller.via, said.versions.player, said.capabilities.secure)
        commands = [command.message() for command in self._commands.fetch(screen.id)]
        return {
            **self._news(screen.id),
            **self._manifest_for(screen.id, said.digest),
            "screen": {
                "id": screen.id,
                "name": screen.name,
                "place": screen.place,
                "zone": screen.zone,
                "language": self._language,
            },
            "media_base": MEDIA_BASE,
            "poll_s": POLL_S,
            "commands": commands,
        }

    def _heartbeat(self, caller: Caller, said: messages.Heartbeat) -> dict[str, Any]:
        self._states.heartbeat(caller.screen_id, caller.via, said.model_dump())
        if said.digest is not None:
            self._receipts.note_showing(caller.screen_id, said.digest)
        return {**self._news(caller.screen_id), "commands": self._commands.waiting(caller.screen_id)}

    def _receipt(self, caller: Caller, said: messages.ReceiptIn) -> dict[str, Any]:
        self._receipts.note(caller.screen_id, said.digest, said.stage)
        self._states.receipt(caller.screen_id, caller.via, said.digest, said.stage)
        return {}

    def _take_plays(self, caller: Caller, said: messages.PlaysIn) -> dict[str, Any]:
        return self._plays.take(caller.screen_id, said.store, said.tallies, said.faults)

    def _command_result(self, caller: Caller, said: messages.CommandResult) -> dict[str, Any]:
        self._commands.result(Result(caller.screen_id, said.id, said.ok, said.error))
        return {}

    def _tell_time(self, _caller: Caller, said: messages.Clock) -> dict[str, Any]:
        return {"t0": said.t0, "server_ms": to_ms(self._clock())}

    def _news(self, screen_id: str) -> dict[str, Any]:
        """What every answer to hello and heartbeat carries: a board that missed a push notices by this."""
        return {
            "server_ms": to_ms(self._clock()),
            "digest": self._publisher.wanted(screen_id),
            "alerts": None,
            "heartbeat_s": self._watching.heartbeat_s(screen_id, len(self._publisher.screens)),
        }

    def _manifest_for(self, screen_id: str, held: str | None) -> dict[str, Any]:
        wanted = self._publisher.wanted_manifest(screen_id)
        if wanted is None or wanted.digest == held or not fits_in_message(wanted.text):
            return {}
        return {"manifest": wanted.text}

    def _screen(self, screen_id: str) -> ScreenFact:
        """The screen from memory; from the database if it was claimed just now."""
        known = self._publisher.screen(screen_id)
        if known is not None:
            return known
        with self._db.read() as session:
            row = session.get(Screen, screen_id)
        if row is None:
            raise UnknownToken
        return ScreenFact(row.id, row.name, row.place, row.unit_id, row.zone, row.profile)

    def _note_first_use(self, token: KnownToken) -> None:
        if not token.used and token.secret_hash not in self._used:
            self._tokens.first_use(token)
            self._used.add(token.secret_hash)

    def _note_profile(self, screen: ScreenFact, can: Capabilities) -> None:
        """A board that was turned, or replaced, needs other pictures: that is an edit like any other."""
        profile = profile_for(can.width, can.height, can.webp).name
        if profile == screen.profile:
            return
        try:
            self._budget.spend(screen.id, "profile")
        except SlowDown:  # two boards with one token, turned differently: neither may keep the server busy
            return
        with self._db.write() as session:
            session.execute(
                update(Screen)
                .where(Screen.id == screen.id)
                .values(profile=profile, capabilities=can.model_dump(), version=Screen.version + 1)
            )


def refusal(error: SignageError) -> Answer:
    """How a board is refused: by a code alone."""
    return Answer({"code": error.code}, error.status)


def fits_in_message(text: str) -> bool:
    """Whether a manifest goes with a message, or is fetched by its digest."""
    return len(text.encode()) <= PUSHED_MOST


def _checked(
    kind: type[Body], handler: Callable[[Caller, Body], dict[str, Any]]
) -> Callable[[Caller, Any], dict[str, Any]]:
    def check_and_handle(caller: Caller, body: Any) -> dict[str, Any]:
        try:
            said = kind.model_validate(body)
        except ValidationError as error:
            raise Malformed from error
        return handler(caller, said)

    return check_and_handle
