"""A plan that was written in its own layout is read back as it was, in every shape and form."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.writing.plans import ALL
from thamthan.reading.plans import read_sheet
from thamthan.reading.plans.grid import grid_from_json
from thamthan.reading.plans.model import PlanLine, SheetReading
from thamthan.reading.plans.workbook import parse_workbook
from thamthan.thai.text import squeeze
from thamthan.writing.plan_layout import PlanTable, PlanTableForm, PlanTableRow, PlanYear
from thamthan.writing.plan_tables import write_plan_xlsx

WORDS = st.lists(
    st.sampled_from(
        ["ก่อสร้าง", "ถนน", "หมู่ที่ 3", "ปรับปรุง", "แก้ไขปัญหา", "รวมกลุ่ม", "1,200 คน", "ยาว 850 เมตร",
         "(ระยะที่ 2)", "ประชาชน", "๕ แห่ง", "เพิ่มเติม", "สายบ้านนายทองดี–วัด", "24,000 บีทียู", "- ข้อย่อย"]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)  # fmt: skip
LINES = st.lists(WORDS, max_size=3).map("\n".join)
SATANG = st.none() | st.just(0) | st.integers(1_000_00, 999_999_999_99)
HEADINGS = st.sampled_from(
    [
        ("ยุทธศาสตร์ที่ 1 การพัฒนาโครงสร้างพื้นฐาน", "แผนงานอุตสาหกรรมและการโยธา"),
        ("ยุทธศาสตร์ที่ 1 การพัฒนาโครงสร้างพื้นฐาน", "แผนงานเคหะและชุมชน"),
        ("ยุทธศาสตร์ที่ 2 คุณภาพชีวิต", "กลยุทธ์ที่ 2.1 การกีฬา", "แผนงานการศาสนาวัฒนธรรมและนันทนาการ"),
        ("ประเด็นการพัฒนาที่ 2 เมืองน่าอยู่",),
    ]
)


@st.composite
def tables(draw: st.DrawFn) -> PlanTable:
    """A table of any form and shape; its rows stand in groups under their headings."""
    by_issue = draw(st.booleans())
    form = draw(st.sampled_from(list(PlanTableForm)))
    with_ordinance = draw(st.booleans())
    first = 2571 if by_issue else 2566
    rows: list[PlanTableRow] = []
    for headings in draw(st.lists(HEADINGS, min_size=1, max_size=3, unique=True)):
        for number in range(1, draw(st.integers(1, 4)) + 1):
            is_equipment = form is PlanTableForm.P03
            rows.append(
                PlanTableRow(
                    name=f"โครงการ{draw(WORDS)}",
                    number=str(number),
                    headings=headings,
                    objective=draw(LINES),
                    target=draw(LINES),
                    indicator="" if by_issue or is_equipment else draw(LINES),
                    result=draw(LINES),
                    lead=draw(st.sampled_from(["กองช่าง", "สำนักปลัด", "กองการศึกษา / กองช่าง"])),
                    programme="แผนงานการศึกษา" if is_equipment else "",
                    category="ค่าครุภัณฑ์" if is_equipment else "",
                    kind="ครุภัณฑ์สำนักงาน" if is_equipment else "",
                    district="บ้านลาด" if form is PlanTableForm.P02_2 else "",
                    coordinates="13.05, 99.92 – 13.06, 99.93"
                    if form is PlanTableForm.P02_2
                    else "",
                    years=tuple(
                        PlanYear(year, draw(SATANG), draw(SATANG) if with_ordinance else None)
                        for year in range(first, first + 5)
                    ),
                )
            )
    return PlanTable(
        form=form,
        be_from=first,
        be_to=first + 4,
        house="องค์การบริหารส่วนตำบลท่าเสน",
        house_place="อำเภอบ้านลาด จังหวัดเพชรบุรี",
        rows=tuple(rows),
        by_issue=by_issue,
        with_ordinance=with_ordinance,
        round_words=draw(st.sampled_from(["", "เพิ่มเติม ครั้งที่ 1/2569"])),
    )


def read_back(table: PlanTable) -> SheetReading:
    (page,) = parse_workbook(write_plan_xlsx([table])).pages
    return read_sheet(grid_from_json(page.text))


def check(table: PlanTable, sheet: SheetReading) -> None:
    assert len(sheet.lines) == len(table.rows)
    assert not [fate for fate in sheet.rows if fate.kind == "refused"]
    assert all(total.agrees for total in sheet.totals)
    assert sheet.form == table.form.value
    for row, line in zip(table.rows, sheet.lines, strict=True):
        assert as_row(line, table) == plain(row, table)


def plain(row: PlanTableRow, table: PlanTable) -> PlanTableRow:
    """The row with each year of the plan, and without what its form has no column for."""
    known = {one.be_year: one for one in row.years}
    return replace(
        row,
        years=tuple(known.get(year, PlanYear(year)) for year in table.years)
        if table.with_ordinance
        else tuple(
            PlanYear(year, known[year].planned) if year in known else PlanYear(year)
            for year in table.years
        ),
        indicator="" if table.by_issue or table.form is PlanTableForm.P03 else row.indicator,
        name=squeeze(row.name),
    )


def as_row(line: PlanLine, table: PlanTable) -> PlanTableRow:
    headings = tuple(one.told.value for one in line.headings)
    return PlanTableRow(
        name=line.text("name"),
        number=line.text("number"),
        headings=headings,
        objective=line.text("objective"),
        target=line.text("target"),
        indicator=line.text("kpi"),
        result=line.text("result"),
        lead=line.text("unit"),
        programme=line.text("programme") if "programme" in line.spoken else "",
        category=line.text("category"),
        kind=line.text("kind"),
        district=line.text("district"),
        coordinates=line.text("place"),
        reason=line.text("reason"),
        remark=line.text("note"),
        years=tuple(
            PlanYear(
                one.be_year, one.planned.satang, one.ordinance.satang if one.ordinance else None
            )
            for one in line.budgets
        ),
    )


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_what_is_written_is_read_back_as_it_was(table: PlanTable) -> None:
    check(table, read_back(table))


@pytest.mark.parametrize("at", range(len(ALL)))
def test_every_shape_of_the_samples_is_read_back_as_it_was(at: int) -> None:
    check(ALL[at], read_back(ALL[at]))
