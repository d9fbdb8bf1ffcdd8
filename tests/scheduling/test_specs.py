from datetime import date

import pytest

from signage_server.scheduling.models import Schedule
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.scheduling.specs import ScheduleDraft, draft_of, put, spec_of
from signage_server.scheduling.targets import EVERYWHERE, Target
from signage_server.scheduling.timeline import ScheduleSpec, SlideSpec

RULE = DateRule(
    date(2020, 8, 19),
    date(2020, 12, 31),
    "FREQ=WEEKLY;BYDAY=MO,TU",
    (date(2020, 9, 2),),
    (date(2020, 9, 5), date(2020, 9, 6)),
)
REMINDER = ScheduleDraft(
    name="Nhắc",
    unit_id="unt_1",
    role="reminder",
    rule=RULE,
    playlist_id="pls_1",
    targets=(Target("unit", "unt_1"), Target("screen", "scr_1")),
    windows=(Window(420, 1140), Window(1320, 300)),
    zone="Asia/Bangkok",
    every_ms=900_000,
    take="all",
)
TAKEOVER = ScheduleDraft(
    name="Bão",
    unit_id="unt_1",
    role="takeover",
    rule=DateRule(date(2020, 8, 19)),
    playlist_id="pls_1",
    priority=5,
    silences_reminders=True,
)
OFF = ScheduleDraft(name="Tắt", unit_id="unt_1", role="off", rule=DateRule(date(2020, 8, 19)))


def row_of(draft: ScheduleDraft) -> Schedule:
    row = Schedule(id="sch_1")
    put(row, draft)
    return row


@pytest.mark.parametrize("draft", [REMINDER, TAKEOVER, OFF], ids=lambda draft: draft.role)
def test_a_draft_written_into_a_row_is_read_back(draft: ScheduleDraft) -> None:
    assert draft_of(row_of(draft), {}) == draft


def test_targets_that_stay_keep_their_rows() -> None:
    row = row_of(REMINDER)
    targets = list(row.targets)
    put(row, REMINDER)
    assert row.targets == targets
    put(row, TAKEOVER)
    assert draft_of(row, {}).targets == (EVERYWHERE,)


def test_a_spec_is_all_that_time_needs_to_know() -> None:
    slides = [SlideSpec("sld_1", 10_000), SlideSpec("sld_2", 5_000, until_ms=9)]
    assert spec_of(row_of(REMINDER), slides, {}) == ScheduleSpec(
        id="sch_1",
        role="reminder",
        rule=RULE,
        windows=(Window(420, 1140), Window(1320, 300)),
        zone_name="Asia/Bangkok",
        every_ms=900_000,
        take="all",
        slides=tuple(slides),
    )
    takeover = spec_of(row_of(TAKEOVER), slides, {})
    assert (takeover.priority, takeover.silences_reminders, takeover.take) == (5, True, "next")
