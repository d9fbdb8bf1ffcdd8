from dataclasses import replace
from datetime import date, timedelta

import pytest

from signage_server.clock import to_ms
from signage_server.delivery import content as content_module
from signage_server.delivery.built_in import NOTICES
from signage_server.delivery.compiling import Content
from signage_server.delivery.content import best_picture, content_of, spread_ms
from signage_server.delivery.fact_reader import FactReader
from signage_server.delivery.facts import AssetFact, Facts, Picture
from signage_server.delivery.manifest import ManifestFile
from signage_server.library.models import Rendition
from signage_server.library.profiles import parse_profile
from signage_server.web.rooms import Rooms
from tests.content import add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.factories import NOON

TODAY = date(2026, 3, 2)


def pictures(*profiles: str) -> list[Picture]:
    return [Picture(name, ManifestFile(name, "image/webp", 1)) for name in profiles]


def content_for(rooms: Rooms, facts: Facts | None = None) -> Content | None:
    facts = facts or FactReader(rooms.db, NOTICES["vi"], lambda: None).read()
    (cohort,) = facts.cohorts
    return content_of(facts, cohort, TODAY)


@pytest.mark.parametrize(
    ("profile", "there", "chosen"),
    [
        ("1920x1080", ["1080x1920", "1920x1080"], "1920x1080"),
        ("1280x720", ["1080x1920", "1920x1080"], "1920x1080"),
        ("2160x3840", ["1080x1920", "1920x1080"], "1080x1920"),
        ("1080x1080", ["1920x1080"], "1920x1080"),
        ("1920x1080", ["1920x1080", "1920x1080-jpeg"], "1920x1080"),
        ("1920x1080", ["1920x1080-jpeg", "1080x1920"], "1920x1080-jpeg"),
        ("1920x1080-jpeg", ["1920x1080", "1920x1080-jpeg"], "1920x1080-jpeg"),
        ("1920x1080-jpeg", ["1920x1080", "1080x1920-jpeg"], "1080x1920-jpeg"),
        ("1920x1080-jpeg", ["1920x1080"], None),
        ("1920x1080", [], None),
    ],
)
def test_the_nearest_picture_is_shown_until_the_right_one_is_made(
    profile: str, there: list[str], chosen: str | None
) -> None:
    picture = best_picture(pictures(*there), parse_profile(profile))
    assert (picture.profile if picture else None) == chosen


def test_slides_without_a_picture_are_left_out(rooms: Rooms) -> None:
    ready, waiting = add_asset(rooms), add_asset(rooms, state="processing")
    with rooms.db.write() as session:
        for rendition in session.query(Rendition).filter_by(asset_id=waiting):
            session.delete(rendition)
    add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms, assets=[ready, waiting]))
    content = content_for(rooms)
    assert content is not None
    assert [media.asset for media in content.media] == [ready]
    assert len(content.schedules[0].slides) == 1


def test_an_expiry_is_an_edge_of_the_plan(rooms: Rooms) -> None:
    at = NOON + timedelta(hours=3)
    gone, stays = add_asset(rooms, expires_at=at), add_asset(rooms)
    add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms, assets=[gone, stays]))
    content = content_for(rooms)
    assert content is not None
    assert to_ms(at) in [slot.start_ms for slot in content.manifest().slots]


def test_without_anything_to_show_there_is_no_manifest(rooms: Rooms) -> None:
    add_screen(rooms.db, root_of(rooms))
    assert content_for(rooms) is None


def test_in_quiet_times_the_nearest_playlist_that_can_be_shown_plays(rooms: Rooms) -> None:
    empty, far = add_playlist(rooms, assets=[add_asset(rooms)]), add_playlist(rooms)
    add_screen(rooms.db, root_of(rooms), fallback_playlist_id=empty)
    rooms.units.change("usr_1", root_of(rooms), None, {"fallback_playlist_id": far})
    near = content_for(rooms)
    facts = FactReader(rooms.db, NOTICES["vi"], lambda: None).read()
    without = {slide.asset for slide in facts.playlists[empty]}
    rest = {name: asset for name, asset in facts.assets.items() if name not in without}
    further = content_for(rooms, replace(facts, assets=rest))
    assert near is not None
    assert further is not None
    assert [one.id for one in near.fallback] == [slide.id for slide in facts.playlists[empty]]
    assert [one.id for one in further.fallback] == [slide.id for slide in facts.playlists[far]]


def test_the_built_in_notice_comes_last_and_what_there_is_stands_in_for_it(rooms: Rooms) -> None:
    add_screen(rooms.db, root_of(rooms))
    playlist = add_playlist(rooms)
    add_schedule(rooms, playlist)
    facts = FactReader(rooms.db, NOTICES["vi"], lambda: None).read()
    meanwhile = content_for(rooms, facts)
    built_in = AssetFact("ast_welcome", "Xin kính chào", None, tuple(pictures("1920x1080")))
    later = content_for(rooms, replace(facts, built_in=built_in))
    assert meanwhile is not None
    assert later is not None
    assert [one.id for one in meanwhile.fallback] == [slide.id for slide in facts.playlists[playlist]]
    assert [one.id for one in later.fallback] == [content_module.BUILT_IN_SLIDE.id]
    assert later.manifest().slides["builtin"].asset == "ast_welcome"


def test_equal_contents_make_equal_manifests_whatever_came_first(rooms: Rooms) -> None:
    add_screen(rooms.db, root_of(rooms))
    for name in ("B", "A"):
        add_schedule(rooms, add_playlist(rooms, name), name=name)
    facts = FactReader(rooms.db, NOTICES["vi"], lambda: None).read()
    turned = replace(
        facts,
        schedules=dict(reversed(facts.schedules.items())),
        playlists=dict(reversed(facts.playlists.items())),
        assets=dict(reversed(facts.assets.items())),
    )
    one, other = content_for(rooms, facts), content_for(rooms, turned)
    assert one is not None
    assert one == other
    assert hash(one) == hash(other)
    assert one.manifest().digest == content_for(rooms).manifest().digest  # type: ignore[union-attr]


def test_downloads_are_spread_wider_the_more_screens_there_are() -> None:
    spreads = [spread_ms(count) for count in (1, 20, 21, 2_000, 2_001, 10_000)]
    assert spreads == [0, 0, 1_000, 5_000, 20_000, 20_000]
