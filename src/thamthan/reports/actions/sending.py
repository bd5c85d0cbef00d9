"""ส่งรายงาน: what stands there becomes a version that never changes, and the task is answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from thamthan.directives.actions import answer_tasks, record_paper_answer, report_nil
from thamthan.directives.rules import AssignmentState
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.rules import Doubt
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.actions.answering import Conflict, Given, fill_sheet, save_sheet
from thamthan.reports.actions.checks import (
    Sheet,
    check_writable,
    check_writes,
    locked_sheet,
    withdraw_proposals,
)
from thamthan.reports.actions.confirming import check_sure_of, doubts_left
from thamthan.reports.content import content_of, hash_of
from thamthan.reports.models import Agreement, Report, SentReport
from thamthan.reports.rules import (
    Agrees,
    AnswerStanding,
    QuestionKind,
    ReportState,
    check_report_move,
    may_agree,
    minutes_spent,
)
from thamthan.thai.text import squeeze


@transaction.atomic
def submit_report(
    report: Report,
    *,
    by: Post,
    seen_version: int,
    press: UUID,
    on_behalf: str = "",
    sure_of: Collection[str] = (),
) -> SentReport:
    """ส่งรายงาน: what stands there becomes a version that never changes; the task is answered.

    A number that looks wrong is confirmed before, with its answer or by its key in `sure_of`. The
    same press sent twice is one sending. Where the house wants agreement first, only whoever
    agrees sends it; elsewhere `on_behalf` says in whose name it was sent.
    """
    return send_sheet(
        locked_sheet(report),
        by=by,
        seen_version=seen_version,
        press=press,
        on_behalf=on_behalf,
        sure_of=sure_of,
    )


def save_and_submit(
    report: Report,
    given: Mapping[str, Given],
    *,
    by: Post,
    press: UUID,
    on_behalf: str = "",
    sure_of: Collection[str] = (),
) -> tuple[SentReport | None, list[Conflict]]:
    """กรอกแล้วส่งทันที: filled, saved and sent in one transaction.

    Not sent where two wrote differently: the conflicts are given back. Where sending is refused,
    what was typed stays saved.
    """
    refused: Refused | None = None
    with transaction.atomic():
        sheet = locked_sheet(report)
        check_writes(sheet.report, by)
        check_writable(sheet.report)
        fill_sheet(sheet, by)
        conflicts = save_sheet(sheet, given, by=by)
        if conflicts:
            return None, conflicts
        try:
            with transaction.atomic():
                sent = send_sheet(
                    sheet,
                    by=by,
                    seen_version=sheet.report.version,
                    press=press,
                    on_behalf=on_behalf,
                    sure_of=sure_of,
                )
        except Refused as problem:
            refused = problem
    if refused is not None:
        raise refused
    return sent, []


@transaction.atomic
def submit_nil_report(
    report: Report, *, by: Post, seen_version: int, press: UUID, why: str, on_behalf: str = ""
) -> SentReport:
    """รายงานว่าไม่มีผลการดำเนินงาน: an answer, with its reason; no figure of it goes up."""
    reason = why.strip()
    if not reason:
        raise Refused("โปรดบอกเหตุที่ไม่มีผลการดำเนินงาน", code="no_reason", status=400)
    return send_sheet(
        locked_sheet(report),
        by=by,
        seen_version=seen_version,
        press=press,
        on_behalf=on_behalf,
        nil_why=reason,
    )


@transaction.atomic
def send_from_file(report: Report, *, by: Post, reporter: str, press: UUID) -> SentReport:
    """ส่งรายงานจากแบบที่กรอกในไฟล์, whose writer marked it as sent and put a name below.

    By the house itself, or by whoever judges it, for a house that has no line; both names stand
    on the version. What looks wrong cannot be asked about in a file: it is told to whoever judges.
    """
    sheet = locked_sheet(report)
    return send_sheet(sheet, by=by, seen_version=report.version, press=press, reporter=reporter)


def send_sheet(
    sheet: Sheet,
    *,
    by: Post,
    seen_version: int,
    press: UUID,
    on_behalf: str = "",
    nil_why: str | None = None,
    reporter: str = "",
    sure_of: Collection[str] = (),
) -> SentReport:
    """`submit_report`, of a sheet that is held."""
    locked = sheet.report
    check_writes(locked, by, from_file=bool(reporter))
    before = SentReport.objects.filter(press=press, report=locked).first()
    if before is not None:
        return before
    agreed = check_agreed(locked, by)
    content = checked_content(
        sheet, seen_version=seen_version, nil_why=nil_why, sure_of=sure_of, asks=not reporter
    )
    words = f"{squeeze(reporter)} (จากไฟล์ นำเข้าโดย {by.words()})" if reporter else by.words()
    names = Names(words[:400], by.words()[:400] if agreed else "", agreed, squeeze(on_behalf)[:300])
    return put_sent(sheet, content, by=by, press=press, names=names)


@dataclass(frozen=True, slots=True)
class Names:
    """ผู้ส่ง ผู้จัดทำ ผู้เห็นชอบ ในนามของใคร, as they stand on the version that was sent."""

    sent: str
    prepared: str = ""
    agreed: str = ""
    on_behalf: str = ""


def check_agreed(report: Report, by: Post) -> str:
    """Refuse where the house wants agreement and this post is not the one who gives it.

    The words of whoever agrees by sending it themselves; none where nobody needs to. A file that
    the judging house brings in is not stopped: there was no line over which to agree.
    """
    if report.organisation.path != by.organisation.house_path:
        return ""
    agrees = agrees_of(report)
    if agrees == Agrees.NOBODY:
        return ""
    if not may_agree(agrees, by.role):
        raise Refused("หน่วยงานนี้ให้ผู้บริหารเห็นชอบก่อนส่ง โปรดเปิดรายงานแล้วกดเสนอ", code="needs_agreement")
    return by.words()[:400]


def agrees_of(report: Report) -> Agrees:
    """ผู้เห็นชอบรายงานของหน่วยงานนี้."""
    row = Agreement.objects.filter(organisation=report.organisation_id).first()
    return Agrees(row.agrees) if row is not None else Agrees.NOBODY


def checked_content(
    sheet: Sheet,
    *,
    seen_version: int,
    nil_why: str | None,
    sure_of: Collection[str],
    asks: bool,
) -> dict[str, Any]:
    """What would be sent, refused where it is changed, not complete or not sure."""
    locked = sheet.report
    check_writable(locked)
    check_report_move(locked.state, ReportState.SUBMITTED)
    if locked.version != seen_version:
        raise Refused(
            "มีผู้แก้รายงานนี้หลังจากที่ท่านเปิดหน้า ยังไม่ได้ส่ง โปรดดูของล่าสุดก่อน", code="changed_meanwhile"
        )
    left: dict[int, list[Doubt]] = {}
    if nil_why is None:
        check_complete(sheet)
        left = doubts_left(sheet, sure_of)
        if asks:
            check_sure_of(sheet, left)
    return content_of(sheet.answered, nil_why=nil_why, unsure=left)


def put_sent(
    sheet: Sheet, content: Mapping[str, Any], *, by: Post, press: UUID, names: Names
) -> SentReport:
    """The version that was checked, as sent."""
    locked, now = sheet.report, timezone.now()
    nil_why = str(content["why"]) if content["nil"] else None
    is_nil = nil_why is not None
    locked.state, locked.is_nil, locked.nil_why = ReportState.SUBMITTED, is_nil, nil_why or ""
    locked.sent_at, locked.first_sent_at = now, locked.first_sent_at or now
    locked.sent_number += 1
    locked.sent_words, locked.on_behalf = names.sent, names.on_behalf
    locked.return_words = ""
    locked.typed_answers, locked.typed_minutes = _burden(sheet, is_nil=is_nil)
    locked.version += 1
    locked.save()
    try:
        with transaction.atomic():
            sent = SentReport.objects.create(
                report=locked,
                number=locked.sent_number,
                content=dict(content),
                sha256=hash_of(content),
                is_nil=is_nil,
                press=press,
                sent_by=by,
                sent_words=names.sent,
                prepared_words=names.prepared,
                agreed_words=names.agreed,
                on_behalf=names.on_behalf,
                sent_at=now,
            )
    except IntegrityError as twice:
        raise Refused("คำสั่งส่งนี้ใช้กับรายงานอื่นแล้ว", code="used_press", status=409) from twice
    withdraw_proposals(locked)
    _answer_task(locked, by=by, nil_why=nil_why)
    record(Verb.REPORT_SENT, locked, by=by, number=sent.number, sha256=sent.sha256, is_nil=is_nil)
    return sent


def _burden(sheet: Sheet, *, is_nil: bool) -> tuple[int, int]:
    """What was typed into what is sent, and the minutes; of nothing its reason alone."""
    if is_nil:
        return minutes_spent([QuestionKind.TEXT], [])
    given = [
        (question.kind, answer.is_typed)
        for question, answer in sheet.answered
        if answer.standing != AnswerStanding.BLANK
    ]
    return minutes_spent(
        [kind for kind, is_typed in given if is_typed],
        [kind for kind, is_typed in given if not is_typed],
    )


def check_complete(sheet: Sheet) -> None:
    """Refuse, with what is missing, unless every question that must be answered is."""
    answered = {
        question.pk
        for question, answer in sheet.answered
        if answer.standing != AnswerStanding.BLANK
    }
    missing = [
        question
        for question in sheet.questions
        if question.is_required and question.pk not in answered
    ]
    if missing:
        names = " · ".join(squeeze(f"{one.heading} {one.text}")[:60] for one in missing[:5])
        raise Refused(
            f"ยังไม่ได้ตอบ {len(missing)} ข้อ: {names}"
            + (" …" if len(missing) > len(missing[:5]) else ""),
            code="not_complete",
            missing=[one.key for one in missing],
        )


def _answer_task(report: Report, *, by: Post, nil_why: str | None) -> None:
    """The task “รายงานผล” is answered with it, so that boards and chasing know."""
    task = report.assignment
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
