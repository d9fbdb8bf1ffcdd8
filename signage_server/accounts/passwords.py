"""Passwords: what is accepted, and argon2id away from the event loop."""

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from signage_server.accounts.common_passwords import COMMON_PASSWORDS
from signage_server.errors import Invalid
from signage_server.offload import off_loop

SHORTEST = 12
"""Characters that a password needs at least."""


class WeakPassword(Invalid):
    """Too short."""

    code = "weak_password"
    vi = "Mật khẩu cần ít nhất {shortest} ký tự. Một câu ngắn dễ nhớ là tốt nhất."
    en = "A password needs at least {shortest} characters. A short sentence is best."


class CommonPassword(Invalid):
    """Among the first that anybody would try."""

    code = "common_password"
    vi = "Mật khẩu này quá phổ biến, dễ bị đoán ra. Hãy chọn mật khẩu khác."
    en = "This password is too common and easily guessed. Choose another one."


class Passwords:
    """Hashes and checks; costs about 50 ms of a core and 19 MiB each, in a thread of its own under gevent."""

    def __init__(self) -> None:
        # OWASP's smaller set: enough against guessing, and a small machine can do it beside its other work.
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._at_once = threading.BoundedSemaphore(2)
        self._dummy = ""

    def hash(self, password: str, *, name: str = "") -> str:
        """The hash to keep of an acceptable password.

        Raises:
            WeakPassword: it is too short.
            CommonPassword: it is on everybody's list, or is the person's own name repeated.
        """
        text = _tidy(password)
        _check(text, name)
        return self._hash(text)

    def fits(self, password: str, password_hash: str | None) -> bool:
        """Whether the password is the hashed one; takes as long when there is no hash to compare with."""
        text = _tidy(password)
        stand_in = self._stand_in()  # made by whoever comes first, known or not
        wanted = password_hash or stand_in
        with self._at_once:
            fits = off_loop(_verify, self._hasher, wanted, text)
        return fits and password_hash is not None

    def _stand_in(self) -> str:
        if not self._dummy:
            self._dummy = self._hash("nobody has this password")
        return self._dummy

    def _hash(self, text: str) -> str:
        with self._at_once:
            return off_loop(self._hasher.hash, text)


def _tidy(password: str) -> str:
    # Vietnamese input methods and macOS send the same letters in different compositions.
    return unicodedata.normalize("NFKC", password)


def _check(text: str, name: str) -> None:
    if len(text) < SHORTEST:
        raise WeakPassword(shortest=SHORTEST)
    plain = _plain(text)
    if plain in COMMON_PASSWORDS or len(set(plain)) < 4 or (name and not plain.replace(_plain(name), "")):
        raise CommonPassword()


def _plain(text: str) -> str:
    """The bare letters: whoever guesses tries `Mật khẩu 12345` as soon as `matkhau12345`."""
    letters = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter) and not letter.isspace())


def _verify(hasher: PasswordHasher, password_hash: str, text: str) -> bool:
    try:
        return hasher.verify(password_hash, text)
    except (VerificationError, InvalidHashError):
        return False
