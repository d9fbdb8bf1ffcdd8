from signage_server.scheduling.targets import EVERYWHERE, Reach, Target, lineage

PARENTS = {"province": None, "health": "province", "hospital": "health", "school": "province"}


def reach(**targets: Target) -> Reach:
    return Reach(targets.items(), PARENTS)


def test_a_unit_stands_below_all_units_above_it() -> None:
    assert lineage("hospital", PARENTS) == ("hospital", "health", "province")
    assert lineage("gone", PARENTS) == ("gone",)


def test_a_circle_of_units_ends() -> None:
    assert lineage("a", {"a": "b", "b": "a"}) == ("a", "b")


def test_targets_are_a_union() -> None:
    found = Reach(
        [
            ("all", EVERYWHERE),
            ("health", Target("unit", "health")),
            ("lift", Target("screen", "lift")),
            ("both", Target("screen", "lift")),
            ("both", Target("unit", "school")),
        ],
        PARENTS,
    )
    assert found.of_screen("ward", "hospital") == {"all", "health"}
    assert found.of_screen("lift", "hospital") == {"all", "health", "lift", "both"}
    assert found.of_screen("class", "school") == {"all", "both"}
    assert found.of_unit("province") == {"all"}


def test_a_unit_reaches_what_is_below_it_and_nothing_above() -> None:
    found = reach(a=Target("unit", "health"))
    assert [found.of_unit(unit) for unit in PARENTS] == [set(), {"a"}, {"a"}, set()]


def test_a_tag_reaches_what_has_it_whatever_its_case() -> None:
    found = reach(lifts=Target("tag", "Thang máy"), halls=Target("tag", "SẢNH"), everywhere=EVERYWHERE)
    assert found.of_screen("ward", "hospital") == {"everywhere"}
    assert found.of_screen("ward", "hospital", ["thang máy"]) == {"everywhere", "lifts"}
    assert found.of_screen("ward", "hospital", ["sảnh", "thang máy"]) == {"everywhere", "lifts", "halls"}
    assert found.of_tag("sảnh") == {"everywhere", "halls"}


def test_a_tag_is_no_unit_and_no_screen() -> None:
    found = reach(tag=Target("tag", "hospital"))
    assert found.of_screen("hospital", "hospital") == set()
