"""What players send, checked once at the border; both transports take the same bodies (docs/protocol/player.md)."""

from typing import Annotated, Any, Literal

from pydantic import Field

from signage_server.screens.said import Capabilities, Digest, Key, Label, Ms, Said, ShortKey, Words

MOST_TALLIES = 500
"""Tallies, and faults, in one batch."""

Offset = Annotated[int, Field(ge=-(2**53), le=2**53)]


class Pair(Said):
    """A board without a token asks whether it has been claimed."""

    device: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """32 random bytes that the board keeps for itself."""
    capabilities: Capabilities


class Versions(Said):
    """What runs on the board."""

    player: Label = ""


class Hello(Said):
    """A board has come (again) and asks for all that may have changed."""

    versions: Versions = Versions()
    capabilities: Capabilities
    formats: Annotated[tuple[int, ...], Field(max_length=20)] = (1,)
    digest: Digest | None = None
    """Of the manifest it holds or is bringing in."""
    alerts: Digest | None = None


class Clock(Said):
    """A reading of the server's clock."""

    t0: Annotated[float, Field(allow_inf_nan=False)]


class ReceiptIn(Said):
    """How far a manifest got."""

    digest: Digest
    stage: Literal["received", "stored", "showing"]


class BoardClock(Said):
    """How far the board's own clock is off, and how sure it is of the time."""

    offset_ms: Offset = 0
    quality: Literal["good", "guessed"] = "guessed"


class Heartbeat(Said):
    """Alive, showing this slide of this manifest."""

    digest: Digest | None = None
    slide: ShortKey | None = None
    schedule: ShortKey | None = None
    role: Label | None = None
    since_ms: Ms | None = None
    stored_bytes: Ms | None = None
    missing_bytes: Ms | None = None
    faults: Ms | None = None
    clock: BoardClock = BoardClock()


class PlaysIn(Said):
    """A batch of tallies and faults; each is judged alone."""

    store: Key
    tallies: Annotated[tuple[Any, ...], Field(max_length=MOST_TALLIES)] = ()
    faults: Annotated[tuple[Any, ...], Field(max_length=MOST_TALLIES)] = ()


class CommandResult(Said):
    """What became of a command."""

    id: Key
    ok: bool
    error: Words | None = None
