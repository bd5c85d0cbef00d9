"""Guards: what looks wrong about a figure before it is saved, said with the numbers in words."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import models

from thamthan.directives.rules import Measure
from thamthan.projects.rules.figures import THOUSAND, in_digits, is_percent, said
from thamthan.projects.rules.states import AddingUp
from thamthan.thai.dates import format_date

# A house that spends a thousand million in one project, or less than a hundred baht, is rare.
MOST_MILLION_BAHT = 1_000 * THOUSAND
MOST_BAHT = 1_000_000_000 * THOUSAND
LEAST_BAHT = 100 * THOUSAND
TENFOLD = 10
# So far apart that one of the two was typed in millions.
_MILLIONFOLD = 100_000
_HOUSEHOLDS, _MILLION_BAHT = "ครัวเรือน", "ล้านบาท"


class Guard(models.TextChoices):
    """เรื่องที่เตือน: one kind of slip each."""

    MONEY_UNIT = "money_unit", "บาทหรือล้านบาท"
    HOUSEHOLDS = "households", "คนหรือครัวเรือน"
    RESIDENTS = "residents", "มากกว่าประชากรหรือครัวเรือนที่มี"
    TENFOLD = "tenfold", "ต่างกันสิบเท่า"
    SHARE = "share", "ตัวตั้งมากกว่าตัวหาร"
    NEGATIVE = "negative", "ติดลบ"
    AS_OF = "as_of", "วันที่ของข้อมูล"
    CUMULATIVE = "cumulative", "ยอดสะสม"


@dataclass(frozen=True, slots=True)
class Doubt:
    """คำเตือนหนึ่งข้อ: its key stands for these very words, so other numbers are warned of anew."""

    guard: Guard
    words: str

    @property
    def key(self) -> str:
        return f"{self.guard.value}-{hashlib.sha256(self.words.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Known:
    """สิ่งที่เทียบได้: figures of the same goal, and how many live in the place; None: not known.

    `before` are those of earlier periods of this fiscal year; `people` and `households_counted`
    what the same project says of the same period; `recorded` what the system itself would say.
    """

    last_period: int | None = None
    last_year: int | None = None
    target: int | None = None
    before: tuple[int, ...] = ()
    residents: int | None = None
    households: int | None = None
    people_counted: int | None = None
    households_counted: int | None = None
    recorded: int | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """ตัวเลขที่กำลังจะบันทึก, with the goal it is of and its period."""

    milli: int
    of_milli: int | None
    measure: str
    unit: str
    adding_up: str
    from_on: date
    until_on: date
    as_of: date

    @property
    def counts_households(self) -> bool:
        return self.measure == Measure.HOUSEHOLDS or _HOUSEHOLDS in self.unit

    @property
    def unit_said(self) -> str:
        """A part of a share is no per cent: it is said without the share's unit."""
        return self.unit if self.of_milli is None else ""

    def said(self) -> str:
        return said(self.milli, self.unit_said)


def doubts_about(one: Entered, known: Known, *, today: date) -> list[Doubt]:
    """คำเตือนก่อนบันทึก: everything that looks wrong, each once; what is right has none."""
    found = [Doubt(guard, words) for guard, look in _GUARDS for words in look(one, known)]
    found += [Doubt(Guard.AS_OF, words) for words in _as_of(one, today)]
    return found


def _money(one: Entered, known: Known) -> Iterator[str]:
    if one.of_milli is not None:
        return
    if _MILLION_BAHT in one.unit:
        if abs(one.milli) >= MOST_MILLION_BAHT:
            yield (
                f"ท่านใส่ {in_digits(one.milli)} {one.unit} หน่วยนับเป็นล้านบาทอยู่แล้ว"
                " ถ้าตัวเลขนี้เป็นบาท โปรดหารด้วยหนึ่งล้านก่อน"
            )
    elif one.measure == Measure.BAHT or one.unit.startswith("บาท"):
        if abs(one.milli) >= MOST_BAHT:
            yield f"ท่านใส่ {one.said()} เกินหนึ่งพันล้านบาท โปรดตรวจว่าศูนย์เกินหรือไม่"
        elif 0 < abs(one.milli) < LEAST_BAHT:
            yield (
                f"ท่านใส่ {one.said()} หน่วยนับเป็นบาท"
                f" ถ้าหมายถึง {in_digits(one.milli)} ล้านบาท โปรดพิมพ์เป็นบาทเต็มจำนวน"
            )


def _households(one: Entered, known: Known) -> Iterator[str]:
    if one.of_milli is not None:
        return
    people, households = known.people_counted, known.households_counted
    if one.counts_households and people is not None and one.milli > people:
        yield (
            f"ท่านใส่ {one.said()} มากกว่าจำนวนคนที่รายงานในงวดเดียวกัน ({in_digits(people)} คน)"
            " ท่านนับเป็นคนหรือไม่"
        )
    if one.measure == Measure.PEOPLE and households is not None and one.milli < households:
        yield (
            f"ท่านใส่ {one.said()} น้อยกว่าจำนวนครัวเรือนที่รายงานในงวดเดียวกัน"
            f" ({in_digits(households)} ครัวเรือน) ท่านนับเป็นครัวเรือนหรือไม่"
        )


def _residents(one: Entered, known: Known) -> Iterator[str]:
    biggest = max(one.milli, one.of_milli or 0)
    if one.counts_households and known.households is not None and biggest > known.households:
        yield (
            f"ท่านใส่ {said(biggest, _HOUSEHOLDS)} แต่ทั้งหน่วยงานมี {in_digits(known.households)}"
            " ครัวเรือน ท่านนับเป็นคนหรือไม่"
        )
    elif (
        one.measure in {Measure.PEOPLE, Measure.HOUSEHOLDS}
        and known.residents is not None
        and biggest > known.residents
    ):
        yield (
            f"ท่านใส่ {said(biggest, one.unit)} แต่ทั้งหน่วยงานมีประชากร"
            f" {in_digits(known.residents)} คน คนเดียวกันนับซ้ำหรือไม่"
        )


def _tenfold(one: Entered, known: Known) -> Iterator[str]:
    for name, other in (
        ("งวดก่อน", known.last_period),
        ("ช่วงเดียวกันของปีก่อน", known.last_year),
        ("เป้าหมาย", known.target),
        ("ที่ระบบรู้", known.recorded),
    ):
        if other is None or other <= 0 or one.milli <= 0:
            continue
        times = Fraction(one.milli, other)
        against = f"{name}ซึ่งเป็น {said(other, one.unit_said)}"
        if times >= _MILLIONFOLD or times <= Fraction(1, _MILLIONFOLD):
            yield (
                f"ท่านใส่ {one.said()} ต่างจาก{against} เกินหนึ่งแสนเท่า ตัวหนึ่งเป็นบาทอีกตัวเป็นล้านบาทหรือไม่"
                if "บาท" in one.unit
                else f"ท่านใส่ {one.said()} ต่างจาก{against} เกินหนึ่งแสนเท่า โปรดตรวจหน่วยนับ"
            )
        elif times >= TENFOLD:
            yield f"ท่านใส่ {one.said()} เป็น {_times(times)} เท่าของ{against}"
        elif times <= Fraction(1, TENFOLD) and name != "เป้าหมาย":
            # One period of four is far below the target of the whole year, and rightly so.
            yield f"ท่านใส่ {one.said()} เหลือ 1 ใน {_times(1 / times)} ของ{against}"


def _times(times: Fraction) -> str:
    return in_digits(round(times * 10) * 100)


def _share(one: Entered, known: Known) -> Iterator[str]:
    if one.of_milli is not None and is_percent(one.unit) and one.milli > one.of_milli:
        yield (
            f"ท่านใส่ {in_digits(one.milli)} จากทั้งหมด {in_digits(one.of_milli)}"
            " ตัวตั้งมากกว่าตัวหาร สลับช่องกันหรือไม่"
        )


def _negative(one: Entered, known: Known) -> Iterator[str]:
    if one.milli < 0 or (one.of_milli or 0) < 0:
        yield f"ท่านใส่ตัวเลขติดลบ ({in_digits(min(one.milli, one.of_milli or 0))})"


def _cumulative(one: Entered, known: Known) -> Iterator[str]:
    """A figure of one period as large as all before it together may be their sum carried on."""
    so_far = sum(known.before)
    if one.adding_up != AddingUp.SUM or not known.before or so_far <= 0 or one.milli < so_far:
        return
    is_over = known.target is not None and so_far + one.milli > known.target
    if len(known.before) >= 2 or is_over:
        yield (
            f"ท่านใส่ {one.said()} งวดก่อน ๆ ของปีนี้รวมกันได้ {said(so_far, one.unit)} แล้ว"
            " ช่องนี้ให้ใส่เฉพาะของงวดนี้ ไม่ใช่ยอดสะสม"
            + (f" ถ้าสะสม ของงวดนี้คือ {said(one.milli - so_far, one.unit)}")
        )


def _as_of(one: Entered, today: date) -> Iterator[str]:
    day = format_date(one.as_of, style="short")
    if one.as_of > today:
        yield f"ข้อมูล ณ วันที่ {day} ซึ่งยังมาไม่ถึง"
    elif not one.from_on <= one.as_of <= one.until_on:
        first, last = (format_date(each, style="short") for each in (one.from_on, one.until_on))
        yield f"ข้อมูล ณ วันที่ {day} อยู่นอกงวด {first} – {last}"


_Look = Callable[[Entered, Known], Iterator[str]]
_GUARDS: tuple[tuple[Guard, _Look], ...] = (
    (Guard.MONEY_UNIT, _money),
    (Guard.HOUSEHOLDS, _households),
    (Guard.RESIDENTS, _residents),
    (Guard.TENFOLD, _tenfold),
    (Guard.SHARE, _share),
    (Guard.NEGATIVE, _negative),
    (Guard.CUMULATIVE, _cumulative),
)
