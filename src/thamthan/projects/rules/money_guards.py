"""จำนวนเงินที่น่าสงสัย: what a person is asked to look at again before it is kept, never changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from thamthan.errors import Refused
from thamthan.projects.rules.satang import BahtRead, in_baht
from thamthan.thai.dates import FiscalYear, format_date

# Baht for a million baht, or a million baht for baht, leaves amounts at least so many times apart.
_UNIT_APART = 100_000
_TIMES_OF_THE_PLAN = 10
# A line of a local government is seldom so large or so small, whatever the house.
_LARGE_LINE = 1_000_000_000_00
_SMALL_LINE = 1_000_00


@dataclass(frozen=True, slots=True)
class AmountDoubt:
    """ข้อที่ต้องยืนยัน: `mark` names it with the amount it is about, so that no other is confirmed."""

    mark: str
    words: str


def amount_doubts(
    amount: BahtRead, *, against: int = 0, called: str = "", house_year: int = 0
) -> list[AmountDoubt]:
    """ข้อสงสัยในจำนวนเงิน: said in words, in another unit than `against`, ten times it, or too much.

    `called` is what `against` is in words (วงเงินตามแผน); `house_year` all money that the house has
    in the year. Nought says that nothing is known to hold it against.
    """
    satang, found = amount.satang, []
    if amount.said_as:
        found.append(_doubt("said", satang, f"“{amount.said_as}” เข้าใจว่า {in_baht(satang)}"))
    if satang and against:
        if satang >= against * _UNIT_APART:
            words = f"มากกว่า{called} {in_baht(against)} เกินแสนเท่า อาจใส่หน่วยผิด"
            found.append(_doubt("unit", satang, f"{in_baht(satang)} {words}"))
        elif against >= satang * _UNIT_APART:
            words = f"น้อยกว่า{called} {in_baht(against)} เกินแสนเท่า อาจลืมหน่วยล้านบาท"
            found.append(_doubt("unit", satang, f"{in_baht(satang)} {words}"))
        elif satang > against * _TIMES_OF_THE_PLAN:
            words = f"มากกว่าสิบเท่าของ{called} {in_baht(against)}"
            found.append(_doubt("ten_times", satang, f"{in_baht(satang)} {words}"))
    if house_year and satang > house_year:
        words = f"มากกว่าเงินทั้งปีของหน่วยงาน {in_baht(house_year)}"
        found.append(_doubt("house_year", satang, f"{in_baht(satang)} {words}"))
    return found


def line_doubts(amount: BahtRead, *, house_year: int) -> list[AmountDoubt]:
    """ข้อสงสัยในรายการงบประมาณ, for which there is no plan: very large, or very small."""
    found, satang = amount_doubts(amount, house_year=house_year), amount.satang
    if satang >= _LARGE_LINE:
        words = "เป็นรายการเดียวตั้งแต่หนึ่งพันล้านบาทขึ้นไป อาจใส่หน่วยผิด"
        found.append(_doubt("large", satang, f"{in_baht(satang)} {words}"))
    elif 0 < satang < _SMALL_LINE:
        words = "น้อยกว่าหนึ่งพันบาท อาจลืมหน่วยล้านบาท"
        found.append(_doubt("small", satang, f"{in_baht(satang)} {words}"))
    return found


def year_doubts(day: date, *, be_year: int) -> list[AmountDoubt]:
    """ข้อสงสัยในวันที่: a day of another fiscal year than the money's, as when it was carried over."""
    if FiscalYear.containing(day).be == be_year:
        return []
    shown = format_date(day, style="short")
    words = f"{shown} ไม่อยู่ในปีงบประมาณ {be_year} ของเงินนี้ ถ้ากันเงินไว้เบิกเหลื่อมปีก็ถูกต้อง"
    return [AmountDoubt(f"other_year:{day.isoformat()}", words)]


def check_sure(doubts: Iterable[AmountDoubt], *, sure_of: Collection[str]) -> None:
    """Refuse, with nothing kept, while there is a doubt that the person has not confirmed."""
    left = [doubt for doubt in doubts if doubt.mark not in sure_of]
    if left:
        raise Refused(
            "ยังไม่ได้บันทึก โปรดตรวจแล้วยืนยันว่าถูกต้อง: " + " · ".join(doubt.words for doubt in left),
            code="unsure",
            doubts=[{"mark": doubt.mark, "words": doubt.words} for doubt in left],
        )


def _doubt(code: str, satang: int, words: str) -> AmountDoubt:
    return AmountDoubt(f"{code}:{satang}", words)
