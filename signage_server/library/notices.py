"""Composed notices: a template and a few fields of text, the source from which slides are typeset.

A notice is a value. What can be said about it without fonts is checked here, when it is made; whether its words have
room in the template is found by `typeset`.
"""

import json
import re
import unicodedata
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from signage_server.errors import Language
from signage_server.library.phrases import NBSP, plain

Template = Literal["hero", "steps", "message", "reminder", "scan"]
Ground = Literal["blue", "teal", "yellow", "sand"]
Figure = Literal["contact", "private", "family", "school", "visitor", "messages", "reminder"]

TEMPLATES: Final = get_args(Template)
GROUNDS: Final = get_args(Ground)
FIGURES: Final = get_args(Figure)

GROUND_OF: Final[dict[Template, Ground]] = {
    "hero": "blue",
    "steps": "teal",
    "message": "sand",
    "reminder": "yellow",
    "scan": "blue",
}
"""The ground tells the kind of message at a glance: blue = what it is, teal = how to, yellow = reminder."""

WORDS_MOST: Final[dict[Language, int]] = {"vi": 45, "en": 30}
"""Thirty words are read in a glance of five seconds; a Vietnamese word has one and a half written syllables."""

STEPS_MOST: Final = 4
QR_CHARACTERS_MOST: Final = 100

# Letters of the Latin script, and these signs: what the typeface can draw.
_SIGNS = frozenset(
    " \n~\u00a00123456789.,:;!?…-–—/\\|()[]{}<>+=*×÷%‰&@#°'\"‘’“”„«»·•→←↑↓€$₫£¥©®™§_^`²³½¼¾₀₁₂"
)


def refusal(code: str, vi: str, en: str, **facts: Any) -> PydanticCustomError:
    """An error that speaks both languages: `ctx["vi"]` and `ctx["en"]`, which is the message itself.

    A rule over several fields names the one to mend as `field`; it is told on in `ctx`.
    """
    facts = {name: str(fact) for name, fact in facts.items()}
    told = {"vi": vi.format(**facts), "en": en.format(**facts)}
    return PydanticCustomError(code, "{en}", told | {"field": facts["field"]} if "field" in facts else told)


def _tidy(text: object) -> object:
    """NFC, one space between words, no spaces at the ends of lines."""
    if not isinstance(text, str):
        return text
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip().split("\n")
    return "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in lines if line.strip())


def _printable(text: str) -> str:
    for sign in text:
        if sign not in _SIGNS and not unicodedata.name(sign, "").startswith("LATIN "):
            raise refusal(
                "notice_sign",
                "Chữ của thông báo không có ký tự “{sign}”. Hãy bỏ nó hoặc viết bằng chữ.",
                "The typeface of notices has no “{sign}”. Leave it out or write it in words.",
                sign=sign if sign.isprintable() else f"U+{ord(sign):04X}",
            )
    return text


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[\x21-\x7e]*)?", text):
        raise refusal(
            "notice_qr",
            "Mã QR phải là một địa chỉ bắt đầu bằng https://, ví dụ https://bluezone.gov.vn.",
            "The QR code must be an address that begins with https://, such as https://bluezone.gov.vn.",
        )
    return text


_Text = Annotated[str, BeforeValidator(_tidy), AfterValidator(_printable)]
Headline = Annotated[_Text, Field(min_length=1, max_length=120)]
Body = Annotated[_Text, Field(min_length=1, max_length=320)]
Line = Annotated[_Text, Field(min_length=1, max_length=80)]
Address = Annotated[str, Field(max_length=QR_CHARACTERS_MOST), AfterValidator(_address)]


class Step(BaseModel):
    """One of the steps of a guide: what to do, and perhaps a line that helps."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Line
    text: Body | None = None


class Notice(BaseModel):
    """A slide in words. Its canonical bytes are its identity; each profile's picture is typeset from them.

    In all texts a line break is kept, and `~` binds two words that must stay on one line.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    template: Template
    language: Language = "vi"
    ground: Ground | None = None
    """The colour of the ground; without it, the template's own."""
    dark: bool = False
    """For a dark lobby: the same kind of message on a ground that does not glare."""
    eyebrow: Line | None = None
    """The few words above the headline: the subject, or who is spoken to."""
    headline: Headline
    body: Body | None = None
    steps: tuple[Step, ...] = ()
    figure: Figure | None = None
    """One of the drawn pictures."""
    qr: Address | None = None
    qr_caption: Line | None = None
    """What the code is for; the address itself is written beneath it."""
    issuer: Line | None = None
    """The unit that speaks: its name, and its letters in the seal."""
    footer: Line | None = None
    """The paper it rests on, or where to ask."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        _check_fields_of(self)
        _check_words(self)
        return self

    @property
    def shown_ground(self) -> Ground:
        """The ground it has, chosen or its template's own."""
        return self.ground or GROUND_OF[self.template]

    @property
    def words(self) -> int:
        """How many written words the message has; what frames it is not counted."""
        texts = [self.headline, self.body, *(text for step in self.steps for text in (step.title, step.text))]
        return sum(len(plain(text).split()) for text in texts if text)

    @property
    def alt(self) -> str:
        """The message in words, for those who do not see the picture."""
        texts = [self.headline, self.body, *(step.title for step in self.steps), self.qr]
        return " · ".join(plain(text).rstrip(".") for text in texts if text)

    @property
    def title(self) -> str:
        """A name for lists: the headline, and whom or what it is about."""
        return " · ".join(plain(text) for text in (self.headline, self.eyebrow) if text)

    def source_bytes(self) -> bytes:
        """Canonical JSON; the SHA-256 of these bytes identifies the asset.

        What stands at its default is left out, so that a later field does not change what exists.
        """
        fields = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _check_fields_of(notice: Notice) -> None:
    if notice.template == "steps" and not 2 <= len(notice.steps) <= STEPS_MOST:
        raise refusal(
            "notice_steps",
            "Mẫu “steps” cần từ 2 đến {most} bước.",
            "The template “steps” needs 2 to {most} steps.",
            most=STEPS_MOST,
            field="steps",
        )
    if notice.template == "scan" and not notice.qr:
        raise refusal(
            "notice_needs_qr",
            "Mẫu “scan” cần địa chỉ cho mã QR.",
            "The template “scan” needs an address for its QR.",
            field="qr",
        )
    for name in _unused(notice):
        raise refusal(
            "notice_field_unused",
            "Mẫu “{template}” không có chỗ cho “{field}”. Hãy bỏ trường này hoặc chọn mẫu khác.",
            "The template “{template}” has no place for “{field}”. Leave it out or choose another template.",
            template=notice.template,
            field=name,
        )


_PLACES: Final[dict[Template, frozenset[str]]] = {
    "hero": frozenset({"body", "qr"}),
    "steps": frozenset({"steps", "qr"}),
    "message": frozenset({"body", "figure"}),
    "reminder": frozenset({"body", "figure"}),
    "scan": frozenset({"body", "qr"}),
}
"""What a template shows besides eyebrow, headline, issuer and footer, which all have."""


def _unused(notice: Notice) -> list[str]:
    optional = ("body", "steps", "figure", "qr")
    return [name for name in optional if getattr(notice, name) and name not in _PLACES[notice.template]]


def _check_words(notice: Notice) -> None:
    if notice.words > (most := WORDS_MOST[notice.language]):
        raise refusal(
            "notice_words",
            "Thông báo có {words} chữ; đọc lướt trong thang máy chỉ kịp {most}. Hãy viết ngắn lại hoặc chia làm hai.",
            "The notice has {words} words; a glance in a lift takes in {most}. Shorten it or make two of it.",
            words=notice.words,
            most=most,
        )


_UNIT_WORDS = re.compile(
    r"ubnd|[uủ][yỷ]|ban|nhân|dân|tỉnh|thành|phố|huyện|quận|thị|xã|phường|trấn|people['’]s|committee|of|the|and"
    r"|province|provincial|district|commune|ward|city|town"
)


def monogram(issuer: str) -> str:
    """The letters of the seal: the initials of the unit's own name, at most four. “UBND tỉnh Kiên Giang” → “KG”."""
    words = [word for word in re.split(r"[^\w'’]+", issuer.replace("~", " ").replace(NBSP, " ")) if word]
    names = [
        word
        for word in words
        if not _UNIT_WORDS.fullmatch(word.casefold()) and (word[0].isupper() or word.isdigit())
    ]
    return "".join(word[0] for word in (names or words))[:4].upper()


def qr_text(address: str) -> str:
    """The address as the code carries it: a bare host in capitals makes larger modules, readable from further away."""
    scheme, host, path = re.fullmatch(r"(https?://)([^/]+)(.*)", address).groups()  # type: ignore[union-attr]
    return (scheme + host).upper() + path.removesuffix("/") if path in ("", "/") else address


def qr_label(address: str) -> str:
    """The address as people read it, without https://."""
    return re.sub(r"^https?://", "", address).removesuffix("/")
