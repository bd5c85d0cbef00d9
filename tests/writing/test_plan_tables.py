"""Rows of a plan as workbook and as Word file: every column, heading and sum in its place."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.writing.plans import (
    ALL,
    BY_ISSUE,
    EQUIPMENT,
    FOR_THE_PROVINCE,
    PARK_ROW,
    PLAN,
    TREE_ROW,
    WITH_ORDINANCE,
)
from thamthan.errors import Refused
from thamthan.writing.plan_layout import PlanTable, PlanTableForm, PlanTableRow, PlanYear
from thamthan.writing.plan_tables import MOST_ROWS, write_plan_docx, write_plan_xlsx

YEARS = [f"{year} (บาท)" for year in range(2566, 2571)]


def sheet_of(table: PlanTable) -> Any:
    return load_workbook(BytesIO(write_plan_xlsx([table]))).worksheets[0]


def rows_of(table: PlanTable) -> list[tuple[object, ...]]:
    return list(sheet_of(table).iter_rows(values_only=True))


def headings_of(table: PlanTable) -> list[object]:
    """Of each column what it is called: the year where it has one, else what stands above."""
    rows = rows_of(table)
    top = next(at for at, row in enumerate(rows) if row[0] == "ที่")
    return [below or above for above, below in zip(rows[top], rows[top + 1], strict=True)]


def row_named(table: PlanTable, words: str) -> tuple[object, ...]:
    return next(row for row in rows_of(table) if words in row)


def test_the_strategy_shape_has_its_columns_in_order() -> None:
    assert headings_of(PLAN) == [
        "ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย (ผลผลิตของโครงการ)", *YEARS,
        "ตัวชี้วัด (KPI)", "ผลที่คาดว่าจะได้รับ", "หน่วยงานรับผิดชอบหลัก",
    ]  # fmt: skip


def test_the_ordinance_of_each_year_stands_behind_the_plan() -> None:
    names = headings_of(WITH_ORDINANCE)
    assert names[4:14] == YEARS * 2
    assert len(names) == 17
    park = row_named(WITH_ORDINANCE, PARK_ROW.name)
    assert park[4:14] == ("-", None, 1100000.5, 12500000, "-", "-", None, 900000, None, None)


def test_the_issue_shape_has_no_indicator_and_tells_why() -> None:
    names = headings_of(BY_ISSUE)
    assert "ตัวชี้วัด (KPI)" not in names
    assert names[-1] == "เหตุผลความจำเป็น"
    assert names[4:9] == [f"{year} (บาท)" for year in range(2571, 2576)]
    assert ("เพิ่มเติม ครั้งที่ 1/2571", *[None] * 11) in rows_of(BY_ISSUE)


def test_other_forms_have_their_own_columns() -> None:
    assert headings_of(EQUIPMENT)[1:5] == ["แผนงาน", "หมวด", "ประเภท", "ครุภัณฑ์"]
    assert headings_of(FOR_THE_PROVINCE)[4:6] == ["อำเภอ", "พิกัด (จุดเริ่มต้น–สิ้นสุด)"]
    marks = {mark for table in ALL for row in rows_of(table)[:1] for mark in row if mark}
    assert marks == {"แบบ ผ.02", "แบบ ผ.02/1", "แบบ ผ.02/2", "แบบ ผ.03"}


def test_nothing_is_a_dash_and_not_stated_is_empty() -> None:
    park = row_named(PLAN, PARK_ROW.name)
    assert park[4:9] == ("-", None, 1100000.5, 12500000, "-")
    assert row_named(PLAN, TREE_ROW.name)[4:9] == (None, None, 50000, None, None)


def test_rows_stand_under_their_headings_with_sums_of_each_year() -> None:
    firsts = [row[0] for row in rows_of(PLAN)][6:]
    assert firsts == [
        "ยุทธศาสตร์ที่ 1 การพัฒนาโครงสร้างพื้นฐาน",
        "แผนงานอุตสาหกรรมและการโยธา",
        "1",
        "รวม 1 โครงการ",
        "ยุทธศาสตร์ที่ 2 การพัฒนาคุณภาพชีวิต",
        "กลยุทธ์ที่ 2.1 พัฒนาสวนสาธารณะและพื้นที่สีเขียว",
        "แผนงานเคหะและชุมชน",
        "1",
        "2",
        "รวม 2 โครงการ",
        "รวมทั้งสิ้น 3 โครงการ",
    ]
    assert row_named(PLAN, "รวม 2 โครงการ")[4:9] == ("-", None, 1150000.5, 12500000, "-")
    assert row_named(PLAN, "รวมทั้งสิ้น 3 โครงการ")[4:6] == (2450000, 2450000)


def test_headings_are_merged_and_repeat_in_print() -> None:
    sheet = sheet_of(PLAN)
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A5:A6", "E5:I5", "J5:J6", "A7:L7", "A10:D10"} <= merged
    assert sheet.print_title_rows == "$5:$6"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1


def test_no_text_is_a_formula() -> None:
    trap = replace(TREE_ROW, name='=HYPERLINK("x")', objective="+66", number="1.1")
    sheet = sheet_of(replace(PLAN, rows=(trap,)))
    row = next(row for row in sheet.iter_rows() if row[1].value == '=HYPERLINK("x")')
    assert [cell.data_type for cell in row[:3]] == ["s", "s", "s"]


def test_the_word_file_says_the_same_in_thai_digits() -> None:
    document = Document(BytesIO(write_plan_docx([PLAN, BY_ISSUE])))
    assert {section.orientation for section in document.sections} == {WD_ORIENT.LANDSCAPE}
    first, second = document.tables
    cells = [[cell.text for cell in row.cells] for row in first.rows]
    assert cells[0][4:9] == ["งบประมาณ"] * 5
    assert cells[1][4] == "๒๕๖๖ (บาท)"
    park = next(row for row in cells if PARK_ROW.name.replace("3", "๓") in row)
    assert park[4:9] == ["-", "", "๑,๑๐๐,๐๐๐.๕๐", "๑๒,๕๐๐,๐๐๐", "-"]
    assert cells[-1][0] == "รวมทั้งสิ้น ๓ โครงการ"
    assert "w:tblHeader" in first.rows[1]._tr.xml
    assert "เหตุผลความจำเป็น" in [cell.text for cell in second.rows[0].cells]
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "แผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖–๒๕๗๐)" in words


def test_more_rows_than_anyone_reads_are_refused() -> None:
    with pytest.raises(Refused, match="ยาวเกิน"):
        write_plan_xlsx([replace(PLAN, rows=(TREE_ROW,) * (MOST_ROWS + 1))])


words = st.text("กขคงเแอาิี่้ ํ0123456789๐๙abc=+-@&<>\"'\n.,/()", max_size=40)
amounts = st.none() | st.integers(0, 10**13)
plan_rows = st.builds(
    PlanTableRow,
    name=words,
    number=words,
    headings=st.lists(words, max_size=3).map(tuple),
    objective=words,
    target=words,
    indicator=words,
    reason=words,
    remark=words,
    district=words,
    years=st.lists(
        st.builds(PlanYear, be_year=st.integers(2565, 2576), planned=amounts, ordinance=amounts),
        max_size=6,
    ).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        PlanTable,
        form=st.sampled_from(PlanTableForm),
        be_from=st.just(2566),
        be_to=st.sampled_from((2566, 2570)),
        house=words,
        rows=st.lists(plan_rows, max_size=5).map(tuple),
        by_issue=st.booleans(),
        with_ordinance=st.booleans(),
        with_reason=st.booleans(),
        round_words=words,
    )
)
def test_whatever_a_plan_says_is_written_and_no_satang_is_lost(table: PlanTable) -> None:
    write_plan_docx([table])
    sheet = sheet_of(table)
    if table.rows:
        last = [cell.value for cell in list(sheet.iter_rows())[-1]]
        total = sum(
            next((year.planned or 0 for year in row.years if year.be_year == be_year), 0)
            for row in table.rows
            for be_year in table.years
        )
        first = next(at for at, value in enumerate(sheet_headings(sheet)) if value == "งบประมาณ")
        shown = last[first : first + len(table.years)]
        told = sum(round(value * 100) for value in shown if isinstance(value, int | float))
        assert told == total


def sheet_headings(sheet: Any) -> list[object]:
    return next(
        list(row)
        for row in sheet.iter_rows(values_only=True)
        if row[0] == "ที่" and "งบประมาณ" in row
    )
