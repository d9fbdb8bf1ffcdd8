import unicodedata

import pytest

from signage_server.accounts.common_passwords import COMMON_PASSWORDS
from signage_server.accounts.passwords import SHORTEST, CommonPassword, Passwords, WeakPassword

GOOD = "con mèo trèo cây cau"


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords()


def test_the_right_password_fits_and_no_other(passwords: Passwords) -> None:
    kept = passwords.hash(GOOD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.fits(GOOD, kept)
    assert not passwords.fits(GOOD + " ", kept)


def test_however_the_keyboard_composes_the_letters(passwords: Passwords) -> None:
    kept = passwords.hash(unicodedata.normalize("NFD", GOOD))
    assert passwords.fits(unicodedata.normalize("NFC", GOOD), kept)


def test_without_a_hash_nothing_fits_but_the_work_is_done(
    passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    hasher = passwords._hasher
    real = type(hasher).verify

    def verify(self: object, kept: str, password: str) -> bool:
        compared.append(kept)
        return real(hasher, kept, password)

    monkeypatch.setattr(type(hasher), "verify", verify)
    assert not passwords.fits(GOOD, None)
    assert not passwords.fits("nobody has this password", None)
    assert [kept.split("$")[1] for kept in compared] == ["argon2id", "argon2id"]


def test_a_damaged_hash_fits_nothing(passwords: Passwords) -> None:
    assert not passwords.fits(GOOD, "$argon2id$nonsense")


@pytest.mark.parametrize("password", ["", "ngắn", "x" * (SHORTEST - 1)])
def test_short_ones_are_refused(passwords: Passwords, password: str) -> None:
    with pytest.raises(WeakPassword):
        passwords.hash(password)


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123456",
        "Password1234",
        "KienGiang2020",
        "Mật khẩu 12345",
        "aaaaaaaaaaaa",
        "ababababababab",
        "LanLanLanLan",
    ],
)
def test_guessable_ones_are_refused(passwords: Passwords, password: str) -> None:
    with pytest.raises(CommonPassword):
        passwords.hash(password, name="Lan")


def test_the_list_holds_only_what_length_alone_would_let_through() -> None:
    assert [word for word in COMMON_PASSWORDS if len(word) < SHORTEST or word != word.casefold()] == []
