"""An XLSX file as grids, read from its XML in one pass; runs only in the child process."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from thamthan.reading.packing import check_packing
from thamthan.reading.parsed import ParsedFile, ParsedPage, Unparsed
from thamthan.reading.plans.drawings import boxes_of, column_of
from thamthan.reading.plans.grid import Area, Cell, CellTrait, Grid, grid_to_json
from thamthan.reading.plans.parts import (
    Parts,
    SheetPart,
    Words,
    local,
    shared_words,
    sheets_of,
    styles_of,
    unescaped,
    words_of,
)

# The largest real plan known has 47 sheets; one of ten thousand rows has 200,000 cells.
MOST_CELLS = 600_000
MOST_COLUMNS = 300
MOST_ROW = 1_048_576
MOST_MERGED = 100_000
MOST_HIDDEN = 20_000
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
_TOO_MANY = "มีข้อมูลมากเกินกว่าจะเป็นแผนพัฒนาฉบับเดียว กรุณาแบ่งไฟล์"
_TRUE = ("1", "true")


def parse_workbook(content: bytes) -> ParsedFile:
    """แยก XLSX: a page for each sheet, whose text is the grid as JSON.

    Takes the results that were saved with formulas and computes none. Macros, pictures, charts
    and links are left alone; nothing is fetched. Raises `Unparsed`.
    """
    check_packing(content)
    parts = Parts(content)
    book = _Book(parts)
    return ParsedFile(tuple(ParsedPage(grid_to_json(grid)) for grid in book.grids()))


class _Book:
    """What all sheets of a book share, and how many cells are still allowed."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._shared = shared_words(parts)
        self._styles = styles_of(parts)
        self._left = MOST_CELLS

    def grids(self) -> Iterator[Grid]:
        for sheet in sheets_of(self._parts):
            yield self._grid(sheet)

    def _grid(self, sheet: SheetPart) -> Grid:
        cells: dict[tuple[int, int], Cell] = {}
        merged: list[Area] = []
        hidden_rows: set[int] = set()
        hidden_columns: set[int] = set()
        last = 0
        for element in self._parts.elements(sheet.part, "row", "mergeCell", "col"):
            kind = local(element.tag)
            if kind == "row":
                last = _row_number(element, last)
                if element.get("hidden") in _TRUE and len(hidden_rows) < MOST_HIDDEN:
                    hidden_rows.add(last)
                self._take_row(element, last, cells)
            elif kind == "mergeCell":
                area = _area(element.get("ref", ""))
                if area is not None:
                    merged.append(area)
                if len(merged) > MOST_MERGED:
                    raise Unparsed(_TOO_MANY)
            elif element.get("hidden") in _TRUE:
                first, end = _whole(element.get("min")), _whole(element.get("max"))
                hidden_columns.update(range(first, min(end, MOST_COLUMNS) + 1))
        return Grid(
            name=sheet.name,
            cells=cells,
            merged=tuple(merged),
            boxes=boxes_of(self._parts, sheet.part),
            hidden=sheet.hidden,
            hidden_rows=frozenset(hidden_rows),
            hidden_columns=frozenset(hidden_columns),
        )

    def _take_row(self, row: Element, at: int, cells: dict[tuple[int, int], Cell]) -> None:
        column = 0
        for element in row:
            if local(element.tag) != "c":
                continue
            place = _PLACE.fullmatch(element.get("r", ""))
            column = column_of(place[1]) if place else column + 1
            cell = self._cell(element)
            if cell is None:
                continue
            if column > MOST_COLUMNS:
                raise Unparsed(f"มีข้อมูลเกิน {MOST_COLUMNS} คอลัมน์ จึงไม่ใช่ตารางแผนพัฒนา")
            self._left -= 1
            if self._left < 0:
                raise Unparsed(_TOO_MANY)
            cells[at, column] = cell

    def _cell(self, element: Element) -> Cell | None:
        """What a cell holds; None for one that only has a frame or a colour."""
        kind = element.get("t", "n")
        formula = value = None
        inline = Words("")
        for child in element:
            name = local(child.tag)
            if name == "v":
                value = child.text or ""
            elif name == "f":
                formula = child
            elif name == "is":
                inline = words_of(child)
        style = _whole(element.get("s"))
        traits: set[CellTrait] = set(self._styles[style]) if style < len(self._styles) else set()
        if formula is not None:
            traits.add("formula")
            # Text that a formula left empty is told by its kind; a number never is.
            if value is None or (not value and kind == "n"):
                return Cell("", None, frozenset(traits | {"unsaved"}))
        if kind == "inlineStr":
            return _worded(inline, traits)
        if value is None:
            return None
        if kind == "s":
            number = _whole(value.strip())
            if number >= len(self._shared):
                raise Unparsed("อ้างถึงข้อความที่ไม่มีอยู่ในไฟล์ ไฟล์อาจชำรุด กรุณาขอไฟล์ใหม่")
            return _worded(self._shared[number], traits)
        if kind == "e":
            return Cell(value, None, frozenset(traits | {"fault"}))
        if kind == "d":
            return Cell(value, None, frozenset(traits | {"day"}))
        if kind in ("str", "b"):
            return _worded(Words(unescaped(value)), traits)
        return _numbered(value, traits)


def _worded(words: Words, traits: set[CellTrait]) -> Cell | None:
    if not words.text.strip():
        return None
    # A format of numbers says nothing of words.
    kept = traits - {"share", "scaled", "day"}
    return Cell(words.text, None, frozenset(kept | {"struck"} if words.struck else kept))


def _numbered(value: str, traits: set[CellTrait]) -> Cell | None:
    value = value.strip()
    if not value:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return Cell(value, None, frozenset(traits))
    if not number.is_finite() or abs(number.adjusted()) > 20:
        return Cell(value, None, frozenset(traits | {"fault"}))
    if number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    return Cell(format(number, "f"), number, frozenset(traits))


def _row_number(row: Element, last: int) -> int:
    told = _whole(row.get("r"))
    number = told if told > last else last + 1
    if number > MOST_ROW:
        raise Unparsed(_TOO_MANY)
    return number


def _area(words: str) -> Area | None:
    found = _RANGE.fullmatch(words)
    if found is None:
        return None
    top, left = int(found[2]), column_of(found[1])
    bottom, right = int(found[4] or found[2]), column_of(found[3] or found[1])
    if bottom < top or right < left or (bottom == top and right == left):
        return None
    return Area(top, left, bottom, min(right, MOST_COLUMNS))


def _whole(words: str | None) -> int:
    words = (words or "").strip()
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else 0
