"""What a hand wrote into the print is found, kept out of the text, and told with candidates."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from thamthan.reading.model import Candidate
from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.hand import HandMeasures
from thamthan.reading.ocr.ink import Box
from thamthan.reading.ocr.lines import Part
from thamthan.reading.ocr.numbers import DIGITS
from thamthan.reading.ocr.picture import Worked
from thamthan.reading.ocr.strokes import CIRCULAR, Piece, has_hand_net, pieces_of, ranked
from thamthan.reading.ocr.writing import ReadStrip
from thamthan.reading.ocr.zone_ink import DARK, PRINTED, ink_of, inside
from thamthan.reading.ocr.zones import Zone, find_zones
from thamthan.thai.dates import MONTHS, MONTHS_SHORT
from thamthan.thai.digits import to_arabic

# Of a consonant: how level the feet of print are, and how far the crop reaches round the ink.
_LEVEL = 0.2
# A stamp's line slopes so much at most, and its slope shows in so many signs.
_STEEPEST, _SLOPED = 0.12, 3
_ROOM = 0.7
# A day stands together; ink that lies so far before it is something else.
_AWAY, _GAP = 1.5, 0.4
# A pale pen's strokes are as dark as this; they count only where it finds so many times more.
_PALE, _PALER = 205, 1.4
_LONGEST = {"number": 6, "dated_on": 2, "receipt.number": 6, "receipt.received_on": 2}
_LONGEST_ELSE = 4
# What print says behind the labels of a stamp: a day with its month and year, and an hour.
_WORDINGS = {
    "receipt.received_on": re.compile(
        rf"\d{{1,2}}(?:{'|'.join(map(re.escape, (*MONTHS, *MONTHS_SHORT)))}|[/.-]\d{{1,2}}[/.-])"
        r"(?:พ\.ศ\.)?\d{2,4}"
    ),
    "receipt.time": re.compile(r"\d{1,2}[.:]\d{2}(?:น\.?)?"),
}
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
            pieces_of(ink_of(zone, strips, worked, dark=dark), least=0.28 * zone.size)
            for dark in (DARK, _PALE)
        )
        if not pieces and zone.field != "dated_on":
            continue
        if zone.month == 0:
            pieces, paler = _before_gap(pieces, zone), _before_gap(paler, zone)
        if pieces:
            near = _beside_month(pieces, zone)
            beside, before = _parted(zone, near)
            looks_printed = _looks_printed(beside, near, strips, worked, hand, origin=zone)
            whole = looks_printed and len(near) == len(pieces)
            if whole and _is_sure(beside, strips) and _is_all_read(beside, near, strips):
                continue
            is_print = looks_printed and _is_worded(beside, strips)
            strips = _without(strips, before if is_print else zone)
        found.append(
            Handwriting(
                zone.field,
                _crop(zone, pieces, worked),
                _candidates(zone, [pieces, *([paler] if _is_much_more(paler, pieces) else [])]),
            )
        )
    return strips, found


def _looks_printed(
    zone: Zone,
    pieces: Sequence[Piece],
    read: Sequence[ReadStrip],
    worked: Worked,
    hand: HandMeasures,
    *,
    origin: Zone,
) -> bool:
    """Whether all ink in the zone stands level, was read, and is like the page's print.

    The pieces lie where they do in the zone of `origin`.
    """
    cores = [
        (part, one)
        for one in read
        for part in one.strip.parts
        if part.core and _is_in((part.box.left + part.box.right) / 2, one, zone)
    ]
    boxes = [part.box for part, _ in cores]
    if not cores or any(_is_unread(piece, origin, boxes) for piece in pieces):
        return False
    level = bool(np.all(np.abs(_feet(zone, cores)) < _LEVEL))
    odd = sum(hand.is_odd(part, one.strip) for part, one in cores)
    return level and odd <= 0.25 * len(cores)


def _feet(zone: Zone, cores: Sequence[tuple[Part, ReadStrip]]) -> NDArray[np.float64]:
    """How far out of their line things stand, in consonants; a stamp's line may slope."""
    feet = np.array([part.foot / one.strip.size for part, one in cores])
    if not zone.field.startswith("receipt.") or len(cores) < _SLOPED:
        return feet
    along = np.array([(part.box.left + part.box.right) / 2 for part, _ in cores])
    along = (along - along.mean()) / zone.size
    slope = float(np.clip(np.polyfit(along, feet, 1)[0], -_STEEPEST, _STEEPEST))
    rest: NDArray[np.float64] = feet - slope * along
    return rest - np.clip(np.median(rest), -_LEVEL, _LEVEL)


def _is_sure(zone: Zone, read: Sequence[ReadStrip]) -> bool:
    """Whether the looks agreed on every sign in the zone."""
    sure = [
        letter.certainty >= PRINTED
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


def _is_worded(zone: Zone, read: Sequence[ReadStrip]) -> bool:
    """Whether what was made of the ink is what the field says: figures, and a stamp's day or hour.

    Else it was a hand's, whatever it looks like.
    """
    text = "".join(
        letter.text
        for one in read
        for letter in one.letters
        if _is_in(one.strip.left + (letter.left + letter.right) / 2, one, zone)
    )
    wording = _WORDINGS.get(zone.field)
    if wording is not None and wording.fullmatch(to_arabic(text)):
        return True
    return all(sign in DIGITS or sign in "ว/." for sign in text)


def _is_unread(piece: Piece, zone: Zone, cores: Sequence[Box]) -> bool:
    """Whether a sign's ink is in no strip that was read: a coloured pen's is not."""
    middle = max(zone.box.left, 0) + (piece.left + piece.right) / 2
    return piece.high > 0.6 * zone.size and not any(
        core.left <= middle < core.right for core in cores
    )


def _beside_month(pieces: Sequence[Piece], zone: Zone) -> list[Piece]:
    """Of a day's ink what stands together before the month; of other fields all."""
    if zone.field != "dated_on":
        return list(pieces)
    near = list(pieces[-1:])
    for piece in reversed(pieces[:-1]):
        if near[0].left - piece.right > _AWAY * zone.size:
            break
        near.insert(0, piece)
    return near


def _parted(zone: Zone, near: Sequence[Piece]) -> tuple[Zone, Zone]:
    """A zone parted at the left of its nearest ink: what is beside the print, and what before."""
    box = zone.box
    if zone.field != "dated_on" or not near:
        return zone, replace(zone, box=replace(box, right=box.left))
    cut = max(box.left, max(box.left, 0) + near[0].left - round(_GAP * zone.size))
    return replace(zone, box=replace(box, left=cut)), replace(zone, box=replace(box, right=cut))


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
    if zone.frame is not None and one.strip.frame != zone.frame:
        return False
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
    box = inside(zone.box, worked)
    if not pieces:
        return box
    room = round(_ROOM * zone.size)
    before = round(1.6 * zone.size) if zone.circular else 0
    return inside(
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
