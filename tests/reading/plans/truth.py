"""What a workbook really says, and how far a reading of it is right, flagged, refused or silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.reading.plans.books import UNREAD, Said
from thamthan.reading.plans.model import Field, Money, PlanLine, PlanReading, YearBudget


@dataclass(frozen=True)
class Truth:
    """One project as a careful person reads it. `flagged` None: either way will do."""

    sheet: str
    row: int
    name: str
    amounts: Sequence[Said]
    flagged: bool | None = False
    ordinance: Sequence[Said] = ()
    fields: Mapping[Field, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A workbook with its truth: its projects, and the rows that must be refused."""

    name: str
    content: bytes
    projects: Sequence[Truth]
    refused: frozenset[tuple[str, int]] = frozenset()
    file_name: str = "แผน.xlsx"
    form: str = "p02"


@dataclass
class Score:
    """จำนวน: projects understood without a doubt, flagged, refused rows, and what was silent."""

    name: str
    rows: int = 0
    understood: int = 0
    flagged: int = 0
    refused: int = 0
    silent: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def score(case: Case, reading: PlanReading) -> Score:
    """ให้คะแนน: holds a reading against the truth; every difference without a doubt is silent."""
    found = Score(case.name)
    found.rows = sum(len(sheet.rows) for sheet in reading.sheets)
    found.refused = len(reading.refused)
    lines = {(line.sheet, line.rows[0]): line for line in reading.lines}
    for truth in case.projects:
        line = lines.pop((truth.sheet, truth.row), None)
        if line is None:
            was_refused = any(
                sheet == truth.sheet and fate.row == truth.row for sheet, fate in reading.refused
            )
            (found.missing if was_refused else found.silent).append(f"ไม่พบ {truth.name}")
            continue
        wrong = list(differences(truth, line))
        if line.doubts:
            found.flagged += 1
            found.missing += [one for one in wrong if not one.startswith("*")]
        else:
            found.understood += 1
            found.silent += wrong
        if truth.flagged is not None and truth.flagged != bool(line.doubts):
            told = "; ".join(doubt.message for doubt in line.doubts)
            found.missing.append(f"{truth.name}: flagged {bool(line.doubts)} ({told})")
    for (sheet, row), line in lines.items():
        (found.missing if line.doubts else found.silent).append(
            f"เกินมา {sheet} แถว {row} {line.text('name')}"
        )
    refused = {(sheet, fate.row) for sheet, fate in reading.refused}
    found.missing += [f"ต้องไม่รับ {one}" for one in case.refused - refused]
    found.missing += [f"ไม่ควรไม่รับ {one}" for one in refused - case.refused]
    return found


def differences(truth: Truth, line: PlanLine) -> list[str]:
    wrong = []
    if line.text("name") != truth.name:
        wrong.append(f"ชื่อ {line.text('name')!r} แทน {truth.name!r}")
    planned = [money(one.planned) for one in line.budgets]
    if planned != [satang(one) for one in truth.amounts]:
        wrong.append(f"{truth.name}: {planned} แทน {list(truth.amounts)}")
    ordinance = [money(one.ordinance) for one in line.budgets if one.ordinance is not None]
    if ordinance != [satang(one) for one in truth.ordinance]:
        wrong.append(f"{truth.name}: เทศบัญญัติ {ordinance}")
    for name, value in truth.fields.items():
        if line.text(name) != value:
            wrong.append(f"{truth.name}: {name} {line.text(name)!r} แทน {value!r}")
    marks = tuple(one.kind for one in line.amendments)
    if set(marks) != set(truth.marks):
        wrong.append(f"{truth.name}: ร่องรอย {marks} แทน {truth.marks}")
    return wrong


def money(amount: Money | None) -> int | str | None:
    if amount is None or amount.written == "unread":
        return UNREAD
    return amount.satang


def satang(said: Said) -> int | str | None:
    if said is None or isinstance(said, str):
        return said
    return round(said * 100)


def years_of(line: PlanLine) -> list[YearBudget]:
    return list(line.budgets)
