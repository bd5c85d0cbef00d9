"""A status board as a table to print or to count in: organisations by clauses, states in words."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from thamthan.directives.rules import Show
from thamthan.thai.dates import format_date
from thamthan.writing import Column, Table

if TYPE_CHECKING:
    from thamthan.directives.queries import Board, Clause, ReceiverRow, TaskCell

_LONGEST_HEADING = 60


def board_table(
    board: "Board", rows: "Iterable[ReceiverRow]", *, words: tuple[str, ...], today: date
) -> Table:
    """ตารางติดตาม: who has not stands in the heading, n of m in the last line."""
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
        rows=tuple(
            (
                number,
                row.handing.province.short_name if row.handing.province else "",
                row.handing.district.short_name if row.handing.district else "",
                row.organisation.name,
                *(_state(cell) for cell in row.cells),
                row.waiting,
                row.late,
                row.last.last_word if row.last else "",
            )
            for number, row in enumerate(rows, start=1)
        ),
        foot=" · ".join(words),
    )


def _heading(column: "Clause") -> str:
    text = column.text if len(column.text) <= _LONGEST_HEADING else f"{column.text[:57]}…"
    due = f" กำหนด {format_date(column.due_on, style='short')}" if column.due_on else ""
    return f"{column.label} {text}{due}"


def _state(cell: "TaskCell | None") -> str:
    """The state and, while an answer is waited for, its day."""
    if cell is None:
        return ""
    if cell.due_on is None or not cell.is_waiting:
        return cell.label
    day = format_date(cell.due_on, style="short")
    return f"{cell.label} {Show.LATE.label} {day}" if cell.is_late else f"{cell.label} กำหนด {day}"
