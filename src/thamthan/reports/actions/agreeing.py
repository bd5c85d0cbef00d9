"""เห็นชอบก่อนส่ง: a clerk prepares, whoever the house names agrees, and that is what is sent."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.actions.checks import (
    check_writable,
    check_writes,
    locked_report,
    locked_sheet,
    sheet_of,
    withdraw_proposals,
)
from thamthan.reports.actions.sending import Names, agrees_of, checked_content, put_sent
from thamthan.reports.content import hash_of
from thamthan.reports.models import Agreement, Proposal, Report, SentReport
from thamthan.reports.queries import agreement_kept_by
from thamthan.reports.rules import (
    Agrees,
    ProposalState,
    ReportState,
    check_report_move,
    may_decide,
)


@transaction.atomic
def set_agreement(agrees: Agrees, *, by: Post) -> Agreement:
    """ตั้งว่ารายงานของหน่วยงานต้องเห็นชอบก่อนส่งหรือไม่. What was put up already is not taken back."""
    agreement_kept_by(by)
    house = house_of(by)
    row, _ = Agreement.objects.update_or_create(
        organisation=house,
        defaults={"agrees": agrees, "set_words": by.words()[:400], "set_at": timezone.now()},
    )
    record(Verb.AGREEMENT_SET, house, by=by, agrees=agrees.value)
    return row


@transaction.atomic
def propose_report(
    report: Report,
    *,
    by: Post,
    seen_version: int,
    nil_why: str | None = None,
    sure_of: Collection[str] = (),
) -> Proposal:
    """เสนอรายงานให้ผู้บริหารเห็นชอบ: checked as if it were sent, and kept as it stands now.

    With `nil_why` it says that there is no result. Put up again unchanged it is the same proposal.
    """
    sheet = locked_sheet(report)
    locked = sheet.report
    check_writes(locked, by)
    if agrees_of(locked) == Agrees.NOBODY:
        raise Refused("หน่วยงานนี้ไม่ได้ตั้งให้เห็นชอบก่อนส่ง กดส่งได้เลย", code="needs_no_agreement")
    reason = nil_why.strip() if nil_why is not None else None
    if reason == "":
        raise Refused("โปรดบอกเหตุที่ไม่มีผลการดำเนินงาน", code="no_reason", status=400)
    content = checked_content(
        sheet, seen_version=seen_version, nil_why=reason, sure_of=sure_of, asks=True
    )
    sha256 = hash_of(content)
    there = Proposal.objects.filter(report=locked, state=ProposalState.WAITING).first()
    if there is not None and there.sha256 == sha256:
        return there
    withdraw_proposals(locked)
    made = Proposal.objects.create(
        report=locked,
        content=content,
        sha256=sha256,
        is_nil=reason is not None,
        proposed_by=by,
        proposed_words=by.words()[:400],
    )
    record(Verb.REPORT_PROPOSED, locked, by=by, sha256=sha256, is_nil=made.is_nil)
    return made


@transaction.atomic
def agree_to_report(
    proposal: Proposal, *, by: Post, press: UUID, seen: str | None = None
) -> SentReport:
    """เห็นชอบและส่ง: what was put up is sent, as it was put up, with both names; once for a press.

    With `seen`, the fingerprint of what was read: another proposal is looked at first.
    """
    locked = locked_report(proposal.report)
    row = _decidable(locked, proposal, by)
    before = SentReport.objects.filter(press=press, report=locked).first()
    if before is not None:
        return before
    _check_seen(row, seen)
    _check_waits(row)
    check_writable(locked)
    check_report_move(locked.state, ReportState.SUBMITTED)
    words = by.words()[:400]
    row.state, row.decided_words, row.decided_at = ProposalState.AGREED, words, timezone.now()
    row.save()
    names = Names(words, row.proposed_words, words, f"{by.full_title} {by.organisation.name}"[:300])
    return put_sent(sheet_of(locked), row.content, by=by, press=press, names=names)


@transaction.atomic
def return_proposal(
    proposal: Proposal, *, by: Post, note: str, seen: str | None = None
) -> Proposal:
    """ให้แก้ไขก่อนเห็นชอบ, with a note for whoever prepared it; `seen` as in agreeing."""
    words = note.strip()
    if not words:
        raise Refused("โปรดบอกว่าให้แก้ไขอะไร", code="no_note", status=400)
    locked = locked_report(proposal.report)
    row = _decidable(locked, proposal, by)
    _check_seen(row, seen)
    _check_waits(row)
    row.state, row.note, row.decided_at = ProposalState.RETURNED, words[:2000], timezone.now()
    row.decided_words = by.words()[:400]
    row.save()
    record(Verb.REPORT_NOT_AGREED, locked, by=by, note=words[:2000])
    return row


def _decidable(report: Report, proposal: Proposal, by: Post) -> Proposal:
    """The proposal of a report that is locked, refused to whoever does not agree for this house."""
    if report.organisation.path != by.organisation.house_path:
        raise Refused("รายงานนี้เป็นของหน่วยงานอื่น", code="foreign_report", status=403)
    if not may_decide(agrees_of(report), by.role):
        raise Refused("ตำแหน่งนี้ไม่ใช่ผู้เห็นชอบรายงาน", code="not_allowed", status=403)
    return Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)


def _check_seen(row: Proposal, seen: str | None) -> None:
    # What was read is what is agreed to.
    if seen is not None and seen != row.sha256:
        raise Refused("มีการเสนอฉบับใหม่หลังจากที่ท่านเปิดดู โปรดดูก่อน", code="changed_meanwhile")


def _check_waits(row: Proposal) -> None:
    if row.state != ProposalState.WAITING:
        raise Refused(
            f"รายงานที่เสนอนี้{ProposalState(row.state).label} จึงพิจารณาไม่ได้ โปรดดูของล่าสุด",
            code="changed_meanwhile",
        )
