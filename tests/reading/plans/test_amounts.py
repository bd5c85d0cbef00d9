"""Amounts are read as they are written, or left out with a reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamthan.reading.plans.amounts import read_amount
from thamthan.reading.plans.grid import Cell
from thamthan.thai.digits import baht_in_words, to_thai

AMOUNTS = st.integers(min_value=1_000_00, max_value=900_000_000_00)


def of(words: str) -> Cell:
    return Cell(words)


@given(AMOUNTS, st.booleans(), st.sampled_from(["", ".-", " บาท", "/-", " บาทถ้วน", ".–"]))
def test_whatever_an_office_writes_is_read_to_the_satang(
    satang: int, thai: bool, tail: str
) -> None:
    baht, rest = divmod(satang, 100)
    words = f"{baht:,}.{rest:02}" if rest else f"{baht:,}"
    if rest and tail.startswith("."):
        tail = " บาท"
    words = to_thai(words) if thai else words
    read = read_amount(of(words + tail))
    assert (read.satang, read.written, read.doubt) == (satang, "amount", "")


@given(AMOUNTS)
def test_an_amount_in_words_is_read_and_flagged(satang: int) -> None:
    whole = satang // 100 * 100
    read = read_amount(of(baht_in_words(whole)))
    assert read.satang == whole
    assert read.doubt


@given(AMOUNTS)
def test_a_stored_number_is_taken_to_the_satang(satang: int) -> None:
    stored = Decimal(repr(satang / 100))
    assert read_amount(Cell(str(stored), stored)).satang == satang


@given(st.text())
def test_any_words_whatever_give_an_amount_or_a_reason(words: str) -> None:
    read = read_amount(of(words))
    if read.satang is None:
        assert read.written in ("blank", "unread")
        assert (read.written == "unread") == bool(read.doubt)
    else:
        assert read.satang >= 0


@pytest.mark.parametrize(
    "words",
    ["500.000", "1,20,000", "12,00", "5OO,OOO", "1.2.3", "100-200", "50%", "๕๐,๐๐๐,๐๐", "1e5"],
)
def test_what_can_be_read_in_two_ways_is_left_out_with_a_reason(words: str) -> None:
    read = read_amount(of(words))
    assert read.satang is None
    assert read.doubt


@given(st.lists(st.integers(1, 999), min_size=2, max_size=3))
def test_two_amounts_in_one_cell_are_nobodys(parts: list[int]) -> None:
    read = read_amount(of("\n".join(f"{one},000" for one in parts)))
    assert read.satang is None or read.doubt
