"""The desk: what must be done now, what is late, and what waits for a person."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef
from django.utils import timezone

from thamthan.letters.models import Letter, Reading, Sending
from thamthan.letters.queries.calendar import working_calendar
from thamthan.letters.queries.letters import ReadLetter, letters_seen_by, readings_of
from thamthan.letters.rules import (
    LetterState,
    Maker,
    TimeLeft,
    clock,
    next_due,
    time_left,
)
from thamthan.organisations.models import Post
from thamthan.reading.model import (
    Deadline,
    LetterReading,
    ObligationFinding,
    from_json,
)

UNDATED_SHOWN = 30
# What its sender has cancelled since.
_WITHDRAWN = Sending.objects.filter(incoming=OuterRef("pk"), letter__state=LetterState.CANCELLED)


@dataclass(frozen=True, slots=True)
class AskLine:
    """สิ่งที่ขอหนึ่งข้อ with its own deadline, or none."""

    obligation: ObligationFinding
    deadline: Deadline | None
    due_on: date | None
    left: TimeLeft | None


@dataclass(frozen=True, slots=True)
class DeskLine:
    """หนึ่งเรื่องบนโต๊ะทำงาน: what is asked, by when, how long is left, what is doubtful."""

    letter: Letter
    asks: tuple[AskLine, ...]
    due_on: date | None
    left: TimeLeft | None
    left_on_arrival: TimeLeft | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """โต๊ะทำงาน: what must be done now, what is late, and what waits for a person."""

    to_confirm: tuple[Letter, ...]
    due: tuple[DeskLine, ...]
    undated: tuple[DeskLine, ...]
    undated_count: int

    @property
    def late(self) -> tuple[DeskLine, ...]:
        return tuple(line for line in self.due if line.left is not None and line.left.is_late)


def desk_of(post: Post, *, now: datetime) -> Desk:
    """โต๊ะทำงานของหน่วยงาน: to confirm, then what is due (soonest first), then what has no date."""
    seen = letters_seen_by(post).annotate(is_withdrawn=Exists(_WITHDRAWN))
    to_confirm = seen.filter(state__in=[LetterState.ARRIVED, LetterState.TO_CONFIRM])
    open_letters = seen.filter(state=LetterState.REGISTERED)
    due = list(open_letters.filter(due_on__isnull=False).order_by("due_on", "due_time", "pk"))
    undated = open_letters.filter(due_on=None).order_by("-received_at", "-pk")
    shown = list(undated[:UNDATED_SHOWN])
    confirmed = _confirmed_readings([*due, *shown])
    lines = [_desk_line(letter, confirmed.get(letter.pk), now) for letter in due]
    return Desk(
        to_confirm=tuple(to_confirm.order_by("received_at", "pk")),
        due=tuple(sorted(lines, key=lambda line: line.due_on or date.max)),
        undated=tuple(_desk_line(letter, confirmed.get(letter.pk), now) for letter in shown),
        undated_count=undated.count(),
    )


def desk_line_of(
    post: Post, letter: Letter, *, now: datetime, read: ReadLetter | None = None
) -> DeskLine:
    """เรื่องเดียวกันนี้ ตามที่เห็นบนโต๊ะทำงาน; `read` are its readings, where they are at hand already."""
    read = read or readings_of(post, letter)
    return _desk_line(letter, read.reading, now)


def _confirmed_readings(letters: list[Letter]) -> dict[int, LetterReading]:
    rows = Reading.objects.filter(
        letter__in=[letter.pk for letter in letters], maker=Maker.PERSON
    ).order_by("pk")
    # Later rows overwrite earlier ones: the last word of a person counts.
    return {row.letter_id: from_json(row.result) for row in rows}


def _desk_line(letter: Letter, reading: LetterReading | None, now: datetime) -> DeskLine:
    local_now = timezone.localtime(now)
    asks = tuple(
        _ask_line(obligation, reading, local_now)
        for obligation in (reading.obligations if reading else ())
    )
    due_on = left = on_arrival = None
    if letter.due_on is not None:
        due_on = _due(letter.due_on, letter.due_rule, local_now)
        arrived = timezone.localtime(letter.received_at)
        left = _left(due_on, letter.due_time, local_now)
        on_arrival = _left(letter.due_on, letter.due_time, arrived)
    doubts = tuple(doubt.message for doubt in reading.doubts) if reading else ()
    return DeskLine(
        letter=letter,
        asks=asks,
        due_on=due_on,
        left=left,
        left_on_arrival=on_arrival,
        doubts=doubts,
    )


def _ask_line(
    obligation: ObligationFinding, reading: LetterReading | None, now: datetime
) -> AskLine:
    if reading is None or obligation.deadline is None:
        return AskLine(obligation=obligation, deadline=None, due_on=None, left=None)
    deadline = reading.deadlines[obligation.deadline]
    if deadline.closes is None:
        return AskLine(obligation=obligation, deadline=deadline, due_on=None, left=None)
    due_on = _due(deadline.closes, deadline.rule or "", now)
    left = _left(due_on, clock(deadline.time), now)
    return AskLine(obligation=obligation, deadline=deadline, due_on=due_on, left=left)


def _due(closes: date, rule: str, now: datetime) -> date:
    return next_due(rule, closes, today=now.date()) if rule else closes


def _left(closes: date, at: time | None, now: datetime) -> TimeLeft:
    return time_left(closes, at=at, now=now, calendar=working_calendar(now.date()))
