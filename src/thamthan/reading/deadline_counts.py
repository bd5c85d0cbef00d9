"""Deadlines counted from something: 7 days after receipt, 90 days after the fiscal year."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from thamthan.reading.deadline_words import (
    AM,
    LEAD,
    LEAD_OF_SPAN,
    NUMBER,
    Case,
    D,
    G,
    Pattern,
    Words,
    number,
    pattern,
    reading,
    settled,
)
from thamthan.reading.model import Deadline, DeadlineReading, DeadlineStart, DeadlineUnit
from thamthan.thai.dates import FiscalYear, add_months, format_date, month_end, quarter_of

_MOST = 3660

_UNIT = rf"(?P<unit>วันท{AM}การ|วัน(?!ที่)|สัปดาห์|อาทิตย์|เดือน|ปี(?!งบประมาณ\s?\d)|ชั่วโมง|ชม\.)"
_FROM = (
    r"(?P<from>(?:โดย)?(?:ให้)?(?:นับ(?:ต่อ|ถัด)จาก|นับ(?:ตั้ง)?แต่|นับจาก|หลังจาก|ภายหลังจาก|ภายหลัง|หลัง"
    r"|ถัดจาก|ตั้งแต่|จาก|แต่))"
)
_THIS = rf"(?:{G}(?:ฉบับ|แจ้ง)?นี้|ฯ)?"
_ON = rf"(?:วัน)?{G}(?:ที่)?{G}"
# Thai runs on without spaces: an event ends at a joining word, or at anything but letters.
_RUN = r"[ก-๎ฯ]{1,80}?(?=จึง|และ|เพื่อ|หาก|โดย|พร้อม|ทั้งนี้|มิฉะนั้น|ให้(?!ความ|การ)|[^ก-๎ฯ]|\Z)"
_EVENT = (
    rf"(?:(?P<receipt>{_ON}(?:ได้)?{G}รับ{G}(?:ทราบ)?{G}(?:หนังสือ|แจ้ง|เรื่อง|คำสั่ง|อีเมล์?|เอกสาร|จดหมาย|ทราบ|(?![ก-๎]))(?:แจ้ง|สั่งการ|ดังกล่าว)?{_THIS}"
    rf"(?:จาก[ก-๎]{{1,30}}?(?=และ|เพื่อ|[^ก-๎]|\Z))?)"
    rf"|(?P<letter>{_ON}(?:ลง|ออก)?(?:ใน|ของ)?หนังสือ(?:ฉบับ)?(?:นี้)?(?:ลงวันที่)?|{_ON}ลงวันที่ใน[ก-๎]{{0,20}}|(?:วัน|บัด)?นี้(?:เป็นต้นไป)?)"
    rf"|(?P<signing>{_ON}ลงนาม(?:{_RUN})?)"
    rf"|(?P<period>{_ON}(?:สิ้นสุด|สิ้น|ครบ){G}(?:ของ)?{G}(?P<which>ไตรมาส|ปีงบประมาณ|ปีปฏิทิน|ปี|เดือน|งวด|รอบ)(?:{_RUN})?)"
    rf"|(?P<day>(?:วันที่)?{G}{D})"
    rf"|(?P<event>{_RUN}|[ก-๎ฯ]{{1,80}}))"
)

_UNITS: dict[str, tuple[DeadlineUnit, str]] = {
    "วัน": ("day", "วัน"),
    "สัปดาห์": ("week", "สัปดาห์"),
    "อาทิตย์": ("week", "สัปดาห์"),
    "เดือน": ("month", "เดือน"),
    "ปี": ("year", "ปี"),
}
# มาตรา 193/3 ป.พ.พ. and มาตรา 64 พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539.
_FIRST_DAY_OUT = "ไม่นับวันแรกตามมาตรา 193/3 ป.พ.พ."


def end_of(
    start: date, amount: int, unit: DeadlineUnit, *, working: bool, first_counts: bool, case: Case
) -> date | None:
    """The last day of so many days, weeks, months or years; None where the calendar has none."""
    try:
        if working:
            calendar = case.working(start)
            early = first_counts and calendar.is_working_day(start)
            return calendar.add_working_days(start, max(amount - early, 0))
        if unit in ("day", "week"):
            end = start + timedelta(days=amount * (7 if unit == "week" else 1))
        else:
            end = add_months(start, amount * (12 if unit == "year" else 1))
        return end - timedelta(days=first_counts)
    except (ValueError, OverflowError):
        return None


def _relative(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """ภายใน N วัน นับแต่ …."""
    groups = found.groupdict()
    unit_said, since = groups["unit"], groups["from"]
    amount = number(groups["n"])
    if unit_said is None and since is None:
        return []
    lead = re.sub(r"\s", "", groups["lead"] or "")
    if lead.startswith("ไม่เกิน") and not since and not groups["following"]:
        return []
    if not 1 <= amount <= _MOST:
        return []
    if unit_said and unit_said.startswith("ช"):
        return [_hours(found, amount, case)]
    working = bool(unit_said) and unit_said.startswith("วันท")
    unit, name = _UNITS["วัน" if working or not unit_said else unit_said]
    after, starts = _starts(found, words, case)
    least = number(groups["least"]) if groups["least"] else None
    name = "วันทำการ" if working else name
    both = since is not None and re.search("ถัด|หลัง|ต่อ", since) is None and not groups["now"]
    readings: list[DeadlineReading] = []
    for start, why in starts:
        for count in (amount, least) if least else (amount,):
            for first_counts in (False, True) if both else (False,):
                closes = start and end_of(
                    start, count, unit, working=working, first_counts=first_counts, case=case
                )
                how = "นับวันแรกรวมด้วย" if first_counts else _FIRST_DAY_OUT if both else ""
                told = f"{count} {name}{why} {how}".strip()
                readings.append(reading(None, closes or None, told))
    return [
        settled("relative", readings, working_days=working, after=after, amount=amount, unit=unit)
    ]


_Starts = list[tuple[date | None, str]]


def _starts(found: re.Match[str], words: Words, case: Case) -> tuple[DeadlineStart | None, _Starts]:
    """From which event the days are counted, and the days on which it was, as far as known."""
    groups = found.groupdict()
    if groups["now"] or groups["letter"]:
        return "letter", [_start(case.dated_on, "จากวันที่ลงหนังสือ")]
    if groups["receipt"]:
        return "receipt", [_start(case.arrived, "จากวันที่ได้รับหนังสือ")]
    if groups["signing"]:
        return "signing", [(None, "จากวันลงนาม ซึ่งยังไม่ทราบวัน")]
    if groups["day"]:
        written = words.dates_in(found)[-1]
        return "event", [_start(written.value, "จากวันที่ที่ระบุ")]
    if groups["period"]:
        return "period_end", _period_ends(groups["which"] or "", case)
    if groups["event"]:
        return "event", [(None, f"จากเหตุที่ระบุ คือ{groups['event'].strip()} ซึ่งยังไม่ทราบวัน")]
    if groups["rounds"]:
        return "period_end", [(None, "จากวันสิ้นรอบ ซึ่งหนังสือไม่ได้บอกวัน")]
    starts: _Starts = [(None, " แต่หนังสือไม่ได้บอกว่าเริ่มนับจากวันใด")]
    if case.arrived is not None:
        starts.append(_start(case.arrived, "หากเริ่มนับจากวันที่ได้รับหนังสือ"))
    if case.dated_on is not None:
        starts.append(_start(case.dated_on, "หากเริ่มนับจากวันที่ลงหนังสือ"))
    return None, starts


def _start(day: date | None, words: str) -> tuple[date | None, str]:
    return day, f"{words} ({format_date(day, style='short')})" if day else f"{words} ซึ่งยังไม่ทราบ"


def _period_ends(which: str, case: Case) -> _Starts:
    """The end of the period now running, and of the one before: a letter may speak of either."""
    today = case.dated_on
    if today is None or which in ("งวด", "รอบ"):
        return [(None, f"จากวันสิ้น{which} ซึ่งยังไม่ทราบวัน")]
    if which == "เดือน":
        ends = [today.replace(day=1) - timedelta(days=1), month_end(today.year, today.month)]
    elif which == "ไตรมาส":
        first, last = FiscalYear.containing(today).quarter(quarter_of(today))
        ends = [first - timedelta(days=1), last]
    elif which == "ปีงบประมาณ":
        year = FiscalYear.containing(today)
        ends = [year.first_on - timedelta(days=1), year.last_on]
    else:
        ends = [date(today.year - 1, 12, 31), date(today.year, 12, 31)]
    return [_start(day, f"จากวันสิ้น{which}") for day in ends]


def _after_period(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """Of the periods a letter may mean, those whose deadline it has not outlived come first."""
    (deadline,) = _relative(found, words, case) or (None,)
    if deadline is None:
        return []
    if deadline.after != "period_end" or case.dated_on is None:
        return [deadline]
    day = case.dated_on
    order = sorted(deadline.readings, key=lambda one: one.closes is not None and one.closes < day)
    return [
        settled(
            deadline.kind,
            order,
            working_days=deadline.working_days,
            after=deadline.after,
            amount=deadline.amount,
            unit=deadline.unit,
        )
    ]


def _hours(found: re.Match[str], amount: int, case: Case) -> Deadline:
    """ชั่วโมง: whole days where they are, else the day on which the letter came."""
    start = case.arrived if found["receipt"] else case.dated_on if found["letter"] else None
    after: DeadlineStart | None = (
        "receipt" if found["receipt"] else "letter" if found["letter"] else None
    )
    if found["event"]:
        after = "event"
    days = amount // 24 if amount % 24 == 0 else None
    closes = start and end_of(
        start, amount // 24, "day", working=False, first_counts=False, case=case
    )
    why = f"{amount} ชั่วโมง" + ("" if start else " โดยยังไม่ทราบเวลาเริ่มนับ")
    return settled(
        "relative",
        [reading(None, closes or None, why)],
        after=after,
        amount=days,
        unit="day" if days else None,
    )


def _nth_week_after(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """สัปดาห์ที่ 3 นับแต่วันที่ …: a week counted from an event."""
    amount = number(found["n"])
    if not 1 <= amount <= 520:
        return []
    after, starts = _starts(found, words, case)
    start, why = starts[0]
    opens = closes = None
    if start is not None:
        opens = end_of(start, amount - 1, "week", working=False, first_counts=False, case=case)
        closes = end_of(start, amount, "week", working=False, first_counts=True, case=case)
    told = f"สัปดาห์ที่ {amount} นับ{why}"
    return [
        settled("relative", [reading(opens, closes, told)], after=after, amount=amount, unit="week")
    ]


def _extension(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """ขยายระยะเวลาออกไปอีก …: counted from the day that was due before."""
    amount, unit_said = number(found["n"]), found["unit"]
    if not 1 <= amount <= _MOST or unit_said.startswith("ช"):
        return []
    working = unit_said.startswith("วันท")
    unit, name = _UNITS["วัน" if working else unit_said]
    before = next(iter(words.dates_in(found)), None)
    start = before.value if before else None
    told = f"ขยายออกไปอีก {amount} {'วันทำการ' if working else name}จากกำหนดเดิม"
    readings = [
        reading(
            None,
            start
            and end_of(start, amount, unit, working=working, first_counts=first_counts, case=case),
            told + (" โดยนับวันครบกำหนดเดิมรวมด้วย" if first_counts else ""),
        )
        for first_counts in (False, True)
    ]
    return [
        settled("relative", readings, after="event", amount=amount, unit=unit, working_days=working)
    ]


def _extended_to(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    written = words.dates_in(found)[-1]
    return [settled("date", [reading(None, written.value, written.problem or "ขยายถึงวันที่ระบุ")])]


def _at_least(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    """เป็นเวลาไม่น้อยกว่า …: how long something stands, not when it is due."""
    amount, unit_said = number(found["n"]), found["unit"]
    if not 1 <= amount <= _MOST or unit_said.startswith("ช"):
        return []
    working = unit_said.startswith("วันท")
    unit, name = _UNITS["วัน" if working else unit_said]
    told = f"ต้องทำต่อเนื่อง {amount} {name} เริ่มเมื่อเกิดเหตุ ไม่ใช่กำหนดส่ง"
    return [
        settled(
            "relative",
            [reading(None, None, told)],
            after="event",
            amount=amount,
            unit=unit,
            working_days=working,
        )
    ]


_COUNT = (
    rf"(?:(?P<least>{NUMBER}){G}(?:-|–|ถึง|หรือ){G})?(?P<n>{NUMBER})(?:{G}{_UNIT})?(?!\s?(?:ที่ผ่านมา|แรก))"
    rf"(?P<now>นี้)?(?P<following>ถัดไป)?(?P<rounds>{G}\({G}รอบ[^()\n]{{0,60}}\))?(?:{G},?{G}{_FROM}{G}{_EVENT})?"
)
_LENGTH = rf"(?P<n>{NUMBER}){G}{_UNIT}"

PATTERNS: tuple[Pattern, ...] = (
    pattern(
        rf"<L>{G}(?:เวลา{G})?{_COUNT}",
        _after_period,
        lead=rf"(?P<lead>{LEAD_OF_SPAN})",
        bare=rf"(?P<lead>{LEAD_OF_SPAN}|)",
    ),
    pattern(
        rf"<L>(?:ใน)?สัปดาห์{G}(?:ที่)?{G}(?P<n>{NUMBER})(?P<now>)(?P<rounds>){G}{_FROM}{G}{_EVENT}",
        _nth_week_after,
        lead=LEAD,
    ),
    pattern(
        rf"ขยาย(?:ระยะ|กำหนด)?(?:เวลา)?[^\n\ue000]{{0,60}}?(?:ออกไป|อีก){G}(?:อีก)?{G}(?:เป็น(?:ระยะ)?เวลา)?{G}{_LENGTH}"
        rf"(?:[^\n\ue000]{{0,30}}?เดิม[^\n\ue000]{{0,30}}{D})?",
        _extension,
    ),
    pattern(
        rf"ขยาย(?:ระยะ|กำหนด)?เวลา[^\n\ue000]{{0,60}}?(?:ถึง|เป็น|ภายใน){G}(?:วันที่)?{G}{D}",
        _extended_to,
    ),
    Pattern(
        None,
        re.compile(
            rf"(?:เป็น(?:ระยะ)?เวลา{G}(?:ไม่น้อยกว่า|อย่างน้อย)?|ไม่น้อยกว่า|ปิด(?:ประกาศ)?[^\d\n]{{0,20}}){G}{_LENGTH}"
        ),
        _at_least,
    ),
)
