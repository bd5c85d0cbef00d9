"""The form of the confirm page: what it holds, and what the house makes of it at any moment."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.queries import ReadLetter, Twin, readings_of, working_calendar
from thamthan.organisations.queries import known_organisations
from thamthan.reading import recheck, resolve_deadline
from thamthan.reading.model import Deadline, Doubt, LetterReading
from thamthan.thai.correspondence import LetterKind, Secrecy
from thamthan.thai.dates import format_date
from thamthan.web.confirmation import Confirmed, confirmed_reading, doubts_left, form_values
from thamthan.web.handwriting import completed, marks_of, printed_part
from thamthan.web.receiving import received_moment
from thamthan.web.typed import Typed

if TYPE_CHECKING:
    from thamthan.letters.models import Letter
    from thamthan.organisations.models import Post

EMPTY = LetterReading(kind=LetterKind.EXTERNAL)
LEFT = "deadline_of_corrected_day"
LEFT_MESSAGE = "กำหนดนี้นับจากวันที่ซึ่งแก้ไขแล้ว โปรดตรวจวันกำหนดอีกครั้ง"


@dataclass(slots=True)
class Sheet:
    """The page as it stands: what the fields hold, what is wrong, what the house answered."""

    letter: "Letter"
    read: ReadLetter
    shown: dict[str, str]
    values: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    refused: Refused | None = None
    twins: list[Twin] = field(default_factory=list)

    @property
    def reading(self) -> LetterReading:
        return self.read.reading or EMPTY

    @property
    def status(self) -> int:
        if self.refused is not None:
            return self.refused.status
        return 422 if self.problems else 200


def sheet_of(post: "Post", letter: "Letter") -> Sheet:
    """แบบฟอร์มของหนังสือ, as it is shown before anything is typed."""
    read = readings_of(post, letter)
    reading = read.reading or EMPTY
    shown = form_values(reading)
    for path, mark in marks_of(reading).items():
        shown[path] = shown[path] or printed_part(reading, mark, shown=shown[path])
    received = timezone.localtime(letter.received_at)
    shown["received_on"] = format_date(received.date(), style="short")
    shown["received_time"] = f"{received:%H.%M}"
    shown["despite_twins"] = ""
    if not shown["secrecy"] and letter.secrecy != Secrecy.OPEN:
        # Who brought a secret letter in said so; a reading that does not know keeps it.
        shown["secrecy"] = letter.secrecy
    return Sheet(letter, read, shown, dict(shown))


def confirmed_of(sheet: Sheet, received_at: datetime | None) -> Confirmed:
    """แบบฟอร์มเป็นผลการอ่าน, its deadlines counted from the days that now stand in it."""
    arrived = received_at or sheet.letter.received_at
    arrived_on = timezone.localtime(arrived).date()
    reading = sheet.reading
    values = completed(reading, sheet.values)
    counting = _Counting(sheet, values, arrived_on)
    shown = {**sheet.shown, "secrecy": form_values(reading)["secrecy"]}
    return confirmed_reading(
        reading,
        values,
        resolve=counting.resolve,
        near=arrived_on,
        shown=shown,
        recount=counting.recount,
    )


class _Counting:
    """Counts deadlines from the days of the form, where it differs from what was read."""

    def __init__(self, sheet: Sheet, values: dict[str, str], arrived_on: date) -> None:
        was = sheet.reading
        stamped = was.receipt.received_on if was.receipt else None
        self._calendar = working_calendar(arrived_on)
        self._dated_before = was.dated_on.value if was.dated_on else None
        came = timezone.localtime(sheet.letter.received_at).date()
        self._came_before = stamped.value if stamped else came
        # Looked at once more, and by itself, when the whole form is read.
        typed = Typed(values, near=arrived_on)
        self._dated_now = self._changed(sheet, typed, "dated_on", self._dated_before)
        self._came_now = (
            self._changed(sheet, typed, "receipt.received_on", stamped.value if stamped else None)
            or arrived_on
        )

    def _changed(self, sheet: Sheet, typed: Typed, name: str, was: date | None) -> date | None:
        if typed.words(name) == sheet.shown.get(name, ""):
            return was
        return typed.day(name)

    def resolve(self, words: str) -> Deadline:
        return self._counted(words, self._dated_now, self._came_now)

    def recount(self, deadline: Deadline) -> Deadline:
        """From the days now, where from the days before it counts as it was read."""
        before, now = (self._dated_before, self._came_before), (self._dated_now, self._came_now)
        if before == now or not _is_same(self._counted(deadline.text, *before), deadline):
            return deadline
        return replace(self._counted(deadline.text, *now), text=deadline.text, span=deadline.span)

    def leaves(self, deadline: Deadline) -> bool:
        """Whether it hangs on a day that was corrected, and could not be counted again."""
        hangs = {
            "letter": self._dated_before != self._dated_now,
            "receipt": self._came_before != self._came_now,
        }
        return hangs.get(deadline.after or "", False) and self.recount(deadline) == deadline

    def _counted(self, words: str, dated_on: date | None, came_on: date) -> Deadline:
        return resolve_deadline(words, dated_on=dated_on, arrived=came_on, calendar=self._calendar)


def _is_same(one: Deadline, other: Deadline) -> bool:
    return (one.opens, one.closes, one.time) == (other.opens, other.closes, other.time)


def rechecked(
    post: "Post", sheet: Sheet, confirmed: Confirmed, received_at: datetime
) -> LetterReading:
    """ผลการอ่านที่ตรวจทานใหม่: the confirmed reading with the doubts that are left of it."""
    arrived = timezone.localtime(received_at)
    again = recheck(
        confirmed.reading,
        arrived=arrived,
        calendar=working_calendar(arrived.date()),
        known=known_organisations(post),
    )
    left = doubts_left(confirmed, again)
    counting = _Counting(sheet, completed(sheet.reading, sheet.values), arrived.date())
    hanging = [
        confirmed.as_kept(doubt)
        for row, deadline in enumerate(sheet.reading.deadlines)
        if counting.leaves(deadline)
        and not confirmed.settles(doubt := Doubt(LEFT, (f"deadlines[{row}]",), LEFT_MESSAGE))
    ]
    return replace(confirmed.reading, doubts=(*left, *hanging))


def doubts_now(
    post: "Post", sheet: Sheet
) -> tuple[LetterReading, tuple[Doubt, ...], frozenset[str]]:
    """ข้อสงสัยขณะนี้: the reading that was shown with its deadlines counted again, the doubts that
    are left of what stands in the form, and the fields that a person settled.
    """
    received_at = received_moment(Typed(sheet.values, near=timezone.localdate()))
    received_at = received_at or sheet.letter.received_at
    confirmed = confirmed_of(sheet, received_at)
    left = rechecked(post, sheet, confirmed, received_at).doubts
    reading = sheet.reading
    arrived_on = timezone.localtime(received_at).date()
    counting = _Counting(sheet, completed(reading, sheet.values), arrived_on)
    shown = replace(reading, deadlines=tuple(map(counting.recount, reading.deadlines)))
    return shown, tuple(map(confirmed.as_shown, left)), confirmed.settled
