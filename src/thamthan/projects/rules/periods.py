"""Periods of results: quarters of the fiscal year, named, and those for which nothing was sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thamthan.projects.rules.figures import PeriodFigure
from thamthan.projects.rules.progress import course_days
from thamthan.thai.dates import (
    MONTHS_SHORT,
    BuddhistYear,
    FiscalYear,
    be_year,
    format_date,
    month_end,
    quarter_of,
)

# A project runs over its fiscal year, and at times on into the next ones.
MOST_QUARTERS = 12


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """งวด: from its first day to its last."""

    from_on: date
    until_on: date

    def overlaps(self, other: "Period") -> bool:
        return self.from_on <= other.until_on and other.from_on <= self.until_on

    @property
    def quarter(self) -> int | None:
        """The number of the quarter of the fiscal year that it is, if it is one."""
        number = quarter_of(self.from_on)
        is_one = FiscalYear.containing(self.from_on).quarter(number) == (
            self.from_on,
            self.until_on,
        )
        return number if is_one else None

    @property
    def name(self) -> str:
        """ไตรมาส 2/2569, มี.ค. 2569, ปีงบประมาณ 2569, or its days."""
        year = FiscalYear.containing(self.from_on)
        if self.quarter is not None:
            return f"ไตรมาส {self.quarter}/{year.be}"
        if (self.from_on, self.until_on) == (year.first_on, year.last_on):
            return f"ปีงบประมาณ {year.be}"
        last = month_end(self.from_on.year, self.from_on.month)
        if self.from_on.day == 1 and self.until_on == last:
            return f"{MONTHS_SHORT[last.month - 1]} {be_year(last)}"
        return self.days

    @property
    def days(self) -> str:
        """1 ม.ค. 69 – 31 มี.ค. 69."""
        first, last = (format_date(one, style="list") for one in (self.from_on, self.until_on))
        return f"{first} – {last}"


def quarter_containing(day: date) -> Period:
    """ไตรมาสที่วันนี้อยู่."""
    return Period(*FiscalYear.containing(day).quarter(quarter_of(day)))


def quarters_shown(year: int, begins_on: date | None, ends_on: date | None) -> list[Period]:
    """ไตรมาสของโครงการ: the four of its fiscal year, and those beside that it runs into."""
    whole = FiscalYear(BuddhistYear(year))
    first, last = course_days(year, begins_on, ends_on)
    one = quarter_containing(min(first, whole.first_on))
    until = max(last, whole.last_on)
    found: list[Period] = []
    while one.from_on <= until and len(found) < MOST_QUARTERS:
        found.append(one)
        one = quarter_containing(one.until_on + timedelta(days=1))
    return found


def quarters_owed(
    year: int, begins_on: date | None, ends_on: date | None, *, today: date
) -> list[Period]:
    """ไตรมาสที่ควรมีผลแล้ว: over by now, and the project ran in it."""
    course = Period(*course_days(year, begins_on, ends_on))
    return [
        one
        for one in quarters_shown(year, begins_on, ends_on)
        if one.until_on < today and one.overlaps(course)
    ]


def with_unsent(
    sent: Iterable[tuple[Period, PeriodFigure]], owed: Sequence[Period]
) -> list[PeriodFigure]:
    """ผลที่ส่งแล้วและงวดที่ยังไม่ส่ง: a quarter of which any part was sent was sent."""
    known = list(sent)
    missing = (
        PeriodFigure(until_on=one.until_on)
        for one in owed
        if not any(one.overlaps(period) for period, _ in known)
    )
    return [figure for _, figure in known] + list(missing)
