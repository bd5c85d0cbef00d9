"""Deadlines that name a week, a month, a quarter, a half or a year."""

import re
from collections.abc import Sequence
from datetime import date

from thamthan.reading.deadline_repeats import recurring
from thamthan.reading.deadline_words import (
    LEAD,
    NUMBER,
    Case,
    D,
    G,
    M,
    Pattern,
    Words,
    later_by,
    number,
    past_last,
    pattern,
    reading,
    settled,
    year_of_month,
    year_said,
)
from thamthan.reading.model import Deadline, DeadlineReading
from thamthan.thai.dates import (
    ERA_PATTERN,
    BuddhistYear,
    FiscalYear,
    add_months,
    be_year,
    month_end,
)
from thamthan.thai.weeks import last_week_of_month, week_of_month

_NO_LETTER_DAY = "ขึ้นกับวันที่ลงหนังสือ ซึ่งยังไม่ทราบ"
_YEAR = rf"(?:{ERA_PATTERN}{G})?(?P<year>\d{{4}}(?!\d)|\d{{2}}(?!\d|\s?วัน|[.:]\d))"
# What the letter itself gives in brackets behind a period: from day to day or month to month.
_STATED = rf"(?P<stated>{G}\([^()\n]{{0,10}}(?:{D}|{M})[^()\n]{{0,20}}(?:(?:{D}|{M}){G})?\))?"


def _week_of_month(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    said = found["week"]
    week = {"แรก": 1, "สุดท้าย": 0}.get(said, -1)
    week = number(said) if week < 0 else week
    if found["every"]:
        closes = -1 if said == "สุดท้าย" else min(7 * week, 28)
        rule = f"FREQ=MONTHLY;BYMONTHDAY={closes}"
        return [
            recurring(
                rule,
                f"สัปดาห์{'ที่ ' if said.isdecimal() else ''}{said}ของทุกเดือน นับทุก 7 วันจากวันที่ 1",
                case,
            )
        ]
    month = _month_said(found, words, case)
    if month is None:
        return [settled("window", [reading(None, None, f"เดือนหรือปีใด{_NO_LETTER_DAY}")])]
    weeks = (
        last_week_of_month(month.year, month.month)
        if said == "สุดท้าย"
        else week_of_month(month.year, month.month, week)
    )
    readings = [reading(one.opens, one.closes, one.reason) for one in weeks]
    if not readings:
        return [settled("window", [reading(None, None, f"เดือนนี้ไม่มีสัปดาห์ที่ {week}")])]
    stated = {day.value for day in words.dates_in(found)}
    if stated:
        readings.sort(key=lambda one: one.closes not in stated)
    return [settled("window", past_last(readings, case))]


def _month_said(found: re.Match[str], words: Words, case: Case) -> date | None:
    """The first day of the month that is named, or that is this one or the next."""
    months = words.months_in(found)
    if months:
        year = year_of_month(months[0], case.near)
        return date(year, months[0].month, 1) if year else None
    if case.dated_on is None:
        return None
    first = case.dated_on.replace(day=1)
    return add_months(first, 1) if found["which"] in ("หน้า", "ถัดไป") else first


def _near_week(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    if case.dated_on is None:
        return [settled("window", [reading(None, None, f"สัปดาห์ใด{_NO_LETTER_DAY}")])]
    ahead = 0 if found["which"] == "นี้" else 7
    readings = []
    for since, why in (
        (case.dated_on.weekday(), "นับสัปดาห์จากวันจันทร์ถึงวันอาทิตย์"),
        ((case.dated_on.weekday() + 1) % 7, "นับสัปดาห์จากวันอาทิตย์ถึงวันเสาร์"),
    ):
        opens, closes = (
            later_by(case.dated_on, ahead - since),
            later_by(case.dated_on, ahead - since + 6),
        )
        readings.append(reading(opens, closes, why))
    return [settled("window", past_last(readings, case))]


def _month(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    part = found["part"] or ""
    months = words.months_in(found)
    if found["yearly"] and months:
        rule = f"FREQ=YEARLY;BYMONTH={months[0].month};BYMONTHDAY=-1"
        return [recurring(rule, "ทุกปี ภายในเดือนที่ระบุ", case)]
    first = _month_said(found, words, case)
    if first is None:
        return [settled("window", [reading(None, None, f"เดือนหรือปีใด{_NO_LETTER_DAY}")])]
    last = month_end(first.year, first.month)
    if len(months) > 1:
        return [settled("window", [_from_month_to_month(words, found, case)])]
    if "สิ้น" in part:
        return [settled("date", [reading(None, last, "วันสิ้นเดือนที่ระบุ")])]
    if part == "ต้น":
        readings = [
            reading(first, first.replace(day=10), "ต้นเดือนถือถึงวันที่ 10"),
            reading(first, first.replace(day=7), "ต้นเดือนถือสัปดาห์แรก"),
        ]
    elif part == "กลาง":
        readings = [
            reading(first.replace(day=11), first.replace(day=15), "กลางเดือนถือวันที่ 15"),
            reading(first.replace(day=11), first.replace(day=20), "กลางเดือนถือวันที่ 11–20"),
        ]
    elif part == "ปลาย":
        readings = [reading(first.replace(day=21), last, "ปลายเดือนถือวันที่ 21 ถึงวันสิ้นเดือน")]
    else:
        readings = [reading(first, last, "ทั้งเดือนที่ระบุ วันสุดท้ายคือวันสิ้นเดือน")]
    return [settled("window", past_last(readings, case))]


def _from_month_to_month(words: Words, found: re.Match[str], case: Case) -> DeadlineReading:
    """ต.ค. 2563 – มี.ค. 2564; a year left out at the first is taken from the last."""
    first, *_, last = words.months_in(found)
    last_year = year_of_month(last, case.near)
    if last.year is None and first.year is not None:
        last_year = first.year + (last.month < first.month)
    if last_year is None:
        return reading(None, None, f"ปีใด{_NO_LETTER_DAY}")
    first_year = first.year or last_year - (first.month > last.month)
    opens = date(first_year, first.month, 1)
    return reading(opens, month_end(last_year, last.month), "ตั้งแต่ต้นเดือนแรกถึงสิ้นเดือนหลังที่ระบุ")


def _quarter(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    stated = _stated(found, words, case)
    if stated is not None:
        return [settled("window", [stated])]
    readings = (
        _near_quarter(found["quarter"], case)
        if found["quarter"] in ("นี้", "หน้า")
        else _numbered_quarter(found, case)
    )
    if not readings:
        return [settled("window", [reading(None, None, f"ปีหรือไตรมาสใด{_NO_LETTER_DAY}")])]
    return _settled_period(past_last(readings, case), end_only=found["end"] is not None)


def _settled_period(readings: list[DeadlineReading], *, end_only: bool) -> Sequence[Deadline]:
    """A period is a window; of "สิ้น…" only the last day counts."""
    if not end_only:
        return [settled("window", readings)]
    return [settled("date", [reading(None, one.closes, f"วันสิ้น{one.reason}") for one in readings])]


def _near_quarter(which: str, case: Case) -> list[DeadlineReading]:
    if case.dated_on is None:
        return []
    ahead = add_months(case.dated_on, 0 if which == "นี้" else 3)
    opens = date(ahead.year, (ahead.month - 1) // 3 * 3 + 1, 1)
    return [reading(opens, month_end(opens.year, opens.month + 2), "ไตรมาสตามวันที่ลงหนังสือ")]


def _numbered_quarter(found: re.Match[str], case: Case) -> list[DeadlineReading]:
    """ไตรมาสที่ …: of the fiscal year, unless the calendar year is named; both where neither is."""
    quarter = {"แรก": 1, "สุดท้าย": 4}.get(found["quarter"]) or int(found["quarter"])
    said, today = found["year"], case.near
    fiscal = _fiscal_year(said, today, case)
    if fiscal is None:
        return []
    if not said and today is not None and fiscal.quarter(quarter)[1] < today:
        fiscal = FiscalYear(BuddhistYear(fiscal.be + 1))
    opens, closes = fiscal.quarter(quarter)
    why = f"ไตรมาสที่ {quarter} ของปีงบประมาณ {fiscal.be} (ตุลาคมถึงกันยายน)"
    in_fiscal = reading(opens, closes, why)
    year = year_said(said, today) if said else today.year if today else None
    if found["of"] == "ปีงบประมาณ" or year is None:
        return [in_fiscal]
    in_calendar = reading(
        date(year, 3 * quarter - 2, 1),
        month_end(year, 3 * quarter),
        f"ไตรมาสที่ {quarter} ของปีปฏิทิน",
    )
    return [in_calendar, in_fiscal] if found["of"] == "ปีปฏิทิน" else [in_fiscal, in_calendar]


def _stated(found: re.Match[str], words: Words, case: Case) -> DeadlineReading | None:
    dates = [day.value for day in words.dates_in(found) if day.value is not None]
    if len(dates) >= 2:
        return reading(dates[0], dates[-1], "หนังสือเขียนวันแรกและวันสุดท้ายของงวดไว้")
    if len(words.months_in(found)) >= 2:
        return _from_month_to_month(words, found, case)
    return None


def _half(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    stated = _stated(found, words, case)
    if stated is not None:
        return [settled("window", [stated])]
    which = found["half"]
    fiscal = _fiscal_year(found["year"], case.near, case)
    if which is None or fiscal is None:
        why = "เป็นรอบของการรายงาน ไม่ได้บอกวันสุดท้าย"
        return [settled("undated", [reading(None, None, why)])]
    opens, closes = fiscal.half(1 if which == "แรก" else 2)
    why = f"6 เดือน{which}ของปีงบประมาณ {fiscal.be}"
    return [settled("window", [reading(opens, closes, why)])]


def _fiscal_year(said: str | None, today: date | None, case: Case) -> FiscalYear | None:
    """The fiscal year that is named, else the one running."""
    if said:
        year = year_said(said, case.near)
        return None if year is None else FiscalYear(BuddhistYear(year + 543))
    return None if today is None else FiscalYear.containing(today)


def _year(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """ภายในปีงบประมาณ 2569, ภายในปี 2569, ภายในสิ้นปี."""
    kind = found["of"] or "ปี"
    said = found["year"] if found["year"] and found["year"].isdecimal() else None
    if said is None and not (found["end"] or found["this"] or kind == "ปีงบประมาณ"):
        return []
    if said is not None and len(said) == 2 and kind != "ปีงบประมาณ":
        return []
    today = case.dated_on
    fiscal = _fiscal_year(said, today, case)
    year = year_said(said, case.near) if said else today.year if today else None
    if fiscal is None or year is None:
        return [settled("window", [reading(None, None, f"ปีใด{_NO_LETTER_DAY}")])]
    if found["this"] == "หน้า":
        fiscal, year = FiscalYear(BuddhistYear(fiscal.be + 1)), year + 1
    in_fiscal = reading(fiscal.first_on, fiscal.last_on, f"ปีงบประมาณ {fiscal.be} (ตุลาคมถึงกันยายน)")
    first, last = date(year, 1, 1), date(year, 12, 31)
    in_calendar = reading(first, last, f"ปีปฏิทิน พ.ศ. {be_year(first)}")
    readings = {
        "ปีงบประมาณ": [in_fiscal],
        "ปีปฏิทิน": [in_calendar],
        "ปี": [in_calendar, in_fiscal],
    }[kind]
    return _settled_period(past_last(readings, case), end_only=found["end"] is not None)


_WEEK_HEAD = (
    rf"(?:ใน)?(?:ช่วง)?สัปดาห์{G}(?:ที่)?{G}(?P<week>[1-9]|{NUMBER}|แรก|สุดท้าย){G}(?:ของ|ใน|แห่ง)?{G}"
)

PATTERNS: tuple[Pattern, ...] = (
    pattern(
        rf"<L>{_WEEK_HEAD}(?:{M}|(?P<every>ทุก(?:\s?ๆ)?\s?เดือน|แต่ละเดือน)|เดือน(?P<which>นี้|หน้า|ถัดไป))"
        rf"(?:{G}\([^()\n\ue000]{{0,12}}{D}\))?",
        _week_of_month,
        lead=LEAD,
    ),
    pattern(r"<L>(?:ใน)?สัปดาห์(?P<which>นี้|หน้า|ถัดไป)", _near_week, lead=LEAD),
    pattern(
        rf"<L>(?:ใน)?(?P<part>ต้น|กลาง|ปลาย|(?:วัน)?สิ้น)?{G}(?:{M}(?:{G}(?:-|–|—|ถึง){G}{M})?|เดือน(?P<which>นี้|หน้า|ถัดไป)|(?<=สิ้น)เดือน)"
        rf"(?P<yearly>{G}(?:ของ)?{G}(?:ทุก|แต่ละ)\s?ปี)?",
        _month,
        lead=rf"(?:{LEAD}|ก่อน(?:ถึง)?{G}(?=(?:วัน)?สิ้น))",
    ),
    pattern(
        rf"<L>(?:ใน)?(?P<end>(?:วัน)?สิ้น)?{G}(?:งวด)?ไตรมาส(?:{G}(?:ที่)?{G}(?P<quarter>[1-4]|แรก|สุดท้าย|นี้|หน้า)(?!\d))"
        rf"(?:{G}(?:ของ)?{G}(?:(?P<of>ปีงบประมาณ|ปีปฏิทิน|ปี){G})?{_YEAR})?{_STATED}",
        _quarter,
        lead=LEAD,
    ),
    pattern(
        rf"<L>(?:ใน)?(?:รอบ)?{G}6{G}เดือน(?P<half>แรก|หลัง)(?:{G}(?:ของ)?{G}ปีงบประมาณ{G}(?:{_YEAR})?)?{_STATED}",
        _half,
        lead=LEAD,
    ),
    Pattern(
        None,
        re.compile(
            rf"(?:ใน)?รอบ{G}(?:6|หก|12|สิบสอง){G}เดือน(?P<half>แรก|หลัง)?(?:ที่ผ่านมา)?(?:{G}ของปีงบประมาณ{G}(?:{_YEAR})?)?{_STATED}"
        ),
        _half,
    ),
    pattern(
        rf"<L>(?:ใน)?(?P<end>(?:วัน)?สิ้น)?{G}(?P<of>ปีงบประมาณ|ปีปฏิทิน|ปี)(?:{G}\(?{_YEAR}\)?|(?P<this>นี้|หน้า))?",
        _year,
        lead=LEAD,
    ),
    pattern(rf"<L>(?P<end>สิ้น)?(?P<of>)(?P<this>)พ\.\s?ศ\.{G}(?P<year>\d{{4}})", _year, lead=LEAD),
)
