"""One tree of errors. Each has a stable code, an HTTP status and a message a person can act on.

    SignageError
    ├── Invalid          422  what was sent cannot be taken as it is
    ├── NotFound         404  no such thing (or not for this person)
    ├── Conflict         409  it would break something that exists
    ├── Stale            412  somebody changed it meanwhile
    ├── SignInNeeded     401  who is asking?
    ├── Forbidden        403  known, but not allowed
    ├── TooMany          429  slow down
    └── Unavailable      503  a part of the server cannot answer now

Rooms add leaves beside the code that raises them. A leaf gives `code`, `vi` and `en`; the texts are filled with the
facts the error carries, and say what happened and what to do. The web room turns them into problem documents.
"""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

Language = Literal["vi", "en"]


class SignageError(Exception):
    """Something a person should be told about."""

    code: ClassVar[str] = "error"
    """Stable name for programs; never translated, never reused for another meaning."""
    status: ClassVar[int] = 500
    """The HTTP status that the web room answers with."""
    vi: ClassVar[str] = "Máy chủ gặp lỗi. Hãy thử lại; nếu vẫn lỗi, báo cho người quản trị."
    en: ClassVar[str] = "The server met an error. Try again; if it stays, tell the administrator."

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """What happened and what to do, in the person's language."""
        return (self.vi if language == "vi" else self.en).format(**self.facts)


class Invalid(SignageError):
    """What was sent cannot be taken as it is."""

    code = "invalid"
    status = 422
    vi = "Dữ liệu chưa hợp lệ. Hãy sửa các ô được đánh dấu rồi lưu lại."
    en = "Some of the data is not valid. Correct the marked fields and save again."


class NotFound(SignageError):
    """There is no such thing, or not for this person."""

    code = "not_found"
    status = 404
    vi = "Không tìm thấy mục này. Có thể nó đã bị xoá; hãy tải lại trang."
    en = "This does not exist. It may have been deleted; reload the page."


class Conflict(SignageError):
    """It would break something that exists."""

    code = "conflict"
    status = 409
    vi = "Không thực hiện được vì mục này đang được dùng ở nơi khác."
    en = "This cannot be done because it is in use elsewhere."


class Stale(SignageError):
    """Somebody changed it meanwhile."""

    code = "stale"
    status = 412
    vi = "Người khác vừa sửa mục này. Hãy tải lại để xem bản mới rồi sửa tiếp."
    en = "Somebody else has just changed this. Reload to see the new version, then go on."


class SignInNeeded(SignageError):
    """Nobody is known."""

    code = "sign_in_needed"
    status = 401
    vi = "Bạn cần đăng nhập."
    en = "Please sign in."


class Forbidden(SignageError):
    """Known, but not allowed."""

    code = "forbidden"
    status = 403
    vi = "Bạn không có quyền làm việc này."
    en = "You are not allowed to do this."


class TooMany(SignageError):
    """Too often."""

    code = "too_many"
    status = 429
    vi = "Bạn thử quá nhiều lần. Hãy đợi một phút rồi thử lại."
    en = "Too many attempts. Wait a minute and try again."


class Unavailable(SignageError):
    """A part of the server cannot answer now."""

    code = "unavailable"
    status = 503
    vi = "Máy chủ đang bận. Hãy thử lại sau ít giây."
    en = "The server is busy. Try again in a few seconds."


def say(code: str, facts: dict[str, Any], language: Language) -> str:
    """The message of an error that is known only by its code and facts (kept in a table, told by a worker process).

    A code that no room declares any more gets the general message.
    """
    for kind in _leaves(SignageError):
        if kind.code == code:
            return (kind.vi if language == "vi" else kind.en).format(**facts)
    return SignageError.vi if language == "vi" else SignageError.en


def _leaves(kind: type[SignageError]) -> Iterator[type[SignageError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _leaves(child)
