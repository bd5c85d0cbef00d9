"""Lines stamped or printed in coloured ink, in part or as a whole, among the black ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from thamthan.reading.ocr.again import WELL, Foot, likely_of, look_again
from thamthan.reading.ocr.ink import Box
from thamthan.reading.ocr.lines import Strip, cut_lines
from thamthan.reading.ocr.picture import Worked
from thamthan.reading.ocr.reader import read_line
from thamthan.reading.ocr.witness import capped
from thamthan.reading.ocr.writing import ReadStrip

# Coloured ink is print where so many letters are, on the whole, so likely; its rows come apart.
_LEAST_WIDE, _LEAST_THAI, _LIKELY_PRINT = 4.0, 6, 0.85
_IN_COLOUR = 10_000
# Of a strip's ink, what must be of a colour for it to be a coloured line.
_COLOURED_SHARE = 0.25
# So much likelier a coloured reading is than the black one that it takes the place of.
_BETTER = 0.08


@dataclass(frozen=True, slots=True)
class _Found:
    strip: Strip
    one: ReadStrip
    likely: float


def with_colour(worked: Worked, read: Sequence[ReadStrip], foot: Foot) -> list[ReadStrip]:
    """อ่านหมึกสี: what was read in black, with the lines that hold coloured ink.

    Coloured ink is read as print only where every sign is likely, for most of it is a hand's; and
    it is never promised. A blue stamp is black where it is thick: it is read from its own ink and
    from both inks together, and what of it was taken for black print goes, if that is worse.
    """
    tinted = worked.in_colour()
    if tinted is None or not tinted.ink.any():
        return list(read)
    found = _lines(tinted, tinted, foot)
    if found:
        well = [one.strip.box for one in found if one.likely >= WELL]
        found += _lines(worked.in_all_inks(), tinted, foot, but=well)
    found.sort(key=lambda one: -one.likely)
    kept = list(read)
    taken: list[Box] = []
    for line in found:
        box = line.strip.box
        across = [other for other in kept if _is_across(box, other.strip.box)]
        if any(_is_across(box, other) for other in taken):
            continue
        if any(not _is_worse(other, line) for other in across):
            continue
        kept = [other for other in kept if not any(other is one for one in across)]
        taken.append(box)
        kept.append(line.one)
    return kept


def _lines(inks: Worked, tinted: Worked, foot: Foot, *, but: Sequence[Box] = ()) -> list[_Found]:
    """The lines of print that hold coloured ink, without those at places that are `but`."""
    found = []
    for strip in cut_lines(inks).strips:
        if strip.frame is not None or strip.box.wide < _LEAST_WIDE * strip.size:
            continue
        if any(_is_across(strip.box, box) for box in but):
            continue
        if _share(strip, tinted) < _COLOURED_SHARE:
            continue
        look = look_again(strip, read_line(strip), foot, inks)
        thai = sum("ก" <= letter.text <= "๙" for letter in look.letters)
        if thai >= _LEAST_THAI and (look.likely >= _LIKELY_PRINT or look.is_known):
            own = replace(strip, row=strip.row + _IN_COLOUR)
            found.append(_Found(strip, ReadStrip(own, capped(look.letters)), look.likely))
    return found


def _share(strip: Strip, tinted: Worked) -> float:
    """How much of a strip's ink is of a colour."""
    ink = strip.picture < 160
    high, wide = ink.shape
    there = tinted.ink[strip.top : strip.top + high, strip.left : strip.left + wide]
    return float(np.count_nonzero(there & ink)) / max(int(np.count_nonzero(ink)), 1)


def _is_worse(black: ReadStrip, coloured: _Found) -> bool:
    """Whether what was read in black is but a piece of a coloured line, and badly read."""
    return (
        len(black.letters) <= len(coloured.one.letters)
        and likely_of(black.letters) < coloured.likely - _BETTER
    )


def _is_across(one: Box, other: Box) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0 and high > 0.4 * min(one.high, other.high)
