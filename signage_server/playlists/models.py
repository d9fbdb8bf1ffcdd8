"""Tables of the playlists room."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from signage_server.db import Base


class Playlist(Base):
    """An ordered list of slides."""

    __tablename__ = "playlist"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    slides: Mapped[list["Slide"]] = relationship(
        back_populates="playlist",
        cascade="all, delete-orphan",
        order_by="Slide.position",
        passive_deletes=True,
    )


class Slide(Base):
    """One showing of an asset in a playlist."""

    __tablename__ = "slide"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    playlist_id: Mapped[str] = mapped_column(ForeignKey("playlist.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    asset_id: Mapped[str] = mapped_column(ForeignKey("asset.id"), index=True)
    duration_ms: Mapped[int]
    fit: Mapped[str] = mapped_column(String(10), default="cover")
    """`cover` fills the screen and crops; `contain` shows all of it, with bars."""
    focus_x: Mapped[int] = mapped_column(default=500)
    focus_y: Mapped[int] = mapped_column(default=500)
    """Per mille of the picture's width and height that stay in view when it is cropped."""
    transition: Mapped[str] = mapped_column(String(10), default="fade")
    playlist: Mapped[Playlist] = relationship(back_populates="slides")
