"""A form that was sent out as a workbook comes back: what stands in its cells, and its stamp."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from thamthan.errors import Refused
from thamthan.reading.apart import parse_apart
from thamthan.reading.kinds import XLSX, kind_of
from thamthan.reading.parsed import Unparsed
from thamthan.reading.plans.grid import Cell, Grid, grid_from_json
from thamthan.thai.text import squeeze

MOST_BYTES = 10 * 1024 * 1024
# The names by which the form is known; they are those that it was written with.
SHEET, STAMP_SHEET = "รายงาน", "ทำทัน"
SENDS, REPORTER, YES = "ยืนยันส่งรายงานนี้", "ผู้รายงานและตำแหน่ง", "ใช่"
TABLE_SHEET, FIRST_TABLE_ROW, STANDING_ROW = "ตาราง", 6, 3
_TEXT, _OF, _STANDING, _KEY = 2, 3, 5, 7
_TABLE_NAME = re.compile(rf"{TABLE_SHEET} \d{{1,3}}")
_FAULTS = frozenset({"unsaved", "fault"})
# The day from which a workbook counts, and the last year that no office means by the Western one.
_DAY_NOUGHT, _LAST_YEAR = date(1899, 12, 30), 2400


@dataclass(frozen=True, slots=True)
class FieldRead:
    """ช่องหนึ่งที่กรอกมา, as it stands in the file; `problem` where it cannot be read for certain."""

    value: str
    of: str
    standing: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TableRead:
    """ตารางที่กรอกมา: what is said of the whole, and its rows by key, each with its cells."""

    standing: str
    rows: Mapping[str, tuple[FieldRead, ...]]


@dataclass(frozen=True, slots=True)
class FormRead:
    """แบบที่กรอกกลับมา: its stamp, its fields by key, and whether its writer sends it, and who.

    Its tables stand by the number of their sheet.
    """

    stamp: str
    fields: Mapping[str, FieldRead]
    sends: bool
    reporter: str
    tables: Mapping[int, TableRead] = field(default_factory=dict)


class FormUnreadable(Refused):
    """อ่านแบบไม่ได้: no workbook, damaged, or none of ours."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="form_unreadable", status=422)


def read_form_sheet(content: bytes) -> FormRead:
    """อ่านแบบรายงานที่กรอกใน Excel. Takes saved results of formulas and computes none.

    Does not check the stamp: whoever made it does. Raises `FormUnreadable`.
    """
    if not content or len(content) > MOST_BYTES:
        raise FormUnreadable("ไฟล์ว่างเปล่าหรือใหญ่เกินกว่าจะเป็นแบบรายงาน")
    if kind_of(content) is not XLSX:
        raise FormUnreadable("ไฟล์นี้ไม่ใช่ Excel (.xlsx) กรุณาใช้ไฟล์แบบรายงานที่ดาวน์โหลดจากระบบ")
    try:
        pages = parse_apart(content, parser="workbook").pages
    except Unparsed as fault:
        raise FormUnreadable(f"ไฟล์นี้{fault.why}") from fault
    grids = {grid.name: grid for grid in (grid_from_json(page.text) for page in pages)}
    form, stamp = grids.get(SHEET), grids.get(STAMP_SHEET)
    if form is None or stamp is None:
        raise FormUnreadable("ไฟล์นี้ไม่ใช่แบบรายงานที่ดาวน์โหลดจากระบบ หรือมีแผ่นงานถูกลบ")
    return FormRead(
        "".join(cell.text.strip() for _, cell in sorted(stamp.cells.items())),
        dict(_fields(form)),
        _beside(form, SENDS) == YES,
        _beside(form, REPORTER),
        {
            int(name.removeprefix(TABLE_SHEET)): _table(grid)
            for name, grid in grids.items()
            if _TABLE_NAME.fullmatch(name)
        },
    )


def _fields(grid: Grid) -> list[tuple[str, FieldRead]]:
    found = []
    for row in grid.rows.values():
        key = row[_KEY].text.strip() if _KEY in row else ""
        if not key:
            continue
        cells = {column: row.get(column, Cell("")) for column in (_TEXT, _OF, _STANDING)}
        faults = [cell for cell in cells.values() if cell.traits & _FAULTS]
        field = FieldRead(
            _words(cells[_TEXT]),
            _words(cells[_OF]),
            squeeze(cells[_STANDING].text),
            "ช่องนี้เป็นสูตรที่ยังไม่มีผลหรือผิดพลาด กรุณาพิมพ์ตัวเลข" if faults else "",
        )
        found.append((key, field))
    return found


def _table(grid: Grid) -> TableRead:
    rows = {}
    for number, row in grid.rows.items():
        key = row[1].text.strip() if number >= FIRST_TABLE_ROW and 1 in row else ""
        if key:
            last = max(row)
            rows[key] = tuple(_cell(row.get(column, Cell(""))) for column in range(2, last + 1))
    standing = grid.rows.get(STANDING_ROW, {}).get(2, Cell(""))
    return TableRead(squeeze(standing.text), rows)


def _cell(cell: Cell) -> FieldRead:
    problem = "ช่องนี้เป็นสูตรที่ยังไม่มีผลหรือผิดพลาด กรุณาพิมพ์ค่า" if cell.traits & _FAULTS else ""
    if "day" in cell.traits and cell.number is not None:
        return FieldRead(_day(cell.number), "", "", problem)
    return FieldRead(_words(cell), "", "", problem)


def _day(number: Decimal) -> str:
    """A day as the program counts it; typed by the Buddhist year it lies 543 years ahead."""
    try:
        day = _DAY_NOUGHT + timedelta(days=int(number))
        # By the Buddhist year in the calendar of the West: the year alone is another.
        day = day.replace(year=day.year - 543) if day.year > _LAST_YEAR else day
    except (OverflowError, ValueError):
        return str(number)
    return f"{day.day}/{day.month}/{day.year + 543}"


def _words(cell: Cell) -> str:
    """A number exactly as it is kept, a text with its lines."""
    if cell.number is not None:
        return _plain(cell.number)
    return cell.lines


def _plain(number: Decimal) -> str:
    # What the program keeps as 0.1 + 0.2 is 0.30000000000000004: no office counts so finely.
    rounded = number.quantize(Decimal("0.000001"))
    return format(rounded.normalize(), "f")


def _beside(grid: Grid, label: str) -> str:
    for row in grid.rows.values():
        if 1 in row and squeeze(row[1].text) == label:
            return squeeze(row[_TEXT].text) if _TEXT in row else ""
    return ""
