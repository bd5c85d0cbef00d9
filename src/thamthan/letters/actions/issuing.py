"""The clerk gives a signed draft its number and date: it is a sent letter, which never changes."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty
from thamthan.letters.actions.drafting import locked_draft
from thamthan.letters.actions.linking import link_letters
from thamthan.letters.actions.numbers import give_sent_number, locked_register
from thamthan.letters.filling import fill_letter, write_particulars
from thamthan.letters.indexing import index_letter
from thamthan.letters.models import Draft, Letter, LetterFile, Reading, Register, RegisterNumber
from thamthan.letters.queries import (
    letters_seen_by,
    sending_book_of,
    stationery_of,
    working_calendar,
)
from thamthan.letters.rules import (
    Direction,
    DraftParts,
    DraftState,
    LetterState,
    LinkKind,
    Maker,
    ReadingState,
    Series,
    check_draft_move,
    outgoing_letter,
    parts_from_json,
    series_of,
)
from thamthan.letters.secrets import name_first_readers
from thamthan.letters.written import reading_of_written
from thamthan.organisations.models import Post
from thamthan.organisations.queries import known_organisations
from thamthan.reading.model import to_json
from thamthan.records.actions import record, store_file
from thamthan.records.models import StoredFile
from thamthan.records.rules import Verb
from thamthan.writing import write_letter, write_letter_docx
from thamthan.writing.letters import OutgoingLetter

_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


@dataclass(frozen=True, slots=True)
class _Paper:
    """The letter on paper: the PDF that goes out, and the DOCX that stays in the office."""

    pdf: StoredFile
    docx: StoredFile


@transaction.atomic
def issue_draft(
    draft: Draft, *, by: Post, on: date, reserved: RegisterNumber | None = None
) -> Letter:
    """ออกเลขและวันที่: the next number of the sent register, or one that was reserved before.

    Its papers are made and kept for good. One press or two, one number: the second finds the
    letter there. Should the paper not come about, the number was not given either.
    """
    check_duty(by)
    # The register before everything else, as always: numbers wait in one line.
    book = _locked_book(draft, by=by, year=on.year)
    locked = locked_draft(draft)
    if locked.letter is not None:
        return locked.letter
    if series_of(locked.secrecy) != series_of(draft.secrecy):
        raise Refused("มีผู้เปลี่ยนชั้นความลับของร่างนี้ไปแล้ว โปรดดูใหม่ก่อนออกเลข", code="changed_meanwhile")
    check_draft_move(locked.state, DraftState.ISSUED)
    parts = parts_from_json(locked.parts)
    letter = _entered(locked, parts, by=by)
    give_sent_number(
        letter, by=by, register=book, on=on, is_circular=parts.is_circular, reserved=reserved
    )
    letter.refresh_from_db()
    stationery = stationery_of(by)
    outgoing = outgoing_letter(parts, stationery.block, number=letter.number, dated_on=on)
    paper = _papers(outgoing, stationery.emblem, by=by)
    _keep_papers(letter, locked, paper)
    _keep_reading(letter, outgoing, by=by)
    locked.letter, locked.docx, locked.state = letter, paper.docx, DraftState.ISSUED
    locked.version += 1
    locked.changed_by, locked.changed_at = by, timezone.now()
    locked.save()
    if letter.is_secret:
        name_first_readers(letter, locked.made_by, by, by=by)
    _tie_to_the_asked(letter, locked, by=by)
    record(
        Verb.DRAFT_ISSUED,
        locked,
        by=by,
        letter=letter.pk,
        number=letter.number,
        pdf=paper.pdf.sha256,
        docx=paper.docx.sha256,
    )
    return letter


def _locked_book(draft: Draft, *, by: Post, year: int) -> Register:
    """The book that the letter of this draft belongs in; a classed one in that of secrets."""
    if series_of(draft.secrecy) == Series.SECRET:
        unsaved = Letter(organisation=draft.organisation, direction=Direction.SENT)
        book = locked_register(unsaved, Series.SECRET, by=by, year=year)
    else:
        book = sending_book_of(by)
    if book is None:
        raise Refused("หน่วยงานนี้ยังไม่ได้เปิดทะเบียนหนังสือส่ง โปรดเปิดทะเบียนก่อน", code="no_register")
    return Register.objects.select_for_update().get(pk=book.pk)


def _entered(draft: Draft, parts: DraftParts, *, by: Post) -> Letter:
    return Letter.objects.create(
        organisation=draft.organisation,
        submission=draft.ref,
        direction=Direction.SENT,
        state=LetterState.ARRIVED,
        kind=parts.kind,
        sender=draft.organisation.name[:300],
        addressee=parts.addressee.strip(),
        subject=draft.subject or parts.kind.label,
        urgency=parts.urgency,
        secrecy=parts.secrecy,
        received_at=timezone.now(),
        entered_by=by,
    )


def _papers(outgoing: OutgoingLetter, emblem: bytes | None, *, by: Post) -> _Paper:
    return _Paper(
        pdf=store_file(write_letter(outgoing, emblem=emblem), by=by),
        docx=store_file(write_letter_docx(outgoing, emblem=emblem), by=by),
    )


def _keep_papers(letter: Letter, draft: Draft, paper: _Paper) -> None:
    name = f"{letter.number} {letter.subject}"[:120].translate(_UNSAFE)
    rows = [(paper.pdf, f"{name}.pdf")]
    rows += [(one.file, one.name) for one in draft.files.select_related("file")]
    rows += [(paper.docx, f"{name}.docx")]
    LetterFile.objects.bulk_create(
        LetterFile(letter=letter, file=file, name=called, position=position)
        for position, (file, called) in enumerate(rows, start=1)
    )


def _keep_reading(letter: Letter, outgoing: OutgoingLetter, *, by: Post) -> None:
    now = timezone.localtime()
    reading = reading_of_written(
        outgoing,
        at=now,
        calendar=working_calendar(now.date()),
        known=known_organisations(by),
    )
    number, key = letter.number, letter.number_key
    fill_letter(letter, reading)
    # What we ask of others is no deadline of ours.
    letter.due_on = letter.due_time = None
    letter.due_rule = ""
    letter.number, letter.number_key = number, key
    letter.subject = letter.subject or outgoing.kind.label
    letter.doubt_count = 0
    letter.version += 1
    letter.save()
    write_particulars(letter, reading)
    Reading.objects.create(
        letter=letter,
        maker=Maker.PERSON,
        state=ReadingState.DONE,
        result=to_json(reading),
        pages=list(reading.pages),
        made_by=by,
    )
    index_letter(letter)


def _tie_to_the_asked(letter: Letter, draft: Draft, *, by: Post) -> None:
    """What was written as an answer stands in the chain of letters as one."""
    if draft.answers is None or not letters_seen_by(by).filter(pk=draft.answers.pk).exists():
        return
    link_letters(letter, to=draft.answers, kind=LinkKind.ANSWERS, by=by)
