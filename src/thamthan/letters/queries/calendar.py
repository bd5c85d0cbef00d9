"""The calendar of working days that every count of days in this room goes by."""

from datetime import date
from functools import lru_cache

from thamthan.thai.calendars import WorkingCalendar, thai_calendar


def working_calendar(day: date) -> WorkingCalendar:
    """ปฏิทินวันทำการ round that day: Saturdays, Sundays, public and substitution holidays."""
    return _calendar_round(day.year)


@lru_cache(maxsize=8)
def _calendar_round(year: int) -> WorkingCalendar:
    return thai_calendar(year - 2, year + 3)
