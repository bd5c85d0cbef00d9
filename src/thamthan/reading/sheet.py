"""The pages of a letter as one repaired view, in which every place can be led back to the page."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from thamthan.reading.model import Finding, Span
from thamthan.reading.parsed import Box, Place, box_of
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import repair, squeeze

T = TypeVar("T")

_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎ำ"
_ODD = "\u02f8\u00ad\u200b\u200c\u200d\u2060\ufeff\uf700-\uf71a"

# What can only come from a damaged text layer; everything else is taken over as it stands.
_DAMAGE = re.compile(
    rf"[{_ODD}ํ]|เเ|[ \t][{_MARKS}]|[็่้๊๋์][ัิีึืฺุู]|[ัิีึื][ฺุู]|ำ[{_MARKS}]"
    r"|([ัิีึืฺุู็่้๊๋์])\1"
)
_PIECE = re.compile(
    rf"เเ|[ \t]{{0,4}}[{_MARKS}{_ODD}](?:[ \t]{{0,4}}[{_MARKS}{_ODD}])*(?:[ \t]{{0,4}}า)?"
)
_SPACES = dict.fromkeys(
    [0x00, 0x1C, 0x1D, 0x1E, 0x1F, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000],
    " ",
)
_BREAKS = dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), "\n")
_CELL = re.compile(r"[^\s](?:[^\n\t ]|[ ]{1,2}(?=[^\s]))*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A run of words in the view; a line falls into several where wide gaps stand between them."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the view, without its end."""

    at: int
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    @property
    def cells(self) -> list[Cell]:
        return [
            Cell(self.start + found.start(), self.start + found.end(), found.group())
            for found in _CELL.finditer(self.text)
        ]


class Sheet:
    """All pages in a row: Arabic digits, repaired marks, plain spaces; words stay on the pages.

    Of pages whose letters have places, every span has its box.
    """

    def __init__(self, pages: Sequence[str], places: Sequence[Sequence[Place]] = ()) -> None:
        self.pages = tuple(pages)
        self._places = tuple(places)
        self._views: list[int] = []
        self._pieces: list[tuple[int, int, int, bool]] = []
        parts: list[str] = []
        at = 0
        for number, page in enumerate(self.pages):
            at = self._take_page(number, page, at, parts) + 1
        self.text = "\n".join(parts)

    def _take_page(self, number: int, page: str, at: int, parts: list[str]) -> int:
        """Adds one page to the view, and returns where the view then ends."""
        plain = to_arabic(page).translate(_SPACES).translate(_BREAKS)
        plain = plain.replace("\r", " " if "\r\n" in plain else "\n")
        taken: list[str] = []

        def take(start: int, end: int, *, as_written: str | None = None) -> None:
            nonlocal at
            words = plain[start:end] if as_written is None else as_written
            if end > start:
                self._views.append(at)
                self._pieces.append((number, start, end, as_written is not None))
            taken.append(words)
            at += len(words)

        done = 0
        if _DAMAGE.search(plain):
            for found in _PIECE.finditer(plain):
                before = plain[found.start() - 1] if found.start() else ""
                good = repair(before + found.group())
                good = good[len(before) :] if good.startswith(before) else found.group()
                if good != found.group():
                    take(done, found.start())
                    take(found.start(), found.end(), as_written=good)
                    done = found.end()
        take(done, len(plain))
        parts.append("".join(taken))
        return at

    @cached_property
    def lines(self) -> list[Line]:
        found: list[Line] = []
        start = 0
        for at, text in enumerate(self.text.split("\n")):
            found.append(Line(at, start, start + len(text), text))
            start += len(text) + 1
        return found

    def line_at(self, place: int) -> int:
        """The number of the line that holds a place of the view."""
        return bisect_right(self._line_starts, place) - 1

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch without white space at its ends."""
        words = self.text[start:end]
        kept = words.strip()
        if not kept:
            return start, start
        start += len(words) - len(words.lstrip())
        return start, start + len(kept)

    def span(self, start: int, end: int) -> Span:
        """Leads a stretch of the view back to its page; at the end of the page it is cut."""
        start, end = self.trimmed(start, end)
        if not self._pieces:
            return Span(page=1, start=0, end=0)
        page, first = self._origin(start, last=False)
        if end <= start:
            return Span(page=page + 1, start=first, end=first)
        last_page, last = self._origin(end - 1, last=True)
        if last_page != page:
            last = len(self.pages[page].rstrip())
        last = max(first, last)
        return Span(page=page + 1, start=first, end=last, box=self._box(page, first, last))

    def _box(self, page: int, start: int, end: int) -> Box | None:
        return box_of(self._places[page], start, end) if page < len(self._places) else None

    def _origin(self, place: int, *, last: bool) -> tuple[int, int]:
        which = max(bisect_right(self._views, place) - 1, 0)
        page, start, end, mended = self._pieces[which]
        if mended:
            return page, end if last else start
        return page, min(start + max(place - self._views[which], 0) + last, end)

    def words(self, span: Span) -> str:
        """The letter's own words at a place."""
        return self.pages[span.page - 1][span.start : span.end] if self.pages else ""

    def finding(self, value: T, start: int, end: int, certainty: float) -> Finding[T]:
        """A finding whose words are those of the page at that stretch of the view."""
        span = self.span(start, end)
        return Finding(value=value, text=self.words(span), span=span, certainty=certainty)

    def squeezed(self, *parts: tuple[int, int]) -> str:
        """The repaired words of several stretches with single spaces, but with their own digits."""
        return squeeze(repair(" ".join(self.words(self.span(*part)) for part in parts)))
