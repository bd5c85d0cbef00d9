"""ตารางที่กรอกใน Excel: the rows that were changed in the file, each cell read or told why not."""

import re
from collections.abc import Mapping

from django.utils import timezone

from thamthan.errors import Refused
from thamthan.reading.form_sheet import FieldRead, FormRead, TableRead
from thamthan.reports.actions.answering import Given
from thamthan.reports.models import Question
from thamthan.reports.queries.workbooks import Stamped
from thamthan.reports.rules import (
    AnswerStanding,
    RowEdit,
    TableCell,
    TableColumn,
    columns_of,
    read_cell,
)
from thamthan.thai.text import squeeze
from thamthan.writing.form_tables import TABLE_STANDINGS

_KEY = re.compile(r"[0-9a-z]{4,32}")
_STANDING = {
    TABLE_STANDINGS[1]: AnswerStanding.NONE,
    TABLE_STANDINGS[2]: AnswerStanding.NOT_APPLICABLE,
}


def tables_read(
    read: FormRead, told: Stamped, questions: Mapping[str, Question]
) -> tuple[dict[str, Given], dict[str, str]]:
    """Tables that differ from what stood in them when the form went out, and what is wrong."""
    answers: dict[str, Given] = {}
    problems: dict[str, str] = {}
    for number, (key, (version, standing, marks)) in enumerate(told.tables.items(), start=1):
        table, question = read.tables.get(number), questions.get(key)
        if table is None or question is None:
            problems[key] = f"แผ่นงาน “ตาราง {number}” หายไปจากไฟล์"
            continue
        said = _STANDING.get(table.standing)
        if said is not None:
            if table.standing != standing:
                answers[key] = Given(said, version)
            continue
        edits, wrong = _edits(table, columns_of(question.columns), marks)
        if wrong:
            problems[key] = f"{squeeze(question.text)[:60]}: {' · '.join(wrong[:5])}"
        if edits or standing in _STANDING:
            answers[key] = Given(AnswerStanding.GIVEN, version, edits=tuple(edits))
    return answers, problems


def _edits(
    table: TableRead, columns: tuple[TableColumn, ...], marks: Mapping[str, str]
) -> tuple[list[RowEdit], list[str]]:
    edits, wrong = [], []
    for place, (key, cells) in enumerate(table.rows.items(), start=1):
        if not _KEY.fullmatch(key):
            continue
        try:
            edit = RowEdit(key, marks.get(key, ""), _cells(cells, columns))
        except Refused as refused:
            wrong.append(f"แถวที่ {place} {refused.message}")
            continue
        if edit.mark != edit.seen:
            edits.append(edit)
    return edits, wrong


def _cells(given: tuple[FieldRead, ...], columns: tuple[TableColumn, ...]) -> dict[str, TableCell]:
    today = timezone.localdate()
    cells: dict[str, TableCell] = {}
    for column, one in zip(columns, given, strict=False):
        if one.problem:
            raise Refused(f"“{column.text}” {one.problem}", code="wrong_cell", status=400)
        try:
            cell = read_cell(column, one.value, near=today)
        except Refused as refused:
            raise Refused(
                f"“{column.text}” {refused.message}", code="wrong_cell", status=400
            ) from refused
        if cell is not None:
            cells[column.key] = cell
    return cells
