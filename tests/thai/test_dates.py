from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import grows_in_proportion
from thamthan.thai.dates import (
    BuddhistYear,
    FiscalYear,
    add_months,
    be_year,
    find_dates,
    format_date,
    from_be,
    month_end,
    parse_date,
    quarter_of,
)
from thamthan.thai.digits import to_thai

DAYS = st.dates(date(1800, 1, 1), date(2900, 12, 31))
LETTER = date(2026, 3, 15)


@given(DAYS, st.sampled_from(["full", "short"]), st.booleans(), st.booleans())
def test_a_day_written_and_read_is_the_same_day(day, style, weekday, thai):
    words = format_date(day, style=style, weekday=weekday)
    written = parse_date(to_thai(words) if thai else words)
    assert written is not None
    assert (written.value, written.problem) == (day, None)
    assert written.weekday == (day.weekday() if weekday else None)


@given(st.dates(date(2000, 1, 1), date(2042, 12, 31)), st.booleans(), st.booleans())
def test_a_day_of_a_list_is_read_in_its_own_time(day, weekday, thai):
    words = format_date(day, style="list", weekday=weekday)
    written = parse_date(to_thai(words) if thai else words, near=day)
    assert written is not None
    assert written.value == day


@given(DAYS)
def test_the_buddhist_year_leads_back_to_the_day(day):
    assert from_be(be_year(day), day.month, day.day) == day


@given(st.text(), st.none() | st.dates())
def test_any_text_may_be_searched_for_days(text, near):
    parse_date(text, near=near)
    for written in find_dates(text, near=near):
        assert text[written.start : written.end] == written.text


@given(
    st.text(alphabet=" \n0123456789๐๑๒๓๗๙/-.วันจันทร์ที่ศมคีพ.ศ.มีนาคม69", max_size=60),
    st.none() | st.dates(),
)
def test_any_broken_day_may_be_searched_for(text, near):
    for written in find_dates(text, near=near):
        assert (written.value is None) <= (written.problem is not None)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("๒๓ พฤศจิกายน ๒๕๖๘", date(2025, 11, 23)),
        ("15 มีนาคม พ.ศ. 2569", date(2026, 3, 15)),
        ("10 เดือนมิถุนายน พุทธศักราช 2568", date(2025, 6, 10)),
        ("๓๐ พ.ค. ๖๙", date(2026, 5, 30)),
        ("30 มิย. 69", date(2026, 6, 30)),
        ("3 พค 2569", date(2026, 5, 3)),
        ("16/08/2022", date(2022, 8, 16)),
        ("๒๐ / ๓ / ๖๙", date(2026, 3, 20)),
        ("2026-03-20", date(2026, 3, 20)),
        ("5 มีนาคม ค.ศ. 2026", date(2026, 3, 5)),
        ("วันที่ ๕\n เมษายน   ๒๕๕๕", date(2012, 4, 5)),
        ("ลงวันที่ 4 กรกฏาคม 2560", date(2017, 7, 4)),
    ],
)
def test_the_many_spellings_of_a_day(words, day):
    written = parse_date(words)
    assert written is not None
    assert (written.value, written.problem) == (day, None)


def test_a_weekday_that_fits_is_kept_with_the_day():
    (written,) = find_dates("ประชุมวันศุกร์ที่ ๒๐ มีนาคม ๒๕๖๙ ณ ห้องประชุม")
    assert (written.text, written.weekday) == ("วันศุกร์ที่ ๒๐ มีนาคม ๒๕๖๙", 4)
    assert written.problem is None


def test_a_weekday_that_does_not_fit_is_a_problem():
    (written,) = find_dates("วันจันทร์ที่ 20 มีนาคม 2569")
    assert written.value == date(2026, 3, 20)
    assert written.problem == "วันที่ 20 มีนาคม 2569 เป็นวันศุกร์ ไม่ใช่วันจันทร์"


def test_a_day_that_does_not_exist_has_no_value():
    (written,) = find_dates("ภายในวันที่ 31 กุมภาพันธ์ 2569")
    assert written.value is None
    assert written.problem == "ไม่มีวันที่ 31 กุมภาพันธ์ 2569"


def test_the_year_ce_under_a_buddhist_name_is_a_problem():
    written = parse_date("20 มีนาคม พ.ศ. 2026")
    assert written is not None
    assert written.value == date(2026, 3, 20)
    assert written.problem == "เขียนว่า พ.ศ. แต่ 2026 เป็นปี ค.ศ."


def test_without_a_year_the_day_is_the_next_one_after_the_letter():
    assert [w.value for w in find_dates("5 พ.ย.นี้ และ 10 มกราคม", near=LETTER)] == [
        date(2026, 11, 5),
        date(2027, 1, 10),
    ]


def test_without_a_year_and_without_a_letter_no_year_is_guessed():
    (written,) = find_dates("16 ตุลาคม")
    assert (written.value, written.year_written) == (None, "none")
    assert written.problem == "ไม่ได้เขียนปี"


def test_this_year_is_the_year_of_the_letter():
    (written,) = find_dates("๑๐ มกราคม ศกนี้", near=LETTER)
    assert written.value == date(2026, 1, 10)


@pytest.mark.parametrize(
    "text",
    ["5 มีคน", "0-2280-3333", "ที่ 52/2562", "เลขที่ 99/45 หมู่ 3", "ข้อ 1.2.34", "192.168.1.20"],
)
def test_what_is_no_day_is_left_alone(text):
    assert find_dates(text) == []


def test_a_time_or_a_count_behind_a_day_is_not_its_year():
    found = find_dates("20 มีนาคม 14.30 น. และ 5 เมษายน 12 คน", near=LETTER)
    assert [w.text for w in found] == ["20 มีนาคม", "5 เมษายน"]


@pytest.mark.parametrize("piece", ["1 ", "วันศุกร์", "12 ม.ค. ", "๑๒/๓/", "1" + " " * 89, "อา."])
def test_long_texts_take_time_in_proportion(piece):
    assert grows_in_proportion(lambda times: find_dates(piece * times), 200_000 // len(piece))


def test_a_fiscal_year_runs_from_october_to_september():
    year = FiscalYear.containing(date(2025, 10, 1))
    assert year == FiscalYear(BuddhistYear(2569))
    assert (year.first_on, year.last_on) == (date(2025, 10, 1), date(2026, 9, 30))
    assert year.quarter(2) == (date(2026, 1, 1), date(2026, 3, 31))
    assert year.half(2) == (date(2026, 4, 1), date(2026, 9, 30))


@given(DAYS)
def test_every_day_lies_in_the_quarter_that_is_named(day):
    first, last = FiscalYear.containing(day).quarter(quarter_of(day))
    assert first <= day <= last


def test_a_fiscal_year_has_four_quarters():
    with pytest.raises(ValueError):
        FiscalYear(BuddhistYear(2569)).quarter(5)


def test_a_month_later_may_end_earlier():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert month_end(2028, 2) == date(2028, 2, 29)
