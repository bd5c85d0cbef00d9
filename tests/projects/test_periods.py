"""Quarters of a project, and which of them ought to have been sent."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from thamthan.projects.rules import Period, quarter_containing, quarters_shown
from thamthan.projects.rules.figures import PeriodFigure
from thamthan.projects.rules.periods import MOST_QUARTERS, quarters_owed, with_unsent
from thamthan.projects.rules.states import ResultStanding

days = some.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2025, 10, 1), date(2025, 12, 31), "ไตรมาส 1/2569"),
        (date(2026, 1, 1), date(2026, 3, 31), "ไตรมาส 2/2569"),
        (date(2025, 10, 1), date(2026, 9, 30), "ปีงบประมาณ 2569"),
        (date(2026, 3, 1), date(2026, 3, 31), "มี.ค. 2569"),
        (date(2026, 3, 2), date(2026, 3, 31), "2 มี.ค. 69 – 31 มี.ค. 69"),
    ],
)
def test_a_period_is_called_as_an_office_calls_it(first: date, last: date, name: str) -> None:
    assert Period(first, last).name == name


def names(begins_on: date | None = None, ends_on: date | None = None) -> list[str]:
    return [one.name for one in quarters_shown(2569, begins_on, ends_on)]


def test_the_four_quarters_of_the_year_are_shown_and_those_it_runs_into() -> None:
    four = [f"ไตรมาส {number}/2569" for number in range(1, 5)]
    assert names() == names(date(2026, 2, 1), date(2026, 5, 31)) == four
    assert names(None, date(2026, 12, 15)) == [*four, "ไตรมาส 1/2570"]
    assert names(date(2025, 9, 30)) == ["ไตรมาส 4/2568", *four]
    assert len(names(None, date(2035, 1, 1))) == MOST_QUARTERS


def test_owed_is_what_is_over_and_in_which_it_ran() -> None:
    def owed(today: date) -> list[str]:
        found = quarters_owed(2569, date(2026, 2, 1), date(2026, 5, 31), today=today)
        return [one.name for one in found]

    assert owed(date(2026, 3, 31)) == []
    assert owed(date(2026, 4, 1)) == ["ไตรมาส 2/2569"]
    assert owed(date(2027, 1, 1)) == ["ไตรมาส 2/2569", "ไตรมาส 3/2569"]


def test_a_month_sent_stands_for_its_quarter() -> None:
    month = Period(date(2026, 2, 1), date(2026, 2, 28))
    figure = PeriodFigure(month.until_on, ResultStanding.MEASURED, 5)
    owed = [quarter_containing(date(2025, 11, 1)), quarter_containing(date(2026, 2, 1))]
    found = with_unsent([(month, figure)], owed)
    assert [one.standing for one in found] == [ResultStanding.MEASURED, None]


@given(days)
def test_every_day_lies_in_one_quarter_and_the_next_begins_after_it(day: date) -> None:
    quarter = quarter_containing(day)
    assert quarter.from_on <= day <= quarter.until_on
    assert quarter.quarter is not None
    after = quarter_containing(quarter.until_on + timedelta(days=1))
    assert not quarter.overlaps(after)
    assert after.from_on == quarter.until_on + timedelta(days=1)
