import pytest
from sqlalchemy import select

from signage_server.accounts.models import AuditEntry
from signage_server.errors import Invalid
from signage_server.screens.models import ScreenTag
from signage_server.screens.screens import Screens, draft_of, find
from signage_server.screens.tagging import TagCount, count_tags, keys_by_screen, tags_by_screen
from signage_server.screens.tags import TagWrong, TooManyTags, tag_key, tidy_tag, tidy_tags
from tests.boards import House
from tests.content import ADMIN


@pytest.fixture
def screens(house: House) -> Screens:
    return Screens(house.db, house.clock, house.tokens, forget=lambda _session, _screen_id: None)


def tags_of(house: House, screen_id: str) -> tuple[str, ...]:
    with house.db.read() as session:
        return draft_of(find(session, screen_id)).tags


def test_tags_are_equal_without_case_and_however_they_are_composed() -> None:
    composed, apart = "Bệnh viện", "Be\u0323\u0302nh vie\u0323\u0302n"
    assert tag_key(apart) == tag_key(composed) == tag_key("BỆNH  VIỆN ") == "bệnh viện"
    assert tag_key("Sảnh") != tag_key("Sanh")
    assert tidy_tag(f"  {apart}\u200b ") == composed


def test_what_joins_several_signs_to_one_stays() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert tidy_tag(f"\u200d{family}\u200d ") == family
    assert tag_key("Li\u200dft") == tag_key("lift")
    with pytest.raises(TagWrong):
        tidy_tag("\u200d")


def test_each_tag_is_kept_once_as_it_was_first_written() -> None:
    assert tidy_tags(["thang máy", "Bệnh viện", "THANG MÁY"]) == ("Bệnh viện", "thang máy")


@pytest.mark.parametrize("tag", ["", "   ", "x" * 41])
def test_a_tag_has_one_to_forty_characters(tag: str) -> None:
    with pytest.raises(TagWrong, match="40"):
        tidy_tags([tag])


def test_a_screen_has_at_most_twenty_tags() -> None:
    assert len(tidy_tags(f"tầng {number}" for number in range(20))) == 20
    with pytest.raises(TooManyTags, match="20"):
        tidy_tags(f"tầng {number}" for number in range(21))


def test_a_screen_gets_tags_and_loses_them(house: House, screens: Screens) -> None:
    screen_id = house.screen()
    screens.change(ADMIN, screen_id, None, {"tags": ["thang máy", "Bệnh viện"]})
    assert tags_of(house, screen_id) == ("Bệnh viện", "thang máy")
    screens.change(ADMIN, screen_id, None, {"name": "Khác"})
    assert tags_of(house, screen_id) == ("Bệnh viện", "thang máy")
    screens.change(ADMIN, screen_id, None, {"tags": ["Thang máy", "sảnh"]})
    assert tags_of(house, screen_id) == ("sảnh", "Thang máy")
    screens.change(ADMIN, screen_id, None, {"tags": []})
    assert tags_of(house, screen_id) == ()


def test_the_trail_tells_of_tags(house: House, screens: Screens) -> None:
    screen_id = house.screen()
    screens.change(ADMIN, screen_id, None, {"tags": ["sảnh"]})
    with house.db.read() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert ((entry.before or {})["tags"], (entry.after or {})["tags"]) == ([], ["sảnh"])


def test_a_wrong_tag_changes_nothing(house: House, screens: Screens) -> None:
    screen_id = house.screen()
    screens.change(ADMIN, screen_id, None, {"tags": ["sảnh"]})
    with pytest.raises(Invalid):
        screens.change(ADMIN, screen_id, None, {"tags": ["x" * 41]})
    assert tags_of(house, screen_id) == ("sảnh",)


def test_tags_are_counted_and_go_with_their_screens(house: House, screens: Screens) -> None:
    lift, hall = house.screen("A"), house.screen("B")
    screens.change(ADMIN, lift, None, {"tags": ["Thang máy", "tầng 1"]})
    screens.change(ADMIN, hall, None, {"tags": ["thang máy"]})
    with house.db.read() as session:
        assert [(tag_key(one.tag), one.screens) for one in count_tags(session)] == [
            ("thang máy", 2),
            ("tầng 1", 1),
        ]
        assert keys_by_screen(session) == {lift: ("thang máy", "tầng 1"), hall: ("thang máy",)}
        assert tags_by_screen(session, [hall]) == {hall: ["thang máy"]}
    screens.delete(ADMIN, lift, None)
    with house.db.read() as session:
        assert session.scalars(select(ScreenTag.screen_id)).all() == [hall]
        assert count_tags(session) == [TagCount("thang máy", 1)]
