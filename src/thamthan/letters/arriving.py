"""What a sent letter looks like in the registry of each office where it arrives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thamthan.letters.filling import fill_letter
from thamthan.letters.models import (
    Enclosure,
    Letter,
    LetterFile,
    Reading,
    Reference,
    Sending,
)
from thamthan.letters.rules import Direction, LetterState, Maker, ReadingState
from thamthan.organisations.models import Post
from thamthan.reading.model import LetterReading, from_json

# What belongs to the sender's registry or to the row itself, and not to the letter.
_OWN = frozenset(
    {
        "id",
        "ref",
        "submission",
        "organisation",
        "direction",
        "state",
        "version",
        "register",
        "receipt_year",
        "receipt_number",
        "received_at",
        "entered_at",
        "entered_by",
        "twin_of",
    }
)


@dataclass(frozen=True, slots=True)
class Arriving:
    """หนังสือที่จะไปถึง: read once from the sent letter, and laid down for every receiver."""

    letter: Letter
    columns: dict[str, Any]
    result: dict[str, Any] | None
    pages: list[str]
    files: tuple[LetterFile, ...]
    references: tuple[Reference, ...]
    enclosures: tuple[Enclosure, ...]

    def letter_for(self, sending: Sending, *, at: datetime, by: Post) -> Letter:
        """หนังสือรับ in the receiver's queue, not saved yet."""
        if sending.organisation_id is None:
            raise ValueError("what goes outside this installation arrives nowhere in it")
        return Letter(
            **self.columns,
            submission=sending.ref,
            organisation_id=sending.organisation_id,
            direction=Direction.RECEIVED,
            state=LetterState.TO_CONFIRM,
            received_at=at,
            entered_by=by,
        )

    def files_for(self, letter: Letter) -> Iterator[LetterFile]:
        for position, row in enumerate(self.files, start=1):
            yield LetterFile(letter=letter, file_id=row.file_id, name=row.name, position=position)

    def reading_for(self, letter: Letter) -> Reading:
        """A machine's reading, though nothing was read: nobody of that office has said it."""
        return Reading(
            letter=letter,
            maker=Maker.MACHINE,
            state=ReadingState.DONE,
            result=self.result,
            pages=self.pages,
        )

    def references_for(self, letter: Letter) -> Iterator[Reference]:
        for row in self.references:
            yield Reference(
                letter=letter,
                position=row.position,
                agency=row.agency,
                number=row.number,
                number_key=row.number_key,
                dated_on=row.dated_on,
                words=row.words,
            )

    def enclosures_for(self, letter: Letter) -> Iterator[Enclosure]:
        for row in self.enclosures:
            yield Enclosure(
                letter=letter,
                position=row.position,
                name=row.name,
                quantity=row.quantity,
                unit=row.unit,
            )


def arriving_letter(letter_pk: int) -> Arriving | None:
    """The sent letter as it arrives: without the DOCX, which stays in the office that wrote it."""
    letter = Letter.objects.filter(pk=letter_pk).select_related("organisation").first()
    if letter is None:
        return None
    draft = getattr(letter, "draft", None)
    own = draft.docx_id if draft is not None else None
    reading = letter.readings.order_by("-pk").first()
    result = reading.result if reading is not None else None
    copy = Letter()
    for field in Letter._meta.concrete_fields:
        if field.name not in _OWN:
            setattr(copy, field.attname, getattr(letter, field.attname))
    if result is not None:
        # The columns say what the letter asks of its receiver, which was no concern of the sender.
        found: LetterReading = from_json(result)
        fill_letter(copy, found)
    columns = {
        field.attname: getattr(copy, field.attname)
        for field in Letter._meta.concrete_fields
        if field.name not in _OWN
    }
    return Arriving(
        letter=letter,
        columns=columns,
        result=result,
        pages=list(reading.pages) if reading is not None else [],
        files=tuple(row for row in letter.files.order_by("position") if row.file_id != own),
        references=tuple(letter.references.all()),
        enclosures=tuple(letter.enclosures.all()),
    )
