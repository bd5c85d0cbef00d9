"""A letter as parts on paper, in the order in which a person reads them, with its truth."""

import re
from dataclasses import dataclass, field
from typing import Any

# What stands between these is written by hand, where a letter is drawn.
HAND, PRINT = "\ue000", "\ue001"
_BY_HAND = re.compile(f"{HAND}(.*?){PRINT}")


@dataclass(frozen=True)
class Part:
    """Something set in one style: `cells` from left to right, or line by line where it is tall."""

    style: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Stamp:
    """A receipt stamp: its lines, the colour of its ink, and where it was put down."""

    lines: tuple[str, ...]
    ink: str
    left: float
    top: float
    turn: float


@dataclass(frozen=True)
class Letter:
    """A letter made here; `hand` are the fields that a hand filled in."""

    name: str
    seed: int
    kind: str
    font: str
    parts: tuple[Part, ...]
    truth: dict[str, Any]
    stamp: Stamp | None = None
    hand: tuple[str, ...] = ()
    looks: dict[str, Any] = field(default_factory=dict)


def printed(words: str) -> str:
    """The words without the marks of handwriting, as if all had been typed."""
    return words.replace(HAND, "").replace(PRINT, "")


def unwritten(words: str, mark: str) -> str:
    """The words with a mark in place of every character that a hand wrote."""
    return _BY_HAND.sub(lambda found: mark * len(found[1]), words)


def by_hand(words: str) -> str:
    return f"{HAND}{words}{PRINT}"


_INDENT = {"p": " " * 16, "item": " " * 16, "subitem": " " * 20, "date": " " * 32}


def as_text(letter: Letter, *, wide: int = 0) -> str:
    """The letter as a text file has it; lines broken at spaces where `wide` says how wide."""
    rows: list[str] = []
    if letter.stamp:
        rows += [*map(printed, letter.stamp.lines), ""]
    for part in letter.parts:
        rows += _rows(part, wide=wide)
        if part.style in ("date", "closing", "title"):
            rows.append("")
    return "\n".join(rows) + "\n"


def _rows(part: Part, *, wide: int) -> list[str]:
    cells = [printed(cell) for cell in part.cells]
    match part.style:
        case "across":
            return [f"{cells[0]:<46}{cells[1]}"]
        case "label":
            return _folded(f"{cells[0]:<9}{cells[1]}", wide)
        case "enclosure":
            return [f"{cells[0]:<16} {cells[1]}          {cells[2]}".rstrip()]
        case "memo":
            return ["  ".join(cells)]
        case "sign":
            return ["", *(f"{'':36}{cell}" for cell in cells)]
        case "closing":
            return ["", f"{'':36}{cells[0]}"]
        case "centre" | "title":
            return [f"{'':28}{cell}" for cell in cells]
        case "foot":
            return ["", *cells]
        case "p" | "item" | "subitem" | "date":
            return _folded(_INDENT[part.style] + cells[0], wide)
    return cells


def _folded(line: str, wide: int) -> list[str]:
    folded = []
    while wide and len(line) > wide and " " in line[20:wide]:
        at = line.rindex(" ", 20, wide)
        folded.append(line[:at])
        line = line[at + 1 :]
    return [*folded, line]
