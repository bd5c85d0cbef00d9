"""Days planned backwards: when each level must answer, so that the upper day is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from thamthan.thai.calendars import WorkingCalendar
from thamthan.thai.dates import format_date

_NOON = time(12, 0)


@dataclass(frozen=True, slots=True)
class Pace:
    """จังหวะของการถ่ายทอด: working days that a level needs, and the fewest left to those below it."""

    days_per_level: int = 3
    least_below: int = 3


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """กำหนดที่เสนอของชั้นหนึ่ง: the day by which this level must have answered.

    `days_left` are the working days from today on, today counted, that it has for that.
    """

    level: str
    due_on: date
    days_left: int


@dataclass(frozen=True, slots=True)
class Plan:
    """แผนกำหนดของทุกชั้น, the highest first; `warnings` are sentences for whoever plans."""

    days: tuple[PlannedDay, ...]
    warnings: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """จังหวัดส่งภายใน ศ. 20 มี.ค. 2569 · อำเภอส่งภายใน จ. 16 มี.ค. 2569: one line for a page."""
        return " · ".join(
            f"{day.level}ส่งภายใน {format_date(day.due_on, style='short', weekday=True)}"
            for day in self.days
        )

    def day_of(self, level: str) -> date | None:
        return next((day.due_on for day in self.days if day.level == level), None)


def plan_backwards(
    upper_on: date,
    levels: Sequence[str],
    *,
    today: date,
    calendar: WorkingCalendar,
    pace: Pace = Pace(),
    upper_time: time | None = None,
) -> Plan:
    """กำหนดย้อนหลังจากกำหนดของชั้นบน: a working day for each level, never after the one above it.

    The first level has the upper day itself, or the last working day before it; each further one
    answers `pace.days_per_level` working days earlier, half of that where the time is short, and
    nothing earlier than today. An hour before noon leaves no work of that day to those below.
    A day that is over already is kept as it is: nothing later can be proposed.
    """
    if upper_on < today:
        days = tuple(PlannedDay(level, upper_on, 0) for level in levels)
        return Plan(days, ("กำหนดของชั้นบนผ่านไปแล้ว โปรดหารือหน่วยงานชั้นบนก่อนถ่ายทอด",) if levels else ())
    gaps = max(len(levels) - 1, 0)
    step = _step(upper_on, gaps, today=today, calendar=calendar, pace=pace)
    top = max(calendar.previous_working_day(upper_on), today)
    is_morning = upper_time is not None and upper_time < _NOON and top == upper_on
    planned: list[PlannedDay] = []
    day = top
    for at, level in enumerate(levels):
        if at:
            back = step + (1 if is_morning and at == 1 and step else 0)
            day = max(calendar.add_working_days(day, -back), today)
            # Today itself may be a holiday; the first day that is left is then no working day.
            day = min(day, planned[-1].due_on)
        planned.append(PlannedDay(level, day, _days_left(day, today=today, calendar=calendar)))
    return Plan(tuple(planned), tuple(_warnings(planned, pace)))


def _step(upper_on: date, gaps: int, *, today: date, calendar: WorkingCalendar, pace: Pace) -> int:
    """Working days between two levels: as set, half of it where that leaves too little."""
    left = _days_left(upper_on, today=today, calendar=calendar)
    step = pace.days_per_level
    if left < gaps * step + pace.least_below:
        step //= 2
    while step and left < gaps * step + 1:
        step -= 1
    return step


def _days_left(day: date, *, today: date, calendar: WorkingCalendar) -> int:
    is_today = calendar.is_working_day(today) and today <= day
    return calendar.working_days_between(today, day) + is_today


def _warnings(planned: Sequence[PlannedDay], pace: Pace) -> list[str]:
    if not planned:
        return []
    last = planned[-1]
    if last.days_left >= pace.least_below:
        return []
    return [
        f"{last.level}เหลือ {last.days_left} วันทำการ น้อยกว่า {pace.least_below} วันทำการที่ตั้งไว้ "
        "ควรถ่ายทอดวันนี้หรือขอขยายเวลาจากชั้นบน"
    ]
