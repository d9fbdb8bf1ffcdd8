"""One-time links: how the first administrator and people without a password get in. There is no default password."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from signage_server.accounts.models import OneTimeLink, Person, Unit
from signage_server.accounts.people import Known, People, add_person, known, set_password
from signage_server.accounts.secrets import hash_of, new_secret
from signage_server.clock import Clock
from signage_server.db import Database
from signage_server.errors import Invalid, NotFound

VALID_FOR = timedelta(hours=1)

Purpose = Literal["setup", "reset"]


class LinkOver(NotFound):
    """The link is used, too old, replaced by a newer one, or was never one."""

    code = "link_over"
    vi = (
        "Liên kết này đã dùng rồi hoặc đã quá một giờ. Hãy xin người quản trị máy chủ một liên kết mới "
        "(signage-server user reset TÊN)."
    )
    en = (
        "This link has been used or is more than an hour old. Ask the server's administrator for a new one "
        "(signage-server user reset NAME)."
    )


class NameNeeded(Invalid):
    """The first administrator has not said a name."""

    code = "name_needed"
    vi = "Hãy điền tên đăng nhập."
    en = "Choose a name to sign in with."


@dataclass(frozen=True)
class LinkFacts:
    """What a link is for, and for whom (None: the first administrator, who chooses a name)."""

    purpose: Purpose
    name: str | None


class Links:
    """Makes and honours one-time links; each kind replaces the one before it."""

    def __init__(self, db: Database, clock: Clock, people: People) -> None:
        self._db = db
        self._clock = clock
        self._people = people

    def make(self, person_id: str | None = None) -> str:
        """The secret of a new link for a person, or for the first administrator."""
        secret, now = new_secret(), self._clock()
        with self._db.write(edit=False) as session:
            session.execute(delete(OneTimeLink).where(OneTimeLink.person_id.is_not_distinct_from(person_id)))
            session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at <= now))
            session.add(
                OneTimeLink(secret_hash=hash_of(secret), person_id=person_id, expires_at=now + VALID_FOR)
            )
        return secret

    def look_at(self, secret: str) -> LinkFacts:
        """What the link is for; looking does not use it up.

        Raises:
            LinkOver: it cannot be used (any more).
        """
        with self._db.read() as session:
            link = self._open_link(session, secret)
            person = session.get(Person, link.person_id) if link.person_id else None
        return LinkFacts("reset" if person else "setup", person.name if person else None)

    def use(self, secret: str, name: str | None, password: str) -> Known:
        """Give the person the password, make them if they are the first, and use the link up.

        Raises:
            LinkOver: it cannot be used (any more).
            NameNeeded: the first administrator has not said a name.
            WeakPassword, CommonPassword, BadName, NameTaken: another choice is needed; the link stays.
        """
        facts = self.look_at(secret)
        shown = facts.name or name
        if not shown:
            raise NameNeeded()
        password_hash = self._people.hash_password(password, shown)
        with self._db.write(edit=False) as session:
            link = self._open_link(session, secret)
            person = self._person_for(session, link, shown, password_hash)
            link.used_at = self._clock()
        return known(person)

    def _person_for(self, session: Session, link: OneTimeLink, name: str, password_hash: str) -> Person:
        person = session.get(Person, link.person_id) if link.person_id else None
        if person is None:
            root = session.scalars(select(Unit).where(Unit.parent_id.is_(None))).one()
            return add_person(session, self._clock, "setup", root.id, name, password_hash)
        set_password(session, self._clock, person, password_hash)
        return person

    def _open_link(self, session: Session, secret: str) -> OneTimeLink:
        link = session.get(OneTimeLink, hash_of(secret))
        if link is None or link.used_at is not None or link.expires_at <= self._clock():
            raise LinkOver()
        return link
