"""อ่านบรรทัด: our own net reads a whole strip at once, all Thai digits included."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.levelled import CONSONANT_HIGH, EDGE, as_input, levelled
from thamthan.reading.ocr.lines import Strip
from thamthan.reading.ocr.signs import SIGNS
from thamthan.reading.ocr.steps import MARKS

NET = Path(__file__).resolve().parents[2] / "data" / "ocr" / "reader.onnx"
# One guess for so many columns of dots.
STEP = 4
# A sign that was likely somewhere and was not read makes its neighbours doubtful.
_PASSED_OVER = 0.25
# One of these may stand on a letter; where two were read, neither is sure.
_TONES = frozenset("่้๊๋์")
_TWO_TONES = 0.6


@dataclass(frozen=True, slots=True)
class Guess:
    """One sign of a line: where its peak is in the strip, how likely, and what else it may be."""

    sign: str
    middle: float
    odds: float
    other: str = ""
    other_odds: float = 0.0


@cache
def _net() -> Any:
    return cv2.dnn.readNetFromONNX(str(NET))


def odds_of(strip: Strip, *, zoom: float = 1.0) -> tuple[NDArray[np.float32], float]:
    """โอกาสของทุกตัว: how likely each sign (the first is none) is in every column of a strip.

    With it how many columns' dots go on one of the strip's.
    """
    size = strip.size / zoom
    feet = (strip.feet[0] - strip.top, strip.feet[1] - strip.top)
    flat = levelled(strip.picture, size=size, feet=feet)
    wide = max(64, (flat.shape[1] + 31) // 32 * 32)
    net = _net()
    net.setInput(as_input([flat], wide=wide))
    scores = np.asarray(net.forward(), np.float32)[0]
    scores -= scores.max(axis=0)
    odds = np.exp(scores)
    odds /= odds.sum(axis=0)
    return odds, CONSONANT_HIGH / size


def guesses(strip: Strip, *, zoom: float = 1.0) -> list[Guess]:
    """เดาทีละตัว: the signs of a strip from left to right, each with its odds, without spaces."""
    odds, scale = odds_of(strip, zoom=zoom)
    return peaks(odds, scale=scale)


def place_of(column: int, *, scale: float) -> float:
    """Where in the strip a column of the net's is."""
    return (column * STEP + STEP / 2 - EDGE) / scale


def peaks(odds: NDArray[np.float32], *, scale: float, first: int = 0) -> list[Guess]:
    """The best path: columns of one sign are one sign, at its surest column.

    `first` is the number of the first of these columns in its line.
    """
    best = odds.argmax(axis=0)
    found: list[Guess] = []
    start = 0
    for at in range(1, len(best) + 1):
        if at < len(best) and best[at] == best[start]:
            continue
        sign = int(best[start])
        if sign:
            peak = start + int(odds[sign, start:at].argmax())
            column = odds[:, peak].copy()
            likely = float(column[sign])
            column[sign] = column[0] = 0.0
            other = int(column.argmax())
            middle = place_of(first + peak, scale=scale)
            found.append(
                Guess(SIGNS[sign - 1], middle, likely, SIGNS[other - 1], float(column[other]))
            )
        start = at
    return found


def read_line(strip: Strip, *, zoom: float = 1.0) -> list[Letter]:
    """อ่านบรรทัด: the letters of a strip, marks at the place of what they stand on.

    `zoom` makes the strip so much larger first: a second look that is not quite the first.
    """
    return placed(guesses(strip, zoom=zoom), strip)


def _one_tone_each(found: Sequence[Guess]) -> list[Guess]:
    """Of two tones on one letter the likelier, doubted: no letter bears both."""
    kept: list[Guess] = []
    for guess in found:
        if kept and guess.sign in _TONES and kept[-1].sign in _TONES:
            better, other = sorted((kept[-1], guess), key=lambda one: one.odds, reverse=True)
            sure = min(better.odds, _TWO_TONES)
            kept[-1] = replace(better, odds=sure, other=other.sign, other_odds=other.odds)
        else:
            kept.append(guess)
    return kept


def placed(found: Sequence[Guess], strip: Strip) -> list[Letter]:
    """จัดที่: what was guessed as letters, each as wide as its neighbours leave it."""
    found = _one_tone_each(found)
    high = float(strip.picture.shape[0])
    bases = [guess.middle for guess in found if guess.sign not in MARKS]
    letters: list[Letter] = []
    at = 0
    middle = bases[0] if bases else 0.0
    for guess in found:
        if guess.sign not in MARKS:
            middle = guess.middle
            at += 1
        before = bases[at - 2] if at >= 2 else middle - strip.size
        after = bases[at] if at < len(bases) else middle + strip.size
        left = max((before + middle) / 2, middle - 0.6 * strip.size)
        right = min((middle + after) / 2, middle + 0.6 * strip.size)
        letters.append(
            Letter(guess.sign, left, 0.0, max(right, left + 1.0), high, guess.odds, word=-1)
        )
    return letters
