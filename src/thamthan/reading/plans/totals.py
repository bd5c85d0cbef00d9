"""Rows of totals, held against the sum of the lines above them."""

from collections.abc import Iterator, Sequence

from thamthan.reading.plans.amounts import read_amount
from thamthan.reading.plans.blocks import counted, scope_said
from thamthan.reading.plans.grid import Grid, name_of
from thamthan.reading.plans.model import FIELD_LABELS, PlanDoubt, PlanLine, TotalLine
from thamthan.reading.plans.walked import Total
from thamthan.thai.digits import baht_figures

_LEVELS = ("programme", "tactic", "issue", "strategy")
_Sums = dict[tuple[str, int], int]


def check_totals(
    grid: Grid, totals: Sequence[Total], lines: Sequence[PlanLine]
) -> tuple[TotalLine, ...]:
    """ตรวจแถวรวม: each must be the sum of some lines above it, or is doubted with both figures."""
    found: list[TotalLine] = []
    last = 0
    for total in totals:
        found.append(_checked(grid, total, lines, last))
        last = total.records
    return tuple(found)


def _checked(grid: Grid, total: Total, lines: Sequence[PlanLine], last: int) -> TotalLine:
    said, unread = _said(grid, total)
    count = counted(total.words)
    if not said and count is None and not unread:
        return TotalLine(total.row, total.words, agrees=True)
    scopes = list(_scopes(total, lines, last))
    for over, scope in scopes:
        for kept in (scope, [line for line in scope if not line.is_gone]):
            if _agrees(said, count, kept) and not unread:
                return TotalLine(total.row, total.words, agrees=True, over=over)
    wanted = scope_said(total.words)
    label = FIELD_LABELS[wanted] if wanted else ""
    over, scope = next((one for one in scopes if label and one[0] == label), scopes[0])
    doubts = [*unread, *_differences(said, count, scope, total.row)]
    return TotalLine(total.row, total.words, agrees=False, over=over, doubts=tuple(doubts))


def _said(grid: Grid, total: Total) -> tuple[_Sums, list[PlanDoubt]]:
    """The amounts of a row of totals, and what of it could not be read."""
    said: _Sums = {}
    unread: list[PlanDoubt] = []
    for column in total.heading.columns:
        if column.money not in ("planned", "ordinance"):
            continue
        cell = grid.rows[total.row].get(column.left)
        amount = read_amount(cell, unit=total.heading.unit)
        if amount.satang is not None:
            said[column.money, column.be_year] = amount.satang
        elif amount.written == "unread":
            place = name_of(total.row, column.left)
            message = f"แถวรวมปี {column.be_year} {amount.doubt}"
            unread.append(PlanDoubt("total_unread", message, "", place))
    return said, unread


def _scopes(
    total: Total, lines: Sequence[PlanLine], last: int
) -> Iterator[tuple[str, list[PlanLine]]]:
    """What a total may count: since the last one, under each heading that holds here, all."""
    above = list(lines[: total.records])
    yield "แถวตั้งแต่ยอดรวมก่อนหน้า", list(lines[last : total.records])
    headings = {one.field: one.told.value for one in total.above}
    for level in _LEVELS:
        value = headings.get(level)  # type: ignore[call-overload]  # each level is a field
        if value is not None:
            yield (
                FIELD_LABELS[level],  # type: ignore[index]  # each level is a field
                [line for line in above if line.text(level) == value],  # type: ignore[arg-type]
            )
    yield "ทั้งแผ่นงาน", above


def _agrees(said: _Sums, count: int | None, scope: Sequence[PlanLine]) -> bool:
    if count is not None and count != len(scope):
        return False
    sums = _sums(scope)
    return all(sums.get(year, 0) == satang for year, satang in said.items())


def _sums(scope: Sequence[PlanLine]) -> _Sums:
    sums: _Sums = {}
    for line in scope:
        for one in line.budgets:
            for money, amount in (("planned", one.planned), ("ordinance", one.ordinance)):
                if amount is not None:
                    key = money, one.be_year
                    sums[key] = sums.get(key, 0) + (amount.satang or 0)
    return sums


def _differences(
    said: _Sums, count: int | None, scope: Sequence[PlanLine], row: int
) -> Iterator[PlanDoubt]:
    sums = _sums(scope)
    unread = sum(
        any(
            money is not None and money.written == "unread"
            for year in line.budgets
            for money in (year.planned, year.ordinance)
        )
        for line in scope
    )
    behind = f" (ยังมี {unread} แถวที่อ่านจำนวนเงินไม่ได้)" if unread else ""
    for (money, year), satang in said.items():
        added = sums.get((money, year), 0)
        if added != satang:
            label = "งบประมาณ" if money == "planned" else "เทศบัญญัติ"
            yield PlanDoubt(
                "total_differs",
                f"แถวรวม {row} {label}ปี {year} เขียน {baht_figures(satang)} "
                f"แต่บวกแถวข้างบนได้ {baht_figures(added)}{behind}",
            )
    if count is not None and count != len(scope):
        yield PlanDoubt(
            "total_differs", f"แถวรวม {row} เขียน {count} โครงการ แต่นับแถวข้างบนได้ {len(scope)}"
        )
    if not said and count is None:
        yield PlanDoubt("total_differs", f"แถวรวม {row} ไม่มีตัวเลขให้ตรวจ")
