"""Names from wherever they come."""

import pytest

from signage_server.library.naming import name_of_file, search_key


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("Cài đặt Bluezone.png", "Cài đặt Bluezone"),
        ("C:\\Users\\lan\\Áp_phích.final.jpg", "Áp phích.final"),
        ("../../../etc/passwd", "passwd"),
        ("Ca\u0300i.png", "Cài"),
        ("a\u202egnp.exe", "agnp"),
        (".png", ".png"),
        ("", "—"),
        ("x" * 500 + ".png", "x" * 200),
    ],
)
def test_a_name_people_can_read(sent: str, name: str) -> None:
    assert name_of_file(sent) == name


def test_searching_does_not_ask_for_diacritics() -> None:
    assert search_key("Cài ĐẶT  Bluezone") == "cai dat bluezone" == search_key("cai dat bluezone")
