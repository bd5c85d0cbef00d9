"""What floats over a sheet: text boxes and comments, and the cells they lie over."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from thamthan.reading.plans.grid import Area, Box
from thamthan.reading.plans.parts import Parts, local, unescaped, words_of

MOST_BOXES = 5_000
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# The height of a row and the width of a column where the box says only how large it is.
_EMU_OF_ROW, _EMU_OF_COLUMN = 250_000, 610_000
_PAST = re.compile(r"\s*,\s*")


def boxes_of(parts: Parts, sheet: str) -> tuple[Box, ...]:
    """กล่องข้อความและความเห็นของแผ่นงานหนึ่ง, from above; those without words are left out."""
    found: list[Box] = []
    for kind, part in parts.related(sheet).values():
        if kind == "drawing":
            found += _floating(parts, part)
        elif kind == "comments":
            found += _comments(parts, part)
        elif kind == "vmlDrawing":
            found += _old_boxes(parts, part)
    found = [box for box in found if box.text.strip()]
    return tuple(sorted(found, key=lambda box: (box.area.top, box.area.left))[:MOST_BOXES])


def _floating(parts: Parts, part: str) -> Iterator[Box]:
    for anchor in parts.elements(part, *_ANCHORS):
        text = "\n".join(_paragraphs(anchor)).strip()
        if text:
            yield Box(text, _area(anchor))


def _paragraphs(parent: Element) -> Iterator[str]:
    """The lines of every shape inside, grouped shapes too, each told once."""
    for child in parent:
        kind = local(child.tag)
        if kind == "txBody":
            for paragraph in child:
                if local(paragraph.tag) == "p":
                    yield "".join(_runs(paragraph))
        elif kind != "Fallback":
            yield from _paragraphs(child)


def _runs(paragraph: Element) -> Iterator[str]:
    for run in paragraph.iter():
        kind = local(run.tag)
        if kind == "br":
            yield "\n"
        elif kind == "t":
            yield unescaped(run.text or "")


def _area(anchor: Element) -> Area:
    """The cells under a box; what ends right at the top of a row does not lie over it."""
    first = _corner(anchor, "from") or (1, 1, 0, 0)
    last = _corner(anchor, "to")
    if last is None:
        size = next((one for one in anchor if local(one.tag) == "ext"), None)
        wide = _whole(size.get("cx")) if size is not None else 0
        high = _whole(size.get("cy")) if size is not None else 0
        rows = max(0, (high + first[2] - 1) // _EMU_OF_ROW)
        columns = max(0, (wide + first[3] - 1) // _EMU_OF_COLUMN)
        return Area(first[0], first[1], first[0] + rows, first[1] + columns)
    bottom = last[0] - 1 if last[2] == 0 and last[0] > first[0] else last[0]
    right = last[1] - 1 if last[3] == 0 and last[1] > first[1] else last[1]
    return Area(first[0], first[1], max(first[0], bottom), max(first[1], right))


def _corner(anchor: Element, name: str) -> tuple[int, int, int, int] | None:
    """The row and column of a corner, from 1, and how far inside them it lies."""
    corner = next((one for one in anchor if local(one.tag) == name), None)
    if corner is None:
        return None
    told = {local(one.tag): _whole(one.text) for one in corner}
    return (
        told.get("row", 0) + 1,
        told.get("col", 0) + 1,
        told.get("rowOff", 0),
        told.get("colOff", 0),
    )


def _whole(words: str | None) -> int:
    words = (words or "").strip()
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 12 else 0


def _comments(parts: Parts, part: str) -> Iterator[Box]:
    for comment in parts.elements(part, "comment"):
        place = _PLACE.fullmatch(comment.get("ref", ""))
        text = next((one for one in comment if local(one.tag) == "text"), None)
        if place and text is not None:
            row, column = int(place[2]), column_of(place[1])
            yield Box(words_of(text).text, Area(row, column, row, column), "comment")


def _old_boxes(parts: Parts, part: str) -> Iterator[Box]:
    """Boxes of the old kind; the frames of comments are of that kind too, and hold no words."""
    for shape in parts.elements(part, "shape"):
        words = [one for one in shape.iter() if local(one.tag) == "textbox"]
        text = "\n".join("".join(one.itertext()) for one in words).strip()
        anchor = next((one.text or "" for one in shape.iter() if local(one.tag) == "Anchor"), "")
        sides = [_whole(side) for side in _PAST.split(anchor.strip())]
        if text and len(sides) == 8:
            left, _, top, _, right, _, bottom, _ = sides
            yield Box(text, Area(top + 1, left + 1, bottom + 1, right + 1))


def column_of(letters: str) -> int:
    """เลขคอลัมน์: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
