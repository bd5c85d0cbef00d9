"""ทำรายงาน: filled from what is known, saved answer by answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.actions.checks import (
    Sheet,
    check_writable,
    check_writes,
    locked_sheet,
    withdraw_proposals,
)
from thamthan.reports.actions.confirming import confirm_doubts
from thamthan.reports.actions.tables import put_rows
from thamthan.reports.knowing import Known, known_for
from thamthan.reports.models import Answer, Question, Report
from thamthan.reports.rules import (
    COUNTED,
    LISTED,
    MOST_MILLI,
    AnswerStanding,
    QuestionKind,
    RowClash,
    RowEdit,
    check_cells,
    columns_of,
    row_words,
)
from thamthan.thai.text import squeeze

MOST_TEXT, MOST_ROWS = 20_000, 500


@dataclass(frozen=True, slots=True)
class Given:
    """คำตอบที่กรอก of one question, and the version of it that whoever wrote had seen (0: none).

    Of a table, the rows that were changed; of a list of projects or evidence, the keys of what is
    left out, and in `text` a note. `sure_of` are the keys of the doubts that a person confirmed,
    which hold for the number that was shown with them and for no other.
    """

    standing: AnswerStanding
    seen_version: int
    value_milli: int | None = None
    of_milli: int | None = None
    text: str = ""
    edits: tuple[RowEdit, ...] = ()
    left_out: Collection[int] = ()
    sure_of: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """ช่องที่สองคนกรอกไม่ตรงกัน: what stands there, and what was brought; nothing is overwritten.

    Of a table the rows that clash; without them it is the whole table.
    """

    question: Question
    theirs: Answer
    yours: Given
    clashes: tuple[RowClash, ...] = ()

    @property
    def told_clashes(self) -> list[str]:
        """แถวที่ไม่ตรงกัน in words: what stands there, and what was brought."""
        columns = columns_of(self.question.columns)
        return [
            f"ในระบบ {row_words(columns, one.theirs.cells if one.theirs else {})}"
            f" ({self.theirs.changed_words}) ที่นำเข้า {row_words(columns, one.yours.cells)}"
            for one in self.clashes
        ]


@transaction.atomic
def fill_report(report: Report, *, by: Post, from_file: bool = False) -> int:
    """เติมจากที่ระบบรู้: every question that nobody typed; how many changed. What was typed stays."""
    sheet = locked_sheet(report)
    check_writes(sheet.report, by, from_file=from_file)
    check_writable(sheet.report)
    return fill_sheet(sheet, by)


def fill_sheet(sheet: Sheet, by: Post) -> int:
    """`fill_report`, of a sheet that is held and may be written."""
    locked, changed = sheet.report, []
    known = known_for(locked, sheet.questions)
    for question in sheet.questions:
        found = known.get(question.pk, Known())
        answer = sheet.answers.get(question.pk) or Answer(report=locked, question=question)
        if _put_known(answer, question, found):
            changed.append(answer)
    # A person's word is not changed by what is known beside it: neither its version nor its writer.
    _save(sheet, [one for one in changed if not one.is_typed], by)
    for answer in changed:
        if answer.is_typed:
            answer.save(update_fields=["known", "sources", "rows", "standing"])
    locked.filled_at = timezone.now()
    locked.save(update_fields=["filled_at"])
    return len(changed)


def _put_known(answer: Answer, question: Question, found: Known) -> bool:
    """What is known into the row; says whether anything of it is new."""
    known: dict[str, Any] = {}
    if not found.is_nothing:
        known = {
            "value_milli": found.value_milli,
            "of_milli": found.of_milli,
            "text": found.text,
            "rows": found.rows,
        }
    is_listed = question.kind in LISTED
    told = found.without(answer.left_out) if is_listed else found
    sources = [asdict(source) for source in told.sources]
    if answer.known == known and answer.sources == sources and not answer._state.adding:
        return False
    if answer._state.adding and not known:
        return False
    answer.known, answer.sources = known, sources
    if is_listed:
        put_list(answer, told)
    elif not answer.is_typed:
        answer.standing = AnswerStanding.GIVEN if known else AnswerStanding.BLANK
        answer.value_milli, answer.of_milli = found.value_milli, found.of_milli
        answer.text, answer.rows = found.text, list(found.rows)
    return True


def put_list(answer: Answer, told: Known) -> None:
    """รายการที่ระบบทำ, without what is left out; with a note it is answered though it is empty."""
    answer.rows = list(told.rows)
    is_answered = bool(answer.rows or answer.text)
    answer.standing = AnswerStanding.GIVEN if is_answered else AnswerStanding.BLANK


_CHANGEABLE = [
    field.name
    for field in Answer._meta.concrete_fields
    if field.name not in {"id", "report", "question"}
]


def _save(sheet: Sheet, answers: Sequence[Answer], by: Post) -> None:
    """New ones and changed ones in a statement each: a form has fifty of them, sent all at once."""
    now, words = timezone.now(), by.words()[:400]
    new = [one for one in answers if one._state.adding]
    old = [one for one in answers if not one._state.adding]
    for answer in answers:
        answer.changed_at, answer.changed_words = now, words
    for answer in old:
        answer.version += 1
    Answer.objects.bulk_create(new)
    Answer.objects.bulk_create(
        old,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_CHANGEABLE,
    )
    sheet.answers.update({one.question_id: one for one in new})


@transaction.atomic
def save_answers(
    report: Report, given: Mapping[str, Given], *, by: Post
) -> tuple[Report, list[Conflict]]:
    """บันทึกคำตอบ, field by field: those that nobody else changed since they were seen are kept.

    The others come back as conflicts and stand as they were; of a table, row by row. The same
    answer brought twice is no conflict: a line that broke and came back sends it again.
    """
    sheet = locked_sheet(report)
    return sheet.report, save_sheet(sheet, given, by=by)


def merge_answers(
    report: Report, given: Mapping[str, Given], *, by: Post
) -> tuple[Report, list[Conflict]]:
    """คำตอบจากแบบที่กรอกในไฟล์: saved as `save_answers` does, also by whoever judges the report."""
    sheet = locked_sheet(report)
    return sheet.report, save_sheet(sheet, given, by=by, from_file=True)


def save_sheet(
    sheet: Sheet, given: Mapping[str, Given], *, by: Post, from_file: bool = False
) -> list[Conflict]:
    """`save_answers`, of a sheet that is held: what two wrote differently."""
    locked = sheet.report
    check_writes(locked, by, from_file=from_file)
    check_writable(locked)
    questions = {one.key: one for one in sheet.questions if one.key in given}
    unknown = given.keys() - questions.keys()
    if unknown:
        raise Refused("แบบรายงานนี้ไม่มีคำถามที่ส่งมา", code="unknown_question", status=400)
    conflicts: list[Conflict] = []
    changed: list[Answer] = []
    for key, one in given.items():
        question = questions[key]
        check_answer(question, one)
        answer = sheet.answers.get(question.pk) or Answer(report=locked, question=question)
        is_changed, conflict = _put(answer, question, one)
        if is_changed:
            answer.is_typed, answer.note = True, ""
            changed.append(answer)
        if conflict is not None:
            conflicts.append(conflict)
    if changed:
        _save(sheet, changed, by)
        locked.version += 1
        locked.begun_at = locked.begun_at or timezone.now()
        locked.save(update_fields=["version", "begun_at"])
        withdraw_proposals(locked)
        record(Verb.REPORT_SAVED, locked, by=by, questions=[one.question_id for one in changed])
    if {one.question_id for one in changed} & {
        one.pk for one in questions.values() if one.kind in LISTED
    }:
        # What is left out of a list is left out of its sums and its sources, too.
        fill_sheet(sheet, by)
    counted = {one.pk: given[one.key] for one in questions.values() if one.kind in COUNTED}
    if counted:
        confirm_doubts(sheet, {pk: one.sure_of for pk, one in counted.items()})
    return conflicts


def _put(answer: Answer, question: Question, one: Given) -> tuple[bool, Conflict | None]:
    """The answer given into the row; whether it changed, and what two wrote differently."""
    if question.kind == QuestionKind.TABLE:
        put = put_rows(
            answer, standing=one.standing, seen_version=one.seen_version, edits=one.edits
        )
        conflict = Conflict(question, answer, one, put.clashes) if put.is_conflict else None
        return put.is_changed, conflict
    if _is_same(answer, question, one):
        return False, None
    # What the system filled is nobody's word, so nobody's is lost when a person corrects it.
    if answer.is_typed and answer.version != one.seen_version:
        return False, Conflict(question, answer, one)
    if question.kind in LISTED:
        answer.left_out, answer.text = sorted(one.left_out), one.text
        told = Known(rows=list(answer.known.get("rows", []))).without(answer.left_out)
        put_list(answer, told)
    else:
        answer.standing, answer.text = one.standing, one.text
        answer.value_milli, answer.of_milli, answer.rows = one.value_milli, one.of_milli, []
    return True, None


def _is_same(answer: Answer, question: Question, one: Given) -> bool:
    if question.kind in LISTED:
        return (sorted(answer.left_out), answer.text) == (sorted(one.left_out), one.text)
    return not answer._state.adding and (
        answer.standing,
        answer.value_milli,
        answer.of_milli,
        answer.text,
    ) == (one.standing, one.value_milli, one.of_milli, one.text)


def check_answer(question: Question, one: Given) -> None:
    """Refuse what cannot be an answer to this question; what is only unlikely is warned of."""
    about = squeeze(question.text)[:80]
    if one.standing != AnswerStanding.GIVEN:
        if one.value_milli is not None or one.of_milli is not None:
            raise Refused(f"“{about}”: บอกว่าไม่มีตัวเลขแต่ใส่ตัวเลข", code="wrong_answer", status=400)
        return
    if question.kind in COUNTED:
        _check_number(question, one, about)
    if question.kind == QuestionKind.TEXT and not one.text.strip():
        raise Refused(f"“{about}”: ยังไม่มีข้อความ", code="wrong_answer", status=400)
    if question.kind == QuestionKind.TABLE:
        columns = columns_of(question.columns)
        for edit in one.edits:
            check_cells(columns, edit.cells)
    if len(one.text) > MOST_TEXT or max(len(one.edits), len(one.left_out)) > MOST_ROWS:
        raise Refused(f"“{about}”: ยาวเกินไป โปรดสรุปให้สั้นลง", code="answer_too_long", status=413)


def _check_number(question: Question, one: Given, about: str) -> None:
    value, whole = one.value_milli, one.of_milli
    if value is None or not abs(value) <= MOST_MILLI or (whole or 0) > MOST_MILLI:
        raise Refused(f"“{about}”: ไม่มีตัวเลข หรือตัวเลขใหญ่เกินไป", code="wrong_answer", status=400)
    if question.kind == QuestionKind.SHARE:
        if whole is None or whole < 0 or value < 0 or value > whole:
            raise Refused(
                f"“{about}”: ร้อยละต้องมีตัวตั้งและตัวหาร และตัวตั้งไม่เกินตัวหาร",
                code="wrong_share",
                status=400,
            )
    elif whole is not None:
        raise Refused(f"“{about}”: ไม่ได้ถามเป็นร้อยละ", code="wrong_answer", status=400)
    least, most = question.least_milli, question.most_milli
    if (least is not None and value < least) or (most is not None and value > most):
        raise Refused(f"“{about}”: ตัวเลขอยู่นอกช่วงที่แบบกำหนด", code="out_of_range", status=400)
