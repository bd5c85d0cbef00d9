"""All ink of a page that is no running print: stamps, drawings, notes, codes, and handwriting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thamthan.reading.model import Candidate, MarkKind
from thamthan.reading.ocr.codes import Code
from thamthan.reading.ocr.handwriting import Handwriting
from thamthan.reading.ocr.ink import Box, Region
from thamthan.reading.ocr.lines import Cut
from thamthan.reading.ocr.picture import Worked
from thamthan.reading.ocr.writing import ReadStrip

# Of a consonant's height: what stands so near together was written by one hand at one time.
_NEAR = 1.6
# A note runs over some breadth and is made of many strokes; a signature of few.
_NOTE_WIDE = 5.0
_NOTE_STROKES = 4
_LEAST = 0.9


@dataclass(frozen=True, slots=True)
class Seen:
    """A mark with its place on the worked picture."""

    kind: MarkKind
    box: Box
    field: str | None = None
    text: str = ""
    candidates: tuple[Candidate, ...] = ()


def find_marks(
    cut: Cut,
    read: Sequence[ReadStrip],
    *,
    by_hand: Sequence[Region],
    written: Sequence[Handwriting],
    codes: Sequence[Code],
    worked: Worked,
) -> list[Seen]:
    """รวมรอย: what was written into fields first, then stamps, codes, notes and drawings.

    Pieces of ink that lie near together are one mark: a note if they run across the paper as
    writing does, else a drawing, as signatures and seals are.
    """
    marks = [Seen("handwriting", one.box, one.field, "", one.candidates) for one in written]
    marks += [Seen("code", code.box, text=code.text) for code in codes]
    marks += _stamps(cut, read)
    loose = [region.box for region in cut.regions if region.kind == "drawing"]
    loose += [region.box for region in by_hand]
    loose = [box for box in loose if not any(_holds(mark.box, box) for mark in marks)]
    for group in _together(loose, _NEAR * worked.consonant):
        box = _around(group)
        if max(box.wide, box.high) < _LEAST * worked.consonant:
            continue
        marks.append(Seen(_kind(box, len(group), written, worked), box))
    return marks


def _kind(box: Box, strokes: int, written: Sequence[Handwriting], worked: Worked) -> MarkKind:
    if any((one.field or "").startswith("receipt.") and _touch(box, one.box, 0) for one in written):
        # The border of a stamp that print or an emblem runs into is no clean frame.
        return "stamp"
    is_note = strokes >= _NOTE_STROKES and box.wide >= _NOTE_WIDE * worked.consonant
    return "note" if is_note else "drawing"


def _stamps(cut: Cut, read: Sequence[ReadStrip]) -> Iterator[Seen]:
    for which, region in enumerate(cut.regions):
        if region.kind == "frame":
            lines = [
                "".join(letter.text for letter in one.letters)
                for one in read
                if one.strip.frame == which
            ]
            yield Seen("stamp", region.box, text="\n".join(line for line in lines if line))


def _together(boxes: Sequence[Box], room: float) -> list[list[Box]]:
    """Boxes that touch, with some room, directly or over others."""
    groups: list[list[Box]] = []
    for box in boxes:
        near = [group for group in groups if any(_touch(box, other, room) for other in group)]
        joined = [box, *(other for group in near for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append(joined)
    return groups


def _touch(one: Box, other: Box, room: float) -> bool:
    return (
        one.left - room < other.right
        and other.left - room < one.right
        and one.top - room < other.bottom
        and other.top - room < one.bottom
    )


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x < outer.right and outer.top <= y < outer.bottom
