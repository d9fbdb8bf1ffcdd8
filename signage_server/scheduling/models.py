"""Tables of the scheduling room."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from signage_server.db import Base


class Schedule(Base):
    """A playlist + where (targets) + when (recurrence) + how (role). Wall-clock facts only (DESIGN §4)."""

    __tablename__ = "schedule"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    playlist_id: Mapped[str | None] = mapped_column(ForeignKey("playlist.id"), index=True)
    """None only for the role `off`."""
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(10))
    """`rotation`, `reminder`, `takeover` or `off`."""
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    """Inclusive; None: for good."""
    rrule: Mapped[str | None] = mapped_column(String(500))
    """RFC 5545 rule over dates, such as `FREQ=WEEKLY;BYDAY=MO,TU`; None: every day."""
    except_days: Mapped[list[str]] = mapped_column(JSON, default=list)
    extra_days: Mapped[list[str]] = mapped_column(JSON, default=list)
    only_sets: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Ids of day sets; of the rule's days those count that stand in one of them. Empty: all do."""
    include_sets: Mapped[list[str]] = mapped_column(JSON, default=list)
    exclude_sets: Mapped[list[str]] = mapped_column(JSON, default=list)
    windows: Mapped[list[list[int]]] = mapped_column(JSON)
    """Half-open [from, to) in minutes of the day; to < from crosses midnight; [0, 1440] is all day."""
    zone: Mapped[str | None] = mapped_column(String(50))
    """None: each screen's own."""
    priority: Mapped[int] = mapped_column(default=0)
    share_permille: Mapped[int | None]
    every_ms: Mapped[int | None]
    take: Mapped[str | None] = mapped_column(String(10))
    """Of a reminder: `next` slide of its playlist each time, or `all` of it."""
    silences_reminders: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    targets: Mapped[list["ScheduleTarget"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ScheduleTarget.id"
    )


class ScheduleTarget(Base):
    """One of the places a schedule goes to; several are a union."""

    __tablename__ = "schedule_target"

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[str] = mapped_column(ForeignKey("schedule.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    """`all`, `unit` (with what is below it), `tag` or `screen`."""
    ref: Mapped[str | None] = mapped_column(String(40))
    """The unit's or screen's id, or the tag; None for `all`."""


class DaySet(Base):
    """Named dates that schedules include or exclude. The built-in ones have no row (scheduling.public_days)."""

    __tablename__ = "day_set"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    days: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    """In order: `{"day": "2027-09-05", "name": "Khai giảng"}`; the name may be empty."""
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
