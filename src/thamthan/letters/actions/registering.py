"""A person confirms: the letter gets its number, is set aside, finished, opened again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.checks import (
    check_duty,
    check_nobody_decides,
    check_received_at,
    locked_letter,
)
from thamthan.letters.actions.keeping import stop_clock
from thamthan.letters.actions.numbers import locked_register, number_received
from thamthan.letters.filling import fill_letter, stamp_compared, write_particulars
from thamthan.letters.indexing import index_letter
from thamthan.letters.machine import move_letter
from thamthan.letters.models import Letter, Reading
from thamthan.letters.queries import letters_seen_by, twins_in_house
from thamthan.letters.reporting import tell_received, tell_returned, tell_taken_back
from thamthan.letters.rules import (
    LetterState,
    Maker,
    ReadingState,
    check_is,
    check_move,
    class_confirmed,
    is_higher,
    series_of,
)
from thamthan.letters.secrets import name_first_readers, put_out_of_sight
from thamthan.organisations.models import Post
from thamthan.reading.model import LetterReading, to_json
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.correspondence import Secrecy


@transaction.atomic
def confirm_reading(
    letter: Letter,
    confirmed: LetterReading,
    *,
    by: Post,
    seen_version: int,
    received_at: datetime,
    despite_twins: str = "",
) -> Letter:
    """ยืนยันและลงทะเบียนรับ: what a person confirmed becomes the letter, with the next number.

    On a letter already registered it corrects: the number stays, a new reading is added. Refuses
    when another clerk changed the letter meanwhile, when the register is not open yet, and when
    the same letter stands in the registry already, unless `despite_twins` says why not.
    """
    check_duty(by)
    check_received_at(received_at)
    if confirmed.subject is None or not confirmed.subject.value.strip():
        raise Refused("ต้องมีเรื่องของหนังสือ จึงจะลงทะเบียนได้", code="no_subject", status=400)
    secrecy = _class_of(letter, confirmed)
    # Lock the register before the letter, always in this order: numbers wait in one line.
    year = timezone.localtime(received_at).year
    register = locked_register(letter, series_of(secrecy), by=by, year=year)
    if register is None:
        raise Refused("หน่วยงานนี้ยังไม่ได้เปิดทะเบียนหนังสือรับ โปรดเปิดทะเบียนก่อน", code="no_register")
    locked = locked_letter(letter, seen_version=seen_version)
    is_new = locked.receipt_number is None
    was = locked.secrecy
    if is_new:
        check_move(locked.state, LetterState.REGISTERED)
    elif locked.state in {LetterState.SENT, LetterState.CANCELLED}:
        raise Refused("หนังสือส่งและหนังสือที่ยกเลิกเลขแล้ว แก้ไขที่หน้านี้ไม่ได้", code="wrong_state")
    else:
        check_is(locked.state, LetterState.REGISTERED, LetterState.FINISHED)
    locked.received_at = received_at
    fill_letter(locked, confirmed)
    locked.secrecy = secrecy
    if is_new:
        _meet_twins(locked, by=by, is_known=bool(despite_twins.strip()))
        locked.state = LetterState.REGISTERED
    number_received(locked, register)
    if locked.is_secret and was == Secrecy.OPEN:
        name_first_readers(locked, by, by=by)
        put_out_of_sight(locked)
    confirmed = stamp_compared(confirmed, locked.receipt_number or 0)
    locked.doubt_count = len(confirmed.doubts)
    locked.version += 1
    locked.save()
    write_particulars(locked, confirmed)
    Reading.objects.create(
        letter=locked,
        maker=Maker.PERSON,
        state=ReadingState.DONE,
        result=to_json(confirmed),
        made_by=by,
    )
    index_letter(locked)
    record(
        Verb.LETTER_REGISTERED if is_new else Verb.LETTER_CORRECTED,
        locked,
        by=by,
        note=despite_twins.strip(),
        receipt_number=locked.receipt_number,
        receipt_year=locked.receipt_year,
    )
    tell_received(locked)
    return locked


def _class_of(letter: Letter, confirmed: LetterReading) -> Secrecy:
    said = confirmed.secrecy.value if confirmed.secrecy else None
    # Received as open and found secret by the machine: that proposal is the person's to judge.
    is_proposal = (
        letter.receipt_number is None
        and letter.readings.filter(maker=Maker.MACHINE, state=ReadingState.DONE).exists()
    )
    return class_confirmed(letter.secrecy, said, is_proposal=is_proposal)


def _meet_twins(letter: Letter, *, by: Post, is_known: bool) -> None:
    """Refuse what stands in the registry already, as far as this post may know of it.

    A secret twin is not told of to others; its own history tells its registrar.
    """
    found = twins_in_house(letter, among=Letter.objects.filter(receipt_number__isnull=False))
    keys = [twin.letter.pk for twin in found]
    seen = set(letters_seen_by(by).filter(pk__in=keys).values_list("pk", flat=True))
    twins = [twin for twin in found if twin.letter.pk in seen]
    for twin in found:
        if twin.letter.is_secret and twin not in twins:
            record(Verb.SECRET_TWIN_REGISTERED, twin.letter, by=by, letter=letter.pk)
    if twins and not is_known:
        first = twins[0]
        raise Refused(
            f"หนังสือนี้น่าจะลงรับแล้ว เป็นเลขรับ {first.letter.receipt_number} ({first.why})",
            code="twins",
            twins=[twin.letter.pk for twin in twins],
        )


@transaction.atomic
def mark_as_twin(letter: Letter, of: Letter, *, by: Post, seen_version: int) -> None:
    """เป็นฉบับเดียวกัน: this arrival is the same paper as one already here; it gets no number."""
    check_duty(by)
    if of.organisation_id != letter.organisation_id or of.pk == letter.pk:
        raise Refused("เลือกฉบับที่ซ้ำไม่ถูกต้อง", code="wrong_twin", status=400)
    if of.state in {LetterState.TWIN, LetterState.SET_ASIDE}:
        raise Refused("ฉบับที่เลือกเป็นฉบับซ้ำหรือไม่ได้ลงรับ โปรดเลือกฉบับที่ลงรับแล้ว", code="wrong_twin")
    locked = locked_letter(letter, seen_version=seen_version)
    if is_higher(locked.secrecy, of.secrecy):
        raise Refused(
            "ฉบับนี้มีชั้นความลับสูงกว่าฉบับที่เลือก โปรดเปลี่ยนชั้นความลับของฉบับนั้นให้ตรงกันก่อน",
            code="wrong_twin",
        )
    if is_higher(of.secrecy, locked.secrecy):
        # The same paper: what is secret of the one is secret of the other.
        locked.secrecy = of.secrecy
        put_out_of_sight(locked)
    locked.twin_of = of
    move_letter(locked, LetterState.TWIN)
    record(Verb.LETTER_IS_TWIN, locked, by=by, twin_of=of.pk)
    tell_received(locked, number_of=of)


@transaction.atomic
def set_aside_letter(letter: Letter, *, by: Post, seen_version: int, note: str) -> None:
    """ไม่ลงรับ: not a letter for this register (wrong office, an advertisement); say why."""
    check_duty(by)
    if not note.strip():
        raise Refused("โปรดบอกเหตุที่ไม่ลงรับ", code="no_reason", status=400)
    locked = locked_letter(letter, seen_version=seen_version)
    move_letter(locked, LetterState.SET_ASIDE)
    record(Verb.LETTER_SET_ASIDE, locked, by=by, note=note.strip())
    tell_returned(locked, note.strip())


@transaction.atomic
def take_back_letter(letter: Letter, *, by: Post, seen_version: int) -> None:
    """นำกลับมาลงรับ: a twin or a letter set aside by mistake waits for confirming again."""
    check_duty(by)
    locked = locked_letter(letter, seen_version=seen_version)
    check_is(locked.state, LetterState.TWIN, LetterState.SET_ASIDE)
    locked.twin_of = None
    move_letter(locked, LetterState.TO_CONFIRM)
    record(Verb.LETTER_REOPENED, locked, by=by)
    tell_taken_back(locked)


@transaction.atomic
def finish_letter(letter: Letter, *, by: Post, seen_version: int, note: str = "") -> None:
    """เรียบร้อย: what the letter asked is done; it leaves the desk and stays in the register.

    Refuses while somebody still has to endorse it or its owner to take it.
    """
    check_duty(by)
    locked = locked_letter(letter, seen_version=seen_version)
    check_nobody_decides(locked)
    move_letter(locked, LetterState.FINISHED)
    record(Verb.LETTER_FINISHED, locked, by=by, note=note.strip())


@transaction.atomic
def reopen_letter(letter: Letter, *, by: Post, seen_version: int) -> None:
    """เปิดเรื่องต่อ: back to the desk."""
    check_duty(by)
    locked = locked_letter(letter, seen_version=seen_version)
    check_is(locked.state, LetterState.FINISHED)
    stop_clock(locked)
    move_letter(locked, LetterState.REGISTERED)
    record(Verb.LETTER_REOPENED, locked, by=by)
