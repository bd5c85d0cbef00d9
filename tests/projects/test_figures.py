"""Numbers kept exactly, and added up in any order without a missing period becoming nought."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from thamthan.errors import Refused
from thamthan.projects.rules import AddingUp, ResultStanding
from thamthan.projects.rules.figures import (
    MOST_MILLI,
    PeriodFigure,
    Total,
    add_up,
    in_digits,
    milli_of,
    said,
    share_in_words,
    together,
)
from thamthan.thai.digits import to_thai


@pytest.mark.parametrize(
    ("typed", "milli"),
    [
        ("", None),
        ("  ", None),
        ("0", 0),
        ("12", 12_000),
        ("๑,๒๓๔.๕", 1_234_500),
        ("1,234,567", 1_234_567_000),
        ("538800.0000", 538_800_000),
        ("0.001", 1),
        ("-3", -3_000),
        (" 4.50 ", 4_500),
    ],
)
def test_what_people_type_is_read_in_whole_thousandths(typed: str, milli: int | None) -> None:
    assert milli_of(typed) == milli


@pytest.mark.parametrize(
    ("typed", "code", "telling"),
    [
        ("0.0001", "too_exact", "3 ตำแหน่ง"),
        ("-", "not_a_number", "พิมพ์ 0"),
        ("62%", "not_a_number", "ตัวตั้งและตัวหาร"),
        ("ร้อยละ 62", "not_a_number", "ตัวตั้งและตัวหาร"),
        ("1.5 ล้าน", "not_a_number", "1,500,000"),
        ("๓ หมื่นบาท", "not_a_number", "30,000"),
        ("12,34", "not_a_number", "หลักพัน"),
        ("1,2345", "not_a_number", "หลักพัน"),
        ("สิบคน", "not_a_number", "ไม่ใช่ตัวเลข"),
        ("1.2.3", "not_a_number", "ไม่ใช่ตัวเลข"),
        ("1" * 15, "too_large", "หน่วยนับ"),
        ("9" * 5000, "too_large", "หน่วยนับ"),
    ],
)
def test_what_cannot_be_kept_exactly_is_refused_with_what_to_type(
    typed: str, code: str, telling: str
) -> None:
    with pytest.raises(Refused) as refused:
        milli_of(typed)
    assert refused.value.code == code
    assert telling in refused.value.message


@given(some.integers(min_value=-MOST_MILLI + 1, max_value=MOST_MILLI - 1))
def test_a_number_said_is_read_back_to_the_same(milli: int) -> None:
    assert milli_of(in_digits(milli)) == milli
    assert milli_of(to_thai(in_digits(milli))) == milli


@given(some.text(alphabet="0123456789๐๑๒,.-− ลบ%", max_size=40))
def test_whatever_is_typed_is_read_or_refused_in_words(typed: str) -> None:
    try:
        milli = milli_of(typed)
    except Refused as refused:
        assert refused.message
    else:
        assert milli is None or abs(milli) < MOST_MILLI


def test_large_numbers_are_said_in_millions_too() -> None:
    assert said(538_800_000_000_000, "บาท") == "538,800,000,000 บาท (538,800 ล้านบาท)"
    assert said(233_000_000, "บาท") == "233,000 บาท"


@pytest.mark.parametrize(
    ("milli", "of_milli", "unit", "told"),
    [
        (50_000, 80_000, "ร้อยละ", "ร้อยละ 62.5 (50 จาก 80)"),
        (1_000, 3_000, "ร้อยละ", "ร้อยละ 33.33 (1 จาก 3)"),
        (2_000, 3_000, "ร้อยละ", "ร้อยละ 66.67 (2 จาก 3)"),
        (0, 0, "ร้อยละ", "คิดสัดส่วนไม่ได้ ตัวหารเป็นศูนย์ (0 จาก 0)"),
        (6_400_000, 850_000, "ตารางเมตรต่อคน", "7.53 ตารางเมตรต่อคน (6,400 จาก 850)"),
        (0, None, "แห่ง", "0 แห่ง"),
    ],
)
def test_a_share_is_said_with_both_its_parts(
    milli: int, of_milli: int | None, unit: str, told: str
) -> None:
    assert share_in_words(milli, of_milli, unit) == told


FIRST = date(2025, 12, 31)
numbers = some.integers(min_value=0, max_value=10**12)
measured = some.builds(
    PeriodFigure,
    until_on=some.integers(0, 12).map(lambda months: FIRST + timedelta(days=91 * months)),
    standing=some.just(ResultStanding.MEASURED),
    milli=numbers,
    of_milli=numbers,
)
without = some.builds(
    PeriodFigure,
    until_on=some.just(FIRST),
    standing=some.sampled_from([None, ResultStanding.NONE, ResultStanding.NOT_APPLICABLE]),
)
periods = some.lists(measured | without, max_size=8)
ways = some.sampled_from(list(AddingUp))


@given(ways, periods, some.randoms())
def test_the_order_of_periods_changes_nothing(
    way: AddingUp, given_: list[PeriodFigure], dice
) -> None:  # type: ignore[no-untyped-def]  # hypothesis gives it
    mixed = list(given_)
    dice.shuffle(mixed)
    assert add_up(way, mixed) == add_up(way, given_)


@given(ways, periods, periods, periods)
def test_grouping_changes_nothing(
    way: AddingUp, one: list[PeriodFigure], two: list[PeriodFigure], three: list[PeriodFigure]
) -> None:
    whole = add_up(way, [*one, *two, *three])
    a, b, c = (add_up(way, part) for part in (one, two, three))
    assert together(together(a, b), c) == whole == together(a, together(b, c))


@given(ways, periods)
def test_every_period_is_counted_once_and_none_becomes_nought(
    way: AddingUp, given_: list[PeriodFigure]
) -> None:
    total = add_up(way, given_)
    assert total.periods + total.not_applicable == len(given_)
    figures = [one for one in given_ if one.standing == ResultStanding.MEASURED]
    assert total == Total(way) if not given_ else total.measured == len(figures)
    assert (total.milli is None) == (not figures)
    assert add_up(way, figures).milli == total.milli


@given(periods)
def test_a_share_is_the_sum_of_both_parts(given_: list[PeriodFigure]) -> None:
    total = add_up(AddingUp.SHARE, given_)
    figures = [one for one in given_ if one.milli is not None]
    if figures:
        assert total.milli == sum(one.milli or 0 for one in figures)
        assert total.of_milli == sum(one.of_milli or 0 for one in figures)


def quarter(number: int, *numbers_: int, standing: str | None = "measured") -> PeriodFigure:
    """A period that ends with this quarter."""
    value, of = (*numbers_, None, None)[:2]
    kept = None if standing is None else ResultStanding(standing)
    return PeriodFigure(FIRST + timedelta(days=91 * number), kept, value, of)


@pytest.mark.parametrize(
    ("way", "milli", "of_milli"),
    [("sum", 70, 140), ("latest", 20, 100), ("max", 50, 40), ("share", 70, 140)],
)
def test_each_way_adds_up_as_it_says(way: str, milli: int, of_milli: int) -> None:
    total = add_up(way, [quarter(0, 50, 40), quarter(2, 20, 100), quarter(3, standing=None)])
    assert (total.milli, total.of_milli) == (milli, of_milli)


def test_a_sum_says_of_how_many_periods_and_why_not_of_all() -> None:
    total = add_up(
        "sum",
        [
            quarter(0, 0),
            quarter(1, standing="none"),
            quarter(2, standing="not_applicable"),
            quarter(3, standing=None),
        ],
    )
    assert total.milli == 0
    assert total.words() == "มีผล 1 จาก 3 งวด (ไม่มีข้อมูล 1 · ยังไม่ส่ง 1 · ไม่เกี่ยวข้อง 1)"
    assert not total.is_whole
    assert add_up("sum", [quarter(1, standing="none")]).milli is None
