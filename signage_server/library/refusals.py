"""Why a file is not taken, in words that an operator can act on."""

from typing import Any

from signage_server.errors import Invalid, TooMany


class Refused(Invalid):
    """The file cannot be used; nothing of it is kept."""

    code = "file_refused"
    vi = "Tệp này không dùng được. Hãy lưu lại thành ảnh PNG hoặc JPEG rồi tải lên."
    en = "This file cannot be used. Save it again as a PNG or JPEG picture and upload that."


class NoFile(Refused):
    """The request carried no file."""

    code = "no_file"
    vi = "Chưa có tệp nào được gửi. Hãy chọn một ảnh rồi tải lên."
    en = "No file was sent. Choose a picture and upload it."


class EmptyFile(Refused):
    """The file has no bytes."""

    code = "file_empty"
    vi = "Tệp này trống. Hãy kiểm tra tệp trên máy của bạn rồi tải lên lại."
    en = "This file is empty. Check the file on your computer and upload it again."


class FileTooLarge(Refused):
    """The file is larger than the library takes."""

    code = "file_too_large"
    status = 413
    vi = "Tệp lớn hơn {most_mb} MB. Hãy lưu ảnh nhỏ lại rồi tải lên."
    en = "The file is larger than {most_mb} MB. Save the picture smaller and upload that."


class UnknownType(Refused):
    """Its first bytes are not those of a picture that we show."""

    code = "file_type_unknown"
    vi = "Đây không phải là ảnh PNG, JPEG hay WebP{looks_vi}. Hãy lưu thành ảnh rồi tải lên."
    en = "This is not a PNG, JPEG or WebP picture{looks_en}. Save it as a picture and upload that."


class BrokenPicture(Refused):
    """Its decoder gave up: truncated, damaged, or not what it says."""

    code = "picture_broken"
    vi = "Ảnh bị hỏng hoặc chưa tải hết. Hãy mở thử ảnh trên máy của bạn, lưu lại rồi tải lên."
    en = "The picture is damaged or cut off. Open it on your computer, save it again and upload that."


class TooManyPixels(Refused):
    """It would take more memory than a job may have."""

    code = "picture_too_many_pixels"
    vi = (
        "Ảnh {width}×{height} điểm ảnh lớn quá (nhiều nhất {most_mp} megapixel). Hãy thu nhỏ ảnh rồi tải lên."
    )
    en = "The picture has {width}×{height} pixels, more than {most_mp} megapixels. Make it smaller and upload that."


class TooSmall(Refused):
    """It would be a blur on any board."""

    code = "picture_too_small"
    vi = "Ảnh chỉ có {width}×{height} điểm ảnh, lên màn hình sẽ không nhìn rõ. Hãy dùng ảnh từ {least}×{least} trở lên."
    en = "The picture has only {width}×{height} pixels and would be a blur. Use one of {least}×{least} or more."


class Animated(Refused):
    """It has more than one frame."""

    code = "picture_animated"
    vi = "Ảnh động chưa chiếu được. Hãy tải lên một ảnh tĩnh."
    en = "Moving pictures cannot be shown yet. Upload a still one."


class TooHard(Refused):
    """A job ran out of processor time, memory or patience with it."""

    code = "picture_too_hard"
    vi = "Ảnh này phức tạp bất thường, máy chủ không xử lý nổi. Hãy mở ảnh, lưu lại thành PNG hoặc JPEG rồi tải lên."
    en = "This picture is unusually complicated to open. Open it, save it again as PNG or JPEG and upload that."


class TooManyWaiting(TooMany):
    """So many uploads wait to be prepared that another would only wait longer."""

    code = "too_many_waiting"
    vi = "Đang có {waiting} ảnh chờ xử lý. Hãy đợi ít phút rồi tải tiếp."
    en = "{waiting} pictures are waiting to be prepared. Wait a few minutes, then upload more."


NOTICE_FIELDS = {
    "eyebrow": ("dòng nhỏ phía trên tiêu đề", "the line above the headline"),
    "headline": ("tiêu đề", "the headline"),
    "body": ("nội dung", "the body"),
    "steps": ("các bước", "the steps"),
    "qr_caption": ("chú thích mã QR", "the QR caption"),
    "issuer": ("tên đơn vị", "the unit's name"),
    "footer": ("dòng cuối trang", "the footer"),
}
"""The texts of a notice, as people call them: Vietnamese, English."""


class NoticeTooLong(Refused):
    """The words have no room in the template at the smallest size that can be read from three metres."""

    code = "notice_too_long"
    vi = (
        "Chữ ở {field_vi} dài quá, không còn đọc được từ xa. Hãy viết ngắn lại hoặc chia thành hai thông báo."
    )
    en = (
        "The text of {field_en} is too long to be read from a distance. Shorten it or make two notices of it."
    )

    def __init__(self, field: str) -> None:
        self.field = field
        vi, en = NOTICE_FIELDS[field]
        super().__init__(field=field, field_vi=vi, field_en=en)


_LOOKS: dict[bytes, tuple[str, str]] = {
    b"%PDF": ("PDF", "PDF"),
    b"GIF8": ("GIF", "GIF"),
    b"PK\x03\x04": ("Word/PowerPoint/ZIP", "Word/PowerPoint/ZIP"),
    b"\xd0\xcf\x11\xe0": ("Word/PowerPoint đời cũ", "old Word/PowerPoint"),
    b"II*\x00": ("TIFF", "TIFF"),
    b"MM\x00*": ("TIFF", "TIFF"),
    b"BM": ("BMP", "BMP"),
    b"<svg": ("SVG", "SVG"),
    b"<?xm": ("XML/SVG", "XML/SVG"),
}


def detect_type(head: bytes) -> str:
    """The media type told by the first bytes (the sender's word counts for nothing); raises UnknownType."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    raise UnknownType(**_looks_like(head))


def _looks_like(head: bytes) -> dict[str, Any]:
    if head[4:8] == b"ftyp":
        kind = "HEIC/AVIF" if head[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "video"
        return {"looks_vi": f" (có vẻ là {kind})", "looks_en": f" (it looks like {kind})"}
    for magic, (vi, en) in _LOOKS.items():
        if head.startswith(magic):
            return {"looks_vi": f" (có vẻ là tệp {vi})", "looks_en": f" (it looks like a {en} file)"}
    return {"looks_vi": "", "looks_en": ""}
