"""Finished letters go to the store, are lent from it and come back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty
from thamthan.letters.models import Keeping, Letter, Loan
from thamthan.letters.rules import LetterState, check_is, expires_on, retention_of
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.queries import history_of
from thamthan.records.rules import Verb


@transaction.atomic
def file_letter(
    letter: Letter,
    *,
    by: Post,
    retention: str,
    place: str = "",
    box: str = "",
    folder: str = "",
) -> Keeping:
    """ส่งเก็บ: a finished letter gets its place and its clock, which began when it was finished.

    Filing again moves it, or gives it another class; the clock stays with the day of finishing.
    """
    check_duty(by)
    chosen = retention_of(retention)
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    check_is(locked.state, LetterState.FINISHED)
    if not (place.strip() or box.strip() or folder.strip()):
        raise Refused("โปรดบอกที่เก็บ กล่อง หรือแฟ้ม", code="no_place", field="place", status=400)
    years = None if locked.is_secret else chosen.years
    starts_on = _finished_on(locked)
    keeping, _ = Keeping.objects.update_or_create(
        letter=locked,
        defaults={
            "retention": chosen.code,
            "starts_on": starts_on,
            "expires_on": expires_on(starts_on, years),
            "place": place.strip()[:120],
            "box": box.strip()[:60],
            "folder": folder.strip()[:120],
            "filed_by": by,
            "filed_at": timezone.now(),
        },
    )
    record(
        Verb.LETTER_FILED,
        locked,
        by=by,
        note=keeping.where,
        retention=chosen.code,
        expires_on=keeping.expires_on.isoformat() if keeping.expires_on else None,
    )
    return keeping


def _finished_on(letter: Letter) -> date:
    last = history_of(letter).filter(verb=Verb.LETTER_FINISHED).order_by("-at", "-pk").first()
    return timezone.localdate(last.at) if last is not None else timezone.localdate()


def stop_clock(letter: Letter) -> None:
    """A matter that is opened again is no longer kept until it is finished and filed again."""
    lines = letter.disposal_lines.exclude(disposal__state="destroyed").filter(fate="destroy")
    if lines.exists():
        raise Refused("หนังสือนี้อยู่ในบัญชีขอทำลาย เปิดเรื่องต่อไม่ได้จนกว่าจะเอาออกจากบัญชี", code="on_list")
    Keeping.objects.filter(letter=letter).update(starts_on=None, expires_on=None)


@transaction.atomic
def lend_letter(
    letter: Letter, *, by: Post, borrower: str, unit: str, lent_on: date, due_on: date
) -> Loan:
    """ให้ยืม: one letter of the store, to a person, until a day."""
    check_duty(by)
    if not borrower.strip():
        raise Refused("โปรดบอกชื่อผู้ยืม", code="no_borrower", field="borrower", status=400)
    if due_on < lent_on:
        raise Refused("กำหนดส่งคืนอยู่ก่อนวันยืม", code="wrong_day", field="due_on", status=400)
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if not Keeping.objects.filter(letter=locked, starts_on__isnull=False).exists():
        raise Refused("หนังสือนี้ยังไม่ได้ส่งเก็บ จึงยืมไม่ได้", code="not_kept")
    check_is(locked.state, LetterState.FINISHED)
    out = locked.loans.filter(returned_on=None).first()
    if out is not None:
        raise Refused(f"{out.borrower} ยืมอยู่ ยังไม่คืน", code="lent_already")
    loan = Loan.objects.create(
        letter=locked,
        borrower=borrower.strip()[:200],
        unit=unit.strip()[:200],
        lent_on=lent_on,
        due_on=due_on,
        lent_by=by,
    )
    record(Verb.LETTER_LENT, locked, by=by, note=loan.borrower, due_on=due_on.isoformat())
    return loan


@transaction.atomic
def return_loan(loan: Loan, *, by: Post, returner: str, returned_on: date) -> None:
    """รับคืน."""
    check_duty(by)
    locked = Loan.objects.select_for_update().get(pk=loan.pk)
    if locked.returned_on is not None:
        raise Refused("รับคืนไปแล้ว", code="returned_already")
    if returned_on < locked.lent_on:
        raise Refused("วันคืนอยู่ก่อนวันยืม", code="wrong_day", status=400)
    locked.returned_on = returned_on
    locked.returner = (returner.strip() or locked.borrower)[:200]
    locked.save(update_fields=["returned_on", "returner"])
    record(Verb.LETTER_RETURNED, locked.letter, by=by, note=locked.returner)
