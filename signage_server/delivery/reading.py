"""Reads JSON that must have a certain shape, and knows where it does not. Pure."""

from collections.abc import Iterator
from typing import Any, TypeVar

from signage_server.errors import Invalid

#: The largest whole number that a player's JavaScript holds exactly.
_MAX_INTEGER = 2**53 - 1
_MISSING = object()
_Word = TypeVar("_Word", bound=str)


class ManifestError(Invalid):
    """A manifest that is malformed, or that cannot be made; `where` names the place."""

    code = "manifest_malformed"
    vi = "Nội dung gửi tới màn hình bị sai tại “{where}”. Hãy báo cho người quản trị."
    en = "What is sent to the screens is wrong at “{where}”. Tell the administrator."


class Reader:
    """One value of the JSON with the path to it; what is asked of it is checked."""

    def __init__(self, value: Any, where: str = "") -> None:
        self.value = value
        self._where = where

    def check(self, holds: bool, where: str = "") -> None:
        """Raises ManifestError unless it holds."""
        if not holds:
            raise ManifestError(where=".".join(part for part in (self._where, where) if part))

    def get(self, name: str, default: Any = _MISSING) -> "Reader":
        """The value of a field, which must be there unless there is a default."""
        self.check(isinstance(self.value, dict))
        value = self.value.get(name, default)
        self.check(value is not _MISSING, name)
        return self._inner(name, value)

    def has(self, name: str) -> bool:
        """Whether a field is there."""
        self.check(isinstance(self.value, dict))
        return name in self.value

    def entries(self) -> Iterator[tuple[str, "Reader"]]:
        """The fields of an object."""
        self.check(isinstance(self.value, dict))
        return ((name, self._inner(name, value)) for name, value in self.value.items())

    def items(self, *, exactly: int | None = None, at_least: int = 0) -> list["Reader"]:
        """The items of a list."""
        self.check(isinstance(self.value, list))
        self.check(len(self.value) >= at_least and exactly in (None, len(self.value)))
        return [self._inner(str(index), value) for index, value in enumerate(self.value)]

    def text(self) -> str:
        """A string that is not empty."""
        self.check(isinstance(self.value, str) and self.value != "")
        return str(self.value)

    def one_of(self, *words: _Word) -> _Word:
        """One of some words."""
        self.check(self.value in words)
        return next(word for word in words if word == self.value)

    def integer(self, at_least: int = -_MAX_INTEGER) -> int:
        """A whole number, written as one."""
        self.check(type(self.value) is int and at_least <= self.value <= _MAX_INTEGER)
        return int(self.value)

    def instant(self, name: str) -> int | None:
        """A field that is an instant, or null or missing for never."""
        value = self.get(name, None)
        return None if value.value is None else value.integer()

    def _inner(self, name: str, value: Any) -> "Reader":
        return Reader(value, f"{self._where}.{name}" if self._where else name)
