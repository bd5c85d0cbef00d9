"""ที่ที่อ่านไม่ออก: where on the paper a clerk finds what should stand there and was not read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from thamthan.reading.layout import Layout
from thamthan.reading.model import Doubt, Finding, LetterReading, Mark, PageSize
from thamthan.reading.signed_place import FARTHEST
from thamthan.thai.correspondence import LetterKind

Box = tuple[float, float, float, float]

# The fields of a letter's head from the top down; those of one step stand side by side.
_HEAD = (("number", "sender"), ("dated_on",), ("subject",), ("addressees",))
_SIGNED = ("signatory", "position")
# These kinds have their date and their office below the running text.
_DATED_BELOW = (LetterKind.STAMPED, LetterKind.ORDER, LetterKind.NOTICE)
# In points: the least that is shown of a page, how far aside of the closing words a name may
# stand, and what is taken for the margin.
_LEAST, _ASIDE, _MARGIN = 40.0, 150.0, 28.0
# Of a page's height: where its head begins, and ends at the latest; so much is left for a foot.
_TOP, _HEAD_ENDS, _BOTTOM = 0.04, 0.45, 0.97


def with_unread_places(reading: LetterReading, layout: Layout) -> LetterReading:
    """เติมที่ที่อ่านไม่ออก: a mark for every doubted field that is empty and that no mark shows yet.

    In the head it is the stretch between what was read above it and what was read below; a
    signature's is below the words with which the text ends. Only pages that were read from a
    picture have such marks: elsewhere nothing is hidden. It says where to look, not that anything
    stands there.
    """
    shown = {mark.field for mark in reading.paper.marks}
    marks = [
        Mark("unread", page, _rounded(box), field)
        for field in _empty_and_doubted(reading.doubts, reading)
        if field not in shown
        for page, box in _place(field, reading, layout)
    ]
    return replace(reading, paper=replace(reading.paper, marks=(*reading.paper.marks, *marks)))


def _empty_and_doubted(doubts: Sequence[Doubt], reading: LetterReading) -> list[str]:
    told = {field for doubt in doubts for field in doubt.fields}
    names = (*(name for step in _HEAD for name in step), *_SIGNED)
    return [name for name in names if name in told and not getattr(reading, name)]


def _place(field: str, reading: LetterReading, layout: Layout) -> Iterator[tuple[int, Box]]:
    below = reading.kind in _DATED_BELOW and field in ("dated_on", "sender")
    found = _foot(reading, layout) if field in _SIGNED or below else _head(field, reading, layout)
    if found is not None:
        yield found


def _head(field: str, reading: LetterReading, layout: Layout) -> tuple[int, Box] | None:
    size = _size(reading, 1)
    if size is None:
        return None
    step = next(at for at, names in enumerate(_HEAD) if field in names)
    over = [box[3] for names in _HEAD[:step] for box in _boxes(names, reading)]
    under = [box[1] for names in _HEAD[step + 1 :] for box in _boxes(names, reading)]
    beside = _boxes(_HEAD[step], reading)
    body = layout.sheet.span(*layout.body)
    if body.page == 1 and body.box is not None:
        under.append(body.box[1])
    top = max(over, default=_TOP * size.height)
    bottom = min(under, default=_HEAD_ENDS * size.height)
    if beside:
        # What stands beside it tells its line.
        top, bottom = min(box[1] for box in beside), max(box[3] for box in beside)
    return 1, _within(size, _MARGIN, top, size.width - _MARGIN, bottom)


def _foot(reading: LetterReading, layout: Layout) -> tuple[int, Box] | None:
    """Below the closing words, else below the last words of the text; on the next page where there
    is no room left on theirs.
    """
    foot = layout.foot
    ended = foot.closing
    last = layout.sheet.lines[layout.sheet.line_at(max(layout.body[1] - 1, 0))]
    span = layout.sheet.span(*((ended.start, ended.end) if ended else (last.start, last.end)))
    size = _size(reading, span.page)
    if size is None or span.box is None:
        return None
    left, right = _MARGIN, size.width - _MARGIN
    if ended is not None:
        middle = (span.box[0] + span.box[2]) / 2
        left, right = middle - _ASIDE, middle + _ASIDE
    top, page = span.box[3], span.page
    following = _size(reading, page + 1)
    if size.height * _BOTTOM - top < 2 * _LEAST and following is not None:
        page, size, top = page + 1, following, _TOP * following.height
    unit = [
        found.span.box[1]
        for found in (reading.telephone, reading.owner_unit)
        if found is not None and found.span.page == page and found.span.box is not None
    ]
    below = [edge for edge in unit if edge > top + _LEAST]
    bottom = min(top + FARTHEST, size.height * _BOTTOM, *below)
    return page, _within(size, left, top, right, bottom)


def _boxes(names: Sequence[str], reading: LetterReading) -> list[Box]:
    """Where on the first page something of these fields was read."""
    found: list[Box] = []
    for name in names:
        value = getattr(reading, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Finding) and one.span.page == 1 and one.span.box is not None:
                found.append(one.span.box)
    return found


def _size(reading: LetterReading, page: int) -> PageSize | None:
    sizes = reading.paper.sizes
    return sizes[page - 1] if 1 <= page <= len(sizes) else None


def _within(size: PageSize, left: float, top: float, right: float, bottom: float) -> Box:
    """The place on its page, never so flat that nothing could be seen in it."""
    if bottom - top < _LEAST:
        middle = (top + bottom) / 2
        top, bottom = middle - _LEAST / 2, middle + _LEAST / 2
    top = min(max(top, 0.0), max(size.height - _LEAST, 0.0))
    bottom = min(max(bottom, top + _LEAST), size.height)
    left = min(max(left, 0.0), max(size.width - _LEAST, 0.0))
    return left, top, min(max(right, left + _LEAST), size.width), bottom


def _rounded(box: Box) -> Box:
    left, top, right, bottom = (round(side, 1) for side in box)
    return left, top, right, bottom
