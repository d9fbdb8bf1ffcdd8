"""Two hundred and more files that somebody might upload, by accident or on purpose, from one seed.

Each is (name, bytes). The names say what is wrong with the file; nothing is downloaded.
"""

import random
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms, PngImagePlugin

Sample = tuple[str, bytes]


@cache
def samples(seed: int = 1119) -> list[Sample]:
    """All of them, always the same for the same seed."""
    rng = random.Random(seed)
    return [
        *_truncated(rng),
        *_flipped(rng),
        *_noise(rng),
        *_bombs(),
        *_polyglots(),
        *_wrong_types(rng),
        *_odd_but_sound(),
    ]


def photo(width: int = 400, height: int = 300, seed: int = 7) -> Image.Image:
    """A picture with detail in it, so that damage shows."""
    pixels = np.random.default_rng(seed).integers(
        0, 255, (max(2, height // 20), max(2, width // 20), 3), dtype=np.uint8
    )
    return Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture's bytes in a format."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _sound() -> list[Sample]:
    image = photo()
    return [
        ("png", saved(image, "PNG")),
        ("jpeg", saved(image, "JPEG", quality=90)),
        ("progressive", saved(image, "JPEG", progressive=True)),
        ("webp", saved(image, "WEBP")),
    ]


def _truncated(rng: random.Random) -> Iterator[Sample]:
    for name, data in _sound():
        for _ in range(14):
            length = rng.randrange(13, len(data))
            yield f"{name} cut at {length}", data[:length]


def _flipped(rng: random.Random) -> Iterator[Sample]:
    for name, data in _sound():
        for number in range(14):
            damaged = bytearray(data)
            for _ in range(rng.randrange(1, 40)):
                damaged[rng.randrange(12, len(data))] ^= 1 << rng.randrange(8)
            yield f"{name} with flipped bits {number}", bytes(damaged)


def _noise(rng: random.Random) -> Iterator[Sample]:
    for name, data in _sound():
        for number in range(8):
            yield f"{name} header, then noise {number}", data[: rng.randrange(12, 60)] + rng.randbytes(5_000)


def _bombs() -> Iterator[Sample]:
    for width, height in ((30_000, 30_000), (60_000, 1_200), (12_000, 9_000), (2**31 - 1, 1), (7_900, 7_900)):
        yield f"png of {width}x{height} pixels", _flat_png(width, height)
    for scans in (150, 1_000):
        yield f"jpeg of {scans} scans", many_scans(scans)
    yield "png of 300 frames", _animated("PNG", 300)
    yield "webp of 120 frames", _animated("WEBP", 120)
    yield "gif of 100 frames", _animated("GIF", 100)
    text = PngImagePlugin.PngInfo()
    text.add_text("bomb", "0" * 60_000_000, zip=True)
    yield "png with 60 MB of compressed text", saved(photo(), "PNG", pnginfo=text)
    yield (
        "png whose colour profile is 200 MB",
        _with_chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(200_000_000), 9)),
    )
    yield "png of 50,000 chunks", _with_chunk(b"teXt", b"a\0b", times=50_000)


def _polyglots() -> Iterator[Sample]:
    page = b"<html><script>alert(document.domain)</script></html>"
    jpeg, png, webp = (saved(photo(), kind) for kind in ("JPEG", "PNG", "WEBP"))
    for name, data in (("jpeg", jpeg), ("png", png), ("webp", webp)):
        yield f"{name} with a page behind", data + page
        yield f"{name} with an archive behind", data + b"PK\x03\x04" + bytes(200)
    yield "jpeg with a page in its comment", saved(photo(), "JPEG", comment=page)
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", page.decode())
    yield "png with a page in its text", saved(photo(), "PNG", pnginfo=text)
    yield "page that begins like a gif", b"GIF89a/*" + page


def _wrong_types(rng: random.Random) -> Iterator[Sample]:
    image = photo()
    for kind in ("GIF", "BMP", "TIFF", "PPM", "ICO", "TGA", "PDF", "EPS", "AVIF", "JPEG2000"):
        yield f"{kind.lower()} called a png", saved(image, kind)
    yield "nothing", b""
    yield "one byte", b"\x89"
    yield "only a png's magic", b"\x89PNG\r\n\x1a\n"
    yield "only a jpeg's magic", b"\xff\xd8\xff"
    yield "a RIFF that is no WebP", b"RIFF\x10\0\0\0WAVEfmt " + bytes(40)
    yield "an svg with a script", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
    yield "an archive", b"PK\x03\x04" + rng.randbytes(300)
    yield "a program", b"\x7fELF" + rng.randbytes(300)
    yield "text", "Cài đặt Bluezone".encode() * 20
    for number in range(6):
        yield f"random bytes {number}", rng.randbytes(3_000)


def _odd_but_sound() -> Iterator[Sample]:
    """Unusual pictures that people do have: these must be taken, and cleaned."""
    image = photo(640, 480)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Nhà riêng"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (10.0, 1.0, 0.0)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret</x:xmpmeta>"
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    told = {"exif": exif, "xmp": xmp, "icc_profile": srgb}
    yield "sound: jpeg on its side with a place", saved(image, "JPEG", comment=b"secret", **told)
    yield "sound: webp with a place", saved(image, "WEBP", **told)
    yield "sound: png with a place", saved(image, "PNG", exif=exif, icc_profile=srgb)
    yield "sound: cmyk jpeg", saved(image.convert("CMYK"), "JPEG")
    yield "sound: grey jpeg", saved(image.convert("L"), "JPEG")
    yield (
        "sound: sixteen-bit png",
        saved(Image.fromarray(np.arange(640 * 480, dtype=np.uint16).reshape(480, 640)), "PNG"),
    )
    yield "sound: palette png with a hole", saved(image.convert("P"), "PNG", transparency=0)
    yield "sound: half transparent png", saved(image.convert("RGBA"), "PNG")
    yield "sound: grey png with alpha", saved(image.convert("LA"), "PNG")
    yield "sound: black and white png", saved(image.convert("1"), "PNG")
    yield "sound: png with a broken colour profile", saved(image, "PNG", icc_profile=b"not a profile at all")
    yield "sound: very long banner", saved(photo(6_000, 80), "PNG")
    yield "sound: twelve megapixels", saved(photo(4_000, 3_000), "JPEG", quality=85)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _flat_png(width: int, height: int) -> bytes:
    """One bit a pixel, all the same: a few kilobytes that want gigabytes."""
    rows = min(height, 40_000)
    packer = zlib.compressobj(9)
    row = bytes(1 + (min(width, 100_000) + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _with_chunk(kind: bytes, data: bytes, times: int = 1) -> bytes:
    png = saved(photo(), "PNG")
    head = 8 + 25  # magic and IHDR
    return png[:head] + _chunk(kind, data) * times + png[head:]


def many_scans(scans: int) -> bytes:
    """A progressive JPEG whose first scan is repeated: each time the decoder walks the whole picture again."""
    smooth = Image.linear_gradient("L").resize((3_000, 3_000)).convert("RGB")
    data = saved(smooth, "JPEG", progressive=True, quality=20)
    starts = [at for at in range(len(data) - 1) if data[at : at + 2] == b"\xff\xda"]
    first, second = starts[0], starts[1]
    table = data.rfind(b"\xff\xc4", first, second)
    scan = data[first : table if table > 0 else second]
    return data[:first] + scan * scans + data[first:]


def _animated(kind: str, frames: int) -> bytes:
    images = [photo(200, 150, seed=number % 5) for number in range(frames)]
    return saved(images[0], kind, save_all=True, append_images=images[1:], duration=50)
