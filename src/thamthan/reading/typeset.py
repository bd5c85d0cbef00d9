"""Letters as a PDF draws them become lines of text again, with the place of each on the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median

from thamthan.reading.parsed import Box, ParsedPage, Place
from thamthan.thai.text import repair

_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎\u02f8\uf701-\uf70e\uf710-\uf71a\u0300-\u036f"
_UNSEEN = "\u200b-\u200d\u2060\ufeff\u00ad"
_MARK = re.compile(f"[{_MARKS}{_UNSEEN}]")
_WHOLE = re.compile(rf"เเ|[^{_MARKS}\n](?:[ \t]{{0,4}}[{_MARKS}ำ{_UNSEEN}])+(?:[ \t]{{0,4}}า)?|.")

# All in widths of a common letter, so that the size of the type does not matter. Thai sets no
# space between words: a gap is a space from half a letter on, and a column from three letters on.
_SAME_LINE = 0.6
_SPACE = 0.45
_COLUMN = 3.0
_BLANK_LINE = 1.6
_NEAR = 1.5
_WIDEST_GAP = 80


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one stroke of the pen drew: mostly a letter, seen upright from the page's top left."""

    text: str
    left: float
    right: float
    baseline: float
    box: Box


@dataclass(slots=True)
class _Cluster:
    """A letter with the marks that hang on it."""

    text: str
    head: Glyph
    box: Box


def set_lines(glyphs: Sequence[Glyph]) -> ParsedPage:
    """เรียงบรรทัด: the text of one page in the order in which a person reads it.

    1. Marks go to the letter under or over which they were drawn.
    2. Letters of one base line are a line, from left to right; a gap becomes a space, a wide one
       as many as the column is away; lines set apart have an empty line between them.
    3. Each line is repaired piece by piece, so that every piece keeps its place.
    """
    unit = letter_width(glyphs)
    lines = _lines(_clusters(glyphs, unit), unit)
    if not lines:
        return ParsedPage("")
    margin = min(line[0].head.left for line in lines)
    pitch = _pitch(lines, unit)
    places: list[Place] = []
    parts: list[str] = []
    length = 0
    above: float | None = None
    for line in lines:
        baseline = line[0].head.baseline
        if above is not None:
            ends = "\n\n" if baseline - above > _BLANK_LINE * pitch else "\n"
            parts.append(ends)
            length += len(ends)
        above = baseline
        text, found = _written(line, margin, unit)
        places += [(length + start, length + end, *box) for start, end, box in found]
        parts.append(text)
        length += len(text)
    return ParsedPage("".join(parts), tuple(places))


def is_mark(letter: str) -> bool:
    """Whether a letter hangs on another, and takes no room of its own on the line."""
    return _MARK.fullmatch(letter) is not None


def letter_width(glyphs: Sequence[Glyph]) -> float:
    """The width of a common letter on this page, in points."""
    widths = [
        glyph.right - glyph.left
        for glyph in glyphs
        if len(glyph.text) == 1 and glyph.text.isalnum() and glyph.right > glyph.left
    ]
    return max(median(widths), 0.5) if widths else 7.0


def _clusters(glyphs: Sequence[Glyph], unit: float) -> list[_Cluster]:
    found: list[_Cluster] = []
    lost: list[Glyph] = []
    blank: Glyph | None = None
    for glyph in glyphs:
        if not is_mark(glyph.text):
            if glyph.text.strip():
                found.append(_Cluster(glyph.text, glyph, glyph.box))
                blank = None
            else:
                blank = glyph
        elif found and _hangs(glyph, found[-1], unit):
            last = found[-1]
            last.text += glyph.text
            if blank is not None and blank.right > last.head.right:
                # A blank between a letter and its mark is no space; its room is the letter's.
                last.head = replace(last.head, right=min(blank.right, last.head.right + unit))
            blank = None
        else:
            lost.append(glyph)
    # Some programs draw all marks of a line after its letters.
    for mark in lost[:2000]:
        bearers = [one for one in found if _hangs(mark, one, unit)]
        if bearers:
            nearest = min(bearers, key=lambda one: abs(one.head.left - mark.box[0]))
            nearest.text += mark.text
        else:
            found.append(_Cluster(mark.text, mark, mark.box))
    return found


def _hangs(mark: Glyph, bearer: _Cluster, unit: float) -> bool:
    head = bearer.head
    middle = (mark.box[0] + mark.box[2]) / 2
    return (
        abs(mark.baseline - head.baseline) <= _NEAR * unit
        and head.left - unit <= middle <= max(head.right, head.left + unit) + unit
    )


def _lines(clusters: list[_Cluster], unit: float) -> list[list[_Cluster]]:
    lines: list[list[_Cluster]] = []
    for cluster in sorted(clusters, key=lambda one: one.head.baseline):
        if lines and cluster.head.baseline - lines[-1][0].head.baseline <= _SAME_LINE * unit:
            lines[-1].append(cluster)
        else:
            lines.append([cluster])
    return [sorted(line, key=lambda one: one.head.left) for line in lines]


def _pitch(lines: Sequence[Sequence[_Cluster]], unit: float) -> float:
    bases = [line[0].head.baseline for line in lines]
    steps = [lower - upper for upper, lower in pairwise(bases)]
    # Lines of one column stand at least a letter apart; less is a line set a little askew.
    steps = [step for step in steps if step > 1.5 * unit]
    # The quarter and not the middle: in a short letter most steps are those between paragraphs.
    return sorted(steps)[len(steps) // 4] if steps else 3 * unit


def _written(
    line: Sequence[_Cluster], margin: float, unit: float
) -> tuple[str, list[tuple[int, int, Box]]]:
    """One line as text, with what each stretch of it covers on the page."""
    raw: list[str] = []
    boxes: list[Box | None] = []
    right = margin
    for cluster in line:
        gap = (cluster.head.left - right) / unit
        spaces = _indent(gap) if not raw else _spaces(gap)
        raw.append(" " * spaces + cluster.text)
        boxes += [None] * spaces + [cluster.box] * len(cluster.text)
        right = max(right, cluster.head.right)
    return _repaired("".join(raw), boxes)


def _indent(gap: float) -> int:
    return min(round(gap), _WIDEST_GAP) if gap > _SPACE else 0


def _spaces(gap: float) -> int:
    if gap < _SPACE:
        return 0
    return 1 if gap < _COLUMN else min(round(gap), _WIDEST_GAP)


def _repaired(raw: str, boxes: Sequence[Box | None]) -> tuple[str, list[tuple[int, int, Box]]]:
    parts: list[str] = []
    found: list[tuple[int, int, Box]] = []
    length = 0
    for piece in _WHOLE.finditer(raw):
        good = _mended(piece.group())
        drawn = [box for box in boxes[piece.start() : piece.end()] if box is not None]
        if drawn and good.strip():
            box = drawn[0] if len(drawn) == 1 else _around(drawn)
            found.append((length, length + len(good), box))
        parts.append(good)
        length += len(good)
    return "".join(parts), found


# A page is some hundred different pieces, over and over.
_mended = lru_cache(maxsize=4096)(repair)


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
