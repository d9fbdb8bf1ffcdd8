"""Typesetting of notices: Typst lays out and draws, Pillow hands over the pixels.

Runs in worker processes. Operators' text reaches the templates as JSON, never as markup; Typst sees the templates'
folder and our fonts, nothing else of the disk.
"""

import json
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, cast

import font_source_sans_pro
import segno
import typst
from PIL import Image, ImageOps

from signage_server.library.notices import Notice, monogram, qr_label, qr_text
from signage_server.library.phrases import as_data
from signage_server.library.profiles import Profile
from signage_server.library.refusals import NOTICE_FIELDS, NoticeTooLong

HERE: Final = Path(__file__).parent
TEMPLATES_DIR: Final = HERE / "templates"
FONTS_DIR: Final = HERE / "fonts"
FONT_FILES: Final[list[str]] = json.loads((HERE / "fonts.json").read_text())["files"]
"""What the build copies into `fonts/`, as paths inside the npm package that fonts.json names."""


def render(notice: Notice, profile: Profile) -> Image.Image:
    """Typeset a notice natively for a profile: RGB, exactly the profile's pixels. Raises NoticeTooLong."""
    job = _job(notice, profile)
    picture = _ground(job["look"]["paper"], profile)
    picture.alpha_composite(_drawn(job))
    return picture.convert("RGB")


def check(notice: Notice, profiles: tuple[Profile, ...]) -> None:
    """See that the notice has room in every one of these profiles. Raises NoticeTooLong."""
    for profile in profiles:
        render(notice, profile)


def _drawn(job: dict[str, Any]) -> Image.Image:
    try:
        png = _compiler().compile(
            format="png", ppi=72, sys_inputs={"job": json.dumps(job, ensure_ascii=False)}
        )
    except typst.TypstError as error:
        if field := re.search(r"too-long:(\w+)", error.message):
            raise NoticeTooLong(field[1]) from None
        raise
    with Image.open(BytesIO(cast(bytes, png))) as picture:
        return picture.convert("RGBA")


def _ground(paper: tuple[str, str], profile: Profile) -> Image.Image:
    """The calm slope of two colours that everything is drawn on, from the upper left to the lower right."""
    downwards = Image.linear_gradient("L")
    slope = Image.blend(downwards, downwards.transpose(Image.Transpose.TRANSPOSE), 0.5)
    coloured = ImageOps.colorize(slope, black=paper[0], white=paper[1])
    return coloured.resize(profile.size, Image.Resampling.BICUBIC).convert("RGBA")


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATES_DIR / "main.typ", root=TEMPLATES_DIR, font_paths=fonts())


def fonts() -> typst.Fonts:
    """Our typefaces and no others, whatever the machine has."""
    paths = [FONTS_DIR, _fallback_fonts_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def _fallback_fonts_dir() -> Path:
    return Path(font_source_sans_pro.__file__).parent / "files"


def _job(notice: Notice, profile: Profile) -> dict[str, Any]:
    """All that the templates need to know, as plain data."""

    def words(text: str | None) -> list[Any]:
        return as_data(text, notice.language)

    return {
        "width": profile.width,
        "height": profile.height,
        "language": notice.language,
        "template": notice.template,
        "look": look(notice),
        "figure": notice.figure,
        "steps": [{"title": words(step.title), "text": words(step.text)} for step in notice.steps],
        "monogram": monogram(notice.issuer) if notice.issuer else None,
        "qr": _modules(notice.qr) if notice.qr else None,
        "qr_address": notice.qr and qr_label(notice.qr),
        **{name: words(getattr(notice, name)) for name in NOTICE_FIELDS if name != "steps"},
    }


def look(notice: Notice) -> dict[str, Any]:
    """The colours of a notice, from `templates/palette.json`."""
    palette = json.loads((TEMPLATES_DIR / "palette.json").read_text())
    chosen: dict[str, Any] = palette[notice.shown_ground + ("-dark" if notice.dark else "")]
    return chosen


def _modules(address: str) -> list[str]:
    """The QR code's modules, row by row: `1` is dark. The quiet zone is the template's."""
    code = segno.make_qr(qr_text(address), error="m", boost_error=True)
    return ["".join("1" if module else "0" for module in row) for row in code.matrix]
