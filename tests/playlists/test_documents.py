import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from signage_server.library.notices import Notice
from signage_server.playlists import day_lists, documents
from signage_server.playlists.documents import DAYS, Document, Schedule, Window
from signage_server.playlists.problems import DocumentInvalid

SHIPPED = Path(__file__).resolve().parents[2] / "playlists"

SMALL = """
campaign: {name: rua-tay, title: Rửa tay}
common: {issuer: Sở Y tế}
notices:
  rua-tay: {template: message, headline: Rửa tay}
playlists:
  vong: {title: Rửa tay, slides: [{notice: rua-tay, duration: 12s}]}
schedules:
  - {playlist: vong}
"""


def small(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(SMALL)
    return data | changes


def scheduled(**fields: Any) -> Schedule:
    (schedule,) = documents.from_data(small(schedules=[{"playlist": "vong"} | fields])).schedules
    return schedule


def problem_with(data: object) -> DocumentInvalid:
    with pytest.raises(DocumentInvalid) as refused:
        documents.from_data(data)
    return refused.value


@pytest.fixture(params=["bluezone.yaml", "bluezone-en.yaml"])
def shipped(request: pytest.FixtureRequest) -> Document:
    return documents.load((SHIPPED / request.param).read_text(encoding="utf-8"))


def test_a_document_comes_back_as_it_was(shipped: Document) -> None:
    assert documents.load(documents.dump(shipped)) == shipped
    assert documents.from_data(documents.to_data(shipped)) == shipped


def test_a_dump_is_stable_and_says_nothing_needless(shipped: Document) -> None:
    text = documents.dump(shipped)
    assert documents.dump(documents.load(text)) == text
    assert "null" not in text
    assert "\\u" not in text


def test_every_notice_of_the_campaign_is_shown(shipped: Document) -> None:
    used = {slide.notice for playlist in shipped.playlists.values() for slide in playlist.slides}
    assert used == set(shipped.notices)


def test_both_languages_have_the_same_slides() -> None:
    files = [
        documents.load((SHIPPED / name).read_text(encoding="utf-8"))
        for name in ("bluezone.yaml", "bluezone-en.yaml")
    ]
    shapes = [[(n.template, n.figure, n.qr, n.ground) for n in file.notices.values()] for file in files]
    assert [file.campaign.language for file in files] == ["vi", "en"]
    assert shapes[0] == shapes[1]


def test_the_campaign_runs_all_day_and_reminds_every_quarter_hour_on_working_days() -> None:
    document = documents.load((SHIPPED / "bluezone.yaml").read_text(encoding="utf-8"))
    loop, reminder = document.schedules
    assert (loop.role, loop.rrule, loop.windows) == ("rotation", "FREQ=DAILY", (documents.ALL_DAY,))
    assert (reminder.role, reminder.every_ms, reminder.take) == ("reminder", 900_000, "next")
    assert reminder.rrule == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    assert [(w.from_time, w.to_time) for w in reminder.windows] == [("07:00", "19:00")]
    assert len(document.playlists[loop.playlist or ""].slides) >= 8


def test_common_fields_belong_to_every_notice_that_does_not_say_otherwise() -> None:
    data = small()
    data["notices"]["khac"] = {"template": "hero", "headline": "Khác", "issuer": "Sở Công Thương"}
    document = documents.from_data(data)
    assert [notice.issuer for notice in document.notices.values()] == ["Sở Y tế", "Sở Công Thương"]


def test_a_notice_in_another_language_than_its_campaign_survives() -> None:
    data = small(campaign={"name": "rua-tay", "title": "Wash", "language": "en"})
    data["notices"]["rua-tay"]["language"] = "vi"
    document = documents.from_data(data)
    assert document.notices["rua-tay"].language == "vi"
    assert documents.load(documents.dump(document)) == document


@pytest.mark.parametrize(
    ("written", "ms"),
    [("12s", 12_000), ("1500ms", 1500), ("2min", 120_000), ("1h", 3_600_000), ("12 s", 12_000)],
)
def test_lengths_of_time_carry_their_unit(written: str, ms: int) -> None:
    data = small()
    data["playlists"]["vong"]["slides"][0]["duration"] = written
    document = documents.from_data(data)
    assert document.playlists["vong"].length_ms == ms
    assert documents.load(documents.dump(document)) == document


def test_a_time_of_day_needs_no_quotation_marks() -> None:
    text = SMALL.replace(
        "{playlist: vong}", "{playlist: vong, windows: [{from: 07:00, to: 19:30}, {from: 22:00, to: 24:00}]}"
    )
    (schedule,) = documents.load(text).schedules
    assert schedule.windows == (
        Window(from_time="07:00", to_time="19:30"),
        Window(from_time="22:00", to_time="24:00"),
    )


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("mon-fri", DAYS[:5]),
        ("sat", ("sat",)),
        (["sun", "mon"], ("mon", "sun")),
        ("sat-mon", ("mon", "sat", "sun")),
        (["mon-tue", "fri"], ("mon", "tue", "fri")),
    ],
)
def test_days_are_named_or_ranged(written: object, days: tuple[str, ...]) -> None:
    assert scheduled(days=written).days == days


def test_dates_and_day_sets_stand_together() -> None:
    schedule = scheduled(not_on=["vn-tet", "2026-09-02", date(2026, 9, 5)], only_on=["vn-holidays"])
    assert schedule.not_on == ("vn-tet", date(2026, 9, 2), date(2026, 9, 5))
    assert (schedule.also_on, schedule.sets) == (None, ("vn-holidays", "vn-tet"))


def test_days_of_the_year_are_dates() -> None:
    schedule = scheduled(first_day=date(2020, 8, 19), last_day="2020-09-30")
    assert (schedule.first_day, schedule.last_day) == (date(2020, 8, 19), date(2020, 9, 30))


@pytest.mark.parametrize(
    ("change", "place", "vi", "en"),
    [
        ({"notices": {"Rửa": {"template": "hero", "headline": "x"}}}, "notices › Rửa", "chữ thường", "small letters"),
        ({"notices": {"a": {"template": "hero"}}}, "notices › a › headline", "thiếu", "missing"),
        ({"notices": {"a": {"template": "heroo", "headline": "x"}}}, "notices › a › template", "một trong", "one of"),
        ({"notices": {"a": {"template": "hero", "headline": "x", "Qr": 1}}}, "notices › a › Qr", "tả", "spelling"),
        ({"notices": {"a": {"template": "hero", "headline": "😀"}}}, "notices › a › headline", "ký tự", "typeface"),
        ({"playlists": {"v": {"title": "x", "slides": []}}}, "playlists › v › slides", "ít nhất 1", "at least 1"),
        (
            {"playlists": {"v": {"title": "x", "slides": [{"notice": "rua-tay", "duration": 12}]}}},
            "playlists › v › slides › 1 › duration", "12s", "12s",
        ),
        (
            {"playlists": {"v": {"title": "x", "slides": [{"notice": "rua-tay", "duration": "100ms"}]}}},
            "playlists › v › slides › 1 › duration", "từ 1000", "at least 1000",
        ),
        (
            {"playlists": {"v": {"title": "x", "slides": [{"notice": "khac", "duration": "9s"}]}}},
            "", "không có “khac”", "no “khac”",
        ),
        ({"schedules": [{"playlist": "khac"}]}, "", "không có “khac”", "no “khac”"),
        ({"schedules": [{"playlist": "vong", "days": "t2"}]}, "schedules › 1 › days", "mon-fri", "mon-fri"),
        ({"schedules": [{"playlist": "vong", "days": []}]}, "schedules › 1 › days", "mon-fri", "mon-fri"),
        ({"schedules": [{"playlist": "vong", "role": "reminder"}]}, "schedules › 1", "“every”", "“every”"),
        ({"schedules": [{"playlist": "vong", "every": "15min"}]}, "schedules › 1", "không dùng", "has no"),
        ({"schedules": [{"playlist": "vong", "take": "all"}]}, "schedules › 1", "không dùng", "has no"),
        ({"schedules": [{"role": "off", "playlist": "vong"}]}, "schedules › 1", "không dùng", "has no"),
        (
            {"schedules": [{"playlist": "vong", "windows": [{"from": "07:00", "to": "07:00"}]}]},
            "schedules › 1 › windows › 1", "khác nhau", "differ",
        ),
        (
            {"schedules": [{"playlist": "vong", "windows": [{"from": "7:00", "to": "25:00"}]}]},
            "schedules › 1 › windows › 1 › from", "07:00", "07:00",
        ),
        (
            {"schedules": [{"playlist": "vong", "first_day": "2020-09-02", "last_day": "2020-09-01"}]},
            "schedules › 1", "Ngày cuối", "last day",
        ),
        ({"schedules": [{"playlist": "vong", "not_on": ["khac"]}]}, "", "không có “khac”", "no “khac”"),
        (
            {"schedules": [{"playlist": "vong", "not_on": ["2026-02-30"]}]},
            "schedules › 1 › not_on › 1", "2026-09-05", "2026-09-05",
        ),
        ({"schedules": [{"playlist": "vong", "not_on": ["Lễ"]}]}, "schedules › 1 › not_on › 1", "vn-", "vn-"),
        ({"schedules": [{"playlist": "vong", "also_on": [5]}]}, "schedules › 1 › also_on › 1", "vn-", "vn-"),
        ({"day_sets": {"hoc": {"title": "x", "days": []}}}, "day_sets › hoc › days", "ít nhất 1", "at least 1"),
        ({"format": 2}, "format", "một trong", "one of"),
        ({"common": ["x"]}, "", "common", "common"),
        ({"thumbnail": 1}, "thumbnail", "chính tả", "spelling"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place_and_what_to_do(
    change: dict[str, Any], place: str, vi: str, en: str
) -> None:
    found = problem_with(small(**change)).problems[0]
    assert found.place == place
    assert vi in found.sentence("vi")
    assert en in found.sentence("en")


def test_all_mistakes_are_told_at_once() -> None:
    data = small(schedules=[{"playlist": "vong", "days": "t2"}, {"playlist": "vong", "every": "often"}])
    refused = problem_with(data)
    assert [problem.place for problem in refused.problems] == [
        "schedules › 1 › days",
        "schedules › 2 › every",
    ]
    assert refused.message("vi").count("\n") == 2


@pytest.mark.parametrize("data", [None, [], "text", 7, {}, {"notices": 1}, {"campaign": None}])
def test_anything_else_is_refused_and_never_crashes(data: object) -> None:
    assert problem_with(data).problems


def test_text_that_is_not_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(DocumentInvalid) as refused:
        documents.load("campaign:\n  name: [1\n")
    assert "3" in refused.value.problems[0].place


def test_yaml_cannot_make_python_objects() -> None:
    with pytest.raises(DocumentInvalid):
        documents.load("!!python/object/apply:os.system ['true']")


def test_an_off_schedule_needs_no_playlist() -> None:
    document = documents.from_data(
        small(schedules=[{"role": "off", "windows": [{"from": "22:00", "to": "05:00"}]}])
    )
    assert documents.load(documents.dump(document)) == document


def test_control_characters_in_yaml_are_refused() -> None:
    with pytest.raises(DocumentInvalid):
        documents.load("campaign: \x00")


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(DocumentInvalid):
        documents.load("[" * 5000)


def test_a_name_given_twice_is_refused_with_its_line() -> None:
    with pytest.raises(DocumentInvalid) as refused:
        documents.load(SMALL.replace("playlists:", "  rua-tay: {template: hero, headline: Khác}\nplaylists:"))
    (problem,) = refused.value.problems
    assert ("rua-tay" in problem.vi, "6" in problem.place) == (True, True)


DESCRIPTION = (SHIPPED.parent / "docs" / "playlist-documents.md").read_text(encoding="utf-8")


def test_the_example_in_the_description_is_a_document() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", DESCRIPTION, re.DOTALL)
    assert documents.load(example).campaign.name == "rua-tay"


@pytest.mark.parametrize(
    "part",
    [
        documents.Campaign,
        documents.Playlist,
        documents.Slide,
        day_lists.DaySet,
        documents.Schedule,
        documents.Window,
        Notice,
    ],
)
def test_every_field_is_described(part: type[BaseModel]) -> None:
    names = [field.alias or name for name, field in part.model_fields.items()]
    assert [
        name for name in names if not re.search(rf"`(slides: |windows: |days: )?{name}`", DESCRIPTION)
    ] == []
