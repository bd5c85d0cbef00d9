"""Whether a post may write or judge a report at all, and a report taken before it is changed."""

from dataclasses import dataclass

from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.reports.models import Answer, Proposal, Question, Report
from thamthan.reports.rules import WRITABLE, ProposalState


def locked_report(report: Report) -> Report:
    # Alone, without what hangs on it; and without its key, so that rows that point at it wait not.
    Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    return Report.objects.select_related(
        "organisation",
        "giver",
        "round__root",
        "round__obligation",
        "handing__organisation",
        "assignment",
    ).get(pk=report.pk)


@dataclass(frozen=True, slots=True)
class Sheet:
    """รายงานที่ถือไว้: a locked report, its questions in order and its answers, by question.

    Whoever saves, checks and sends in one transaction reads them once; a new answer is put in.
    """

    report: Report
    questions: list[Question]
    answers: dict[int, Answer]

    @property
    def answered(self) -> list[tuple[Question, Answer]]:
        """The questions that have an answer, also a blank one, in their order."""
        there = self.answers
        return [(one, there[one.pk]) for one in self.questions if one.pk in there]


def locked_sheet(report: Report) -> Sheet:
    return sheet_of(locked_report(report))


def sheet_of(locked: Report) -> Sheet:
    """The sheet of a report that the caller has locked."""
    return Sheet(
        locked,
        list(locked.round.questions.select_related("indicator")),
        {answer.question_id: answer for answer in locked.answers.all()},
    )


def check_writes(report: Report, by: Post, *, from_file: bool = False) -> None:
    """Refuse unless this post answers for the house whose report it is.

    What came as a file that the house filled in may be brought in by whoever judges it, too.
    """
    is_judge = by.has_duty(Duty.ORDER) and report.giver.path == by.organisation.house_path
    if from_file and is_judge:
        return
    if not by.has_duty(Duty.ANSWER_ORDERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ทำรายงาน", code="not_allowed", status=403)
    if report.organisation.path != by.organisation.house_path:
        raise Refused("รายงานนี้เป็นของหน่วยงานอื่น", code="foreign_report", status=403)


def check_writable(report: Report) -> None:
    """Refuse where it was accepted, or its round is closed."""
    if report.state not in WRITABLE:
        raise Refused("รายงานนี้รับรองแล้ว แก้ได้เมื่อผู้รับรายงานส่งกลับให้แก้ไข", code="report_accepted")
    if report.round.closed_at is not None:
        raise Refused("รอบรายงานนี้ปิดแล้ว", code="round_closed")


def check_judges_report(report: Report, by: Post) -> None:
    """Refuse unless this post judges for the house that the report goes to."""
    if not by.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่พิจารณารายงาน", code="not_allowed", status=403)
    if report.giver.path != by.organisation.house_path:
        raise Refused(
            "รายงานนี้พิจารณาได้เฉพาะหน่วยงานที่สั่งการมาชั้นถัดขึ้นไป", code="not_the_giver", status=403
        )


def withdraw_proposals(report: Report) -> None:
    """ถอนรายงานที่เสนอไว้: it was changed, or sent otherwise; the report is locked by the caller."""
    Proposal.objects.filter(report=report, state=ProposalState.WAITING).update(
        state=ProposalState.WITHDRAWN, decided_at=timezone.now()
    )
