"""How wide words are in a spreadsheet, and how high the row that holds them must be."""

import re
from collections.abc import Iterable
from functools import lru_cache
from math import ceil

from thamthan.errors import Refused
from thamthan.writing.fonts import face

# A column as wide as one figure of the book's plain face is 7 of 96 parts of an inch, or so many
# points; a cell keeps some of it free on both sides.
POINTS_PER_WIDTH, _PADDING = 5.25, 4.5
# What Excel gives a row of TH Sarabun for each line, so that no mark above or below is cut off.
_LINE_HEIGHT = 1.45
_HIGHEST_ROW = 409.0
# Where the office's face cannot be asked.
_MEAN_ADVANCE = 0.42
_FILLED = 0.88
# A line ends at a word, somewhere before the edge. Held against lines broken by the dictionary,
# pieces of three clusters in so much of the room give too few lines for one cell in forty.
_CLUSTER = r"[เแโใไ]?[ก-ฮ][ะ-ฺๅ็-๎]*"
_PIECE = re.compile(rf"\s+|(?:{_CLUSTER}){{1,3}}|[^\sก-ฮ]+|\S")


@lru_cache(maxsize=2)
def _advances(*, bold: bool) -> dict[int, float]:
    """Of each letter its width in ems; empty where there is no face to ask."""
    from fontTools.ttLib import TTFont

    try:
        chosen = face()
    except Refused:
        return {}
    found: dict[int, float] = {}
    for file in chosen.files:
        with TTFont(file, lazy=True) as font:
            if found and bool(font["head"].macStyle & 1) is not bold:
                continue
            em = chosen.units_per_em or font["head"].unitsPerEm
            widths = font["hmtx"].metrics
            found = {code: widths[name][0] / em for code, name in font.getBestCmap().items()}
            if bool(font["head"].macStyle & 1) is bold:
                break
    return found


def width_of(words: str, *, size: float, bold: bool = False) -> float:
    """ความกว้างของข้อความหนึ่งบรรทัด in points."""
    known = _advances(bold=bold)
    return size * sum(known.get(ord(letter), _MEAN_ADVANCE) for letter in words)


def column_width_of(words: Iterable[str], *, size: float, bold: bool = False) -> float:
    """ความกว้างของคอลัมน์ in the unit of a spreadsheet, for the longest of these on one line."""
    longest = max((width_of(one, size=size, bold=bold) for one in words), default=0.0)
    return (longest + _PADDING) / POINTS_PER_WIDTH


@lru_cache(maxsize=8_192)
def lines_in(words: str, width: float, *, size: float, bold: bool = False) -> int:
    """จำนวนบรรทัดของข้อความในช่อง as wide as `width` columns of one figure; rather one too many.

    Does not look words up: a spreadsheet program has a dictionary of its own, and no two break
    a Thai line alike.
    """
    room = max(width * POINTS_PER_WIDTH - _PADDING, size)
    return sum(_lines(part, room, size=size, bold=bold) for part in words.splitlines()) or 1


def _lines(words: str, room: float, *, size: float, bold: bool) -> int:
    if width_of(words, size=size, bold=bold) <= room:
        return 1
    room *= _FILLED
    lines, used = 1, 0.0
    for piece in _PIECE.findall(words):
        wide = width_of(piece, size=size, bold=bold)
        if piece.isspace() or used + wide <= room:
            used += wide
            continue
        lines += bool(used)
        # What is longer than the line is broken wherever the line ends.
        over = max(ceil(wide / room) - 1, 0)
        lines += over
        used = wide - over * room
    return lines


def height_of(lines: int, *, size: float) -> float:
    """ความสูงของแถว in points, for so many lines; no row is higher than a program allows."""
    return round(min(lines * size * _LINE_HEIGHT + 3, _HIGHEST_ROW), 2)
