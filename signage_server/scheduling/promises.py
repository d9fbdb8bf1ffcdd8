"""What rotations have been promised, gathered so that a new promise can be held against it."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from signage_server.accounts.references import unit_parents
from signage_server.scheduling.day_sets import days_for
from signage_server.scheduling.models import Schedule
from signage_server.scheduling.shares import Clash, Promise, first_clash
from signage_server.scheduling.specs import ScheduleDraft, draft_of, target_of
from signage_server.scheduling.targets import Reach
from signage_server.scheduling.weights import MAX_SHARES
from signage_server.screens.models import Screen
from signage_server.screens.tagging import keys_by_screen
from signage_server.screens.tags import tag_key

_DRAFT = "draft"


def clash_with(session: Session, draft: ScheduleDraft, now: datetime, but: str | None) -> Clash | None:
    """Where the share of a rotation would be too much together with those it can meet on some screen.

    `but` is the schedule that the draft replaces; the draft's rule has the days of its sets in it.
    """
    others = _rotations(session, but) if draft.share_permille is not None else []
    known = days_for(session, others)
    promises = {row.id: _promise(draft_of(row, known)) for row in others} | {_DRAFT: _promise(draft)}
    if sum(promise.permille for promise in promises.values()) <= MAX_SHARES:
        return None
    from_day = max(draft.rule.first_day, now.date())
    for ids, zone_name in _meetings(session, others, draft):
        if clash := first_clash([promises[one] for one in sorted(ids)], zone_name, from_day):
            return clash
    return None


def _rotations(session: Session, but: str | None) -> list[Schedule]:
    promised = select(Schedule).where(Schedule.role == "rotation", Schedule.share_permille.is_not(None))
    others = promised.where(Schedule.id != but) if but else promised
    return list(session.scalars(others.options(selectinload(Schedule.targets))))


def _promise(draft: ScheduleDraft) -> Promise:
    return Promise(draft.name, draft.share_permille or 0, draft.rule, draft.windows, draft.zone)


def _meetings(
    session: Session, others: list[Schedule], draft: ScheduleDraft
) -> set[tuple[frozenset[str], str]]:
    """The sets of promises that meet the draft on some screen, with that screen's zone.

    A screen may be put into any unit tomorrow, so each unit counts as one, in every zone that screens are in; and so
    does each tag that a target names. A unit and a tag, or two tags, meet only where a screen has both today: to refuse
    all that might meet would refuse most of what is meant. Where they do meet later, the compiler scales (weights).
    """
    parents = unit_parents(session)
    targets = [(row.id, target_of(target)) for row in others for target in row.targets]
    reach = Reach([*targets, *((_DRAFT, target) for target in draft.targets)], parents)
    met = set(_on_screens(session, reach))
    zones = {zone_name for _, zone_name in met} or {"UTC"}
    together = [reach.of_unit(unit_id) for unit_id in parents]
    together += [reach.of_tag(tag_key(one.ref)) for one in draft.targets if one.kind == "tag" and one.ref]
    met |= {(ids, zone_name) for ids in together for zone_name in zones}
    return {(ids, zone_name) for ids, zone_name in met if _DRAFT in ids}


def _on_screens(session: Session, reach: Reach) -> Iterator[tuple[frozenset[str], str]]:
    tags = keys_by_screen(session)
    for screen_id, unit_id, zone_name in session.execute(select(Screen.id, Screen.unit_id, Screen.zone)):
        yield reach.of_screen(screen_id, unit_id, tags.get(screen_id, ())), zone_name
