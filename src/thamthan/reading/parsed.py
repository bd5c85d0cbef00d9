"""What a parser of files gives back: pages with the place of every letter, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from thamthan.reading.model import Mark, PageSize, Paper

Parser = Literal["pdf", "docx", "scan", "picture"]

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


class Unparsed(Exception):
    """แยกไม่ได้: why, as the end of a Thai sentence; `waits` where its picture can still be read."""

    def __init__(self, why: str, *, waits: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.waits = waits


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
