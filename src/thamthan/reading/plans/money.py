"""The amounts of one project: year by year, from the cells of all its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thamthan.reading.plans.amendments import find_amendments
from thamthan.reading.plans.amounts import Amount, read_amount
from thamthan.reading.plans.columns import Column
from thamthan.reading.plans.grid import Area, Cell, Grid, name_of
from thamthan.reading.plans.model import Amendment, Money, PlanDoubt, YearBudget
from thamthan.reading.plans.walked import Record
from thamthan.thai.digits import baht_figures

# Years of one project that differ by more are most likely in different units.
_MOST_APART = 100
_SHOWN = 80
# Before the satang of a sum, where a doubt says which field it is about.
SUM_SAID = "sum."


def size_doubts(planned: Sequence[Money]) -> list[PlanDoubt]:
    """ข้อสงสัยของจำนวนเงินทั้งแถว: years that are far apart, or no money in any of them."""
    amounts = [money.satang for money in planned if money.satang]
    if amounts and max(amounts) > _MOST_APART * min(amounts):
        return [PlanDoubt("money_apart", "จำนวนเงินแต่ละปีต่างกันเกินร้อยเท่า หน่วยอาจผิด")]
    if planned and not amounts and not any(one.written == "unread" for one in planned):
        return [PlanDoubt("no_money", "ไม่มีงบประมาณในปีใดเลย")]
    return []


def sum_doubts(said: int, added: int, place: str) -> list[PlanDoubt]:
    """ช่องรวมของแถวไม่ตรงกับรายปี; the field keeps what the column of sums says, in satang."""
    if said == added:
        return []
    words = f"ช่องรวมเขียน {baht_figures(said)} แต่บวกรายปีได้ {baht_figures(added)}"
    return [PlanDoubt("sum_differs", words, f"{SUM_SAID}{said}", place)]


@dataclass(slots=True)
class _Seen:
    """A cell of a money column, and the merged area that it reaches into."""

    row: int
    column: int
    cell: Cell
    area: Area | None


class MoneyReader:
    """ผู้อ่านงบประมาณของหนึ่งโครงการ: collects amounts, marks of amendments, and doubts."""

    def __init__(self, grid: Grid, record: Record) -> None:
        self._grid, self._record = grid, record
        self.doubts: list[PlanDoubt] = []
        self.amendments: list[Amendment] = []

    def read(self) -> tuple[YearBudget, ...]:
        """งบประมาณรายปี, in the order of the years."""
        planned = self._by_year("planned")
        ordinance = self._by_year("ordinance")
        self._check_sum(planned)
        self._check_size(planned)
        self._check_units(planned)
        blank = Money(None, "blank", "", "")
        return tuple(
            YearBudget(year, planned.get(year, blank), ordinance.get(year))
            for year in sorted(planned | ordinance)
        )

    def _by_year(self, money: str) -> dict[int, Money]:
        found: dict[int, Money] = {}
        for column in self._record.heading.columns:
            if column.be_year == 0:
                continue
            if column.money == "unclear" and money == "planned":
                found[column.be_year] = self._unclear(column)
            elif column.money == money:
                read = self._money(column, f"{money}.{column.be_year}")
                if column.be_year in found:
                    read = Money(None, "unread", read.words, read.cell)
                found[column.be_year] = read
        return found

    def _unclear(self, column: Column) -> Money:
        seen = list(self._seen(column))
        words = " / ".join(one.cell.words for one in seen)
        place = name_of(self._record.rows[0], column.left)
        self._doubt("money_unread", "หัวตารางไม่บอกว่าเป็นงบประมาณหรือเทศบัญญัติ", "", place)
        return Money(None, "unread" if seen else "blank", words, place)

    def _seen(self, column: Column) -> Iterator[_Seen]:
        """The cells of a column in the project's rows; each merged one once."""
        areas: set[Area] = set()
        for row in self._record.rows:
            area = self._grid.area_of(row, column.left)
            cell = self._grid.cell(row, column.left)
            if cell is None or (area is not None and area in areas):
                continue
            if area is not None:
                areas.add(area)
            yield _Seen(row, column.left, cell, area)

    def _money(self, column: Column, field: str) -> Money:
        seen = [one for one in self._seen(column) if one.cell.text.strip() or one.cell.traits]
        place = name_of(self._record.rows[0], column.left)
        if not seen:
            return Money(None, "blank", "", place)
        first = seen[0]
        place = self._grid.place(first.row, first.column)
        words = " / ".join(one.cell.words for one in seen)[:_SHOWN]
        amount = self._amount(first, field, place)
        if len(seen) > 1:
            stated = [self._amount(one, field, place) for one in seen[1:]]
            if amount.written != "blank" or len(stated) > 1:
                why = f"ปี {column.be_year} มีมากกว่าหนึ่งช่องในโครงการเดียว ({words})"
                self._doubt("money_unread", why, field, place)
                return Money(None, "unread", words, place)
            amount = stated[0]
        if first.row != self._record.rows[0] and first.area is None and amount.written == "amount":
            self._doubt(
                "money_below", f"จำนวนเงินปี {column.be_year} อยู่ที่แถว {first.row}", field, place
            )
        return Money(amount.satang, amount.written, words, place)

    def _amount(self, seen: _Seen, field: str, place: str) -> Amount:
        year = field.rpartition(".")[2]
        if seen.area is not None:
            fault = self._fault_of_area(seen)
            if fault:
                self._doubt("money_unread", f"ปี {year} {fault}", field, place)
                return Amount(None, "unread")
        cell = seen.cell
        if cell.number is None and cell.words:
            marks, rest = find_amendments(cell.lines, cell=place, in_note=True)
            if marks:
                self._take_marks(marks)
                if not rest:
                    return Amount(None, "blank")
                cell = Cell(rest, None, cell.traits)
                self._doubt("money_amended", f"ปี {year} มีร่องรอยการแก้ไขข้างจำนวนเงิน", field, place)
        amount = read_amount(cell, unit=self._record.heading.unit)
        if amount.doubt:
            code = "money_unread" if amount.written == "unread" else "money_doubtful"
            self._doubt(code, f"ปี {year} {amount.doubt}", field, place)
        if "struck" in cell.traits:
            self._doubt("struck_out", f"จำนวนเงินปี {year} ถูกขีดฆ่า", field, place)
        return amount

    def _take_marks(self, marks: tuple[Amendment, ...]) -> None:
        self.amendments += [mark for mark in marks if mark not in self.amendments]

    def _fault_of_area(self, seen: _Seen) -> str:
        """Why a merged amount is nobody's in particular; empty where it is this one's alone."""
        area = seen.area
        if area is None:
            return ""
        rows = {row for row in range(area.top, area.bottom + 1) if row in self._grid.rows}
        says_nothing = read_amount(seen.cell).written in ("dash", "zero", "blank")
        marks, rest = find_amendments(seen.cell.lines, cell="", in_note=True)
        if says_nothing or (marks and not rest):
            return ""
        if rows - set(self._record.rows):
            return f"“{seen.cell.words[:30]}” ผสานช่องร่วมกับแถวอื่น จึงไม่รู้ว่าเป็นของโครงการใด"
        if area.right > area.left:
            return f"“{seen.cell.words[:30]}” ผสานช่องข้ามหลายปี จึงไม่รู้ว่าปีละเท่าใด"
        return ""

    def _check_sum(self, planned: dict[int, Money]) -> None:
        """A column of sums must say what the years add up to."""
        for column in self._record.heading.columns:
            if column.money != "sum":
                continue
            cells = list(self._seen(column))
            if len(cells) != 1:
                continue
            said = read_amount(cells[0].cell, unit=self._record.heading.unit)
            added = sum(money.satang or 0 for money in planned.values())
            if said.satang is not None:
                self.doubts += sum_doubts(said.satang, added, name_of(cells[0].row, column.left))

    def _check_size(self, planned: dict[int, Money]) -> None:
        self.doubts += size_doubts(list(planned.values()))

    def _check_units(self, planned: dict[int, Money]) -> None:
        unit = self._record.heading.unit
        if unit != 1 and any(money.satang for money in planned.values()):
            said = "พันบาท" if unit == 1_000 else "ล้านบาท"
            self._doubt("unit_scaled", f"หัวตารางบอกหน่วยเป็น{said} ระบบคูณ {unit:,} ให้แล้ว", "", "")

    def _doubt(self, code: str, message: str, field: str, place: str) -> None:
        self.doubts.append(PlanDoubt(code, message, field, place))
