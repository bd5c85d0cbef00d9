"""Every writing of letters: receive, read, confirm and register, set aside, finish."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from thamthan.errors import Refused
from thamthan.letters.filling import fill_letter, stamp_compared, write_particulars
from thamthan.letters.machine import claim_reading, move_letter, queue_again, settle_reading
from thamthan.letters.models import Letter, LetterFile, Reading, Register
from thamthan.letters.queries import number_after_last, twins_in_house, working_calendar
from thamthan.letters.rules import (
    Direction,
    LetterState,
    Maker,
    ReadingState,
    check_is,
    check_move,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import known_organisations, system_post_of
from thamthan.organisations.rules import Duty
from thamthan.reading import read
from thamthan.reading.model import LetterReading, to_json
from thamthan.reading.ocr.language import is_available as can_read_pictures
from thamthan.reading.pages import Document, NeedsOCR, Unreadable, check_acceptable
from thamthan.records.actions import record, store_file
from thamthan.records.models import StoredFile
from thamthan.records.queries import content_of
from thamthan.records.rules import Verb
from thamthan.thai.correspondence import Secrecy

log = logging.getLogger(__name__)

# A reading that has run this long was left by a killed worker; killed this often, it kills them.
STUCK_AFTER = timedelta(minutes=10)
MOST_ATTEMPTS = 3
CLOCKS_DIFFER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """ไฟล์ที่ส่งเข้ามา: its name, which decides nothing, and its bytes."""

    name: str
    content: bytes


def receive_letter(
    files: Sequence[IncomingFile],
    *,
    by: Post,
    received_at: datetime,
    submission: UUID | None = None,
    secrecy: Secrecy = Secrecy.OPEN,
) -> Letter:
    """รับหนังสือเข้า: keep the files and queue the first for reading; no receipt number yet.

    The same `submission` again gives the same letter (a button pressed twice). A file of a kind
    that no letter comes in is refused before anything is kept. A letter said to be secret is not
    read by the machine. Does not look for twins: the confirm page and registering do.
    """
    _check_duty(by)
    _check_received_at(received_at)
    if not files:
        raise Refused("ยังไม่ได้เลือกไฟล์หรือวางข้อความ", code="no_file", status=400)
    for file in files:
        _check_acceptable(file)
    stored = [store_file(file.content, by=by) for file in files]
    return _enter_letter(
        files, stored, by=by, received_at=received_at, submission=submission, secrecy=secrecy
    )


def _check_duty(by: Post) -> None:
    if not by.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รับและลงทะเบียนหนังสือ", code="not_allowed", status=403)


def _check_received_at(received_at: datetime) -> None:
    if received_at > timezone.now() + CLOCKS_DIFFER:
        raise Refused("วันเวลาที่รับอยู่ในอนาคต โปรดตรวจอีกครั้ง", code="received_in_future", status=400)
    if received_at.year < 1957:
        raise Refused("ปีที่รับไม่น่าใช่ โปรดตรวจปี พ.ศ.", code="received_too_early", status=400)


def _check_acceptable(file: IncomingFile) -> None:
    if len(file.content) > settings.MAX_FILE_BYTES:
        most = settings.MAX_FILE_BYTES // (1024 * 1024)
        raise Refused(
            f"ไฟล์ “{file.name}” ใหญ่เกิน {most} MB โปรดสแกนให้เล็กลงหรือแบ่งไฟล์",
            code="file_too_large",
            status=413,
        )
    check_acceptable(Document(content=file.content, name=file.name))


@transaction.atomic
def _enter_letter(
    files: Sequence[IncomingFile],
    stored: Sequence[StoredFile],
    *,
    by: Post,
    received_at: datetime,
    submission: UUID | None,
    secrecy: Secrecy,
) -> Letter:
    house = Organisation.objects.get(path=by.organisation.house_path)
    fresh = Letter(
        organisation=house,
        submission=submission,
        received_at=received_at,
        entered_by=by,
        secrecy=secrecy,
    )
    if submission is not None:
        # A double press makes the same row twice: the second one yields to the first.
        Letter.objects.bulk_create([fresh], ignore_conflicts=True)
        letter = Letter.objects.select_for_update().filter(submission=submission).get()
        if letter.organisation_id != house.pk:
            raise Refused("การส่งนี้เป็นของหน่วยงานอื่น", code="foreign_submission")
        if letter.files.exists():
            return letter
    else:
        fresh.save()
        letter = fresh
    kept = [
        LetterFile(letter=letter, file=row, name=file.name[:255] or "หนังสือ", position=position)
        for position, (file, row) in enumerate(zip(files, stored, strict=True), start=1)
    ]
    LetterFile.objects.bulk_create(kept)
    record(Verb.LETTER_RECEIVED, letter, by=by, files=[file.sha256 for file in stored])
    if secrecy != Secrecy.OPEN:
        move_letter(letter, LetterState.TO_CONFIRM)
        return letter
    reading = Reading.objects.create(
        letter=letter,
        file=letter.files.get(position=1),
        maker=Maker.MACHINE,
        state=ReadingState.QUEUED,
    )
    read_letter_task.enqueue(reading.pk)
    return letter


def read_letter(reading_pk: int, *, by: Post) -> None:
    """อ่านหนังสือ: let the machine read one queued reading; safe to run twice.

    The reading itself happens outside any transaction. What cannot be read waits or says why; a
    person can type it in. Columns are filled only while no person has confirmed anything.
    """
    reading = claim_reading(reading_pk)
    if reading is None or reading.file is None:
        return
    letter = reading.letter
    try:
        content = content_of(reading.file.file)
        document = Document(content=content, name=reading.file.name)
        arrived = timezone.localtime(letter.received_at)
        result = read(
            document,
            arrived=arrived,
            calendar=working_calendar(arrived.date()),
            known=known_organisations(by),
        )
    except NeedsOCR as reason:
        settle_reading(reading, ReadingState.WAITING, by=by, message=reason.message)
    except Unreadable as reason:
        settle_reading(reading, ReadingState.FAILED, by=by, message=reason.message)
    except Exception:
        log.exception("reading %s of letter %s failed", reading.pk, letter.pk)
        settle_reading(
            reading, ReadingState.FAILED, by=by, message="เครื่องอ่านหนังสือนี้ไม่สำเร็จ โปรดพิมพ์เอง"
        )
    else:
        settle_reading(reading, ReadingState.DONE, by=by, result=result)


def requeue_stuck_readings(*, by: Post, now: datetime) -> int:
    """ส่งอ่านใหม่: put back what a killed worker left; give up on what keeps killing workers.

    Gives how many were put back. Safe to run at any time, by several at once.
    """
    stuck = Reading.objects.filter(
        maker=Maker.MACHINE,
        state__in=[ReadingState.QUEUED, ReadingState.RUNNING],
        changed_at__lt=now - STUCK_AFTER,
    )
    count = 0
    for reading in stuck.order_by("pk"):
        if reading.attempts >= MOST_ATTEMPTS:
            Reading.objects.filter(pk=reading.pk).update(state=ReadingState.RUNNING)
            settle_reading(
                reading,
                ReadingState.FAILED,
                by=by,
                message="เครื่องหยุดกลางคันหลายครั้งขณะอ่านหนังสือนี้ โปรดพิมพ์เอง",
            )
        elif queue_again(reading, now=now):
            read_letter_task.enqueue(reading.pk)
            count += 1
    return count


def requeue_waiting_readings(*, by: Post, now: datetime) -> int:
    """ส่งอ่านภาพที่รออยู่: once pictures can be read here, read those that no person typed in yet.

    Gives how many were queued; none while pictures cannot be read. What waits again after three
    tries is left to a person.
    """
    if not can_read_pictures():
        return 0
    waiting = Reading.objects.filter(
        maker=Maker.MACHINE,
        state=ReadingState.WAITING,
        attempts__lt=MOST_ATTEMPTS,
        letter__state=LetterState.TO_CONFIRM,
    ).exclude(letter__readings__maker=Maker.PERSON)
    count = 0
    for reading in waiting.order_by("pk"):
        if queue_again(reading, now=now):
            read_letter_task.enqueue(reading.pk)
            count += 1
    return count


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
    _check_duty(by)
    _check_received_at(received_at)
    if confirmed.subject is None or not confirmed.subject.value.strip():
        raise Refused("ต้องมีเรื่องของหนังสือ จึงจะลงทะเบียนได้", code="no_subject", status=400)
    # Lock the register before the letter, always in this order: numbers wait in one line.
    register = (
        Register.objects.select_for_update()
        .filter(organisation=letter.organisation_id, direction=Direction.RECEIVED)
        .first()
    )
    if register is None:
        raise Refused("หน่วยงานนี้ยังไม่ได้เปิดทะเบียนหนังสือรับ โปรดเปิดทะเบียนก่อน", code="no_register")
    locked = _locked(letter, seen_version=seen_version)
    is_new = locked.receipt_number is None
    if is_new:
        check_move(locked.state, LetterState.REGISTERED)
    locked.received_at = received_at
    fill_letter(locked, confirmed)
    if is_new:
        if not despite_twins.strip():
            _refuse_twins(locked)
        year = timezone.localtime(received_at).year
        locked.register = register
        locked.receipt_year = year
        locked.receipt_number = number_after_last(register, year=year)
        locked.state = LetterState.REGISTERED
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
    record(
        Verb.LETTER_REGISTERED if is_new else Verb.LETTER_CORRECTED,
        locked,
        by=by,
        note=despite_twins.strip(),
        receipt_number=locked.receipt_number,
        receipt_year=locked.receipt_year,
    )
    return locked


def _locked(letter: Letter, *, seen_version: int) -> Letter:
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if locked.version != seen_version:
        raise Refused(
            "มีผู้อื่นแก้ไขหรือลงทะเบียนหนังสือนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ สิ่งที่ท่านพิมพ์ยังอยู่ด้านล่าง",
            code="changed_meanwhile",
            version=locked.version,
        )
    return locked


def _refuse_twins(letter: Letter) -> None:
    twins = twins_in_house(letter, among=Letter.objects.filter(receipt_number__isnull=False))
    if twins:
        first = twins[0]
        raise Refused(
            f"หนังสือนี้น่าจะลงรับแล้ว เป็นเลขรับ {first.letter.receipt_number} ({first.why})",
            code="twins",
            twins=[twin.letter.pk for twin in twins],
        )


@transaction.atomic
def mark_as_twin(letter: Letter, of: Letter, *, by: Post, seen_version: int) -> None:
    """เป็นฉบับเดียวกัน: this arrival is the same paper as one already here; it gets no number."""
    _check_duty(by)
    if of.organisation_id != letter.organisation_id or of.pk == letter.pk:
        raise Refused("เลือกฉบับที่ซ้ำไม่ถูกต้อง", code="wrong_twin", status=400)
    if of.state in {LetterState.TWIN, LetterState.SET_ASIDE}:
        raise Refused("ฉบับที่เลือกเป็นฉบับซ้ำหรือไม่ได้ลงรับ โปรดเลือกฉบับที่ลงรับแล้ว", code="wrong_twin")
    locked = _locked(letter, seen_version=seen_version)
    locked.twin_of = of
    move_letter(locked, LetterState.TWIN)
    record(Verb.LETTER_IS_TWIN, locked, by=by, twin_of=of.pk)


@transaction.atomic
def set_aside_letter(letter: Letter, *, by: Post, seen_version: int, note: str) -> None:
    """ไม่ลงรับ: not a letter for this register (wrong office, an advertisement); say why."""
    _check_duty(by)
    if not note.strip():
        raise Refused("โปรดบอกเหตุที่ไม่ลงรับ", code="no_reason", status=400)
    locked = _locked(letter, seen_version=seen_version)
    move_letter(locked, LetterState.SET_ASIDE)
    record(Verb.LETTER_SET_ASIDE, locked, by=by, note=note.strip())


@transaction.atomic
def take_back_letter(letter: Letter, *, by: Post, seen_version: int) -> None:
    """นำกลับมาลงรับ: a twin or a letter set aside by mistake waits for confirming again."""
    _check_duty(by)
    locked = _locked(letter, seen_version=seen_version)
    check_is(locked.state, LetterState.TWIN, LetterState.SET_ASIDE)
    locked.twin_of = None
    move_letter(locked, LetterState.TO_CONFIRM)
    record(Verb.LETTER_REOPENED, locked, by=by)


@transaction.atomic
def finish_letter(letter: Letter, *, by: Post, seen_version: int, note: str = "") -> None:
    """เรียบร้อย: what the letter asked is done; it leaves the desk and stays in the register."""
    _check_duty(by)
    locked = _locked(letter, seen_version=seen_version)
    move_letter(locked, LetterState.FINISHED)
    record(Verb.LETTER_FINISHED, locked, by=by, note=note.strip())


@transaction.atomic
def reopen_letter(letter: Letter, *, by: Post, seen_version: int) -> None:
    """เปิดเรื่องต่อ: back to the desk."""
    _check_duty(by)
    locked = _locked(letter, seen_version=seen_version)
    check_is(locked.state, LetterState.FINISHED)
    move_letter(locked, LetterState.REGISTERED)
    record(Verb.LETTER_REOPENED, locked, by=by)


@transaction.atomic
def open_register(
    *, by: Post, direction: Direction, first_year: int, first_number: int = 1
) -> Register:
    """เปิดทะเบียน of the house, from `first_number` in the calendar year `first_year` (ค.ศ.)."""
    _check_duty(by)
    if not 1 <= first_number <= 999_999:
        raise Refused("เลขแรกต้องอยู่ระหว่าง 1 ถึง 999999", code="wrong_number", status=400)
    house = Organisation.objects.get(path=by.organisation.house_path)
    register, is_new = Register.objects.get_or_create(
        organisation=house,
        direction=direction,
        defaults={"first_year": first_year, "first_number": first_number},
    )
    if not is_new:
        raise Refused("หน่วยงานนี้เปิดทะเบียนนี้ไว้แล้ว", code="register_open")
    record(Verb.REGISTER_OPENED, register, by=by, first_number=first_number)
    return register


@task()
def read_letter_task(reading_pk: int) -> None:
    reading = Reading.objects.select_related("letter__organisation").get(pk=reading_pk)
    read_letter(reading_pk, by=system_post_of(reading.letter.organisation.code))
