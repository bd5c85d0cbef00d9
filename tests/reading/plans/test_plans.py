"""A plan's workbook is read right, or flagged, or refused in words; never wrong in silence."""

import pytest

from tests.reading.plans import faults, shapes
from tests.reading.plans.books import YEARS, Book, head, project, put
from tests.reading.plans.cases import MAKERS, cases
from tests.reading.plans.truth import Case, score
from thamthan.reading.plans import PlanReading, read_plan

FIVE = [100_000] * 5


def read(case: Case) -> PlanReading:
    return read_plan(case.content, name=case.file_name)


@pytest.mark.parametrize("at", range(len(MAKERS)), ids=[make.__name__ for make in MAKERS])
def test_no_value_of_a_faulty_workbook_is_wrong_in_silence(at: int) -> None:
    case = cases()[at]
    found = score(case, read(case))
    assert found.silent == []
    assert found.missing == []
    assert found.understood + found.flagged == len(case.projects)


@pytest.mark.parametrize("at", range(len(MAKERS)), ids=[make.__name__ for make in MAKERS])
def test_every_row_that_holds_something_is_accounted_for_once(at: int) -> None:
    reading = read(cases()[at])
    for sheet in reading.sheets:
        rows = [fate.row for fate in sheet.rows]
        assert len(rows) == len(set(rows))
        understood = {row for line in sheet.lines for row in line.rows}
        assert understood == {fate.row for fate in sheet.rows if fate.kind == "understood"}
        assert all(fate.reason for fate in sheet.rows if fate.kind == "refused")


def test_every_value_names_the_cell_it_came_from() -> None:
    line = read(faults.plain()).lines[0]
    name = line.told("name")
    assert name is not None
    assert (name.cell, name.words) == ("B8", "โครงการก่อสร้างถนนคอนกรีต หมู่ที่ 1")
    assert [one.planned.cell for one in line.budgets] == ["E8", "F8", "G8", "H8", "I8"]
    programme = line.told("programme")
    assert programme is not None
    assert programme.cell == "B5"


def test_not_stated_dash_and_nought_are_three_things() -> None:
    budgets = read(faults.dashes()).lines[0].budgets
    assert [one.planned.written for one in budgets] == ["dash", "dash", "dash", "zero", "blank"]
    assert [one.planned.satang for one in budgets] == [0, 0, 0, 0, None]


def test_an_amendment_keeps_its_words_its_round_and_its_year() -> None:
    marks = read(faults.amended()).lines[0].amendments
    assert [(one.kind, one.words, one.round, one.be_year) for one in marks] == [
        ("amended", "แก้ไข ครั้งที่ 1/2567", 1, 2567)
    ]


def test_a_box_is_tied_to_the_rows_it_lies_over_and_one_over_none_is_told() -> None:
    sheet = read(faults.boxes()).sheets[0]
    assert [(box.words.partition("\n")[0], box.lines) for box in sheet.boxes] == [
        ("ร่างแผน ห้ามเผยแพร่", ()),
        ("แก้ไข ครั้งที่ 1/2567", (4,)),
        ("ย้ายไปแผนงานสาธารณสุข", (6, 7)),
        ("เปลี่ยนแปลง ครั้งที่ 2/2568", (8,)),
        ("ตรวจยอดกับกองคลังอีกครั้ง", (9,)),
    ]
    assert any(doubt.code == "box_unplaced" for doubt in sheet.doubts)


def test_a_doubled_sheet_is_found_and_its_lines_name_those_that_they_repeat() -> None:
    first, second = read(faults.doubled()).sheets
    assert (first.double_of, second.double_of) == ("", "แผนงานการเกษตร")
    assert [line.same_as for line in second.lines][:2] == [
        ("แผนงานการเกษตร", 4),
        ("แผนงานการเกษตร", 5),
    ]
    assert second.lines[5].same_as is None
    assert any("ต่างกัน" in doubt.message for doubt in second.lines[5].doubts)


def test_totals_are_held_against_the_rows_above_them() -> None:
    sheet = read(shapes.totals()).sheets[0]
    assert [total.agrees for total in sheet.totals] == [True, False, True]
    assert [doubt.message for doubt in sheet.totals[1].doubts] == [
        "แถวรวม 9 งบประมาณปี 2570 เขียน 900,000 แต่บวกแถวข้างบนได้ 100,000"
    ]


def test_a_total_over_an_amount_that_nobody_can_read_says_so() -> None:
    book = Book()
    sheet = book.sheet("ผ.02")
    row = head(sheet, 1)
    put(sheet, row, *project(1, "โครงการหนึ่ง", ["1,20,000", 0, 0, 0, 0]))
    put(sheet, row + 1, "รวม", None, None, None, 120000, 0, 0, 0, 0)
    total = read_plan(book.content(), name="แผน.xlsx").sheets[0].totals[0]
    assert not total.agrees
    assert "อ่านจำนวนเงินไม่ได้" in total.doubts[0].message


def test_each_sheet_tells_its_form_its_years_and_whether_it_has_indicators() -> None:
    found = {
        case.name: (sheet.form, sheet.years[0], sheet.has_kpi)
        for case in (shapes.by_issue(), shapes.equipment(), shapes.coordinated(), faults.plain())
        for sheet in read(case).sheets[:1]
    }
    assert list(found.values()) == [
        ("p02", 2571, False),
        ("p03", 2566, False),
        ("p02_2", 2566, True),
        ("p02", 2566, True),
    ]


def test_a_label_that_does_not_fit_its_columns_is_doubted() -> None:
    sheet = read(shapes.coordinated()).sheets[1]
    assert [doubt.message for doubt in sheet.doubts if doubt.code == "form_unclear"] == [
        "เขียนว่าเป็นแบบ ผ.02/1 แต่มีช่องอำเภออย่างแบบ ผ.02/2"
    ]


def test_amounts_of_two_digits_are_not_taken_for_years_of_a_heading() -> None:
    book = Book()
    sheet = book.sheet("ผ.02")
    row = head(sheet, 1, unit="(พันบาท)", kpi=False, ordinance=True)
    put(sheet, row, *project(1, "โครงการหนึ่ง", [66, 67, 68, 69, 70] * 2, kpi=False))
    line = read_plan(book.content(), name="แผน.xlsx").lines[0]
    assert [one.planned.satang for one in line.budgets] == [
        thousand * 1000 * 100 for thousand in (66, 67, 68, 69, 70)
    ]


def test_a_heading_of_another_order_counts_for_the_rows_below_it() -> None:
    book = Book()
    sheet = book.sheet("ผ.02")
    row = head(sheet, 1)
    put(sheet, row, *project(1, "โครงการหนึ่ง", FIVE))
    below = head(sheet, row + 2, years=list(reversed(YEARS)), kpi=False)
    put(sheet, below, *project(2, "โครงการสอง", [1e5, 2e5, 3e5, 4e5, 5e5], kpi=False))
    first, second = read_plan(book.content(), name="แผน.xlsx").lines
    assert not first.doubts
    assert [one.planned.satang for one in second.budgets] == [
        satang * 100_000 * 100 for satang in (5, 4, 3, 2, 1)
    ]
    assert any(one.code == "heading_unclear" for one in second.doubts)


def test_a_file_without_a_table_says_so() -> None:
    book = Book()
    put(book.sheet("บันทึก"), 1, "ประชุมวันศุกร์", "ห้องใหญ่", "บ่ายโมง")
    reading = read_plan(book.content(), name="บันทึก.xlsx")
    assert reading.lines == ()
    assert [doubt.code for doubt in reading.doubts] == ["no_lines"]
    assert [fate.reason for _, fate in reading.refused] == ["แผ่นนี้ไม่พบหัวตารางของแบบ ผ.02 หรือ ผ.03"]


def test_headings_are_those_above_a_row_though_a_level_comes_in_later() -> None:
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "ยุทธศาสตร์ที่ 1 โครงสร้างพื้นฐาน")
    put(sheet, 2, "แผนงานการเกษตร")
    row = head(sheet, 3)
    put(sheet, row, *project(1, "โครงการฝาย", FIVE))
    put(sheet, row + 1, "กลยุทธ์ที่ 1.2 แหล่งน้ำ")
    put(sheet, row + 2, "แผนงานเคหะและชุมชน")
    put(sheet, row + 3, *project(1, "โครงการประปา", FIVE))
    put(sheet, row + 4, "แผนงานสาธารณสุข")
    put(sheet, row + 5, *project(1, "โครงการส้วม", FIVE))
    put(sheet, row + 6, "ยุทธศาสตร์ที่ 2 สังคม")
    put(sheet, row + 7, *project(1, "โครงการผู้สูงอายุ", FIVE))
    found = [
        [one.told.value for one in line.headings]
        for line in read_plan(book.content(), name="แผน.xlsx").lines
    ]
    first, tactic = "ยุทธศาสตร์ที่ 1 โครงสร้างพื้นฐาน", "กลยุทธ์ที่ 1.2 แหล่งน้ำ"
    assert found == [
        [first, "แผนงานการเกษตร"],
        [first, tactic, "แผนงานเคหะและชุมชน"],
        [first, tactic, "แผนงานสาธารณสุข"],
        ["ยุทธศาสตร์ที่ 2 สังคม"],
    ]


def test_years_under_another_word_than_the_budget_are_not_taken_for_it() -> None:
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานการเกษตร")
    put(sheet, 2, "ที่", "โครงการ", "งบประมาณ", None, "เป้าหมาย", None, "เบิกจ่าย", None, "หน่วยงาน")
    put(sheet, 3, None, None, 2566, 2567, 2566, 2567, 2566, 2567)
    for left in (3, 5, 7):
        sheet.merge_cells(start_row=2, end_row=2, start_column=left, end_column=left + 1)
    put(sheet, 4, 1, "โครงการฝาย", 100000, 200000, "1 แห่ง", "2 แห่ง", 90000, 80000, "กองช่าง")
    (line,) = read_plan(book.content(), name="แผน.xlsx").lines
    assert [(one.be_year, one.planned.satang) for one in line.budgets] == [
        (2566, 100_000_00),
        (2567, 200_000_00),
    ]
    assert line.text("target") == "1 แห่ง\n2 แห่ง"
    assert [doubt.code for doubt in line.doubts] == ["outside", "outside"]


def test_one_column_for_all_years_is_the_money_of_no_one_year() -> None:
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "ลำดับที่", "โครงการ", "งบประมาณ 2566 - 2570", "หน่วยงาน")
    put(sheet, 2, 1, "โครงการฝาย", 500000, "กองช่าง")
    (line,) = read_plan(book.content(), name="แผน.xlsx").lines
    assert [one.planned.satang for one in line.budgets] == [None]
    assert any(doubt.code == "money_unread" for doubt in line.doubts)


def test_an_amount_for_each_year_written_once_is_left_out() -> None:
    book = Book()
    sheet = book.sheet("ผ.02")
    row = head(sheet, 1)
    put(sheet, row, *project(1, "โครงการวันเด็ก", ["ปีละ 50,000", None, None, None, None]))
    (line,) = read_plan(book.content(), name="แผน.xlsx").lines
    assert line.budgets[0].planned.written == "unread"


def test_a_total_that_stands_under_another_column_is_no_more_of_the_row_above() -> None:
    book = Book()
    sheet = book.sheet("ผ.02")
    row = head(sheet, 1)
    put(sheet, row, *project(1, "โครงการวันเด็ก", FIVE))
    put(sheet, row + 1, None, None, None, "รวม", *FIVE)
    read = read_plan(book.content(), name="แผน.xlsx").sheets[0]
    assert [total.agrees for total in read.totals] == [True]
    assert not read.lines[0].doubts


def test_a_heading_broken_over_three_rows_is_put_together() -> None:
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานการเกษตร")
    put(sheet, 2, "ที่", "โครงการ", "เป้าหมาย", "งบประมาณ", None, "ตัวชี้วัด", "ผลที่คาด", "หน่วยงาน")
    put(sheet, 3, None, None, "(ผลผลิตของ", 2566, 2567, "(KPI)", "ว่าจะ", "รับผิดชอบ")
    put(sheet, 4, None, None, "โครงการ)", "(บาท)", "(บาท)", None, "ได้รับ", "หลัก")
    put(sheet, 5, 1, "โครงการฝาย", "1 แห่ง", 100000, "-", "ร้อยละ 80", "มีน้ำใช้", "กองช่าง")
    (line,) = read_plan(book.content(), name="แผน.xlsx").lines
    assert [line.text(name) for name in ("target", "kpi", "result", "unit")] == [
        "1 แห่ง",
        "ร้อยละ 80",
        "มีน้ำใช้",
        "กองช่าง",
    ]
    assert [one.planned.satang for one in line.budgets] == [100_000_00, 0]
