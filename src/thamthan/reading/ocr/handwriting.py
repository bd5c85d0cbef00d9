"""What a hand wrote into the print is found, kept out of the text, and told with candidates."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from thamthan.reading.model import Candidate
from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.hand import HandMeasures
from thamthan.reading.ocr.ink import Box
from thamthan.reading.ocr.numbers import DIGITS
from thamthan.reading.ocr.picture import Worked
from thamthan.reading.ocr.strokes import CIRCULAR, Piece, has_hand_net, pieces_of, ranked
from thamthan.reading.ocr.writing import ReadStrip
from thamthan.reading.ocr.zones import Zone, find_zones

# A letter of print in a zone: two looks agreed, and the digit net was sure.
_PRINTED = 0.85
# Of a consonant: how level the feet of print are, and how far the crop reaches round the ink.
_LEVEL = 0.2
_ROOM = 0.7
# Ink is what is darker than this beside surer ink: as print is taken, and a pale pen's strokes;
# the second only where it finds so many times more.
_DARK, _PALE = 160, 205
_PALER = 1.4
_LONGEST = {"number": 6, "dated_on": 2, "receipt.number": 6, "receipt.received_on": 2}
_LONGEST_ELSE = 4
_MOST_CANDIDATES = 5
_EVERY = 4


@dataclass(frozen=True, slots=True)
class Handwriting:
    """ลายมือในช่อง: the field it fills, its place on the worked picture, and what it may say."""

    field: str
    box: Box
    candidates: tuple[Candidate, ...] = ()


def find_handwriting(
    read: Sequence[ReadStrip], worked: Worked
) -> tuple[list[ReadStrip], list[Handwriting]]:
    """หาลายมือ: the strips without what a hand wrote, and its places with ranked candidates.

    1. Print tells where a hand may have written: behind the number's slash, before the month,
       behind the labels of a receipt stamp.
    2. What stands there is print only where its ink is the print's and its feet stand level; all
       else is a hand's, and its letters leave the text.
    3. Print on whose signs the looks do not agree stays in the text, but gets candidates, too.
    4. An empty place before a month is told too: a clerk must look for the day elsewhere.
    """
    found: list[Handwriting] = []
    strips = list(read)
    zones = find_zones(read, worked)
    if not zones:
        return strips, found
    # Some lines tell what the page's print is like; all of them would cost more than the rest.
    hand = HandMeasures(
        [
            one.strip
            for at, one in enumerate(read)
            if one.strip.frame is not None or at % _EVERY == 0
        ],
        worked,
    )
    for zone in zones:
        pieces, paler = (
            pieces_of(_ink_of(zone, strips, worked, dark=dark), least=0.28 * zone.size)
            for dark in (_DARK, _PALE)
        )
        if not pieces and zone.field != "dated_on":
            continue
        if zone.month == 0:
            pieces, paler = _before_gap(pieces, zone), _before_gap(paler, zone)
        if pieces:
            looks_printed = _looks_printed(zone, pieces, strips, worked, hand)
            if looks_printed and _is_sure(zone, strips) and _is_all_read(zone, pieces, strips):
                continue
            if not (looks_printed and _is_figures(zone, strips)):
                strips = _without(strips, zone)
        found.append(
            Handwriting(
                zone.field,
                _crop(zone, pieces, worked),
                _candidates(zone, [pieces, *([paler] if _is_much_more(paler, pieces) else [])]),
            )
        )
    return strips, found


def _ink_of(
    zone: Zone, read: Sequence[ReadStrip], worked: Worked, *, dark: int = _DARK
) -> NDArray[np.bool_]:
    """The zone's ink, coloured too, without rules, dotted lines, and the print of other lines."""
    box = _inside(zone.box, worked)
    # What reaches in from outside is known by how much of it is outside.
    reach = round(1.2 * zone.size)
    wide = _inside(
        Box(box.left - reach, box.top - reach, box.right + reach, box.bottom + reach), worked
    )
    ink = _pale_too(worked, wide, dark)
    for one in read:
        for part in one.strip.parts:
            if _overlaps(part.box, wide) and (
                _is_of_another_line(part.box, one, zone) or _is_beside(part.box, one, zone)
            ):
                _wipe(ink, part.box, part.ink, wide)
    rules = cv2.morphologyEx(
        ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, max(8, round(2.2 * zone.size))), np.uint8)
    )
    ink &= ~(np.asarray(rules) > 0)
    left, top = box.left - wide.left, box.top - wide.top
    inner = Box(left, top, left + box.wide, top + box.high)
    return _without_strangers(ink, inner, zone, line=zone.foot - wide.top)


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
    sure = sum(x.certainty >= _PRINTED and "ก" <= x.text[:1] <= "ฮ" for x in one.letters)
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


def _looks_printed(
    zone: Zone,
    pieces: Sequence[Piece],
    read: Sequence[ReadStrip],
    worked: Worked,
    hand: HandMeasures,
) -> bool:
    """Whether all ink in the zone stands level, was read, and is like the page's print."""
    cores = [
        (part, one)
        for one in read
        for part in one.strip.parts
        if part.core and _is_in((part.box.left + part.box.right) / 2, one, zone)
    ]
    boxes = [part.box for part, _ in cores]
    if not cores or any(_is_unread(piece, zone, boxes) for piece in pieces):
        return False
    level = all(abs(part.foot) < _LEVEL * one.strip.size for part, one in cores)
    odd = sum(hand.is_odd(part, one.strip) for part, one in cores)
    return level and odd <= 0.25 * len(cores)


def _is_sure(zone: Zone, read: Sequence[ReadStrip]) -> bool:
    """Whether the looks agreed on every sign in the zone."""
    sure = [
        letter.certainty >= _PRINTED
        for one in read
        for letter in one.letters
        if _is_in(one.strip.left + (letter.left + letter.right) / 2, one, zone)
    ]
    return bool(sure) and all(sure)


def _is_all_read(zone: Zone, pieces: Sequence[Piece], read: Sequence[ReadStrip]) -> bool:
    """Whether a day has a letter for each of its blots: one that was passed over is in no look."""
    if zone.field != "dated_on":
        return True
    letters = sum(
        _is_in(one.strip.left + (letter.left + letter.right) / 2, one, zone)
        for one in read
        for letter in one.letters
    )
    return letters >= sum(piece.high > 0.6 * zone.size for piece in pieces)


def _is_figures(zone: Zone, read: Sequence[ReadStrip]) -> bool:
    """Whether what was made of the ink is figures; else it was a hand's, whatever it looks like."""
    return all(
        letter.text in DIGITS or letter.text in "ว/."
        for one in read
        for letter in one.letters
        if _is_in(one.strip.left + (letter.left + letter.right) / 2, one, zone)
    )


def _is_unread(piece: Piece, zone: Zone, cores: Sequence[Box]) -> bool:
    """Whether a sign's ink is in no strip that was read: a coloured pen's is not."""
    middle = max(zone.box.left, 0) + (piece.left + piece.right) / 2
    return piece.high > 0.6 * zone.size and not any(
        core.left <= middle < core.right for core in cores
    )


def _before_gap(pieces: Sequence[Piece], zone: Zone) -> list[Piece]:
    """The pieces before the widest gap, where that is wider than signs stand apart."""
    widest, cut, end = 0.5 * zone.size, len(pieces), 0
    for which, piece in enumerate(pieces):
        if which and piece.left - end > widest:
            widest, cut = piece.left - end, which
        end = max(end, piece.right)
    return list(pieces[:cut])


def _is_in(x: float, one: ReadStrip, zone: Zone) -> bool:
    foot = (one.strip.feet[0] + one.strip.feet[1]) / 2
    return zone.box.left <= x < zone.box.right and abs(foot - zone.foot) <= 1.2 * zone.size


def _without(read: Sequence[ReadStrip], zone: Zone) -> list[ReadStrip]:
    """The strips without the letters that the recogniser made of a hand's writing."""
    return [replace(one, letters=tuple(_printed_of(one, zone))) for one in read]


def _printed_of(one: ReadStrip, zone: Zone) -> Iterator[Letter]:
    inside = [
        _is_in(one.strip.left + (letter.left + letter.right) / 2, one, zone)
        for letter in one.letters
    ]
    # The slash is told a little beside its ink; it is print, and the hand begins behind it.
    slashes = [w for w, x in enumerate(one.letters) if inside[w] and x.text == "/"]
    first = slashes[0] + 1 if zone.field == "number" and slashes else 0
    for which, letter in enumerate(one.letters):
        if which < first or not inside[which]:
            yield letter


def _crop(zone: Zone, pieces: Sequence[Piece], worked: Worked) -> Box:
    """A box in which a clerk can read the writing, with the room that a pen takes round it."""
    box = _inside(zone.box, worked)
    if not pieces:
        return box
    room = round(_ROOM * zone.size)
    before = round(1.6 * zone.size) if zone.circular else 0
    return _inside(
        Box(
            box.left + min(piece.left for piece in pieces) - room - before,
            min(box.top + min(p.top for p in pieces) - room, round(zone.foot - 1.5 * zone.size)),
            box.left + max(piece.right for piece in pieces) + room,
            max(box.top + max(p.bottom for p in pieces) + room, round(zone.foot + 0.6 * zone.size)),
        ),
        worked,
    )


def _is_much_more(paler: Sequence[Piece], pieces: Sequence[Piece]) -> bool:
    dots, least = (sum(int(piece.ink.sum()) for piece in way) for way in (paler, pieces))
    return dots > _PALER * least


def _candidates(zone: Zone, ways: Sequence[Sequence[Piece]]) -> tuple[Candidate, ...]:
    """What the writing may say, as both shades of its ink have it."""
    if not any(ways) or not has_hand_net():
        return ()
    if zone.field in ("receipt.time", "receipt.received_on"):
        # A whole date or time has signs and words between its digits: a person reads it.
        return ()
    if zone.field == "dated_on":
        last = monthrange(zone.year or 2000, zone.month)[1] if zone.month else 31

        def accepts(said: str) -> bool:
            return said.isdecimal() and said[0] != "0" and 1 <= int(said) <= last
    else:

        def accepts(said: str) -> bool:
            bare = said.removeprefix(CIRCULAR)
            return bare.isdecimal() and bare[0] != "0"

    told: dict[str, float] = {}
    for way in ways:
        found = ranked(
            way,
            size=zone.size,
            accepts=accepts,
            longest=_LONGEST.get(zone.field, _LONGEST_ELSE),
            circular=zone.field == "number" and not zone.circular,
        )
        for said, odds in found:
            told[said] = told.get(said, 0.0) + odds / len(ways)
    best = sorted(told.items(), key=lambda one: -one[1])[:_MOST_CANDIDATES]
    if zone.circular:
        best = [(f"{CIRCULAR}{said}", odds) for said, odds in best]
    return tuple(
        Candidate(f"{CIRCULAR} {said[1:]}" if said.startswith(CIRCULAR) else said, round(odds, 3))
        for said, odds in best
    )


def _inside(box: Box, worked: Worked) -> Box:
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
