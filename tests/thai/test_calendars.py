from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamthan.thai.calendars import WorkingCalendar, thai_calendar

CALENDAR = thai_calendar(2024, 2027)
DAYS = st.dates(date(2024, 1, 20), date(2027, 11, 30))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 4, 14), "วันสงกรานต์"),
        (date(2026, 1, 1), "วันขึ้นปีใหม่"),
        (date(2026, 6, 1), "ชดเชยวันวิสาขบูชา"),
        (date(2026, 5, 13), "วันพืชมงคล"),
        (date(2024, 12, 10), "วันรัฐธรรมนูญ"),
        (date(2027, 10, 25), "ชดเชยวันปิยมหาราช"),
    ],
)
def test_public_holidays_and_their_substitutes_have_thai_names(day, name):
    assert CALENDAR.holiday_name(day) == name
    assert not CALENDAR.is_working_day(day)


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_every_year_has_its_songkran_and_enough_holidays(year):
    assert all(CALENDAR.holiday_name(date(year, 4, day)) for day in (13, 14, 15))
    assert 18 <= sum(day.year == year for day in CALENDAR.holidays) <= 28


def test_offices_work_on_labour_day():
    assert CALENDAR.is_working_day(date(2026, 5, 1))


def test_a_holiday_announced_later_is_added_and_a_moved_one_taken_back():
    calendar = thai_calendar(
        2026, 2026, extra={date(2026, 3, 20): "วันหยุดพิเศษ"}, without=[date(2026, 1, 2)]
    )
    assert calendar.holiday_name(date(2026, 3, 20)) == "วันหยุดพิเศษ"
    assert calendar.is_working_day(date(2026, 1, 2))


def test_working_days_step_over_songkran():
    assert CALENDAR.add_working_days(date(2026, 4, 10), 1) == date(2026, 4, 16)
    assert CALENDAR.add_working_days(date(2026, 4, 16), -1) == date(2026, 4, 10)
    assert CALENDAR.next_working_day(date(2026, 4, 11)) == date(2026, 4, 16)
    assert CALENDAR.previous_working_day(date(2026, 4, 15)) == date(2026, 4, 10)
    assert CALENDAR.next_working_day(date(2026, 4, 10)) == date(2026, 4, 10)


def test_between_a_day_and_an_earlier_one_lie_no_working_days():
    assert CALENDAR.working_days_between(date(2026, 4, 16), date(2026, 4, 10)) == 0


@given(DAYS, st.integers(1, 15))
def test_working_days_added_are_working_days_counted(day, n):
    later = CALENDAR.add_working_days(day, n)
    assert CALENDAR.is_working_day(later)
    assert CALENDAR.working_days_between(day, later) == n


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_without_holidays_only_the_weekend_is_free(day):
    assert WorkingCalendar({}).is_working_day(day) == (day.weekday() < 5)
