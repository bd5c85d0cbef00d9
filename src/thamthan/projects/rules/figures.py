"""Figures: whole thousandths of a unit, read from what people type, said again, and added up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from thamthan.errors import Refused
from thamthan.projects.rules.states import AddingUp, ResultStanding
from thamthan.thai.digits import to_arabic

THOUSAND = 1000
# Ten million million of a unit: nothing that an office counts is more, and it fits in 64 bits.
MOST_MILLI = 10**16
_MILLION = 1_000_000
_NUMBER = re.compile(r"(?P<sign>[-−–]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<rest>\d+))?")
_SCALES = {"พัน": 10**3, "หมื่น": 10**4, "แสน": 10**5, "ล้าน": 10**6}
_SCALED = re.compile(r"([\d,]+(?:\.\d{1,6})?)\s*(พัน|หมื่น|แสน|ล้าน)\s*(?:บาท|คน|ครัวเรือน)?")
_SHARES = ("ร้อยละ", "%", "เปอร์เซ็นต์")


def milli_of(text: str, *, of: str = "ตัวเลข") -> int | None:
    """อ่านตัวเลข: whole thousandths of what was typed, in either digits; None when left empty.

    What cannot be kept exactly, or means one of two things, is refused with what to type instead.
    """
    given = to_arabic(" ".join(text.replace("\x00", "").split()))
    if not given:
        return None
    found = _NUMBER.fullmatch(given)
    if found is None:
        raise Refused(_why_unread(given, of), code="not_a_number", status=400)
    rest = (found["rest"] or "").rstrip("0")
    if len(rest) > 3:
        raise Refused(f"{of}มีทศนิยมได้ไม่เกิน 3 ตำแหน่ง ท่านพิมพ์ “{given}”", code="too_exact", status=400)
    whole = found["whole"].replace(",", "")
    if len(whole.lstrip("0")) > 14 or int(whole) * THOUSAND >= MOST_MILLI:
        raise Refused(f"{of}ใหญ่เกินกว่าจะเป็นไปได้ โปรดตรวจหน่วยนับ", code="too_large", status=400)
    milli = int(whole) * THOUSAND + int(rest.ljust(3, "0"))
    return -milli if found["sign"] else milli


def _why_unread(given: str, of: str) -> str:
    if given in {"-", "–", "−"}:
        return f"ขีด “{given}” บอกไม่ได้ว่าเป็นศูนย์หรือไม่มีข้อมูล ถ้าวัดแล้วได้ศูนย์โปรดพิมพ์ 0"
    if any(word in given for word in _SHARES):
        return "ร้อยละให้ใส่เป็นสองช่อง ตัวตั้งและตัวหาร ระบบคิดร้อยละให้"
    scaled = _SCALED.fullmatch(given)
    if scaled is not None:
        number = Fraction(scaled[1].replace(",", "")) * _SCALES[scaled[2]]
        if number.denominator == 1:
            return f"โปรดพิมพ์ตัวเลขเต็ม ไม่ใช้คำว่า{scaled[2]} คือ {int(number):,}"
    if "," in given:
        return f"{of} “{given}” ใส่จุลภาคไม่ตรงหลักพัน โปรดพิมพ์อย่างนี้: 1,234.5"
    return f"{of} “{given[:40]}” ไม่ใช่ตัวเลข โปรดพิมพ์อย่างนี้: 1,234.5"


def in_digits(milli: int) -> str:
    """ตัวเลขที่อ่านได้: 1234500 is 1,234.5; `milli_of` reads it back to the same."""
    whole, rest = divmod(abs(milli), THOUSAND)
    tail = f".{rest:03d}".rstrip("0") if rest else ""
    return f"{'-' if milli < 0 else ''}{whole:,}{tail}"


def said(milli: int, unit: str) -> str:
    """ตัวเลขกับหน่วย as people say it: from a million on, also in millions (538,800 ล้านบาท)."""
    plain = f"{in_digits(milli)} {unit}".rstrip()
    if abs(milli) < _MILLION * THOUSAND:
        return plain
    scaled, rest = divmod(abs(milli), _MILLION)
    sign = "-" if milli < 0 else ""
    about = "ราว " if rest else ""
    return f"{plain} ({about}{sign}{in_digits(scaled)} ล้าน{unit})"


def is_percent(unit: str) -> bool:
    """Whether a share of this unit is of a hundred, and not so much of one per one of another."""
    return any(word in unit for word in _SHARES)


def share_of(milli: int, of_milli: int, unit: str) -> str:
    """ส่วนที่ได้: ร้อยละ 62.5 of 50 and 80; of a unit per another, that; of nothing there is none."""
    if of_milli == 0:
        return "คิดสัดส่วนไม่ได้ ตัวหารเป็นศูนย์"
    number = Fraction(milli, of_milli)
    if is_percent(unit):
        return f"ร้อยละ {_two_places(number * 100)}"
    return f"{_two_places(number)} {unit}"


def share_in_words(milli: int, of_milli: int | None, unit: str) -> str:
    """ผลเป็นคำ: a number with its unit, a share with both its parts."""
    if of_milli is None:
        return f"{in_digits(milli)} {unit}"
    return f"{share_of(milli, of_milli, unit)} ({in_digits(milli)} จาก {in_digits(of_milli)})"


def aim_in_words(milli: int, of_milli: int | None, unit: str) -> str:
    """ค่าฐานหรือเป้าหมายเป็นคำ: so many of a hundred are a per cent, and nothing more is said."""
    if of_milli == 100 * THOUSAND and is_percent(unit):
        return share_of(milli, of_milli, unit)
    return share_in_words(milli, of_milli, unit)


def _two_places(number: Fraction) -> str:
    hundredths = (abs(number) * 100 + Fraction(1, 2)).__floor__()
    return in_digits((-1 if number < 0 else 1) * hundredths * 10)


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """ผลของงวดหนึ่ง as adding up needs it; without a standing nothing was sent."""

    until_on: date
    standing: ResultStanding | None = None
    milli: int | None = None
    of_milli: int | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """ผลรวมของหลายงวด: what they come to, and how many said so; totals of parts add up too.

    A period that was not sent, has no figure or is not applicable is counted, never taken for
    nought. `milli` is None where no period was measured.
    """

    adding_up: AddingUp
    milli: int | None = None
    of_milli: int | None = None
    until_on: date | None = None
    measured: int = 0
    without_figure: int = 0
    not_applicable: int = 0
    not_sent: int = 0

    @property
    def periods(self) -> int:
        """งวดที่ควรมีผล: those to which it does not apply are none of them."""
        return self.measured + self.without_figure + self.not_sent

    @property
    def is_whole(self) -> bool:
        """Whether every period that ought to have a figure has one."""
        return self.measured == self.periods

    def words(self) -> str:
        """“มีผล 2 จาก 4 งวด” and of what kind the others are."""
        others = [
            f"{words} {count}"
            for words, count in (
                ("ไม่มีข้อมูล", self.without_figure),
                ("ยังไม่ส่ง", self.not_sent),
                ("ไม่เกี่ยวข้อง", self.not_applicable),
            )
            if count
        ]
        if not self.periods and not others:
            return "ยังไม่สิ้นงวดแรก"
        said_ = f"มีผล {self.measured} จาก {self.periods} งวด"
        return f"{said_} ({' · '.join(others)})" if others else said_


def one_period(adding_up: AddingUp, one: PeriodFigure) -> Total:
    """A total of a single period."""
    empty = Total(adding_up)
    if one.standing is None:
        return replace(empty, not_sent=1)
    if one.standing == ResultStanding.NONE:
        return replace(empty, without_figure=1)
    if one.standing == ResultStanding.NOT_APPLICABLE:
        return replace(empty, not_applicable=1)
    return replace(empty, milli=one.milli, of_milli=one.of_milli, until_on=one.until_on, measured=1)


def together(one: Total, other: Total) -> Total:
    """รวมสองยอด: in whatever order and grouping, the same comes out."""
    if one.adding_up != other.adding_up:
        raise ValueError("two ways of adding up have no sum")
    counts = {
        name: getattr(one, name) + getattr(other, name)
        for name in ("measured", "without_figure", "not_applicable", "not_sent")
    }
    if one.milli is None or other.milli is None:
        kept = other if one.milli is None else one
        return replace(kept, **counts)
    last = max(one.until_on or date.min, other.until_on or date.min)
    if one.adding_up in {AddingUp.SUM, AddingUp.SHARE}:
        has_parts = one.of_milli is not None or other.of_milli is not None
        of_milli = (one.of_milli or 0) + (other.of_milli or 0) if has_parts else None
        return replace(
            one, milli=one.milli + other.milli, of_milli=of_milli, until_on=last, **counts
        )
    key = _newness if one.adding_up == AddingUp.LATEST else _size
    return replace(max(one, other, key=key), **counts)


def _newness(total: Total) -> tuple[date, int, int]:
    # Two results that end on one day: the larger, so that no order of asking decides it.
    return total.until_on or date.min, total.milli or 0, total.of_milli or 0


def _size(total: Total) -> tuple[int, date, int]:
    return total.milli or 0, total.until_on or date.min, total.of_milli or 0


def add_up(adding_up: str, periods: Iterable[PeriodFigure]) -> Total:
    """รวมผลของหลายงวด by the goal's own way: percentages are never summed, their parts are."""
    way = AddingUp(adding_up)
    total = Total(way)
    for one in periods:
        total = together(total, one_period(way, one))
    return total


def added_share(milli: int | None, of_milli: int | None) -> Fraction | None:
    """A number, or a share of its parts, exact; None where there is none."""
    if milli is None:
        return None
    if of_milli is None:
        return Fraction(milli, THOUSAND)
    return Fraction(milli, of_milli) if of_milli else None
