"""Judges frames that a browser painted: is each the slide that was on, the one that came, or a blend of the two?"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PIL import Image

from tests.player.campaign import Colour, near

COLOURS: Sequence[Colour] = (
    *((180, 255, 105), (225, 210, 150), (75, 210, 15), (30, 195, 255), (195, 15, 60), (195, 120, 30)),
    *((15, 105, 180), (120, 15, 180), (150, 195, 240), (255, 45, 105), (195, 75, 255), (75, 90, 255)),
    *((195, 15, 195), (15, 180, 90), (45, 255, 135), (255, 165, 75)),
)
"""One for each slide: far from black and from each other; none could be taken for a blend of two others."""
SIZE = (96, 54)
MARK = 4
"""Pixels of the corner that blinks, so that the compositor paints even when nothing changes."""
NEAR = 8
"""How far a channel may be off the exact blend."""
SLACK_S = 0.05
"""How far the clocks of the page and of the compositor may differ."""


def blend_share(frame: Colour, one: Colour, other: Colour) -> float | None:
    """How much of `other` is in a frame that is a blend of the two; None when it is not one."""
    along = [b - a for a, b in zip(one, other, strict=True)]
    share = sum((c - a) * d for c, a, d in zip(frame, one, along, strict=True)) / sum(d * d for d in along)
    share = min(1.0, max(0.0, share))
    exact = [a + share * d for a, d in zip(one, along, strict=True)]
    return share if all(abs(c - e) <= NEAR for c, e in zip(frame, exact, strict=True)) else None


def one_colour(png: bytes) -> Colour | None:
    """The colour of a frame that has only one, save for the blinking corner."""
    image = Image.open(io.BytesIO(png)).convert("RGB").crop((MARK * 2, MARK * 2, *SIZE))
    extrema = image.getextrema()
    if any(high - low > 4 for low, high in extrema):  # type: ignore[misc, operator]
        return None
    red, green, blue = image.getpixel((0, 0))  # type: ignore[misc]
    return red, green, blue


@dataclass
class Judge:
    """Follows the frames along the swaps that the page says it made; the frames must bear it out.

    Times are seconds since 1970. A frame may show what was on a while ago, since a busy machine paints late, but it
    never goes back, and never shows anything that was not put on.
    """

    times: list[float] = field(default_factory=list)
    slides: list[int] = field(default_factory=list)
    #: How far along the swaps the frames have come.
    at: int = 0
    begun: bool = False
    frames: int = 0
    blends: int = 0
    #: What a frame was that was not right, and after which swap; None: not of one colour.
    bad: list[tuple[int, Colour | None]] = field(default_factory=list)
    #: Frames that showed the slide a swap brought in, whole or fading in.
    per_swap: Counter[int] = field(default_factory=Counter)

    @property
    def made(self) -> int:
        """Swaps that the page made."""
        return max(0, len(self.slides) - 1)

    @property
    def sampled(self) -> int:
        """Swaps that two frames or more bear witness to: only these count. Browsers pause when they are watched."""
        return sum(frames >= 2 for number, frames in self.per_swap.items() if number > 0)

    def swapped(self, made: Iterable[tuple[float, int]]) -> None:
        """The page put these slides on the glass, one after the other."""
        for time_s, number in made:
            self.times.append(time_s)
            self.slides.append(number)

    def see(self, png: bytes, at_s: float) -> None:
        """Judge one frame, painted at this second; all swaps up to then must be known."""
        latest = bisect_right(self.times, at_s + SLACK_S) - 1
        if latest < 0:
            return
        colour = one_colour(png)
        if not self.begun:
            self._begin(colour, latest)
            return
        self.frames += 1
        if colour is None or not self._is_right(colour, latest):
            self.bad.append((self.at, colour))

    def _begin(self, colour: Colour | None, latest: int) -> None:
        """Wait for a whole slide: what was on before the first swap we know of may still be fading out."""
        whole = [i for i in range(latest + 1) if colour and near(colour, COLOURS[self.slides[i]])]
        if whole:
            self.begun, self.at = True, whole[-1]

    def _is_right(self, colour: Colour, latest: int) -> bool:
        for outgoing in range(self.at, latest + 1):
            incoming = min(outgoing + 1, latest)
            one, other = (COLOURS[self.slides[i]] for i in (outgoing, incoming))
            share = blend_share(colour, one, other if other != one else (0, 0, 0))
            if share is None or (other == one and share > 0):
                continue
            self.at = incoming if share == 1 else outgoing
            self.per_swap[incoming if share > 0 else outgoing] += 1
            self.blends += 0 < share < 1
            return True
        return False
