import re

import pytest
from sqlalchemy import delete, select

from signage_server.accounts.models import AuditEntry
from signage_server.accounts.references import NoSuchUnit
from signage_server.screens import pairing as pairing_module
from signage_server.screens.models import Pairing as Waiting
from signage_server.screens.models import Screen, ScreenToken
from signage_server.screens.pairing import ALPHABET, Busy, CodeUnknown
from signage_server.screens.tokens import Revoked, UnknownToken
from tests.boards import House, landscape

BASE = "http://192.168.1.5:8080"
DEVICE = "d" * 64


def ask(house: House, device: str = DEVICE, **capabilities: object) -> dict[str, object]:
    return house.pairing.ask(device, landscape(**capabilities), "192.168.1.77", "Chrome 53", BASE)


def claim(house: House, code: object, **fields: str) -> str:
    return house.pairing.claim(str(code), fields.pop("name", "Lift A"), who="usr_1", **fields)


def test_a_board_is_given_a_code_that_nobody_can_misread(house: House) -> None:
    answer = ask(house)
    assert re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", str(answer["code"]))
    assert answer["expires_in_s"] == 900
    assert answer["interval_s"] == 2
    assert answer["claim_url"] == f"{BASE}/claim#{answer['code']}"


def test_the_qr_is_a_picture_without_style(house: House) -> None:
    svg = str(ask(house)["qr_svg"])
    assert svg.startswith("<svg ")
    assert "style=" not in svg
    assert "<script" not in svg


def test_the_public_address_wins_over_the_one_that_was_asked(house: House, tmp_path: object) -> None:
    house.pairing._settings = house.settings.model_copy(
        update={"public_url": "https://bang.kiengiang.gov.vn"}
    )
    assert str(ask(house)["claim_url"]).startswith("https://bang.kiengiang.gov.vn/claim#")


def test_a_board_keeps_its_code_over_reloads_and_gets_a_new_one_when_it_expires(house: House) -> None:
    first = ask(house)
    house.clock.forward(minutes=14)
    again = ask(house)
    assert again["code"] == first["code"]
    assert again["expires_in_s"] == 60
    house.clock.forward(minutes=1)
    assert ask(house)["code"] != first["code"]


def test_asking_again_does_not_write(house: House) -> None:
    ask(house)
    told: list[int] = []
    house.pairing.after_change(lambda: told.append(1))
    ask(house)
    assert told == []
    ask(house, width=1080, height=1920)
    assert told == [1]


def test_a_claimed_board_becomes_a_screen_of_the_root_unit(house: House) -> None:
    code = ask(house, width=1080, height=1920, webp=False)["code"]
    before = house.db.revision()
    screen_id = claim(house, code, name="Thang máy A", place="UBND tỉnh")
    with house.db.read() as session:
        screen = session.get(Screen, screen_id)
        trail = session.scalars(select(AuditEntry)).one()
    assert screen is not None
    assert (screen.name, screen.place, screen.unit_id) == ("Thang máy A", "UBND tỉnh", "unt_root")
    assert (screen.profile, screen.zone) == ("1080x1920-jpeg", "Asia/Ho_Chi_Minh")
    assert (trail.who, trail.action, trail.object_id) == ("usr_1", "screen.claim", screen_id)
    assert house.db.revision() == before + 1


def test_case_spaces_and_dashes_of_a_typed_code_do_not_matter(house: House) -> None:
    code = str(ask(house)["code"])
    assert claim(house, f" {code[:4].lower()} {code[5:]} ").startswith("scr_")


@pytest.mark.parametrize("code", ["BBBB-BBBB", "", "' OR 1=1", "%"])
def test_a_wrong_code_claims_nothing(house: House, code: str) -> None:
    ask(house)
    with pytest.raises(CodeUnknown):
        claim(house, code)


def test_an_expired_code_and_a_used_one_claim_nothing(house: House) -> None:
    code = ask(house)["code"]
    house.clock.forward(minutes=15)
    with pytest.raises(CodeUnknown):
        claim(house, code)
    code = ask(house)["code"]
    claim(house, code)
    with pytest.raises(CodeUnknown):
        claim(house, code)


def test_an_unknown_unit_leaves_the_board_waiting(house: House) -> None:
    code = ask(house)["code"]
    with pytest.raises(NoSuchUnit):
        claim(house, code, unit_id="unt_gone")
    assert [board.code for board in house.pairing.waiting()] == [code]


def test_every_question_after_the_claim_is_answered_until_the_first_hello(house: House) -> None:
    screen_id = claim(house, ask(house)["code"])
    lost, kept = ask(house), ask(house)
    assert lost["screen_id"] == kept["screen_id"] == screen_id
    known = house.tokens.look_up(str(kept["token"]))
    assert (known.screen_id, known.used) == (screen_id, False)
    house.tokens.first_use(known)
    assert house.tokens.look_up(str(kept["token"])).used
    assert "code" in ask(house), "the pairing is over: whoever asks now must be claimed anew"


def test_tokens_of_lost_answers_do_not_pile_up(house: House) -> None:
    claim(house, ask(house)["code"])
    for _ in range(5):
        ask(house)
        house.clock.forward(minutes=2)
    with house.db.read() as session:
        assert len(session.scalars(select(ScreenToken)).all()) == 1


def test_tokens_are_kept_as_hashes(house: House) -> None:
    claim(house, ask(house)["code"])
    token = str(ask(house)["token"])
    assert len(token) >= 43
    raw = b"".join(path.read_bytes() for path in house.home.glob("signage.db*"))
    assert token.encode() not in raw


def test_only_a_token_known_as_revoked_is_called_revoked(house: House) -> None:
    screen_id = house.screen()
    token = house.token_of(screen_id)
    with house.db.write() as session:
        house.tokens.revoke(session, screen_id)
        session.execute(delete(Screen).where(Screen.id == screen_id))
    with pytest.raises(Revoked):
        house.tokens.screen_of(token)
    for nobodys in ("", "x" * 43, "\ud800"):
        with pytest.raises(UnknownToken):
            house.tokens.screen_of(nobodys)


def test_a_token_whose_screen_vanished_without_a_word_is_unknown(house: House) -> None:
    screen_id = house.screen()
    token = house.token_of(screen_id)
    with house.db.write() as session:
        session.execute(delete(Screen).where(Screen.id == screen_id))
    with pytest.raises(UnknownToken):
        house.tokens.screen_of(token)


def test_a_device_that_is_always_paired_never_shows_a_code(house: House) -> None:
    house.pairing.always_pair(DEVICE, lambda can: {"screen_id": "scr_demo", "token": f"for {can.width}"})
    assert [ask(house)["token"] for _ in range(2)] == ["for 1920"] * 2
    assert house.pairing.waiting() == []


def test_waiting_boards_are_listed_cleaned_newest_first(house: House) -> None:
    ask(house)
    house.clock.forward(seconds=10)
    house.pairing.ask("e" * 64, landscape(), "10.0.0.9" * 20, "<b>\x00Fire\u202efox" + "x" * 900, BASE)
    newest, oldest = house.pairing.waiting()
    assert newest.since > oldest.since
    assert newest.browser.startswith("<b>Firefoxxx")
    assert len(newest.browser) == 300
    assert len(newest.address) == 64


def test_strangers_cannot_fill_the_database(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing_module, "MOST_WAITING", 2)
    ask(house, "a" * 64)
    ask(house, "b" * 64)
    with pytest.raises(Busy):
        ask(house, "c" * 64)
    assert "code" in ask(house, "a" * 64)


def test_expired_codes_are_cleaned_up_and_claims_are_not(house: House) -> None:
    claim(house, ask(house)["code"])
    ask(house, "e" * 64)
    house.clock.forward(minutes=16)
    assert house.pairing.clean_up() == 1
    assert house.pairing.clean_up() == 0
    assert "token" in ask(house)
    with house.db.read() as session:
        assert len(session.scalars(select(Waiting)).all()) == 1
