"""The tags that screens have, looked up for many at once and counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage_server.screens.models import Screen, ScreenTag
from signage_server.screens.tags import tag_key


@dataclass(frozen=True)
class TagCount:
    """A tag and how many screens have it."""

    tag: str
    screens: int


def put_tags(screen: Screen, tags: Sequence[str]) -> None:
    """Give a screen these tags (as `tidy_tags` returns them) and no others; those it has keep their rows."""
    had = {row.tag_key: row for row in screen.tags}
    wanted = {tag_key(tag): tag for tag in tags}
    for key, tag in wanted.items():
        if key in had:
            had[key].tag = tag
    rows = [had.get(key) or ScreenTag(tag_key=key, tag=tag) for key, tag in wanted.items()]
    if rows != screen.tags:
        screen.tags = rows


def tags_by_screen(session: Session, screen_ids: Collection[str]) -> dict[str, list[str]]:
    """The tags of those of the screens that have any, in the order of their keys. One query."""
    found: dict[str, list[str]] = {}
    wanted = select(ScreenTag.screen_id, ScreenTag.tag).where(ScreenTag.screen_id.in_(screen_ids))
    for screen_id, tag in session.execute(wanted.order_by(ScreenTag.tag_key)):
        found.setdefault(screen_id, []).append(tag)
    return found


def keys_by_screen(session: Session) -> dict[str, tuple[str, ...]]:
    """The keys of the tags of every screen that has any. One query."""
    found: dict[str, tuple[str, ...]] = {}
    rows = session.execute(select(ScreenTag.screen_id, ScreenTag.tag_key).order_by(ScreenTag.tag_key))
    for screen_id, key in rows:
        found[screen_id] = (*found.get(screen_id, ()), key)
    return found


def count_tags(session: Session) -> list[TagCount]:
    """Every tag that a screen has, in one of the spellings in use, in the order of their keys."""
    counted = select(func.min(ScreenTag.tag), func.count()).group_by(ScreenTag.tag_key)
    return [TagCount(*row) for row in session.execute(counted.order_by(ScreenTag.tag_key))]
