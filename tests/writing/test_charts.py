"""Charts: what is drawn is what was told; what is not there is drawn as not there."""

import io
import re
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from thamthan.errors import Refused
from thamthan.writing import (
    Bar,
    BarChart,
    Chart,
    LineChart,
    StateChart,
    StateRow,
    by_value,
    heights_of,
    scale_of,
    shares_of,
    shortened,
    stretches_of,
    write_chart,
)

VALUES = st.one_of(st.none(), st.integers(-(10**9), 10**9).map(Fraction))
BARS = st.lists(
    st.builds(Bar, st.just("อบต.ท่าเสน"), VALUES, st.just("ยังไม่รายงาน")), min_size=1, max_size=30
)
ACCENT = (11, 90, 103)


@given(BARS)
def test_a_bar_is_as_long_as_its_value_and_what_is_missing_has_none(bars: list[Bar]) -> None:
    drawn = stretches_of(bars)
    for bar, stretch in zip(bars, drawn, strict=True):
        assert (stretch is None) == (bar.value is None)
    there = [(bar, one) for bar, one in zip(bars, drawn, strict=True) if one is not None]
    sizes = sorted(there, key=lambda pair: abs(pair[0].value or 0))
    lengths = [one.length for _, one in sizes]
    assert all(later >= earlier - 1 for earlier, later in pairwise(lengths))
    assert all(0 <= one.begin <= one.begin + one.length <= 1000 for _, one in there)


@given(st.lists(st.integers(0, 9000), min_size=2, max_size=4))
def test_the_states_of_a_row_fill_it_without_gap_or_overlap(counts: list[int]) -> None:
    parts = shares_of(StateRow("อบต.ท่าเสน", tuple(counts)))
    at = 0
    for part in parts:
        assert part.begin == at
        at += part.length
    assert at == (1000 if sum(counts) else 0)


@given(BARS)
def test_a_line_stands_on_a_scale_that_has_nought_and_every_point(points: list[Bar]) -> None:
    low, high = scale_of(points)
    assert low <= 0 <= high
    assert low < high
    for point, height in zip(points, heights_of(points), strict=True):
        assert (height is None) == (point.value is None)
        assert height is None or 0 <= height <= 1000


@given(BARS)
def test_by_value_puts_what_is_missing_last_and_loses_nothing(bars: list[Bar]) -> None:
    ordered = by_value(bars)
    assert len(ordered) == len(bars)
    gone = [bar.value is None for bar in ordered]
    assert gone == sorted(gone)
    known = [bar.value for bar in ordered if bar.value is not None]
    assert known == sorted(known, reverse=True)


def bars_of(*values: int | None) -> BarChart:
    bars = [
        Bar(
            f"อบต.ตัวอย่างที่ {at}",
            None if value is None else Fraction(value),
            "ยังไม่รายงาน" if value is None else f"{value:,}",
        )
        for at, value in enumerate(values)
    ]
    return BarChart(
        "ผู้รับประโยชน์รวม 12,000 คน มากที่สุดที่อบต.น้ำขึ้น",
        "หน่วย: คน",
        "คน",
        tuple(bars),
        "แห่งที่ยังไม่รายงานไม่นับเป็นศูนย์",
    )


STATES = StateChart(
    "รายงานแล้ว 9 จาก 12 แห่ง",
    "จังหวัดเพชรบุรี",
    ("ทันกำหนด", "ส่งช้า", "ยังไม่ส่ง"),
    (StateRow("อำเภอบ้านลาด", (5, 2, 1)), StateRow("อำเภอชะอำ", (0, 2, 2))),
)
LINE = LineChart(
    "ผู้รับประโยชน์เพิ่มขึ้น",
    "หน่วย: คน",
    "คน",
    (
        Bar("งวดที่ 1", Fraction(10), "10"),
        Bar("งวดที่ 2", None, "ยังไม่มียอด"),
        Bar("งวดที่ 3", Fraction(30), "30"),
    ),
)


def picture_of(chart: Chart) -> Image.Image:
    return Image.open(io.BytesIO(write_chart(chart, form="png"))).convert("RGB")


def accents(picture: Image.Image) -> int:
    return sum(
        count
        for count, colour in picture.getcolors(1 << 24) or []
        if isinstance(colour, tuple) and max(map(_apart, colour, ACCENT)) < 12
    )


def _apart(one: int, other: int) -> int:
    return abs(one - other)


@pytest.mark.parametrize("chart", [bars_of(9000, 3000, None), STATES, LINE])
def test_every_chart_is_a_slide_with_something_on_it(chart: Chart) -> None:
    picture = picture_of(chart)
    assert picture.size == (1920, 1080)
    assert accents(picture) > 500
    svg = write_chart(chart, form="svg").decode("utf-8")
    assert re.search(r'<svg [^>]*width="1920', svg)
    assert f'<title id="t">{chart.title}</title>' in svg
    # Letters are outlines: no machine lacks the face.
    assert "<text" not in svg
    assert "font-family" not in svg


def test_what_was_not_reported_has_no_ink_of_a_bar() -> None:
    both, one = accents(picture_of(bars_of(9000, 9000))), accents(picture_of(bars_of(9000, None)))
    assert 1.8 < both / one < 2.2
    nought = accents(picture_of(bars_of(9000, 0)))
    assert one < nought < 1.1 * one


def test_the_same_facts_make_the_same_bytes() -> None:
    assert write_chart(STATES, form="png") == write_chart(STATES, form="png")


def test_eighty_bars_fit_a_slide_and_more_are_cut_with_words() -> None:
    many = bars_of(*range(200))
    with pytest.raises(Refused) as refused:
        write_chart(many, form="png")
    assert refused.value.code == "wrong_chart"
    few = shortened(many)
    assert isinstance(few, BarChart)
    assert len(few.bars) == 80
    assert few.bars[0].value == 199
    assert "แสดง 80 แถวที่มากที่สุดจาก 200 แถว" in few.foot
    assert picture_of(few).size == (1920, 1080)
    with pytest.raises(Refused):
        write_chart(bars_of(), form="svg")


def test_words_never_become_markup() -> None:
    chart = BarChart("<script>#panic()", "*ก* & ข", "", (Bar("_#x_", Fraction(1), "$1$"),))
    svg = write_chart(chart, form="svg").decode("utf-8")
    assert "<script" not in svg
    assert "&lt;script&gt;#panic()" in svg
