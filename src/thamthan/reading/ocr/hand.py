"""What print looks like on a page, so that what a hand wrote can be told from it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thamthan.reading.ocr.lines import Part, Strip
from thamthan.reading.ocr.picture import CONSONANT, Worked

# With fewer letters than this a stamp says nothing about its own print.
_FEW = 12


@dataclass(frozen=True, slots=True)
class HandMeasure:
    """How thick the strokes of this page's print are, and how dark."""

    stroke: float
    shade: float

    @classmethod
    def of(cls, strips: Sequence[Strip], worked: Worked) -> "HandMeasure":
        cores = [part for strip in strips for part in strip.parts if part.core][::3][:1500]
        if not cores:
            return cls(3.0, 60.0)
        strokes = [stroke_of(part) for part in cores]
        shades = [shade_of(part, worked) for part in cores]
        return cls(float(np.median(strokes)), float(np.median(shades)))

    def is_odd(self, part: Part, strip: Strip, worked: Worked) -> bool:
        """Whether a component is hardly of this page's print: by a hand, a stamp or in colour."""
        box, size = part.box, strip.size
        if not -0.26 * size < part.foot < 0.26 * size or not 0.58 < box.high / size < 1.75:
            return True
        tinted = worked.coloured[box.top : box.bottom, box.left : box.right]
        if tinted.any() and tinted[part.ink].mean() > 0.3:
            return True
        thick = stroke_of(part) / self.stroke * (CONSONANT / size)
        # Bold print is twice as thick and no hand's.
        return not 0.66 < thick < 2.2 or abs(shade_of(part, worked) - self.shade) > 40


class HandMeasures:
    """ตัววัดของหน้า: the measure of the page's print, and of each stamp's frame its own.

    A stamp's ink is paler and its letters are thinner than the page's; that makes them no hand's.
    """

    def __init__(self, strips: Sequence[Strip], worked: Worked) -> None:
        self._worked = worked
        framed: dict[int | None, list[Strip]] = {}
        for strip in strips:
            framed.setdefault(strip.frame, []).append(strip)
        self._page = HandMeasure.of(framed.pop(None, list(strips)), worked)
        self._of_frame = {
            frame: HandMeasure.of(within, worked)
            for frame, within in framed.items()
            if sum(part.core for strip in within for part in strip.parts) >= _FEW
        }

    def is_odd(self, part: Part, strip: Strip) -> bool:
        """Whether a component is hardly of the print that it stands in."""
        return self._of_frame.get(strip.frame, self._page).is_odd(part, strip, self._worked)


def stroke_of(part: Part) -> float:
    """The mean thickness of a component's strokes: twice its dots over the length of its edges."""
    ink, count = part.ink, np.count_nonzero
    within = count(ink[1:] != ink[:-1]) + count(ink[:, 1:] != ink[:, :-1])
    # Ink at the rim of its box has an edge there too.
    rim = count(ink[0]) + count(ink[-1]) + count(ink[:, 0]) + count(ink[:, -1])
    return 2.0 * int(count(ink)) / max((within + rim) * 0.8, 1.0)


def shade_of(part: Part, worked: Worked) -> float:
    """How dark a component is at its darkest third."""
    box = part.box
    dots = worked.grey[box.top : box.bottom, box.left : box.right][part.ink]
    third = int(0.3 * (dots.size - 1))
    return float(np.partition(dots, third)[third])
