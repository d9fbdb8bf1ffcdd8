"""Names: what a file was called becomes a name people read, and a key by which it is found."""

import unicodedata

NAME_LETTERS_MOST = 200


def name_of_file(file_name: str) -> str:
    """A readable name from whatever the browser sent: no folders, no ending, no control or direction characters."""
    base = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = base.rsplit(".", 1)[0] if "." in base.strip(".") else base
    visible = "".join(
        " " if sign in "_\t\n\r" else sign
        for sign in unicodedata.normalize("NFC", stem)
        if sign in "\t\n\r" or unicodedata.category(sign)[0] != "C"
    )
    return " ".join(visible.split())[:NAME_LETTERS_MOST] or "—"


def search_key(text: str) -> str:
    """Text without case and diacritics: `Cài đặt` and `CAI DAT` give `cai dat`."""
    apart = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())
