"""Pixels: from an uploaded picture to what a board needs. Runs in worker processes only.

The picture is turned upright by its EXIF, brought to sRGB, laid on white where it is transparent, and scaled to cover
each profile's box (never enlarged, not cropped: the player crops by the slide's focus). Nothing but pixels is written:
no EXIF, GPS, XMP, ICC or comments.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, BinaryIO, Final

from PIL import Image, ImageCms, ImageOps

from signage_server.library.profiles import Profile
from signage_server.library.refusals import Animated, BrokenPicture, TooHard, TooManyPixels, TooSmall

FORMATS: Final = ("PNG", "JPEG", "WEBP")
MEGAPIXELS_MOST: Final = 64
"""Phones take up to 50; what is larger is a scan that should be made smaller, or a bomb."""
SIDE_MOST: Final = 16_384
SIDE_LEAST: Final = 64
SCANS_MOST: Final = 100
"""A progressive JPEG has about ten scans. A thousand of them keep a processor busy for 43 s (research §2.1)."""
AREA_MOST: Final = 3
"""A panorama is not scaled to cover a portrait board: its area stays under three times the board's."""
THUMBNAIL: Final = 480
"""Longer side in pixels."""


def open_picture(file: BinaryIO, largest: tuple[int, int]) -> tuple[Image.Image, tuple[int, int]]:
    """Decode an upload: upright, sRGB, RGB; and its own width and height.

    `largest` is the box it must cover, so that a JPEG may be decoded smaller than it is. Raises a Refused with the
    reason: Pillow's decoders raise a dozen kinds of error on broken files, and what is not ours becomes BrokenPicture.
    """
    Image.MAX_IMAGE_PIXELS = None  # _check_size is stricter, and says how large the picture is
    try:
        _refuse_scans(file)
        image = Image.open(file, formats=FORMATS)
        _check_size(image)
        size = _upright(image, image.size)
        image.draft("RGB", _upright(image, cover_size(size, largest)))
        image.load()
        return _flat(_srgb(ImageOps.exif_transpose(image))), size
    except (Animated, BrokenPicture, TooHard, TooManyPixels, TooSmall, MemoryError):
        raise
    except Exception as error:
        raise BrokenPicture from error


def renditions(image: Image.Image, profiles: Iterable[Profile]) -> Iterable[tuple[Profile, Image.Image]]:
    """The picture for each profile, the largest first: each is scaled from the one before, which is faster."""
    wanted = sorted(((cover_size(image.size, profile.size), profile) for profile in profiles), reverse=True)
    for size, profile in wanted:
        image = image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)
        yield profile, image


def thumbnail(image: Image.Image) -> Image.Image:
    """A small picture for lists."""
    small = image.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    return small


def encode(image: Image.Image, media_type: str, *, drawn: bool = False) -> bytes:
    """The bytes that are served, without metadata. `drawn` pictures (text, flat colours) get a finer quality."""
    clean = image.copy()
    clean.info.clear()
    out = BytesIO()
    if media_type == "image/webp":
        clean.save(out, "WEBP", quality=90 if drawn else 80, method=4)
    else:
        clean.save(out, "JPEG", quality=92 if drawn else 85, optimize=True, progressive=True)
    return out.getvalue()


def cover_size(picture: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """The size at which a picture just covers a box: never enlarged, never beyond AREA_MOST boxes of area."""
    width, height = picture
    scale = min(1.0, max(box[0] / width, box[1] / height))
    area_scale = (AREA_MOST * box[0] * box[1] / (width * height)) ** 0.5
    scale = min(scale, area_scale)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _refuse_scans(file: BinaryIO) -> None:
    data = file.read()
    file.seek(0)
    if data.startswith(b"\xff\xd8") and data.count(b"\xff\xda") > SCANS_MOST:
        raise TooHard


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MEGAPIXELS_MOST * 1_000_000 or max(width, height) > SIDE_MOST:
        raise TooManyPixels(width=width, height=height, most_mp=MEGAPIXELS_MOST)
    if min(width, height) < SIDE_LEAST:
        raise TooSmall(width=width, height=height, least=SIDE_LEAST)
    if getattr(image, "is_animated", False):
        raise Animated


def _upright(image: Image.Image, size: tuple[int, int]) -> tuple[int, int]:
    """A size turned between the camera's view and ours: EXIF orientations 5 to 8 lie on their side."""
    lying = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return (size[1], size[0]) if lying else size


def _srgb(image: Image.Image) -> Image.Image:
    profile: Any = image.info.get("icc_profile")
    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bit(image)
    if not profile or image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        return image
    try:
        target = "RGBA" if image.mode == "RGBA" else "RGB"
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=target
        )
        return converted or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile is common and harmless: the plain conversion below serves


def _eight_bit(image: Image.Image) -> Image.Image:
    """Sixteen-bit greys scaled down; a plain convert("L") would clip all but the darkest to white."""
    extrema: Any = image.getextrema()
    scale = 255 / 65535 if extrema[1] > 255 else 1.0
    return image.point(lambda value: value * scale).convert("L")


def _flat(image: Image.Image) -> Image.Image:
    if image.mode == "P" and "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image if image.mode == "RGB" else image.convert("RGB")
