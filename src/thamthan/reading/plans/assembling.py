"""A project put together from its cells: fields, headings, amendments, amounts, and doubts."""

import re
from collections.abc import Iterator

from thamthan.reading.plans.amendments import find_amendments
from thamthan.reading.plans.columns import Column
from thamthan.reading.plans.grid import Area, Cell, Grid, name_of
from thamthan.reading.plans.model import (
    FIELD_LABELS,
    GONE,
    Amendment,
    Field,
    FieldTold,
    PlanDoubt,
    PlanLine,
    Told,
    YearBudget,
)
from thamthan.reading.plans.money import MoneyReader
from thamthan.reading.plans.walked import Record, lead_of
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import squeeze

_DITTO = re.compile(r"[\"“”″〃'‘’]{1,2}|[,]{2}|(?:เช่นเดียวกัน|ตามข้างบน|ดังกล่าว)")
_ONE_LINE: frozenset[Field] = frozenset(
    {"number", "name", "unit", "district", "category", "kind", "programme"}
)
_NOTES: frozenset[Field] = frozenset({"note", "number"})
LONGEST_NAME = 500
LONGEST_TEXT = 5_000
_LONGEST: dict[Field, int] = {
    "number": 30,
    "name": LONGEST_NAME,
    "unit": 300,
    "district": 300,
    "place": 300,
    "category": 140,
    "kind": 140,
    "programme": 300,
}
GONE_SAID = "แถวนี้เขียนว่า “{words}” ควรดูว่ายังเป็นโครงการของแผนอยู่หรือไม่"


def assemble(grid: Grid, record: Record, *, before: PlanLine | None) -> PlanLine:
    """ประกอบโครงการหนึ่งแถว; `before` is the line above it, for marks that say "the same"."""
    return _Assembly(grid, record, before).line()


class _Assembly:
    def __init__(self, grid: Grid, record: Record, before: PlanLine | None) -> None:
        self._grid, self._record, self._before = grid, record, before
        self._doubts: list[PlanDoubt] = [
            PlanDoubt(code, message, _FIELD_OF.get(code, "")) for code, message in record.doubts
        ]
        self._amendments: list[Amendment] = []
        self._notes: list[str] = []

    def line(self) -> PlanLine:
        record = self._record
        fields: dict[Field, Told] = {one.field: one.told for one in record.above}
        for name in dict.fromkeys(one.field for one in record.heading.columns if one.field):
            told = self._field(name)
            if told is not None:
                fields[name] = told
        self._name_of_equipment(fields)
        reader = MoneyReader(self._grid, record)
        budgets = reader.read()
        self._take(reader.amendments)
        self._doubts += reader.doubts
        self._extras()
        self._take(record.titled)
        self._say_more(budgets)
        return PlanLine(
            sheet=self._grid.name,
            rows=tuple(record.rows),
            form=record.form,
            fields=tuple(FieldTold(name, told) for name, told in fields.items()),
            budgets=budgets,
            headings=record.above,
            spoken=tuple(dict.fromkeys(one.field for one in record.heading.columns if one.field)),
            amendments=tuple(self._amendments),
            notes=tuple(self._notes),
            doubts=tuple(dict.fromkeys(self._doubts)),
            hidden=self._grid.hidden or bool(self._grid.hidden_rows & set(record.rows)),
        )

    def _take(self, marks: list[Amendment] | tuple[Amendment, ...]) -> None:
        self._amendments += [mark for mark in marks if mark not in self._amendments]

    def _cells(self, columns: tuple[Column, ...]) -> Iterator[tuple[int, int, Cell]]:
        """The cells of a field in the project's rows, each merged one once."""
        areas: set[Area] = set()
        for row in self._record.rows:
            for one in columns:
                for column in range(one.left, one.right + 1):
                    area = self._grid.area_of(row, column)
                    cell = self._grid.cell(row, column)
                    if cell is None or area in areas:
                        continue
                    if area is not None:
                        areas.add(area)
                        if not one.left <= area.left <= one.right:
                            # Merged from a neighbour; it is told there.
                            continue
                    yield row, column, cell

    def _field(self, name: Field) -> Told | None:
        cells = list(self._cells(self._record.heading.of(name)))
        if not cells:
            return None
        place = self._grid.place(cells[0][0], cells[0][1])
        label = FIELD_LABELS[name]
        words: list[str] = []
        for row, column, cell in cells:
            if cell.traits & {"fault", "unsaved"}:
                said = f"ช่อง{label}เป็นสูตรที่ไม่มีผลให้อ่าน"
                self._doubt("cell_unread", said, name, name_of(row, column))
                continue
            if "struck" in cell.traits:
                said = f"{label}มีข้อความที่ถูกขีดฆ่า"
                self._doubt("struck_out", said, name, name_of(row, column))
            words.append(cell.lines)
        as_written = "\n".join(filter(None, words))
        if not as_written:
            return None
        marks, rest = find_amendments(as_written, cell=place, in_note=name in _NOTES)
        self._take(marks)
        value = rest if name in ("name", "number", "note") else as_written
        if name in _ONE_LINE:
            value = squeeze(value)
        value = self._said_again(name, value, place)
        longest = _LONGEST.get(name, LONGEST_TEXT)
        if len(value) > longest:
            self._doubt("too_long", f"{label}ยาวเกิน {longest:,} อักษร จึงตัดท้าย", name, place)
            value = value[:longest]
        if name == "number":
            value = to_arabic(value).rstrip(".)").lstrip("(")
        return Told(value, as_written, place) if value else None

    def _said_again(self, name: Field, value: str, place: str) -> str:
        """A mark that means the same as above is filled in, and doubted."""
        if not _DITTO.fullmatch(value) or name == "number":
            return value
        above = self._before.text(name) if self._before else ""
        if name == "name" or not above:
            said = f"“{value}” หมายถึงข้อความข้างบน แต่ไม่รู้ว่าข้อความใด"
            self._doubt("said_again", said, name, place)
            return value
        said = f"{FIELD_LABELS[name]}เขียนเครื่องหมาย {value} ระบบเติมตามแถวบนให้"
        self._doubt("said_again", said, name, place)
        return above

    def _name_of_equipment(self, fields: dict[Field, Told]) -> None:
        """แบบ ผ.03 has no column for a name: there the target says what is bought."""
        if "name" in fields:
            return
        for name in ("target", "kind"):
            told = fields.get(name)
            if told is not None:
                fields["name"] = Told(squeeze(told.value)[:LONGEST_NAME], told.words, told.cell)
                return

    def _extras(self) -> None:
        """What stands in the project's rows outside the columns that are known."""
        known = {
            column
            for one in self._record.heading.columns
            if one.field or one.money
            for column in range(one.left, one.right + 1)
        }
        for row in self._record.rows:
            for column, cell in self._grid.rows[row].items():
                if column in known or not cell.words:
                    continue
                place = name_of(row, column)
                marks, rest = find_amendments(cell.lines, cell=place, in_note=True)
                self._take(marks)
                self._notes.append(cell.lines)
                if rest:
                    said = f"ช่อง {place} อยู่นอกหัวตารางที่รู้จัก: “{squeeze(rest)[:60]}”"
                    self._doubt("outside", said, "", place)

    def _say_more(self, budgets: tuple[YearBudget, ...]) -> None:
        record = self._record
        for fault in record.heading.faults:
            self._doubt("heading_unclear", fault, "", "")
        gone = next((mark for mark in self._amendments if mark.kind in GONE), None)
        if gone is not None:
            self._doubt("gone", GONE_SAID.format(words=gone.words[:60]), "", gone.cell)
        elif any(mark.kind == "coordinated" for mark in self._amendments):
            self._doubt("coordinated", "แถวนี้เขียนว่าไปประสานแผน ผ.02/2", "", "")
        if record.version == "before":
            said = "แถวนี้อยู่ใต้หัว “เดิม” เป็นข้อความก่อนแก้ไข"
            self._doubt("before_change", said, "", "")
        hidden = sorted(self._grid.hidden_rows & set(record.rows))
        if self._grid.hidden:
            self._doubt("hidden", "อยู่ในแผ่นงานที่ถูกซ่อน", "", "")
        elif hidden:
            self._doubt("hidden", f"แถว {hidden[0]} ถูกซ่อนไว้", "", "")
        joined = [row for row, _, _ in self._cells(record.heading.of("name"))]
        if len(set(joined)) > 1:
            self._doubt("name_joined", "ชื่อโครงการเขียนต่อกันหลายแถว โปรดดูวรรคตอน", "name", "")
        lead = lead_of(record.heading)
        if any(self._is_shared(one) for one in lead):
            self._doubt("name_shared", "ชื่อโครงการผสานช่องร่วมกับลำดับอื่น", "name", "")

    def _is_shared(self, column: Column) -> bool:
        area = self._grid.area_of(self._record.rows[0], column.left)
        return area is not None and area.top < self._record.rows[0]

    def _doubt(self, code: str, message: str, field: str, cell: str) -> None:
        self._doubts.append(PlanDoubt(code, message, field, cell))


_FIELD_OF = {"number_unread": "number", "no_number": "number", "name_goes_on": "name"}
