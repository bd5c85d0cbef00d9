"""จำนวนเงิน: baht as people type them, read into whole satang, and written with thousands."""

import re
from dataclasses import dataclass
from fractions import Fraction

from thamthan.errors import Refused
from thamthan.thai.digits import number_from_words, to_arabic
from thamthan.thai.text import squeeze

# Ten million million baht, more than the budget of the whole country: no house has more.
MOST_SATANG = 10**15
_MOST_DIGITS = 30
_SCALES = {
    "ล้านล้าน": 10**12, "แสนล้าน": 10**11, "หมื่นล้าน": 10**10, "พันล้าน": 10**9,
    "ร้อยล้าน": 10**8, "สิบล้าน": 10**7, "ล้าน": 10**6, "แสน": 10**5, "หมื่น": 10**4, "พัน": 10**3,
}  # fmt: skip
_SCALE = "|".join(_SCALES)
# Whole baht in threes or without commas, perhaps a part, a scale in words, and what closes it.
_AMOUNT = re.compile(
    r"(?:฿|บาท)?\s*(?P<baht>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<part>[0-9]+))?"
    rf"\s*(?P<scale>{_SCALE})?\s*(?:(?:บาท|฿)\s*ถ้วน|บาท|฿)?"
    r"(?:\s*(?P<satang>[0-9]{1,2})\s*สตางค์)?"
)
_IN_WORDS = re.compile(r"(?:(?P<baht>[ก-๙]+?)บาท(?:ถ้วน)?)?(?:(?P<satang>[ก-๙]+)สตางค์)?")
# How a book closes an amount without satang: 1,200.-  1,200/-  1,200.—
_CLOSED = re.compile(r"(?<=[0-9])\s*(?:\.|/)\s*[-–—]+(?=\s*(?:บาท)?$)")
_BELOW_NOUGHT = re.compile(r"[-–−]\s*[0-9฿]|\(\s*[0-9฿].*\)|ลบ")


@dataclass(frozen=True, slots=True)
class BahtRead:
    """จำนวนเงินที่อ่านได้: satang, and the words that it was understood from where these need a look.

    `said_as` is empty for a plain figure; “1.2 ล้านบาท” is understood and said back.
    """

    satang: int
    said_as: str = ""


def read_baht(text: str) -> BahtRead:
    """อ่านจำนวนเงินเป็นบาท: 1,200,000.50, ๑,๒๐๐.-, 1.2 ล้านบาท, สองพันบาทถ้วน; to the satang.

    Refuses what is below nought, has a part of a satang, or commas in places of no meaning.
    """
    said = squeeze(text)
    plain = _CLOSED.sub("", to_arabic(said))
    if not plain:
        raise _refused("โปรดใส่จำนวนเงิน", code="no_amount")
    if plain in {"-", "–", "—"}:
        return BahtRead(0)
    if _BELOW_NOUGHT.match(plain):
        raise _refused(f"“{said}” ติดลบ จำนวนเงินใส่ติดลบไม่ได้", code="negative_amount")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return _from_words(said, plain)
    scale, part = found["scale"] or "", found["part"] or ""
    if found["satang"] is not None and part:
        raise _unread(said)
    if len(found["baht"]) > _MOST_DIGITS or len(part) > _MOST_DIGITS:
        raise _too_large(said)
    satang = Fraction(f"{found['baht'].replace(',', '')}.{part or 0}") * 100
    satang = satang * _SCALES.get(scale, 1) + int(found["satang"] or 0)
    if satang.denominator != 1:
        raise _refused(
            f"“{said}” มีเศษไม่ถึงหนึ่งสตางค์ ใส่ทศนิยมได้ไม่เกินสองตำแหน่ง", code="part_of_a_satang"
        )
    return _bounded(BahtRead(int(satang), said if scale else ""), said)


def baht(satang: int) -> str:
    """จำนวนเงินเป็นตัวเลข: 120000050 is 1,200,000.50; two places always, so that columns stand."""
    whole, part = divmod(abs(satang), 100)
    return f"{'-' if satang < 0 else ''}{whole:,}.{part:02}"


def in_baht(satang: int) -> str:
    """จำนวนเงินในประโยค: 12,000.00 บาท."""
    return f"{baht(satang)} บาท"


def _from_words(said: str, plain: str) -> BahtRead:
    """สองล้านห้าแสนบาทถ้วน, as papers write it behind the figure."""
    found = _IN_WORDS.fullmatch(plain.strip("()").replace(" ", ""))
    if found is None or not any(found.groups()):
        raise _unread(said)
    whole, part = (number_from_words(words) if words else 0 for words in found.groups())
    if whole is None or part is None or not 0 <= part < 100:
        raise _unread(said)
    return _bounded(BahtRead(whole * 100 + part, said), said)


def _bounded(read: BahtRead, said: str) -> BahtRead:
    if read.satang > MOST_SATANG:
        raise _too_large(said)
    return read


def _too_large(said: str) -> Refused:
    return _refused(
        f"“{said[:60]}” มากกว่างบประมาณของทั้งประเทศ โปรดตรวจหน่วย", code="amount_too_large"
    )


def _unread(said: str) -> Refused:
    return _refused(
        f"อ่าน “{said[:60]}” เป็นจำนวนเงินไม่ได้ พิมพ์อย่างนี้ได้: 1,200,000.50", code="unread_amount"
    )


def _refused(message: str, *, code: str) -> Refused:
    return Refused(message, code=code, status=400, field="amount")
