"""The fields of a report's page: what was typed into them, and how each one stands there."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thamthan.errors import Refused
from thamthan.projects.rules import in_digits, milli_of
from thamthan.reports.actions import Given
from thamthan.reports.rules import COUNTED, LISTED, AnswerStanding, QuestionKind, columns_of
from thamthan.web.report_rows import (
    RowShown,
    RowsTyped,
    blank_row,
    rows_shown,
    rows_typed,
)
from thamthan.web.typed import whole_typed

if TYPE_CHECKING:
    from django.http import QueryDict

    from thamthan.reports.actions import Conflict
    from thamthan.reports.models import Question, Report
    from thamthan.reports.queries import FormLine
    from thamthan.reports.rules import TableColumn

_NOTHING_TYPED = RowsTyped()


@dataclass(frozen=True, slots=True)
class Field:
    """ช่องหนึ่งของแบบ: the question, what stands in it, and what is wrong with what was typed."""

    line: "FormLine"
    value: str
    of: str
    text: str
    standing: str
    seen: int
    problem: str = ""
    theirs: str = ""
    rows: list[RowShown] = field(default_factory=list)

    @property
    def columns(self) -> "tuple[TableColumn, ...]":
        return columns_of(self.line.question.columns)

    @property
    def blank_row(self) -> RowShown:
        return blank_row(self.line.question)


@dataclass(frozen=True, slots=True)
class FormTyped:
    """ทุกช่องที่พิมพ์มา: answers, what is wrong with the others, and tables row by row."""

    answers: dict[str, Given]
    problems: dict[str, str]
    tables: dict[str, RowsTyped]


def form_typed(given: "QueryDict", row: "Report") -> FormTyped:
    """What was typed, by question; fields that were not sent stay."""
    typed = FormTyped({}, {}, {})
    for question in row.round.questions.all():
        key = question.key
        if f"s-{key}" not in given:
            continue
        try:
            if question.kind == QuestionKind.TABLE:
                rows = typed.tables[key] = rows_typed(given, question)
                typed.answers[key] = _table(given, question, rows)
                if rows.problems:
                    typed.problems[key] = rows.words
            else:
                typed.answers[key] = _answer(given, question)
        except Refused as refused:
            typed.problems[key] = refused.message
    return typed


def _seen(given: "QueryDict", question: "Question") -> int:
    return whole_typed(given.get(f"v-{question.key}", ""), most=9) or 0


def _table(given: "QueryDict", question: "Question", rows: RowsTyped) -> Given:
    standing = given.get(f"s-{question.key}", "")
    if standing in {AnswerStanding.NONE, AnswerStanding.NOT_APPLICABLE}:
        return Given(AnswerStanding(standing), _seen(given, question))
    return Given(AnswerStanding.GIVEN, _seen(given, question), edits=rows.edits)


def _answer(given: "QueryDict", question: "Question") -> Given:
    key, seen = question.key, _seen(given, question)
    text = given.get(f"t-{key}", "").replace("\r\n", "\n").strip()
    if question.kind in LISTED:
        kept = set(given.getlist(f"k-{key}"))
        shown = [whole_typed(one) for one in given.getlist(f"l-{key}")]
        left_out = [one for one in shown if one is not None and str(one) not in kept]
        return Given(AnswerStanding.GIVEN, seen, text=text, left_out=left_out)
    standing = given.get(f"s-{key}", "")
    if standing in {AnswerStanding.NONE, AnswerStanding.NOT_APPLICABLE}:
        return Given(AnswerStanding(standing), seen)
    if question.kind == QuestionKind.TEXT:
        return Given(AnswerStanding.GIVEN if text else AnswerStanding.BLANK, seen, text=text)
    value = milli_of(given.get(f"n-{key}", "")[:60])
    if value is None:
        return Given(AnswerStanding.BLANK, seen)
    of = None
    if question.kind == QuestionKind.SHARE:
        of = milli_of(given.get(f"o-{key}", "")[:60], of="ตัวหาร")
    sure_of = given.getlist(f"w-{key}")[:20]
    return Given(AnswerStanding.GIVEN, seen, value, of, sure_of=sure_of)


def field_of(
    line: "FormLine",
    given: "QueryDict | None",
    typed: FormTyped | None,
    conflict: "Conflict | None",
) -> Field:
    """How one question stands on the page: as it is kept, or as it was typed and not taken."""
    question, key = line.question, line.question.key
    value = in_digits(line.value_milli) if line.value_milli is not None else ""
    of = in_digits(line.of_milli) if line.of_milli is not None else ""
    text, standing, seen = line.text, line.standing, line.version
    problem = typed.problems.get(key, "") if typed is not None else ""
    if given is not None and f"s-{key}" in given and question.kind not in LISTED:
        value, of = given.get(f"n-{key}", value), given.get(f"o-{key}", of)
        text, standing = given.get(f"t-{key}", text), given.get(f"s-{key}", standing)
    theirs = ""
    rows: list[RowShown] = []
    if conflict is not None and not conflict.clashes:
        theirs = told(conflict)
        text = conflict.yours.text if question.kind in LISTED else text
    elif given is not None and problem and question.kind != QuestionKind.TABLE:
        seen = _seen(given, question)
    if question.kind == QuestionKind.TABLE:
        if standing == AnswerStanding.GIVEN and not line.rows:
            standing = AnswerStanding.BLANK
        tables = typed.tables if typed is not None else {}
        rows = rows_shown(
            question, line.rows, given=given, typed=tables.get(key, _NOTHING_TYPED),
            conflict=conflict,
        )  # fmt: skip
        if conflict is not None and conflict.clashes:
            problem = f"อีกคนแก้ {len(conflict.clashes)} แถวไม่ตรงกับท่าน ดูในตาราง {problem}".strip()
    return Field(line, value, of, text, standing, seen, problem, theirs, rows)


def told(conflict: "Conflict") -> str:
    """What another wrote there, in words."""
    theirs, question = conflict.theirs, conflict.question
    if question.kind in LISTED:
        said = f"ไม่รวม {len(theirs.left_out)} รายการ {theirs.text}".strip()
    elif theirs.standing != AnswerStanding.GIVEN:
        said = str(AnswerStanding(theirs.standing).label)
    elif question.kind in COUNTED:
        said = in_digits(theirs.value_milli or 0)
        if theirs.of_milli is not None:
            said += f" จาก {in_digits(theirs.of_milli)}"
    elif question.kind == QuestionKind.TABLE:
        said = f"ตาราง {len(theirs.rows)} แถว"
    else:
        said = theirs.text
    return f"{said} ({theirs.changed_words})"


def fields_told(conflict: "Conflict") -> dict[str, Any]:
    """What another wrote, as the fields of the page hold it."""
    theirs = conflict.theirs
    is_number = theirs.standing == AnswerStanding.GIVEN and theirs.value_milli is not None
    return {
        "n": in_digits(theirs.value_milli) if is_number and theirs.value_milli is not None else "",
        "o": in_digits(theirs.of_milli) if theirs.of_milli is not None else "",
        "t": theirs.text,
        "s": theirs.standing if theirs.standing != AnswerStanding.BLANK else "given",
        "left_out": [str(one) for one in theirs.left_out],
    }


def line_told(line: "FormLine") -> dict[str, Any]:
    """How a field stands now that nobody typed: the system may have filled it anew."""
    return {
        "n": in_digits(line.value_milli) if line.value_milli is not None else "",
        "o": in_digits(line.of_milli) if line.of_milli is not None else "",
        "t": line.text,
    }


def knows_words(line: "FormLine") -> str:
    """“ระบบรู้ว่า …”, beside what a person wrote otherwise."""
    if line.known.value_milli is None:
        return f"ระบบรู้ว่า {line.known.text[:120]}"
    return f"ระบบรู้ว่า {in_digits(line.known.value_milli)} {line.question.unit}".strip()


def doubts_told(line: "FormLine") -> list[dict[str, Any]]:
    """ข้อที่ต้องยืนยันของช่องหนึ่ง."""
    return [
        {"key": doubt.key, "words": doubt.words, "sure": is_sure} for doubt, is_sure in line.doubts
    ]
