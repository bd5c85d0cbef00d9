"""Tables as answers: cells read or refused in words, and rows of two who wrote one table merged."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from thamthan.errors import Refused
from thamthan.projects.rules import in_digits, milli_of
from thamthan.reports.rules.columns import ColumnKind, TableColumn
from thamthan.reports.rules.summing import MOST_MILLI
from thamthan.thai.dates import format_date, parse_date
from thamthan.thai.text import squeeze

# What fits on a page and in a sheet; whoever has more reports sums, and keeps the list at home.
MOST_TABLE_ROWS = 100
MOST_CELL = 2_000
_HALF_A_YEAR = timedelta(days=183)


_COUNTED_COLUMNS = frozenset({ColumnKind.NUMBER, ColumnKind.MONEY})
# Words, thousandths of a unit, or a day as 2026-03-20; an empty cell has none.
TableCell = str | int


def is_counted(column: TableColumn) -> bool:
    """Whether its cells are numbers."""
    return column.kind in _COUNTED_COLUMNS


def column_heading(column: TableColumn) -> str:
    """หัวสดมภ์ with its unit, said once."""
    unit = column.unit or ("บาท" if column.kind == ColumnKind.MONEY else "")
    return f"{column.text} ({unit})" if unit and unit not in column.text else column.text


def columns_of(told: Iterable[Mapping[str, Any]]) -> tuple[TableColumn, ...]:
    """สดมภ์ของคำถามตาราง as the question keeps them, in their order; an unknown kind is text."""
    found = []
    for one in told:
        given = str(one.get("kind", ""))
        kind = ColumnKind(given) if given in ColumnKind.values else ColumnKind.TEXT
        found.append(
            TableColumn(
                str(one["key"]),
                squeeze(str(one.get("text", ""))),
                kind,
                squeeze(str(one.get("unit") or "")),
                is_summed=bool(one.get("sum")) and kind in _COUNTED_COLUMNS,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TableRow:
    """แถวหนึ่งของตาราง: its key, by which it is known again wherever it was typed, and its cells."""

    key: str
    cells: Mapping[str, TableCell] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """รอยของแถว: what stands in it, so short that a form can carry it."""
        plain = json.dumps(dict(self.cells), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:12]

    def kept(self) -> dict[str, Any]:
        """The row as an answer keeps it."""
        return {"row": self.key, "cells": dict(self.cells)}


def rows_of(told: Iterable[Mapping[str, Any]]) -> list[TableRow]:
    """แถวของคำตอบ as they were kept."""
    return [TableRow(str(one.get("row", "")), dict(one.get("cells", {}))) for one in told]


@dataclass(frozen=True, slots=True)
class RowEdit:
    """แถวที่กรอกมา: the mark of it that its writer had seen (empty: a new row); no cells: removed."""

    key: str
    seen: str
    cells: Mapping[str, TableCell] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        return TableRow(self.key, self.cells).mark if self.cells else ""


@dataclass(frozen=True, slots=True)
class RowClash:
    """แถวที่สองคนกรอกไม่ตรงกัน: what stands there (None: removed, or no room), and what was brought."""

    theirs: TableRow | None
    yours: RowEdit
    is_full: bool = False


def merge_rows(
    there: Sequence[TableRow], edits: Iterable[RowEdit], *, most: int = MOST_TABLE_ROWS
) -> tuple[list[TableRow], list[RowClash]]:
    """รวมแถวที่กรอกมากับแถวที่มีอยู่, row by row; nothing that anybody wrote is lost.

    1. A row that its writer did not change stays as it is now, also where another removed it.
    2. A changed one takes the place of what its writer had seen; a new one stands last.
    3. What another changed since stays, and both are told as a clash; so is a row with no room.
    Rows that are not named stay. The same edits brought twice change nothing the second time.
    """
    rows = {row.key: row for row in there}
    clashes = []
    for edit in edits:
        now = rows.get(edit.key)
        mark = now.mark if now is not None else ""
        if edit.mark in {mark, edit.seen}:
            continue
        if mark != edit.seen:
            clashes.append(RowClash(now, edit))
        elif not edit.cells:
            del rows[edit.key]
        elif now is None and len(rows) >= most:
            clashes.append(RowClash(None, edit, is_full=True))
        else:
            rows[edit.key] = TableRow(edit.key, dict(edit.cells))
    return list(rows.values()), clashes


def read_cell(column: TableColumn, text: str, *, near: date) -> TableCell | None:
    """อ่านช่องของตาราง as its column wants it; None when left empty. Refuses with what to type."""
    given = text.replace("\x00", "").strip()
    if not given:
        return None
    if column.kind == ColumnKind.DATE:
        return _day(given, near).isoformat()
    if is_counted(column):
        return milli_of(given[:60])
    if len(given) > MOST_CELL:
        raise Refused(
            f"ยาวเกิน {MOST_CELL:,} ตัวอักษร โปรดสรุปให้สั้นลง", code="cell_too_long", status=400
        )
    return given


def _day(given: str, near: date) -> date:
    written = parse_date(given, near=near - _HALF_A_YEAR)
    if written is None:
        raise Refused(
            f"อ่าน “{given[:40]}” เป็นวันที่ไม่ได้ พิมพ์อย่างนี้ได้: 15 มี.ค. 69", code="not_a_day", status=400
        )
    if written.value is None or not 1957 <= written.value.year <= 2157:
        raise Refused(f"“{given[:40]}” ไม่น่าใช่วันที่ โปรดตรวจปี พ.ศ.", code="not_a_day", status=400)
    return written.value


def cell_words(column: TableColumn, cell: TableCell | None) -> str:
    """ช่องเป็นคำ, as it can be typed again: 1,250.5, 15 มี.ค. 2569."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return in_digits(cell)
    if column.kind == ColumnKind.DATE:
        return format_date(date.fromisoformat(cell), style="short")
    return cell


def row_words(columns: Iterable[TableColumn], cells: Mapping[str, TableCell]) -> str:
    """แถวเป็นคำ: its cells side by side; of a row that is not there, that."""
    told = (cell_words(column, cells.get(column.key)) for column in columns)
    return " · ".join(words for words in told if words) or "ไม่มีแถวนี้แล้ว"


def check_cells(columns: Sequence[TableColumn], cells: Mapping[str, TableCell]) -> None:
    """Refuse cells that are not as their columns want them; whoever typed them read each first."""
    by_key = {column.key: column for column in columns}
    for key, cell in cells.items():
        column = by_key.get(key)
        if column is None:
            raise Refused("ตารางนี้ไม่มีสดมภ์ที่ส่งมา", code="unknown_column", status=400)
        if is_counted(column):
            if not isinstance(cell, int) or isinstance(cell, bool) or abs(cell) > MOST_MILLI:
                raise Refused(
                    f"“{column.text}”: ไม่ใช่ตัวเลข หรือใหญ่เกินไป", code="wrong_cell", status=400
                )
        elif not isinstance(cell, str) or not cell.strip() or len(cell) > MOST_CELL:
            raise Refused(f"“{column.text}”: ไม่มีข้อความ หรือยาวเกินไป", code="wrong_cell", status=400)
        elif column.kind == ColumnKind.DATE:
            _check_day(column, cell)


def _check_day(column: TableColumn, cell: str) -> None:
    try:
        date.fromisoformat(cell)
    except ValueError as fault:
        raise Refused(f"“{column.text}”: ไม่ใช่วันที่", code="wrong_cell", status=400) from fault


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """ยอดรวมของสดมภ์หนึ่ง: of how many rows that gave a number, of how many houses."""

    column: TableColumn
    given: int = 0
    houses: int = 0
    sum_milli: int = 0


def column_sums(
    columns: Sequence[TableColumn], tables: Iterable[Sequence[TableRow]]
) -> list[ColumnSum]:
    """ยอดรวมของสดมภ์ที่แบบให้รวม, over the tables of all houses; an empty cell is no nought."""
    summed = [column for column in columns if column.is_summed]
    given, houses, sums = ({column.key: 0 for column in summed} for _ in range(3))
    for rows in tables:
        for column in summed:
            numbers = [cell for row in rows if isinstance(cell := row.cells.get(column.key), int)]
            given[column.key] += len(numbers)
            houses[column.key] += bool(numbers)
            sums[column.key] += sum(numbers)
    return [
        ColumnSum(column, given[column.key], houses[column.key], sums[column.key])
        for column in summed
    ]
