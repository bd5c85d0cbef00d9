"""คนแก้ค่าที่อ่านผิดในไฟล์แผน: what a person puts in place of a cell's reading, and what follows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from thamthan.errors import Refused
from thamthan.projects.rules.plans import tidy
from thamthan.projects.rules.satang import baht, read_baht
from thamthan.reading.plans.model import (
    FIELD_LABELS,
    Field,
    FieldTold,
    Money,
    PlanDoubt,
    PlanLine,
    Told,
    YearBudget,
)
from thamthan.reading.plans.money import SUM_SAID, size_doubts, sum_doubts
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import squeeze

# A value of JSON: words, satang (None is not stated), or a year.
Corrected = str | int | None
PLANNED, ORDINANCE, YEAR = "planned", "ordinance", "year"
_OF_MONEY = (PLANNED, ORDINANCE)
_FIRST_YEAR, _LAST_YEAR = 2540, 2600
_NOT_STATED = "ไม่ระบุ"
# Of a whole line; looked at again when an amount of it is corrected.
_OF_ALL_YEARS = frozenset({"money_apart", "no_money", "sum_differs"})
# Always offered: without them no row is known again.
_ALWAYS: tuple[Field, ...] = ("number", "name")
_NEVER: frozenset[Field] = frozenset({"strategy", "issue", "tactic"})


@dataclass(frozen=True, slots=True)
class CorrectableCell:
    """ช่องที่แก้ได้: the name of its field, its label, its value as typed, and its cell's own words."""

    field: str
    label: str
    value: str
    words: str
    is_money: bool = False
    is_year: bool = False
    is_long: bool = False


def correctable(read: PlanLine, line: PlanLine) -> Iterator[CorrectableCell]:
    """ช่องที่แก้ได้ของแถว: as `line` stands now, beside the file's words of `read`."""
    spoken = [
        name
        for name in get_args(Field)
        if name in _ALWAYS or (name in read.spoken and name not in _NEVER)
    ]
    for name in spoken:
        told = read.told(name)
        yield CorrectableCell(
            name, FIELD_LABELS[name], line.text(name), told.words if told else "",
            is_long=name != "number",
        )  # fmt: skip
    for at, (was, now) in enumerate(zip(read.budgets, line.budgets, strict=True)):
        yield CorrectableCell(f"{YEAR}.{at}", "ปี", str(now.be_year), str(was.be_year), is_year=True)
        for kind in _OF_MONEY:
            money, written = getattr(now, kind), getattr(was, kind)
            if money is not None:
                label = "งบประมาณ" if kind == PLANNED else "ข้อบัญญัติ/เทศบัญญัติ"
                shown = "" if money.satang is None else baht(money.satang)
                yield CorrectableCell(
                    f"{kind}.{at}", f"{label} ปี {now.be_year}", shown, written.words, is_money=True
                )


def read_corrected(field: str, typed: str) -> Corrected:
    """ค่าที่คนพิมพ์: words tidied, baht as satang (empty is not stated, a dash is nought), or a year."""
    kind = field.partition(".")[0]
    if kind in _OF_MONEY:
        try:
            said = squeeze(typed)
            return None if said in ("", _NOT_STATED) else read_baht(said).satang
        except Refused as refused:
            raise Refused(refused.message, code=refused.code, status=400, field=field) from refused
    if kind == YEAR:
        year = to_arabic(squeeze(typed))
        if not year.isdecimal() or not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
            raise Refused(
                "ปีงบประมาณใส่เป็น พ.ศ. เช่น 2569", code="wrong_year", status=400, field=field
            )
        return int(year)
    words = tidy(typed)
    if field == "name" and not words:
        raise Refused("โปรดใส่ชื่อโครงการ", code="no_name", status=400, field=field)
    return words


def read_value(line: PlanLine, field: str) -> Corrected:
    """ค่าที่อ่านได้ของช่อง, in the form in which a correction is kept; refuses no such cell."""
    kind, _, place = field.partition(".")
    if kind in (*_OF_MONEY, YEAR):
        at = int(place) if place.isdecimal() and len(place) < 4 else -1
        if not 0 <= at < len(line.budgets):
            raise _no_cell(field)
        budget = line.budgets[at]
        if kind == YEAR:
            return budget.be_year
        money: Money | None = getattr(budget, kind)
        if money is None:
            raise _no_cell(field)
        return money.satang if money.written != "unread" else _UNREAD
    if field not in get_args(Field) or field in _NEVER:
        raise _no_cell(field)
    return tidy(line.text(field))  # type: ignore[arg-type]  # one of the fields, as was just asked


# No amount is this: what could not be read is corrected even by “not stated”.
_UNREAD = -1


def _no_cell(field: str) -> Refused:
    return Refused("แถวนี้ไม่มีช่องที่จะแก้", code="no_such_cell", status=400, field=field)


def corrected(line: PlanLine, given: Mapping[str, Corrected]) -> PlanLine:
    """แถวหลังคนแก้: the values in place, doubts about them gone, the whole line checked again."""
    if not given:
        return line
    budgets = tuple(_budget(at, one, given) for at, one in enumerate(line.budgets))
    years = [one.be_year for one in budgets]
    if len(set(years)) != len(years):
        twice = next(year for year in years if years.count(year) > 1)
        raise Refused(f"ปี {twice} มีอยู่แล้วในแถวนี้", code="year_twice", status=400)
    fields = [_told(one, given) for one in line.fields]
    known = {one.field for one in line.fields}
    fields += [
        FieldTold(name, Told(str(given[name]), "", ""))
        for name in get_args(Field)
        if name in given and name not in known and given[name]
    ]
    return replace(
        line,
        fields=tuple(fields),
        budgets=budgets,
        doubts=_doubts(line, given, budgets),
    )


def _told(one: FieldTold, given: Mapping[str, Corrected]) -> FieldTold:
    if one.field not in given:
        return one
    return replace(one, told=replace(one.told, value=str(given[one.field])))


def _budget(at: int, one: YearBudget, given: Mapping[str, Corrected]) -> YearBudget:
    def put(kind: str, money: Money | None) -> Money | None:
        field = f"{kind}.{at}"
        if money is None or field not in given:
            return money
        satang = given[field]
        amount = satang if isinstance(satang, int) else None
        return Money(
            amount, "blank" if amount is None else "amount" if amount else "zero",
            money.words, money.cell,
        )  # fmt: skip

    year = given.get(f"{YEAR}.{at}", one.be_year)
    return YearBudget(
        year if isinstance(year, int) else one.be_year,
        put(PLANNED, one.planned) or one.planned,
        put(ORDINANCE, one.ordinance),
    )


def _doubts(
    line: PlanLine, given: Mapping[str, Corrected], budgets: Sequence[YearBudget]
) -> tuple[PlanDoubt, ...]:
    """Those about other cells, and those of all years together anew where one was corrected."""
    cells = set(_cells(line, given))
    names = {field for field in given if "." not in field}
    kept = [
        one
        for one in line.doubts
        if not (one.cell and one.cell in cells) and one.field not in names
    ]
    if not any(field.partition(".")[0] in _OF_MONEY for field in given):
        return tuple(kept)
    planned = [one.planned for one in budgets]
    added = sum(money.satang or 0 for money in planned)
    again = size_doubts(planned)
    for one in line.doubts:
        if one.code == "sum_differs" and one.field.startswith(SUM_SAID):
            again += sum_doubts(int(one.field.removeprefix(SUM_SAID)), added, one.cell)
    return (*(one for one in kept if one.code not in _OF_ALL_YEARS), *again)


def _cells(line: PlanLine, given: Mapping[str, Corrected]) -> Iterator[str]:
    """The cells of the file that were corrected."""
    for field in given:
        kind, _, at = field.partition(".")
        if kind in _OF_MONEY:
            money = getattr(line.budgets[int(at)], kind)
            yield money.cell if money else ""
        elif kind != YEAR:
            told = line.told(field)  # type: ignore[arg-type]  # checked when it was given
            yield told.cell if told else ""
