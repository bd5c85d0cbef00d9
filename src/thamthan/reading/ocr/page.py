"""One picture becomes one page of text, every character with its place and its certainty."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thamthan.reading.model import Mark
from thamthan.reading.ocr.again import LARGE, Foot, likely_of, look_again
from thamthan.reading.ocr.codes import find_codes, without_codes
from thamthan.reading.ocr.coloured import with_colour
from thamthan.reading.ocr.engine import Letter, read_strip
from thamthan.reading.ocr.hand import HandMeasures
from thamthan.reading.ocr.handwriting import find_handwriting
from thamthan.reading.ocr.ink import Box, Region
from thamthan.reading.ocr.lines import Cut, Strip, cut_lines
from thamthan.reading.ocr.mailed import has_address, settled
from thamthan.reading.ocr.marks import Seen, find_marks
from thamthan.reading.ocr.numbers import DIGITS, second_look
from thamthan.reading.ocr.picture import Worked, as_colours, work_up
from thamthan.reading.ocr.reader import read_line
from thamthan.reading.ocr.witness import (
    DISAGREED,
    capped,
    compared,
    doubted_where_unlike,
    most_doubtful,
)
from thamthan.reading.ocr.writing import Character, ReadStrip, Written, write_out
from thamthan.reading.trust import share_of_words

# A second look at a line with numbers, a little larger than the first.
_ANOTHER_SIZE = 1.12
# How likely the signs of a strip are on the whole: less is no print, and no reading.
_SCRAWL = 0.5
_ODD_SCRAWL = 0.8
_UPSIDE_DOWN = 0.1
# So many lines tell which way up a page is.
_TRIED = 12
# Of the page: a stamp that begins further left and higher stands where the urgency does.
_LEFT, _TOP = 0.3, 0.2
_LEAST_DOTS = 12


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """หน้าที่อ่านได้: the text, and for each of its characters a box in points and a certainty.

    `apart` are the places of stamps, signatures and handwriting that were left out of the text,
    `marks` what is known of them.
    """

    text: str
    boxes: tuple[tuple[float, float, float, float] | None, ...]
    certainty: tuple[float, ...]
    width: float
    height: float
    notes: tuple[str, ...] = ()
    apart: tuple[tuple[float, float, float, float], ...] = ()
    doubted: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


def recognise(picture: NDArray[Any], *, dpi: float | None) -> RecognisedPage:
    """อ่านภาพหนึ่งหน้า: what is printed on it; an empty page where nothing is.

    Without `dpi` the page is taken to be as wide as A4. Does not open files: that is done before.
    """
    dots = as_colours(picture)
    high, wide = dots.shape[:2]
    point = 72 / dpi if dpi else 595.0 / max(min(wide, high), 1)
    if min(high, wide) < _LEAST_DOTS:
        return RecognisedPage("", (), (), wide * point, high * point)
    worked, cut, first = _upright(dots)
    if worked is None or cut is None:
        return RecognisedPage("", (), (), wide * point, high * point)
    foot = Foot(cut, first)
    read, by_hand = _read_strips(worked, cut, first, foot)
    doubted = ("urgency",) if _has_unread_heading(cut, read, worked) else ()
    read, written = find_handwriting(read, worked)
    read = with_colour(worked, read, foot)
    codes = find_codes(worked)
    read = [_never_sure(one) for one in without_codes(read, codes)]
    marks = find_marks(cut, read, by_hand=by_hand, written=written, codes=codes, worked=worked)
    apart = [*(region for region in cut.regions if region.kind == "drawing"), *by_hand]
    page = _page(
        write_out(read, cut, worked),
        worked,
        apart,
        marks,
        point=point,
        size=(wide * point, high * point),
    )
    return replace(page, doubted=doubted)


def _upright(
    dots: NDArray[np.uint8],
) -> tuple[Worked | None, Cut | None, list[list[Letter]]]:
    """The picture cut and read; where its longest lines make no words it is turned first."""
    worked = work_up(dots)
    if worked is None:
        return None, None, []
    best = _Way(worked)
    for turned in (2, 3, 1):
        if best.sense >= _UPSIDE_DOWN:
            break
        other = worked.upside_down() if turned == 2 else work_up(dots, turned=turned)
        if other is not None and (way := _Way(other)).sense > best.sense:
            best = way
    return best.worked, best.cut, best.read()


class _Way:
    """A page one way up: its strips, the longest of them read, and how much of those is words."""

    def __init__(self, worked: Worked) -> None:
        self.worked, self.cut = worked, cut_lines(worked)
        strips = self.cut.strips
        longest = sorted(range(len(strips)), key=lambda which: -strips[which].box.wide)[:_TRIED]
        self._read = {which: read_line(strips[which]) for which in longest}
        self.sense = share_of_words(
            "\n".join("".join(one.text for one in letters) for letters in self._read.values())
        )

    def read(self) -> list[list[Letter]]:
        """The letters of all strips."""
        return [
            self._read[which] if which in self._read else read_line(strip)
            for which, strip in enumerate(self.cut.strips)
        ]


def _read_strips(
    worked: Worked, cut: Cut, first: list[list[Letter]], foot: Foot
) -> tuple[list[ReadStrip], list[Region]]:
    """The letters of every strip with their certainties, and the places that a hand wrote on."""
    hand = HandMeasures(cut.strips, worked)
    read: list[ReadStrip] = []
    by_hand: list[Region] = []
    printed_rows: set[tuple[int | None, int]] = set()
    unsure: list[ReadStrip] = []
    likely = [likely_of(letters) for letters in first]
    looks = [
        look_again(strip, one, foot, worked) for strip, one in zip(cut.strips, first, strict=True)
    ]
    looked = _with_witness(cut, [list(look.letters) for look in looks])
    for strip, letters, agreed, look in zip(cut.strips, looked, likely, looks, strict=True):
        letters = second_look(letters, strip, worked, hand=hand)
        if look.is_worded:
            letters = list(capped(letters, DISAGREED))
        odd = _odd_share(strip, hand)
        if odd > 0.5 and agreed < 0.9:
            letters = list(capped(letters))
        letters = _beside_drawings(letters, strip, cut.regions)
        one = ReadStrip(strip, tuple(letters))
        if agreed < _SCRAWL or (odd > 0.5 and agreed < _ODD_SCRAWL) or _is_scrawl(letters):
            unsure.append(one)
        else:
            printed_rows.add((strip.frame, strip.row))
            read.append(one)
    for one in unsure:
        numeric = [letter for letter in one.letters if letter.text in DIGITS]
        beside_print = (one.strip.frame, one.strip.row) in printed_rows
        if beside_print and 2 * len(numeric) >= len(one.letters) > 0:
            read.append(ReadStrip(one.strip, capped(one.letters)))
        else:
            by_hand.append(Region("drawing", one.strip.box))
    read.sort(key=lambda one: (one.strip.row, one.strip.left))
    return read, by_hand


def _never_sure(one: ReadStrip) -> ReadStrip:
    """What stands in a stamp's frame, never promised: a stamp hides, and a hand adds to it."""
    if one.strip.frame is None:
        return one
    return replace(one, letters=capped(one.letters))


def _has_unread_heading(cut: Cut, read: Sequence[ReadStrip], worked: Worked) -> bool:
    """Whether large print in the upper part, where the urgency stands, was not read surely.

    A stamp that has been put in its place may lie upon it.
    """
    high, wide = worked.grey.shape
    if any(
        region.kind == "frame" and region.box.left < _LEFT * wide and region.box.top < _TOP * high
        for region in cut.regions
    ):
        return True
    sure = {
        id(one.strip)
        for one in read
        if one.letters and float(np.mean([x.certainty for x in one.letters])) > 0.8
    }
    return any(
        strip.size > LARGE * worked.consonant
        and strip.box.bottom < 0.3 * worked.grey.shape[0]
        and strip.box.wide > 3 * strip.size
        and id(strip) not in sure
        for strip in cut.strips
    )


def _with_witness(cut: Cut, read: Sequence[list[Letter]]) -> list[list[Letter]]:
    """The letters of all strips; numbers looked at twice, doubtful lines shown to Tesseract."""
    kept = list(read)
    widths = [strip.picture.shape[1] / strip.size for strip in cut.strips]
    again: dict[int, list[Letter]] = {}
    theirs: dict[int, list[Letter]] = {}
    mailed = {which for which in range(len(read)) if has_address(read[which])}
    for which, strip in enumerate(cut.strips):
        is_numbered = any(letter.text in DIGITS for letter in read[which])
        if is_numbered or which in mailed:
            again[which] = read_line(strip, zoom=_ANOTHER_SIZE)
        if is_numbered:
            kept[which] = doubted_where_unlike(read[which], again[which])
    asked = most_doubtful(kept, widths)
    for which in {*asked, *mailed}:
        strip = cut.strips[which]
        theirs[which] = read_strip(strip.picture, size=strip.size)
    for which in asked:
        kept[which] = compared(kept[which], theirs[which])
    for which in mailed:
        kept[which] = settled(kept[which], again[which], theirs[which])
    return kept


def _beside_drawings(
    letters: list[Letter], strip: Strip, regions: Sequence[Region]
) -> list[Letter]:
    """The letters, doubted where a signature or a stamp runs across them: some may be under it.

    The frame of a stamp holds what it hides; what stands before and behind it is doubted.
    """
    band = (min(strip.feet) - 0.9 * strip.size, max(strip.feet) - 0.1 * strip.size)
    room = 1.6 * strip.size
    across = [
        (region.box.left - strip.left - room, region.box.right - strip.left + room)
        for region in regions
        if (region.kind == "drawing" or (region.kind == "frame" and strip.frame is None))
        and region.box.top < band[1]
        and region.box.bottom > band[0]
        and region.box.left < strip.box.right + room
        and region.box.right > strip.box.left - room
    ]
    return [
        replace(letter, certainty=min(letter.certainty, DISAGREED))
        if any(left < (letter.left + letter.right) / 2 < right for left, right in across)
        else letter
        for letter in letters
    ]


def _odd_share(strip: Strip, hand: HandMeasures) -> float:
    cores = [part for part in strip.parts if part.core]
    if not cores:
        return 1.0
    return sum(hand.is_odd(part, strip) for part in cores) / len(cores)


def _is_scrawl(letters: Sequence[Letter]) -> bool:
    """A few marks that form no word: what is left of signatures and specks."""
    text = "".join(letter.text for letter in letters)
    thai = sum("ก" <= character <= "๛" for character in text)
    return len(text) <= 6 and thai == 0 and not any(c in DIGITS for c in text)


def _page(
    written: Written,
    worked: Worked,
    apart: Sequence[Region],
    marks: Sequence[Seen],
    *,
    point: float,
    size: tuple[float, float],
) -> RecognisedPage:
    def in_points(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        left, top, right, bottom = (side * point for side in worked.origin(box))
        return (
            round(min(max(left, 0.0), size[0]), 1),
            round(min(max(top, 0.0), size[1]), 1),
            round(min(max(right, 0.0), size[0]), 1),
            round(min(max(bottom, 0.0), size[1]), 1),
        )

    characters: Sequence[Character] = written.characters
    places = tuple(in_points(_sides(region.box)) for region in apart)
    notes = (f"มีลายมือ ลายเซ็น ตรา หรือภาพ {len(places)} แห่ง ที่ไม่ได้อ่านเป็นข้อความ",) if places else ()
    return RecognisedPage(
        text="".join(character.text for character in characters),
        boxes=tuple(in_points(c.box) if c.box else None for c in characters),
        certainty=tuple(round(character.certainty, 2) for character in characters),
        width=size[0],
        height=size[1],
        notes=notes,
        apart=places,
        marks=tuple(
            Mark(mark.kind, 1, in_points(_sides(mark.box)), mark.field, mark.text, mark.candidates)
            for mark in marks
        ),
    )


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom
