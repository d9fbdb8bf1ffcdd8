import json
import unicodedata
from typing import Any

import pytest
from pydantic import ValidationError

from signage_server.library.notices import Notice, Step, monogram, qr_label, qr_text

HERO: dict[str, Any] = {"template": "hero", "headline": "Cài Bluezone"}


def refusal_of(**fields: Any) -> dict[str, Any]:
    """The one thing that is wrong with these fields."""
    with pytest.raises(ValidationError) as refused:
        Notice.model_validate(HERO | fields)
    (problem,) = refused.value.errors(include_url=False)
    return dict(problem)


def test_a_notice_is_its_canonical_bytes() -> None:
    notice = Notice(template="hero", headline="Cài Bluezone", language="vi", dark=False)
    assert notice.source_bytes() == '{"headline":"Cài Bluezone","template":"hero"}'.encode()
    assert Notice.model_validate(json.loads(notice.source_bytes())) == notice


def test_the_same_words_typed_otherwise_are_the_same_notice() -> None:
    decomposed = unicodedata.normalize("NFD", "Cài   Bluezone ")
    assert Notice(template="hero", headline=decomposed).source_bytes() == Notice(**HERO).source_bytes()


def test_a_notice_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Notice(**HERO).headline = "Khác"  # type: ignore[misc]


def test_unknown_fields_are_refused() -> None:
    assert refusal_of(colour="red")["type"] == "extra_forbidden"


@pytest.mark.parametrize("sign", ["😀", "中", "\u202e", "\x07"])
def test_what_the_typeface_cannot_draw_is_refused_in_both_languages(sign: str) -> None:
    problem = refusal_of(headline=f"Cài Bluezone {sign}")
    assert problem["type"] == "notice_sign"
    assert "bỏ" in problem["ctx"]["vi"]
    assert "Leave it out" in problem["msg"]


def test_every_vietnamese_letter_is_taken() -> None:
    vowels = [
        base + tone for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
    ]
    letters = unicodedata.normalize("NFC", "".join(vowels) + "đĐ")
    notice = Notice(template="hero", headline=letters[:70], body=letters[70:])
    assert notice.headline + (notice.body or "") == letters


@pytest.mark.parametrize(
    "address", ["bluezone.gov.vn", "javascript:alert(1)", "https://", "https://a b", "ftp://x"]
)
def test_a_code_holds_a_web_address(address: str) -> None:
    assert refusal_of(qr=address)["type"] == "notice_qr"


def test_more_words_than_a_glance_takes_in_are_refused() -> None:
    problem = refusal_of(body="từ " * 45)
    assert (problem["type"], "47" in problem["msg"], "45" in problem["msg"]) == ("notice_words", True, True)
    assert refusal_of(language="en", body="word " * 29)["type"] == "notice_words"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"template": "steps"}, "notice_steps"),
        ({"template": "steps", "steps": [{"title": "Một"}] * 5}, "notice_steps"),
        ({"template": "scan"}, "notice_needs_qr"),
        ({"template": "hero", "figure": "family"}, "notice_field_unused"),
        ({"template": "message", "qr": "https://bluezone.gov.vn"}, "notice_field_unused"),
        ({"template": "steps", "steps": [{"title": "Một"}] * 2, "body": "Hai"}, "notice_field_unused"),
    ],
)
def test_a_template_gets_what_it_shows_and_nothing_else(fields: dict[str, Any], code: str) -> None:
    problem = refusal_of(**fields)
    assert problem["type"] == code
    assert problem["ctx"]["vi"] != problem["ctx"]["en"]


def test_the_ground_tells_the_kind_unless_another_is_chosen() -> None:
    assert Notice(template="reminder", headline="Nhắc").shown_ground == "yellow"
    assert Notice(template="reminder", headline="Nhắc", ground="teal").shown_ground == "teal"


def test_those_who_cannot_see_it_hear_all_of_it() -> None:
    steps = (Step(title="Mở CH Play."), Step(title="Chạm"))
    notice = Notice(template="steps", headline="Cài~Bluezone", steps=steps, qr="https://bluezone.gov.vn")
    assert notice.alt == "Cài Bluezone · Mở CH Play · Chạm · https://bluezone.gov.vn"


@pytest.mark.parametrize(
    ("issuer", "letters"),
    [
        ("UBND tỉnh Kiên Giang", "KG"),
        ("Uỷ ban nhân dân xã Vĩnh Thuận", "VT"),
        ("People's Committee of Kiên Giang Province", "KG"),
        ("Sở Y tế Kiên Giang", "SYKG"),
        ("Trường THPT Nguyễn Trung Trực", "TTNT"),
        ("UBND phường 5", "5"),
        ("ban quản lý", "BQL"),
    ],
)
def test_a_seal_bears_the_letters_of_the_units_own_name(issuer: str, letters: str) -> None:
    assert monogram(issuer) == letters


def test_a_bare_host_is_coded_in_capitals_and_a_path_is_left_alone() -> None:
    assert qr_text("https://bluezone.gov.vn/") == "HTTPS://BLUEZONE.GOV.VN"
    assert qr_text("https://bluezone.gov.vn/Tai-Ve?a=b") == "https://bluezone.gov.vn/Tai-Ve?a=b"
    assert qr_label("https://bluezone.gov.vn/") == "bluezone.gov.vn"
