"""Lines of a book as แบบที่ 13 and 14 have them, with what happened to each number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time

from django.utils import timezone

from thamthan.letters.models import Letter, Register, RegisterNumber
from thamthan.letters.queries.registers import book_for
from thamthan.letters.queries.secrecy import letters_in_the_open
from thamthan.letters.rules import Direction, LetterState, NumberState
from thamthan.organisations.models import Post
from thamthan.thai.correspondence import Urgency
from thamthan.thai.dates import format_date

A_BATCH = 500
# What the column การปฏิบัติ tells of a letter's state.
_TOLD = frozenset(
    {LetterState.FINISHED, LetterState.SENT, LetterState.CANCELLED, LetterState.DESTROYED}
)


@dataclass(frozen=True, slots=True)
class BookLine:
    """บรรทัดหนึ่งในทะเบียน. `letter` is None where there is none, or none that may be seen."""

    row: RegisterNumber
    letter: Letter | None
    number: str
    at: time | None
    letter_number: str
    dated_on: date | None
    sender: str
    addressee: str
    subject: str
    dealt: str
    remarks: tuple[str, ...]
    is_masked: bool

    @property
    def is_void(self) -> bool:
        return self.row.state in {NumberState.CANCELLED, NumberState.RELEASED}

    @property
    def remark(self) -> str:
        return " · ".join(self.remarks)


def book_between(
    post: Post, register: Register, *, from_on: date, until_on: date
) -> Iterator[BookLine]:
    """ทะเบียนของช่วงวันหนึ่ง, in the order of the numbers, whatever became of them."""
    rows = (
        book_for(post, register.pk)
        .numbers.filter(on__gte=from_on, on__lte=until_on)
        .select_related("letter", "register__organisation")
        .order_by("year", "number")
    )
    batch: list[RegisterNumber] = []
    for row in rows.iterator(chunk_size=A_BATCH):
        batch.append(row)
        if len(batch) == A_BATCH:
            yield from book_lines(post, batch)
            batch = []
    yield from book_lines(post, batch)


def book_lines(post: Post, rows: Iterable[RegisterNumber]) -> list[BookLine]:
    """บรรทัดของเลขเหล่านี้, in their order: what a post may not see leaves its number and day alone.

    Asks the database twice, however many they are.
    """
    there = list(rows)
    letters = {row.letter_id for row in there if row.letter_id is not None}
    # What is secret is shown in no open book, whoever asks.
    seen = set(letters_in_the_open(post).filter(pk__in=letters).values_list("pk", flat=True))
    divisions = _division_numbers(letters & seen)
    today = timezone.localdate()
    return [_line(row, row.letter_id in seen, divisions, today=today) for row in there]


def _division_numbers(letters: set[int]) -> dict[int, list[RegisterNumber]]:
    """The numbers of these letters in all books, to tell which division took a letter."""
    found: dict[int, list[RegisterNumber]] = {}
    rows = RegisterNumber.objects.filter(
        letter__in=letters, register__direction=Direction.RECEIVED, state=NumberState.USED
    ).select_related("register__organisation")
    for row in rows.order_by("given_at", "pk"):
        found.setdefault(row.letter_id or 0, []).append(row)
    return found


def _line(
    row: RegisterNumber,
    is_seen: bool,
    divisions: dict[int, list[RegisterNumber]],
    *,
    today: date,
) -> BookLine:
    letter = row.letter if is_seen else None
    is_masked = row.letter_id is not None and not is_seen
    is_sent = row.register.direction == Direction.SENT
    elsewhere = [
        one
        for one in divisions.get(row.letter_id or 0, ())
        if one.register_id != row.register_id
        and letter is not None
        # The number of the house's own book is nothing that was done with the letter.
        and one.register_id != letter.register_id
    ]
    at = timezone.localtime(letter.received_at).time() if letter and not is_sent else None
    owner = row.register.organisation
    return BookLine(
        row=row,
        letter=letter,
        number=f"ว {row.number}" if row.is_circular else str(row.number),
        at=at,
        letter_number=letter.number if letter else ("" if is_masked else row.text),
        dated_on=letter.dated_on if letter else (row.on if row.text and not is_masked else None),
        sender=letter.sender if letter else (owner.name if is_sent and row.subject else ""),
        addressee=letter.addressee if letter else ("" if is_masked else row.addressee),
        subject=letter.subject if letter else ("" if is_masked else row.subject),
        dealt="" if is_masked else _dealt(row, letter, elsewhere),
        remarks=tuple(_remarks(row, letter, is_masked, today)),
        is_masked=is_masked,
    )


def _dealt(row: RegisterNumber, letter: Letter | None, elsewhere: list[RegisterNumber]) -> str:
    if row.state != NumberState.USED:
        return NumberState(row.state).label
    if letter is None:
        return "ออกเลขแล้ว"
    taken = [f"{one.register.organisation.short_name} รับที่ {one.number}" for one in elsewhere]
    if letter.state in _TOLD:
        taken.append(LetterState(letter.state).label)
    return ", ".join(taken)


def _remarks(
    row: RegisterNumber, letter: Letter | None, is_masked: bool, today: date
) -> Iterator[str]:
    if row.state == NumberState.CANCELLED:
        yield "ยกเลิก" if is_masked else f"ยกเลิก: {row.reason}"
    elif row.state == NumberState.RELEASED:
        yield f"คืนเลขจอง ไม่ได้ใช้: {row.reason}"
    elif row.state == NumberState.RESERVED:
        until = row.reserved_until
        late = " (เลยกำหนดแล้ว)" if until is not None and until < today else ""
        last = f" ถึง {format_date(until, style='list')}{late}" if until else ""
        yield f"จองให้{row.reserved_for}{last}: {row.reason}"
    if is_masked:
        yield "หนังสือที่มีชั้นความลับ"
    if row.is_late:
        given = timezone.localtime(row.given_at).date()
        yield f"ลงทะเบียนย้อนหลัง เมื่อ {format_date(given, style='list')}"
    if letter is not None and letter.urgency != Urgency.NORMAL:
        yield letter.get_urgency_display()
