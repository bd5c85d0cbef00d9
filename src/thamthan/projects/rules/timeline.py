"""Days of a project in its fiscal year: where a bar of the Gantt chart stands, what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from thamthan.thai.dates import BuddhistYear, FiscalYear, add_months

# A bar narrower than this of a year cannot be seen on a phone; three days.
_LEAST = 8
YEAR_UNITS = 1000


class Dated(Protocol):
    """Whatever has a first and a last day: a step, or a project."""

    begins_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Bar:
    """แท่งของขั้นตอน: where it begins and how long it is, in thousandths of the chart."""

    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Span:
    """ช่วงเวลาของแผนภูมิ: whole months from one day to another."""

    first_on: date
    last_on: date

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1

    def months(self) -> list[date]:
        """The first day of each month."""
        found = []
        day = self.first_on
        while day <= self.last_on:
            found.append(day)
            day = add_months(day, 1)
        return found

    def place(self, day: date) -> int:
        """How far along the chart a day stands, in thousandths, never outside it."""
        far = (day - self.first_on).days * YEAR_UNITS // self.days
        return max(0, min(YEAR_UNITS, far))

    def bar(self, begins_on: date | None, ends_on: date | None) -> Bar | None:
        """The bar of these days; none where no day is known or all of it lies outside."""
        begin, end = begins_on or ends_on, ends_on or begins_on
        if begin is None or end is None or begin > self.last_on or end < self.first_on:
            return None
        start = min(self.place(begin), YEAR_UNITS - _LEAST)
        return Bar(start, max(self.place(end + timedelta(days=1)) - start, _LEAST))


def chart_span(be_year: int, rows: Iterable[Dated]) -> Span:
    """ช่วงของแผนภูมิ: the fiscal year, longer where a day of the project lies outside it."""
    year = FiscalYear(BuddhistYear(be_year))
    days = [day for row in rows for day in (row.begins_on, row.ends_on) if day is not None]
    first = min([year.first_on, *days])
    last = max([year.last_on, *days])
    after = add_months(last.replace(day=1), 1)
    return Span(first.replace(day=1), after - timedelta(days=1))


def moved_by_years(day: date | None, years: int) -> date | None:
    """The same day so many years later: what began in October begins in October again."""
    return None if day is None else add_months(day, 12 * years)


def is_step_late(ends_on: date | None, done_on: date | None, *, today: date) -> bool:
    """เลยกำหนด: its last day has gone by and nobody said that it is done."""
    return done_on is None and ends_on is not None and ends_on < today
