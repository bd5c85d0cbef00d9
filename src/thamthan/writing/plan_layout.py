"""แบบ ผ.02 ผ.02/1 ผ.02/2 ผ.03: the columns and lines of a plan's table, before any file is made."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from thamthan.thai.text import squeeze
from thamthan.writing.tables import Align


class PlanTableForm(StrEnum):
    """แบบของแผน: its mark, and what its table is called."""

    P02 = "p02"
    P02_1 = "p02_1"
    P02_2 = "p02_2"
    P03 = "p03"

    @property
    def mark(self) -> str:
        return _MARKS[self][0]

    @property
    def heading(self) -> str:
        return _MARKS[self][1]

    @property
    def counted(self) -> str:
        """What one row is, where rows are counted."""
        return "รายการ" if self is PlanTableForm.P03 else "โครงการ"


_MARKS = {
    PlanTableForm.P02: ("แบบ ผ.02", "รายละเอียดโครงการพัฒนา"),
    PlanTableForm.P02_1: ("แบบ ผ.02/1", "รายละเอียดโครงการพัฒนา (โครงการของชุมชน)"),
    PlanTableForm.P02_2: (
        "แบบ ผ.02/2",
        "รายละเอียดโครงการพัฒนา (สำหรับประสานแผนพัฒนาท้องถิ่นระดับจังหวัด)",
    ),
    PlanTableForm.P03: ("แบบ ผ.03", "บัญชีครุภัณฑ์"),
}


@dataclass(frozen=True, slots=True)
class PlanYear:
    """งบประมาณปีหนึ่ง in satang: None is not stated, 0 is stated as nothing and is a dash."""

    be_year: int
    planned: int | None = None
    ordinance: int | None = None


@dataclass(frozen=True, slots=True)
class PlanTableRow:
    """หนึ่งแถวของแผน. `headings` are the lines it stands under, as worded, from the top."""

    name: str
    number: str = ""
    headings: tuple[str, ...] = ()
    objective: str = ""
    target: str = ""
    indicator: str = ""
    result: str = ""
    lead: str = ""
    programme: str = ""
    category: str = ""
    kind: str = ""
    district: str = ""
    coordinates: str = ""
    reason: str = ""
    remark: str = ""
    years: tuple[PlanYear, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanTable:
    """ตารางหนึ่งแบบของแผนหนึ่งแผน.

    `by_issue` is the shape of 2571–2575: no indicator; a reason where something was added or
    changed. `with_ordinance` adds what entered the ordinance of each year. `round_words` say which
    amendment it is (“เพิ่มเติม ครั้งที่ 1/2569”), empty for the first making.
    """

    form: PlanTableForm
    be_from: int
    be_to: int
    house: str
    rows: tuple[PlanTableRow, ...]
    house_place: str = ""
    by_issue: bool = False
    with_ordinance: bool = False
    with_reason: bool = False
    round_words: str = ""

    @property
    def years(self) -> range:
        return range(self.be_from, self.be_to + 1)


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """หนึ่งช่อง: under `group` where a heading is merged over several; an amount or words."""

    heading: str
    share: float
    words: Callable[[PlanTableRow], str] | None = None
    satang: Callable[[PlanTableRow], int | None] | None = None
    group: str = ""
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class HeadingLine:
    words: str
    depth: int


@dataclass(frozen=True, slots=True)
class ProjectLine:
    row: PlanTableRow


@dataclass(frozen=True, slots=True)
class TotalLine:
    """แถวรวม: of what stands under one heading, or of all (`is_last`)."""

    words: str
    rows: tuple[PlanTableRow, ...] = field(repr=False)
    is_last: bool = False


PlanLine = HeadingLine | ProjectLine | TotalLine


def title_lines(table: PlanTable) -> tuple[str, ...]:
    """หัวกระดาษ above the table, without the mark of the form."""
    lines = (
        table.form.heading,
        f"แผนพัฒนาท้องถิ่น (พ.ศ. {table.be_from}–{table.be_to})",
        squeeze(table.round_words),
        squeeze(f"{table.house} {table.house_place}"),
    )
    return tuple(line for line in lines if line)


def columns_of(table: PlanTable) -> tuple[PlanColumn, ...]:
    """ช่องของแบบ, from the left; those that its shape has not, and nobody filled, are left out."""
    return tuple(_columns(table))


def _columns(table: PlanTable) -> Iterator[PlanColumn]:
    is_equipment = table.form is PlanTableForm.P03
    yield PlanColumn("ที่", 1, lambda row: row.number, align="center")
    if is_equipment:
        yield PlanColumn("แผนงาน", 3, lambda row: row.programme)
        yield PlanColumn("หมวด", 2.6, lambda row: row.category)
        yield PlanColumn("ประเภท", 2.6, lambda row: row.kind)
        yield PlanColumn("ครุภัณฑ์", 4.4, lambda row: row.name)
    else:
        yield PlanColumn("โครงการ", 5, lambda row: row.name)
    if not is_equipment or any(row.objective for row in table.rows):
        yield PlanColumn("วัตถุประสงค์", 4, lambda row: row.objective)
    output = "ครุภัณฑ์" if is_equipment else "โครงการ"
    yield PlanColumn(f"เป้าหมาย (ผลผลิตของ{output})", 4.2, lambda row: row.target)
    if table.form is PlanTableForm.P02_2 or any(row.district for row in table.rows):
        yield PlanColumn("อำเภอ", 2, lambda row: row.district)
    if table.form is PlanTableForm.P02_2 or any(row.coordinates for row in table.rows):
        yield PlanColumn("พิกัด (จุดเริ่มต้น–สิ้นสุด)", 2.8, lambda row: row.coordinates)
    for year in table.years:
        yield PlanColumn(
            f"{year} (บาท)", 2.2, satang=_planned(year), group="งบประมาณ", align="right"
        )
    if table.with_ordinance:
        for year in table.years:
            yield PlanColumn(
                f"{year} (บาท)", 2.2, satang=_ordinance(year), group="เทศบัญญัติ/ข้อบัญญัติ", align="right"
            )
    if not table.by_issue and not is_equipment:
        yield PlanColumn("ตัวชี้วัด (KPI)", 2.8, lambda row: row.indicator)
    if not is_equipment or any(row.result for row in table.rows):
        yield PlanColumn("ผลที่คาดว่าจะได้รับ", 3.2, lambda row: row.result)
    yield PlanColumn("หน่วยงานรับผิดชอบหลัก", 2.4, lambda row: row.lead)
    if table.with_reason or any(row.reason for row in table.rows):
        yield PlanColumn("เหตุผลความจำเป็น", 3.2, lambda row: row.reason)
    if any(row.remark for row in table.rows):
        yield PlanColumn("หมายเหตุ", 2.2, lambda row: row.remark)


def _planned(be_year: int) -> Callable[[PlanTableRow], int | None]:
    return lambda row: next((year.planned for year in row.years if year.be_year == be_year), None)


def _ordinance(be_year: int) -> Callable[[PlanTableRow], int | None]:
    return lambda row: next((year.ordinance for year in row.years if year.be_year == be_year), None)


def lines_of(table: PlanTable) -> Iterator[PlanLine]:
    """แถวของตาราง: each heading where it changes, its rows, its sub-total; at the end the whole.

    A sub-total closes the innermost heading; one group alone needs none beside the whole.
    """
    groups = list(_groups(table.rows))
    before: tuple[str, ...] = ()
    for headings, rows in groups:
        same = 0
        while same < min(len(headings), len(before)) and headings[same] == before[same]:
            same += 1
        for depth, words in enumerate(headings[same:], start=same):
            yield HeadingLine(words, depth)
        yield from map(ProjectLine, rows)
        if len(groups) > 1:
            yield TotalLine(_counted("รวม", table, rows), rows)
        before = headings
    if table.rows:
        yield TotalLine(_counted("รวมทั้งสิ้น", table, table.rows), table.rows, is_last=True)


def _groups(
    rows: Sequence[PlanTableRow],
) -> Iterator[tuple[tuple[str, ...], tuple[PlanTableRow, ...]]]:
    held: list[PlanTableRow] = []
    under: tuple[str, ...] = ()
    for row in rows:
        headings = tuple(line for line in map(squeeze, row.headings) if line)
        if held and headings != under:
            yield under, tuple(held)
            held = []
        under = headings
        held.append(row)
    if held:
        yield under, tuple(held)


def _counted(words: str, table: PlanTable, rows: Sequence[PlanTableRow]) -> str:
    return f"{words} {len(rows):,} {table.form.counted}"


def sum_of(column: PlanColumn, rows: Sequence[PlanTableRow]) -> int | None:
    """ยอดรวมของช่องเงิน: None where not one row states an amount."""
    if column.satang is None:
        return None
    stated = [satang for row in rows if (satang := column.satang(row)) is not None]
    return sum(stated) if stated else None
