"""Strips that were read become a page: columns, indents, blank lines and repaired marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.ink import Box
from thamthan.reading.ocr.lines import Cut, Strip
from thamthan.reading.ocr.picture import Worked
from thamthan.reading.ocr.spelling import respelt
from thamthan.reading.ocr.steps import MARKS
from thamthan.thai.text import repair

# How wide one character of a line of text is taken to be, of a consonant's height.
_CELL = 0.9
_SPACE = 0.42
_WIDE = 2.3
_RESPELT = 0.85
# A dotted line goes on behind a gap, of a consonant's height, where some of its dots are lost.
_ONE_BLANK = 3.0

# Whose name is left blank must be filled in: of these lines the dots are told.
_ADDRESSED = re.compile(r"(?:กราบ)?เรียน|ถึง")

_MARKED = re.compile("[ก-ฮ]?[ัิีึืฺุู็่้๊๋์ํ]{2,}[ าำ]?|[ก-ฮ]?ํ[่้๊๋]?า|เเ|[ก-ฮ][ ][ัิีึืฺุู็่้๊๋์ํำ]")


@dataclass(frozen=True, slots=True)
class ReadStrip:
    """A strip with the letters that were read on it."""

    strip: Strip
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Character:
    """One character of the text: its box on the worked picture, and how sure it is."""

    text: str
    box: tuple[float, float, float, float] | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Written:
    """A whole page, character for character."""

    characters: tuple[Character, ...]


_BLANK = Character(" ", None, 1.0)
_LINE_END = Character("\n", None, 1.0)


def write_out(read: Sequence[ReadStrip], cut: Cut, worked: Worked) -> Written:
    """เรียงหน้า: the rows from the top down, a stamp's own rows before those it stands beside.

    A row's columns stand apart by three spaces and more, its indent counts from the left margin,
    and a gap between rows that is wider than the page's usual one is a blank line.
    """
    rows: dict[int, list[ReadStrip]] = {}
    for one in read:
        if one.letters:
            rows.setdefault(one.strip.row, []).append(one)
    margin = _margin(read)
    ordered = _in_order(list(rows.values()), cut)
    pitch = _pitch(ordered)
    characters: list[Character] = []
    last: ReadStrip | None = None
    for row in ordered:
        row.sort(key=lambda one: one.strip.left)
        if last is not None:
            gap = _foot(row[0]) - _foot(last)
            turned = last.strip.frame != row[0].strip.frame
            characters += [_LINE_END] * (2 if turned or not -pitch < gap < 1.45 * pitch else 1)
        characters += _line(row, margin)
        if _ADDRESSED.match("".join(one.text for one in row[0].letters)):
            characters += _blank_behind(row[-1], cut)
        last = row[0]
    return Written(tuple(_with_words(_repaired(characters))))


def _margin(read: Sequence[ReadStrip]) -> float:
    lefts = [one.strip.box.left for one in read if one.strip.box.wide > 12 * one.strip.size]
    return float(np.percentile(lefts, 10)) if lefts else 0.0


def _foot(one: ReadStrip) -> float:
    return one.strip.feet[0]


def _in_order(rows: list[list[ReadStrip]], cut: Cut) -> list[list[ReadStrip]]:
    """Rows by height, with each stamp's rows together and before the row beside its upper edge."""

    def place(row: list[ReadStrip]) -> tuple[float, int, float]:
        strip = row[0].strip
        foot = _foot(row[0])
        if strip.frame is None:
            return foot, 1, foot
        return float(cut.regions[strip.frame].box.top), 0, foot

    return sorted(rows, key=place)


def _pitch(rows: list[list[ReadStrip]]) -> float:
    feet = sorted(_foot(row[0]) for row in rows if row[0].strip.frame is None)
    steps = [b - a for a, b in pairwise(feet) if b - a > 20]
    return float(np.percentile(steps, 40)) if steps else 40.0


def _blank_behind(one: ReadStrip, cut: Cut) -> list[Character]:
    """ที่เว้นไว้ให้เติม: the dots of the dotted line that begins where a strip ends."""
    strip, end = one.strip, float(one.strip.box.right)
    dots: list[Box] = []
    for run in sorted(cut.blanks, key=lambda run: run[0].left):
        level = abs(run[0].bottom - strip.feet[1]) < 0.4 * strip.size
        if level and -0.5 * strip.size < run[0].left - end < _ONE_BLANK * strip.size:
            dots += run
            end = float(run[-1].right)
    return [
        Character(".", (dot.left, dot.top, dot.right, dot.bottom), one.letters[-1].certainty)
        for dot in dots
    ]


def _line(row: list[ReadStrip], margin: float) -> list[Character]:
    characters: list[Character] = []
    for one in row:
        cell = _CELL * min(one.strip.size, 20.0)
        column = round((one.strip.box.left - margin) / cell)
        least = len(characters) + 3 if characters else 0
        # Marks take no room on paper but count as characters; a column never moves left for them.
        at = column if not characters else max(column, least)
        characters += [_BLANK] * max(0, at - len(characters))
        characters += _words(one)
    return characters


def _words(one: ReadStrip) -> list[Character]:
    """The characters of one strip, with spaces where the ink leaves room for them."""
    strip = one.strip
    gaps = _gaps(strip)
    characters: list[Character] = []
    end: float | None = None
    for letter in one.letters:
        mark = letter.text in MARKS
        if end is not None and not mark:
            # What a mark hangs on stands before it; only the next letter is behind the gap.
            characters += [_BLANK] * _spaces(
                end, (letter.left + letter.right) / 2, gaps, strip.size
            )
        box = (
            strip.left + letter.left,
            strip.top + letter.top,
            strip.left + letter.right,
            strip.top + letter.bottom,
        )
        characters += [Character(text, box, letter.certainty) for text in letter.text]
        if not mark:
            end = (letter.left + letter.right) / 2
    return characters


def _gaps(strip: Strip) -> list[tuple[float, float]]:
    """Where no ink stands between two letters, wider than letters stand apart in this strip."""
    edges: list[tuple[float, float]] = []
    right = None
    for part in strip.parts:
        if right is not None and part.box.left > right:
            edges.append((right - strip.left, part.box.left - strip.left))
        right = part.box.right if right is None else max(right, part.box.right)
    widths = [end - start for start, end in edges]
    usual = float(np.median(widths)) if len(widths) > 4 else 0.0
    least = max(_SPACE * strip.size, usual + 0.22 * strip.size)
    return [(start, end) for start, end in edges if end - start >= least]


def _spaces(before: float, behind: float, gaps: list[tuple[float, float]], size: float) -> int:
    """How many spaces stand between two letters: those of the gap between their middles."""
    for gap in gaps:
        if before <= (gap[0] + gap[1]) / 2 < behind:
            gaps.remove(gap)
            wide = gap[1] - gap[0]
            return 1 if wide < _WIDE * size else max(3, round(wide / (_CELL * size)))
    return 0


def _repaired(characters: list[Character]) -> list[Character]:
    """The same after `thai.text.repair`, with boxes and certainties still in step."""
    text = "".join(character.text for character in characters)
    done = 0
    kept: list[Character] = []
    for found in _MARKED.finditer(text):
        good = repair(found.group())
        if good == found.group():
            continue
        kept += characters[done : found.start()]
        kept += _respelt(characters[found.start() : found.end()], good)
        done = found.end()
    kept += characters[done:]
    return kept


def _with_words(characters: list[Character]) -> list[Character]:
    """The same with the marks of labels and months put right; such a mark is never quite sure."""
    text = "".join(character.text for character in characters)
    done = 0
    kept: list[Character] = []
    for start, end, word in sorted(respelt(text)):
        if start < done:
            continue
        kept += characters[done:start]
        kept += [
            replace(one, certainty=max(one.certainty, _RESPELT))
            for one in _respelt(characters[start:end], word)
        ]
        done = end
    return kept + characters[done:]


def _respelt(characters: list[Character], good: str) -> list[Character]:
    boxes = [character.box for character in characters if character.box]
    box = (
        (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )
        if boxes
        else None
    )
    least = min(character.certainty for character in characters)
    by_text = {character.text: character for character in characters}
    return [replace(by_text.get(text, Character(text, box, least)), text=text) for text in good]
