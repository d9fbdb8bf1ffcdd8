"""Tables of the delivery room."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from signage_server.db import Base


class SentManifest(Base):
    """A manifest that was sent, by digest: the past is read from these (kept 400 days after last use)."""

    __tablename__ = "sent_manifest"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime]


class Receipt(Base):
    """A screen's word that a manifest was received, stored, is showing."""

    __tablename__ = "receipt"

    screen_id: Mapped[str] = mapped_column(ForeignKey("screen.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    received_at: Mapped[datetime | None]
    stored_at: Mapped[datetime | None]
    showing_at: Mapped[datetime | None]


class Shown(Base):
    """From when on a screen proved to be showing a manifest: one row for each change, so that the past can be asked.

    No foreign keys: it outlives the screen, as the plays do. About 400 rows of 100 bytes per screen and year: one for
    each day (the horizon moves) and one for each edit that concerns it.
    """

    __tablename__ = "shown"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read by SQLAlchemy as declared

    screen_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    since_ms: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
