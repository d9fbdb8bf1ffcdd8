"""Tags: free labels by which screens are meant together. What makes two of them one. Pure."""

import unicodedata
from collections.abc import Iterable

from signage_server.errors import Invalid

JOINER = "\u200d"
"""Cannot be seen itself, yet makes one sign of several (families, flags, letters of Indian scripts)."""
TAG_LETTERS_MOST = 40
TAGS_MOST = 20


class TagWrong(Invalid):
    """A tag is empty or too long."""

    code = "tag_wrong"
    vi = "Nhãn cần có từ 1 đến {most} ký tự; hãy sửa nhãn “{tag}”."
    en = "A tag has 1 to {most} characters; correct the tag “{tag}”."


class TooManyTags(Invalid):
    """More tags than a screen can have."""

    code = "too_many_tags"
    vi = "Mỗi màn hình có nhiều nhất {most} nhãn. Hãy bỏ bớt nhãn."
    en = "A screen has at most {most} tags. Take some out."


def tidy_tag(tag: str) -> str:
    """The tag in its one spelling: NFC, single spaces, nothing that cannot be seen. Raises TagWrong."""
    seen = "".join(
        sign for sign in tag if sign.isspace() or sign == JOINER or unicodedata.category(sign)[0] != "C"
    )
    tidy = unicodedata.normalize("NFC", " ".join(seen.split()).strip(JOINER))
    if not 1 <= len(tidy) <= TAG_LETTERS_MOST:
        raise TagWrong(tag=tidy[: TAG_LETTERS_MOST + 1], most=TAG_LETTERS_MOST)
    return tidy


def tag_key(tag: str) -> str:
    """By what tags are equal: `Lift`, `LIFT` and `lift` give `lift`; accents tell apart, joiners do not."""
    folded = unicodedata.normalize("NFC", tag.replace(JOINER, "")).casefold()
    return unicodedata.normalize("NFC", " ".join(folded.split()))


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Each tag once, as it was first written, in the order of their keys.

    Raises:
        TagWrong: one is empty or too long.
        TooManyTags: a screen cannot have so many.
    """
    by_key: dict[str, str] = {}
    for tag in map(tidy_tag, tags):
        by_key.setdefault(tag_key(tag), tag)
    if len(by_key) > TAGS_MOST:
        raise TooManyTags(most=TAGS_MOST)
    return tuple(by_key[key] for key in sorted(by_key))
