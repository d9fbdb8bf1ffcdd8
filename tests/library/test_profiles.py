import pytest

from signage_server.library.profiles import (
    ALWAYS,
    STANDARD,
    Profile,
    UnknownProfile,
    parse_profile,
    profile_for,
)


@pytest.mark.parametrize("profile", [*STANDARD, Profile(1920, 1080, "jpeg")])
def test_a_profile_is_known_by_its_name(profile: Profile) -> None:
    assert parse_profile(profile.name) == profile


def test_names_say_pixels_and_format() -> None:
    assert Profile(1920, 1080).name == "1920x1080"
    assert Profile(1080, 1920, "jpeg").name == "1080x1920-jpeg"


@pytest.mark.parametrize(
    "name", ["", "big", "1920", "1920x", "1920x1080-png", "01920x1080", "1920x1080 ", "-1x5"]
)
def test_other_names_are_refused_in_both_languages(name: str) -> None:
    with pytest.raises(UnknownProfile) as refused:
        parse_profile(name)
    assert "1920x1080" in refused.value.message("vi")
    assert "1920x1080" in refused.value.message("en")


@pytest.mark.parametrize(
    ("pixels", "name"),
    [
        ((1920, 1080), "1920x1080"),
        ((1366, 768), "1280x720"),
        ((1920, 1200), "1920x1080"),
        ((3840, 2160), "3840x2160"),
        ((768, 1366), "720x1280"),
        ((1080, 1920), "1080x1920"),
        ((800, 1280), "720x1280"),
        ((1024, 1024), "1080x1080"),
        ((7680, 4320), "3840x2160"),
    ],
)
def test_a_screen_gets_the_profile_nearest_in_shape_then_in_size(pixels: tuple[int, int], name: str) -> None:
    assert profile_for(*pixels, webp=True).name == name


def test_a_screen_without_webp_gets_jpeg() -> None:
    assert profile_for(1920, 1080, webp=False).name == "1920x1080-jpeg"


def test_both_usual_orientations_are_always_made() -> None:
    assert [profile.name for profile in ALWAYS] == ["1920x1080", "1080x1920"]
