"""An amount of money as plans write it: digits, words, dashes, millions; or a doubt."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from thamthan.reading.plans.grid import Cell
from thamthan.reading.plans.model import Written
from thamthan.thai.digits import number_from_words, to_arabic

# Above what any plan of a local government holds in one year of one project: ten thousand million.
MOST_SATANG = 10_000_000_000 * 100
_LARGE_SATANG = 1_000_000_000 * 100
# Nobody plans a project of less in a whole year; such a number counts thousands, millions, or
# something that is no money.
_SMALL_SATANG = 1_000 * 100
# How far a stored number may be off by the arithmetic of a program, not by what was meant.
_DUST = Decimal("0.0001")

_STROKES = "\\-–—−\u2010\u2011\u2012―ー_"
_DASHES = rf"{_STROKES}.·"
_DASH = re.compile(rf"[{_DASHES}\s]*[{_STROKES}][{_DASHES}\s]*")
_NOTHING = re.compile(
    r"\(?(?:ไม่(?:มี|ใช้|ได้ตั้ง|ต้องใช้)\s*(?:งบ|เงิน)(?:ประมาณ)?|ไม่มี|ไม่ใช้)(?:ในการดำเนินการ)?\)?"
)
_MANY_NUMBERS = re.compile(r"[0-9][0-9,. ]*[0-9]|[0-9]")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,3}(?:, ?[0-9]{3})+")
_DECIMAL = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_UNITS = {
    "ล้าน": Decimal(1_000_000),
    "แสน": Decimal(100_000),
    "หมื่น": Decimal(10_000),
    "พัน": Decimal(1_000),
}
_WITH_UNIT = re.compile(r"(.+?)\s*(ล้าน|แสน|หมื่น|พัน)\s*(?:บาท)?")
# What stands before and behind an amount and says nothing more.
_BEFORE = re.compile(r"^(?:เป็นเงิน|จำนวน(?:เงิน)?|งบประมาณ|฿|=)\s*")
_AFTER = re.compile(rf"\s*(?:บาท\s*ถ้วน|บาท|บ\.|/-|=|[,.]?\s*[{_DASHES}]+|\.)\s*$")


@dataclass(frozen=True, slots=True)
class Amount:
    """จำนวนเงินในช่องหนึ่ง: satang, or None where none is stated or it could not be told."""

    satang: int | None
    written: Written
    doubt: str = ""


BLANK = Amount(None, "blank")


def read_amount(cell: Cell | None, *, unit: int = 1) -> Amount:
    """อ่านจำนวนเงิน: `unit` is how many baht one of the column's units is.

    A dash is zero that was stated; an empty cell is nothing stated. What can be understood in two
    ways is left out, with the reason.
    """
    if cell is None:
        return BLANK
    if "unsaved" in cell.traits:
        return _unread("เป็นสูตรที่ไม่ได้บันทึกผลไว้ กรุณาเปิดด้วย Excel แล้วบันทึกใหม่")
    if "fault" in cell.traits:
        return _unread(f"ช่องนี้คำนวณไม่ได้ ({cell.words[:20]})")
    if "day" in cell.traits:
        return _unread("ช่องนี้ตั้งรูปแบบเป็นวันที่ จึงไม่แน่ว่าเป็นจำนวนเงิน")
    if "share" in cell.traits:
        return _unread("ช่องนี้ตั้งรูปแบบเป็นร้อยละ จึงไม่แน่ว่าเป็นจำนวนเงิน")
    words = to_arabic(cell.words)
    if not words:
        return BLANK
    read = _in_baht(cell.number, unit) if cell.number is not None else _worded(words, unit)
    if read.written == "amount" and "scaled" in cell.traits:
        said = "ช่องนี้แสดงผลเป็นหลักพัน แต่ค่าจริงในไฟล์เป็นบาท กรุณาตรวจหน่วย"
        return Amount(read.satang, read.written, read.doubt or said)
    return read


def _unread(why: str) -> Amount:
    return Amount(None, "unread", why)


def _in_baht(number: Decimal, unit: int, *, doubt: str = "") -> Amount:
    exact = number * unit * 100
    satang = int(exact.to_integral_value())
    if satang < 0:
        return _unread("จำนวนเงินติดลบ")
    if satang > MOST_SATANG:
        return _unread("จำนวนเงินมากเกินกว่าจะเป็นไปได้ หน่วยอาจผิด")
    if number == 0:
        return Amount(0, "zero", doubt)
    if abs(exact - satang) > _DUST:
        doubt = doubt or "จำนวนเงินมีเศษไม่ถึงสตางค์ ระบบปัดเป็นสตางค์ให้"
    if satang > (_LARGE_SATANG if unit == 1 else _LARGE_SATANG // 10):
        doubt = doubt or "จำนวนเงินสูงผิดปกติในปีเดียว หน่วยอาจผิด"
    elif satang < _SMALL_SATANG:
        doubt = doubt or "จำนวนเงินน้อยผิดปกติ อาจเป็นหน่วยพันบาทหรือล้านบาท"
    if satang == 0:
        return _unread("จำนวนเงินน้อยกว่าหนึ่งสตางค์")
    return Amount(satang, "amount", doubt)


def _worded(words: str, unit: int) -> Amount:
    if _DASH.fullmatch(words):
        return Amount(0, "dash")
    if _NOTHING.fullmatch(words):
        return Amount(0, "dash")
    bare = _bare(words)
    with_unit = _WITH_UNIT.fullmatch(bare)
    if with_unit and _DECIMAL.fullmatch(with_unit[1]):
        doubt = f"เขียนว่า “{words[:40]}” ระบบคิดเป็นบาทให้"
        number = Decimal(with_unit[1].replace(",", "")) * _UNITS[with_unit[2]]
        return _in_baht(number, 1, doubt=doubt)
    if _PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare):
        return _of_digits(bare, unit, "")
    if _SPACED.fullmatch(bare):
        return _of_digits(bare, unit, f"เขียนว่า “{words[:40]}” มีวรรคในตัวเลข")
    spoken = number_from_words(bare)
    if spoken is not None:
        return _in_baht(Decimal(spoken), 1, doubt=f"เขียนเป็นตัวหนังสือว่า “{words[:60]}”")
    return _unread(_why(words))


def _bare(words: str) -> str:
    """Without the marks and words that only dress an amount: ฿ before, .- and บาท behind."""
    before = None
    while before != words:
        before = words
        words = _AFTER.sub("", _BEFORE.sub("", words)).strip()
    return words


def _of_digits(words: str, unit: int, doubt: str) -> Amount:
    try:
        return _in_baht(Decimal(words.replace(",", "").replace(" ", "")), unit, doubt=doubt)
    except InvalidOperation:
        return _unread("ตัวเลขยาวเกินไป")


def _why(words: str) -> str:
    shown = words[:60]
    if len(_MANY_NUMBERS.findall(words)) > 1:
        return f"“{shown}” มีตัวเลขมากกว่าหนึ่งจำนวน จึงไม่รู้ว่าจำนวนใด"
    if re.fullmatch(r"\([0-9,. ]+\)", words):
        return f"“{shown}” อยู่ในวงเล็บ อาจหมายถึงติดลบหรือเป็นหมายเหตุ"
    if re.search(r"[0-9]", words):
        return f"“{shown}” มีตัวเลขแต่อ่านเป็นจำนวนเงินไม่ได้แน่ชัด"
    return f"“{shown}” ไม่ใช่จำนวนเงิน"
