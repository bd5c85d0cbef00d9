"""Down the rows of a sheet: which are headings, which begin a project, which go on with one."""

import re
from collections.abc import Iterator
from dataclasses import replace

from thamthan.reading.plans.amendments import find_amendments
from thamthan.reading.plans.blocks import (
    Version,
    block_lines,
    form_said,
    is_dress,
    is_total,
    unit_said,
    version_said,
)
from thamthan.reading.plans.columns import Column, Heading, find_headings
from thamthan.reading.plans.grid import Cell, Grid, name_of
from thamthan.reading.plans.model import Amendment, Field, FieldTold, Form, RowFate, RowKind, Told
from thamthan.reading.plans.walked import Record, Total, Walked, lead_of
from thamthan.thai.digits import to_arabic

_NUMBER = re.compile(r"\(?[0-9]{1,5}(?:\.[0-9]{1,3}){0,3}[.)]?")
# How a project's name begins where its number was forgotten.
_BEGINS_PROJECT = re.compile(
    r"โครงการ|จัดซื้อ|จัดหา|จัดจ้าง|จ้าง|ก่อสร้าง|ปรับปรุง|ซ่อม|ขุดลอก|อุดหนุน|ติดตั้ง|วางท่อ|ขยายเขต"
)
_SUMMARY = "แบบ ผ.01 เป็นตารางสรุป ไม่ใช่แถวของโครงการ"
_NO_TABLE = "แผ่นนี้ไม่พบหัวตารางของแบบ ผ.02 หรือ ผ.03"
_ABOVE = "อยู่เหนือหัวตาราง จึงไม่รู้ว่าช่องใดคืออะไร"
_ORPHAN = "ไม่มีลำดับที่และไม่ต่อจากโครงการใด"
_UNKNOWN = "ไม่รู้ว่าเป็นหัวข้อหรือโครงการ"
_ONLY_NUMBER = "มีแต่ลำดับที่ ไม่มีข้อความอื่น"
_NAMELESS = "มีลำดับที่แต่ไม่มีชื่อโครงการ"
_UNITS_DIFFER = "หน่วยเงินที่เขียนเหนือตารางไม่ตรงกับหัวตาราง"
_LEVELS: tuple[Field, ...] = ("strategy", "issue", "tactic", "programme")
_WIDE = 3
_SHOWN = 200


def walk(grid: Grid) -> Walked:
    """เดินดูแผ่นงาน: every row that holds something gets its fate."""
    return _Walk(grid).walked()


class _Walk:
    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._found = Walked(find_headings(grid))
        self._heading: Heading | None = None
        self._said: Form | None = form_said(grid.name)
        self._above: dict[Field, Told] = {}
        self._order: list[Field] = []
        self._titled: list[Amendment] = []
        self._version: Version | None = None
        self._open: Record | None = None
        self._unsure: str = ""
        self._unit: int | None = None
        # Counts the headings that were seen, so that numbers may begin anew behind each.
        self._restarts = 0
        # The headings of the block that is being read, since the last project.
        self._fresh: list[Field] = []

    def walked(self) -> Walked:
        found = self._found
        tops = {heading.top: heading for heading in found.headings}
        until = 0
        for row, cells in self._grid.rows.items():
            if row in tops:
                self._heading, until = self._measured(tops[row]), tops[row].bottom
                self._open = None
            if row <= until:
                self._fate(row, "heading")
            elif self._heading is None:
                self._preface(row, cells)
            else:
                self._in_table(row, cells, self._heading)
        if found.form is None:
            found.form = self._said if self._said == "p01" else None
        return found

    def _measured(self, heading: Heading) -> Heading:
        """The heading in the unit that a line above it says, where it says none itself."""
        unit = self._unit
        if unit is None or unit == heading.unit:
            return heading
        if not heading.says_unit:
            return replace(heading, unit=unit, says_unit=True)
        return replace(heading, faults=(*heading.faults, _UNITS_DIFFER))

    def _fate(self, row: int, kind: RowKind, reason: str = "") -> None:
        words = " | ".join(cell.words for cell in self._grid.rows[row].values() if cell.words)
        self._found.fates.append(RowFate(row, kind, words[:_SHOWN], reason))

    def _refuse(self, row: int, reason: str) -> None:
        """Refused, and the project above is told that something under it was not understood."""
        self._fate(row, "refused", reason)
        if self._open is not None and reason != _ONLY_NUMBER:
            self._open.doubts.append(("row_below", f"แถว {row} ใต้โครงการนี้อ่านไม่เข้า อาจเป็นส่วนต่อ"))
        self._open = None

    def _preface(self, row: int, cells: dict[int, Cell]) -> None:
        """Above the first table: titles, strategies, the form's mark."""
        if not self._found.headings:
            self._take_lines(row, cells)
            is_summary = self._said == "p01"
            self._fate(
                row, "summary" if is_summary else "refused", _SUMMARY if is_summary else _NO_TABLE
            )
            return
        if len(cells) >= _WIDE and any(_is_amount(cell) for cell in cells.values()):
            self._fate(row, "refused", _ABOVE)
            return
        self._take_lines(row, cells)
        self._fate(row, "heading")

    def _take_lines(self, row: int, cells: dict[int, Cell]) -> None:
        """Remembers what the lines of a row say for the projects below."""
        for column, cell in cells.items():
            self._take_words(row, column, cell.words)

    def _take_words(self, row: int, column: int, words: str) -> None:
        place = name_of(row, column)
        self._said = form_said(words) or self._said
        self._unit = unit_said(words) or self._unit
        version = version_said(words)
        if version:
            self._version = version
        lines = block_lines(words)
        for line in lines:
            if line.field is None:
                self._keep_context(line.words)
            else:
                self._take_heading(line.field, Told(line.words, words, place))
        marks, _ = find_amendments(words, cell=place, in_note=False)
        titled = [mark for mark in marks if mark.round is not None and not _is_project(words)]
        if titled:
            self._titled = titled
            self._version = None
        if not lines:
            self._keep_context(words)

    def _keep_context(self, words: str) -> None:
        if words and words not in self._found.context and len(self._found.context) < 40:
            self._found.context.append(words[:_SHOWN])

    def _take_heading(self, name: Field, told: Told) -> None:
        """A new heading ends those that stand below it; which those are, their order showed."""
        if name not in self._order:
            if name == "issue" and "strategy" not in self._fresh:
                # Later plans stand by issues instead; only in one block is it below a strategy.
                self._above.pop("strategy", None)
            self._order.insert(self._place_of(name), name)
        before = self._above.get(name)
        if before is None or before.value != told.value:
            for lower in self._order[self._order.index(name) + 1 :]:
                if lower not in self._fresh:
                    self._above.pop(lower, None)
            self._restarts += 1
        self._above[name] = told
        self._fresh.append(name)
        self._unsure = ""

    def _place_of(self, name: Field) -> int:
        """Where a level that is new to the sheet belongs: as the form has it, unless this very
        block has them the other way round."""
        rank = _LEVELS.index(name)
        if any(_LEVELS.index(one) > rank for one in self._fresh):
            return len(self._order)
        return sum(_LEVELS.index(one) < rank for one in self._order)

    def _in_table(self, row: int, cells: dict[int, Cell], heading: Heading) -> None:
        if self._goes_on_merged(row):
            self._add(row)
            return
        number = self._own(row, heading.of("number"))
        name = self._own(row, lead_of(heading))
        if self._is_block(row, cells, heading, number):
            self._take_lines(row, cells)
            self._open = None
            self._fate(row, "heading")
        elif self._total_words(row, cells, heading, number) is not None:
            self._take_total(row, cells, heading, number)
        elif number and _NUMBER.fullmatch(_bare_number(number)):
            self._begin_numbered(row, cells, heading, name)
        elif name:
            self._unnumbered(row, heading, number, name)
        elif number:
            self._unsure = number
            self._refuse(row, _UNKNOWN)
        else:
            self._nameless(row)

    def _own(self, row: int, columns: tuple[Column, ...]) -> str:
        """The words that stand in a row itself, not those merged into it from above."""
        cells = self._grid.rows[row]
        words = [
            cells[at].words
            for one in columns
            for at in range(one.left, one.right + 1)
            if at in cells
        ]
        return to_arabic(" ".join(filter(None, words)))

    def _goes_on_merged(self, row: int) -> bool:
        """Whether a merged number or name reaches down from the open project into this row."""
        if self._open is None:
            return False
        heading = self._open.heading
        for one in (*heading.of("number"), *heading.of("name")):
            area = self._grid.area_of(row, one.left)
            if area is not None and area.top == self._open.rows[0] and area.top < row:
                return True
        return False

    def _is_block(self, row: int, cells: dict[int, Cell], heading: Heading, number: str) -> bool:
        """Whether all that stands in a row are headings, or what goes round tables."""
        lead = lead_of(heading)
        edge = max((one.right for one in lead), default=1)
        found = False
        for column, cell in cells.items():
            area = self._grid.area_of(row, column)
            is_wide = area is not None and area.right - area.left >= _WIDE - 1
            words = cell.words
            if not words or (words == number and _NUMBER.fullmatch(number)):
                continue
            says = bool(block_lines(words)) and (column <= edge or is_wide)
            before_name = column < min((one.left for one in lead), default=2)
            says = says or (
                is_dress(words) and (before_name or is_wide or bool(_short_form(words)))
            )
            says = says or (version_said(words) is not None and len(cells) <= 2)
            if not says:
                return False
            found = True
        return found

    def _total_words(
        self, row: int, cells: dict[int, Cell], heading: Heading, number: str
    ) -> str | None:
        """What the first words of a row say where they make it a row of totals."""
        first = next((cell.words for cell in cells.values() if cell.words), "")
        column = next(iter(cells))
        edge = max((one.right for one in lead_of(heading)), default=1)
        beside = column > edge and not any(True for _ in self._amounts(row, heading))
        if _NUMBER.fullmatch(_bare_number(number)) or beside or not is_total(first):
            return None
        marks, _ = find_amendments(first, cell="", in_note=True)
        return None if any(mark.kind == "merged" for mark in marks) else first

    def _take_total(self, row: int, cells: dict[int, Cell], heading: Heading, number: str) -> None:
        words = " ".join(
            cell.words for cell in cells.values() if cell.words and cell.number is None
        )
        found = self._found
        self._fresh = []
        found.totals.append(Total(row, words, heading, self._headings(), len(found.records)))
        self._open = None
        self._fate(row, "total")

    def _headings(self) -> tuple[FieldTold, ...]:
        return tuple(
            FieldTold(name, self._above[name]) for name in self._order if name in self._above
        )

    def _begin_numbered(
        self, row: int, cells: dict[int, Cell], heading: Heading, name: str
    ) -> None:
        numbers = heading.of("number")
        others = [at for at in cells if not any(one.left <= at <= one.right for one in numbers)]
        shared = any(self._merged_into(row, one) for one in lead_of(heading))
        if not others and not shared:
            self._refuse(row, _ONLY_NUMBER)
        elif not name and not shared:
            self._refuse(row, _NAMELESS)
        else:
            self._begin(row, heading)

    def _merged_into(self, row: int, column: Column) -> bool:
        """Whether a merged cell from above reaches into a row and says something there."""
        area = self._grid.area_of(row, column.left)
        return area is not None and area.top < row and self._grid.cell(row, column.left) is not None

    def _unnumbered(self, row: int, heading: Heading, number: str, name: str) -> None:
        """A row with a name and no number that can be read: a project, or more of one."""
        has_money = any(True for _ in self._amounts(row, heading))
        open_one = self._open
        begins = bool(_BEGINS_PROJECT.match(name))
        if number:
            self._begin(row, heading)
            self._doubt("number_unread", f"ลำดับที่ “{number[:20]}” อ่านเป็นเลขไม่ได้")
        elif heading.has("number") and open_one is not None and not (has_money and begins):
            next_row = row == open_one.rows[-1] + 1
            had_money = any(True for at in open_one.rows for _ in self._amounts(at, heading))
            if next_row and not begins and not (has_money and had_money):
                self._add(row)
                self._doubt("name_goes_on", f"แถว {row} ไม่มีลำดับที่ จึงถือเป็นส่วนต่อของโครงการนี้")
                return
            self._begin(row, heading)
            self._doubt("no_number", "ไม่มีลำดับที่")
        elif has_money or begins:
            self._begin(row, heading)
            if heading.has("number"):
                self._doubt("no_number", "ไม่มีลำดับที่")
        else:
            self._unsure = name
            self._refuse(row, _ORPHAN if heading.has("number") else _UNKNOWN)

    def _nameless(self, row: int) -> None:
        """No number and no name: more lines of the project right above, or nothing known."""
        if self._open is None or row != self._open.rows[-1] + 1:
            self._refuse(row, _ORPHAN)
            return
        self._add(row)
        self._doubt("goes_on", f"แถว {row} ไม่มีลำดับที่และชื่อ จึงถือเป็นส่วนต่อของโครงการนี้")

    def _amounts(self, row: int, heading: Heading) -> Iterator[Cell]:
        cells = self._grid.rows[row]
        for one in heading.columns:
            if one.money and one.left in cells:
                yield cells[one.left]

    def _begin(self, row: int, heading: Heading) -> None:
        record = Record(
            heading,
            [row],
            self._form(heading),
            self._headings(),
            tuple(self._titled),
            self._version,
            restarts=self._restarts,
        )
        self._found.records.append(record)
        self._open = record
        self._fresh = []
        if self._unsure:
            self._doubt(
                "heading_unsure", f"มีข้อความ “{self._unsure[:40]}” เหนือแถวนี้ที่อาจเป็นหัวข้อใหม่ แต่ไม่รู้จัก"
            )
        self._fate(row, "understood")

    def _add(self, row: int) -> None:
        if self._open is not None:
            self._open.rows.append(row)
            self._fate(row, "understood")

    def _doubt(self, code: str, message: str) -> None:
        if self._open is not None:
            self._open.doubts.append((code, message))

    def _form(self, heading: Heading) -> Form:
        """แบบของแถว: as is written above; where its columns say otherwise, the columns."""
        is_equipment = heading.has("category") or (heading.has("kind") and not heading.has("name"))
        has_place = heading.has("district") or heading.has("place")
        said = self._said if self._said != "p01" else None
        form: Form = said or ("p03" if is_equipment else "p02_2" if has_place else "p02")
        doubt = ""
        if is_equipment != (form == "p03"):
            form = "p03" if is_equipment else "p02"
            doubt = "แบบที่เขียนไว้ไม่ตรงกับหัวตาราง ระบบถือตามหัวตาราง"
        elif form in ("p02", "p02_1") and heading.has("district"):
            doubt = (
                f"เขียนว่าเป็นแบบ {'ผ.02' if form == 'p02' else 'ผ.02/1'} แต่มีช่องอำเภออย่างแบบ ผ.02/2"
            )
        elif form == "p02_1" and any("ประสานแผน" in words for words in self._found.context):
            doubt = "เขียนว่าเป็นแบบ ผ.02/1 แต่หัวเรื่องว่าประสานแผน ซึ่งใช้แบบ ผ.02/2"
        if doubt and ("form_unclear", doubt) not in self._found.doubts:
            self._found.doubts.append(("form_unclear", doubt))
        self._found.form = self._found.form or form
        return form


def _bare_number(words: str) -> str:
    _, rest = find_amendments(words, cell="", in_note=True)
    return rest.replace("\n", " ").strip()


def _is_amount(cell: Cell) -> bool:
    return cell.number is not None and cell.number >= 3000


def _is_project(words: str) -> bool:
    return words.startswith("โครงการ")


def _short_form(words: str) -> Form | None:
    return form_said(words) if len(words) <= 40 else None
