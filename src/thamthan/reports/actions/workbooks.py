"""แบบที่กรอกใน Excel: merged back field by field, one file or a whole district's at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import NAMESPACE_OID, UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction

from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.projects.rules import milli_of
from thamthan.reading.form_sheet import FieldRead, FormRead, read_form_sheet
from thamthan.reports.actions.answering import Conflict, Given, fill_report, merge_answers
from thamthan.reports.actions.sending import send_from_file as send_report_from_file
from thamthan.reports.actions.workbook_tables import tables_read
from thamthan.reports.models import Question, Report
from thamthan.reports.queries import reports_seen_by
from thamthan.reports.queries.workbooks import Stamped, mark_of, stamped
from thamthan.reports.rules import COUNTED, AnswerStanding, QuestionKind
from thamthan.writing.form_sheet import STANDINGS

_STANDING = {
    STANDINGS[1]: AnswerStanding.NONE,
    STANDINGS[2]: AnswerStanding.NOT_APPLICABLE,
}
MOST_FILES = 400


@dataclass(frozen=True, slots=True)
class Merged:
    """ผลการนำเข้าแบบหนึ่งไฟล์: what was taken over, what two wrote differently, what cannot be read."""

    name: str
    report: Report | None = None
    changed: int = 0
    conflicts: tuple[Conflict, ...] = ()
    problems: dict[str, str] = field(default_factory=dict)
    is_sent: bool = False
    why_not_sent: str = ""
    refused: str = ""


def merge_workbooks(files: Iterable[tuple[str, bytes]], *, by: Post) -> list[Merged]:
    """นำเข้าแบบที่กรอกหลายไฟล์: each by itself, so that one bad file stops no other."""
    given = list(files)
    if len(given) > MOST_FILES:
        raise Refused(f"นำเข้าได้ครั้งละไม่เกิน {MOST_FILES} ไฟล์", code="too_many_files", status=413)
    found = []
    for name, content in given:
        try:
            found.append(merge_workbook(name, content, by=by))
        except Refused as refused:
            if refused.status == 403:
                raise
            found.append(Merged(name, refused=refused.message))
    return found


@transaction.atomic
def merge_workbook(name: str, content: bytes, *, by: Post) -> Merged:
    """นำเข้าแบบที่กรอกหนึ่งไฟล์: fields that were changed in it, where nobody changed them since.

    By the house itself, or by whoever judges its reports, for a house without a line. Where its
    writer marked it as sent and signed with a name, it is sent; brought in twice, once.
    """
    read = read_form_sheet(content)
    told = stamped(by, read.stamp)
    report = _report(told, by)
    questions = {one.key: one for one in report.round.questions.all()}
    answers, problems = _answers(read, told, questions)
    given, wrong = tables_read(read, told, questions)
    answers |= given
    problems |= wrong
    fill_report(report, by=by, from_file=True)
    saved, conflicts = merge_answers(report, answers, by=by)
    merged = Merged(
        name,
        saved,
        changed=len(answers) - len(conflicts),
        conflicts=tuple(conflicts),
        problems=problems,
    )
    return _sent(merged, read, saved, by) if read.sends else merged


def _report(told: Stamped, by: Post) -> Report:
    try:
        found = reports_seen_by(by).filter(ref=told.report).first()
    except ValidationError:
        found = None
    if found is None:
        raise NotFound("ไม่พบรายงานของแบบนี้ หรือไม่ใช่ของหน่วยงานที่ท่านดูแล")
    return found


def _answers(
    read: FormRead, told: Stamped, questions: dict[str, Question]
) -> tuple[dict[str, Given], dict[str, str]]:
    """Fields that differ from what stood in them when the form went out."""
    answers: dict[str, Given] = {}
    problems: dict[str, str] = {}
    for key, (version, mark) in told.fields.items():
        cell, question = read.fields.get(key), questions.get(key)
        if cell is None or question is None:
            problems[key] = "ช่องนี้หายไปจากไฟล์"
            continue
        if cell.problem:
            problems[key] = cell.problem
            continue
        standing = cell.standing if question.kind in COUNTED else ""
        if mark_of(cell.value, cell.of, standing) == mark:
            continue
        try:
            answers[key] = _given(question, cell, version)
        except Refused as refused:
            problems[key] = refused.message
    return answers, problems


def _given(question: Question, cell: FieldRead, version: int) -> Given:
    if question.kind == QuestionKind.TEXT:
        text = cell.value.strip()
        return Given(AnswerStanding.GIVEN if text else AnswerStanding.BLANK, version, text=text)
    if cell.standing in _STANDING:
        return Given(_STANDING[cell.standing], version)
    value = milli_of(cell.value)
    if value is None:
        return Given(AnswerStanding.BLANK, version)
    of = milli_of(cell.of, of="ตัวหาร") if question.kind == QuestionKind.SHARE else None
    return Given(AnswerStanding.GIVEN, version, value, of)


def _sent(merged: Merged, read: FormRead, report: Report, by: Post) -> Merged:
    """Sent where all of it could be taken over; the same file again sends nothing anew."""
    if merged.conflicts or merged.problems:
        why = "ยังไม่ได้ส่ง เพราะมีช่องที่ต้องดูก่อน"
    elif not read.reporter:
        why = "ยังไม่ได้ส่ง เพราะไม่มีชื่อผู้รายงาน"
    else:
        try:
            with transaction.atomic():
                send_report_from_file(
                    report, by=by, reporter=read.reporter, press=_press(read, report)
                )
        except Refused as refused:
            why = f"ยังไม่ได้ส่ง: {refused.message}"
        else:
            return Merged(merged.name, report, merged.changed, is_sent=True)
    return Merged(
        merged.name, report, merged.changed, merged.conflicts, merged.problems, why_not_sent=why
    )


def _press(read: FormRead, report: Report) -> UUID:
    """One sending for one content: a file that is brought in twice is sent once."""
    words = "\x1f".join(
        [
            read.stamp,
            *(
                f"{key}\x1e{one.value}\x1e{one.of}\x1e{one.standing}"
                for key, one in sorted(read.fields.items())
            ),
            *(
                f"{number}\x1e{table.standing}\x1e{key}\x1e"
                + "\x1e".join(one.value for one in cells).rstrip("\x1e")
                for number, table in sorted(read.tables.items())
                for key, cells in sorted(table.rows.items())
            ),
        ]
    )
    return uuid5(NAMESPACE_OID, f"{report.ref}\x1f{words}")
