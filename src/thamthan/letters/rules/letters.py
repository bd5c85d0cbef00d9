"""States of a letter and of its reading, how long is left, and when two letters are one."""

from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.rrule import rrulestr
from django.db import models

from thamthan.errors import Refused
from thamthan.letters.rules.moves import check_next
from thamthan.thai.calendars import WorkingCalendar
from thamthan.thai.text import fold


class Direction(models.TextChoices):
    """หนังสือรับหรือหนังสือส่ง."""

    RECEIVED = "received", "หนังสือรับ"
    SENT = "sent", "หนังสือส่ง"


class LetterState(models.TextChoices):
    """สถานะของหนังสือ: a sent letter is sent; one whose number was cancelled stays in its book."""

    ARRIVED = "arrived", "รออ่าน"
    TO_CONFIRM = "to_confirm", "รอยืนยัน"
    REGISTERED = "registered", "ลงรับแล้ว"
    FINISHED = "finished", "เรียบร้อย"
    TWIN = "twin", "ฉบับซ้ำ"
    SET_ASIDE = "set_aside", "ไม่ลงรับ"
    SENT = "sent", "ส่งออกแล้ว"
    CANCELLED = "cancelled", "ยกเลิก"
    DESTROYED = "destroyed", "ทำลายแล้ว"


class ReadingState(models.TextChoices):
    """สถานะของการอ่าน: the truth about the work stands here, not in the queue."""

    QUEUED = "queued", "รออ่าน"
    RUNNING = "running", "กำลังอ่าน"
    DONE = "done", "อ่านแล้ว"
    WAITING = "waiting", "รอเครื่องอ่านภาพ"
    FAILED = "failed", "อ่านไม่ได้"


class Maker(models.TextChoices):
    """ผู้อ่าน: the machine proposes; a person confirms."""

    MACHINE = "machine", "เครื่อง"
    PERSON = "person", "คน"


_NEXT: dict[LetterState, set[LetterState]] = {
    # A person may type a letter in while the machine's turn has not come.
    LetterState.ARRIVED: {
        LetterState.TO_CONFIRM,
        LetterState.REGISTERED,
        LetterState.TWIN,
        LetterState.SET_ASIDE,
    },
    LetterState.TO_CONFIRM: {LetterState.REGISTERED, LetterState.TWIN, LetterState.SET_ASIDE},
    LetterState.REGISTERED: {LetterState.FINISHED, LetterState.CANCELLED},
    LetterState.FINISHED: {
        LetterState.REGISTERED,
        LetterState.CANCELLED,
        LetterState.DESTROYED,
    },
    LetterState.SENT: {LetterState.CANCELLED},
    LetterState.CANCELLED: set(),
    LetterState.DESTROYED: set(),
    LetterState.TWIN: {LetterState.TO_CONFIRM},
    LetterState.SET_ASIDE: {LetterState.TO_CONFIRM},
}

# What still holds its place in the house: a twin or a letter set aside does not.
LIVING_STATES = frozenset(
    {LetterState.ARRIVED, LetterState.TO_CONFIRM, LetterState.REGISTERED, LetterState.FINISHED}
)


def check_move(state: str, to: LetterState) -> None:
    check_next(_NEXT, LetterState(state), to, words="หนังสือนี้อยู่ใน", code="wrong_state")


def check_is(state: str, *expected: LetterState) -> None:
    """Refuse unless the letter is in one of these states, from which alone the deed makes sense."""
    if LetterState(state) not in expected:
        words = " หรือ ".join(f"“{one.label}”" for one in expected)
        raise Refused(
            f"หนังสือนี้อยู่ในสถานะ “{LetterState(state).label}” ทำได้เฉพาะเมื่อเป็น {words}",
            code="wrong_state",
            state=state,
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one letter from another: its number, its date, its subject, its bytes."""

    number_key: str
    dated_on: date | None
    subject: str
    files: frozenset[str]


def why_twins(one: Identity, other: Identity) -> str | None:
    """เหตุที่น่าจะเป็นฉบับเดียวกัน, or None. Numbers are compared without “ว” (saraban.md §1.5)."""
    if one.files & other.files:
        return "ไฟล์เดียวกันทุกตัวอักษร"
    same_number = bool(one.number_key) and one.number_key == other.number_key
    same_date = one.dated_on is not None and one.dated_on == other.dated_on
    same_subject = bool(one.subject) and fold(one.subject) == fold(other.subject)
    if same_number and same_date:
        return "เลขที่และวันที่เดียวกัน"
    if same_number and same_subject:
        return "เลขที่และเรื่องเดียวกัน แต่วันที่ต่างกันหรือไม่มี"
    if same_date and same_subject and not (one.number_key and other.number_key):
        return "วันที่และเรื่องเดียวกัน โดยฉบับหนึ่งไม่มีเลขที่"
    return None


_REPEATS = ("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY")


def next_due(rule: str, first: date, *, today: date) -> date:
    """กำหนดครั้งถัดไป of a repeating deadline (RFC 5545), today included.

    Which of the earlier times were answered is not known here, so none of them counts as late.
    """
    words = rule.removeprefix("RRULE:")
    if first >= today or not words.startswith(_REPEATS):
        return first
    times = rrulestr(words, dtstart=datetime.combine(first, time.min))
    following = times.after(datetime.combine(today, time.min), inc=True)
    return first if following is None else following.date()


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """เวลาที่เหลือ: counted in working days, with the words a page shows."""

    working_days: int
    is_late: bool
    is_short: bool
    words: str


def clock(written: str | None) -> time | None:
    """The hour that a reading gives as HH:MM, or none; 24:00 is the last moment of the day."""
    if written is None:
        return None
    return time.max if written == "24:00" else time.fromisoformat(written)


def time_left(
    closes: date, *, at: time | None, now: datetime, calendar: WorkingCalendar
) -> TimeLeft:
    """นับวันทำการที่เหลือถึงกำหนด, from `now` (Bangkok time) to the end of the last day.

    Today counts when it is a working day and office hours (16:30) are not over; half a day is
    still a day, so “one working day or less” is what the last such day is called. Late means the
    day is over, or the hour that the letter set.
    """
    today = now.date()
    ended = today > closes or (today == closes and at is not None and now.time() > at)
    if ended:
        days = (today - closes).days
        words = f"เลยกำหนด {days} วัน" if days else "เลยกำหนดแล้ววันนี้"
        return TimeLeft(working_days=0, is_late=True, is_short=True, words=words)
    office_over = now.time() >= time(16, 30)
    count = calendar.working_days_between(today, closes)
    if calendar.is_working_day(today) and not office_over:
        count += 1
    if count <= 1:
        return TimeLeft(
            working_days=count, is_late=False, is_short=True, words="หนึ่งวันทำการหรือน้อยกว่า"
        )
    return TimeLeft(
        working_days=count, is_late=False, is_short=count <= 3, words=f"เหลือ {count} วันทำการ"
    )
