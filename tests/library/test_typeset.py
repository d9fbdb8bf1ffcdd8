"""Every slide of the shipped campaign as a person would check it: readable, whole, scannable, on every board."""

import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import typst
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pydantic import ValidationError

from signage_server.library import typeset
from signage_server.library.notices import FIGURES, GROUNDS, TEMPLATES, Notice, Template, qr_text
from signage_server.library.phrases import NBSP, plain
from signage_server.library.profiles import ALWAYS, STANDARD, Profile
from signage_server.library.refusals import NoticeTooLong
from signage_server.playlists import documents

ROOT = Path(__file__).resolve().parents[2]
LANDSCAPE, PORTRAIT = ALWAYS
SQUARE = Profile(1080, 1080)


@dataclass(frozen=True)
class Line:
    """What the templates say they set, in pixels."""

    text: str
    size: float
    weight: int
    x: float
    baseline: float
    width: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        """From the top of capitals to the dots below."""
        up, down = self.baseline - 0.74 * self.size, self.baseline + 0.25 * self.size
        return round(self.x), round(up), round(self.x + self.width), round(down)


@cache
def campaign() -> dict[str, Notice]:
    files = [
        documents.load((ROOT / "playlists" / name).read_text())
        for name in ("bluezone.yaml", "bluezone-en.yaml")
    ]
    return {
        f"{file.campaign.language} {name}": notice for file in files for name, notice in file.notices.items()
    }


@cache
def picture(notice: Notice, profile: Profile) -> Image.Image:
    return typeset.render(notice, profile)


def lines(notice: Notice, profile: Profile) -> list[Line]:
    job = {"job": json.dumps(typeset._job(notice, profile))}
    typeset._compiler().compile(format="svg", sys_inputs=job)
    return [Line(**note) for note in json.loads(typeset._compiler().query("<line>", field="value"))]


def band_top(notice: Notice, profile: Profile) -> float:
    share = 0.13 if profile.height > profile.width else 0.11
    return profile.height - (share * min(profile.size) if notice.issuer or notice.footer else 0)


def as_served(image: Image.Image) -> Image.Image:
    """After the worst compression that a slide goes through."""
    file = BytesIO()
    image.save(file, "WEBP", quality=80)
    return Image.open(file).convert("RGB")


every_slide = pytest.mark.parametrize("name", campaign())
both_orientations = pytest.mark.parametrize("profile", ALWAYS, ids=lambda profile: profile.name)
every_board = pytest.mark.parametrize("profile", STANDARD, ids=lambda profile: profile.name)


@every_slide
@every_board
def test_every_slide_has_room_on_every_board(name: str, profile: Profile) -> None:
    assert lines(campaign()[name], profile)


@pytest.mark.parametrize(
    "name", ["vi gioi-thieu", "vi iphone", "en family", "vi nhac-bat-bluetooth", "en scan"]
)
@every_board
def test_pictures_have_exactly_the_pixels_of_the_board(name: str, profile: Profile) -> None:
    image = picture(campaign()[name], profile)
    assert (image.mode, image.size) == ("RGB", profile.size)


@pytest.mark.parametrize("name", [name for name, notice in campaign().items() if notice.qr])
@every_board
def test_an_independent_reader_decodes_the_code_from_the_served_picture(name: str, profile: Profile) -> None:
    notice = campaign()[name]
    (code,) = zxingcpp.read_barcodes(as_served(picture(notice, profile)))
    assert code.text == qr_text(notice.qr or "")
    side = (code.position.top_right.x - code.position.top_left.x) / min(profile.size)
    assert 0.355 <= side <= 0.425


def test_a_long_address_is_still_coded_readably_on_the_smallest_board() -> None:
    address = "https://kiengiang.gov.vn/" + "a" * 75
    notice = Notice(template="scan", headline="Quét mã", qr=address, qr_caption="Hướng camera vào mã")
    for profile in STANDARD:
        (code,) = zxingcpp.read_barcodes(as_served(typeset.render(notice, profile)))
        assert code.text == address


@every_slide
@every_board
def test_text_is_large_enough_to_be_read_from_three_metres(name: str, profile: Profile) -> None:
    notice, shorter = campaign()[name], min(profile.size)
    set_lines = lines(notice, profile)
    message = [line for line in set_lines if line.baseline < band_top(notice, profile)]
    assert min(line.size for line in message) >= 0.022 * max(profile.size)
    assert min(line.size for line in set_lines) >= 0.0269 * shorter
    headline = max(line.size for line in message) / shorter
    assert (0.063 if profile == SQUARE else 0.0799) <= headline <= 0.1301


@every_slide
@every_board
def test_nothing_leaves_the_sheet_or_lies_on_other_words(name: str, profile: Profile) -> None:
    boxes = [line.box for line in lines(campaign()[name], profile)]
    margin = 0.025 * min(profile.size)
    for x0, y0, x1, y1 in boxes:
        assert margin <= x0 < x1 <= profile.width - margin
        assert 0 < y0 < y1 < profile.height
    for i, (ax0, ay0, ax1, ay1) in enumerate(boxes):
        for bx0, by0, bx1, by1 in boxes[i + 1 :]:
            assert ax1 <= bx0 or bx1 <= ax0 or ay1 <= by0 or by1 <= ay0


@every_slide
@both_orientations
def test_no_line_of_a_headline_or_body_is_a_lone_scrap(name: str, profile: Profile) -> None:
    notice = campaign()[name]
    for text in (notice.headline, notice.body):
        found = _lines_of(text, lines(notice, profile)) if text else []
        widest = max((line.width for line in found), default=0)
        assert all(line.width > 0.3 * widest for line in found)


def _lines_of(text: str, set_lines: list[Line]) -> list[Line]:
    """The lines that make up this text."""
    wanted = plain(text)
    for start in range(len(set_lines)):
        for end in range(start + 1, len(set_lines) + 1):
            if " ".join(plain(line.text) for line in set_lines[start:end]) == wanted:
                return set_lines[start:end]
    raise AssertionError(f"{wanted!r} was not set as it is written")


@every_slide
@both_orientations
def test_every_word_of_the_notice_is_on_the_slide(name: str, profile: Profile) -> None:
    notice = campaign()[name]
    set_lines = lines(notice, profile)
    texts = [notice.eyebrow, notice.headline, notice.body, notice.qr_caption, notice.issuer, notice.footer]
    for text in [*texts, *(text for step in notice.steps for text in (step.title, step.text))]:
        if text:
            _lines_of(text, set_lines)


def test_lines_break_by_sense() -> None:
    notice = campaign()["vi nhac-bat-bluetooth"]
    for profile in STANDARD:
        text = [plain(line.text) for line in _lines_of(notice.headline, lines(notice, profile))]
        assert text in (
            ["Bluetooth", "đã bật chưa?", "Bluezone", "đã mở chưa?"],
            ["Bluetooth đã bật chưa?", "Bluezone đã mở chưa?"],
        )


def test_a_phrase_is_never_split() -> None:
    for width in range(2, 9):
        notice = Notice(template="message", headline="Bảo vệ " + "bạn " * width + "và cả nhà")
        assert any("cả" + NBSP + "nhà" in line.text for line in lines(notice, LANDSCAPE))


# -- contrast ---------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


PAIRS = {
    "ink": ("paper", "ripple"),
    "accent": ("paper", "ripple"),
    "card_ink": ("card",),
    "badge_ink": ("badge",),
    "band_ink": ("band",),
    "band_accent": ("band",),
}


@pytest.mark.parametrize("dark", [False, True], ids=["bright", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ink_stands_out_seven_to_one(ground: str, dark: bool) -> None:
    look = typeset.look(Notice(template="hero", headline="x", ground=ground, dark=dark))  # type: ignore[arg-type]
    for ink, grounds in PAIRS.items():
        colours = [look[name] for name in grounds if name != "paper"] + (
            look["paper"] if "paper" in grounds else []
        )
        assert min(contrast(look[ink], colour) for colour in colours) >= 7


@every_slide
@both_orientations
def test_what_was_rendered_stands_out_seven_to_one(name: str, profile: Profile) -> None:
    image = picture(campaign()[name], profile)
    for line in lines(campaign()[name], profile):
        pixels = np.asarray(image.crop(line.box)).reshape(-1, 3)
        found, counts = np.unique(pixels, axis=0, return_counts=True)
        ground, *others = [f"#{colour.tobytes().hex()}" for colour in found[np.argsort(-counts)[:400]]]
        assert max(contrast(ground, colour) for colour in others) >= 7


# -- diacritics -------------------------------------------------------------------------------------------------------

FACES = {400: "400Regular", 500: "500Medium", 700: "700Bold", 800: "800ExtraBold"}


def roomy(set_lines: list[Line], profile: Profile) -> Image.Image:
    """The same lines drawn by Pillow with nothing around them that could clip."""
    sheet = Image.new("L", profile.size, 0)
    pen = ImageDraw.Draw(sheet)
    for line in set_lines:
        face = typeset.FONTS_DIR / f"BeVietnamPro_{FACES[line.weight]}.ttf"
        pen.text(
            (line.x, line.baseline),
            line.text,
            fill=255,
            font=ImageFont.truetype(face, line.size),
            anchor="ls",
        )
    return sheet


def ink(image: Image.Image, grow: int) -> NDArray[np.bool_]:
    return np.asarray(image.filter(ImageFilter.MaxFilter(grow)) if grow > 1 else image) > 128


WORST = "ẤỄỘỮẶ\nỹởọẲỆỔ\nỰậẫỖợ"


@both_orientations
def test_no_diacritic_is_clipped(profile: Profile) -> None:
    notice = Notice(template="hero", headline=WORST, body=WORST.replace("\n", " "))
    drawn = picture(notice, profile).convert("L")
    wanted = roomy(lines(notice, profile), profile)
    assert ink(wanted, 1).sum() > 10_000
    assert not (ink(wanted, 1) & ~ink(drawn, 7)).any()


@both_orientations
@pytest.mark.parametrize("headline", [WORST, "lặng ngọng\nkhẳng ắng", "một việc\nđể hiểu cổ lễ"])
def test_marks_above_and_below_never_touch_across_lines(headline: str, profile: Profile) -> None:
    notice = Notice(template="hero", headline=headline)
    for upper, lower in pairwise(lines(notice, profile)):
        both = ink(roomy([upper], profile), 1).any(axis=1), ink(roomy([lower], profile), 1).any(axis=1)
        assert not (both[0] & both[1]).any()


# -- refusing ---------------------------------------------------------------------------------------------------------

syllables = st.sampled_from(
    ["Ễ", "nghiêng", "trường", "bảo vệ", "Bluezone", "a", "điện thoại", "19/8/2020", "và", "Ủy"]
)
texts = st.lists(syllables, min_size=1, max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    headline=texts,
    body=st.none() | texts,
    template=st.sampled_from(["hero", "message", "reminder", "scan"]),
    figure=st.none() | st.sampled_from(FIGURES),
    profile=st.sampled_from([LANDSCAPE, PORTRAIT, SQUARE]),
)
def test_any_text_is_set_whole_or_refused_with_a_sentence(
    headline: str, body: str | None, template: Template, figure: str | None, profile: Profile
) -> None:
    fields = {"template": template, "headline": headline, "body": body, "footer": "Công văn 1119/UBND-KGVX"}
    fields |= {"qr": "https://bluezone.gov.vn"} if template in ("hero", "scan") else {"figure": figure}
    with suppress(ValidationError, NoticeTooLong):
        notice = Notice.model_validate(fields)
        typeset.check(notice, (profile,))
        set_lines = lines(notice, profile)
        _lines_of(headline, set_lines)
        assert all(_is_on(profile, line) for line in set_lines)


def _is_on(profile: Profile, line: Line) -> bool:
    x0, y0, x1, y1 = line.box
    return 0 < x0 < x1 < profile.width and 0 < y0 < y1 < profile.height


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"headline": "Chương trình khuyến khích " * 4}, "headline"),
        ({"headline": "W" * 60}, "headline"),
        ({"eyebrow": "Thông báo về việc phòng, chống dịch bệnh trên toàn địa bàn tỉnh nhà"}, "eyebrow"),
        (
            {"issuer": "Trung tâm Dịch vụ việc làm thanh niên và hướng nghiệp dạy nghề tỉnh Kiên Giang"},
            "issuer",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_name(fields: dict[str, str], field: str) -> None:
    with pytest.raises(NoticeTooLong) as refused:
        typeset.render(Notice.model_validate({"template": "hero", "headline": "Ngắn"} | fields), PORTRAIT)
    assert refused.value.field == field
    assert "ngắn lại" in refused.value.message("vi")
    assert "Shorten" in refused.value.message("en")


def test_steps_that_do_not_fit_are_refused() -> None:
    steps = [{"title": "Mở ứng dụng", "text": "rồi chờ một chút cho xong"}] * 4
    notice = Notice.model_validate(
        {"template": "steps", "headline": "Bốn bước", "steps": steps, "qr": "https://bluezone.gov.vn"}
    )
    with pytest.raises(NoticeTooLong, match="steps"):
        typeset.check(notice, (SQUARE,))


# -- what the typesetter may touch ------------------------------------------------------------------------------------


def test_text_is_data_and_never_markup() -> None:
    text = '#read("/etc/passwd") *x* $y$ <b> _z_ \\ #let'
    notice = Notice(template="hero", headline="Ngắn", body=text)
    assert " ".join(line.text for line in lines(notice, LANDSCAPE)[1:]) == text


@pytest.mark.parametrize("path", ["/etc/passwd", "../typeset.py", "/../typeset.py"])
def test_the_typesetter_reads_nothing_but_its_templates(path: str) -> None:
    with pytest.raises(typst.TypstError):
        typeset._compiler().compile(input=f'#read("{path}")'.encode(), format="svg")


def test_only_our_typefaces_are_used() -> None:
    assert set(typeset.fonts().families()) == {"Be Vietnam Pro", "Source Sans Pro"}


def test_notices_can_be_set_before_the_build_has_fetched_the_typeface(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset, "FONTS_DIR", tmp_path)
    typeset._compiler.cache_clear()
    try:
        assert typeset.fonts().families() == ["Source Sans Pro"]
        assert picture.__wrapped__(campaign()["vi gia-dinh"], PORTRAIT).size == PORTRAIT.size
    finally:
        typeset._compiler.cache_clear()


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_used_by_the_campaign(template: str) -> None:
    assert any(notice.template == template for notice in campaign().values())


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_used_by_the_campaign(figure: str) -> None:
    assert any(notice.figure == figure for notice in campaign().values())
