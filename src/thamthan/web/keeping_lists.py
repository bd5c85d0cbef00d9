"""The store's lists as tables to print or to count in: แบบที่ 19, 20, 24 and 25."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from thamthan.letters.rules import Fate, retention_classes
from thamthan.thai.dates import format_date
from thamthan.writing import Column, Table

if TYPE_CHECKING:
    from thamthan.letters.models import Disposal, DisposalLine, Keeping, Letter, Loan


def _day(day: date | None) -> str:
    return format_date(day, style="short") if day is not None else ""


def _number(letter: "Letter") -> str:
    return f"{letter.receipt_number}/{(letter.receipt_year or 0) + 543}"


def _kept_for(code: str) -> str:
    known = retention_classes().get(code)
    return "" if known is None else f"{known.years} ปี" if known.years else "ตลอดไป"


def filing_list(house: str, rows: "Iterable[Keeping]") -> Table:
    """บัญชีหนังสือส่งเก็บ (แบบที่ 19)."""
    return Table(
        title="บัญชีหนังสือส่งเก็บ",
        subtitle=f"แบบที่ 19 · {house}",
        columns=(
            Column("ลำดับที่", 5, "center"),
            Column("ที่", 14),
            Column("ลงวันที่", 11),
            Column("เรื่อง", 36),
            Column("อายุการเก็บ", 9, "center"),
            Column("ส่งเก็บเมื่อ", 11),
            Column("หมายเหตุ", 14),
        ),
        rows=tuple(
            (
                number,
                row.letter.number,
                _day(row.letter.dated_on),
                row.letter.subject,
                _kept_for(row.retention),
                _day(row.filed_at.date()),
                row.where,
            )
            for number, row in enumerate(rows, start=1)
        ),
    )


def store_book(house: str, rows: "Iterable[Keeping]") -> Table:
    """ทะเบียนหนังสือเก็บ (แบบที่ 20)."""
    return Table(
        title="ทะเบียนหนังสือเก็บ",
        subtitle=f"แบบที่ 20 · {house}",
        columns=(
            Column("ลำดับที่", 5, "center"),
            Column("วันเก็บ", 10),
            Column("เลขทะเบียนรับ", 9, "center"),
            Column("ที่", 13),
            Column("เรื่อง", 32),
            Column("รหัสแฟ้ม", 14),
            Column("กำหนดเวลาเก็บ", 9, "center"),
            Column("ครบกำหนด", 10),
        ),
        rows=tuple(
            (
                number,
                _day(row.filed_at.date()),
                _number(row.letter),
                row.letter.number,
                row.letter.subject,
                row.where,
                _kept_for(row.retention),
                _day(row.expires_on),
            )
            for number, row in enumerate(rows, start=1)
        ),
    )


def loan_cards(house: str, rows: "Iterable[Loan]") -> Table:
    """บัตรยืมหนังสือ (แบบที่ 24), those that are out."""
    return Table(
        title="บัตรยืมหนังสือ",
        subtitle=f"แบบที่ 24 · {house}",
        columns=(
            Column("รายการ", 36),
            Column("ผู้ยืม", 18),
            Column("ผู้ให้ยืม", 16),
            Column("วันยืม", 10),
            Column("กำหนดส่งคืน", 10),
            Column("ผู้ส่งคืน", 12),
            Column("วันส่งคืน", 10),
        ),
        rows=tuple(
            (
                f"เลขรับ {_number(row.letter)} {row.letter.subject}",
                f"{row.borrower} {row.unit}".strip(),
                row.lent_by.person.name if row.lent_by.person else "",
                _day(row.lent_on),
                _day(row.due_on),
                row.returner,
                _day(row.returned_on),
            )
            for row in rows
        ),
    )


def disposal_list(disposal: "Disposal", rows: "Iterable[DisposalLine]") -> Table:
    """บัญชีหนังสือขอทำลาย (แบบที่ 25)."""
    return Table(
        title=f"บัญชีหนังสือขอทำลาย ประจำปี {disposal.year + 543}",
        subtitle=f"แบบที่ 25 · {disposal.organisation.name}",
        columns=(
            Column("ลำดับที่", 5, "center"),
            Column("รหัสแฟ้ม", 12),
            Column("ที่", 13),
            Column("ลงวันที่", 10),
            Column("เลขทะเบียนรับ", 9, "center"),
            Column("เรื่อง", 32),
            Column("การพิจารณา", 9),
            Column("หมายเหตุ", 14),
        ),
        rows=tuple(
            (
                number,
                row.letter.keeping.where,
                row.letter.number,
                _day(row.letter.dated_on),
                _number(row.letter),
                row.letter.subject,
                "" if row.fate == Fate.UNDECIDED else row.get_fate_display(),
                row.reason,
            )
            for number, row in enumerate(rows, start=1)
        ),
        foot=" · ".join(
            f"{'ประธาน' if one.is_chair else 'กรรมการ'} {one.name} {one.title}"
            for one in disposal.members.all()
        ),
    )
