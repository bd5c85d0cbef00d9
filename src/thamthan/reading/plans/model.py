"""What the reading of a development plan is: sheets, their lines, and the fate of every row."""

from dataclasses import dataclass
from typing import Literal

# แบบ ผ.01 ผ.02 ผ.02/1 ผ.02/2 ผ.03
Form = Literal["p01", "p02", "p02_1", "p02_2", "p03"]
FORM_LABELS: dict[Form, str] = {
    "p01": "ผ.01",
    "p02": "ผ.02",
    "p02_1": "ผ.02/1",
    "p02_2": "ผ.02/2",
    "p03": "ผ.03",
}
# ช่องของแบบ; those of the headings above the rows are among them.
Field = Literal[
    "number",
    "name",
    "objective",
    "target",
    "kpi",
    "result",
    "unit",
    "reason",
    "note",
    "source",
    "district",
    "place",
    "category",
    "kind",
    "strategy",
    "issue",
    "tactic",
    "programme",
]
FIELD_LABELS: dict[Field, str] = {
    "number": "ที่",
    "name": "โครงการ",
    "objective": "วัตถุประสงค์",
    "target": "เป้าหมาย",
    "kpi": "ตัวชี้วัด",
    "result": "ผลที่คาดว่าจะได้รับ",
    "unit": "หน่วยงานรับผิดชอบหลัก",
    "reason": "เหตุผลความจำเป็น",
    "note": "หมายเหตุ",
    "source": "แหล่งที่มาของงบประมาณ",
    "district": "อำเภอ",
    "place": "พิกัด",
    "category": "หมวด",
    "kind": "ประเภท",
    "strategy": "ยุทธศาสตร์",
    "issue": "ประเด็นการพัฒนา",
    "tactic": "กลยุทธ์",
    "programme": "แผนงาน",
}
# How an amount was written: nothing at all, a dash, a nought, an amount, or what nobody can read.
Written = Literal["blank", "dash", "zero", "amount", "unread"]
AmendmentKind = Literal[
    "added", "changed", "amended", "moved", "duplicate", "merged", "coordinated", "cancelled"
]
AMENDMENT_LABELS: dict[AmendmentKind, str] = {
    "added": "เพิ่มเติม",
    "changed": "เปลี่ยนแปลง",
    "amended": "แก้ไข",
    "moved": "ย้าย",
    "duplicate": "ซ้ำ",
    "merged": "รวมกับโครงการอื่น",
    "coordinated": "ไปประสานแผน",
    "cancelled": "ยกเลิก",
}
# After these a row may be no project of the plan any more.
GONE: frozenset[AmendmentKind] = frozenset({"moved", "duplicate", "merged", "cancelled"})
RowKind = Literal["understood", "heading", "total", "summary", "refused"]


@dataclass(frozen=True, slots=True)
class PlanDoubt:
    """ข้อสงสัย: what a person must look at, in which field or year, and in which cell."""

    code: str
    message: str
    field: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """ค่าหนึ่งช่อง: the value, the cell's own words, and the cell."""

    value: str
    words: str
    cell: str


@dataclass(frozen=True, slots=True)
class Money:
    """จำนวนเงินหนึ่งช่อง: None is what is not stated or cannot be told; zero is stated."""

    satang: int | None
    written: Written
    words: str
    cell: str


@dataclass(frozen=True, slots=True)
class YearBudget:
    """งบประมาณหนึ่งปี: as planned, and as it entered the ordinance where the form has a column."""

    be_year: int
    planned: Money
    ordinance: Money | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """ร่องรอยการแก้แผน: what was done, its words, the round and the year where they are said."""

    kind: AmendmentKind
    words: str
    cell: str
    round: int | None = None
    be_year: int | None = None


@dataclass(frozen=True, slots=True)
class FieldTold:
    """ช่องที่อ่านได้ of one line."""

    field: Field
    told: Told


@dataclass(frozen=True, slots=True)
class PlanLine:
    """โครงการหนึ่งแถวของแผน, as far as it was understood.

    `headings` are the lines that it stands under, from the top, also where a column of its own
    says otherwise. `spoken` are the fields that its table has a column for: an empty one says that
    there is nothing, one without a column says nothing. `same_as` names a line that says the same,
    by its sheet and first row.
    """

    sheet: str
    rows: tuple[int, ...]
    form: Form
    fields: tuple[FieldTold, ...]
    budgets: tuple[YearBudget, ...]
    headings: tuple[FieldTold, ...] = ()
    spoken: tuple[Field, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[PlanDoubt, ...] = ()
    same_as: tuple[str, int] | None = None
    hidden: bool = False

    def told(self, field: Field) -> Told | None:
        """What was read for a field, or None."""
        return next((one.told for one in self.fields if one.field == field), None)

    def text(self, field: Field) -> str:
        """The value of a field; empty where there is none."""
        told = self.told(field)
        return told.value if told else ""

    @property
    def is_gone(self) -> bool:
        """Whether its own words say that it was moved, merged, doubled or cancelled."""
        return any(one.kind in GONE for one in self.amendments)


@dataclass(frozen=True, slots=True)
class RowFate:
    """แถวหนึ่งของแผ่นงาน: what became of it, and of a refused one the reason."""

    row: int
    kind: RowKind
    words: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TotalLine:
    """แถวรวม: what it says, and whether the lines above add up to it; `over` says which lines."""

    row: int
    words: str
    agrees: bool
    over: str = ""
    doubts: tuple[PlanDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class FloatingBox:
    """กล่องข้อความ: its words, and the rows it lies over; `lines` are first rows of plan lines."""

    words: str
    kind: Literal["box", "comment"]
    first_row: int
    last_row: int
    lines: tuple[int, ...] = ()
    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetReading:
    """แผ่นงานหนึ่งแผ่นที่อ่านแล้ว; `unit` is how many baht one of its units is."""

    name: str
    form: Form | None
    years: tuple[int, ...]
    unit: int = 1
    hidden: bool = False
    has_kpi: bool = False
    double_of: str = ""
    context: tuple[str, ...] = ()
    lines: tuple[PlanLine, ...] = ()
    rows: tuple[RowFate, ...] = ()
    totals: tuple[TotalLine, ...] = ()
    boxes: tuple[FloatingBox, ...] = ()
    doubts: tuple[PlanDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanReading:
    """ผลการอ่านแผนพัฒนา: sheet by sheet; nothing in it is anybody's decision yet."""

    name: str
    sheets: tuple[SheetReading, ...]
    doubts: tuple[PlanDoubt, ...] = ()

    @property
    def lines(self) -> tuple[PlanLine, ...]:
        return tuple(line for sheet in self.sheets for line in sheet.lines)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({year for sheet in self.sheets for year in sheet.years}))

    @property
    def refused(self) -> tuple[tuple[str, RowFate], ...]:
        """The rows that were not understood, each with the name of its sheet."""
        return tuple(
            (sheet.name, row)
            for sheet in self.sheets
            for row in sheet.rows
            if row.kind == "refused"
        )
