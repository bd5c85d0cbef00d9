"""Deadlines that come again: every Friday, on the 5th of every month, once a quarter."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from thamthan.reading.deadline_words import (
    AM,
    LEAD,
    NUMBER,
    Case,
    G,
    M,
    Pattern,
    T,
    Words,
    number,
    pattern,
    reading,
    settled,
)
from thamthan.reading.model import Deadline
from thamthan.thai.dates import WEEKDAY_PATTERN, add_months, format_date, month_end, weekday_number

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OFFICE_DAYS = "MO,TU,WE,TH,FR"
QUARTERLY = "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"

_EVERY = r"ทุก(?:\s?ๆ)?"
_OF_MONTH = (
    rf"(?:(?:ของ|ใน)?{G}(?P<which>{_EVERY}\s?เดือน|แต่ละเดือน|เดือนถัดจาก[ก-๎]{{0,40}}|เดือนถัดไป"
    r"|เดือนต่อไป|เดือน(?!\ue003|นี้|หน้า)))"
)
_LIST = r"\d{1,2}(?:\s?(?:,|และ|กับ)\s?(?:วันที่\s?)?\d{1,2}(?![\d/])){0,5}"
_ASKS = re.compile(
    rf"รายงาน|ส่ง(?!เสริม)|ดำเนินการ|ประเมิน|ติดตาม|สรุป|จัดท{AM}|ตรวจ|แจ้ง|ประชุม|บันทึก|ปรับปรุง|เป็นประจำ|รวบรวม|ทบทวน"
)
# "เงินตอบแทนรายเดือน", "ลูกจ้างรายวัน": how money is paid, not when something is due.
_PAID = re.compile(r"(?:เงิน|ค่า|เบี้ย|ตอบแทน|ลูกจ้าง|พนักงาน|บำนาญ|ผ่อนช[ำา]ระ)[ก-๎]{0,30}\s?\Z")
_UNIT_WORD = {"วัน": "DAILY", "สัปดาห์": "WEEKLY", "อาทิตย์": "WEEKLY", "เดือน": "MONTHLY", "ปี": "YEARLY"}


def monthly_rule(days: Sequence[int]) -> str:
    """The rule for days of every month.

    A month without the day takes its last one: of the day and the last, the first is kept.
    """
    listed = ",".join(str(day) for day in days)
    if days == [31]:
        return "FREQ=MONTHLY;BYMONTHDAY=-1"
    if len(days) == 1 and days[0] > 28:
        return f"FREQ=MONTHLY;BYMONTHDAY={listed},-1;BYSETPOS=1"
    return f"FREQ=MONTHLY;BYMONTHDAY={listed}"


def recurring(
    rule: str, reason: str, case: Case, *, first: date | None = None, time: str | None = None
) -> Deadline:
    """A deadline that comes again, with its next day where the rule says which days they are."""
    closes = first or _next(rule, case)
    if closes is not None:
        reason += f" ครั้งแรกนับจากวันที่ลงหนังสือคือ {format_date(closes)}"
    elif "BY" not in rule:
        reason += " แต่ไม่ได้กำหนดวัน"
    return settled("recurring", [reading(None, closes, reason)], rule=f"RRULE:{rule}", time=time)


def _next(rule: str, case: Case) -> date | None:
    """The next day of the rule from the letter's day on; none where the rule names no days."""
    start = case.dated_on or case.arrived
    pinned = "BY" in rule or rule == "FREQ=DAILY"
    if start is None or not pinned:
        return None
    # Loaded late: few letters need it.
    from dateutil.rrule import rrulestr

    at = datetime(start.year, start.month, start.day)  # noqa: DTZ001 - a plain day
    found = rrulestr(rule, dtstart=at).after(at, inc=True)
    return found.date() if found else None


def _days_of_every_month(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    days = [int(day) for day in re.findall(r"\d+", re.sub("วันที่", "", found["days"]))]
    which = found["which"] or ""
    every = found["every"] or ""
    if not (which or every) or not all(1 <= day <= 31 for day in days):
        return []
    listed = " และ ".join(str(day) for day in days)
    if which.startswith(("เดือนถัด", "เดือนต่อ")):
        first = None
        if case.dated_on is not None and len(days) == 1:
            after = add_months(case.dated_on.replace(day=1), 1)
            last = month_end(after.year, after.month).day
            first = after.replace(day=min(days[0], last))
        why = f"ภายในวันที่ {listed} ของเดือนถัดจากเดือนที่รายงาน"
        return [recurring(monthly_rule(days), why, case, first=first, time=words.time_in(found))]
    why = f"ทุกเดือน วันที่ {listed}"
    if len(days) == 1 and days[0] > 28:
        why += f" และเดือนที่ไม่มีวันที่ {days[0]} ถือวันสิ้นเดือน"
    return [recurring(monthly_rule(days), why, case, time=words.time_in(found))]


def _ends_of_months(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    return [recurring("FREQ=MONTHLY;BYMONTHDAY=-1", "ทุกเดือน ภายในวันสิ้นเดือน", case)]


def _office_day_of_month(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """วันทำการสุดท้ายของเดือน, or the first few."""
    last = found["end"] == "สุดท้าย"
    place = -1 if last else number(found["n"]) if found["n"] else 1
    if not last and not 1 <= place <= 15:
        return []
    rule = f"FREQ=MONTHLY;BYDAY={_OFFICE_DAYS};BYSETPOS={place}"
    first = _first_office_day(place, case)
    why = "ทุกเดือน วันทำการสุดท้ายของเดือน" if last else f"ทุกเดือน ภายใน {place} วันทำการแรกของเดือน"
    found_deadline = recurring(rule, f"{why} (วันหยุดราชการดูจากปฏิทิน)", case, first=first)
    return [found_deadline]


def _first_office_day(place: int, case: Case) -> date | None:
    """The next such working day by the calendar: the rule itself knows no holidays."""
    if case.dated_on is None:
        return None
    month = case.dated_on.replace(day=1)
    for _ in range(2):
        calendar = case.working(month)
        last = month_end(month.year, month.month)
        eve = month - timedelta(days=1)
        day = (
            calendar.previous_working_day(last)
            if place < 0
            else calendar.add_working_days(eve, place)
        )
        if day >= case.dated_on:
            return day
        month = add_months(month, 1)
    return None


def _weekly(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    names = re.findall(WEEKDAY_PATTERN, found["weekdays"])
    numbers = [day for day in map(weekday_number, names) if day is not None]
    if len(numbers) == 2 and re.search(r"ถึง|[-–]", found["weekdays"]) and numbers[0] < numbers[1]:
        numbers = list(range(numbers[0], numbers[1] + 1))
    listed = ",".join(_DAYS[day] for day in sorted(set(numbers)))
    why = "ทุกสัปดาห์ตามวันที่ระบุ"
    return [recurring(f"FREQ=WEEKLY;BYDAY={listed}", why, case, time=words.time_in(found))]


def _weekday_of_month(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """วันศุกร์สุดท้ายของเดือน, วันจันทร์ที่ 2 ของทุกเดือน."""
    weekday = weekday_number(found["weekday"])
    place = {"แรก": 1, "สุดท้าย": -1}.get(found["end"]) or int(found["n"])
    if weekday is None or place > 5:
        return []
    rule = f"FREQ=MONTHLY;BYDAY={place}{_DAYS[weekday]}"
    return [recurring(rule, "ทุกเดือนตามวันในสัปดาห์ที่ระบุ", case, time=words.time_in(found))]


def _every_so_many(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    count, unit = number(found["n"]), found["unit"]
    if not 1 <= count <= 3660:
        return []
    if unit.startswith("วันท"):
        why = f"ทุก {count} วันทำการ ซึ่งต้องดูวันหยุดจากปฏิทิน"
        rule = f"FREQ=DAILY;INTERVAL={count};BYDAY={_OFFICE_DAYS}"
        return [settled("recurring", [reading(None, None, why)], rule=f"RRULE:{rule}")]
    interval = f";INTERVAL={count}" if count > 1 else ""
    return [recurring(f"FREQ={_UNIT_WORD[unit]}{interval}", f"ทุก {count} {unit}", case)]


_EACH = {
    "วันทำการ": (f"FREQ=WEEKLY;BYDAY={_OFFICE_DAYS}", "ทุกวันทำการ"),
    "วัน": ("FREQ=DAILY", "ทุกวัน"),
    "สัปดาห์": ("FREQ=WEEKLY", "ทุกสัปดาห์"),
    "อาทิตย์": ("FREQ=WEEKLY", "ทุกสัปดาห์"),
    "เดือน": ("FREQ=MONTHLY", "ทุกเดือน"),
    "ไตรมาส": (QUARTERLY, "ทุกไตรมาส นับถึงวันสิ้นไตรมาส"),
    "ปี": ("FREQ=YEARLY", "ทุกปี"),
    "ปีงบประมาณ": ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30", "ทุกปีงบประมาณ นับถึงวันสิ้นปีงบประมาณ"),
}


def _each(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """ทุกเดือน, รายไตรมาส, ทุกวันไม่เว้นวันหยุดราชการ: only where something is asked."""
    unit = "วันทำการ" if found["unit"].startswith("วันท") else found["unit"]
    if found.group().startswith("ราย") and _PAID.search(
        words.plain, max(found.start() - 60, 0), found.start()
    ):
        return []
    if _ASKS.search(words.plain, max(found.start() - 60, 0), found.end()) is None:
        return []
    rule, why = _EACH[unit]
    if "ไม่เว้น" in found.group():
        why = "ทุกวัน ไม่เว้นวันหยุดราชการ"
    return [recurring(rule, why, case, time=words.time_in(found))]


def _so_many_times(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """เดือนละ 1 ครั้ง, ปีละ 4 ครั้ง, 4 ครั้ง/ปี (ธ.ค. มี.ค. มิ.ย. ก.ย.)."""
    times, unit = number(found["n"]), found["unit"]
    months = sorted({month.month for month in words.months_in(found)})
    by_month = ",".join(str(month) for month in months)
    said = found.group()
    if months and unit.startswith("ปี"):
        why = f"ปีละ {len(months)} ครั้ง ภายในวันสิ้นเดือนที่ระบุ"
        return [recurring(f"FREQ=YEARLY;BYMONTH={by_month};BYMONTHDAY=-1", why, case)]
    if unit == "ไตรมาส" or "ไตรมาสละ" in said or (unit.startswith("ปี") and times == 4):
        return [recurring(QUARTERLY, "ไตรมาสละครั้ง นับถึงวันสิ้นไตรมาส", case)]
    if unit.startswith("ปี") and times in (2, 3, 6, 12):
        gap = 12 // times
        rule = "FREQ=MONTHLY" + (f";INTERVAL={gap}" if gap > 1 else "")
        return [recurring(rule, f"ปีละ {times} ครั้ง ห่างกันครั้งละ {gap} เดือน", case)]
    if unit == "เดือน" and times == 2:
        why = "เดือนละ 2 ครั้ง หนังสือไม่ได้กำหนดวัน ถือกลางเดือนและสิ้นเดือนไว้ก่อน"
        return [recurring("FREQ=MONTHLY;BYMONTHDAY=15,-1", why, case)]
    rule, _ = _EACH[unit]
    return [recurring(rule, f"{unit}ละ {times} ครั้ง", case)]


_PER = r"(?P<unit>ปีงบประมาณ|วัน|สัปดาห์|อาทิตย์|เดือน|ไตรมาส|ปี)"
_MONTHS = rf"{G}\({G}{M}(?:[\s,]{{0,9}}(?:และ)?\s?{M}){{0,11}}{G}\)"

PATTERNS: tuple[Pattern, ...] = (
    pattern(
        rf"(?P<every>(?:(?:เป็นประจำ)?{_EVERY}\s?เดือน|เดือนละ{G}{NUMBER}{G}ครั้ง|เป็นรายเดือน){G}(?:โดย{G})?(?={LEAD}|ก่อน|ใน)"
        rf"|{_EVERY}\s?(?=วันที่))?(?:{LEAD}|ก่อน{G}|ใน)?วันที่{G}(?P<days>{_LIST})(?!\s?[/\d])(?:{G}{T})?{G}{_OF_MONTH}?",
        _days_of_every_month,
    ),
    pattern(
        rf"(?:{LEAD}|ก่อน{G})?(?:{_EVERY}\s?(?:วัน)?สิ้นเดือน|(?:วัน)?(?:สิ้นเดือน|สุดท้าย){G}ของ{G}(?:{_EVERY}\s?|แต่ละ)เดือน)",
        _ends_of_months,
    ),
    pattern(
        rf"(?:{LEAD})?(?:(?P<n>{NUMBER}){G})?วันท{AM}การ(?P<end>แรก|สุดท้าย)?{G}ของ{G}(?:{_EVERY}\s?|แต่ละ)?เดือน(?:ถัดไป)?(?!\ue003)",
        _office_day_of_month,
    ),
    pattern(
        rf"{_EVERY}\s?(?P<weekdays>วัน{WEEKDAY_PATTERN}(?:{G}(?:,|และ|ถึง|-|–){G}(?:วัน)?{WEEKDAY_PATTERN}){{0,6}})(?!\s?ที่\s?\d)"
        rf"(?:{G}(?:ของ(?:ทุก)?สัปดาห์{G})?{T})?",
        _weekly,
    ),
    pattern(
        rf"(?:{LEAD}|{_EVERY}\s?)?วัน(?P<weekday>{WEEKDAY_PATTERN})(?:{G}ที่{G}(?P<n>[1-5])|(?P<end>แรก|สุดท้าย)){G}ของ{G}"
        rf"(?:{_EVERY}\s?|แต่ละ)?เดือน(?!\ue003|นี้|หน้า)(?:{G}{T})?",
        _weekday_of_month,
    ),
    pattern(
        rf"(?:{LEAD})?(?P<weekdays>วัน{WEEKDAY_PATTERN}){G}(?:ของ)?{G}(?:{_EVERY}\s?|แต่ละ)สัปดาห์(?:{G}{T})?",
        _weekly,
    ),
    pattern(
        rf"(?:เป็นประจำ)?{_EVERY}{G}(?:รอบ|ระยะ(?:เวลา)?)?{G}(?P<n>{NUMBER}){G}(?P<unit>วันท{AM}การ|วัน|สัปดาห์|เดือน|ปี)",
        _every_so_many,
    ),
    pattern(
        rf"(?:เป็นประจำ)?(?:{_EVERY}\s?|เป็นราย|ราย(?=(?:เดือน|ไตรมาส|สัปดาห์)))(?P<unit>วันท{AM}การ|วัน(?!ที่|นี้|{WEEKDAY_PATTERN}|หยุด)|สัปดาห์|เดือน"
        rf"|ไตรมาส|ปีงบประมาณ|ปี)(?!ละ)(?:{G}(?:โดย)?ไม่เว้น(?:วัน)?หยุดราชการ)?(?:{G}{T})?",
        _each,
    ),
    pattern(
        rf"(?:อย่างน้อย{G})?{_PER}ละ{G}(?:ไม่น้อยกว่า{G})?(?P<n>{NUMBER}){G}ครั้ง"
        rf"(?:{G}(?:ภาย)?ใน{G}{M}(?:{G}ของ{G}{_EVERY}\s?ปี)?)?(?:{_MONTHS}|{G}\(ไตรมาสละ[^()\n]{{0,30}}\))?",
        _so_many_times,
    ),
    pattern(rf"(?P<n>{NUMBER}){G}ครั้ง{G}(?:/|ต่อ){G}{_PER}(?:{_MONTHS})?", _so_many_times),
)
