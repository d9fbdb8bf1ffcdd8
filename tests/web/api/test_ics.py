import io
from datetime import date
from time import perf_counter

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from signage_server.scheduling.day_sets import DaySetDraft
from signage_server.scheduling.public_days import NamedDay
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.web.api import ics
from signage_server.web.rooms import Rooms
from tests.content import ADMIN, add_playlist, add_schedule, root_of

READ = "/api/v1/schedules/read-ics"
RULE = DateRule(date(2026, 3, 2), date(2026, 12, 31), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
EVENT = """BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Loa phường
DTSTART;TZID=Asia/Ho_Chi_Minh:20260302T170000
DTEND;TZID=Asia/Ho_Chi_Minh:20260302T190000
RRULE:FREQ=WEEKLY;BYDAY=MO,TH
END:VEVENT
BEGIN:VEVENT
SUMMARY:Mỗi 15 phút
DTSTART:20260302T170000
DURATION:PT1M
RRULE:FREQ=MINUTELY;INTERVAL=15
END:VEVENT
END:VCALENDAR
"""


def test_a_schedule_goes_out_as_a_file_and_comes_back_as_a_draft(program: FlaskClient, rooms: Rooms) -> None:
    schedule_id = add_schedule(
        rooms,
        add_playlist(rooms),
        name="Đeo khẩu trang: sáng & chiều",
        role="reminder",
        rule=RULE,
        windows=(Window(420, 540), Window(1020, 1140)),
        zone="Asia/Ho_Chi_Minh",
        every_ms=900_000,
        take="next",
    )
    answer = program.get(f"/api/v1/schedules/{schedule_id}/ics", headers={"Accept-Language": "vi"})
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="deo-khau-trang-sang-chieu.ics"'
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["Đeo khẩu trang: sáng & chiều"] * 2
    assert str(events[0]["DESCRIPTION"]).startswith("Nhắc lại mỗi 15 phút, Thứ Hai–Thứ Sáu, 07:00–09:00")
    read = program.post(READ, data=answer.data, content_type="text/calendar").json
    assert read["refused"] == []
    (draft,) = read["items"]
    kept = program.get(f"/api/v1/schedules/{schedule_id}").json
    assert {key: draft[key] for key in draft if key != "next"} == {
        key: kept[key] for key in draft if key != "next"
    }


def test_day_sets_are_written_out(program: FlaskClient, rooms: Rooms) -> None:
    closed = rooms.day_sets.create(
        ADMIN, DaySetDraft("Nghỉ", root_of(rooms), (NamedDay(date(2026, 3, 4), "Nghỉ"),))
    )
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=RULE, exclude_sets=(closed,))
    answer = program.get(f"/api/v1/schedules/{schedule_id}/ics")
    assert b"EXDATE;VALUE=DATE:20260304" in answer.data


def test_a_schedule_that_is_not_there_has_no_file(program: FlaskClient) -> None:
    assert program.get("/api/v1/schedules/sch_x/ics").status_code == 404


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize(
    ("language", "sentence", "reason"),
    [
        ("vi", "Thứ Hai và Thứ Năm, 17:00–19:00, từ 02/03/2026, theo giờ Asia/Ho_Chi_Minh", "lời nhắc"),
        ("en", "Monday and Thursday, 17:00–19:00, from 2 March 2026, Asia/Ho_Chi_Minh time", "reminder"),
    ],
)
def test_a_file_is_read_in_the_callers_language(
    program: FlaskClient, form: bool, language: str, sentence: str, reason: str
) -> None:
    data = EVENT.encode()
    body = (
        {"data": {"file": (io.BytesIO(data), "lich.ics")}}
        if form
        else {"data": data, "content_type": "text/calendar"}
    )
    answer = program.post(READ, headers={"Accept-Language": language}, **body)
    assert answer.status_code == 200
    (draft,) = answer.json["items"]
    assert draft == {
        "name": "Loa phường",
        "first_day": "2026-03-02",
        "last_day": None,
        "rrule": "FREQ=WEEKLY;BYDAY=MO,TH",
        "except_days": [],
        "extra_days": [],
        "windows": [{"start": "17:00", "end": "19:00"}],
        "zone": "Asia/Ho_Chi_Minh",
        "role": "rotation",
        "every_ms": None,
        "take": None,
        "priority": 0,
        "share_permille": None,
        "silences_reminders": False,
        "sentence": sentence,
        "next": draft["next"],
    }
    assert draft["next"][0] == ["2026-03-02T10:00:00.000Z", "2026-03-02T12:00:00.000Z"]
    assert len(draft["next"]) == 5
    (refused,) = answer.json["refused"]
    assert (refused["name"], refused["code"]) == ("Mỗi 15 phút", "rrule_sub_daily")
    assert reason in refused["detail"]


def test_what_was_read_can_be_saved(program: FlaskClient, rooms: Rooms) -> None:
    (draft,) = program.post(READ, data=EVENT.encode(), content_type="text/calendar").json["items"]
    body = {key: value for key, value in draft.items() if key not in ("sentence", "next")}
    body |= {"playlist_id": add_playlist(rooms), "targets": [{"kind": "all"}]}
    assert program.post("/api/v1/schedules", json=body).status_code == 201


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "ics_not_calendar"),
        (b"\xff\xfe\x00", 422, "ics_not_utf8"),
        (EVENT.encode() + b"X" * 1024 * 1024, 413, "ics_too_large"),
        (EVENT.encode() + b"X" * 4 * 1024 * 1024, 413, "ics_too_large"),
    ],
)
def test_what_is_no_calendar_is_refused(program: FlaskClient, data: bytes, status: int, code: str) -> None:
    answer = program.post(READ, data=data, content_type="text/calendar")
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_form_without_a_file_is_refused(program: FlaskClient) -> None:
    answer = program.post(READ, data={"other": "x"}, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["code"]) == (422, "ics_not_calendar")


def test_strangers_read_nothing(stranger: FlaskClient) -> None:
    assert stranger.post(READ, data=EVENT.encode(), content_type="text/calendar").status_code == 401


def test_a_file_that_takes_for_ever_is_given_up(
    program: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ics, "READING_SECONDS_MOST", 0.01)
    once_in_decades = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"
    event = f"BEGIN:VEVENT\nDTSTART:202603{{day:02}}T070000\nDURATION:PT1H\n{once_in_decades}\nEND:VEVENT\n"
    events = "".join(event.format(day=1 + number % 28) + "" for number in range(100))
    began = perf_counter()
    answer = program.post(
        READ, data=f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".encode(), content_type="text/calendar"
    )
    assert (answer.status_code, answer.json["code"]) == (422, "ics_too_slow")
    assert perf_counter() - began < 3
