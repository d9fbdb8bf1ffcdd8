from sqlalchemy import delete, insert

from signage_server.accounts.models import Unit
from signage_server.db import new_id
from signage_server.delivery.built_in import NOTICES
from signage_server.delivery.fact_reader import FactReader
from signage_server.delivery.facts import Facts
from signage_server.library.models import Rendition
from signage_server.scheduling.targets import Target
from signage_server.screens.models import Screen
from signage_server.web.rooms import Rooms
from tests.content import add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.factories import NOON


def facts_of(rooms: Rooms) -> Facts:
    return FactReader(rooms.db, NOTICES["vi"], lambda: None).read()


def add_unit(rooms: Rooms, parent_id: str, name: str, fallback_playlist_id: str | None = None) -> str:
    unit_id = new_id("unt")
    with rooms.db.write() as session:
        session.add(
            Unit(
                id=unit_id,
                parent_id=parent_id,
                name=name,
                fallback_playlist_id=fallback_playlist_id,
                created_at=NOON,
            )
        )
    return unit_id


def cohort_of(facts: Facts, screen_id: str) -> frozenset[str]:
    (cohort,) = (cohort for cohort, ids in facts.cohorts.items() if screen_id in ids)
    return cohort.schedules


def test_targets_are_a_union_of_all_units_with_what_is_below_and_screens(rooms: Rooms) -> None:
    district = add_unit(rooms, root_of(rooms), "Huyện Phú Quốc")
    commune = add_unit(rooms, district, "Xã Dương Tơ")
    in_root = add_screen(rooms.db, root_of(rooms))
    in_commune = add_screen(rooms.db, commune)
    other = add_screen(rooms.db, commune)
    playlist = add_playlist(rooms)
    everywhere = add_schedule(rooms, playlist)
    district_only = add_schedule(rooms, playlist, targets=(Target("unit", district),))
    one_screen = add_schedule(
        rooms, playlist, targets=(Target("screen", in_commune), Target("unit", commune))
    )
    nowhere = add_schedule(rooms, playlist, targets=())
    facts = facts_of(rooms)
    assert cohort_of(facts, in_root) == {everywhere}
    assert cohort_of(facts, in_commune) == {everywhere, district_only, one_screen}
    assert cohort_of(facts, other) == cohort_of(facts, in_commune)
    assert nowhere in facts.schedules
    assert len(facts.cohorts) == 2


def test_a_tag_reaches_the_screens_that_have_it_in_any_case(rooms: Rooms) -> None:
    lift, hall, plain = (add_screen(rooms.db, root_of(rooms), name) for name in ("A", "B", "C"))
    rooms.screens.change("usr_1", lift, None, {"tags": ["Thang máy", "tầng 1"]})
    rooms.screens.change("usr_1", hall, None, {"tags": ["sảnh"]})
    playlist = add_playlist(rooms)
    lifts = add_schedule(rooms, playlist, targets=(Target("tag", "THANG MÁY"),))
    both = add_schedule(rooms, playlist, targets=(Target("tag", "Sảnh"), Target("tag", "tầng 1")))
    later = add_schedule(rooms, playlist, targets=(Target("tag", "bệnh viện"),))
    facts = facts_of(rooms)
    assert cohort_of(facts, lift) == {lifts, both}
    assert cohort_of(facts, hall) == {both}
    assert cohort_of(facts, plain) == set()

    rooms.screens.change("usr_1", plain, None, {"tags": ["Bệnh viện"]})
    rooms.screens.change("usr_1", lift, None, {"tags": []})
    facts = facts_of(rooms)
    assert cohort_of(facts, plain) == {later}
    assert cohort_of(facts, lift) == set()


def test_tags_that_bring_nothing_do_not_part_a_cohort(rooms: Rooms) -> None:
    one, _ = (add_screen(rooms.db, root_of(rooms), name) for name in ("A", "B"))
    rooms.screens.change("usr_1", one, None, {"tags": ["thang máy"]})
    assert len(facts_of(rooms).cohorts) == 1


def test_cohorts_are_told_apart_by_profile_zone_and_fallback(rooms: Rooms) -> None:
    fallback = add_playlist(rooms)
    for fields in (
        {},
        {},
        {"profile": "1080x1920"},
        {"zone": "Europe/Berlin"},
        {"fallback_playlist_id": fallback},
    ):
        add_screen(rooms.db, root_of(rooms), **fields)
    sizes = sorted(len(ids) for ids in facts_of(rooms).cohorts.values())
    assert sizes == [1, 1, 1, 2]


def test_fallbacks_go_from_the_screen_up_to_the_root(rooms: Rooms) -> None:
    own, district, province = (add_playlist(rooms, name) for name in ("A", "B", "C"))
    rooms.units.change("usr_1", root_of(rooms), None, {"fallback_playlist_id": province})
    unit = add_unit(rooms, add_unit(rooms, root_of(rooms), "Huyện", district), "Xã")
    screen = add_screen(rooms.db, unit, fallback_playlist_id=own)
    (cohort,) = facts_of(rooms).cohorts
    assert cohort.fallbacks == (own, district, province)
    assert facts_of(rooms).cohorts[cohort] == [screen]
    assert set(facts_of(rooms).playlists) == {own, district, province}


def test_only_assets_with_a_picture_are_facts_and_thumbnails_are_none(rooms: Rooms) -> None:
    ready, waiting = add_asset(rooms), add_asset(rooms, state="processing")
    with rooms.db.write() as session:
        session.execute(delete(Rendition).where(Rendition.asset_id == waiting))
    add_schedule(rooms, add_playlist(rooms, assets=[ready, waiting]))
    facts = facts_of(rooms)
    assert set(facts.assets) == {ready}
    assert [picture.profile for picture in facts.assets[ready].pictures] == ["1080x1920", "1920x1080"]


def test_slides_come_in_their_order_and_playlists_nobody_uses_are_not_read(rooms: Rooms) -> None:
    first, second = add_asset(rooms), add_asset(rooms)
    used = add_playlist(rooms, assets=[second, first, second], focus=(100, 900), fit="contain")
    add_playlist(rooms, assets=[first])
    add_schedule(rooms, used)
    (slides,) = facts_of(rooms).playlists.values()
    assert [slide.asset for slide in slides] == [second, first, second]
    assert (slides[0].focus, slides[0].fit, slides[0].transition) == ((100, 900), "contain", "fade")


def test_the_revision_is_that_of_what_was_read(rooms: Rooms) -> None:
    before = facts_of(rooms).revision
    add_screen(rooms.db, root_of(rooms))
    assert facts_of(rooms).revision == before + 1 == rooms.db.revision()


def test_others_have_their_turn_while_many_screens_are_read(rooms: Rooms) -> None:
    screens = [
        {
            "id": f"scr_{number}",
            "unit_id": root_of(rooms),
            "name": "",
            "place": "",
            "zone": "UTC",
            "version": 1,
        }
        | {"profile": "1920x1080", "capabilities": {}, "created_at": NOON}
        for number in range(1200)
    ]
    with rooms.db.write() as session:
        session.execute(insert(Screen), screens)
    pauses: list[int] = []
    FactReader(rooms.db, NOTICES["vi"], lambda: pauses.append(1)).read()
    assert len(pauses) >= 4
