"""Answers of a report as it was sent or put up: what stands there, and what changed since."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ninja import Field, Schema

from thamthan.api.kinds import Number, number_told
from thamthan.reports.rules import AnswerStanding, QuestionKind

if TYPE_CHECKING:
    from thamthan.reports.queries import AnswerLine


class CellSaidOut(Schema):
    """ช่องของตาราง; `was` is what stood there where it changed."""

    heading: str
    words: str
    was: str | None


class RowSaidOut(Schema):
    """แถวของตาราง; `change` since the accepted version: added, changed, removed, or empty."""

    change: str
    cells: list[CellSaidOut]


class WarnedOut(Schema):
    """คำเตือนของตัวเลข, and whether whoever filled it in said that it is so."""

    words: str
    is_sure: bool


class AnswerSaidOut(Schema):
    """คำตอบหนึ่งข้อ as it was sent or put up."""

    key: str
    heading: str
    text: str
    kind: QuestionKind
    unit: str
    standing: AnswerStanding
    value: Number
    of: Number
    words: str
    rows: list[RowSaidOut] = Field(description="of a table")
    warned: list[WarnedOut]
    is_changed: bool = Field(description="since the version that was accepted")


def answers_said(lines: "Sequence[AnswerLine]") -> list[AnswerSaidOut]:
    """คำตอบทุกข้อ, in the order of the form."""
    return [
        AnswerSaidOut(
            key=line.question.key,
            heading=line.question.heading,
            text=line.question.text,
            kind=QuestionKind(line.question.kind),
            unit=line.question.unit,
            standing=AnswerStanding(line.standing),
            value=number_told(line.told.get("value_milli")),
            of=number_told(line.told.get("of_milli")),
            words=line.told.get("text", ""),
            rows=[
                RowSaidOut(
                    change=row.change,
                    cells=[
                        CellSaidOut(heading=cell.heading, words=cell.words, was=cell.was)
                        for cell in row.cells
                    ],
                )
                for row in line.table
            ],
            warned=[WarnedOut(words=one["words"], is_sure=one["sure"]) for one in line.warned],
            is_changed=line.is_changed,
        )
        for line in lines
    ]
