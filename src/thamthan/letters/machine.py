"""The machine's turn at a letter: one worker claims a reading, and settles what came of it."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from thamthan.letters.filling import fill_letter
from thamthan.letters.models import Letter, Reading
from thamthan.letters.rules import LetterState, ReadingState, check_move
from thamthan.organisations.models import Post
from thamthan.reading.model import LetterReading, to_json
from thamthan.records.actions import record
from thamthan.records.rules import Verb


def move_letter(letter: Letter, to: LetterState) -> None:
    """Give a locked letter its next state and save it with all its columns."""
    check_move(letter.state, to)
    letter.state = to
    letter.version += 1
    letter.save()


@transaction.atomic
def claim_reading(reading_pk: int) -> Reading | None:
    """Take a queued reading for oneself; None when another has it or it is done."""
    claimed = Reading.objects.filter(pk=reading_pk, state=ReadingState.QUEUED).update(
        state=ReadingState.RUNNING, attempts=F("attempts") + 1, changed_at=timezone.now()
    )
    if not claimed:
        return None
    return Reading.objects.select_related("letter__organisation", "file__file").get(pk=reading_pk)


@transaction.atomic
def settle_reading(
    reading: Reading,
    state: ReadingState,
    *,
    by: Post,
    result: LetterReading | None = None,
    message: str = "",
) -> None:
    letter = Letter.objects.select_for_update().get(pk=reading.letter_id)
    settled = Reading.objects.filter(pk=reading.pk, state=ReadingState.RUNNING).update(
        state=state,
        result=to_json(result) if result is not None else None,
        pages=list(result.pages) if result is not None else [],
        message=message[:400],
        changed_at=timezone.now(),
    )
    if not settled:
        return
    verb = Verb.LETTER_READ if result is not None else Verb.LETTER_NOT_READ
    record(verb, letter, by=by, note=message)
    if letter.state != LetterState.ARRIVED:
        return
    if result is not None:
        fill_letter(letter, result)
    move_letter(letter, LetterState.TO_CONFIRM)
