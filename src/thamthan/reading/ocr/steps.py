"""Letters that were read and components that were seen are brought in step, from left to right."""

from collections.abc import Sequence

import numpy as np

from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.lines import Part, Strip

MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_FLAT = frozenset(".,-–:;'’‘\"“”…_=")
_SKIP_LETTER = 0.45
_SKIP_PART = 0.55
_ACROSS = 14


def in_step(letters: Sequence[Letter], strip: Strip, parts: Sequence[Part]) -> list[int | None]:
    """เข้าคู่: for each letter the component that it is, or None; the cheapest way through both.

    The recogniser's boxes lie up to a letter beside the ink, and letters that touch share a
    component; so neither order nor place alone would do.
    """
    bases = [which for which, letter in enumerate(letters) if letter.text not in MARKS]
    found: list[int | None] = [None] * len(letters)
    if not bases or not parts:
        return found
    left = np.array([(letters[w].left + letters[w].right) / 2 for w in bases])
    middle = np.array([(p.box.left + p.box.right) / 2 - strip.left for p in parts])
    half = np.array([p.box.wide / 2 for p in parts])
    away = np.maximum(np.abs(left[:, None] - middle[None, :]) - half[None, :] * 0.6, 0) / strip.size
    flat = np.array([letters[w].text in _FLAT for w in bases])
    small = np.array([p.box.high < 0.6 * strip.size for p in parts])
    unlike = 0.45 * away + np.where(flat[:, None] != small[None, :], 0.6, 0.0)
    unlike = np.where(away > 2.2, 9.0, unlike)
    ways = _cheapest(unlike)
    row, column = len(bases), len(parts)
    while row and column:
        way = ways[row][column]
        if way == 0:
            found[bases[row - 1]] = column - 1
            row, column = row - 1, column - 1
        elif way == 1:
            row -= 1
        else:
            column -= 1
    return found


def _cheapest(unlike: np.ndarray) -> list[list[int]]:
    """For every corner of the table the step that led there: both, a letter alone, a part alone."""
    rows, columns = unlike.shape
    table = unlike.tolist()
    slope = columns / rows
    far = float("inf")
    before = [column * _SKIP_PART for column in range(columns + 1)]
    ways = [[2] * (columns + 1)]
    for row in range(1, rows + 1):
        costs = table[row - 1]
        now = [far] * (columns + 1)
        way = [1] * (columns + 1)
        now[0] = row * _SKIP_LETTER
        # Nothing lies far from the straight way; what does is not looked at.
        first = max(1, int(row * slope) - _ACROSS)
        last = min(columns, int(row * slope) + _ACROSS)
        for column in range(first, last + 1):
            both = before[column - 1] + costs[column - 1]
            letter, part = before[column] + _SKIP_LETTER, now[column - 1] + _SKIP_PART
            if both <= letter and both <= part:
                now[column] = both
                way[column] = 0
            elif letter <= part:
                now[column] = letter
            else:
                now[column] = part
                way[column] = 2
        ways.append(way)
        before = now
    return ways
