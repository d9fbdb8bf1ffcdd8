"""Values that are remembered together with what they were made from. Pure."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Makes a value anew only where what it is made from differs from the last time.

    Comparing is cheap as long as equal parts are the same objects.
    """

    def __init__(self) -> None:
        self._kept: dict[Key, tuple[object, Value]] = {}

    def of(self, key: Key, made_from: object, make: Callable[[], Value]) -> Value:
        """The value; the very same object while `made_from` stays equal."""
        kept = self._kept.get(key)
        if kept is None or kept[0] != made_from:
            kept = self._kept[key] = made_from, make()
        return kept[1]

    def keep_only(self, wanted: Callable[[Key], bool]) -> None:
        """Forget the others."""
        self._kept = {key: kept for key, kept in self._kept.items() if wanted(key)}


class Same(Generic[Value]):
    """Answers equal values with the very same object, so that others can compare by it."""

    def __init__(self) -> None:
        self._last: Value | None = None

    def if_equal(self, value: Value) -> Value:
        """The last value if this one is equal to it, else this one."""
        if self._last is None or self._last != value:
            self._last = value
        return self._last
