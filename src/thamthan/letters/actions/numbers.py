"""Numbers are given, reserved, given back and cancelled. The register is locked before all else."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_keeps_register
from thamthan.letters.models import Letter, Register, RegisterNumber
from thamthan.letters.queries import number_after_last
from thamthan.letters.rules import (
    MOST_NUMBER,
    MOST_RESERVED,
    CircularSeries,
    Direction,
    LetterState,
    NumberState,
    Series,
    check_move,
    check_number_move,
    official_number,
    register_year,
)
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.correspondence import parse_letter_number
from thamthan.thai.dates import format_date


@transaction.atomic
def take_number(
    register: Register,
    *,
    by: Post,
    on: date,
    subject: str,
    addressee: str,
    is_circular: bool,
) -> RegisterNumber:
    """ออกเลขหนังสือส่ง: the next number of the year in which `on` lies, for what is told here.

    A circular goes to its own series where the office keeps one. The official text is composed
    of the office's code, which a person must have set before: it is never guessed. What was given
    stays given; `cancel_number` leaves it in the book.
    """
    check_keeps_register(by, register)
    if not subject.strip():
        raise Refused("โปรดใส่เรื่องของหนังสือ", code="no_subject", status=400, field="subject")
    book = _locked(_book_for(register, is_circular=is_circular))
    _check_sends(book)
    _check_day(on)
    code = _code_of(book)
    row = _next_row(book, on=on)
    row.text = official_number(code, row.number, is_circular=is_circular)[:120]
    row.is_circular = is_circular
    row.subject, row.addressee = subject.strip(), addressee.strip()
    row.save()
    record(Verb.NUMBER_TAKEN, row, by=by, number=row.number, year=row.year)
    return row


def _book_for(register: Register, *, is_circular: bool) -> Register:
    if not is_circular or register.series != Series.MAIN:
        return register
    if register.circulars == CircularSeries.SHARED:
        return register
    return Register.objects.get(
        organisation=register.organisation_id,
        direction=register.direction,
        series=Series.CIRCULAR,
    )


def _locked(register: Register) -> Register:
    # Lock the register before any letter or number, always: numbers wait in one line.
    Register.objects.select_for_update().get(pk=register.pk)
    return Register.objects.select_related("organisation").get(pk=register.pk)


def _check_sends(book: Register) -> None:
    if book.direction != Direction.SENT:
        raise Refused("ออกหรือจองเลขเองได้เฉพาะทะเบียนหนังสือส่ง", code="wrong_register", status=400)


def _check_day(on: date) -> None:
    if on > timezone.localdate():
        raise Refused(
            "วันที่ของหนังสือยังมาไม่ถึง หากต้องการเลขไว้ล่วงหน้าให้จองเลข",
            code="day_ahead",
            status=400,
            field="on",
        )
    if on.year < 1957:
        raise Refused(
            "ปีของหนังสือไม่น่าใช่ โปรดตรวจปี พ.ศ.", code="day_too_early", status=400, field="on"
        )


def _code_of(book: Register) -> str:
    if not book.code:
        raise Refused(
            f"ยังไม่ได้ตั้งรหัสหนังสือของ{book.organisation.name} (เช่น พบ 72401 ซึ่งจังหวัดกำหนดให้) "
            "โปรดตั้งที่หน้า “ทะเบียนและเลขหนังสือ” ก่อน",
            code="no_agency_code",
        )
    return book.code


def _next_row(book: Register, *, on: date) -> RegisterNumber:
    """The next line of a locked book, not saved yet."""
    # What is older than the book here goes into its first year: its own year has a book on paper.
    year = max(register_year(book.year_kind, on), book.first_year)
    number = number_after_last(book, year=year)
    if number > MOST_NUMBER:
        raise Refused("ทะเบียนของปีนี้เต็มแล้ว", code="register_full")
    return RegisterNumber(register=book, year=year, number=number, on=on, state=NumberState.USED)


def locked_register(letter: Letter, series: Series, *, by: Post, year: int) -> Register | None:
    """The book that a letter of this house and way belongs in, locked; None: not opened yet.

    The book of secrets opens by itself: a classed letter must not wait in the open one.
    """
    wanted = {
        "organisation_id": letter.organisation_id,
        "direction": letter.direction or Direction.RECEIVED,
        "series": series,
    }
    register = Register.objects.select_for_update().filter(**wanted).first()
    if register is not None or series != Series.SECRET:
        return register
    _, is_new = Register.objects.get_or_create(**wanted, defaults={"first_year": year})
    register = Register.objects.select_for_update().get(**wanted)
    if is_new:
        record(Verb.REGISTER_OPENED, register, by=by, first_number=1, series=series.value)
    return register


def number_received(letter: Letter, register: Register) -> None:
    """The number of a locked letter in a locked register: the one it has there, or the next.

    Leaves the letter unsaved. Passed on to no other room.
    """
    on = timezone.localtime(letter.received_at).date()
    row = RegisterNumber.objects.filter(register=register, letter=letter).first()
    if row is None:
        row = _next_row(register, on=on)
        row.letter = letter
    row.on = on
    row.save()
    letter.register = register
    letter.receipt_year, letter.receipt_number = row.year, row.number


@transaction.atomic
def reserve_numbers(
    register: Register,
    *,
    by: Post,
    on: date,
    count: int,
    reserved_for: str,
    reason: str,
    until: date,
) -> list[RegisterNumber]:
    """จองเลข: a block or one of them, for whom, why and until when; used or given back later.

    The block stands together, in the year in which `on` lies. What was not used by `until` is not
    taken back by itself: the clerk is told of it.
    """
    check_keeps_register(by, register)
    if not 1 <= count <= MOST_RESERVED:
        raise Refused(
            f"จองได้ครั้งละ 1 ถึง {MOST_RESERVED} เลข", code="wrong_count", status=400, field="count"
        )
    if not reserved_for.strip():
        raise Refused("โปรดบอกว่าจองให้ใคร", code="no_holder", status=400, field="reserved_for")
    if not reason.strip():
        raise Refused("โปรดบอกเหตุที่จอง", code="no_reason", status=400, field="reason")
    if until < on:
        raise Refused("วันสุดท้ายที่จองอยู่ก่อนวันที่จอง", code="wrong_day", status=400, field="until")
    book = _locked(register)
    _check_sends(book)
    _check_day(on)
    rows = []
    for _ in range(count):
        row = _next_row(book, on=on)
        row.state = NumberState.RESERVED
        row.reserved_for, row.reason = reserved_for.strip()[:200], reason.strip()
        row.reserved_until = until
        row.is_circular = book.series == Series.CIRCULAR
        row.save()
        record(Verb.NUMBER_RESERVED, row, by=by, note=row.reason, number=row.number)
        rows.append(row)
    return rows


def _locked_row(row: RegisterNumber) -> RegisterNumber:
    book = _locked(row.register)
    locked = RegisterNumber.objects.select_for_update().get(pk=row.pk)
    locked.register = book
    return locked


@transaction.atomic
def use_reserved(
    row: RegisterNumber,
    *,
    by: Post,
    on: date,
    subject: str,
    addressee: str,
    is_circular: bool,
) -> RegisterNumber:
    """ใช้เลขที่จองไว้ for a letter of the same year; its day may be any of that year so far."""
    check_keeps_register(by, row.register)
    if not subject.strip():
        raise Refused("โปรดใส่เรื่องของหนังสือ", code="no_subject", status=400, field="subject")
    locked = _locked_row(row)
    check_number_move(locked.state, NumberState.USED)
    _check_day(on)
    book = locked.register
    if register_year(book.year_kind, on) != locked.year:
        raise Refused(
            f"เลขที่จองเป็นของปี {locked.year + 543} ใช้กับหนังสือลงวันที่ {format_date(on)} ไม่ได้",
            code="wrong_year",
            field="on",
        )
    if _book_for(book, is_circular=is_circular).pk != book.pk or (
        book.series == Series.CIRCULAR and not is_circular
    ):
        raise Refused("เลขที่จองเป็นของอีกชุดหนึ่ง (หนังสือเวียนแยกชุด)", code="wrong_series")
    locked.text = official_number(_code_of(book), locked.number, is_circular=is_circular)[:120]
    locked.state = NumberState.USED
    locked.on, locked.is_circular = on, is_circular
    locked.subject, locked.addressee = subject.strip(), addressee.strip()
    locked.given_at = timezone.now()
    locked.save()
    record(Verb.NUMBER_TAKEN, locked, by=by, number=locked.number, year=locked.year)
    return locked


@transaction.atomic
def release_reserved(rows: Sequence[RegisterNumber], *, by: Post, reason: str) -> None:
    """คืนเลขจอง: the numbers stay in the book as given back, and are never given to anyone else."""
    if not reason.strip():
        raise Refused("โปรดบอกเหตุที่คืนเลข", code="no_reason", status=400, field="reason")
    for row in sorted(rows, key=lambda one: (one.register_id, one.year, one.number)):
        check_keeps_register(by, row.register)
        locked = _locked_row(row)
        check_number_move(locked.state, NumberState.RELEASED)
        locked.state = NumberState.RELEASED
        locked.reason = reason.strip()
        locked.save()
        record(Verb.NUMBER_RELEASED, locked, by=by, note=locked.reason, number=locked.number)


@transaction.atomic
def cancel_number(row: RegisterNumber, *, by: Post, reason: str) -> RegisterNumber:
    """ยกเลิกเลข: it stays in the book, struck out with its reason, and so does its letter."""
    check_keeps_register(by, row.register)
    if not reason.strip():
        raise Refused("โปรดบอกเหตุที่ยกเลิก", code="no_reason", status=400, field="reason")
    locked = _locked_row(row)
    check_number_move(locked.state, NumberState.CANCELLED)
    locked.state = NumberState.CANCELLED
    locked.reason = reason.strip()
    locked.save()
    record(Verb.NUMBER_CANCELLED, locked, by=by, note=locked.reason, number=locked.number)
    if locked.letter_id is None:
        return locked
    letter = Letter.objects.select_for_update().get(pk=locked.letter_id)
    if letter.register_id == locked.register_id:
        # The number of a division's own book is no number of the letter itself.
        check_move(letter.state, LetterState.CANCELLED)
        letter.state = LetterState.CANCELLED
        letter.version += 1
        letter.save()
        record(
            Verb.NUMBER_CANCELLED, letter, by=by, note=locked.reason, receipt_number=locked.number
        )
    return locked


@transaction.atomic
def give_sent_number(
    letter: Letter,
    *,
    by: Post,
    register: Register,
    on: date,
    is_circular: bool,
    reserved: RegisterNumber | None = None,
) -> RegisterNumber:
    """ออกเลขและวันที่ให้หนังสือส่งฉบับหนึ่ง: the next number, or one that was reserved for it.

    The letter, of direction SENT and without a number yet, has its number, date and state from
    here on. Whoever calls holds no lock on the letter before: the register comes first.
    """
    if reserved is None:
        row = take_number(
            register,
            by=by,
            on=on,
            subject=letter.subject,
            addressee=letter.addressee,
            is_circular=is_circular,
        )
    else:
        row = use_reserved(
            reserved,
            by=by,
            on=on,
            subject=letter.subject,
            addressee=letter.addressee,
            is_circular=is_circular,
        )
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if locked.direction != Direction.SENT or locked.receipt_number is not None:
        raise Refused("หนังสือนี้มีเลขแล้ว หรือไม่ใช่หนังสือส่ง", code="numbered_already")
    # One truth: from here on the letter tells what it is about.
    row.letter, row.subject, row.addressee = locked, "", ""
    row.save()
    number = parse_letter_number(row.text)
    locked.number, locked.dated_on = row.text, on
    locked.number_key = (number.key() if number else "")[:120]
    locked.register, locked.receipt_year, locked.receipt_number = row.register, row.year, row.number
    locked.state = LetterState.SENT
    locked.version += 1
    locked.save()
    record(Verb.LETTER_SENT, locked, by=by, receipt_number=row.number, receipt_year=row.year)
    return row


@transaction.atomic
def receive_in_division(letter: Letter, *, by: Post, register: Register) -> RegisterNumber:
    """ลงรับในทะเบียนของกอง: a letter of the house gets a number in the division's own book too.

    The same letter again gives the same number. The house's own receipt number stays what it is.
    """
    check_keeps_register(by, register)
    if (
        register.direction != Direction.RECEIVED
        or register.organisation_id == letter.organisation_id
    ):
        raise Refused("ทะเบียนนี้ไม่ใช่ทะเบียนรับของกอง", code="wrong_register", status=400)
    if register.organisation.house_path != letter.organisation.path:
        raise Refused("หนังสือนี้เป็นของหน่วยงานอื่น", code="foreign_letter", status=400)
    book = _locked(register)
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if locked.state not in {LetterState.REGISTERED, LetterState.FINISHED}:
        raise Refused("ต้องลงรับในทะเบียนของหน่วยงานก่อน", code="wrong_state")
    there = RegisterNumber.objects.filter(register=book, letter=locked).first()
    if there is not None:
        return there
    row = _next_row(book, on=timezone.localdate())
    row.letter = locked
    row.save()
    record(
        Verb.LETTER_IN_DIVISION,
        locked,
        by=by,
        receipt_number=row.number,
        division=book.organisation.name,
    )
    return row
