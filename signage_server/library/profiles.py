"""Profiles: what a class of screens can show. Pure values; the pixels themselves are made elsewhere."""

import math
import re
from dataclasses import dataclass
from typing import Literal

from signage_server.errors import Invalid

Format = Literal["webp", "jpeg"]

_NAME = re.compile(r"([1-9]\d{2,4})x([1-9]\d{2,4})(-jpeg)?")


class UnknownProfile(Invalid):
    """A name that is not a profile's, such as `big` or `1920`."""

    code = "unknown_profile"
    vi = "“{name}” không phải là một cỡ màn hình. Hãy ghi như 1920x1080 hoặc 1920x1080-jpeg."
    en = "“{name}” is not a screen profile. Write it like 1920x1080 or 1920x1080-jpeg."


@dataclass(frozen=True, order=True)
class Profile:
    """Pixels and picture format of a class of screens."""

    width: int
    height: int
    format: Format = "webp"

    @property
    def name(self) -> str:
        """`1920x1080` for WebP, `1920x1080-jpeg` for screens that report no WebP."""
        return f"{self.width}x{self.height}" + ("-jpeg" if self.format == "jpeg" else "")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as Pillow wants them."""
        return self.width, self.height


def parse_profile(name: str) -> Profile:
    """Read a profile's name; raises UnknownProfile."""
    if not (parts := _NAME.fullmatch(name)):
        raise UnknownProfile(name=name)
    return Profile(int(parts[1]), int(parts[2]), "jpeg" if parts[3] else "webp")


ALWAYS = (Profile(1920, 1080), Profile(1080, 1920))
"""Made for every asset, so that a new board of the usual kind plays at once."""

STANDARD = (
    *ALWAYS,
    Profile(1280, 720),
    Profile(720, 1280),
    Profile(3840, 2160),
    Profile(2160, 3840),
    Profile(1080, 1080),
)
"""Every size that renditions are made in. The other sizes of glass are served by the nearest of these."""


def profile_for(width: int, height: int, webp: bool) -> Profile:
    """The standard profile nearest to a screen of these pixels: first by shape, then by size."""
    nearest = min(STANDARD, key=lambda profile: distance(profile, width, height))
    return nearest if webp else Profile(*nearest.size, format="jpeg")


def distance(profile: Profile, width: int, height: int) -> float:
    """How badly a picture of this profile fits a screen of these pixels: first by shape, then by size."""
    shape = abs(math.log(profile.width * height / (profile.height * width)))
    area = abs(math.log(profile.width * profile.height / (width * height)))
    return 8 * shape + area
