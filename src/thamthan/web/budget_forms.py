"""Forms of the budget: one line, and many lines pasted from a table, read before they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thamthan.errors import Refused
from thamthan.projects.actions import LineWords
from thamthan.projects.rules import BahtRead, baht, read_baht
from thamthan.thai.text import squeeze
from thamthan.web.money_forms import MoneyField, MoneyForm

if TYPE_CHECKING:
    from thamthan.projects.models import BudgetLine, FundingChannel

# What stands above the columns in a table that is pasted with its head.
_HEADS = ("รายการ", "ชื่อรายการ", "ที่", "ลำดับ", "ลำดับที่")


def line_form(
    line: "BudgetLine | None",
    channels: "list[FundingChannel]",
    *,
    year: int,
    typed: Mapping[str, str] | None,
    refused: Refused | None,
) -> MoneyForm:
    """แบบฟอร์มของรายการงบประมาณ, new or kept, with what was typed where it was refused."""
    fields = [
        MoneyField("name", "รายการ", line.name if line else ""),
        MoneyField(
            "amount", "อนุมัติ (บาท)", baht(line.approved_satang) if line else "",
            hint="เช่น 1,200,000.50", is_short=True,
        ),
        MoneyField("year", "ปีงบประมาณ พ.ศ.", str(year), is_short=True),
        MoneyField(
            "category", "แผนงาน งาน หมวดรายจ่าย", line.category if line else "", is_needed=False
        ),
        MoneyField(
            "reference", "เลขที่ในข้อบัญญัติหรือหนังสืออนุมัติ", line.reference if line else "",
            is_needed=False,
        ),
    ]  # fmt: skip
    if channels:
        chosen = str(line.channel_id) if line and line.channel_id else ""
        named = tuple((str(one.pk), one.name) for one in channels)
        fields.append(
            MoneyField(
                "channel", "แหล่งงบประมาณ", chosen, choices=(("", "ไม่ระบุ"), *named), is_needed=False
            )
        )
    hidden = (("seen", str(line.approved_satang)),) if line else ()
    title = "แก้ เพิ่ม หรือลดรายการนี้" if line else "เพิ่มรายการงบประมาณ"
    key = str(line.pk) if line else "new"
    form = MoneyForm("line", key, title, "บันทึกรายการ", tuple(fields), hidden)
    if typed is None:
        return form
    wrong = str(refused.facts.get("field", "")) if refused else ""
    is_stale = refused is not None and refused.code == "changed_meanwhile"
    return replace(
        form,
        fields=tuple(
            replace(
                one,
                value=typed.get(one.name, ""),
                problem=refused.message if refused and one.name == wrong else "",
            )
            for one in fields
        ),
        hidden=hidden if is_stale else tuple((name, typed.get(name, was)) for name, was in hidden),
        press=typed.get("press") or form.press,
        is_open=True,
    )


@dataclass(frozen=True, slots=True)
class PastedRow:
    """แถวที่วาง: what was understood of it, or why not."""

    number: int
    cells: tuple[str, ...]
    words: LineWords | None = None
    amount: BahtRead | None = None
    problem: str = ""


def pasted_rows(text: str, *, be_year: int) -> list[PastedRow]:
    """อ่านแถวที่คัดลอกจาก Excel: name, category, reference, and the amount in the last column.

    A head and empty rows are passed over; a row that cannot be read says why, and none is left out.
    """
    found = []
    for number, line in enumerate(text.replace("\x00", "").splitlines(), start=1):
        cells = tuple(squeeze(cell.strip().strip('"')) for cell in line.split("\t"))
        if not any(cells) or (number == 1 and cells[0] in _HEADS):
            continue
        found.append(_row(number, cells, be_year))
    return found


def _row(number: int, cells: tuple[str, ...], be_year: int) -> PastedRow:
    if len(cells) < 2 or len(cells) > 4:
        problem = f"มี {len(cells)} คอลัมน์ ต้องมีรายการ และจำนวนเงินเป็นคอลัมน์สุดท้าย"
        return PastedRow(number, cells, problem=problem)
    name, *between, last = cells
    category, reference = (*between, "", "")[:2]
    if not name:
        return PastedRow(number, cells, problem="ไม่มีชื่อรายการ")
    try:
        amount = read_baht(last)
    except Refused as refused:
        return PastedRow(number, cells, problem=refused.message)
    words = LineWords(name=name, be_year=be_year, category=category, reference=reference)
    return PastedRow(number, cells, words, amount)
