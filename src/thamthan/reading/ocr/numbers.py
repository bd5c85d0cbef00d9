"""Every digit that was read is looked at once more, by a net that knows digits alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.digits import ARABIC, CLASSES, THAI, DigitNet, glyph_of, shape_of
from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.hand import HandMeasures
from thamthan.reading.ocr.ink import Box
from thamthan.reading.ocr.lines import Part, Strip
from thamthan.reading.ocr.picture import Worked
from thamthan.reading.ocr.steps import in_step
from thamthan.thai.digits import to_arabic

DIGITS = frozenset(THAI + ARABIC)
SURE_DIGIT = 0.93
DOUBTFUL_DIGIT = 0.55

_READ = 0.9
_READ_SURELY = 0.99
_LIKELY = 0.6
_VERY_LIKELY = 0.9
_CERTAIN = 0.97


@dataclass(frozen=True, slots=True)
class Blot:
    """A component as the digit net sees it: the likeliest digit, how sure, and whether by hand."""

    part: Part
    digit: str = ""
    likely: float = 0.0
    odd: bool = False


@cache
def _net() -> DigitNet | None:
    """The net, or None where it was not shipped: then no digit is ever promised."""
    try:
        return DigitNet.load()
    except FileNotFoundError:
        return None


def has_net() -> bool:
    return _net() is not None


def second_look(
    letters: list[Letter], strip: Strip, worked: Worked, *, hand: HandMeasures
) -> list[Letter]:
    """ดูตัวเลขซ้ำ: the letters, each digit at the place of its ink and as sure as two looks are.

    1. Components where numbers stand are shown to the net, in black and in grey; those that are
       two digits grown together are cut where both halves look most like digits.
    2. Letters and components are brought in step from left to right.
    3. A digit is sure where line and blot were read alike, and never where the ink is a hand's.
       A digit's blot that no letter stands for is put in, and doubted.
    """
    if not any(letter.text in DIGITS for letter in letters):
        return letters
    blots = _blots(letters, strip, worked, hand)
    pairs = in_step(letters, strip, [blot.part for blot in blots])
    kept: list[Letter] = []
    used = -1
    for letter, pair in zip(letters, pairs, strict=True):
        if pair is not None:
            kept += _passed_over(kept, blots, used + 1, pair, strip)
            used = max(used, pair)
        kept.append(_settled(letter, blots[pair] if pair is not None else None, strip, kept))
    return kept + _passed_over(kept, blots, used + 1, len(blots), strip)


def _settled(letter: Letter, blot: Blot | None, strip: Strip, before: Sequence[Letter]) -> Letter:
    if letter.text not in DIGITS:
        return _unlettered(letter, blot, strip, before)
    if blot is None:
        return _as_sure(letter, letter.certainty > _READ_SURELY)
    letter = _placed(letter, blot.part, strip)
    if blot.odd:
        return _as_sure(letter, is_sure=False)
    if blot.likely < _LIKELY:
        return _as_sure(letter, letter.certainty > _READ_SURELY)
    if to_arabic(letter.text) == to_arabic(blot.digit):
        both = letter.certainty > _READ or blot.likely > _CERTAIN
        return _as_sure(letter, both and letter.certainty > 0.5)
    if blot.likely > _VERY_LIKELY and letter.certainty < _READ:
        letter = replace(letter, text=blot.digit)
    return _as_sure(letter, is_sure=False)


def _as_sure(letter: Letter, is_sure: bool) -> Letter:
    if is_sure:
        return replace(letter, certainty=SURE_DIGIT)
    return replace(letter, certainty=min(letter.certainty, DOUBTFUL_DIGIT))


def _unlettered(
    letter: Letter, blot: Blot | None, strip: Strip, before: Sequence[Letter]
) -> Letter:
    """A letter whose ink looks like a digit, beside digits: it is doubted, and stays."""
    beside = bool(before) and before[-1].text in DIGITS
    if blot is None or not beside or letter.text in "/.,-–:()":
        return letter
    if blot.likely > _VERY_LIKELY and letter.certainty < _READ:
        return replace(_placed(letter, blot.part, strip), certainty=DOUBTFUL_DIGIT)
    return letter


def _passed_over(
    kept: Sequence[Letter], blots: Sequence[Blot], start: int, until: int, strip: Strip
) -> list[Letter]:
    """Digits that the line's reader passed over, behind another digit; none of them is sure."""
    found: list[Letter] = []
    for blot in blots[start:until]:
        last = found[-1] if found else kept[-1] if kept else None
        if last is None or last.text not in DIGITS or blot.likely < _CERTAIN:
            continue
        if blot.part.box.left - strip.left - last.right > 0.8 * strip.size:
            continue
        found.append(_placed(Letter(blot.digit, 0, 0, 0, 0, DOUBTFUL_DIGIT, -1), blot.part, strip))
    return found


def _placed(letter: Letter, part: Part, strip: Strip) -> Letter:
    box = part.box
    return replace(
        letter,
        left=float(box.left - strip.left),
        top=float(box.top - strip.top),
        right=float(box.right - strip.left),
        bottom=float(box.bottom - strip.top),
    )


def _blots(letters: list[Letter], strip: Strip, worked: Worked, hand: HandMeasures) -> list[Blot]:
    net = _net()
    cores = [part for part in strip.parts if part.core]
    stretches = _stretches(letters, strip) if net else []
    wanted = [which for which, part in enumerate(cores) if _is_in(part, strip, stretches)]
    if net is None or not wanted:
        return [Blot(part) for part in cores]
    seen = dict(zip(wanted, _looks(net, [cores[w] for w in wanted], strip, worked), strict=True))
    blots: list[Blot] = []
    for which, part in enumerate(cores):
        if which not in seen:
            blots.append(Blot(part))
            continue
        odd = hand.is_odd(part, strip)
        digit, likely = seen[which]
        halves = _halves(net, part, strip, worked) if likely < _LIKELY else []
        if halves:
            blots += [Blot(half, d, sure, odd) for half, d, sure in halves]
        else:
            blots.append(Blot(part, digit, likely, odd))
    return blots


def _stretches(letters: list[Letter], strip: Strip) -> list[tuple[float, float]]:
    """Where numbers may stand: around every letter that is a digit."""
    room = 0.9 * strip.size
    return [(x.left - room, x.right + room) for x in letters if x.text in DIGITS]


def _is_in(part: Part, strip: Strip, stretches: list[tuple[float, float]]) -> bool:
    middle = (part.box.left + part.box.right) / 2 - strip.left
    return any(left <= middle <= right for left, right in stretches)


def _looks(
    net: DigitNet, parts: Sequence[Part], strip: Strip, worked: Worked
) -> list[tuple[str, float]]:
    """For each component its likeliest digit in both looks, and the lesser of the two odds."""
    black, grey, shapes = [], [], []
    for part in parts:
        box = part.box
        shade = 255 - worked.grey[box.top : box.bottom, box.left : box.right].astype(np.float32)
        black.append(glyph_of(part.ink)[0])
        grey.append(glyph_of(np.where(part.ink, shade, 0))[0])
        shapes.append(shape_of(box.wide, box.high, foot=part.foot, consonant=strip.size))
    told = np.array(shapes * 2, dtype=np.float32)
    odds = net.classify(np.array([*black, *grey]), told)
    found = []
    for one, two in zip(odds[: len(parts)], odds[len(parts) :], strict=True):
        # The same digit in the other script counts for it: ๐ and 0 differ in nothing.
        both = np.minimum(one[:10] + one[10:20], two[:10] + two[10:20])
        value = int(both.argmax())
        thai = one[value] + two[value] >= one[10 + value] + two[10 + value]
        found.append((CLASSES[value if thai else 10 + value], float(both[value])))
    return found


def _halves(
    net: DigitNet, part: Part, strip: Strip, worked: Worked
) -> list[tuple[Part, str, float]]:
    """Two digits grown together, cut apart; nothing where no cut leaves a digit on either side."""
    wide = part.box.wide
    if not 1.25 * strip.size < wide < 3.2 * strip.size or part.box.high > 1.8 * strip.size:
        return []
    ink = part.ink.sum(axis=0)
    low = int(0.28 * wide)
    cuts = sorted(range(low, wide - low), key=lambda x: (int(ink[x]), abs(x - wide / 2)))[:8]
    pieces = [_piece(part, start, end) for x in cuts for start, end in ((0, x), (x, wide))]
    if not pieces or any(piece is None for piece in pieces):
        return []
    whole = [piece for piece in pieces if piece is not None]
    looks = _looks(net, whole, strip, worked)
    best = max(range(len(cuts)), key=lambda w: min(looks[2 * w][1], looks[2 * w + 1][1]))
    pair = looks[2 * best], looks[2 * best + 1]
    if min(pair[0][1], pair[1][1]) < 0.85:
        return []
    return [(whole[2 * best + side], *pair[side]) for side in (0, 1)]


def _piece(part: Part, start: int, end: int) -> Part | None:
    ink: NDArray[np.bool_] = part.ink[:, start:end]
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    box = Box(
        part.box.left + start + int(columns[0]),
        part.box.top + int(rows[0]),
        part.box.left + start + int(columns[-1]) + 1,
        part.box.top + int(rows[-1]) + 1,
    )
    own = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Part(box, own, part.foot + part.box.bottom - box.bottom, core=True)
