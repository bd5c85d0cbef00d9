"""Days as a Thai office writes them, the Buddhist year, and the fiscal year with its quarters."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NewType

from thamthan.thai.digits import to_arabic

BuddhistYear = NewType("BuddhistYear", int)
YearWritten = Literal["be4", "be2", "ce4", "ce2", "none"]

_BE_BEFORE_CE = 543

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
WEEKDAYS = (
    "วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์",
)  # fmt: skip
WEEKDAYS_SHORT = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")

# Spellings that stand in real letters beside the right ones.
_ALSO_WRITTEN = {
    "กุมภาพันธุ์": 2, "กุมภาพันธ": 2, "เมษยน": 4, "พฤกษภาคม": 5, "มิถุนายาน": 6, "กรกฏาคม": 7,
    "กรกฎคม": 7, "สิงหาาคม": 8, "พฤษจิกายน": 11, "พฤศจิกายยน": 11, "พฤศจิการยน": 11, "ธันวาม": 12,
}  # fmt: skip
_MONTH_NUMBER = {name: number for number, name in enumerate(MONTHS, 1)} | _ALSO_WRITTEN
_SHORT_NUMBER = {name.replace(".", ""): number for number, name in enumerate(MONTHS_SHORT, 1)}
_SHORT_NUMBER |= {
    "มกรา": 1, "กุมภา": 2, "มีนา": 3, "เมษา": 4, "พฤษภา": 5, "มิถุนา": 6,
    "กรกฎา": 7, "สิงหา": 8, "กันยา": 9, "ตุลา": 10, "พฤศจิกา": 11, "ธันวา": 12,
}  # fmt: skip

# White space in a pattern is bounded, so that no text makes the search slow.
_GAP = r"\s{0,90}+"
_THAI = "[ก-ฺเ-๎]"


def _short_pattern(name: str) -> str:
    """Dots and a space may be missing; without its last dot, a short month ends the word.

    ก.ค.ศ. is a commission and no month.
    """
    first, last = name.rstrip(".").split(".")
    return rf"{first}\s?\.?\s?{last}(?:\s?\.(?!ศ)|(?![.ก-ฺเ-๎]))"


MONTH_PATTERN = "(?:{}|{}|(?:{})(?!{}))".format(
    "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)),
    "|".join(_short_pattern(name) for name in MONTHS_SHORT),
    "|".join(sorted((name for name in _SHORT_NUMBER if len(name) > 3), key=len, reverse=True)),
    _THAI,
)
WEEKDAY_PATTERN = r"(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์)"
# A bare pair of digits is a year only where nothing shows that it is a time, a day or a count.
_COUNTED = r"น\.|นาฬิกา|เดือน|คน|ครั้ง|ชุด|ฉบับ|แห่ง|ราย|โครงการ|วัน|บาท|%"
_NOT_A_COUNT = rf"(?!\d|[.:,]\d|\s?/|\s{{0,9}}(?:{_COUNTED}|{MONTH_PATTERN}))"
YEAR_PATTERN = rf"(?:\d{{4}}(?!\d|,\d{{3}})|\d{{2}}{_NOT_A_COUNT})"
ERA_PATTERN = r"(?:พ\s?\.?\s?ศ\s?\.?|ค\s?\.?\s?ศ\s?\.?|พุทธศักราช|คริสต์ศักราช|ปี)"

_DATE = re.compile(
    rf"""
    (?:(?:วัน(?P<weekday>{WEEKDAY_PATTERN})|(?<![ก-๎.])(?P<short_weekday>จ|อ|พ|พฤ|ศ|ส|อา)\.)
       {_GAP}(?:ที่{_GAP})?)?
    (?<!\d)(?P<day>\d{{1,2}}){_GAP}(?:เดือน{_GAP})?(?P<month>{MONTH_PATTERN})
    (?:{_GAP}(?P<era>{ERA_PATTERN})?{_GAP}(?P<year>{YEAR_PATTERN})
       |{_GAP}(?P<this_year>ศกนี้|ปีนี้))?
    |(?<![\d/.\-])(?P<n_day>\d{{1,2}})\s?(?:(?P<slash>/)|(?P<dash>[-.]))\s?(?P<n_month>\d{{1,2}})
     \s?(?:(?(slash)/|[-.]))\s?(?P<n_year>\d{{4}}|\d{{2}}(?(dash)(?!)))(?![\d/]|[-.]\d)
    |(?<![\d/.\-])(?P<i_year>\d{{4}})-(?P<i_month>\d{{2}})-(?P<i_day>\d{{2}})(?![\d/]|[-.]\d)
    """,
    re.VERBOSE,
)
_ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ENGLISH_DATE = re.compile(
    r"(?<![A-Za-z\d])(?:(?P<month>[A-Z][a-z]{2,8})\.?\s{1,4}(?P<day>\d{1,2})(?:st|nd|rd|th)?,?"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s{1,4}(?P<month2>[A-Z][a-z]{2,8})\.?,?)\s{1,4}(?P<year>\d{4})(?!\d)"
)
# "สัปดาห์ที่ 2 กันยายน" is a week of a month and not its second day.
_NO_DAY_AFTER = ("สัปดาห์ที่", "สัปดาห์", "ครั้งที่", "ไตรมาสที่", "ไตรมาส", "งวดที่", "ข้อที่")
_AROUND = re.compile(r"\s*(?:(?:เมื่อ|ลง)?\s*วันที่|ที่)?\s*")


def be_year(day: date) -> BuddhistYear:
    """พ.ศ. ของวัน."""
    return BuddhistYear(day.year + _BE_BEFORE_CE)


def from_be(year: int, month: int, day: int) -> date:
    """วัน เดือน พ.ศ. เป็นวันที่; a day that does not exist is a ValueError."""
    return date(year - _BE_BEFORE_CE, month, day)


def format_date(
    day: date, *, style: Literal["full", "short", "list"] = "full", weekday: bool = False
) -> str:
    """วันที่ตามแบบราชการ, in Arabic digits: 20 มีนาคม 2569, 20 มี.ค. 2569 or 20 มี.ค. 69."""
    if style == "full":
        lead = f"{WEEKDAYS[day.weekday()]}ที่ " if weekday else ""
        return f"{lead}{day.day} {MONTHS[day.month - 1]} {be_year(day)}"
    lead = f"{WEEKDAYS_SHORT[day.weekday()]} " if weekday else ""
    year = f"{be_year(day)}" if style == "short" else f"{be_year(day) % 100:02d}"
    return f"{lead}{day.day} {MONTHS_SHORT[day.month - 1]} {year}"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day as written, and what it means; `problem` says in Thai why it cannot be trusted."""

    start: int
    end: int
    text: str
    value: date | None
    weekday: int | None
    year_written: YearWritten
    day: int | None
    month: int | None
    year: int | None
    problem: str | None


def find_dates(text: str, *, near: date | None = None) -> list[WrittenDate]:
    """วันที่ในข้อความ: every day and month, with or without a year, in the order of the text.

    A year left out is the nearest that puts the day on or after `near`; a year of two digits is
    read in the era that lies nearer to `near`. Neither is guessed without `near`.
    """
    return list(_dates(text, near))


def parse_date(text: str, *, near: date | None = None) -> WrittenDate | None:
    """วันที่: the whole text is one day; None when it is anything else."""
    if len(text) > 200:
        return None
    lead = _AROUND.match(text)
    start = lead.end() if lead else 0
    for written in _dates(text, near):
        if written.start <= start and not text[written.end :].strip(" \t\r\n.\u00a0"):
            return written
        break
    return None


def _dates(text: str, near: date | None) -> Iterator[WrittenDate]:
    arabic = to_arabic(text)
    english = list(_ENGLISH_DATE.finditer(arabic))
    found_all: Iterable[re.Match[str]] = _DATE.finditer(arabic)
    if english:
        found_all = sorted([*found_all, *english], key=lambda one: one.start())
    for found in found_all:
        said = found.re is _ENGLISH_DATE
        written = _in_english(found, text) if said else _written(found, text, near)
        if written is not None:
            yield written


def _in_english(found: re.Match[str], text: str) -> WrittenDate | None:
    """May 9, 2561 and 9 May 2018, as programs print them; the year tells its era."""
    name = (found["month"] or found["month2"]).lower()
    month = next((n for n, full in enumerate(_ENGLISH, 1) if full.startswith(name)), None)
    if month is None:
        return None
    day = int(found["day"] or found["day2"])
    year, how, problem = _year(found["year"], None, None)
    value = _day_or_none(year, month, day)
    return WrittenDate(
        start=found.start(),
        end=found.end(),
        text=text[found.start() : found.end()],
        value=value,
        weekday=None,
        year_written=how,
        day=day,
        month=month,
        year=year,
        problem=problem or _problem(value, None, day=day, month=month, year=year),
    )


def _written(found: re.Match[str], text: str, near: date | None) -> WrittenDate | None:
    numeric = "n" if found["n_day"] else "i" if found["i_day"] else ""
    if numeric:
        day, month = int(found[f"{numeric}_day"]), int(found[f"{numeric}_month"])
        if not 1 <= day <= 31 or not 1 <= month <= (31 if found["slash"] and day <= 12 else 12):
            return None
        digits, era = found[f"{numeric}_year"], None
    else:
        before = text[max(found.start() - 40, 0) : found.start()].rstrip()
        if before.endswith(_NO_DAY_AFTER):
            return None
        day, month = int(found["day"]), month_number(found["month"])
        digits, era = found["year"], found["era"]
    year, how, problem = _year(digits, era, near)
    if digits is None and near is not None:
        this_year = found["this_year"] is not None
        year = near.year if this_year else _year_on_or_after(day, month, near)
    value = _day_or_none(year, month, day)
    weekday = weekday_number(found["weekday"] or found["short_weekday"])
    return WrittenDate(
        start=found.start(),
        end=found.end(),
        text=text[found.start() : found.end()],
        value=value,
        weekday=weekday,
        year_written=how,
        day=day,
        month=month,
        year=year,
        problem=problem or _problem(value, weekday, day=day, month=month, year=year),
    )


def month_number(name: str) -> int:
    """เดือนที่เท่าไร, from any way to write it that `MONTH_PATTERN` knows."""
    known = _MONTH_NUMBER.get(name)
    return known or _SHORT_NUMBER["".join(name.replace(".", "").split())]


def weekday_number(name: str | None) -> int | None:
    """วันในสัปดาห์ (Monday is 0), from the name with or without วัน, or its short form."""
    if not name:
        return None
    for number, short in enumerate(WEEKDAYS_SHORT):
        if name.rstrip(".") == short.rstrip("."):
            return number
    name = name.removeprefix("วัน").rstrip("ฯ")
    return next(n for n, full in enumerate(WEEKDAYS) if full.removeprefix("วัน").startswith(name))


def year_of(digits: str, *, era: str | None = None, near: date | None = None) -> int | None:
    """ปีที่เขียน (two or four digits, พ.ศ. or ค.ศ.) as a year of the Christian era."""
    return _year(to_arabic(digits), era, near)[0]


def _year(
    digits: str | None, era: str | None, near: date | None
) -> tuple[int | None, YearWritten, str | None]:
    if digits is None:
        return None, "none", None
    number = int(digits)
    christian = era is not None and era.lstrip().startswith("ค")
    buddhist = era is not None and era.lstrip().startswith("พ")
    if len(digits) == 4:
        if buddhist and 1900 <= number < 2200:
            return number, "ce4", f"เขียนว่า พ.ศ. แต่ {number} เป็นปี ค.ศ."
        if christian and number >= 2400:
            return number - _BE_BEFORE_CE, "be4", f"เขียนว่า ค.ศ. แต่ {number} เป็นปี พ.ศ."
        if buddhist or (number >= 2300 and not christian):
            return number - _BE_BEFORE_CE, "be4", None
        return number, "ce4", None
    in_be, in_ce = 2500 + number - _BE_BEFORE_CE, 2000 + number
    if christian or buddhist:
        return (in_ce, "ce2", None) if christian else (in_be, "be2", None)
    middle = near.year if near else 2020
    if abs(in_be - middle) <= abs(in_ce - middle):
        return in_be, "be2", None
    return in_ce, "ce2", None


def _year_on_or_after(day: int, month: int, near: date) -> int:
    """The year that puts the day on or after `near`; a 29 February waits for its leap year."""
    for year in range(near.year, near.year + 9):
        value = _day_or_none(year, month, day)
        if value is not None and value >= near:
            return year
    return near.year


def _day_or_none(year: int | None, month: int, day: int) -> date | None:
    if year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _problem(
    value: date | None, weekday: int | None, *, day: int, month: int, year: int | None
) -> str | None:
    if not 1 <= month <= 12:
        return f"ไม่มีเดือนที่ {month}"
    if value is None and year is not None:
        return f"ไม่มีวันที่ {day} {MONTHS[month - 1]} {year + _BE_BEFORE_CE}"
    # A day that no year has is wrong even where no year is written.
    if year is None and _day_or_none(2024, month, day) is None:
        return f"เดือน{MONTHS[month - 1]}ไม่มีวันที่ {day}"
    if value is None:
        return "ไม่ได้เขียนปี"
    if weekday is not None and weekday != value.weekday():
        return f"วันที่ {format_date(value)} เป็น{WEEKDAYS[value.weekday()]} ไม่ใช่{WEEKDAYS[weekday]}"
    return None


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """ปีงบประมาณ: October to September; 2569 runs from October 2025 to September 2026."""

    be: BuddhistYear

    @classmethod
    def containing(cls, day: date) -> "FiscalYear":
        return cls(BuddhistYear(be_year(day) + (day.month >= 10)))

    @property
    def first_on(self) -> date:
        return from_be(self.be - 1, 10, 1)

    @property
    def last_on(self) -> date:
        return from_be(self.be, 9, 30)

    def quarter(self, number: int) -> tuple[date, date]:
        """ไตรมาสที่ 1–4: its first and its last day."""
        return self._part(number, months=3)

    def half(self, number: int) -> tuple[date, date]:
        """รอบ 6 เดือน, the first or the second: its first and its last day."""
        return self._part(number, months=6)

    def _part(self, number: int, *, months: int) -> tuple[date, date]:
        if not 1 <= number <= 12 // months:
            raise ValueError(f"a fiscal year has no such part: {number}")
        first = add_months(self.first_on, months * (number - 1))
        return first, add_months(first, months) - timedelta(days=1)


def quarter_of(day: date) -> int:
    """ไตรมาสของปีงบประมาณ, 1 to 4; October to December is 1."""
    return (day.month + 2) % 12 // 3 + 1


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def month_end(year: int, month: int) -> date:
    """วันสิ้นเดือน."""
    return date(year, month, monthrange(year, month)[1])
