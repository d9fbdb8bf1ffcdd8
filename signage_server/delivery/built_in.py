"""The notice that boards show when nothing else was ever planned for them: friendly, and never out of date."""

import hashlib
from typing import Final

from sqlalchemy import select

from signage_server.accounts.models import Unit
from signage_server.db import Database
from signage_server.errors import Language
from signage_server.library.library import Library
from signage_server.library.notices import Notice

WHO: Final = "server"
"""Who made it, in the audit trail."""

NOTICES: Final[dict[Language, Notice]] = {
    "vi": Notice(
        template="hero",
        language="vi",
        headline="Xin kính chào",
        body="Thông tin mới sẽ được đăng tại đây.",
    ),
    "en": Notice(
        template="hero",
        language="en",
        headline="Welcome",
        body="New information will appear here.",
    ),
}
_NAMES: Final[dict[Language, str]] = {
    "vi": "Trang chào khi chưa có lịch",
    "en": "Welcome, while nothing is scheduled",
}


SOURCES: Final[dict[Language, str]] = {
    language: hashlib.sha256(notice.source_bytes()).hexdigest() for language, notice in NOTICES.items()
}
"""By what the library knows them: the SHA-256 of their source."""


class BuiltIn:
    """Sees to it that the built-in notice is in the library, where it is made fit for the boards like any other."""

    def __init__(self, db: Database, library: Library, language: Language) -> None:
        self._db = db
        self._library = library
        self._name = _NAMES[language]
        self.notice = NOTICES[language]

    def make(self) -> None:
        """Put it (back) into the library, as the root unit's."""
        with self._db.read() as session:
            root = session.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
        self._library.add_notice(WHO, root, self.notice, self._name)
