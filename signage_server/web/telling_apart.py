"""Schedules of equal names told apart in a sentence."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.errors import Language
from signage_server.scheduling.models import Schedule
from signage_server.scheduling.recurrence import DateRule
from signage_server.scheduling.sentences import say_when
from signage_server.scheduling.specs import windows_of


def told_apart(session: Session, names: Mapping[str, str], language: Language) -> dict[str, str]:
    """The names by id; equal ones with their days and, where those are equal too, with their hours."""
    alike = _alike(names)
    rows = session.scalars(select(Schedule).where(Schedule.id.in_(alike))).all() if alike else ()
    told = dict(names)
    for hours in (False, True):
        still = _alike(told)
        for row in rows:
            if row.id in still:
                rule = DateRule(row.first_day, row.last_day, row.rrule)
                when = say_when(rule, windows_of(row) if hours else (), language)
                told[row.id] = f"{names[row.id]} ({when})"
    return told


def _alike(names: Mapping[str, str]) -> set[str]:
    counts = Counter(names.values())
    return {one for one, name in names.items() if counts[name] > 1}
