"""Sent letters that were written outside this system are entered by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_keeps_register
from thamthan.letters.actions.numbers import give_sent_number
from thamthan.letters.actions.receiving import IncomingFile, check_file
from thamthan.letters.models import Letter, LetterFile, Register, RegisterNumber
from thamthan.letters.rules import Direction, LetterState
from thamthan.organisations.models import Organisation, Post
from thamthan.records.actions import store_file
from thamthan.thai.correspondence import LetterKind, Urgency


@dataclass(frozen=True, slots=True)
class SentParticulars:
    """ข้อมูลหนังสือส่ง, as the clerk types them in."""

    subject: str
    addressee: str
    kind: LetterKind = LetterKind.EXTERNAL
    urgency: Urgency = Urgency.NORMAL
    is_circular: bool = False


def enter_sent_letter(
    particulars: SentParticulars,
    files: Sequence[IncomingFile],
    *,
    by: Post,
    register: Register,
    on: date,
    reserved: RegisterNumber | None = None,
    submission: UUID | None = None,
) -> Letter:
    """ลงทะเบียนหนังสือส่ง: a letter written elsewhere gets its number and stands in the book.

    Files may be left out and are kept as they are; the machine reads none of them. The same
    `submission` again gives the same letter (a button pressed twice).
    """
    check_keeps_register(by, register)
    if not particulars.subject.strip():
        raise Refused("โปรดใส่เรื่องของหนังสือ", code="no_subject", status=400, field="subject")
    if not particulars.addressee.strip():
        raise Refused("โปรดใส่ว่าถึงใคร", code="no_addressee", status=400, field="addressee")
    for file in files:
        check_file(file)
    stored = [store_file(file.content, by=by) for file in files]
    with transaction.atomic():
        # The register first, as always; behind it two presses of one button stand in line.
        Register.objects.select_for_update().get(pk=register.pk)
        if submission is not None:
            there = Letter.objects.filter(submission=submission).first()
            if there is not None:
                return there
        letter = Letter.objects.create(
            organisation=Organisation.objects.get(path=by.organisation.house_path),
            submission=submission,
            direction=Direction.SENT,
            state=LetterState.ARRIVED,
            kind=particulars.kind,
            sender=register.organisation.name[:300],
            addressee=particulars.addressee.strip(),
            subject=particulars.subject.strip(),
            urgency=particulars.urgency,
            received_at=timezone.now(),
            entered_by=by,
        )
        LetterFile.objects.bulk_create(
            LetterFile(letter=letter, file=row, name=file.name[:255] or "หนังสือ", position=position)
            for position, (file, row) in enumerate(zip(files, stored, strict=True), start=1)
        )
        give_sent_number(
            letter,
            by=by,
            register=register,
            on=on,
            is_circular=particulars.is_circular,
            reserved=reserved,
        )
        letter.refresh_from_db()
        return letter
