"""The machine's turn at a letter: one worker claims a reading, and settles what came of it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from thamthan.letters.filling import fill_letter
from thamthan.letters.indexing import index_letter
from thamthan.letters.models import Letter, Reading
from thamthan.letters.rules import LetterState, Maker, ReadingState, check_move
from thamthan.letters.secrets import name_first_readers, put_out_of_sight
from thamthan.organisations.models import Post
from thamthan.reading.model import LetterReading, paper_to_json, to_json
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


def queue_again(reading: Reading, *, now: datetime) -> bool:
    """Put a reading back in the queue, unless another process just did; says whether it was us."""
    taken = Reading.objects.filter(
        pk=reading.pk, state=reading.state, changed_at=reading.changed_at
    ).update(state=ReadingState.QUEUED, changed_at=now)
    return bool(taken)


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
        paper=paper_to_json(result.paper) if result is not None else {},
        message=message[:400],
        changed_at=timezone.now(),
    )
    if not settled:
        return
    verb = Verb.LETTER_READ if result is not None else Verb.LETTER_NOT_READ
    record(verb, letter, by=by, note=message)
    if result is not None and not _is_in_hand(letter):
        was_secret = letter.is_secret
        fill_letter(letter, result)
        letter.version += 1
        letter.save()
        if letter.is_secret and not was_secret:
            name_first_readers(letter, letter.entered_by, by=by)
            put_out_of_sight(letter)
    if letter.state == LetterState.ARRIVED:
        move_letter(letter, LetterState.TO_CONFIRM)
    index_letter(letter)


def _is_in_hand(letter: Letter) -> bool:
    """Whether a person has said anything of this letter already, which the machine respects."""
    is_open = letter.state in {LetterState.ARRIVED, LetterState.TO_CONFIRM}
    return not is_open or letter.readings.filter(maker=Maker.PERSON).exists()
