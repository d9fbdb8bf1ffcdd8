"""Tables of the accounts room."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from signage_server.db import Base


class Unit(Base):
    """A node of the organisation tree: province, department, district, commune, building."""

    __tablename__ = "unit"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    """None only for the one root."""
    name: Mapped[str] = mapped_column(String(200))
    fallback_playlist_id: Mapped[str | None] = mapped_column(String(20))
    """What its screens show while nothing is scheduled. No foreign key: playlists live on a higher floor."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class Person(Base):
    """Somebody who may sign in."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(100), unique=True)
    """What is typed to sign in; NFKC, compared without regard to case (kept case-folded in `name_key`)."""
    name_key: Mapped[str] = mapped_column(String(100), unique=True)
    password_hash: Mapped[str | None]
    """argon2id; None until the one-time link has been used."""
    language: Mapped[str | None] = mapped_column(String(2))
    created_at: Mapped[datetime]


class OneTimeLink(Base):
    """A link that lets its holder choose a password, once and within the hour: set-up or reset."""

    __tablename__ = "one_time_link"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    """None: it makes the first administrator."""
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignIn(Base):
    """A person's session in a browser; revoked by deleting the row."""

    __tablename__ = "sign_in"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(String(300), default="")


class ApiToken(Base):
    """A program's key to the API; shown once, kept as a hash."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AuditEntry(Base):
    """One line of the trail: who did what to which thing, and what it was before and after. Never changed."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(100))
    """A person's or token's id, or `cli`."""
    action: Mapped[str] = mapped_column(String(50))
    """Such as `playlist.update`."""
    object_id: Mapped[str | None] = mapped_column(String(20))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    address: Mapped[str | None] = mapped_column(String(64))
