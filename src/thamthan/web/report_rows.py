"""A table on the page of a report: rows as they stand or were typed, and what is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from thamthan.errors import Refused
from thamthan.reports.rules import (
    MOST_TABLE_ROWS,
    RowEdit,
    TableCell,
    TableColumn,
    TableRow,
    cell_words,
    column_heading,
    columns_of,
    is_counted,
    read_cell,
    row_words,
    rows_of,
)

if TYPE_CHECKING:
    from django.http import QueryDict

    from thamthan.reports.actions import Conflict
    from thamthan.reports.models import Question
    from thamthan.reports.rules import RowClash

# Empty rows to write in, for whoever has no JavaScript to add one.
SPARE_ROWS = 3
_ROW_KEY = re.compile(r"[0-9a-z]{4,32}")


@dataclass(frozen=True, slots=True)
class CellShown:
    """ช่องหนึ่งของตาราง: its column, what stands in it, and what is wrong with it."""

    column: TableColumn
    words: str = ""
    problem: str = ""

    @property
    def heading(self) -> str:
        return column_heading(self.column)

    @property
    def is_counted(self) -> bool:
        return is_counted(self.column)


@dataclass(frozen=True, slots=True)
class RowShown:
    """แถวหนึ่งของตาราง: the mark of what its writer sees, and what another wrote meanwhile."""

    key: str
    seen: str
    cells: tuple[CellShown, ...]
    theirs: str = ""
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class RowsTyped:
    """แถวที่พิมพ์มา: those that can be read, and of the others what is wrong, cell by cell."""

    edits: tuple[RowEdit, ...] = ()
    problems: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        count = sum(len(one) for one in self.problems.values())
        return f"มี {count} ช่องในตารางที่ต้องแก้ แถวอื่นบันทึกแล้ว" if count else ""


def rows_typed(given: "QueryDict", question: "Question") -> RowsTyped:
    """Every row that was sent, each cell read as its column wants it; at most so many as fit."""
    columns = columns_of(question.columns)
    edits, problems = [], {}
    keys = [key for key in given.getlist(f"rk-{question.key}") if _ROW_KEY.fullmatch(key)]
    for key in dict.fromkeys(keys[: 2 * MOST_TABLE_ROWS]):
        cells, wrong = _cells(given, question, key, columns)
        if wrong:
            problems[key] = wrong
        else:
            edits.append(RowEdit(key, given.get(f"rm-{question.key}-{key}", "")[:12], cells))
    return RowsTyped(tuple(edits), problems)


def _cells(
    given: "QueryDict", question: "Question", key: str, columns: tuple[TableColumn, ...]
) -> tuple[dict[str, TableCell], dict[str, str]]:
    cells: dict[str, TableCell] = {}
    wrong: dict[str, str] = {}
    if given.get(f"rx-{question.key}-{key}"):
        return cells, wrong
    today = timezone.localdate()
    for column in columns:
        typed = given.get(f"c-{question.key}-{key}-{column.key}", "").replace("\r\n", "\n")
        try:
            cell = read_cell(column, typed, near=today)
        except Refused as refused:
            wrong[column.key] = refused.message
            continue
        if cell is not None:
            cells[column.key] = cell
    return cells, wrong


def clash_words(columns: tuple[TableColumn, ...], clash: "RowClash", who: str) -> str:
    """What another made of the row meanwhile, and who."""
    if clash.is_full:
        return f"ตารางมีครบ {MOST_TABLE_ROWS} แถวแล้ว แถวนี้ยังไม่ได้บันทึก"
    if clash.theirs is None:
        return f"อีกคนลบแถวนี้แล้ว ({who})"
    return f"อีกคนแก้เป็น: {row_words(columns, clash.theirs.cells)} ({who})"


def rows_shown(
    question: "Question",
    rows: list[dict[str, Any]],
    *,
    given: "QueryDict | None",
    typed: RowsTyped,
    conflict: "Conflict | None",
) -> list[RowShown]:
    """The rows as they stand, in their place those that were not taken, and a few empty ones."""
    columns = columns_of(question.columns)
    clashes = {one.yours.key: one for one in conflict.clashes} if conflict else {}
    is_whole = conflict is not None and not clashes
    there = {row.key: row for row in rows_of(rows)}
    shown = {key: _as_kept(row, columns) for key, row in there.items()}
    for key in dict.fromkeys(given.getlist(f"rk-{question.key}") if given is not None else ()):
        if given is None or not (is_whole or key in clashes or key in typed.problems):
            continue
        mark = there[key].mark if key in there else ""
        clash = clashes.get(key)
        theirs = ""
        if clash is not None and conflict is not None:
            theirs = clash_words(columns, clash, conflict.theirs.changed_words)
        else:
            mark = given.get(f"rm-{question.key}-{key}", "")
        row = _as_typed(given, question, key, columns, typed.problems.get(key, {}))
        shown[key] = RowShown(key, mark, row.cells, theirs, row.is_removed)
    spare = min(SPARE_ROWS, MOST_TABLE_ROWS - len(shown))
    empty = [RowShown(token_hex(6), "", _empty(columns)) for _ in range(spare)]
    return [*shown.values(), *empty]


def blank_row(question: "Question") -> RowShown:
    """แถวว่าง, from which the page makes new ones."""
    return RowShown("__row__", "", _empty(columns_of(question.columns)))


def _empty(columns: tuple[TableColumn, ...]) -> tuple[CellShown, ...]:
    return tuple(CellShown(column) for column in columns)


def _as_kept(row: TableRow, columns: tuple[TableColumn, ...]) -> RowShown:
    cells = (CellShown(column, cell_words(column, row.cells.get(column.key))) for column in columns)
    return RowShown(row.key, row.mark, tuple(cells))


def _as_typed(
    given: "QueryDict",
    question: "Question",
    key: str,
    columns: tuple[TableColumn, ...],
    problems: Mapping[str, str],
) -> RowShown:
    cells = tuple(
        CellShown(
            column,
            given.get(f"c-{question.key}-{key}-{column.key}", ""),
            problems.get(column.key, ""),
        )
        for column in columns
    )
    return RowShown(key, "", cells, is_removed=bool(given.get(f"rx-{question.key}-{key}")))


def table_told(
    question: "Question",
    rows: list[dict[str, Any]],
    typed: RowsTyped,
    conflict: "Conflict | None",
) -> dict[str, Any]:
    """What the page is told after saving: rows as they stand now, and what of its own is left."""
    columns = columns_of(question.columns)

    def cells(row: TableRow) -> dict[str, str]:
        return {column.key: cell_words(column, row.cells.get(column.key)) for column in columns}

    clashes = {}
    for one in conflict.clashes if conflict is not None else ():
        clashes[one.yours.key] = {
            "words": clash_words(columns, one, conflict.theirs.changed_words if conflict else ""),
            "seen": one.theirs.mark if one.theirs is not None else "",
            "cells": cells(one.theirs) if one.theirs is not None else None,
            "full": one.is_full,
        }
    return {
        "rows": [{"key": row.key, "seen": row.mark, "cells": cells(row)} for row in rows_of(rows)],
        "problems": typed.problems,
        "clashes": clashes,
    }
