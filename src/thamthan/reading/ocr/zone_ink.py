"""The ink of a zone in which a hand may have written, without borders, rules and other lines."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.ink import Box
from thamthan.reading.ocr.picture import Worked
from thamthan.reading.ocr.writing import ReadStrip
from thamthan.reading.ocr.zones import Zone

# A letter of print in a zone: two looks agreed, and the digit net was sure.
PRINTED = 0.85
# Ink is what is darker than this beside surer ink: as print is taken.
DARK = 160
# What comes so near to a zone's upper and lower edge runs through it; a border is so slim.
_RIM, _SLIM = 0.2, 0.4


def ink_of(
    zone: Zone, read: Sequence[ReadStrip], worked: Worked, *, dark: int = DARK
) -> NDArray[np.bool_]:
    """The zone's ink, coloured too, without rules, dotted lines, and the print of other lines."""
    box = inside(zone.box, worked)
    # What reaches in from outside is known by how much of it is outside.
    reach = round(1.2 * zone.size)
    wide = inside(
        Box(box.left - reach, box.top - reach, box.right + reach, box.bottom + reach), worked
    )
    ink = _pale_too(worked, wide, dark)
    left, top = box.left - wide.left, box.top - wide.top
    inner = Box(left, top, left + box.wide, top + box.high)
    borders = _borders(ink, inner, zone)
    for one in read:
        for part in one.strip.parts:
            if _overlaps(part.box, wide) and (
                _is_of_another_line(part.box, one, zone) or _is_beside(part.box, one, zone)
            ):
                _wipe(ink, part.box, part.ink, wide)
    rules = cv2.morphologyEx(
        ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, max(8, round(2.2 * zone.size))), np.uint8)
    )
    ink &= ~(borders | (np.asarray(rules) > 0))
    return _without_strangers(ink, inner, zone, line=zone.foot - wide.top)


def _borders(ink: NDArray[np.bool_], inner: Box, zone: Zone) -> NDArray[np.bool_]:
    """What is slim and runs through the zone from top to bottom: a border, a signature's stroke.

    No hand writes a figure that tall into a line.
    """
    count, found, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    is_border = np.zeros(count, bool)
    for name in range(1, count):
        _, top, _, down, dots = (int(value) for value in stats[name])
        seen = min(top + down, inner.bottom) - max(top, inner.top)
        is_border[name] = seen >= inner.high - _RIM * zone.size and dots < _SLIM * zone.size * down
    return np.asarray(is_border[np.asarray(found)], bool)


def _pale_too(worked: Worked, box: Box, dark: int) -> NDArray[np.bool_]:
    """The ink of a place with the pale rest of its strokes, as a ball-point pen leaves them."""
    grey = worked.grey[box.top : box.bottom, box.left : box.right]
    sure = (
        worked.ink[box.top : box.bottom, box.left : box.right]
        | (worked.coloured[box.top : box.bottom, box.left : box.right])
    )
    count, found = cv2.connectedComponents(((grey < dark) | sure).astype(np.uint8), connectivity=8)
    labels = np.asarray(found)
    kept = np.zeros(count, bool)
    kept[np.unique(labels[sure])] = True
    kept[0] = False
    return np.asarray(kept[labels], bool)


def _is_beside(part: Box, one: ReadStrip, zone: Zone) -> bool:
    """Whether ink is of words that were surely read beside a stamp's skew line."""
    if not zone.field.startswith("receipt.") or part.left < zone.box.left + 2 * zone.size:
        return False
    sure = sum(x.certainty >= PRINTED and "ก" <= x.text[:1] <= "ฮ" for x in one.letters)
    return sure >= 2 and one.strip.box.left > zone.box.left


def _is_of_another_line(part: Box, one: ReadStrip, zone: Zone) -> bool:
    """Whether ink belongs to other print; a tall sign in this very line was only thought to."""
    middle = (part.top + part.bottom) / 2
    in_line = zone.foot - 1.5 * zone.size < middle < zone.foot + 0.2 * zone.size
    if in_line and 0.6 * zone.size < part.high < 2.4 * zone.size:
        return False
    foot = (one.strip.feet[0] + one.strip.feet[1]) / 2
    return abs(foot - zone.foot) > 1.2 * zone.size


def _without_strangers(
    ink: NDArray[np.bool_], inner: Box, zone: Zone, *, line: float
) -> NDArray[np.bool_]:
    """Without dots, marks of other lines, and what reaches in only with a part of it."""
    count, found, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    labels = np.asarray(found)[inner.top : inner.bottom, inner.left : inner.right]
    kept = np.zeros(labels.shape, bool)
    for name in range(1, count):
        _, top, across, down, dots = (int(value) for value in stats[name])
        own = labels == name
        is_speck = across < 0.45 * zone.size and down < 0.35 * zone.size
        is_low = top > line - 0.1 * zone.size
        is_over = top + down < line - 1.35 * zone.size
        if not (is_speck or is_low or is_over) and 2 * int(own.sum()) >= dots:
            kept |= own
    return kept


def inside(box: Box, worked: Worked) -> Box:
    high, wide = worked.grey.shape
    left, top = min(max(box.left, 0), wide - 1), min(max(box.top, 0), high - 1)
    return Box(left, top, min(max(box.right, left + 1), wide), min(max(box.bottom, top + 1), high))


def _overlaps(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _wipe(ink: NDArray[np.bool_], part: Box, own: NDArray[np.bool_], box: Box) -> None:
    left, top = max(part.left, box.left), max(part.top, box.top)
    right, bottom = min(part.right, box.right), min(part.bottom, box.bottom)
    inside = own[top - part.top : bottom - part.top, left - part.left : right - part.left]
    ink[top - box.top : bottom - box.top, left - box.left : right - box.left] &= ~inside
