"""Tables and doubts of a report as programs read and write them."""

from typing import TYPE_CHECKING

from django.utils import timezone
from ninja import Field, Schema

from thamthan.api.kinds import number_told
from thamthan.errors import Refused
from thamthan.reports.rules import (
    QuestionKind,
    RowEdit,
    cell_words,
    columns_of,
    read_cell,
    rows_of,
)

if TYPE_CHECKING:
    from thamthan.reports.actions import Conflict
    from thamthan.reports.queries import FormLine
    from thamthan.reports.rules import TableColumn


class FigureDoubtOut(Schema):
    """ข้อที่ต้องยืนยัน of a number; `key` goes back in `sure_of`."""

    key: str
    words: str
    is_sure: bool


class TableRowOut(Schema):
    """แถวของตาราง; `seen` goes back with what is changed in it."""

    key: str
    seen: str
    cells: dict[str, str]


class TableRowIn(Schema):
    """แถวที่กรอก, cells as they are typed; `seen` is empty for a new row, cells for a removed one."""

    key: str = Field(pattern="^[0-9a-z]{4,32}$")
    seen: str = Field("", max_length=12)
    cells: dict[str, str] = Field(default_factory=dict, max_length=40)


def rows_told(line: "FormLine") -> list[TableRowOut]:
    """แถวของคำตอบที่เป็นตาราง; none of another answer."""
    if line.question.kind != QuestionKind.TABLE:
        return []
    columns = columns_of(line.question.columns)
    return [
        TableRowOut(
            key=row.key,
            seen=row.mark,
            cells={one.key: cell_words(one, row.cells.get(one.key)) for one in columns},
        )
        for row in rows_of(line.rows)
    ]


def edit_of(row: TableRowIn, columns: "tuple[TableColumn, ...]") -> RowEdit:
    """แถวที่กรอก, each cell read as its column wants it, or refused in words."""
    by_key = {column.key: column for column in columns}
    if not row.cells.keys() <= by_key.keys():
        raise Refused("ตารางนี้ไม่มีสดมภ์ที่ส่งมา", code="unknown_column", status=400)
    today = timezone.localdate()
    read = {key: read_cell(by_key[key], text, near=today) for key, text in row.cells.items()}
    return RowEdit(row.key, row.seen, {key: cell for key, cell in read.items() if cell is not None})


def doubts_told(line: "FormLine") -> list[FigureDoubtOut]:
    """ข้อที่ต้องยืนยันของคำตอบ."""
    return [
        FigureDoubtOut(key=one.key, words=one.words, is_sure=is_sure)
        for one, is_sure in line.doubts
    ]


def conflict_told(one: "Conflict") -> str:
    """คำของอีกคน where two wrote differently: what stands there, as it was before."""
    return " / ".join(one.told_clashes) or number_told(one.theirs.value_milli) or one.theirs.text
