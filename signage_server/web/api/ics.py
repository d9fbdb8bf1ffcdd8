"""Schedules as iCalendar files, out and in. Reading keeps nothing: a person completes what was read and saves it."""

from collections.abc import Callable
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint, FileSchema
from flask import Response, request

from signage_server.clock import from_ms, to_ms
from signage_server.errors import Invalid, Language
from signage_server.library.naming import search_key
from signage_server.offload import off_loop
from signage_server.scheduling import day_sets, specs
from signage_server.scheduling.ical.reading import ReadEvent, Refused, read_ics
from signage_server.scheduling.ical.writing import write_ics
from signage_server.scheduling.recurrence import next_occurrences
from signage_server.scheduling.schedules import find
from signage_server.scheduling.sentences import say_schedule
from signage_server.web.api.openapi import takes_file
from signage_server.web.api.previews import PREVIEWED
from signage_server.web.api.schedules import windows_out
from signage_server.web.problems import language
from signage_server.web.rooms import rooms
from signage_server.web.schemas.ics import IcsDraft, IcsReading, IcsRefused

blueprint = APIBlueprint("calendar_files", __name__, tag="Schedules")

ICS_BYTES_MOST = 1024 * 1024
_FORM_BYTES_MOST = 10_000
"""What a form adds to the file in it."""
READING_SECONDS_MOST = 5.0
"""An ordinary file of 500 events takes a fifth of a second."""


class IcsTooLarge(Invalid):
    """More than a calendar of schedules can be."""

    code = "ics_too_large"
    status = 413
    vi = "Tệp lịch lớn hơn 1 MB. Hãy chỉ xuất những sự kiện cần chiếu."
    en = "The calendar file is larger than 1 MB. Export only the events that are to be shown."


class IcsTooSlow(Invalid):
    """Hundreds of rules that are on once in decades."""

    code = "ics_too_slow"
    vi = "Tệp lịch có quá nhiều quy tắc lặp lại hiếm khi xảy ra nên đọc quá lâu. Hãy chỉ xuất những sự kiện cần chiếu."
    en = "The calendar is full of rules that are hardly ever on and takes too long. Export only what is to be shown."


@blueprint.get("/schedules/<schedule_id>/ics")
@blueprint.output(FileSchema(type="string"), content_type="text/calendar")
def export_schedule(schedule_id: str) -> Response:
    """A schedule as an iCalendar file. Day sets are written out as single days, for at most five years ahead."""
    with rooms().db.read() as session:
        schedule = find(session, schedule_id)
        known = day_sets.days_for(session, [schedule])
        draft = specs.draft_of(schedule, known)
        said = day_sets.said_sets(draft, day_sets.names_of(session, known, language()))
    spec = specs.spec_of_draft(draft, schedule_id)
    sentence = say_schedule(spec, language(), said)
    text = off_loop(write_ics, draft.name, spec, sentence, rooms().clock())
    return Response(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_file_name(draft.name, schedule_id)}"'},
    )


@blueprint.post("/schedules/read-ics")
@takes_file("text/calendar")
@blueprint.output(IcsReading)
@blueprint.doc(responses={413: "The file is larger than 1 MB."})
def read_calendar_file() -> Any:
    """Read an iCalendar file (up to 1 MB) as drafts of schedules; nothing is saved.

    The file is the body (`text/calendar`), or the part `file` of a multipart form. An event that cannot be played is
    told in `refused` and hinders no other.
    """
    zone, now_ms = ZoneInfo(rooms().settings.timezone), to_ms(rooms().clock())
    return off_loop(_read, _sent_file(), language(), zone, now_ms)


def _sent_file() -> bytes:
    most = ICS_BYTES_MOST + _FORM_BYTES_MOST
    request.max_content_length = most
    if (request.content_length or 0) > most:
        raise IcsTooLarge()
    if request.mimetype == "multipart/form-data":
        file = request.files.get("file")
        data = file.read() if file is not None else b""
    else:
        data = request.get_data(cache=False)
    if len(data) > ICS_BYTES_MOST:
        raise IcsTooLarge()
    return data


def _read(data: bytes, said_in: Language, own_zone: ZoneInfo, now_ms: int) -> IcsReading:
    check_time = _patience(READING_SECONDS_MOST)
    reading = read_ics(data, check_time, own_zone.key)
    items = []
    for event in reading.events:
        check_time()
        items.append(_draft(event, said_in, own_zone, now_ms))
    return IcsReading(items=items, refused=[_refused(one, said_in) for one in reading.refused])


def _patience(seconds: float) -> Callable[[], None]:
    """A function that raises IcsTooSlow when so much time has passed."""
    until = monotonic() + seconds

    def check_time() -> None:
        if monotonic() > until:
            raise IcsTooSlow()

    return check_time


def _draft(event: ReadEvent, said_in: Language, own_zone: ZoneInfo, now_ms: int) -> IcsDraft:
    spec = event.spec
    zone = ZoneInfo(spec.zone_name) if spec.zone_name else own_zone
    coming = next_occurrences(spec.rule, spec.windows, zone, now_ms, PREVIEWED)
    return IcsDraft(
        name=event.name,
        first_day=spec.rule.first_day,
        last_day=spec.rule.last_day,
        rrule=spec.rule.rrule,
        except_days=list(spec.rule.except_days),
        extra_days=list(spec.rule.extra_days),
        windows=windows_out(spec.windows),
        zone=spec.zone_name,
        role=spec.role,
        every_ms=spec.every_ms,
        take=spec.take if spec.role == "reminder" else None,
        priority=spec.priority,
        share_permille=spec.share_permille,
        silences_reminders=spec.silences_reminders,
        sentence=say_schedule(spec, said_in),
        next=[(from_ms(one.start_ms), from_ms(one.end_ms)) for one in coming],
    )


def _refused(one: Refused, said_in: Language) -> IcsRefused:
    return IcsRefused(name=one.name, code=one.why.code, detail=one.why.message(said_in))


def _file_name(name: str, schedule_id: str) -> str:
    """The name in plain letters, which every browser and mail program can write."""
    words = "-".join(
        "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in search_key(name)).split()
    )
    return f"{words[:60] or schedule_id}.ics"
