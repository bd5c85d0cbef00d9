"""What a parser of files gives back: pages with the place of every letter, or why not."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from thamthan.reading.model import Mark, PageSize, Paper

Parser = Literal["pdf", "docx", "scan", "picture", "workbook"]

# A kept child is given the length of a file and the file, and gives back how its copy ended, the
# length of what that told, and what it told.
ASKED = struct.Struct(">Q")
ANSWERED = struct.Struct(">iQ")

# A stretch of the page's text and its box, in points from the page's top left.
Place = tuple[int, int, float, float, float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """หน้าหนึ่งของไฟล์: its text, and the places in rising order; a file without a form has none.

    A page read from its picture has a certainty for every character, and the marks that were seen
    on it; every page that has an image has its size.
    """

    text: str
    places: tuple[Place, ...] = ()
    certainty: tuple[float, ...] = ()
    # Fields of the letter of which something stands there that could not be read.
    doubted: tuple[str, ...] = ()
    size: PageSize | None = None
    # Each counts as on page 1; which page of the file this is, only the file knows.
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """ไฟล์ที่แยกแล้ว: its pages, and in Thai sentences what a person should know of them."""

    pages: tuple[ParsedPage, ...]
    notes: tuple[str, ...] = ()
    # Whether a page was left unread that its picture may still tell.
    waits: bool = False

    @property
    def paper(self) -> Paper:
        """The sizes of all pages, and their marks, each with the number of its page."""
        return Paper(
            tuple(page.size for page in self.pages),
            tuple(
                replace(mark, page=number)
                for number, page in enumerate(self.pages, start=1)
                for mark in page.marks
            ),
        )


class Progress:
    """ความคืบหน้า: whoever parses pages says before each what the file is so far.

    Here nobody hears it; a process apart tells it on and gives the page its time.
    """

    def begins(self, so_far: ParsedFile, *, seconds: float) -> None:
        """Another page is begun; should it be the end of the process, `so_far` is what stays."""


class Unparsed(Exception):
    """แยกไม่ได้: why, as the end of a Thai sentence; `waits` where its picture can still be read."""

    def __init__(self, why: str, *, waits: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.waits = waits


def told_pages(numbers: Iterable[int]) -> str:
    """เลขหน้า: “2, 5–9”, as people write them; a thousand numbers in a row tell nobody anything."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(
        f"{first}–{last}" if last > first + 1 else ", ".join(map(str, range(first, last + 1)))
        for first, last in runs
    )


def box_of(places: Sequence[Place], start: int, end: int) -> Box | None:
    """กรอบ: the smallest box round a stretch of the text, None where none of it was drawn."""
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        if places[middle][1] <= start:
            low = middle + 1
        else:
            high = middle
    within = []
    while low < len(places) and places[low][0] < end:
        within.append(places[low])
        low += 1
    if not within:
        return None
    return (
        min(place[2] for place in within),
        min(place[3] for place in within),
        max(place[4] for place in within),
        max(place[5] for place in within),
    )
