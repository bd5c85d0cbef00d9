"""How much of what is printed was read: characters and digits, whatever the order of the blocks."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.reading.bench.typeset import ANYTHING
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import repair

SURE = 0.8
_SKIPPED = frozenset("“”\"‘’'*…")
_TAKEN = -1
_NOT_THERE = 0.6
# What is drawn to write on, or to part things, is no text.
_RULERS = re.compile(r"[._–-]{3,}")


@dataclass
class Count:
    """Of one page or many: what was printed, what was wrong, and where sure digits were wrong."""

    characters: int = 0
    wrong: int = 0
    digits: int = 0
    digits_right: int = 0
    digits_silent: int = 0
    thai: int = 0
    thai_right: int = 0
    silent: list[dict[str, str]] = field(default_factory=list)

    def add(self, other: "Count") -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def told(text: str) -> str:
    """The text as it is compared: Arabic digits, no spaces, no dotted lines."""
    kept = unicodedata.normalize("NFC", to_arabic(repair(_RULERS.sub("", text))))
    return "".join(c for c in kept if not c.isspace() and c not in _SKIPPED)


def compared(blocks: Sequence[str], found: str, certainty: Sequence[float] | None = None) -> Count:
    """Each block beside the stretch of the page that is most like it; the rest is wrong, too."""
    letters, sure = _letters(found, certainty)
    page = np.array([ord(c) for c in letters], dtype=np.int64)
    used = np.zeros(len(letters), dtype=bool)
    count = Count()
    # Long blocks choose first; what a hand wrote fits anything, and chooses last.
    for block in sorted(blocks, key=lambda one: (ANYTHING in one, -len(one))):
        wanted = told(block)
        if not wanted:
            continue
        start, end, wrong = _best_stretch(wanted, page)
        signs = sum(c != ANYTHING for c in wanted)
        if wrong > _NOT_THERE * signs:
            # What was not read at all does not take the place of something else.
            start, end, wrong = 0, 0, signs
        used[start:end] = True
        page[start:end] = _TAKEN
        count.characters += signs
        count.wrong += wrong
        _count_digits(count, block, wanted, letters[start:end], sure[start:end])
    # Short strays between blocks are specks and rulers; whole words that nobody printed are not.
    count.wrong += sum(length for length in _runs(~used) if length > 2)
    return count


def _letters(found: str, certainty: Sequence[float] | None) -> tuple[str, list[float]]:
    letters, sure = "", []
    found = _RULERS.sub(lambda ruler: " " * len(ruler[0]), found)
    for at, one in enumerate(found):
        kept = one if one == "ำ" else told(one)
        letters += kept
        sure += [1.0 if certainty is None else certainty[at]] * len(kept)
    return letters, sure


def _best_stretch(wanted: str, page: NDArray[np.int64]) -> tuple[int, int, int]:
    """Where on the page, from and to, the block is most like what was found, and how unlike."""
    ends = _costs(wanted, page)
    end = _last_least(ends)
    back = _costs(wanted[::-1], page[:end][::-1], from_here=True)
    return end - _last_least(back), end, int(ends[end])


def _last_least(costs: NDArray[np.int64]) -> int:
    """The longest of the best: a wrong last letter belongs to its block."""
    return len(costs) - 1 - int(costs[::-1].argmin())


def _costs(wanted: str, page: NDArray[np.int64], *, from_here: bool = False) -> NDArray[np.int64]:
    """The edits it takes to make the whole block out of what ends at each place of the page.

    What it is made of may begin anywhere, or must begin `from_here`, where the page begins.
    """
    steps = np.arange(len(page) + 1)
    row = steps.copy() if from_here else np.zeros(len(page) + 1, dtype=np.int64)
    for letter in wanted:
        if letter == ANYTHING:
            # A hand may have written one character or another, or it was left out.
            change, drop = np.zeros(len(page), dtype=np.int64), 0
        else:
            change, drop = (page != ord(letter)).astype(np.int64), 1
        best = np.empty_like(row)
        best[0] = row[0] + drop
        np.minimum(row[1:] + drop, row[:-1] + change, out=best[1:])
        row = np.minimum.accumulate(best - steps) + steps
    return row


def _count_digits(count: Count, block: str, wanted: str, seen: str, sure: Sequence[float]) -> None:
    thai = any("๐" <= c <= "๙" for c in block)
    right = 0
    matcher = SequenceMatcher(None, wanted, seen, autojunk=False)
    for what, start, end, first, last in matcher.get_opcodes():
        if what == "equal":
            right += sum(c.isdigit() for c in wanted[start:end])
        elif ANYTHING not in wanted[max(start - 1, 0) : end + 1]:
            silent = [at for at in range(first, last) if seen[at].isdigit() and sure[at] >= SURE]
            count.digits_silent += len(silent)
            told_of = {"printed": wanted, "read": seen}
            if silent and told_of not in count.silent:
                count.silent.append(told_of)
    digits = sum(c.isdigit() for c in wanted)
    count.digits += digits
    count.digits_right += right
    if thai:
        count.thai += digits
        count.thai_right += right


def _runs(flags: NDArray[Any]) -> list[int]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [int(b - a) for a, b in pairwise(edges)][::2]
