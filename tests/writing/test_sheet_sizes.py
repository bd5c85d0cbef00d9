"""Rows of a workbook are as high as their words need, and no amount is wider than its column."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook

from tests.writing.plans import ALL, PARK_ROW, PLAN, WITH_ORDINANCE
from thamthan.writing import Column, Table, write_table
from thamthan.writing.plan_layout import PlanTable, PlanYear
from thamthan.writing.plan_tables import write_plan_xlsx
from thamthan.writing.sheet_sizes import column_width_of, height_of, lines_in, width_of

LONG = "โครงการปรับปรุงสวนสาธารณะเฉลิมพระเกียรติ หมู่ที่ 3 ตำบลหนองกะปุ อำเภอบ้านลาด จังหวัดเพชรบุรี"
WORDS = some.text("กขคงเแอาิี่้ำ ํ0123456789abc.,/()\n", min_size=1, max_size=120)


def sheet_of(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).worksheets[0]


def test_marks_above_and_below_take_no_room() -> None:
    assert width_of("กี่", size=16) == width_of("ก", size=16)
    assert width_of("ก" * 10, size=16) == pytest.approx(10 * width_of("ก", size=16))
    assert width_of("ก", size=32) == pytest.approx(2 * width_of("ก", size=16))


@given(WORDS, some.floats(5, 60))
def test_a_narrower_column_never_needs_fewer_lines(words: str, width: float) -> None:
    lines = lines_in(words, width, size=14)
    assert lines >= max(1, len(words.splitlines()))
    assert lines_in(words, width / 2, size=14) >= lines
    room = lines * width * 5.25
    assert sum(width_of(one, size=14) for one in words.splitlines()) <= room + 14 * lines


def test_a_row_of_a_plan_is_as_high_as_its_longest_cell() -> None:
    short = replace(PARK_ROW, name="ปลูกต้นไม้", objective="", target="", indicator="", result="")
    long = replace(short, name=LONG * 3)
    sheet = sheet_of(write_plan_xlsx([replace(PLAN, rows=(short, long))]))
    at = {cell.value: cell.row for row in sheet.iter_rows() for cell in row if cell.value}
    heights = [sheet.row_dimensions[at[row.name]].height for row in (short, long)]
    width = sheet.column_dimensions["B"].width
    assert heights[0] == height_of(1, size=14)
    assert heights[1] == height_of(lines_in(LONG * 3, width, size=14), size=14)
    assert heights[1] > 8 * heights[0]


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.form.mark)
def test_every_row_of_a_plan_has_a_height_and_may_still_grow(table: PlanTable) -> None:
    content = write_plan_xlsx([table])
    sheet = sheet_of(content)
    assert all(sheet.row_dimensions[at].height >= 20 for at in range(1, sheet.max_row + 1))
    with ZipFile(BytesIO(content)) as parts:
        assert b"customHeight" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_column_of_money_holds_its_longest_sum_and_words_stay_readable() -> None:
    rich = replace(
        PARK_ROW, years=tuple(PlanYear(year, 987_654_321_55, 1) for year in range(2566, 2571))
    )
    sheet = sheet_of(write_plan_xlsx([replace(WITH_ORDINANCE, rows=(rich, rich))]))
    needed = column_width_of(["1,975,308,643.10"], size=14, bold=True)
    assert sheet.column_dimensions["E"].width == pytest.approx(needed, abs=0.01)
    assert sheet.column_dimensions["B"].width > 15
    plain = sheet_of(write_plan_xlsx([PLAN]))
    assert sum(plain.column_dimensions[letter].width for letter in "ABCDEFGHIJKL") < 155


def test_a_list_is_as_high_as_its_words_and_as_wide_as_its_money() -> None:
    table = Table(
        "รายการโครงการ",
        "",
        (Column("โครงการ", 60), Column("งบ (บาท)", 1, "right", is_money=True), Column("ปี", 30)),
        (("ปลูกต้นไม้", Decimal("999999999.99"), 2569), (LONG * 2, Decimal("1.00"), 2569)),
    )
    content = write_table(table, form="xlsx")
    sheet = sheet_of(content)
    assert sheet.column_dimensions["B"].width >= column_width_of(["999,999,999.99"], size=16) - 0.01
    width = sheet.column_dimensions["A"].width
    heights = [sheet.row_dimensions[at].height for at in (1, 2, 3, 4)]
    assert heights[2] == height_of(1, size=16)
    assert heights[3] == height_of(lines_in(LONG * 2, width, size=16), size=16) > heights[2]
    assert min(heights[:2]) >= height_of(1, size=16)
    assert b"customHeight" not in ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    # One line, shown smaller where a person makes the column narrow.
    assert sheet["B3"].alignment.shrink_to_fit
    assert not sheet["B3"].alignment.wrap_text


def test_no_word_of_a_heading_is_broken() -> None:
    table = Table("ก", "", (Column("ปีงบประมาณ", 1), Column("โครงการ", 40)), ((2569, "ก"),))
    sheet = sheet_of(write_table(table, form="xlsx"))
    least = column_width_of(["ปีงบประมาณ"], size=16, bold=True)
    assert sheet.column_dimensions["A"].width == pytest.approx(least, abs=0.01)
