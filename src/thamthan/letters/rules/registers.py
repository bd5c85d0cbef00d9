"""Registers and their numbers: series, kinds of year, what becomes of a number, official text."""

from datetime import date

from django.db import models

from thamthan.letters.rules.moves import check_next
from thamthan.thai.dates import FiscalYear

MOST_NUMBER = 999_999
MOST_RESERVED = 100


class Series(models.TextChoices):
    """ชุดเลข: an organisation may keep several books in one direction."""

    MAIN = "main", "ทั่วไป"
    CIRCULAR = "circular", "หนังสือเวียน (ว)"
    SECRET = "secret", "ทะเบียนข้อมูลข่าวสารลับ"


class YearKind(models.TextChoices):
    """ปีของทะเบียน: numbers start again at one with each of these."""

    CALENDAR = "calendar", "ปีปฏิทิน"
    FISCAL = "fiscal", "ปีงบประมาณ"


class CircularSeries(models.TextChoices):
    """เลขของหนังสือเวียน: in the ordinary series, or in one of their own (ข้อ 32 ระเบียบสารบรรณ)."""

    SHARED = "shared", "ใช้ชุดเดียวกับหนังสือส่งทั่วไป"
    SEPARATE = "separate", "แยกเป็นชุดของตนเอง เริ่มที่ ว 1"


class NumberState(models.TextChoices):
    """สถานะของเลข: one that was given never becomes free again."""

    USED = "used", "ใช้แล้ว"
    RESERVED = "reserved", "จองไว้"
    RELEASED = "released", "คืนเลขจอง"
    CANCELLED = "cancelled", "ยกเลิก"


_NEXT: dict[NumberState, set[NumberState]] = {
    NumberState.RESERVED: {NumberState.USED, NumberState.RELEASED},
    NumberState.USED: {NumberState.CANCELLED},
    NumberState.RELEASED: set(),
    NumberState.CANCELLED: set(),
}


def check_number_move(state: str, to: NumberState) -> None:
    check_next(_NEXT, NumberState(state), to, words="เลขนี้มี", code="wrong_number_state")


def register_year(kind: str, day: date) -> int:
    """ปีของทะเบียนที่วันนั้นอยู่ (ค.ศ.); of fiscal years the one in which most months lie."""
    if kind == YearKind.FISCAL:
        return FiscalYear.containing(day).be - 543
    return day.year


def year_bounds(kind: str, year: int) -> tuple[date, date]:
    """วันแรกและวันสุดท้ายของปีทะเบียน (ค.ศ.)."""
    if kind == YearKind.FISCAL:
        return date(year - 1, 10, 1), date(year, 9, 30)
    return date(year, 1, 1), date(year, 12, 31)


def official_number(agency_code: str, number: int, *, is_circular: bool) -> str:
    """เลขที่หนังสือ as the registry keeps it, in Arabic digits: พบ 72401/123, พบ 72401/ว 123."""
    return f"{agency_code}/{'ว ' if is_circular else ''}{number}"
