"""What has changed in the tables since they were last read, told by the rows themselves.

Rows as the driver hands them out cost a tenth of what is made of them. So all are read every time and compared, and
only what differs is made anew: nobody has to tell what an edit affects, and nothing can be forgotten.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Executable
from sqlalchemy.orm import Session

CHUNK = 500
"""Rows read before others get their turn: a millisecond or two."""

Pause = Callable[[], None]
"""Lets the sockets have their turn."""

Row = tuple[Any, ...]
Rows = list[Row]
Behind = TypeVar("Behind")
Fact = TypeVar("Fact")


def bare_rows(session: Session, query: Executable, pause: Pause) -> Rows:
    """The rows of a query as the driver gives them: no dates, no JSON, but they can be compared."""
    found: Rows = []
    with session.connection().execute(query) as result:
        while some := result.cursor.fetchmany(CHUNK):
            found += some
            pause()
    return found


def by_first(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    """Rows that are sorted by their first column, gathered by it."""
    return {name: tuple(some) for name, some in groupby(rows, key=itemgetter(0))}


class Kept(Generic[Behind, Fact]):
    """Facts by name, with what they were made of; made anew where that has changed."""

    def __init__(self, at_once: int, pause: Pause) -> None:
        """So many are made before others get their turn."""
        self._at_once = at_once
        self._pause = pause
        self._rows: Sequence[Rows] = ()
        self._behind: Mapping[str, Behind] = {}
        self._facts: Mapping[str, Fact] = {}

    def update(
        self,
        rows: Sequence[Rows],
        behind: Callable[[], Mapping[str, Behind]],
        make: Callable[[Mapping[str, Behind]], Mapping[str, Fact]],
    ) -> Mapping[str, Fact]:
        """All facts, given all rows of the tables concerned; the same object as before if nothing differs.

        `behind` gathers from the rows what is behind each name; `make` makes facts of some of it, and leaves out the
        names of which there is nothing to say.
        """
        if rows == self._rows:
            return self._facts
        now = behind()
        made: dict[str, Fact] = {}
        for some in self._portions(name for name, those in now.items() if self._behind.get(name) != those):
            made |= make({name: now[name] for name in some})
            self._pause()
        same = (name for name in now if name in self._facts and self._behind[name] == now[name])
        self._facts = {**{name: self._facts[name] for name in same}, **made}
        self._rows, self._behind = rows, now
        return self._facts

    def _portions(self, names: Iterable[str]) -> Iterator[list[str]]:
        waiting = iter(names)
        while some := list(islice(waiting, self._at_once)):
            yield some
