import pytest
from pydantic import ValidationError

from signage_server.screens.said import Capabilities, clean


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Chrome 53", "Chrome 53"),
        ("  a\n\tb  ", "a b"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("\u202eabc\u200b", "abc"),
        ("\ud800x", "x"),
        ("Kie\u0302n Giang", "Kiên Giang"),
        ("x" * 100, "x" * 10),
    ],
)
def test_what_boards_say_becomes_one_short_printable_line(said: str, kept: str) -> None:
    assert clean(said, 10) == kept[:10]


@pytest.mark.parametrize("width", [0, -1, 1e9, "wide", None])
def test_pixels_have_bounds(width: object) -> None:
    with pytest.raises(ValidationError):
        Capabilities.model_validate({"width": width, "height": 1080})


def test_what_newer_players_add_is_ignored() -> None:
    assert Capabilities.model_validate({"width": 1920, "height": 1080, "hologram": True}).width == 1920
