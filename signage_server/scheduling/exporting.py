"""A playlist with its schedules written out as a document, for another installation or for hand-editing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.errors import Conflict
from signage_server.library.models import Asset
from signage_server.library.naming import search_key
from signage_server.playlists import documents
from signage_server.playlists.day_lists import BUILT_IN_SETS
from signage_server.playlists.models import Playlist
from signage_server.playlists.playlists import find
from signage_server.scheduling.day_sets import sets_of
from signage_server.scheduling.models import DaySet, Schedule
from signage_server.scheduling.public_days import IDS_BY_NAME, PUBLIC_DAYS
from signage_server.scheduling.rules import WEEKDAYS, parse_rrule

_LANGUAGE = "vi"


class PictureNotInDocuments(Conflict):
    """Documents carry words, not files."""

    code = "picture_not_in_documents"
    vi = "Tài liệu danh sách phát chỉ chứa thông báo soạn sẵn; hãy bỏ các ảnh tải lên này khỏi danh sách: {names}."
    en = "Playlist documents hold composed notices only; take these uploaded pictures out of the playlist: {names}."


class ScheduleNotInDocuments(Conflict):
    """Documents know weekdays and windows; this schedule has more."""

    code = "schedule_not_in_documents"
    vi = "Tài liệu danh sách phát chưa ghi được hết lịch “{name}” ({what}). Hãy đơn giản hoá lịch này rồi xuất lại."
    en = "Playlist documents cannot say all of the schedule “{name}” ({what}). Make it simpler and export again."


def export_document(session: Session, playlist_id: str) -> documents.Document:
    """The document of a playlist, its notices and its schedules.

    Raises:
        UnknownPlaylist: there is none with this id.
        PictureNotInDocuments, ScheduleNotInDocuments, DocumentInvalid: it holds what a document cannot say.
    """
    playlist = find(session, playlist_id)
    assets = _assets(session, playlist)
    names = dict(zip(assets, _names(asset.name for asset in assets.values()), strict=True))
    scheduled = session.scalars(
        select(Schedule).where(Schedule.playlist_id == playlist_id).order_by(Schedule.name, Schedule.id)
    ).all()
    sets = _own_sets(session, scheduled)
    called = dict(zip(sets, _names((*BUILT_IN_SETS, *(one.name for one in sets.values())))[2:], strict=True))
    called |= {set_id: built_in for built_in, set_id in IDS_BY_NAME.items()}
    name = _names([playlist.name])[0]
    return documents.from_data(
        {
            "format": 1,
            "campaign": {"name": name, "title": playlist.name, "language": _language(assets.values())},
            "notices": {names[asset.id]: asset.notice for asset in assets.values()},
            "playlists": {name: {"title": playlist.name, "slides": _slides(playlist, names)}},
            "day_sets": {called[set_id]: _day_set(row) for set_id, row in sets.items()},
            "schedules": [_schedule(row, name, called) for row in scheduled],
        }
    )


def _assets(session: Session, playlist: Playlist) -> dict[str, Asset]:
    """The assets in the order in which they are first shown."""
    ids = dict.fromkeys(slide.asset_id for slide in playlist.slides)
    found = {asset.id: asset for asset in session.scalars(select(Asset).where(Asset.id.in_(ids)))}
    assets = {asset_id: found[asset_id] for asset_id in ids}
    if pictures := [f"“{asset.name}”" for asset in assets.values() if asset.notice is None]:
        raise PictureNotInDocuments(names=", ".join(pictures))
    return assets


def _language(assets: Iterable[Asset]) -> str:
    return next((asset.notice.get("language", _LANGUAGE) for asset in assets if asset.notice), _LANGUAGE)


def _slides(playlist: Playlist, names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "notice": names[slide.asset_id],
            "duration": f"{slide.duration_ms}ms",
            "fit": slide.fit,
            "transition": slide.transition,
        }
        for slide in playlist.slides
    ]


def _own_sets(session: Session, schedules: Sequence[Schedule]) -> dict[str, DaySet]:
    """The operators' day sets that the schedules name, by id, in the order of their names."""
    named = sets_of(schedules) - PUBLIC_DAYS.keys()
    rows = session.scalars(select(DaySet).where(DaySet.id.in_(named)).order_by(DaySet.name, DaySet.id))
    return {row.id: row for row in rows}


def _day_set(row: DaySet) -> dict[str, Any]:
    return {"title": row.name, "days": row.days}


def _schedule(schedule: Schedule, playlist: str, sets: Mapping[str, str]) -> dict[str, Any]:
    if unsaid := _unsaid(schedule):
        raise ScheduleNotInDocuments(name=schedule.name, what=", ".join(unsaid))
    said = {
        "playlist": playlist,
        "role": schedule.role,
        "days": _days(schedule),
        "windows": [{"from": _wall_time(start), "to": _wall_time(end)} for start, end in schedule.windows],
        "first_day": schedule.first_day,
        "last_day": schedule.last_day,
        "only_on": [sets[one] for one in schedule.only_sets] or None,
        "also_on": [*(sets[one] for one in schedule.include_sets), *schedule.extra_days] or None,
        "not_on": [*(sets[one] for one in schedule.exclude_sets), *schedule.except_days] or None,
        "every": f"{schedule.every_ms}ms" if schedule.every_ms else None,
        "take": schedule.take,
        "priority": schedule.priority or None,
    }
    return {field: value for field, value in said.items() if value is not None}


def _unsaid(schedule: Schedule) -> list[str]:
    """What of the schedule a document has no words for."""
    rule = parse_rrule(schedule.rrule or "FREQ=DAILY")
    plain = {"FREQ=DAILY", "FREQ=WEEKLY;BYDAY=" + ",".join(WEEKDAYS[day] for day in rule.weekdays)}
    unsaid = {
        "rrule": str(rule) not in plain,
        "zone": schedule.zone is not None,
        "share_permille": schedule.share_permille is not None,
        "silences_reminders": schedule.silences_reminders,
    }
    return [field for field, is_there in unsaid.items() if is_there]


def _days(schedule: Schedule) -> Sequence[str] | None:
    weekdays = parse_rrule(schedule.rrule or "FREQ=DAILY").weekdays
    return [documents.DAYS[day] for day in weekdays] or None


def _wall_time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _names(titles: Iterable[str]) -> list[str]:
    """Names for hand-editing, made of titles: small letters and digits, each once."""
    found: list[str] = []
    for title in titles:
        name = re.sub(r"[^a-z0-9]+", "-", search_key(title)).strip("-")[:34].strip("-") or "slide"
        number = 2
        wanted = name
        while wanted in found:
            wanted, number = f"{name}-{number}", number + 1
        found.append(wanted)
    return found
