"""Pixels: upright, sRGB, flat, covering the board, and clean."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from signage_server.library.pictures import (
    AREA_MOST,
    SCANS_MOST,
    cover_size,
    encode,
    open_picture,
    renditions,
    thumbnail,
)
from signage_server.library.profiles import ALWAYS, Profile
from signage_server.library.refusals import Animated, BrokenPicture, Refused, TooHard, TooManyPixels, TooSmall
from tests.library.hostile import many_scans, photo, samples, saved

BOX = (1920, 1920)
HARMLESS = {
    *("jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"),
    *("background", "loop", "timestamp", "duration"),
}
"""What Pillow tells of a file that has nothing to tell."""
sides = st.integers(min_value=64, max_value=16_384)


@given(sides, sides, st.sampled_from([profile.size for profile in ALWAYS]))
def test_a_rendition_covers_the_board_or_is_as_large_as_the_picture(
    width: int, height: int, box: tuple[int, int]
) -> None:
    made = cover_size((width, height), box)
    assert made[0] <= width
    assert made[1] <= height
    area = made[0] * made[1]
    covers = made[0] >= box[0] - 1 and made[1] >= box[1] - 1
    assert covers or made == (width, height) or area >= 0.98 * AREA_MOST * box[0] * box[1]
    assert area <= 1.05 * AREA_MOST * box[0] * box[1]


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image, size = open_picture(BytesIO(saved(photo(640, 480), "JPEG", exif=exif)), BOX)
    assert image.size == size == (480, 640)


def test_a_sideways_photo_is_decoded_large_enough_for_the_board() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image, size = open_picture(BytesIO(saved(photo(4000, 1000), "JPEG", exif=exif)), (1080, 1080))
    assert size == (1000, 4000)
    assert image.size[0] >= 1000


def test_what_is_transparent_lies_on_white() -> None:
    image, _ = open_picture(BytesIO(saved(Image.new("RGBA", (100, 100), (0, 0, 0, 0)), "PNG")), BOX)
    assert image.mode == "RGB"
    assert image.getpixel((50, 50)) == (255, 255, 255)


def test_sixteen_bits_keep_their_shades() -> None:
    shades = Image.linear_gradient("L").convert("I;16").point(lambda value: value * 257)
    image, _ = open_picture(BytesIO(saved(shades, "PNG")), BOX)
    middle = image.getpixel((128, 128))
    assert isinstance(middle, tuple)
    assert 120 <= middle[0] <= 136


def test_a_colour_profile_is_applied_not_dropped() -> None:
    """In a space whose red and green primaries have changed places, a red picture is green on the wall."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    red = Image.new("RGB", (100, 100), (220, 30, 30))
    image, _ = open_picture(BytesIO(saved(red, "PNG", icc_profile=swapped)), BOX)
    assert image.getpixel((50, 50)) == pytest.approx((30, 220, 30), abs=4)


@pytest.mark.parametrize("media_type", ["image/webp", "image/jpeg"])
def test_nothing_but_pixels_is_written(media_type: str) -> None:
    for name, data in samples():
        if "place" in name or "comment" in name:
            image, _ = open_picture(BytesIO(data), BOX)
            with Image.open(BytesIO(encode(image, media_type))) as clean:
                assert set(clean.info) <= HARMLESS, name
                assert not clean.getexif(), name


def test_renditions_have_the_picture_for_every_profile() -> None:
    image = photo(3000, 2000)
    made = {
        profile.name: picture.size for profile, picture in renditions(image, (*ALWAYS, Profile(1280, 720)))
    }
    assert made == {"1080x1920": (2880, 1920), "1920x1080": (1920, 1280), "1280x720": (1280, 853)}


def test_a_thumbnail_keeps_its_shape() -> None:
    assert thumbnail(photo(3000, 2000)).size == (480, 320)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (saved(photo(), "PNG")[:200], BrokenPicture),
        (saved(photo(63, 200), "PNG"), TooSmall),
        (many_scans(SCANS_MOST), TooHard),
        (saved(photo(), "WEBP", save_all=True, append_images=[photo(seed=2)]), Animated),
        (dict(samples())["png of 60000x1200 pixels"], TooManyPixels),
        (dict(samples())["png of 30000x30000 pixels"], TooManyPixels),
    ],
)
def test_a_refusal_says_why(data: bytes, reason: type[Refused]) -> None:
    with pytest.raises(reason) as refused:
        open_picture(BytesIO(data), BOX)
    for language in ("vi", "en"):
        assert len(refused.value.message(language)) > 40  # type: ignore[arg-type]
