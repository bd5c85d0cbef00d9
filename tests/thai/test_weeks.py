from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from thamthan.thai.dates import month_end
from thamthan.thai.weeks import last_week_of_month, week_of_month


def windows(readings):
    return [(reading.opens, reading.closes) for reading in readings]


def test_the_third_week_of_march_2569_has_three_readings():
    readings = week_of_month(2026, 3, 3)
    assert windows(readings) == [
        (date(2026, 3, 15), date(2026, 3, 21)),
        (date(2026, 3, 16), date(2026, 3, 22)),
        (date(2026, 3, 9), date(2026, 3, 15)),
    ]
    assert [reading.rules for reading in readings] == [
        ("sevens", "sunday"),
        ("monday_full",),
        ("monday_part",),
    ]


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(-3, 9))
def test_a_week_lies_within_its_month(year, month, week):
    for reading in week_of_month(year, month, week):
        assert date(year, month, 1) <= reading.opens <= reading.closes <= month_end(year, month)
        assert (reading.closes - reading.opens).days <= 6
        assert reading.rule in reading.rules


@given(st.integers(1, 9999), st.integers(1, 12))
def test_no_window_is_given_twice(year, month):
    for readings in (*(week_of_month(year, month, n) for n in range(1, 7)),
                     last_week_of_month(year, month)):  # fmt: skip
        assert len(set(windows(readings))) == len(readings)


def test_a_month_has_no_seventh_week():
    assert week_of_month(2026, 3, 7) == []
    assert week_of_month(2026, 2, 6) == []


def test_the_last_week_of_a_month():
    assert windows(last_week_of_month(2026, 3)) == [
        (date(2026, 3, 25), date(2026, 3, 31)),
        (date(2026, 3, 29), date(2026, 3, 31)),
        (date(2026, 3, 23), date(2026, 3, 29)),
        (date(2026, 3, 30), date(2026, 3, 31)),
    ]
