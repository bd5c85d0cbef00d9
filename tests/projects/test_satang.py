"""Amounts as offices type them, understood to the satang or refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamthan.errors import Refused
from thamthan.projects.rules import MOST_SATANG, baht, read_baht
from thamthan.thai.digits import baht_in_words, to_thai


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("1,200,000.50", 120_000_050),
        ("1200000.5", 120_000_050),
        ("๑,๒๐๐,๐๐๐.๕๐", 120_000_050),
        ("1,200,000.-", 120_000_000),
        ("1,200,000 .- บาท", 120_000_000),
        ("1,200,000/-", 120_000_000),
        ("1,200,000 บาทถ้วน", 120_000_000),
        ("฿ 35", 3500),
        ("\u00a01,000\u00a0", 100_000),
        ("120 บาท 75 สตางค์", 12_075),
        ("0", 0),
        ("-", 0),
        ("0.01", 1),
    ],
)
def test_a_plain_figure_is_read_and_needs_no_look(typed: str, satang: int) -> None:
    read = read_baht(typed)
    assert (read.satang, read.said_as) == (satang, "")


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("1.2 ล้านบาท", 120_000_000),
        ("๑.๒ล้าน", 120_000_000),
        ("5 แสน", 50_000_000),
        ("1.23456 ล้านบาท", 123_456_000),
        ("2 พันล้านบาท", 200_000_000_000),
        ("สองล้านห้าแสนบาทถ้วน", 250_000_000),
        ("(หนึ่งร้อยบาทยี่สิบห้าสตางค์)", 10_025),
    ],
)
def test_what_is_said_in_words_is_understood_and_flagged(typed: str, satang: int) -> None:
    read = read_baht(typed)
    assert (read.satang, read.said_as) == (satang, typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "no_amount"),
        ("  ", "no_amount"),
        ("-500", "negative_amount"),
        ("−500", "negative_amount"),
        ("(500)", "negative_amount"),
        ("ลบห้าร้อยบาท", "negative_amount"),
        ("12.345", "part_of_a_satang"),
        ("0.000000001 ล้าน", "part_of_a_satang"),
        ("1,20,000", "unread_amount"),
        ("1.200.000", "unread_amount"),
        ("1 200 000", "unread_amount"),
        ("1,200,000 ดอลลาร์", "unread_amount"),
        ("1e6", "unread_amount"),
        ("ตามที่จ่ายจริง", "unread_amount"),
        ("12.50 บาท 50 สตางค์", "unread_amount"),
        ("10000001 ล้าน", "amount_too_large"),
        ("9" * 5000, "amount_too_large"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_baht(typed)
    assert (refused.value.code, refused.value.status) == (code, 400)


@given(st.integers(min_value=0, max_value=MOST_SATANG))
def test_what_is_written_is_read_back_to_the_satang(satang: int) -> None:
    for words in (
        baht(satang),
        to_thai(baht(satang)),
        f"{baht(satang)} บาท",
        baht_in_words(satang),
    ):
        assert read_baht(words).satang == satang


@given(st.text(max_size=60))
def test_no_text_at_all_brings_it_down(typed: str) -> None:
    try:
        read = read_baht(typed)
    except Refused:
        return
    assert 0 <= read.satang <= MOST_SATANG
