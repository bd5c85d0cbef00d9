"""What is told whom and when, without a database: the ladder, quiet hours, retries, holders."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from thamthan.errors import Refused
from thamthan.notices.rules import (
    MOST_ATTEMPTS,
    Holder,
    Hours,
    NoticeKind,
    at_desk,
    at_head,
    check_hours,
    digest_day,
    digest_subject,
    for_line,
    is_quiet,
    kinds_on,
    next_open,
    next_try,
    present,
    rungs_on,
)
from thamthan.thai.calendars import WorkingCalendar, thai_calendar

BANGKOK = ZoneInfo("Asia/Bangkok")
CALENDAR = thai_calendar(2025, 2028)
SOON, TOMORROW, TODAY = NoticeKind.SOON, NoticeKind.TOMORROW, NoticeKind.TODAY
LATE, LATE_BELOW = NoticeKind.LATE, NoticeKind.LATE_BELOW


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("due_on", "today", "told"),
    [
        # A plain week: due on Friday 27 March 2569.
        (date(2026, 3, 27), date(2026, 3, 23), ()),
        (date(2026, 3, 27), date(2026, 3, 24), (SOON,)),
        (date(2026, 3, 27), date(2026, 3, 25), (SOON,)),
        (date(2026, 3, 27), date(2026, 3, 26), (TOMORROW,)),
        (date(2026, 3, 27), date(2026, 3, 27), (TODAY,)),
        # Nobody is told anything on a Saturday; Monday is the first working day after.
        (date(2026, 3, 27), date(2026, 3, 28), ()),
        (date(2026, 3, 27), date(2026, 3, 30), (LATE,)),
        (date(2026, 3, 27), date(2026, 3, 31), (LATE,)),
        (date(2026, 3, 27), date(2026, 4, 1), (LATE, LATE_BELOW)),
        # Songkran, 13 to 15 April: three working days before the 17th is the 10th.
        (date(2026, 4, 17), date(2026, 4, 9), (SOON,)),
        (date(2026, 4, 17), date(2026, 4, 10), (SOON,)),
        (date(2026, 4, 17), date(2026, 4, 14), ()),
        (date(2026, 4, 17), date(2026, 4, 16), (TOMORROW,)),
        # Due on a holiday: the last working day before it is the day.
        (date(2026, 4, 13), date(2026, 4, 10), (TODAY,)),
        (date(2026, 4, 13), date(2026, 4, 16), (LATE,)),
        # Over the end of the year, with 31 December and 1 January off.
        (date(2027, 1, 4), date(2026, 12, 30), (TOMORROW,)),
        (date(2027, 1, 4), date(2026, 12, 28), (SOON,)),
        (date(2026, 12, 30), date(2027, 1, 4), (LATE,)),
        # What is long past was told long ago.
        (date(2026, 3, 2), date(2026, 3, 27), ()),
    ],
)
def test_the_ladder_goes_by_working_days(
    due_on: date, today: date, told: tuple[NoticeKind, ...]
) -> None:
    assert kinds_on(due_on, today=today, calendar=CALENDAR) == told


def test_an_extended_day_begins_the_ladder_anew() -> None:
    today = date(2026, 3, 30)
    assert kinds_on(date(2026, 3, 27), today=today, calendar=CALENDAR) == (LATE,)
    assert kinds_on(date(2026, 4, 2), today=today, calendar=CALENDAR) == (SOON,)


@given(
    today=some.dates(date(2026, 1, 1), date(2027, 12, 31)),
    ahead=some.integers(-30, 30),
)
def test_asking_for_ranges_of_days_tells_the_same_as_asking_day_by_day(
    today: date, ahead: int
) -> None:
    due_on = today + timedelta(days=ahead)
    by_ranges = {
        rung.kind for rung in rungs_on(today, CALENDAR) if rung.first_due <= due_on <= rung.last_due
    }
    assert by_ranges == set(kinds_on(due_on, today=today, calendar=CALENDAR))


FRIDAY, SATURDAY, MONDAY = date(2026, 3, 20), date(2026, 3, 21), date(2026, 3, 23)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(FRIDAY, "14:00"), at(FRIDAY, "14:00")),
        (at(FRIDAY, "06:00"), at(FRIDAY, "07:30")),
        (at(FRIDAY, "17:59"), at(FRIDAY, "17:59")),
        # After hours on Friday, and all Saturday: Monday morning.
        (at(FRIDAY, "18:00"), at(MONDAY, "07:30")),
        (at(SATURDAY, "10:00"), at(MONDAY, "07:30")),
        (at(MONDAY, "00:10"), at(MONDAY, "07:30")),
        # The eve of Songkran: Thursday the 16th.
        (at(date(2026, 4, 10), "19:00"), at(date(2026, 4, 16), "07:30")),
        (at(date(2026, 12, 30), "23:00"), at(date(2027, 1, 4), "07:30")),
    ],
)
def test_messages_wait_for_the_next_working_morning(now: datetime, opens: datetime) -> None:
    assert next_open(now, Hours(), CALENDAR) == opens
    assert not is_quiet(opens, Hours(), CALENDAR)


def test_who_wants_no_quiet_hours_has_none() -> None:
    never = Hours(quiet_from=time(0), quiet_until=time(0))
    assert next_open(at(SATURDAY, "03:00"), never, CALENDAR) == at(SATURDAY, "03:00")


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (at(FRIDAY, "00:01"), FRIDAY),
        (at(FRIDAY, "12:00"), FRIDAY),
        (at(FRIDAY, "18:30"), MONDAY),
        (at(SATURDAY, "08:00"), MONDAY),
    ],
)
def test_the_digest_goes_on_a_working_day(now: datetime, day: date) -> None:
    assert digest_day(now, Hours(), CALENDAR) == day


def test_hours_that_leave_no_day_are_refused() -> None:
    check_hours(Hours())
    for wrong in (
        Hours(quiet_from=time(7), quiet_until=time(18)),
        Hours(digest_at=time(19)),
        Hours(digest_at=time(7)),
    ):
        with pytest.raises(Refused):
            check_hours(wrong)


def test_retries_wait_longer_each_time_and_end() -> None:
    now = at(FRIDAY, "14:00")
    waits = [next_try(attempt, now=now) for attempt in range(1, MOST_ATTEMPTS + 1)]
    assert waits[-1] is None
    times = [moment for moment in waits if moment is not None]
    assert times == sorted(times) and times[0] == now + timedelta(minutes=1)
    # A night without the server costs no message.
    whole = sum((moment - now for moment in times), timedelta())
    assert whole > timedelta(hours=16)
    asked = next_try(1, now=now, asked=timedelta(minutes=30))
    assert asked == now + timedelta(minutes=30)
    longest = next_try(1, now=now, asked=timedelta(days=400))
    assert longest == now + timedelta(days=1)


def holder(person: int, role: str, *, acting: bool = False, level: str = "lao") -> Holder:
    return Holder(person * 10, person, 1, level, role, acting)


def test_who_acts_is_told_and_not_the_absent() -> None:
    absent, acting = holder(1, "executive"), holder(2, "executive", acting=True)
    clerk = holder(3, "clerk")
    assert present([absent, acting, clerk]) == [acting, clerk]
    assert at_head([absent, acting, clerk]) == [acting]
    assert at_head([absent, clerk]) == [absent]


def test_an_acting_clerk_does_not_silence_the_other_clerks() -> None:
    one, two = holder(1, "clerk"), holder(2, "clerk", acting=True)
    assert at_desk([one, two]) == [one, two]


def test_a_house_without_a_clerk_is_told_through_its_chief_clerk() -> None:
    chief, head = holder(1, "chief_clerk"), holder(2, "executive")
    assert at_desk([holder(3, "clerk"), chief, head]) == [holder(3, "clerk")]
    assert at_desk([chief, head]) == [chief]
    assert at_desk([head]) == [head]
    assert at_desk([]) == []


def test_a_division_is_told_through_its_head_and_clerk() -> None:
    head, clerk = holder(1, "head", level="division"), holder(2, "clerk", level="division")
    officer = holder(3, "officer", level="division")
    assert at_desk([head, clerk, officer]) == [head, clerk]
    assert at_desk([officer]) == [officer]
    assert at_head([clerk, head]) == [head]


@given(some.text(max_size=12_000))
def test_a_message_for_line_is_never_too_long(text: str) -> None:
    fitting = for_line(text)
    assert len(fitting.encode("utf-16-le", "surrogatepass")) // 2 <= 5000
    assert len(text) > 2500 or fitting == text


def test_a_digest_says_in_its_subject_what_presses() -> None:
    kinds = [LATE, SOON, SOON, TODAY, NoticeKind.ANSWERED]
    told = digest_subject(kinds)
    assert told == "ทำทัน: เลยกำหนด 1 · ครบกำหนดวันนี้ 1 · ใกล้กำหนด 2 · อื่น ๆ 1"


def test_without_a_calendar_of_holidays_weekends_still_count() -> None:
    plain = WorkingCalendar({})
    assert kinds_on(MONDAY, today=FRIDAY, calendar=plain) == (TOMORROW,)
