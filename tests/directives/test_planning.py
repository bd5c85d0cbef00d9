"""Days are planned backwards from the upper one, over weekends and holidays."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamthan.directives.rules import Pace, plan_backwards
from thamthan.thai.calendars import thai_calendar

CALENDAR = thai_calendar(2024, 2028)
THREE = ("จังหวัด", "อำเภอ", "อปท.")


@pytest.mark.parametrize(
    ("upper", "today", "days"),
    [
        # Friday 27 March 2569, with two weeks to go: three working days for each level.
        ("2026-03-27", "2026-03-11", ["2026-03-27", "2026-03-24", "2026-03-19"]),
        # A Saturday is the Friday before it.
        ("2026-03-28", "2026-03-11", ["2026-03-27", "2026-03-24", "2026-03-19"]),
        # Songkran: 13 to 15 April, and Chakri day on the 6th, are no working days.
        ("2026-04-20", "2026-03-30", ["2026-04-20", "2026-04-10", "2026-04-07"]),
        # In the middle of the long holiday: the day before it.
        ("2026-04-14", "2026-03-25", ["2026-04-10", "2026-04-07", "2026-04-01"]),
        # Over the turn of the year: 31 December, 1 and 2 January are holidays.
        ("2026-01-08", "2025-12-15", ["2026-01-08", "2026-01-05", "2025-12-26"]),
        # A week is short: half of three days, and whatever is left to the last.
        ("2026-03-27", "2026-03-20", ["2026-03-27", "2026-03-26", "2026-03-25"]),
        # One day is left: all answer today.
        ("2026-03-20", "2026-03-20", ["2026-03-20", "2026-03-20", "2026-03-20"]),
    ],
)
def test_each_level_has_its_own_day(upper: str, today: str, days: list[str]) -> None:
    plan = plan_backwards(
        date.fromisoformat(upper), THREE, today=date.fromisoformat(today), calendar=CALENDAR
    )
    assert [one.due_on.isoformat() for one in plan.days] == days


def test_an_hour_before_noon_leaves_nothing_of_that_day() -> None:
    told = {"today": date(2026, 3, 9), "calendar": CALENDAR}
    friday = date(2026, 3, 27)
    early = plan_backwards(friday, THREE, upper_time=time(10), **told)  # type: ignore[arg-type]
    late = plan_backwards(friday, THREE, upper_time=time(16), **told)  # type: ignore[arg-type]
    assert early.day_of("อำเภอ") == date(2026, 3, 23)
    assert late.day_of("อำเภอ") == date(2026, 3, 24)
    assert early.day_of("จังหวัด") == friday


def test_a_day_that_is_over_is_not_moved_and_is_said() -> None:
    over = date(2026, 3, 18)
    plan = plan_backwards(over, THREE, today=date(2026, 3, 20), calendar=CALENDAR)
    assert {one.due_on for one in plan.days} == {over}
    assert "ผ่านไปแล้ว" in plan.warnings[0]


def test_a_level_with_too_few_days_is_warned_of() -> None:
    today = date(2026, 3, 20)
    tight = plan_backwards(date(2026, 3, 24), THREE, today=today, calendar=CALENDAR)
    assert tight.warnings
    assert "อปท." in tight.warnings[0]
    wide = plan_backwards(date(2026, 4, 10), THREE, today=today, calendar=CALENDAR)
    assert not wide.warnings
    # How few are too few is set.
    strict = Pace(least_below=30)
    assert plan_backwards(
        date(2026, 4, 10), THREE, today=today, calendar=CALENDAR, pace=strict
    ).warnings


def test_the_plan_is_told_in_one_line() -> None:
    plan = plan_backwards(date(2026, 3, 27), THREE, today=date(2026, 3, 9), calendar=CALENDAR)
    assert (
        plan.words == "จังหวัดส่งภายใน ศ. 27 มี.ค. 2569 · อำเภอส่งภายใน อ. 24 มี.ค. 2569 "
        "· อปท.ส่งภายใน พฤ. 19 มี.ค. 2569"
    )
    assert (
        plan_backwards(date(2026, 3, 27), (), today=date(2026, 3, 9), calendar=CALENDAR).words == ""
    )


@given(
    upper=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    ahead=st.integers(-20, 120),
    count=st.integers(1, 5),
    days=st.integers(1, 10),
    least=st.integers(1, 10),
    hour=st.sampled_from([None, time(9), time(15)]),
)
def test_days_never_grow_going_down_and_never_pass_the_upper_one(
    upper: date, ahead: int, count: int, days: int, least: int, hour: time | None
) -> None:
    today = upper - timedelta(days=ahead)
    plan = plan_backwards(
        upper,
        [f"ชั้น {at}" for at in range(count)],
        today=today,
        calendar=CALENDAR,
        pace=Pace(days_per_level=days, least_below=least),
        upper_time=hour,
    )
    found = [one.due_on for one in plan.days]
    assert found == sorted(found, reverse=True)
    assert all(day <= upper for day in found)
    if today <= upper:
        assert all(day >= today for day in found)
        # Only where today itself is all that is left is a day none on which offices work.
        assert all(CALENDAR.is_working_day(day) or day == today for day in found)
