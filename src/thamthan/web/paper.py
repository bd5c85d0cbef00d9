"""The letter's own text with the words that were found marked, each mark bound to its field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from thamthan.reading.model import Finding, Item, LetterReading, Span, is_flagged


def element_id(path: str) -> str:
    """A path as an element's id: references[0].number → references-0-number."""
    return path.replace("[", "-").replace("]", "").replace(".", "-")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page: plain, or the words of one finding."""

    text: str
    path: str = ""
    is_first: bool = False
    is_flagged: bool = False

    @property
    def id(self) -> str:
        return element_id(self.path)


def marked_pages(
    pages: Sequence[str],
    reading: LetterReading | None,
    *,
    places: Sequence[tuple[Span, str]] | None = None,
) -> list[list[Piece]]:
    """ตัวหนังสือพร้อมคำที่อ่านได้: the shorter of two overlapping finds is marked whole, the longer
    round it. `places` are what to mark instead of all that was found.
    """
    wanted = _places(reading) if places is None else places
    by_length = sorted(wanted, key=lambda place: place[0].end - place[0].start)
    marked: list[list[Piece]] = []
    seen: set[str] = set()
    for number, text in enumerate(pages, start=1):
        owners = [""] * len(text)
        for span, path in by_length:
            if span.page != number:
                continue
            for at in range(max(span.start, 0), min(span.end, len(text))):
                owners[at] = owners[at] or path
        marked.append(_trimmed(list(_pieces(text, owners, reading, seen))))
    return marked


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the empty lines at the head and the foot of a page."""
    if pieces and not pieces[0].path:
        pieces[0] = Piece(pieces[0].text.lstrip("\r\n"))
    if pieces and not pieces[-1].path:
        pieces[-1] = Piece(pieces[-1].text.rstrip())
    return pieces


def _pieces(
    text: str, owners: list[str], reading: LetterReading | None, seen: set[str]
) -> Iterator[Piece]:
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and owners[at] == owners[start]:
            continue
        path, words = owners[start], text[start:at]
        start = at
        if not path or not words.strip():
            yield Piece(words)
            continue
        flagged = reading is not None and is_flagged(reading, path)
        yield Piece(words, path, is_first=path not in seen, is_flagged=flagged)
        seen.add(path)


def _places(reading: LetterReading | None) -> Iterator[tuple[Span, str]]:
    """Where each unit of the form stands; a list of addressees is one unit, a row is one."""
    if reading is None:
        return
    single = (
        *("number", "urgency", "secrecy", "sender", "address", "dated_on", "subject"),
        *("signatory", "position", "owner_unit", "telephone", "email"),
    )
    for name in single:
        yield from _place(getattr(reading, name), name)
    for addressee in reading.addressees:
        yield from _place(addressee, "addressees")
    for name in ("references", "enclosures"):
        for row, found in enumerate(getattr(reading, name)):
            yield from _place(found, f"{name}[{row}]")
    for name in ("obligations", "deadlines"):
        for row, part in enumerate(getattr(reading, name)):
            yield part.span, f"{name}[{row}]"
    if reading.receipt is not None:
        stamp = reading.receipt
        for part in (stamp.organisation, stamp.number, stamp.received_on, stamp.time):
            yield from _place(part, "receipt")
    yield from _item_places(reading.items, "items")


def boxes_of(
    reading: LetterReading,
) -> Iterator[tuple[str, int, tuple[float, float, float, float]]]:
    """ที่อยู่บนกระดาษ of each unit of the form: its path, page and box, where it has one."""
    for span, path in _places(reading):
        if span.box is not None and not path.startswith("items"):
            yield path, span.page, span.box
    yield from _item_boxes(reading.items, "items")


def _item_boxes(
    items: Sequence[Item], within: str
) -> Iterator[tuple[str, int, tuple[float, float, float, float]]]:
    for row, item in enumerate(items):
        at = f"{within}[{row}]"
        # In a picture a frame round the whole paragraph is easier to find than its label alone.
        if item.span.box is not None:
            yield at, item.span.page, item.span.box
        yield from _item_boxes(item.items, f"{at}.items")


def _item_places(items: Sequence[Item], within: str) -> Iterator[tuple[Span, str]]:
    for row, item in enumerate(items):
        at = f"{within}[{row}]"
        # A whole paragraph would drown the marks in it: the label and the measures are enough.
        label = Span(item.span.page, item.span.start, item.span.start + len(item.label))
        yield label, at
        for measure in item.measures:
            yield from _place(measure, at)
        yield from _item_places(item.items, f"{at}.items")


def _place(found: Finding[Any] | None, path: str) -> Iterator[tuple[Span, str]]:
    if found is not None and found.span.end > found.span.start:
        yield found.span, path
