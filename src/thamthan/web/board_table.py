"""A status board as a table to print or to count in: organisations by clauses, states in words."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from thamthan.directives.rules import Show
from thamthan.thai.dates import format_date
from thamthan.writing import Cell, Column, Table

if TYPE_CHECKING:
    from thamthan.directives.queries import Board, Clause, ReceiverLine, Standing

_LONGEST_HEADING = 60


def board_table(board: "Board", *, words: tuple[str, ...], today: date) -> Table:
    """ตารางติดตาม without its rows: who has not stands in the heading, n of m in the last line."""
    return Table(
        title=f"ติดตามการดำเนินการ เรื่อง {board.order.title}",
        subtitle=f"{board.within.name} · {' · '.join(words)} · ณ {format_date(today)}",
        columns=(
            Column("ที่", 4, "center"),
            Column("จังหวัด", 10),
            Column("อำเภอ", 10),
            Column("หน่วยงาน", 18),
            *(Column(_heading(column), 12) for column in board.columns),
            Column("ยังไม่ส่ง", 6, "right"),
            Column("เลยกำหนด", 6, "right"),
            Column("ความล่าสุด", 18),
        ),
        rows=(),
        foot=" · ".join(words),
    )


def board_rows(lines: "Iterable[ReceiverLine]") -> Iterator[tuple[Cell, ...]]:
    """The rows of that table, one by one; words are found once for all that stand alike."""
    state = cache(_state)
    for number, line in enumerate(lines, start=1):
        yield (
            number,
            line.province,
            line.district,
            line.name,
            *map(state, line.cells),
            line.waiting,
            line.late,
            line.last_word,
        )


def _heading(column: "Clause") -> str:
    text = column.text if len(column.text) <= _LONGEST_HEADING else f"{column.text[:57]}…"
    due = f" กำหนด {format_date(column.due_on, style='short')}" if column.due_on else ""
    return f"{column.label} {text}{due}"


def _state(cell: "Standing | None") -> str:
    """The state and, while an answer is waited for, its day."""
    if cell is None:
        return ""
    if cell.due_on is None or not cell.is_waiting:
        return cell.state.label
    day = format_date(cell.due_on, style="short")
    return (
        f"{cell.state.label} {Show.LATE.label} {day}"
        if cell.is_late
        else f"{cell.state.label} กำหนด {day}"
    )
