"""The other side: reports are accepted into the totals, or sent back with notes."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from thamthan.directives.actions import accept_answers, return_answers
from thamthan.directives.models import Assignment
from thamthan.directives.rules import ANSWERS, AssignmentState
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.actions.checks import check_judges_report, locked_report
from thamthan.reports.consolidation import take_in
from thamthan.reports.models import Answer, Consolidation, Report
from thamthan.reports.rules import ReportState, check_report_move


@transaction.atomic
def accept_reports(
    reports: Sequence[Report], *, by: Post, seen: Mapping[int, int] | None = None
) -> int:
    """รับรองรายงาน, one or many; all or none. Their figures stand in every total above at once.

    `seen` is the number of the version that was looked at, by report: one sent anew since is not
    accepted unseen. What was accepted already stays so.
    """
    if not reports:
        raise Refused("ยังไม่ได้เลือกรายงาน", code="no_reports", status=400)
    # Reports by their keys, then the consolidation, always: two who accept wait, none for ever.
    locked = [locked_report(report) for report in sorted(reports, key=lambda one: one.pk)]
    new = []
    for report in locked:
        check_judges_report(report, by)
        if report.state == ReportState.ACCEPTED:
            continue
        check_report_move(report.state, ReportState.ACCEPTED)
        if seen is not None and seen.get(report.pk) != report.sent_number:
            raise Refused(
                f"{report.organisation.short_name} ส่งฉบับใหม่หลังจากที่ท่านเปิดดู โปรดดูก่อนรับรอง",
                code="changed_meanwhile",
            )
        report.state, report.accepted_at = ReportState.ACCEPTED, timezone.now()
        report.accepted_number, report.accepted_words = report.sent_number, by.words()[:400]
        report.save()
        record(Verb.REPORT_ACCEPTED, report, by=by, number=report.accepted_number)
        new.append(report)
    for round_pk in sorted({report.round_id for report in new}):
        mine = [report for report in new if report.round_id == round_pk]
        giver = mine[0].giver_id
        # With those of whoever judged one of them before, and those in which an event of theirs is
        # taken out once; all by their keys.
        mentioned = (
            Q(organisation=giver)
            | Q(figures__report__in=mine)
            | Q(deductions__event__shared__in=mine)
            | Q(deductions__event__counted__in=mine)
        )
        keys = Consolidation.objects.filter(mentioned, round=round_pk).values("pk")
        rows = list(Consolidation.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
        take_in(
            next(row for row in rows if row.organisation_id == giver),
            mine,
            out_of=[row for row in rows if row.organisation_id != giver],
        )
    _move_tasks(new, by=by)
    return len(new)


@transaction.atomic
def return_report(
    report: Report,
    *,
    by: Post,
    note: str,
    notes: Mapping[str, str] | None = None,
    seen_number: int | None = None,
) -> Report:
    """ส่งรายงานกลับให้แก้ไข, with a note of the whole and one for each answer that is meant.

    What was accepted before stands in the totals until the mended one is accepted in its place.
    """
    words = note.strip()
    told = {key: text.strip() for key, text in (notes or {}).items() if text.strip()}
    if not words and not told:
        raise Refused("โปรดบอกว่าให้แก้ไขอะไร", code="no_note", status=400)
    locked = locked_report(report)
    check_judges_report(locked, by)
    check_report_move(locked.state, ReportState.RETURNED)
    if seen_number is not None and seen_number != locked.sent_number:
        raise Refused("หน่วยงานส่งฉบับใหม่หลังจากที่ท่านเปิดดู โปรดดูก่อน", code="changed_meanwhile")
    questions = {one.key: one.pk for one in locked.round.questions.filter(key__in=told)}
    if questions.keys() != told.keys():
        raise Refused("แบบรายงานนี้ไม่มีคำถามที่ส่งมา", code="unknown_question", status=400)
    for key, text in told.items():
        answer, _ = Answer.objects.get_or_create(report=locked, question_id=questions[key])
        answer.note = text[:2000]
        answer.save(update_fields=["note"])
    locked.state, locked.return_words = ReportState.RETURNED, words[:2000]
    locked.returns += 1
    locked.version += 1
    locked.save()
    record(Verb.REPORT_RETURNED, locked, by=by, note=words[:2000], questions=sorted(told))
    task = Assignment.objects.get(pk=locked.assignment_id)
    if not locked.round.obligation.due_rule and task.state in {*ANSWERS, AssignmentState.DONE}:
        return_answers([task], by=by, note=words or "ดูหมายเหตุในรายงาน", seen_at=timezone.now())
    return locked


def _move_tasks(reports: Sequence[Report], *, by: Post) -> None:
    keys = [report.assignment_id for report in reports if not report.round.obligation.due_rule]
    tasks = list(Assignment.objects.filter(pk__in=keys, state__in=ANSWERS).order_by("pk"))
    if tasks:
        accept_answers(tasks, by=by, seen_at=timezone.now())
