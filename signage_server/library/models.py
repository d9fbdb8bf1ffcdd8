"""Tables of the library room."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from signage_server.db import Base


class Asset(Base):
    """Something that can be shown; known by the SHA-256 of its source."""

    __tablename__ = "asset"
    __table_args__ = (Index("asset_by_source", "unit_id", "source_sha256", unique=True),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(10))
    """`image` (an uploaded picture) or `notice` (composed from a template)."""
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), index=True)
    """The name without case and diacritics, for searching: `cài đặt` is found by `cai dat`."""
    source_sha256: Mapped[str] = mapped_column(String(64))
    source_bytes: Mapped[int]
    source_type: Mapped[str] = mapped_column(String(50))
    """Detected, never believed from the sender: `image/png`; of a notice `application/vnd.signage.notice+json`."""
    notice: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The fields of a composed notice (library.notices.Notice); None for an upload."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    """Pixels of the picture as it stands upright; None for a notice, which fits any size."""
    state: Mapped[str] = mapped_column(String(10), default="processing")
    """`processing`, `ready` (has a rendition for every profile that is always made) or `failed`."""
    failure: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Of a failed one: the error's `code` and facts, so that it can be said in any language."""
    alt: Mapped[str] = mapped_column(String(1000), default="")
    expires_at: Mapped[datetime | None]
    """From then on no board shows it."""
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    renditions: Mapped[list["Rendition"]] = relationship(
        back_populates="asset", cascade="all, delete-orphan", passive_deletes=True
    )


class Rendition(Base):
    """An asset prepared for a profile, itself known by SHA-256; its file lies in `media/served/`."""

    __tablename__ = "rendition"

    asset_id: Mapped[str] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True)
    profile: Mapped[str] = mapped_column(String(30), primary_key=True)
    """A profile's name (library.profiles), or `thumbnail`."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    type: Mapped[str] = mapped_column(String(20))
    size_bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    asset: Mapped[Asset] = relationship(back_populates="renditions")
