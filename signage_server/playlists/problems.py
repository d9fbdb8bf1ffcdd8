"""What is wrong with a playlist document: every reason with its place, in the words of the person who edits it."""

from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from signage_server.errors import Invalid, Language


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it stands in the document, and what to do about it."""

    place: str
    vi: str
    en: str

    def sentence(self, language: Language) -> str:
        """Place and advice in one line."""
        text = self.vi if language == "vi" else self.en
        return f"{self.place}: {text}" if self.place else text


class DocumentInvalid(Invalid):
    """A playlist document that cannot be taken as it is; `problems` has every reason."""

    code = "document_invalid"
    vi = "Tài liệu danh sách phát có chỗ cần sửa:"
    en = "The playlist document needs correcting:"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__()

    def message(self, language: Language) -> str:
        """Every problem, one a line."""
        head = self.vi if language == "vi" else self.en
        return "\n".join([head, *(f"· {problem.sentence(language)}" for problem in self.problems)])


_SENTENCES: Final = {
    "missing": ("thiếu trường này.", "this field is missing."),
    "extra_forbidden": (
        "không có trường tên này; hãy xem lại chính tả.",
        "no such field; check its spelling.",
    ),
    "literal_error": ("chỉ nhận một trong các giá trị: {expected}.", "must be one of {expected}."),
    "string_too_long": ("dài quá {max_length} ký tự.", "is longer than {max_length} characters."),
    "string_too_short": ("không được để trống.", "must not be empty."),
    "too_short": ("cần ít nhất {min_length} mục.", "needs at least {min_length}."),
    "greater_than_equal": ("phải từ {ge} trở lên.", "must be at least {ge}."),
    "less_than_equal": ("không được quá {le}.", "must be at most {le}."),
    "string_type": ("phải là chữ; hãy đặt trong dấu ngoặc kép.", "must be text; put it in quotation marks."),
    "string_pattern_mismatch": (
        "tên chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối.",
        "a name has small letters without accents, digits and hyphens only.",
    ),
    "model_type": ("phải là các dòng “tên: giá trị”.", "must be fields, “name: value”."),
    "dict_type": ("phải là các dòng “tên: giá trị”.", "must be fields, “name: value”."),
    "tuple_type": ("phải là một danh sách, mỗi mục một gạch đầu dòng.", "must be a list."),
}


def problems_of(error: ValidationError) -> tuple[Problem, ...]:
    """What the models found, in sentences."""
    return tuple(_problem(dict(found)) for found in error.errors(include_url=False))


def _problem(found: dict[str, Any]) -> Problem:
    place = " › ".join(_place(part) for part in found["loc"] if part != "[key]")
    context = found.get("ctx", {})
    if "vi" in context:
        return Problem(place, context["vi"], context["en"])
    vi, en = _SENTENCES.get(found["type"], ("giá trị này chưa đúng.", f"{found['msg']}."))
    return Problem(place, vi.format(**context), en.format(**context))


def _place(part: str | int) -> str:
    """People count from one."""
    return str(part + 1) if isinstance(part, int) else part
