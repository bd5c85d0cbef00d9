"""Digits are read once more, blot by blot: Tesseract knows only five of the ten Thai ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.digits import ARABIC, CLASSES, THAI, DigitNet, glyph_of, shape_of
from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.hand import HandMeasure
from thamthan.reading.ocr.ink import Box
from thamthan.reading.ocr.lines import Part, Strip
from thamthan.reading.ocr.picture import Worked
from thamthan.reading.ocr.steps import MARKS, in_step
from thamthan.thai.digits import to_arabic

DIGITS = frozenset(THAI + ARABIC)
# These five are in Tesseract's alphabet; of the others it can only say one of them, or worse.
_SAID_BY_TESSERACT = frozenset("01235")
_SURE = 0.97
_AGREED = 0.8
_LIKELY = 0.6
_BETWEEN = frozenset("/.,-–:")

SURE_DIGIT = 0.9
DOUBTFUL_DIGIT = 0.55


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


def better_digits(
    letters: list[Letter], strip: Strip, worked: Worked, *, hand: HandMeasure
) -> list[Letter]:
    """อ่านเลขซ้ำ: the letters at the places of their ink, with the digits that the net reads surely.

    1. Components where numbers may be are shown to the net, in black and in grey; those that are
       two digits grown together are cut where both halves look most like digits.
    2. Letters and components are brought in step from left to right.
    3. A digit is sure where both looks of the net agree and Tesseract said the same or could not
       have said it, and never where the ink is a hand's. What Tesseract saw without ink goes.
    """
    blots = _blots(letters, strip, worked, hand)
    pairs = in_step(letters, strip, [blot.part for blot in blots])
    at = {which: blots[pair] for which, pair in enumerate(pairs) if pair is not None}
    kept: list[Letter] = []
    used: set[int] = set()
    for which, letter in enumerate(letters):
        pair = pairs[which]
        if pair is not None:
            _add_passed_over(kept, blots, used, pair, strip)
            used.add(pair)
        blot = at.get(which)
        if blot is not None and pair is not None and _is_pushed(letter, pair, blots, pairs, kept):
            # The recogniser passed over a digit, and its next letter stands for that by mistake.
            found = Letter(blot.digit, 0, 0, 0, 0, DOUBTFUL_DIGIT, -1)
            kept.append(_placed(found, blot.part, strip))
            kept.append(_placed(letter, blots[pair + 1].part, strip))
            used.add(pair + 1)
            continue
        if blot is None and _is_dreamt(which, letters, at):
            continue
        kept.append(_settled(letter, blot, letters, which, strip))
    _add_passed_over(kept, blots, used, len(blots), strip)
    return kept


def _blots(letters: list[Letter], strip: Strip, worked: Worked, hand: HandMeasure) -> list[Blot]:
    net = _net()
    cores = [part for part in strip.parts if part.core]
    stretches = _stretches(letters) if net else []
    wanted = [which for which, part in enumerate(cores) if _is_in(part, strip, stretches)]
    if net is None or not wanted:
        return [Blot(part) for part in cores]
    seen = dict(zip(wanted, _looks(net, [cores[w] for w in wanted], strip, worked), strict=True))
    blots: list[Blot] = []
    for which, part in enumerate(cores):
        if which not in seen:
            blots.append(Blot(part))
            continue
        odd = hand.is_odd(part, strip, worked)
        digit, likely = seen[which]
        halves = _halves(net, part, strip, worked) if likely < _LIKELY else []
        if halves:
            blots += [Blot(half, d, sure, odd) for half, d, sure in halves]
        else:
            blots.append(Blot(part, digit, likely, odd))
    return blots


def _stretches(letters: list[Letter]) -> list[tuple[float, float]]:
    """Where numbers may stand: around every letter that is a digit, a sign or Latin."""
    return [
        (letter.left - 22, letter.right + 22)
        for letter in letters
        if letter.text in DIGITS or (letter.text not in MARKS and not "ก" <= letter.text[:1] <= "๎")
    ]


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


def _is_dreamt(which: int, letters: list[Letter], at: dict[int, Blot]) -> bool:
    """A digit that no ink stands for, between two that have theirs and that the net is sure of.

    A digit grown together with its neighbour has no ink of its own either: so both neighbours
    must be digits and nothing else, and stand as close as digits do.
    """
    letter = letters[which]
    if letter.text not in DIGITS and not "ก" <= letter.text <= "ฮ":
        return False
    before, after = at.get(which - 1), at.get(which + 1)
    room = 0.3
    if before is None and which and letters[which - 1].text in ".,":
        before, room = at.get(which - 2), 0.7
    if before is None or after is None or min(before.likely, after.likely) < _SURE:
        return False
    return after.part.box.left - before.part.box.right < room * before.part.box.high


def _is_pushed(
    letter: Letter, pair: int, blots: list[Blot], pairs: list[int | None], kept: list[Letter]
) -> bool:
    """A Thai letter on a sure digit's ink, behind another digit, with unread ink after it."""
    if blots[pair].likely < 0.9 or not "ก" <= letter.text[:1] <= "ฮ":
        return False
    behind_digit = any(x.text in DIGITS for x in kept[-1:])
    free = pair + 1 < len(blots) and pair + 1 not in pairs and blots[pair + 1].likely < _LIKELY
    return behind_digit and free


def _placed(letter: Letter, part: Part, strip: Strip) -> Letter:
    box = part.box
    return replace(
        letter,
        left=float(box.left - strip.left),
        top=float(box.top - strip.top),
        right=float(box.right - strip.left),
        bottom=float(box.bottom - strip.top),
    )


def _settled(
    letter: Letter, blot: Blot | None, letters: list[Letter], which: int, strip: Strip
) -> Letter:
    if blot is None:
        return _doubtful(letter)
    letter = _placed(letter, blot.part, strip)
    if letter.text not in DIGITS:
        return _unlettered(letter, blot, letters, which)
    if blot.likely < _LIKELY:
        return _doubtful(letter)
    said, seen = to_arabic(letter.text), to_arabic(blot.digit)
    if said == seen:
        sure = blot.likely > _AGREED and not blot.odd
        text = blot.digit if blot.likely > _SURE else letter.text
    else:
        sure = blot.likely > _SURE and not blot.odd and seen not in _SAID_BY_TESSERACT
        text = blot.digit
    return replace(letter, text=text, certainty=SURE_DIGIT if sure else DOUBTFUL_DIGIT)


def _doubtful(letter: Letter) -> Letter:
    if letter.text in DIGITS:
        return replace(letter, certainty=min(letter.certainty, DOUBTFUL_DIGIT))
    return letter


def _unlettered(letter: Letter, blot: Blot, letters: list[Letter], which: int) -> Letter:
    """A letter that may be a digit misread: only beside digits, and only where the net is sure."""
    if blot.likely < 0.9 or letter.text in _BETWEEN or letter.text in "()":
        return letter
    beside = [letters[near].text for near in (which - 1, which + 1) if 0 <= near < len(letters)]
    thai = "ก" <= letter.text[:1] <= "๎"
    if thai and not any(text in DIGITS for text in beside):
        return letter
    if not thai and letter.text.isalpha() and any(t.isascii() and t.isalpha() for t in beside):
        return letter
    return replace(letter, text=blot.digit, certainty=DOUBTFUL_DIGIT)


def _add_passed_over(
    kept: list[Letter], blots: list[Blot], used: set[int], until: int, strip: Strip
) -> None:
    """Adds those digits in front of a component that Tesseract passed over, beside others only."""
    first = max(used) + 1 if used else 0
    for which in range(first, until):
        blot = blots[which]
        if blot.likely < 0.9 or not any(x.text in DIGITS or x.text in "/." for x in kept[-1:]):
            continue
        sure = blot.likely > _SURE and not blot.odd and _is_framed(blots, which)
        letter = Letter(blot.digit, 0, 0, 0, 0, SURE_DIGIT if sure else DOUBTFUL_DIGIT, -1)
        kept.append(_placed(letter, blot.part, strip))


def _is_framed(blots: list[Blot], which: int) -> bool:
    """Whether a digit stands between digits that the net is as sure of."""
    beside = [blots[w] for w in (which - 1, which + 1) if 0 <= w < len(blots)]
    return bool(beside) and all(blot.likely > _SURE for blot in beside)
