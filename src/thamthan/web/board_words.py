"""The words and cells of a status board: the answer in its heading, a cell for each figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from thamthan.directives.rules import AssignmentState, Show
from thamthan.letters.queries import working_calendar
from thamthan.thai.dates import format_date

if TYPE_CHECKING:
    from thamthan.directives.queries import Clause, Heads, Tally, TaskCell

# Beside its word each state has a shape, so that colour is never alone.
SHAPES = {
    AssignmentState.SENT: "○",
    AssignmentState.ACKNOWLEDGED: "◔",
    AssignmentState.UNDER_WAY: "◑",
    AssignmentState.ANSWERED: "●",
    AssignmentState.RETURNED: "↩",
    AssignmentState.DONE: "✓",
    AssignmentState.NIL: "∅",
    AssignmentState.DECLINED: "✕",
}
_KINDS = {
    AssignmentState.SENT: "new",
    AssignmentState.ACKNOWLEDGED: "",
    AssignmentState.UNDER_WAY: "accent",
    AssignmentState.ANSWERED: "done",
    AssignmentState.RETURNED: "doubt",
    AssignmentState.DONE: "done",
    AssignmentState.NIL: "done",
    AssignmentState.DECLINED: "",
}
STATES = [(state.label, SHAPES[state], _KINDS[state]) for state in AssignmentState]


def answer_of(heads: "Heads", show: Show) -> list[str]:
    """คำตอบของกระดาน: how many organisations have not, of how many; and how many are late."""
    if not heads.whole:
        return ["ยังไม่มีหน่วยงานที่ได้รับเรื่องนี้"]
    if show not in {Show.ALL, Show.WAITING}:
        if not heads.shown:
            return [f"ไม่มีหน่วยงานที่{show.label} จาก {heads.whole:,} แห่ง"]
        return [f"{show.label} {heads.shown:,} จาก {heads.whole:,} แห่ง"]
    if not heads.waiting:
        return [f"ส่งครบทั้ง {heads.whole:,} แห่งแล้ว"]
    late = [f"เลยกำหนด {heads.late:,}"] if heads.late else []
    return [f"ยังส่งไม่ครบ {heads.waiting:,} จาก {heads.whole:,} แห่ง", *late]


def progress_of(whole: "Tally") -> str:
    """n จาก m, of tasks; a part is never given without both."""
    if not whole.whole:
        return "ยังไม่มีงาน"
    return f"ส่งแล้ว {whole.answered:,} จาก {whole.whole:,} งาน"


def tally_cells(
    cells: "Iterable[Tally | None]", columns: "Iterable[Clause]", show: Show
) -> SafeString:
    """The cells of one area, made at once: a country has a thousand on a page."""
    parts = []
    for cell, column in zip(cells, columns, strict=True):
        label = conditional_escape(column.label)
        if cell is None or not cell.whole:
            parts.append(f'<td class="cell none" data-label="{label}"><span>–</span></td>')
            continue
        parts.append(_tally_cell(cell, label, show))
    return mark_safe("".join(parts))  # noqa: S308 – numbers, and a label that is escaped


def _tally_cell(cell: "Tally", label: str, show: Show) -> str:
    counts = f"{cell.whole},{cell.waiting},{cell.late},{cell.unreceived},{cell.unstarted},"
    facts = f'data-label="{label}" data-n="{counts}{cell.returned}"'
    if show in {Show.ALL, Show.WAITING}:
        kind = " full" if not cell.waiting else ""
        late = f'<i class="late">▲{cell.late:,} เลย</i>' if cell.late else ""
        shown = cell.answered
    else:
        shown = cell.shown(show)
        kind = "" if shown else " none"
        late = ""
    return f'<td class="cell{kind}" {facts}><b>{shown:,}</b>/{cell.whole:,}{late}</td>'


@dataclass(frozen=True, slots=True)
class StateCell:
    """ช่องสถานะของงานหนึ่ง as a page shows it."""

    label: str
    words: str
    shape: str
    kind: str
    is_dim: bool
    left: str
    is_late: bool


class DaysLeft:
    """วันที่เหลือ in words, counted once for each day however many tasks have it."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._calendar = working_calendar(today)
        self._known: dict[date, str] = {}

    def words(self, due_on: date | None) -> str:
        if due_on is None:
            return ""
        if due_on not in self._known:
            self._known[due_on] = self._words(due_on)
        return self._known[due_on]

    def _words(self, due_on: date) -> str:
        if due_on < self._today:
            return f"เลย {(self._today - due_on).days:,} วัน"
        if due_on == self._today:
            return "ครบกำหนดวันนี้"
        days = self._calendar.working_days_between(self._today, due_on)
        return f"เหลือ {days:,} วันทำการ" if days <= 60 else format_date(due_on, style="list")


def state_cell(cell: "TaskCell | None", column: "Clause", left: DaysLeft) -> StateCell:
    if cell is None:
        return StateCell(column.label, "ไม่ได้มอบ", "", "none", True, "", False)
    return StateCell(
        label=column.label,
        words=cell.label,
        shape=SHAPES[cell.state],
        kind="late" if cell.is_late else _KINDS[cell.state],
        is_dim=not cell.is_shown,
        left=left.words(cell.due_on) if cell.is_waiting else "",
        is_late=cell.is_late,
    )
