"""อ่านแผนพัฒนาท้องถิ่น: a plan's workbook goes in, the projects in its tables come out."""

from pathlib import PurePath

from thamthan.errors import Refused
from thamthan.reading.apart import parse_apart
from thamthan.reading.kinds import OLE, XLSX, kind_of
from thamthan.reading.parsed import Unparsed
from thamthan.reading.plans.assembling import assemble
from thamthan.reading.plans.boxes import tie_boxes
from thamthan.reading.plans.commas import parse_commas
from thamthan.reading.plans.doubles import mark_doubles
from thamthan.reading.plans.grid import Grid, grid_from_json, letters_of
from thamthan.reading.plans.model import PlanDoubt, PlanLine, PlanReading, SheetReading
from thamthan.reading.plans.sequence import check_numbers
from thamthan.reading.plans.totals import check_totals
from thamthan.reading.plans.walked import Walked
from thamthan.reading.plans.walking import walk

__all__ = ["PlanReading", "PlanUnreadable", "read_plan", "read_sheet"]

MOST_BYTES = 50 * 1024 * 1024
MOST_LINES = 20_000


class PlanUnreadable(Refused):
    """อ่านแผนไม่ได้: the file is empty, damaged, locked, too large, or no table of a plan."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="plan_unreadable", status=422)


def read_plan(content: bytes, *, name: str) -> PlanReading:
    """อ่านแผนพัฒนาท้องถิ่น: every row of an XLSX or CSV file, understood or refused with its reason.

    Whatever was not plain has a doubt; nothing is guessed in silence, and nothing is compared with
    what the office keeps already. Raises `PlanUnreadable` for what is no such file.
    """
    grids = _grids(content, name)
    sheets = mark_doubles([read_sheet(grid) for grid in grids])
    if sum(len(sheet.lines) for sheet in sheets) > MOST_LINES:
        raise PlanUnreadable(f"ไฟล์นี้มีโครงการมากกว่า {MOST_LINES:,} แถว กรุณาแบ่งไฟล์")
    return PlanReading(name, sheets, tuple(_doubts(sheets)))


def _grids(content: bytes, name: str) -> list[Grid]:
    if not content:
        raise PlanUnreadable("ไฟล์นี้ว่างเปล่า กรุณาเลือกไฟล์ใหม่")
    if len(content) > MOST_BYTES:
        raise PlanUnreadable("ไฟล์นี้ใหญ่เกินกว่าจะเป็นแผนพัฒนาฉบับเดียว กรุณาแบ่งไฟล์")
    kind = kind_of(content)
    try:
        if kind is XLSX:
            parsed = parse_apart(content, parser="workbook")
            return [grid_from_json(page.text) for page in parsed.pages]
        if kind is None:
            return [parse_commas(content, name=PurePath(name).stem or "CSV")]
    except Unparsed as fault:
        raise PlanUnreadable(f"ไฟล์นี้{fault.why}") from fault
    if kind is OLE:
        raise PlanUnreadable(
            "ไฟล์นี้เป็น Excel รุ่นเก่า (.xls) หรือใส่รหัสผ่านไว้ กรุณาเปิดด้วย Excel แล้วบันทึกเป็น .xlsx ที่ไม่มีรหัสผ่าน"
        )
    raise PlanUnreadable(f"ไฟล์นี้เป็น{kind.label} ไม่ใช่ตารางแผนพัฒนา กรุณาใช้ไฟล์ .xlsx หรือ .csv")


def read_sheet(grid: Grid) -> SheetReading:
    """อ่านแผ่นงานหนึ่งแผ่น, by itself; what other sheets say is not looked at."""
    walked = walk(grid)
    lines: list[PlanLine] = []
    for record in walked.records:
        lines.append(assemble(grid, record, before=lines[-1] if lines else None))
    lines = check_numbers(walked.records, lines)
    boxes, lines, unplaced = tie_boxes(grid, lines)
    totals = check_totals(grid, walked.totals, lines)
    headings = walked.headings
    return SheetReading(
        name=grid.name,
        form=walked.form,
        years=tuple(sorted({year for heading in headings for year in heading.years})),
        unit=max((heading.unit for heading in headings), default=1),
        hidden=grid.hidden,
        has_kpi=any(heading.has("kpi") for heading in headings),
        context=tuple(walked.context),
        lines=tuple(lines),
        rows=tuple(walked.fates),
        totals=totals,
        boxes=boxes,
        doubts=(
            *(PlanDoubt(code, message) for code, message in walked.doubts),
            *_sheet_doubts(grid, walked),
            *unplaced,
            *(doubt for total in totals for doubt in total.doubts),
        ),
    )


def _sheet_doubts(grid: Grid, walked: Walked) -> list[PlanDoubt]:
    found = []
    if grid.hidden and walked.records:
        found.append(PlanDoubt("hidden", f"แผ่น “{grid.name}” ถูกซ่อนไว้ แต่อ่านให้แล้ว"))
    for column in sorted(grid.hidden_columns):
        for heading in walked.headings[:1]:
            named = [one for one in heading.columns if one.left <= column <= one.right]
            if named:
                said = f"คอลัมน์ {letters_of(column)} “{named[0].words[:30]}” ถูกซ่อนไว้ แต่อ่านให้แล้ว"
                found.append(PlanDoubt("hidden", said))
    if walked.headings and not any(heading.says_unit for heading in walked.headings):
        found.append(PlanDoubt("unit_unsaid", "หัวตารางไม่บอกหน่วยเงิน ระบบถือเป็นบาท"))
    if walked.records and not any(
        one.field in ("programme", "issue", "strategy")
        for record in walked.records
        for one in record.above
    ):
        said = "ไม่พบชื่อยุทธศาสตร์ แผนงาน หรือประเด็นการพัฒนาเหนือตาราง"
        if not any(heading.has("programme") for heading in walked.headings):
            found.append(PlanDoubt("no_heading", said))
    return found


def _doubts(sheets: tuple[SheetReading, ...]) -> list[PlanDoubt]:
    """What concerns the file as a whole."""
    found = []
    firsts = {sheet.years[0] for sheet in sheets if sheet.years}
    if len(firsts) > 1:
        years = ", ".join(map(str, sorted(firsts)))
        found.append(PlanDoubt("years_differ", f"แผ่นงานเริ่มต้นคนละปี ({years}) อาจมาจากแผนคนละฉบับ"))
    if not any(sheet.lines for sheet in sheets):
        found.append(PlanDoubt("no_lines", "ไม่พบแถวของโครงการในไฟล์นี้เลย"))
    return found
