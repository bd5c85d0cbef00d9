"""เอกสารของสัญญาและการเบิกจ่าย: a file is attached to what it proves, or taken out with a reason."""

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.money_locks import check_paper, locked_commitment
from thamthan.projects.actions.requests import kept_file
from thamthan.projects.models import Commitment, Disbursement, MoneyPaper
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

MOST_PAPERS = 60


@transaction.atomic
def attach_money_paper(
    commitment: Commitment,
    *,
    by: Post,
    name: str,
    content: bytes,
    payment: Disbursement | None = None,
) -> MoneyPaper:
    """แนบไฟล์สัญญา or, with `payment`, what proves that entry: a PDF, picture, Word or Excel file.

    In every state of the project, since papers come after the deed. The same file again is the
    same paper. Does not check that the paper says what was entered.
    """
    stored = kept_file(content, name, by=by)
    _, _, row = locked_commitment(commitment, by=by)
    if payment is not None and payment.commitment_id != row.pk:
        raise Refused("การเบิกจ่ายนี้เป็นของสัญญาอื่น", code="foreign_payment", status=400)
    attached = row.papers.filter(taken_out_at=None)
    kept = attached.filter(payment=payment, file=stored).first()
    if kept is not None:
        return kept
    if attached.count() >= MOST_PAPERS:
        raise Refused(
            f"สัญญานี้มีเอกสารครบ {MOST_PAPERS} ไฟล์แล้ว โปรดรวมเป็นไฟล์เดียวหรือเอาไฟล์ที่ไม่ใช้ออก",
            code="too_many",
        )
    paper = MoneyPaper(
        commitment=row,
        payment=payment,
        file=stored,
        file_name=squeeze(name)[:255] or "เอกสาร",
        made_by=by,
    )
    paper.save()
    record(Verb.EVIDENCE_ATTACHED, row, by=by, words=paper.file_name, sha256=stored.sha256)
    return paper


@transaction.atomic
def take_out_money_paper(paper: MoneyPaper, *, by: Post, why: str) -> MoneyPaper:
    """เอาเอกสารออก, with the reason: it is shown no more; its row, file and history stay."""
    _, _, row = locked_commitment(paper.commitment, by=by)
    found = MoneyPaper.objects.select_related("file").get(pk=paper.pk)
    if found.taken_out_at is not None:
        return found
    reason = check_paper(squeeze(why), asked="โปรดบอกเหตุที่เอาเอกสารออก")
    found.taken_out_by, found.taken_out_at, found.taken_out_why = by, timezone.now(), reason
    found.save(update_fields=["taken_out_by", "taken_out_at", "taken_out_why"])
    record(Verb.EVIDENCE_WITHDRAWN, row, by=by, note=reason, words=found.file_name)
    return found
