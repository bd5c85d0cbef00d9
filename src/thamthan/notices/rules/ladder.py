"""The ladder of reminders: before the day, on it, and after it, counted in working days."""

from dataclasses import dataclass
from datetime import date, timedelta

from thamthan.notices.rules.telling import NoticeKind
from thamthan.thai.calendars import WorkingCalendar

FIRST_BEFORE = 3
# Late by a day is told the head of the house; by three, whoever gave the order.
LATE_ABOVE = 3
# What is later than this was told long ago, or was late before anybody was told anything.
LONG_AGO = 10
# No run of days without work is nearly this long.
_MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Rung:
    """ขั้นของการเตือน: the due days, from the first to the last, that are told of so today."""

    kind: NoticeKind
    first_due: date
    last_due: date

    def holds(self, due_on: date) -> bool:
        return self.first_due <= due_on <= self.last_due


def kinds_on(due_on: date, *, today: date, calendar: WorkingCalendar) -> tuple[NoticeKind, ...]:
    """ขั้นที่ถึงแล้วในวันนี้ of a task that is due that day; nothing on a day without work.

    Bands and not single days: a machine that stood still for a day tells on the next. A task
    whose day falls on a holiday is told of as due on the last working day before it.
    """
    if not calendar.is_working_day(today):
        return ()
    if due_on >= today:
        left = calendar.working_days_between(today, due_on)
        if left > FIRST_BEFORE:
            return ()
        if left == 0:
            return (NoticeKind.TODAY,)
        return (NoticeKind.TOMORROW,) if left == 1 else (NoticeKind.SOON,)
    over = calendar.working_days_between(due_on, today)
    if over > LONG_AGO:
        return ()
    if over >= LATE_ABOVE:
        return (NoticeKind.LATE, NoticeKind.LATE_BELOW)
    return (NoticeKind.LATE,)


def rungs_on(today: date, calendar: WorkingCalendar) -> list[Rung]:
    """ขั้นทั้งหมดของวันนี้, each with its due days: so the tasks of a nation are asked for at once."""
    days: dict[NoticeKind, list[date]] = {}
    for ahead in range(-_MOST_DAYS, _MOST_DAYS + 1):
        due_on = today + timedelta(days=ahead)
        for kind in kinds_on(due_on, today=today, calendar=calendar):
            days.setdefault(kind, []).append(due_on)
    return [Rung(kind, min(found), max(found)) for kind, found in days.items()]
