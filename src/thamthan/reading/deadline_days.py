"""Deadlines that name their days: a day, several days, from one day to another, today."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from thamthan.reading.deadline_repeats import monthly_rule, recurring
from thamthan.reading.deadline_words import (
    LEAD,
    Case,
    D,
    G,
    M,
    Pattern,
    T,
    Words,
    later_by,
    pattern,
    reading,
    settled,
    year_of_month,
)
from thamthan.reading.model import Deadline, DeadlineReading
from thamthan.thai.dates import (
    WEEKDAY_PATTERN,
    WEEKDAYS,
    WrittenDate,
    format_date,
    month_end,
    weekday_number,
)

_ONE_DAY = timedelta(days=1)
_LIST = r"\d{1,2}(?:\s?(?:,|และ|หรือ)\s?\d{1,2}(?!\d)){0,5}"
_ON = rf"(?:ใน)?(?:วันที่|วัน)?{G}"
_TO = rf"{G}(?:-|–|—|ไปจนถึง|จนถึง|ถึง|และ){G}"

# What is asked for stands before a span of days that is a deadline; what happens, or what a report
# is about, before one that is not.
_CUE = re.compile(
    r"(?P<ask>ส่ง|รายงาน|ดำเนินการ|กรอก|บันทึก|ยื่น|สมัคร|ลงทะเบียน|แจ้ง|ตอบ|นำเข้า|แล้วเสร็จ|เปิดรับ|รับสมัคร|ยืนยัน|จองห้อง|ชำระ"
    r"|ยกเลิก|ได้(?=จนถึง|ตั้งแต่)|สำรวจ|โอนเงิน|เสนอขอ|ขยาย)"
    r"|(?P<event>ประชุม|อบรม|สัมมนา|วาระ|ดำรงตำแหน่ง|ช่วงระยะเวลา|ระยะเวลา|รอบ|ผลการ|ห้วง|มีผล|ไปราชการ|จัดงาน|จัดกิจกรรม"
    r"|จัดการ|ลาป่วย|ลากิจ|ลาพัก|จัดขึ้น|แข่งขัน|ตั้งครรภ์|เข้าร่วม|เดินทาง|ศึกษาดูงาน|จัดทำขึ้น|ประจำปี)"
)


_APPLY = re.compile(r"(?:เปิด)?รับสมัคร|ยื่น(?:ใบสมัคร|ซอง|ข้อเสนอ)|เสนอราคา")


def _asks_before(words: Words, at: int) -> bool | None:
    """Whether the nearest telling word before asks for something; None where there is none."""
    cues = list(_CUE.finditer(words.plain, max(at - 80, 0), at))
    if not cues or cues[-1].group() == "ประจำปี":
        # "จะรับสมัคร … ประจำปีงบประมาณ … ระหว่างวันที่": far before, but what the days are for.
        far = _APPLY.search(words.plain, max(at - 260, 0), at)
        return True if far else cues[-1]["ask"] is not None if cues else None
    return cues[-1]["ask"] is not None if cues else None


def days_of(written: WrittenDate, case: Case, *, chased: bool) -> list[DeadlineReading]:
    """The day, or for one without a year every year that a clerk would think of."""
    if written.value is None:
        return [reading(None, None, written.problem or "อ่านวันที่ไม่ได้")]
    if written.year_written != "none":
        why = written.problem or "หนังสือเขียนวัน เดือน และปีไว้ครบ"
        return [reading(None, written.value, why)]
    day = written.value
    found = [reading(None, day, f"หนังสือไม่ได้เขียนปี ถือเป็น {format_date(day)} ตามวันที่ในหนังสือ")]
    if case.dated_on is None:
        return found
    try:
        before = day.replace(year=day.year - 1)
    except ValueError:
        return found
    if 0 < (case.dated_on - before).days <= 95 and day > case.dated_on:
        passed = f"หนังสือไม่ได้เขียนปี อาจเป็น {format_date(before)} ซึ่งผ่านไปแล้วในวันที่ลงหนังสือ"
        found.insert(0 if chased else 1, reading(None, before, passed))
    return found


_CHASED = re.compile(r"ล่วงเลย|พ้นกำหนด|เลยกำหนด|เกินกำหนด|ครบกำหนดแล้ว|ยังไม่ได้(?:รับ|ส่ง|รายงาน)")


def _is_chased(found: re.Match[str], words: Words) -> bool:
    return _CHASED.search(words.plain, found.end(), found.end() + 200) is not None


def _one_day(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    written = words.dates_in(found)[0]
    readings = days_of(written, case, chased=_is_chased(found, words))
    return [settled("date", readings, time=words.time_in(found))]


def _by_an_hour(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """ภายในเวลา 16.30 น. ของวันที่ …; an hour without ภายใน or ก่อน is that of a meeting."""
    by = words.plain.startswith(("ก่อน", "ภายใน", "ไม่เกิน"), found.start())
    return _one_day(found, words, case) if by else []


def _every_year(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    written = words.dates_in(found)[0]
    rule = f"FREQ=YEARLY;BYMONTH={written.month};BYMONTHDAY={written.day}"
    return [recurring(rule, f"ทุกปี ภายในวันที่ {written.text}", case)]


def _before_a_day(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    readings = []
    for one in days_of(words.dates_in(found)[0], case, chased=_is_chased(found, words)):
        if one.closes is None:
            readings.append(one)
            continue
        eve = one.closes - _ONE_DAY
        readings.append(
            reading(None, eve, f"“ก่อน” ไม่รวมวันที่ที่เขียนไว้ วันสุดท้ายจึงเป็น {format_date(eve)}")
        )
        readings.append(reading(None, one.closes, "บางหน่วยงานใช้ “ก่อน” โดยรวมวันที่ที่เขียนไว้ด้วย"))
    return [settled("date", readings, time=words.time_in(found))]


def _listed_days(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """วันที่ 5 เมษายน และ 5 กรกฎาคม 2569: one deadline for each, with the year of the last."""
    dates = words.dates_in(found)
    year = dates[-1].year
    deadlines = []
    for one in dates:
        if one.year_written == "none" and year is not None and one.day and one.month:
            deadlines.append(_day_of_list(one.day, one.month, year))
        else:
            deadlines.append(settled("date", days_of(one, case, chased=False)))
    return deadlines


def _several_days(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """วันที่ 18 และ 26 มีนาคม: one deadline for each day."""
    last = words.dates_in(found)[0]
    if last.year is None or last.month is None:
        return []
    days = [int(day) for day in re.findall(r"\d+", found["days"])]
    return [_day_of_list(day, last.month, last.year) for day in (*days, last.day or 0)]


def _days_of_month(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """วันที่ 18 และ 26 (เดือนมีนาคม), or วันที่ 15 ของเดือนมีนาคม 2569."""
    month = words.months_in(found)[0]
    days = [int(day) for day in re.findall(r"\d+", found["days"])]
    if not all(1 <= day <= 31 for day in days):
        return []
    if month.year is None and len(days) > 1:
        listed = ",".join(str(day) for day in days)
        rule = f"FREQ=YEARLY;BYMONTH={month.month};BYMONTHDAY={listed}"
        return [recurring(rule, f"ส่งในเดือนที่ระบุ {len(days)} ครั้ง", case)]
    year = year_of_month(month, case.near)
    return [] if year is None else [_day_of_list(day, month.month, year) for day in days]


def _day_of_list(day: int, month: int, year: int) -> Deadline:
    try:
        closes = date(year, month, day)
    except ValueError:
        return settled("date", [reading(None, None, f"เดือนที่ระบุไม่มีวันที่ {day}")])
    return settled("date", [reading(None, closes, f"หนังสือระบุวันที่ {format_date(closes)}")])


def _span_of_days(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """ตั้งแต่วันที่ … ถึงวันที่ …: a window; what merely happens in it is passed over."""
    groups = found.groupdict()
    if groups.get("cued"):
        asked = _asks_before(words, found.start())
        if asked is False or (asked is None and "จนถึง" not in found.group()):
            return []
    *first, last = words.dates_in(found)
    closes = last.value
    if closes is None:
        return [settled("window", [reading(None, None, last.problem or "อ่านวันที่ไม่ได้")])]
    opens: date | None = None
    if first:
        opens, closes = _in_order(first[0], last, closes)
    elif groups.get("day"):
        opens = _same_month(int(found["day"]), closes)
    elif groups.get("now"):
        opens = case.dated_on
    why = "หนังสือระบุวันเริ่มและวันสุดท้ายไว้" if opens else "หนังสือระบุวันสุดท้ายไว้"
    if last.year_written == "none":
        why += f" โดยไม่ได้เขียนปี ถือเป็น {format_date(closes)}"
    return [settled("window", [reading(opens, closes, why)], time=words.time_in(found))]


def _in_order(first: WrittenDate, last: WrittenDate, closes: date) -> tuple[date | None, date]:
    """A year left out at one end is the one that makes the window the shortest."""
    opens, known = first.value, closes
    if first.year_written == "none" and first.month and first.day:
        for year in (closes.year, closes.year - 1):
            try:
                opens = date(year, first.month, first.day)
            except ValueError:
                continue
            if opens <= closes:
                return opens, closes
    elif last.year_written == "none" and opens is not None:
        for year in (opens.year, opens.year + 1):
            try:
                closes = known.replace(year=year)
            except ValueError:
                continue
            if opens <= closes:
                return opens, closes
    return opens, closes


def _same_month(day: int, closes: date) -> date | None:
    return closes.replace(day=day) if 1 <= day <= closes.day else None


def _until(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """จนถึงวันที่ …, unless it says how long something holds."""
    return [] if _asks_before(words, found.start()) is False else _one_day(found, words, case)


def _this_day(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    ahead = {"นี้": 0, "พรุ่งนี้": 1, "มะรืนนี้": 2}[found["soon"]]
    readings = [
        reading(None, later_by(start, ahead), why)
        for start, why in (
            (case.dated_on, "นับจากวันที่ลงหนังสือ"),
            (case.arrived, "นับจากวันที่ได้รับหนังสือ"),
        )
        if start is not None
    ]
    why = "หนังสือไม่ได้บอกวัน และยังไม่ทราบวันที่ลงหนังสือ"
    return [settled("date", readings or [reading(None, None, why)], time=words.time_in(found))]


def _next_weekday(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    weekday = weekday_number(found["weekday"])
    if weekday is None:
        return []
    name = WEEKDAYS[weekday]
    if case.dated_on is None:
        return [settled("date", [reading(None, None, f"{name}ใดขึ้นกับวันที่ลงหนังสือ ซึ่งยังไม่ทราบ")])]
    nearest = later_by(case.dated_on, (weekday - case.dated_on.weekday()) % 7)
    if nearest is None:
        return []
    after = later_by(nearest, 7)
    near = reading(None, nearest, f"{name}แรกนับจากวันที่ลงหนังสือ")
    further = reading(None, after, f"{name}ของสัปดาห์ถัดไป")
    next_week = found["which"] == "หน้า"
    readings = [further, near] if next_week else [near, further]
    return [settled("date", readings, time=words.time_in(found))]


def _arrival(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """ด่วนภายใน …: when the letter must arrive, and no deadline for what it asks."""
    written = next(iter(words.dates_in(found)), None)
    why = "“ด่วนภายใน” เป็นเวลาที่หนังสือต้องถึงผู้รับ ไม่ใช่กำหนดส่งงาน"
    closes = written.value if written else None
    return [settled("urgent", [reading(None, closes, why)], time=words.time_in(found))]


def _hour_only(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    if not words.plain.startswith(("ก่อน", "ภายใน", "ไม่เกิน"), found.start()):
        return []
    why = "หนังสือบอกเวลาแต่ไม่ได้บอกวัน"
    return [settled("undated", [reading(None, None, why)], time=words.time_in(found))]


def _day_of_this_month(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """วันที่ 15 ของเดือนนี้, or of the next."""
    if case.dated_on is None:
        return [settled("date", [reading(None, None, "เดือนใดขึ้นกับวันที่ลงหนังสือ ซึ่งยังไม่ทราบ")])]
    month = case.dated_on.replace(day=1)
    if found["which"] != "นี้":
        month = month_end(month.year, month.month) + _ONE_DAY
    return [_day_of_list(int(found["day"]), month.month, month.year)]


def _from_the_month(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """ภายในวันที่ 15 หรือก่อนวันสิ้นเดือน: every month, in one of two ways."""
    first = recurring(monthly_rule([int(found["day"])]), f"ทุกเดือน ภายในวันที่ {found['day']}", case)
    last = recurring("FREQ=MONTHLY;BYMONTHDAY=-1", "หรือภายในวันสิ้นเดือน", case)
    readings = (*first.readings, *last.readings)
    return [settled("recurring", readings, rule=first.rule, reason=first.reason)]


PATTERNS: tuple[Pattern, ...] = (
    pattern(rf"ด่วน\s?ภายใน{G}(?:วันที่)?{G}(?:{D})?(?:{G}{T})?", _arrival),
    pattern(
        rf"<L>{_ON}(?:{D}|(?P<day>\d{{1,2}})){G}(?:-|–|—|จนถึง|ถึง){G}(?:วันที่)?{G}{D}(?:{G}{T})?",
        _span_of_days,
        lead=LEAD,
    ),
    pattern(
        rf"<L>{G}(?:วันที่)?{G}(?:{D}|(?P<day>\d{{1,2}})){_TO}(?:วันที่)?{G}{D}(?:{G}{T})?",
        _span_of_days,
        lead=r"(?P<cued>ตั้งแต่|ระหว่าง|ใน(?:ระหว่าง|ช่วง|ห้วง))",
    ),
    pattern(
        rf"ตั้งแต่(?:วัน)?(?P<now>บัดนี้|นี้)(?:เป็นต้นไป)?{_TO}(?:วันที่)?{G}{D}(?:{G}{T})?",
        _span_of_days,
    ),
    pattern(
        rf"(?:วัน)?เริ่ม(?:ต้น|ดำเนินการ)?{G}(?:วันที่)?{G}{D}[^\n]{{0,20}}?(?:กำหนด(?:แล้ว)?เสร็จ|สิ้นสุด){G}(?:วันที่)?{G}{D}",
        _span_of_days,
    ),
    pattern(rf"วันที่{G}(?P<day>\d{{1,2}})\s?[-–]\s?{D}{G}(?=ต้อง|ให้)", _span_of_days),
    pattern(rf"<L>{_ON}{D}(?:\s?นี้)?(?:{G},?{G}{T})?", _one_day, lead=LEAD),
    pattern(
        rf"<L>{_ON}{D}(?:{G}(?:,|และ(?:ภายใน)?){G}(?:วันที่)?{G}{D}){{1,11}}", _listed_days, lead=LEAD
    ),
    pattern(rf"<L>{_ON}{D}{G}(?:ของ)?{G}(?:ทุก|แต่ละ)\s?ปี", _every_year, lead=LEAD),
    pattern(rf"{T}{G}(?:ของ|ใน)?{G}(?:วันที่)?{G}{D}", _by_an_hour),
    pattern(rf"ก่อน{G}(?:ถึง{G})?(?:วันที่|วัน)?{G}{D}(?:{G},?{G}{T})?", _before_a_day),
    pattern(
        rf"(?:ส่ง(?!เสริม)|แล้วเสร็จ)(?:(?!ภายใน|ก่อน|อย่างช้า|ไม่เกิน|\n\s{{0,90}}\n)[^\d\ue000-\ue003]){{0,50}}?"
        rf"(?<!ลง)(?<!เมื่อ)(?<!ตั้งแต่)(?<!ระหว่าง)(?<!ประชุม)(?:ใน)?วันที่{G}{D}(?:{G},?{G}{T})?",
        _one_day,
    ),
    pattern(
        rf"(?:ยื่น(?:ซอง|ข้อเสนอ|ใบสมัคร|ใบเสนอราคา)|เสนอราคา)(?:(?!ภายใน|ก่อน|ตั้งแต่|ระหว่าง|\n\s{{0,90}}\n)[^\d\ue000-\ue003]){{0,90}}?"
        rf"ในวันที่{G}{D}(?:{G},?{G}{T})?",
        _one_day,
    ),
    pattern(rf"จนถึง{G}(?:วันที่)?{G}{D}(?:{G}{T})?", _until),
    pattern(rf"<L>{_ON}(?P<days>{_LIST})\s?(?:,|และ|หรือ)\s?{D}", _several_days, lead=LEAD),
    pattern(
        rf"<L>{_ON}(?P<days>{_LIST}){G}(?:ของ{G}{M}|\(\s?{M}[^()\n]{{0,20}}\))",
        _days_of_month,
        lead=LEAD,
    ),
    pattern(
        rf"<L>{_ON}(?P<day>\d{{1,2}}){G}(?:ของ)?{G}เดือน(?P<which>นี้|หน้า)",
        _day_of_this_month,
        lead=LEAD,
    ),
    pattern(
        rf"<L>วันที่{G}(?P<day>\d{{1,2}}){G}หรือ{G}(?:ภายใน|ก่อน)?{G}(?:วัน)?สิ้นเดือน",
        _from_the_month,
        lead=LEAD,
    ),
    pattern(
        rf"<L>(?:ใน)?วัน(?P<soon>นี้|พรุ่งนี้|มะรืนนี้)(?!{G}เป็นต้นไป)(?:{G},?{G}{T})?",
        _this_day,
        lead=LEAD,
    ),
    pattern(
        rf"<L>(?:ใน)?วัน(?P<weekday>{WEEKDAY_PATTERN}){G}(?P<which>นี้|หน้า|ที่จะถึง(?:นี้)?)(?:{G},?{G}{T})?",
        _next_weekday,
        lead=rf"(?:{LEAD}|ก่อน)",
    ),
    pattern(T, _hour_only),
    Pattern(None, re.compile(rf"{D}{_TO}(?:วันที่)?{G}{D}(?:{G}{T})?"), _span_of_days),
    Pattern(None, re.compile(rf"{D}(?:{G},?{G}{T})?"), _one_day),
)
