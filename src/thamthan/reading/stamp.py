"""ตรารับ: finds the receipt stamp wherever it was pressed, so that no field takes its words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thamthan.reading.sheet import Cell, Line
from thamthan.reading.signs import (
    OFFICE_LINE,
    RECEIPT_DATE,
    RECEIPT_NUMBER,
    RECEIPT_TIME,
)

_BELOW = 5
_BESIDE = 14
_NOT_AN_OFFICE = re.compile(r"(?:ที่\s|เรื่อง|เรียน|ด่วน|ลับ|วันที่|เวลา|\[)")
_OF_THE_LETTER = re.compile(r"(?:ที่\s|เรื่อง|เรียน|ส่วน\s?ราชการ|อ้างถึง|บันทึกข้อความ)")
_FILLED_IN = re.compile(r"[\d.…_/]|น\.")
_TICK_BOX = re.compile(r"\s*[\[(]\s{0,2}[/x✓✔]?\s{0,2}[\])]\s?[ก-๎]")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The pieces of one stamp as stretches of the view; a piece that is not there is None."""

    organisation: Cell | None
    number: Cell
    received_on: Cell | None
    time: Cell | None
    cells: tuple[Cell, ...]


def find_stamps(lines: Sequence[Line]) -> list[Stamp]:
    """Every stamp among the lines, from the top; each is known by its เลขรับ."""
    found: list[Stamp] = []
    for place, line in enumerate(lines):
        if "รับ" not in line.text or not RECEIPT_NUMBER.search(line.text):
            continue
        for cell in line.cells:
            label = RECEIPT_NUMBER.search(cell.text)
            if label and _stands_first(cell.text, label):
                found.append(_read_stamp(lines, place, cell))
    return found


def is_tick_box(line: Line) -> bool:
    """Whether the line is a row of boxes by which a receiving office hands letters out."""
    return bool(_TICK_BOX.match(line.text))


def _stands_first(words: str, label: re.Match[str]) -> bool:
    before = words[: label.start()].strip(" -*•.|")
    after = words[label.end() : label.end() + 1]
    if label.group().startswith("รับ") and not (after.isdigit() or after in ("", ".", "…", "_")):
        return False
    return not before or (len(before) < 60 and OFFICE_LINE.match(before) is not None)


def _read_stamp(lines: Sequence[Line], place: int, first: Cell) -> Stamp:
    """Takes the pieces beside and below the number, and the name of the office above it."""
    line = lines[place]
    column = first.start - line.start
    alone = line.cells[0] == first
    cells = [_with_value(line, first)]
    cells += [c for c in _filled_cells(line) if c.start > first.start and _labelled(c.text)]
    for below in _lines_below(lines, place):
        for cell in _filled_cells(below):
            beside = abs(cell.start - below.start - column) <= _BESIDE
            if _labelled(cell.text) and (beside or (alone and below.cells[0] == cell)):
                cells.append(cell)
    organisation = _office_before(first) or _office_above(lines, place, column, alone=alone)
    pieces: dict[str, Cell] = {}
    for cell in cells:
        for name, piece in _pieces(cell):
            pieces.setdefault(name, piece)
    if organisation and organisation.start < first.start and organisation.end <= first.start:
        cells.append(organisation)
    return Stamp(
        organisation=organisation,
        number=pieces["number"],
        received_on=pieces.get("date"),
        time=pieces.get("time"),
        cells=tuple(cells),
    )


def _lines_below(lines: Sequence[Line], place: int) -> Iterator[Line]:
    blank = 0
    for below in lines[place + 1 : place + 1 + _BELOW]:
        blank = blank + 1 if below.blank else 0
        # A line of the letter ends the stamp, unless the stamp goes on far to its right.
        letter = _OF_THE_LETTER.match(below.text.strip()) is not None
        if blank > 1 or (letter and len(below.cells) < 2):
            return
        if not below.blank:
            yield below


def _filled_cells(line: Line) -> list[Cell]:
    return [_with_value(line, cell) for cell in line.cells]


def _with_value(line: Line, label: Cell) -> Cell:
    """A label with what was filled in far behind it: "รับที่      2040 / 53"."""
    if re.search(r"\d", label.text):
        return label
    end = label.end
    for cell in line.cells:
        if cell.start >= end:
            if not _FILLED_IN.match(cell.text) or cell.start - end > _BESIDE:
                break
            end = cell.end
    return Cell(label.start, end, line.text[label.start - line.start : end - line.start])


def _labelled(words: str) -> bool:
    return bool(RECEIPT_DATE.match(words) or RECEIPT_TIME.match(words))


def _pieces(cell: Cell) -> Iterator[tuple[str, Cell]]:
    """Cuts a cell at the labels in it: number, date and time may share one line."""
    marks: list[tuple[int, int, str]] = []
    number = RECEIPT_NUMBER.search(cell.text)
    if number:
        marks.append((number.start(), number.end(), "number"))
    for name, label in (("date", RECEIPT_DATE), ("time", RECEIPT_TIME)):
        found = label.search(cell.text, number.end() if number else 0)
        if found:
            marks.append((found.start(), found.end(), name))
    marks.sort()
    for which, (_, start, name) in enumerate(marks):
        end = marks[which + 1][0] if which + 1 < len(marks) else len(cell.text)
        yield name, Cell(cell.start + start, cell.start + end, cell.text[start:end])


def _office_before(first: Cell) -> Cell | None:
    label = RECEIPT_NUMBER.search(first.text)
    before = first.text[: label.start()].rstrip() if label else ""
    if OFFICE_LINE.match(before):
        return Cell(first.start, first.start + len(before), before)
    return None


def _office_above(lines: Sequence[Line], place: int, column: int, *, alone: bool) -> Cell | None:
    """The name over the number, at the same column where other things stand beside the stamp."""
    blank = 0
    for above in reversed(lines[max(place - 4, 0) : place]):
        if above.blank:
            blank += 1
            if blank > 1:
                return None
            continue
        near = [c for c in above.cells if abs(c.start - above.start - column) <= 2 * _BESIDE]
        cells = near or (above.cells if alone and len(above.cells) == 1 else [])
        if not cells or _NOT_AN_OFFICE.match(cells[0].text):
            return None
        return cells[0]
    return None
