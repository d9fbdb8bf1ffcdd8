"""Errors over HTTP: RFC 9457 problem documents with a stable `code` and a `detail` in the caller's language."""

import json
import logging
from http import HTTPStatus
from typing import Any, cast

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, g, has_request_context, request
from pydantic import ValidationError

from signage_server.errors import Invalid, Language, NotFound, SignageError, TooMany
from signage_server.web.rooms import rooms
from signage_server.web.schemas.values import FieldError, Problem

logger = logging.getLogger(__name__)

PROBLEM_TYPE = "application/problem+json"

_HTTP_CODES = {
    400: ("bad_request", "Yêu cầu gửi lên không đọc được.", "The request cannot be read."),
    404: (NotFound.code, NotFound.vi, NotFound.en),
    405: (
        "method_not_allowed",
        "Địa chỉ này không nhận thao tác đó.",
        "This address does not take that method.",
    ),
    416: ("range_not_there", "Tệp không có phần dữ liệu này.", "The file does not have this part."),
    413: ("too_large", "Nội dung gửi lên quá lớn.", "What was sent is too large."),
    415: ("unsupported_type", "Kiểu dữ liệu này không được hỗ trợ.", "This kind of data is not supported."),
    429: (TooMany.code, TooMany.vi, TooMany.en),
}
"""What is said of errors that Flask itself meets: code, Vietnamese, English."""

_TELLING_HEADERS = ("Allow", "Content-Range")
"""What of Flask's own headers goes with the problem."""

_NO_TEXT = ("Phải là chữ, đặt trong dấu ngoặc kép.", "It must be text.")
_NO_NUMBER = ("Phải là số nguyên.", "It must be a whole number.")
_NO_FIELDS = ("Phải là một nhóm ô có tên (đối tượng JSON).", "It must be a JSON object with named fields.")
_NO_LIST = ("Phải là danh sách.", "It must be a list.")
_NO_SWITCH = ("Phải là true hoặc false.", "It must be true or false.")

FIELD_WORDS = {
    "missing": ("Cần điền ô này.", "This field is needed."),
    "extra_forbidden": ("Không có ô này.", "There is no such field."),
    "string_type": _NO_TEXT,
    "string_unicode": ("Có ký tự không hợp lệ.", "It has characters that are not valid."),
    "string_too_short": ("Cần ít nhất {min_length} ký tự.", "At least {min_length} {characters} needed."),
    "string_too_long": ("Nhiều nhất {max_length} ký tự.", "At most {max_length} {characters} possible."),
    "string_pattern_mismatch": ("Sai dạng.", "It does not have the right form."),
    "too_short": ("Cần ít nhất {min_length} mục.", "At least {min_length} {entries} needed."),
    "too_long": ("Nhiều nhất {max_length} mục.", "At most {max_length} {entries} possible."),
    "greater_than_equal": ("Phải từ {ge} trở lên.", "It must be {ge} or more."),
    "less_than_equal": ("Phải từ {le} trở xuống.", "It must be {le} or less."),
    "literal_error": ("Chọn một trong: {expected}.", "It must be one of: {expected}."),
    "int_type": _NO_NUMBER,
    "int_parsing": _NO_NUMBER,
    "int_parsing_size": _NO_NUMBER,
    "int_from_float": _NO_NUMBER,
    "bool_type": _NO_SWITCH,
    "bool_parsing": _NO_SWITCH,
    "list_type": _NO_LIST,
    "tuple_type": _NO_LIST,
    "dict_type": _NO_FIELDS,
    "model_type": _NO_FIELDS,
    "model_attributes_type": _NO_FIELDS,
}
"""What is said of a field, by pydantic's kind of error; of other kinds a general word, never pydantic's own."""

_OTHER_WORDS = ("Giá trị chưa hợp lệ.", "This value is not valid.")


def register(app: APIFlask) -> None:
    """Answer every error of `app` with a problem document."""
    app.error_processor(_from_http_error)
    app.register_error_handler(SignageError, _from_signage_error)
    app.register_error_handler(RecursionError, _from_deep_nesting)


def language() -> Language:
    """The language to answer in: the person's own, else the browser's, else the installation's."""
    caller = g.get("caller")
    if caller is not None and caller.language is not None:
        return cast(Language, caller.language)
    if has_request_context():
        wanted = request.accept_languages.best_match(["vi", "en"])
        if wanted is not None:
            return cast(Language, wanted)
    return rooms().settings.language


def problem(status: int, code: str, detail: str, errors: list[dict[str, Any]] | None = None) -> Response:
    """A problem document as a response."""
    title = HTTPStatus(status).phrase
    told = {} if errors is None else {"errors": [FieldError(**error) for error in errors]}
    body = Problem(type="about:blank", title=title, status=status, code=code, detail=detail, **told)
    text = json.dumps(body.model_dump(mode="json", exclude_unset=True), ensure_ascii=False)
    return Response(text, status, content_type=PROBLEM_TYPE, headers={"Content-Language": language()})


def _from_signage_error(error: SignageError) -> Response:
    if error.status >= 500:
        logger.error("%s", error, exc_info=error)
    return problem(error.status, error.code, error.message(language()), error.facts.get("errors"))


def _from_http_error(error: HTTPError) -> Response:
    if isinstance(error.__cause__, ValidationError):
        return problem(
            Invalid.status, Invalid.code, _said(Invalid.vi, Invalid.en), _by_field(error.__cause__)
        )
    code, vi, en = _HTTP_CODES.get(error.status_code, (SignageError.code, SignageError.vi, SignageError.en))
    answer = problem(error.status_code, code, _said(vi, en))
    answer.headers.extend(
        {name: value for name, value in dict(error.headers).items() if name in _TELLING_HEADERS}
    )
    return answer


def _from_deep_nesting(_error: RecursionError) -> Response:
    """JSON that was nested a thousand times over to make us stumble."""
    code, vi, en = _HTTP_CODES[400]
    return problem(400, code, _said(vi, en))


def _by_field(error: ValidationError) -> list[dict[str, Any]]:
    return [
        {
            "path": ".".join(str(step) for step in (*one["loc"], *_mended_at(one.get("ctx", {})))),
            "code": one["type"],
            "detail": _field_detail(one["type"], one.get("ctx", {})),
        }
        for one in error.errors(include_url=False, include_input=False)
    ]


def _mended_at(facts: dict[str, Any]) -> list[str]:
    """Below the thing whose rule is broken: the field to mend, where the rule names one."""
    return [facts["field"]] if "field" in facts else []


def _field_detail(kind: str, facts: dict[str, Any]) -> str:
    if "vi" in facts and "en" in facts:  # an error of ours, which brings its own words
        return _said(facts["vi"], facts["en"])
    if facts.get("field_type") == "Value":  # a text that a function has tidied up
        kind = f"string_{kind}"
    told = facts | _counted(facts.get("min_length", facts.get("max_length")))
    if "expected" in facts:
        told["expected"] = facts["expected"].replace(" or ", _said(" hoặc ", " or "))
    return _said(*FIELD_WORDS.get(kind, _OTHER_WORDS)).format(**told)


def _counted(number: object) -> dict[str, str]:
    """The nouns of English with their verb, as the number has them."""
    if number == 1:
        return {"characters": "character is", "entries": "entry is"}
    return {"characters": "characters are", "entries": "entries are"}


def _said(vi: str, en: str) -> str:
    return vi if language() == "vi" else en
