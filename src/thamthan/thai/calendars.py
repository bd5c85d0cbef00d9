"""Working days of Thai government offices, with the public holidays and their substitution days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
# Kept by banks and private firms; government offices work on it, and no day is given for it.
_NOT_FOR_OFFICES = "วันแรงงานแห่งชาติ"
# Always a Saturday, and no holiday by any rule.
_NO_HOLIDAY = "วันเด็กแห่งชาติ"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """ปฏิทินวันทำการ: Monday to Friday but for the holidays it was given."""

    holidays: Mapping[date, str]

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in self.holidays

    def next_working_day(self, day: date) -> date:
        """The day itself if offices work on it, else the next on which they do."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """The day itself if offices work on it, else the last before on which they did."""
        while not self.is_working_day(day):
            day -= _ONE_DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after a day; before it where n is negative; for 0 the day itself."""
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`; never below 0."""
        days = max((end - start).days, 0)
        return sum(
            self.is_working_day(start + timedelta(days=ahead)) for ahead in range(1, days + 1)
        )

    def holiday_name(self, day: date) -> str | None:
        return self.holidays.get(day)


def thai_calendar(
    first_year: int,
    last_year: int,
    *,
    extra: Mapping[date, str] = MappingProxyType({}),
    without: Collection[date] = (),
) -> WorkingCalendar:
    """ปฏิทินวันหยุดราชการ for the years (Christian era) from the first to the last, both included.

    `extra` adds what the cabinet announces later, `without` takes back what was moved. Special
    holidays of one province are not known here.
    """
    days = dict(_of_year(first_year)) if first_year == last_year else {}
    for year in range(first_year, last_year + 1):
        days |= _of_year(year)
    days |= extra
    for day in without:
        days.pop(day, None)
    return WorkingCalendar(MappingProxyType(days))


@cache
def _of_year(year: int) -> Mapping[date, str]:
    # Loaded late: the package takes longer to load than everything else in reading together.
    from holidays import country_holidays

    found = country_holidays(
        "TH", years=year, language="th", categories=("public", "government"), expand=False
    )
    return {
        day: name
        for day, name in found.items()
        if _NOT_FOR_OFFICES not in name and _NO_HOLIDAY not in name
    }
