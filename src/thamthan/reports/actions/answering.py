"""ทำรายงาน: filled from what is known, saved answer by answer, sent as a version that stays."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from thamthan.directives.actions import answer_tasks, record_paper_answer, report_nil
from thamthan.directives.models import Assignment
from thamthan.directives.rules import AssignmentState
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.actions.checks import check_writable, check_writes, locked_report
from thamthan.reports.knowing import Known, known_for
from thamthan.reports.models import Answer, Question, Report, SentReport
from thamthan.reports.rules import (
    COUNTED,
    MOST_MILLI,
    AnswerStanding,
    QuestionKind,
    ReportState,
    check_report_move,
    minutes_spent,
)
from thamthan.thai.text import squeeze

MOST_TEXT, MOST_ROWS = 20_000, 500


@dataclass(frozen=True, slots=True)
class Given:
    """คำตอบที่กรอก of one question, and the version of it that whoever wrote had seen (0: none)."""

    standing: AnswerStanding
    seen_version: int
    value_milli: int | None = None
    of_milli: int | None = None
    text: str = ""
    rows: Sequence[Mapping[str, Any]] = field(default_factory=list)
    warned: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """ช่องที่สองคนกรอกไม่ตรงกัน: what stands there, and what was brought; nothing is overwritten."""

    question: Question
    theirs: Answer
    yours: Given


@transaction.atomic
def fill_report(report: Report, *, by: Post, from_file: bool = False) -> int:
    """เติมจากที่ระบบรู้: every question that nobody typed; how many changed. What was typed stays."""
    locked = locked_report(report)
    check_writes(locked, by, from_file=from_file)
    check_writable(locked)
    questions = list(locked.round.questions.select_related("indicator"))
    known = known_for(locked, questions)
    there = {answer.question_id: answer for answer in locked.answers.all()}
    changed = []
    for question in questions:
        found = known.get(question.pk, Known())
        answer = there.get(question.pk) or Answer(report=locked, question=question)
        if _put_known(answer, found):
            changed.append(answer)
    _save(changed, by)
    locked.filled_at = timezone.now()
    locked.save(update_fields=["filled_at"])
    return len(changed)


def _put_known(answer: Answer, found: Known) -> bool:
    """What is known into the row; says whether anything of it is new."""
    known: dict[str, Any] = {}
    if not found.is_nothing:
        known = {
            "value_milli": found.value_milli,
            "of_milli": found.of_milli,
            "text": found.text,
            "rows": found.rows,
        }
    sources = [asdict(source) for source in found.sources]
    if answer.known == known and answer.sources == sources and not answer._state.adding:
        return False
    if answer._state.adding and not known:
        return False
    answer.known, answer.sources = known, sources
    if not answer.is_typed:
        answer.standing = AnswerStanding.GIVEN if known else AnswerStanding.BLANK
        answer.value_milli, answer.of_milli = found.value_milli, found.of_milli
        answer.text, answer.rows = found.text, list(found.rows)
    return True


def _save(answers: Sequence[Answer], by: Post) -> None:
    now, words = timezone.now(), by.words()[:400]
    for answer in answers:
        answer.changed_at, answer.changed_words = now, words
        if not answer._state.adding:
            answer.version += 1
        answer.save()


@transaction.atomic
def save_answers(
    report: Report, given: Mapping[str, Given], *, by: Post
) -> tuple[Report, list[Conflict]]:
    """บันทึกคำตอบ, field by field: those that nobody else changed since they were seen are kept.

    The others come back as conflicts and stand as they were. The same answer brought twice is no
    conflict: a line that broke and came back sends it again.
    """
    return _save_answers(report, given, by=by, from_file=False)


def merge_answers(
    report: Report, given: Mapping[str, Given], *, by: Post
) -> tuple[Report, list[Conflict]]:
    """คำตอบจากแบบที่กรอกในไฟล์: saved as `save_answers` does, also by whoever judges the report."""
    return _save_answers(report, given, by=by, from_file=True)


def _save_answers(
    report: Report, given: Mapping[str, Given], *, by: Post, from_file: bool
) -> tuple[Report, list[Conflict]]:
    locked = locked_report(report)
    check_writes(locked, by, from_file=from_file)
    check_writable(locked)
    questions = {one.key: one for one in locked.round.questions.filter(key__in=given.keys())}
    unknown = given.keys() - questions.keys()
    if unknown:
        raise Refused("แบบรายงานนี้ไม่มีคำถามที่ส่งมา", code="unknown_question", status=400)
    there = {answer.question_id: answer for answer in locked.answers.all()}
    conflicts, changed = [], []
    for key, one in given.items():
        question = questions[key]
        check_answer(question, one)
        answer = there.get(question.pk) or Answer(report=locked, question=question)
        if _is_same(answer, one):
            continue
        # What the system filled is nobody's word, so nobody's is lost when a person corrects it.
        if answer.is_typed and answer.version != one.seen_version:
            conflicts.append(Conflict(question, answer, one))
            continue
        _put_given(answer, one)
        changed.append(answer)
    if changed:
        _save(changed, by)
        locked.version += 1
        locked.begun_at = locked.begun_at or timezone.now()
        locked.save(update_fields=["version", "begun_at"])
        record(Verb.REPORT_SAVED, locked, by=by, questions=[one.question_id for one in changed])
    return locked, conflicts


def _is_same(answer: Answer, one: Given) -> bool:
    return not answer._state.adding and (
        answer.standing,
        answer.value_milli,
        answer.of_milli,
        answer.text,
        list(answer.rows),
    ) == (one.standing, one.value_milli, one.of_milli, one.text, [dict(row) for row in one.rows])


def _put_given(answer: Answer, one: Given) -> None:
    answer.standing = one.standing
    answer.value_milli, answer.of_milli = one.value_milli, one.of_milli
    answer.text, answer.rows = one.text, [dict(row) for row in one.rows]
    answer.warned, answer.is_typed, answer.note = list(one.warned), True, ""


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
    if len(one.text) > MOST_TEXT or len(one.rows) > MOST_ROWS:
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


@transaction.atomic
def submit_report(
    report: Report, *, by: Post, seen_version: int, press: UUID, on_behalf: str = ""
) -> SentReport:
    """ส่งรายงาน: what stands there becomes a version that never changes; the task is answered.

    The same press sent twice is one sending. Does not check whether the executive agreed:
    `on_behalf` says in whose name it was sent.
    """
    return _send(report, by=by, seen_version=seen_version, press=press, on_behalf=on_behalf)


@transaction.atomic
def submit_nil_report(
    report: Report, *, by: Post, seen_version: int, press: UUID, why: str, on_behalf: str = ""
) -> SentReport:
    """รายงานว่าไม่มีผลการดำเนินงาน: an answer, with its reason; no figure of it goes up."""
    reason = why.strip()
    if not reason:
        raise Refused("โปรดบอกเหตุที่ไม่มีผลการดำเนินงาน", code="no_reason", status=400)
    return _send(
        report, by=by, seen_version=seen_version, press=press, on_behalf=on_behalf, nil_why=reason
    )


@transaction.atomic
def send_from_file(report: Report, *, by: Post, reporter: str, press: UUID) -> SentReport:
    """ส่งรายงานจากแบบที่กรอกในไฟล์, whose writer marked it as sent and put a name below.

    By the house itself, or by whoever judges it, for a house that has no line; both names stand
    on the version.
    """
    return _send(
        report, by=by, seen_version=report.version, press=press, on_behalf="", reporter=reporter
    )


def _send(
    report: Report,
    *,
    by: Post,
    seen_version: int,
    press: UUID,
    on_behalf: str,
    nil_why: str | None = None,
    reporter: str = "",
) -> SentReport:
    locked = locked_report(report)
    check_writes(locked, by, from_file=bool(reporter))
    before = SentReport.objects.filter(press=press, report=locked).first()
    if before is not None:
        return before
    check_writable(locked)
    check_report_move(locked.state, ReportState.SUBMITTED)
    if locked.version != seen_version:
        raise Refused(
            "มีผู้แก้รายงานนี้หลังจากที่ท่านเปิดหน้า ยังไม่ได้ส่ง โปรดดูของล่าสุดก่อน", code="changed_meanwhile"
        )
    is_nil = nil_why is not None
    if not is_nil:
        check_complete(locked)
    now = timezone.now()
    locked.state, locked.is_nil, locked.nil_why = ReportState.SUBMITTED, is_nil, nil_why or ""
    locked.sent_at, locked.first_sent_at = now, locked.first_sent_at or now
    locked.sent_number += 1
    words = f"{squeeze(reporter)} (จากไฟล์ นำเข้าโดย {by.words()})" if reporter else by.words()
    locked.sent_words, locked.on_behalf = words[:400], squeeze(on_behalf)[:300]
    locked.return_words = ""
    locked.typed_answers, locked.typed_minutes = _burden(locked, is_nil=is_nil)
    locked.version += 1
    locked.save()
    content = content_of(locked)
    try:
        with transaction.atomic():
            sent = SentReport.objects.create(
                report=locked,
                number=locked.sent_number,
                content=content,
                sha256=hash_of(content),
                is_nil=is_nil,
                press=press,
                sent_by=by,
                sent_words=locked.sent_words,
                sent_at=now,
            )
    except IntegrityError as twice:
        raise Refused("คำสั่งส่งนี้ใช้กับรายงานอื่นแล้ว", code="used_press", status=409) from twice
    _answer_task(locked, by=by, nil_why=nil_why)
    record(Verb.REPORT_SENT, locked, by=by, number=sent.number, sha256=sent.sha256, is_nil=is_nil)
    return sent


def check_complete(report: Report) -> None:
    """Refuse, with what is missing, unless every question that must be answered is."""
    answered = {
        answer.question_id for answer in report.answers.exclude(standing=AnswerStanding.BLANK)
    }
    missing = [
        question
        for question in report.round.questions.filter(is_required=True)
        if question.pk not in answered
    ]
    if missing:
        names = " · ".join(squeeze(f"{one.heading} {one.text}")[:60] for one in missing[:5])
        raise Refused(
            f"ยังไม่ได้ตอบ {len(missing)} ข้อ: {names}"
            + (" …" if len(missing) > len(missing[:5]) else ""),
            code="not_complete",
            missing=[one.key for one in missing],
        )


def content_of(report: Report) -> dict[str, Any]:
    """เนื้อหาของรายงาน as it stands now: every answer by the key of its question."""
    return {
        "nil": report.is_nil,
        "why": report.nil_why,
        "answers": {
            answer.question.key: {
                "standing": answer.standing,
                "value_milli": answer.value_milli,
                "of_milli": answer.of_milli,
                "text": answer.text,
                "rows": answer.rows,
                "sources": answer.sources,
                "typed": answer.is_typed,
            }
            for answer in report.answers.select_related("question").order_by("question__position")
        },
    }


def hash_of(content: Mapping[str, Any]) -> str:
    """ลายนิ้วมือของเนื้อหา: SHA-256 of it as JSON with sorted keys, so that it can be recomputed."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()


def _burden(report: Report, *, is_nil: bool) -> tuple[int, int]:
    """What was typed into what is sent, and the minutes; of nothing its reason alone."""
    if is_nil:
        return minutes_spent([QuestionKind.TEXT], [])
    kinds = report.answers.exclude(standing=AnswerStanding.BLANK).values_list("question__kind")
    typed = kinds.filter(is_typed=True).values_list("question__kind", flat=True)
    filled = kinds.filter(is_typed=False).values_list("question__kind", flat=True)
    return minutes_spent(typed, filled)


def _answer_task(report: Report, *, by: Post, nil_why: str | None) -> None:
    """The task “รายงานผล” is answered with it, so that boards and chasing know."""
    task = Assignment.objects.get(pk=report.assignment_id)
    if task.state == AssignmentState.DONE or report.round.obligation.due_rule:
        return
    if task.state == AssignmentState.DECLINED:
        return
    now = timezone.now()
    if report.organisation.path != by.organisation.house_path:
        text = f"ส่งรายงานฉบับที่ {report.sent_number} เป็นไฟล์"
        record_paper_answer(report.handing, [task], by=by, text=text)
    elif nil_why is not None:
        report_nil(report.handing, [task], by=by, reason=nil_why, seen_at=now)
    else:
        text = f"ส่งรายงานฉบับที่ {report.sent_number} ในระบบแล้ว"
        answer_tasks(report.handing, [task], by=by, text=text, seen_at=now)
