"""A table in a report for the tests: roads that were mended."""

from typing import Any

from thamthan.reports.models import Question, Report
from thamthan.reports.rules import QuestionKind, rows_of

COLUMNS = [
    {"key": "road", "text": "ถนน", "kind": "text", "unit": "", "sum": False},
    {"key": "length", "text": "ระยะทาง", "kind": "number", "unit": "เมตร", "sum": True},
    {"key": "cost", "text": "ค่าใช้จ่าย", "kind": "money", "unit": "บาท", "sum": True},
    {"key": "done", "text": "แล้วเสร็จ", "kind": "date", "unit": "", "sum": False},
]


def with_table(report: Report) -> Question:
    """A question of roads in the round, behind all others."""
    last = report.round.questions.last()
    assert last is not None
    return Question.objects.create(
        round=report.round, position=last.position + 1, key="roads", text="ถนนที่ซ่อม",
        kind=QuestionKind.TABLE, is_required=False, over_places="list", over_periods="latest",
        columns=COLUMNS,
    )  # fmt: skip


def roads(report: Report) -> dict[str, Any]:
    return {
        row.key: dict(row.cells) for row in rows_of(report.answers.get(question__key="roads").rows)
    }
