"""The words of deadlines with their days, months and times picked out, ready for the patterns."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from thamthan.reading.model import (
    Deadline,
    DeadlineKind,
    DeadlineReading,
    DeadlineStart,
    DeadlineUnit,
    Span,
)
from thamthan.thai.calendars import WorkingCalendar, thai_calendar
from thamthan.thai.dates import (
    ERA_PATTERN,
    MONTH_PATTERN,
    YEAR_PATTERN,
    WrittenDate,
    find_dates,
    format_date,
    month_number,
    year_of,
)
from thamthan.thai.digits import number_from_words, to_arabic

# A day, a month and a time of the text become runs of these signs, of the same length; a pattern
# names a whole one with D, M or T.
_DAY, _MONTH, _TIME, _MORE = "\ue000", "\ue001", "\ue002", "\ue003"
D, M, T = (rf"{sign}{_MORE}*" for sign in (_DAY, _MONTH, _TIME))
# Bounded and never given back, so that long gaps cost little.
G = r"\s{0,90}+"
AM = "(?:ำ|ํา|า)"

_SIGNS = re.compile("[\ue000-\ue003]")
_MONTH_AND_YEAR = re.compile(
    rf"(?:เดือน{G})?(?P<month>{MONTH_PATTERN})"
    rf"(?:{G}(?P<era>{ERA_PATTERN})?{G}(?P<year>{YEAR_PATTERN})|{G}(?P<this_year>ศกนี้|ปีนี้))?"
)
_CLOCK = re.compile(
    rf"(?:(?:ก่อน|ภายใน|ไม่เกิน){G})?เวลา{G}(?:(?:ก่อน|ไม่เกิน){G})?"
    r"(?:(?P<hour>[01]?\d|2[0-4])\s?(?:[.:]\s?(?P<minute>[0-5]\d)|(?=\s?(?:น\.|นาฬิกา)))(?!\d)"
    r"(?:\s?(?:น\.|นาฬิกา))?|(?P<noon>เที่ยงวัน)|(?P<midnight>เที่ยงคืน))"
    r"|(?<![\d.:])(?P<hour2>[01]?\d|2[0-4])[.:](?P<minute2>[0-5]\d)\s?(?:น\.|นาฬิกา)"
)

_NUMBER_WORDS = r"(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ยี่|เอ็ด|ร้อย|พัน){1,12}"
NUMBER = (
    rf"(?:\d{{1,4}}(?![\d/]|[.,]\d)(?:\s?\([ก-๎ ]{{2,30}}\))?"
    rf"|{_NUMBER_WORDS}(?:\s?\(\s?\d{{1,4}}\s?\))?)"
)


_IN = rf"(?<!ด่วน)(?<!ด่วน\s)ภายใน(?:{G}(?:ระยะเวลา|กำหนดเวลา|กำหนด|ช่วง(?:เวลา)?))?"
# The words that make a day into a deadline.
LEAD = (
    rf"(?:(?:{_IN}|ไม่เกิน|ไม่ช้ากว่า|อย่างช้า(?:ที่สุด)?|ให้แล้วเสร็จ(?=(?:ใน)?วันที่)|หมดเขต|ครบกำหนด"
    rf"|กำหนด(?:การ)?ส่ง(?:คืน|งาน)?|กำหนด(?:แล้ว)?เสร็จ){G}:?{G}){{1,4}}"
)
LEAD_OF_SPAN = (
    rf"(?:(?:อย่างช้า(?:ที่สุด)?{G})?{_IN}(?:{G}(?:ไม่เกิน|อย่างช้า))?|ใน(?:ห้วง)?ระยะ(?:เวลา|เร่งด่วน)?(?:{G}ไม่เกิน)?"
    rf"|ขีดเส้น(?:ตาย)?|อย่างช้า(?:ที่สุด)?(?:{G}ไม่เกิน)?|ไม่เกิน|ไม่ช้ากว่า)"
)


def number(words: str) -> int:
    """จำนวน in digits or in words, with the other in brackets behind it or not."""
    lead = words.split("(")[0].strip()
    return int(lead) if lead.isdecimal() else number_from_words(lead) or 0


@dataclass(frozen=True, slots=True)
class WrittenMonth:
    """A month as written; the year is None where none is."""

    month: int
    year: int | None
    this_year: bool


Resolve = Callable[[re.Match[str], "Words", "Case"], "Sequence[Deadline]"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """How one class of deadlines is written, and what it means.

    `strict` needs a word that sets a deadline; `loose` is for words that are known to be one, and
    None where there is no other way to write them.
    """

    strict: re.Pattern[str] | None
    loose: re.Pattern[str] | None
    resolve: Resolve


def pattern(words: str, resolve: Resolve, *, lead: str = "", bare: str | None = None) -> Pattern:
    """Makes a pattern; `<L>` in the words stands for the lead, which a loose one may lack."""
    strict = re.compile(words.replace("<L>", lead))
    loose = words.replace("<L>", f"(?:{lead})?" if bare is None else bare)
    return Pattern(strict, re.compile(loose), resolve)


@dataclass(frozen=True, slots=True)
class Case:
    """What a deadline is read against: the letter's day, its arrival and the office's calendar."""

    dated_on: date | None
    arrived: date | None
    calendar: WorkingCalendar | None
    near: date | None

    def working(self, start: date) -> WorkingCalendar:
        """The calendar, or that of the public holidays when none was given."""
        return self.calendar or thai_calendar(start.year - 1, start.year + 1)


class Words:
    """A text in Arabic digits whose days, months and times are signs; offsets stay."""

    def __init__(self, text: str, *, near: date | None) -> None:
        plain = _SIGNS.sub("\ufffd", to_arabic(text))
        self.text = text
        self.plain = plain
        self.dates: dict[int, WrittenDate] = {}
        self.months: dict[int, WrittenMonth] = {}
        self.times: dict[int, str] = {}
        self.near = near or _near_by_itself(plain)
        signs = list(plain)
        for written in find_dates(plain, near=self.near):
            self.dates[written.start] = _within_reach(written)
            _sign(signs, written.start, written.end, _DAY)
        for found in _MONTH_AND_YEAR.finditer("".join(signs)):
            self.months[found.start()] = WrittenMonth(
                month=month_number(found["month"]),
                year=_year_of_month(found, self.near),
                this_year=found["this_year"] is not None,
            )
            _sign(signs, found.start(), found.end(), _MONTH)
        for found in _CLOCK.finditer("".join(signs)):
            self.times[found.start()] = _clock(found)
            _sign(signs, found.start(), found.end(), _TIME)
        self.signs = "".join(signs)

    def dates_in(self, found: re.Match[str]) -> list[WrittenDate]:
        return [
            self.dates[at]
            for at in range(found.start(), found.end())
            if self.signs[at] == _DAY and at in self.dates
        ]

    def months_in(self, found: re.Match[str]) -> list[WrittenMonth]:
        return [
            self.months[at]
            for at in range(found.start(), found.end())
            if self.signs[at] == _MONTH and at in self.months
        ]

    def time_in(self, found: re.Match[str]) -> str | None:
        return next((self.times[at] for at in range(*found.span()) if at in self.times), None)


def _within_reach(written: WrittenDate) -> WrittenDate:
    if written.value is None or is_likely(written.value.year):
        return written
    problem = f"ปีของวันที่ {written.text} ไม่น่าเป็นไปได้"
    return replace(written, value=None, year=None, problem=problem)


def _year_of_month(found: re.Match[str], near: date | None) -> int | None:
    if not found["year"]:
        return None
    year = year_of(found["year"], era=found["era"], near=near)
    return year if year is not None and is_likely(year) else None


def _sign(signs: list[str], start: int, end: int, sign: str) -> None:
    signs[start:end] = [sign, *[_MORE] * (end - start - 1)]


def _clock(found: re.Match[str]) -> str:
    if found["noon"]:
        return "12:00"
    if found["midnight"]:
        return "24:00"
    hour = int(found["hour"] or found["hour2"])
    minute = int(found["minute"] or found["minute2"] or 0)
    return "24:00" if hour == 24 else f"{hour:02d}:{minute:02d}"


def _near_by_itself(plain: str) -> date | None:
    """The year of the first whole day of the text stands in for a letter without a day."""
    dates = (written.value for written in find_dates(plain))
    year = next((day.year for day in dates if day and is_likely(day.year)), None)
    return None if year is None else date(year, 1, 1)


def year_of_month(written: WrittenMonth, near: date | None) -> int | None:
    """The year written, else the one that puts the month on or after the letter's own month."""
    if written.year is not None or near is None:
        return written.year
    later = not written.this_year and written.month < near.month
    return near.year + later


def reading(opens: date | None, closes: date | None, reason: str) -> DeadlineReading:
    return DeadlineReading(opens=opens, closes=closes, reason=reason)


def settled(
    kind: DeadlineKind,
    readings: Collection[DeadlineReading],
    *,
    reason: str | None = None,
    time: str | None = None,
    working_days: bool = False,
    after: DeadlineStart | None = None,
    amount: int | None = None,
    unit: DeadlineUnit | None = None,
    rule: str | None = None,
) -> Deadline:
    """A deadline without its words yet: each window once, and the first reading chosen."""
    kept: dict[tuple[date | None, date | None], DeadlineReading] = {}
    for one in readings:
        kept.setdefault((one.opens, one.closes), one)
    different = tuple(kept.values())
    chosen = different[0] if different else DeadlineReading(None, None, reason or "")
    return Deadline(
        text="",
        span=Span(page=1, start=0, end=0),
        kind=kind,
        opens=chosen.opens,
        closes=chosen.closes,
        time=time,
        working_days=working_days,
        after=after,
        amount=amount,
        unit=unit,
        rule=rule,
        reason=reason or chosen.reason,
        readings=different or (chosen,),
    )


def past_last(readings: list[DeadlineReading], case: Case) -> list[DeadlineReading]:
    """A window already over on the letter's own day is kept, but behind those still open."""
    if case.dated_on is None:
        return readings
    day = case.dated_on
    over = [one for one in readings if one.closes is not None and one.closes <= day]
    if len(over) == len(readings):
        return readings
    told = [
        reading(one.opens, one.closes, f"{one.reason} แต่สิ้นสุดไปแล้วเมื่อถึงวันที่ลงหนังสือ") for one in over
    ]
    still = [one for one in readings if one not in over]
    if over:
        first = still[0]
        passed = " และ ".join(window(one) for one in over)
        why = f"{first.reason} ส่วน {passed} สิ้นสุดไปแล้วเมื่อถึงวันที่ลงหนังสือ"
        still[0] = reading(first.opens, first.closes, why)
    return still + told


def window(one: DeadlineReading) -> str:
    """ช่วงวัน in short words: 9–15 มี.ค. 2569."""
    if one.closes is None:
        return "ไม่มีวัน"
    closes = format_date(one.closes, style="short")
    if one.opens is None or one.opens == one.closes:
        return closes
    if (one.opens.year, one.opens.month) == (one.closes.year, one.closes.month):
        return f"{one.opens.day}–{closes}"
    return f"{format_date(one.opens, style='short')} – {closes}"


def plain_day(day: date | None) -> date | None:
    """The day of an instant, too; none where no letter can be from such a day."""
    plain = day.date() if isinstance(day, datetime) else day
    return plain if plain is not None and is_likely(plain.year) else None


def is_likely(year: int) -> bool:
    """Whether a letter can speak of the year; one far off is a slip."""
    return 1800 <= year <= 2400


def year_said(digits: str | None, near: date | None) -> int | None:
    """The year (Christian era) of the digits, if a letter can speak of it."""
    year = year_of(digits, near=near) if digits else None
    return year if year is not None and is_likely(year) else None


def later_by(day: date, days: int) -> date | None:
    """None where the calendar has no such day."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
