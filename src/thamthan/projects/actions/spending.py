"""ก่อหนี้ผูกพันและเบิกจ่าย: bound, released, paid, and taken back; nothing kept is ever changed."""

from datetime import date
from uuid import UUID

from django.db import transaction

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.money_locks import (
    Sure,
    check_day,
    check_paper,
    check_room,
    check_same_press,
    check_some,
    locked_allotment,
    locked_commitment,
    was_pressed,
)
from thamthan.projects.models import Allotment, Commitment, Disbursement
from thamthan.projects.rules import (
    AmountDoubt,
    BahtRead,
    ProjectState,
    amount_doubts,
    baht,
    check_sure,
    year_doubts,
)
from thamthan.records.actions import record
from thamthan.records.models import StoredFile
from thamthan.records.rules import Verb
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze

_ROW = Commitment._meta.label_lower


@transaction.atomic
def commit_money(
    allotment: Allotment,
    amount: BahtRead,
    *,
    by: Post,
    on: date,
    words: str,
    press: UUID,
    sure_of: Sure = (),
) -> Commitment:
    """ก่อหนี้ผูกพัน: a contract or an order binds so much of what the project may use.

    Only for a project that is approved and not finished. The same `press` sent twice is one.
    """
    project, row = locked_allotment(allotment, by=by)
    kept = Commitment.objects.filter(ref=press, allotment=row).first()
    if kept is not None:
        check_same_press((kept.amount_satang, kept.words) == (amount.satang, squeeze(words)))
        return kept
    if project.state not in {ProjectState.APPROVED, ProjectState.UNDER_WAY}:
        raise Refused(
            f"โครงการ{ProjectState(project.state).label} ก่อหนี้ผูกพันได้เมื่ออนุมัติแล้วและยังไม่แล้วเสร็จ",
            code="wrong_project_state",
        )
    check_some(amount.satang)
    check_day(on)
    paper = check_paper(squeeze(words), asked="โปรดบอกเลขที่สัญญาหรือใบสั่งซื้อ/จ้าง")
    left = row.approved_satang - row.committed_satang
    check_room(amount.satang, left, words="เหลือให้ผูกพัน", code="allotment_overspent")
    doubts = amount_doubts(amount, against=row.approved_satang, called="เงินที่จัดสรร")
    year = row.line.be_year if row.line else project.be_year
    check_sure(doubts + year_doubts(on, be_year=year), sure_of=sure_of)
    made = Commitment(
        allotment=row,
        amount_satang=amount.satang,
        committed_on=on,
        words=paper,
        made_by=by,
        ref=press,
    )
    made.save()
    row.committed_satang += amount.satang
    row.save(update_fields=["committed_satang"])
    record(
        Verb.MONEY_COMMITTED,
        made,
        by=by,
        amount_satang=amount.satang,
        words=paper,
        press=str(press),
    )
    return made


@transaction.atomic
def release_money(
    commitment: Commitment,
    amount: BahtRead,
    *,
    by: Post,
    why: str,
    press: UUID,
    sure_of: Sure = (),
) -> Commitment:
    """คืนเงินผูกพัน: what the contract does not need is free again; what was paid stays bound.

    Of a cancelled or finished project too. The same `press` sent twice releases once.
    """
    _, allotment, row = locked_commitment(commitment, by=by)
    if was_pressed(_ROW, Verb.MONEY_RELEASED, press, row_pk=row.pk, satang=amount.satang):
        return row
    check_some(amount.satang)
    reason = check_paper(squeeze(why), asked="โปรดบอกเหตุที่คืนเงินผูกพัน")
    check_room(amount.satang, _unpaid(row), words="ส่วนที่ผูกพันแล้วยังไม่จ่ายมี", code="commitment_spent")
    check_sure(amount_doubts(amount), sure_of=sure_of)
    row.released_satang += amount.satang
    row.save(update_fields=["released_satang"])
    allotment.committed_satang -= amount.satang
    allotment.save(update_fields=["committed_satang"])
    record(
        Verb.MONEY_RELEASED,
        row,
        by=by,
        note=reason,
        amount_satang=amount.satang,
        press=str(press),
    )
    return row


@transaction.atomic
def pay_money(
    commitment: Commitment,
    amount: BahtRead,
    *,
    by: Post,
    on: date,
    words: str,
    press: UUID,
    file: StoredFile | None = None,
    sure_of: Sure = (),
) -> Disbursement:
    """เบิกจ่าย: money went out under a commitment, as a paper says; never more than is bound.

    After the work is finished too. The same `press` sent twice is one payment.
    """
    project, allotment, row = locked_commitment(commitment, by=by)
    kept = _pressed(press, row, amount.satang, words)
    if kept is not None:
        return kept
    if project.state == ProjectState.CANCELLED:
        raise Refused("โครงการนี้ยกเลิกแล้ว เบิกจ่ายไม่ได้ คืนเงินผูกพันได้", code="wrong_project_state")
    check_some(amount.satang)
    check_day(on)
    paper = check_paper(squeeze(words), asked="โปรดบอกเลขที่ฎีกาหรือเอกสารการจ่าย")
    unpaid = _unpaid(row)
    check_room(amount.satang, unpaid, words="เหลือให้เบิกจ่าย", code="commitment_overpaid")
    doubts = amount_doubts(amount, against=unpaid, called="ส่วนที่ผูกพันแล้วยังไม่จ่าย")
    year = allotment.line.be_year if allotment.line else project.be_year
    doubts += year_doubts(on, be_year=year) + _pay_doubts(row, amount, on)
    check_sure(doubts, sure_of=sure_of)
    return _pay(allotment, row, amount.satang, by=by, on=on, words=paper, press=press, file=file)


@transaction.atomic
def take_money_back(
    commitment: Commitment,
    amount: BahtRead,
    *,
    by: Post,
    on: date,
    words: str,
    press: UUID,
    file: StoredFile | None = None,
    sure_of: Sure = (),
) -> Disbursement:
    """รับเงินคืน: paid money came back, or was entered wrongly; an entry below nought answers it.

    No more than was paid under the commitment. The same `press` sent twice takes back once.
    """
    _, allotment, row = locked_commitment(commitment, by=by)
    kept = _pressed(press, row, -amount.satang, words)
    if kept is not None:
        return kept
    check_some(amount.satang)
    check_day(on)
    paper = check_paper(squeeze(words), asked="โปรดบอกเอกสารหรือเหตุที่รับเงินคืน")
    check_room(amount.satang, row.paid_satang, words="เบิกจ่ายไปแล้วเพียง", code="more_than_paid")
    check_sure(amount_doubts(amount), sure_of=sure_of)
    return _pay(allotment, row, -amount.satang, by=by, on=on, words=paper, press=press, file=file)


def _pressed(press: UUID, row: Commitment, satang: int, words: str) -> Disbursement | None:
    """The entry that this press made already; refused where it was of something else."""
    kept = Disbursement.objects.filter(press=press).first()
    if kept is not None:
        made = (kept.commitment_id, kept.amount_satang, kept.words)
        check_same_press(made == (row.pk, satang, squeeze(words)))
    return kept


def _pay(
    allotment: Allotment,
    row: Commitment,
    satang: int,
    *,
    by: Post,
    on: date,
    words: str,
    press: UUID,
    file: StoredFile | None,
) -> Disbursement:
    """One entry, and the kept totals above it, in the same transaction."""
    made = Disbursement(
        commitment=row,
        amount_satang=satang,
        paid_on=on,
        words=words,
        press=press,
        file=file,
        made_by=by,
    )
    made.save()
    row.paid_satang += satang
    row.save(update_fields=["paid_satang"])
    allotment.paid_satang += satang
    allotment.save(update_fields=["paid_satang"])
    verb = Verb.MONEY_PAID if satang > 0 else Verb.MONEY_RETURNED
    record(verb, row, by=by, amount_satang=satang, words=words, on=on.isoformat(), press=str(press))
    return made


def _unpaid(row: Commitment) -> int:
    return row.amount_satang - row.released_satang - row.paid_satang


def _pay_doubts(row: Commitment, amount: BahtRead, on: date) -> list[AmountDoubt]:
    """A payment before its contract, and one just like another of the same day."""
    found = []
    shown = format_date(on, style="short")
    if on < row.committed_on:
        words = f"{shown} ก่อนวันก่อหนี้ผูกพัน {format_date(row.committed_on, style='short')}"
        found.append(AmountDoubt(f"before_binding:{on.isoformat()}", words))
    twins = row.disbursements.filter(paid_on=on, amount_satang=amount.satang)
    if count := twins.count():
        words = f"มีรายการเบิกจ่าย {baht(amount.satang)} บาท ในวันที่ {shown} แล้ว อาจซ้ำกัน"
        found.append(AmountDoubt(f"twin:{on.isoformat()}:{amount.satang}:{count}", words))
    return found
