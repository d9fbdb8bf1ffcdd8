"""People who may sign in, and their passwords."""

import unicodedata
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.accounts import audit
from signage_server.accounts.models import Person, SignIn
from signage_server.accounts.passwords import Passwords
from signage_server.accounts.secrets import hash_of
from signage_server.clock import Clock
from signage_server.db import Database, new_id
from signage_server.errors import Conflict, Invalid, Language, NotFound, SignageError

LONGEST_NAME = 100
SHORTEST_NAME = 2


class WrongNameOrPassword(SignageError):
    """Which of the two is wrong is never said."""

    code = "wrong_name_or_password"
    status = 401
    vi = "Tên hoặc mật khẩu không đúng."
    en = "The name or the password is wrong."


class WrongPassword(Invalid):
    """Who wants to choose a new password must know the old one."""

    code = "wrong_password"
    vi = "Mật khẩu hiện tại không đúng."
    en = "The present password is not right."


class NameTaken(Conflict):
    """Somebody has this name."""

    code = "name_taken"
    vi = "Đã có người dùng tên này. Hãy chọn tên khác."
    en = "Somebody already has this name. Choose another one."


class BadName(Invalid):
    """Too short, too long, or nothing but spaces."""

    code = "bad_name"
    vi = "Tên cần từ {shortest} đến {longest} ký tự."
    en = "A name needs {shortest} to {longest} characters."


class UnknownPerson(NotFound):
    """Nobody has this name."""

    code = "unknown_person"
    vi = "Không có người dùng này. Lệnh `user list` liệt kê tên mọi người."
    en = "There is no such person. The command `user list` shows everybody's name."


@dataclass(frozen=True)
class Known:
    """A person as the rest of the server sees one."""

    id: str
    unit_id: str
    name: str
    language: Language | None
    has_password: bool


class People:
    """Adds people, checks passwords, changes them."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._passwords = Passwords()

    def all(self) -> list[Known]:
        """Everybody, by name."""
        with self._db.read() as session:
            return [known(person) for person in session.scalars(select(Person).order_by(Person.name_key))]

    def get(self, person_id: str) -> Known:
        """One person by id.

        Raises:
            UnknownPerson: there is none.
        """
        with self._db.read() as session:
            return known(_existing(session.get(Person, person_id)))

    def named(self, name: str) -> Known:
        """One person by the name typed to sign in.

        Raises:
            UnknownPerson: nobody has it.
        """
        with self._db.read() as session:
            return known(_existing(_find_by_name(session, name)))

    def anybody_can_sign_in(self) -> bool:
        """Whether somebody has chosen a password: until then the set-up link is the only way in."""
        with self._db.read() as session:
            return (
                session.scalar(select(Person.id).where(Person.password_hash.is_not(None)).limit(1))
                is not None
            )

    def check(self, name: str, password: str) -> Known:
        """The person with this name and password; unknown names take as long as wrong passwords.

        Raises:
            WrongNameOrPassword: there is none.
        """
        with self._db.read() as session:
            person = _find_by_name(session, name)
        if not self._passwords.fits(password, person.password_hash if person else None) or person is None:
            raise WrongNameOrPassword()
        return known(person)

    def hash_password(self, password: str, name: str) -> str:
        """The hash of a new password, made before the transaction that keeps it.

        Raises:
            WeakPassword: it is too short.
            CommonPassword: it is too easily guessed.
        """
        return self._passwords.hash(password, name=name)

    def add(self, who: str, unit_id: str, name: str) -> Known:
        """A new person without a password; a one-time link lets them choose one.

        Raises:
            BadName: the name is too short or too long.
            NameTaken: somebody has it.
        """
        with self._db.write() as session:
            person = add_person(session, self._clock, who, unit_id, name, password_hash=None)
        return known(person)

    def change_password(self, person_id: str, old: str, new: str, here: str) -> Known:
        """Replace somebody's own password; every browser is signed out but the one with the session `here`.

        Raises:
            WrongPassword: the old one is another.
            WeakPassword, CommonPassword: another choice is needed; the old one stays.
        """
        with self._db.read() as session:
            person = _existing(session.get(Person, person_id))
        if not self._passwords.fits(old, person.password_hash):
            raise WrongPassword()
        password_hash = self.hash_password(new, person.name)
        with self._db.write(edit=False) as session:
            person = _existing(session.get(Person, person_id))
            set_password(session, self._clock, person, password_hash, here=here)
        return known(person)

    def set_language(self, person_id: str, language: Language) -> Known:
        """Remember in which language somebody wants to be answered."""
        with self._db.write(edit=False) as session:
            person = _existing(session.get(Person, person_id))
            person.language = language
        return known(person)


def add_person(
    session: Session, clock: Clock, who: str, unit_id: str, name: str, password_hash: str | None
) -> Person:
    """Add a person's row in a transaction that is already open.

    Raises:
        BadName: the name is too short or too long.
        NameTaken: somebody has it.
    """
    shown = tidy_name(name)
    if not SHORTEST_NAME <= len(shown) <= LONGEST_NAME:
        raise BadName(shortest=SHORTEST_NAME, longest=LONGEST_NAME)
    if _find_by_name(session, shown) is not None:
        raise NameTaken()
    person = Person(
        id=new_id("usr"),
        unit_id=unit_id,
        name=shown,
        name_key=shown.casefold(),
        password_hash=password_hash,
        created_at=clock(),
    )
    session.add(person)
    audit.record(session, who, "person.add", person.id, None, {"name": shown}, at=clock())
    return person


def set_password(
    session: Session, clock: Clock, person: Person, password_hash: str, here: str | None = None
) -> None:
    """Give a person a new password and sign out every browser but the one whose session's secret is `here`."""
    person.password_hash = password_hash
    kept = hash_of(here) if here is not None else None
    for sign_in in session.scalars(select(SignIn).where(SignIn.person_id == person.id)):
        if sign_in.secret_hash != kept:
            session.delete(sign_in)
    audit.record(session, person.id, "person.set_password", person.id, None, None, at=clock())


def tidy_name(name: str) -> str:
    """A name as it is kept and shown: NFKC, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


def _find_by_name(session: Session, name: str) -> Person | None:
    return session.scalar(select(Person).where(Person.name_key == tidy_name(name).casefold()))


def _existing(person: Person | None) -> Person:
    if person is None:
        raise UnknownPerson()
    return person


def known(person: Person) -> Known:
    """A person's row as a value."""
    language: Language | None = "en" if person.language == "en" else "vi" if person.language else None
    return Known(
        id=person.id,
        unit_id=person.unit_id,
        name=person.name,
        language=language,
        has_password=person.password_hash is not None,
    )
