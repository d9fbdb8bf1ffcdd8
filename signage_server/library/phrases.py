"""Where a line of a notice may break, and how well it reads there: a sentence is broken by sense, not by width.

Pure. The typesetter weighs these costs against the raggedness of the lines.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from signage_server.errors import Language

NBSP = "\u00a0"

SENTENCE_END, CLAUSE_END, BEFORE_LINK, PLAIN, AFTER_LINK = 0.0, 0.08, 0.22, 0.5, 1.4
"""What a break costs: after a full stop nothing, after a word that leads on (“of”, “để”) most."""

# Words that open a phrase: a line may well begin with one, and should never end with one.
_LINKS: Final[dict[Language, re.Pattern[str]]] = {
    "vi": re.compile(
        "và|hoặc|hay|để|cho|khi|nếu|vì|của|với|từ|ở|tại|trong|trên|ngoài|là|các|những|mỗi|một|mọi|không|chưa|đã|đang"
        "|sẽ|hãy|cùng|bằng|do|được|bị|ai|người"
    ),
    "en": re.compile(
        "and|or|but|to|for|when|if|because|of|with|from|in|on|at|by|the|a|an|is|are|your|our|has|have|been|who|that"
        "|as|not"
    ),
}

# Vietnamese writes the syllables of one word apart. These come up in public notices and stay together on a line.
_BOUND = (
    "cả nhà|gia đình|sức khoẻ|sức khỏe|bảo vệ|ứng dụng|cài đặt|điện thoại|thông minh|người thân|người dân|"
    "phụ huynh|học sinh|sinh viên|giáo viên|nhà trường|cơ quan|cán bộ|cộng đồng|phòng, chống|phòng chống|dịch bệnh|"
    "y tế|tiếp xúc|nhiễm bệnh|miễn phí|vị trí|hướng dẫn|liên hệ|công tác|tin nhắn|nhà mạng|quét mã|toà nhà|tòa nhà|"
    "thang máy|khẩu trang|rửa tay|thông báo|cảnh báo|an toàn|Kiên Giang|Việt Nam|ba bước|một phút|kho ứng dụng|"
    "App Store|Google Play|CH Play|nhắc nhau|mọi người|đã bật|đã mở|thế nào|tại đây|dữ liệu|thu thập|nguy cơ|"
    "bệnh nhân|uỷ ban|ủy ban|nhân dân|công văn|số điện thoại"
)
_bound = re.compile(rf"(?<!\w)(?:{_BOUND})(?!\w)", re.IGNORECASE)
_lonely_numbers = re.compile(r"(?<=\d) (?=\w)")


@dataclass(frozen=True)
class Word:
    """What never breaks inside, and the cost of ending a line after it."""

    text: str
    cost: float


def paragraphs(text: str, language: Language) -> list[list[Word]]:
    """Split a text at its own line breaks, then into words with the cost of a break after each.

    `~` and the no-break space bind words together; so do the Vietnamese compounds known here.
    """
    return [_words(line, language) for line in text.split("\n") if line.strip()]


def plain(text: str) -> str:
    """The text as one line to read aloud or to show in a list: without `~` and line breaks."""
    return " ".join(text.replace("~", " ").replace(NBSP, " ").split())


def _words(line: str, language: Language) -> list[Word]:
    line = _bind(line.strip()) if language == "vi" else line.strip().replace("~", NBSP)
    texts = [text for text in line.split(" ") if text]
    following = [*texts[1:], ""]
    return [
        Word(text, _cost(text, after, _LINKS[language])) for text, after in zip(texts, following, strict=True)
    ]


def _bind(line: str) -> str:
    line = _lonely_numbers.sub(NBSP, line.replace("~", NBSP))
    return _bound.sub(lambda phrase: phrase[0].replace(" ", NBSP), line)


def _cost(text: str, after: str, links: re.Pattern[str]) -> float:
    if text.endswith((".", "?", "!", ":", "…")):
        return SENTENCE_END
    if text.endswith((",", ";", "–", "—", "·")):
        return CLAUSE_END
    if links.fullmatch(_last(text)):
        return AFTER_LINK
    return BEFORE_LINK if links.fullmatch(_first(after)) else PLAIN


def _first(text: str) -> str:
    return re.split(r"[^\w]", text.strip("“”\"'(").casefold(), maxsplit=1)[0]


def _last(text: str) -> str:
    return text.split(NBSP)[-1].strip("“”\"'()").casefold()


def as_data(text: str | None, language: Language) -> list[list[list[Any]]]:
    """The same as plain lists, for the templates; nothing for no text."""
    return [[[word.text, word.cost] for word in words] for words in paragraphs(text or "", language)]
