"""Letters come in and are read by the machine."""

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
from thamthan.letters.actions.checks import check_duty, check_received_at
from thamthan.letters.machine import claim_reading, move_letter, queue_again, settle_reading
from thamthan.letters.models import Letter, LetterFile, Reading
from thamthan.letters.queries import working_calendar
from thamthan.letters.rules import (
    LetterState,
    Maker,
    ReadingState,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import known_organisations, system_post_of
from thamthan.reading import read
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
    check_duty(by)
    check_received_at(received_at)
    if not files:
        raise Refused("ยังไม่ได้เลือกไฟล์หรือวางข้อความ", code="no_file", status=400)
    for file in files:
        check_file(file)
    stored = [store_file(file.content, by=by) for file in files]
    return _enter_letter(
        files, stored, by=by, received_at=received_at, submission=submission, secrecy=secrecy
    )


def check_file(file: IncomingFile) -> None:
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


@task()
def read_letter_task(reading_pk: int) -> None:
    reading = Reading.objects.select_related("letter__organisation").get(pk=reading_pk)
    read_letter(reading_pk, by=system_post_of(reading.letter.organisation.code))
