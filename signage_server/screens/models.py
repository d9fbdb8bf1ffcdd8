"""Tables of the screens room."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from signage_server.db import Base


class Screen(Base):
    """A board on a wall."""

    __tablename__ = "screen"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    zone: Mapped[str] = mapped_column(String(50))
    profile: Mapped[str] = mapped_column(String(30))
    """The profile made for it (library.profiles), from what the board reported."""
    capabilities: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    fallback_playlist_id: Mapped[str | None] = mapped_column(ForeignKey("playlist.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    tags: Mapped[list["ScreenTag"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ScreenTag.tag_key"
    )


class ScreenTag(Base):
    """A label on a screen, such as "thang máy"; schedules can go to all screens that have it."""

    __tablename__ = "screen_tag"

    screen_id: Mapped[str] = mapped_column(ForeignKey("screen.id", ondelete="CASCADE"), primary_key=True)
    tag_key: Mapped[str] = mapped_column(String(120), primary_key=True, index=True)
    """The tag without case: by it tags are equal (screens.tags)."""
    tag: Mapped[str] = mapped_column(String(40))
    """As it was written."""


class ScreenState(Base):
    """What a screen last proved of itself. Kept in memory, written in batches, apart from what operators edit."""

    __tablename__ = "screen_state"

    screen_id: Mapped[str] = mapped_column(ForeignKey("screen.id", ondelete="CASCADE"), primary_key=True)
    heard_at: Mapped[datetime | None]
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """The last heartbeat as it came (checked)."""
    received_digest: Mapped[str | None] = mapped_column(String(64))
    stored_digest: Mapped[str | None] = mapped_column(String(64))
    showing_digest: Mapped[str | None] = mapped_column(String(64))
    player_version: Mapped[str | None] = mapped_column(String(30))


class Pairing(Base):
    """A board that shows a code and waits to be claimed; known by the hash of the secret it keeps."""

    __tablename__ = "pairing"

    device_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    capabilities: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    address: Mapped[str] = mapped_column(String(64), default="")
    browser: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    screen_id: Mapped[str | None] = mapped_column(ForeignKey("screen.id", ondelete="CASCADE"))
    """Set when an operator claims the code; the row goes when the board has used its token."""


class ScreenToken(Base):
    """A board's key, kept as a hash. Revoked ones are remembered: only of them is `revoked` said."""

    __tablename__ = "screen_token"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    screen_id: Mapped[str | None] = mapped_column(ForeignKey("screen.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class RemovedScreen(Base):
    """A screen that was taken down: what it proved to have shown is still told under its name."""

    __tablename__ = "removed_screen"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    zone: Mapped[str] = mapped_column(String(50))
    removed_at: Mapped[datetime]


class PlayTally(Base):
    """Running totals of one quarter hour as a screen counted them; merged by maximum, so repeats change nothing.

    No foreign keys: proof outlives the screen, the slide and the schedule it speaks of.
    """

    __tablename__ = "play_tally"
    __table_args__ = (Index("play_tally_by_day", "screen_id", "quarter_ms"),)

    screen_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    store: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Random id made with the player's database: totals add up over stores."""
    quarter_ms: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    asset_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    schedule_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    role: Mapped[str] = mapped_column(String(10), primary_key=True)
    guessed: Mapped[bool] = mapped_column(primary_key=True)
    """The board's clock was a guess then."""
    plays: Mapped[int]
    shown_ms: Mapped[int] = mapped_column(BigInteger)
    first_ms: Mapped[int] = mapped_column(BigInteger)
    last_ms: Mapped[int] = mapped_column(BigInteger)
    longest_gap_ms: Mapped[int] = mapped_column(BigInteger)
    cuts: Mapped[int]
    late_ms: Mapped[int] = mapped_column(BigInteger)


class Fault(Base):
    """Something that went wrong on a screen, told once."""

    __tablename__ = "fault"

    screen_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]
    code: Mapped[str] = mapped_column(String(50))
    detail: Mapped[str] = mapped_column(String(500), default="")
