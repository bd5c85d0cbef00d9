import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamthan.thai.digits import (
    baht_in_words,
    number_from_words,
    number_in_words,
    to_arabic,
    to_thai,
)


@given(st.text(alphabet="0123456789 ก./"))
def test_digits_go_to_thai_and_back(text: str) -> None:
    assert to_arabic(to_thai(text)) == text


@given(st.text())
def test_changing_digits_moves_no_offset(text: str) -> None:
    assert len(to_arabic(text)) == len(to_thai(text)) == len(text)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "ศูนย์"),
        (1, "หนึ่ง"),
        (10, "สิบ"),
        (11, "สิบเอ็ด"),
        (21, "ยี่สิบเอ็ด"),
        (101, "หนึ่งร้อยเอ็ด"),
        (2569, "สองพันห้าร้อยหกสิบเก้า"),
        (1_000_000, "หนึ่งล้าน"),
        (1_000_001, "หนึ่งล้านเอ็ด"),
        (21_000_000, "ยี่สิบเอ็ดล้าน"),
        (1_000_000_000_000, "หนึ่งล้านล้าน"),
        (-5, "ลบห้า"),
    ],
)
def test_numbers_are_said_as_an_office_says_them(number: int, words: str) -> None:
    assert number_in_words(number) == words


@given(st.integers(min_value=-(10**24), max_value=10**24))
def test_a_number_in_words_is_that_number_again(number: int) -> None:
    assert number_from_words(number_in_words(number)) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("สามสิบ", 30),
        ("เก้าสิบ", 90),
        ("ร้อยห้าสิบ", 150),
        ("หนึ่งร้อย ห้าสิบ", 150),
        ("ล้าน", 1_000_000),
        ("สองแสนห้าหมื่น", 250_000),
    ],
)
def test_words_as_people_write_them_are_understood(words: str, number: int) -> None:
    assert number_from_words(words) == number


@pytest.mark.parametrize("words", ["", "ลบ", "สิบสิบ", "สองสาม", "ห้าศูนย์", "สามวัน", "30", "ล้าน" * 500])
def test_what_is_no_number_in_words_is_none(words: str) -> None:
    assert number_from_words(words) is None


@given(st.text())
def test_any_text_may_be_asked_for_its_number(text: str) -> None:
    number_from_words(text)


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (110_000_000, "หนึ่งล้านหนึ่งแสนบาทถ้วน"),
        (0, "ศูนย์บาทถ้วน"),
        (50, "ห้าสิบสตางค์"),
        (12_345, "หนึ่งร้อยยี่สิบสามบาทสี่สิบห้าสตางค์"),
        (-100, "ลบหนึ่งบาทถ้วน"),
    ],
)
def test_money_is_said_in_baht_and_satang(satang: int, words: str) -> None:
    assert baht_in_words(satang) == words
