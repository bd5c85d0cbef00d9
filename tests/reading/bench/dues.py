"""Deadlines in the wordings of offices, each with what a careful clerk would make of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.reading.bench.words import (
    MONTHS,
    WEEKDAYS,
    long_day,
    short_day,
    working_day,
    written,
)
from thamthan.thai.calendars import thai_calendar
from thamthan.thai.dates import month_end
from thamthan.thai.digits import number_in_words

Wanted = dict[str, Any]
Due = tuple[str, Wanted]


@dataclass
class Moment:
    """When a letter was written and, where its stamp says so, received."""

    chance: Random
    day: date
    received: date | None
    thai: bool

    def told(self, number: object) -> str:
        return written(number, thai=self.thai)

    def later(self, least: int = 6, most: int = 40) -> date:
        return working_day(self.day + timedelta(days=self.chance.randint(least, most)))


def _on(phrase: str, *days: date, **more: Any) -> Due:
    """Due on one of these days: where there are several, each is an honest reading."""
    return phrase, {
        "phrase": phrase,
        "date_iso_or_rule": " or ".join(day.isoformat() for day in days),
        **more,
    }


def _loose(phrase: str, what: str, **more: Any) -> Due:
    return phrase, {"phrase": phrase, "date_iso_or_rule": what, **more}


def fixed(at: Moment) -> Due:
    day = at.later()
    full = long_day(day, thai=at.thai)
    number = at.told(day.day)
    return _on(
        at.chance.choice(
            [
                f"ภายในวันที่ {full}",
                f"ภายในวันที่ {full}",
                f"ภายในวันที่ {long_day(day, thai=at.thai, era=True)}",
                f"ภายในวันที่ {number} เดือน{MONTHS[day.month - 1]} พ.ศ. {at.told(day.year + 543)}",
                f"อย่างช้าไม่เกินวันที่ {full}",
                f"ไม่เกินวันที่ {full}",
                f"ให้แล้วเสร็จภายในวันที่ {full}",
            ]
        ),
        day,
    )


def fixed_short(at: Moment) -> Due:
    day = at.later()
    short = short_day(day, thai=at.thai)
    return _on(
        at.chance.choice(
            [
                f"ภายในวันที่ {short}",
                f"ภายใน {short_day(day, thai=at.thai, four=True)}",
                f"ภายในวันที่ {at.told(f'{day.day}/{day.month}/{day.year + 543}')}",
            ]
        ),
        day,
    )


def without_year(at: Moment) -> Due:
    day = at.later(6, 30)
    name = MONTHS[day.month - 1]
    return _on(f"ภายในวันที่ {at.told(day.day)} {name} {at.chance.choice(['นี้', 'ศกนี้'])}", day)


def with_weekday(at: Moment) -> Due:
    day = at.later()
    return _on(f"ภายในวัน{WEEKDAYS[day.weekday()]}ที่ {long_day(day, thai=at.thai)}", day)


def with_hour(at: Moment) -> Due:
    day, full = at.later(), ""
    full = long_day(day, thai=at.thai)
    hour, minute = at.chance.choice([("12", "00"), ("16", "30"), ("15", "00"), ("09", "30")])
    dot = at.told(f"{hour}{at.chance.choice('..:')}{minute}")
    phrase = at.chance.choice(
        [f"ภายในวันที่ {full} เวลา {dot} น.", f"ภายในวันที่ {full} ก่อนเวลา {dot} น."]
    )
    return _on(phrase, day, time=f"{hour}:{minute}")


def before(at: Moment) -> Due:
    day = at.later()
    return _on(f"ก่อนวันที่ {long_day(day, thai=at.thai)}", day - timedelta(days=1), day)


def in_month(at: Moment) -> Due:
    day = at.later(20, 70)
    last = month_end(day.year, day.month)
    name, year = MONTHS[day.month - 1], at.told(day.year + 543)
    return _on(
        at.chance.choice(
            [
                f"ภายในเดือน{name} {year}",
                f"ภายในสิ้นเดือน{name} {year}",
                f"ภายในเดือน {name} พ.ศ. {year}",
            ]
        ),
        last,
    )


def week_of_month(at: Moment) -> Due:
    day = at.later(20, 50)
    week = at.chance.randint(2, 4)
    name, year = MONTHS[day.month - 1], at.told(day.year + 543)
    return _on(
        f"ภายในสัปดาห์ที่ {at.told(week)} ของเดือน{name} {at.chance.choice(['', 'พ.ศ. '])}{year}",
        date(day.year, day.month, 7 * week),
    )


def every_month(at: Moment) -> Due:
    number = at.chance.choice([3, 5, 7, 10, 15, 20, 25])
    told = at.told(number)
    phrase = at.chance.choice(
        [
            f"ภายในวันที่ {told} ของทุกเดือน",
            f"ทุกวันที่ {told} ของเดือน",
            f"เป็นประจำทุกเดือน ภายในวันที่ {told}",
            f"อย่างช้าไม่เกินวันที่ {told} ของเดือนถัดไป",
        ]
    )
    return _loose(phrase, f"RRULE:FREQ=MONTHLY;BYMONTHDAY={number}")


def every_so_often(at: Moment) -> Due:
    phrase, rule = at.chance.choice(
        [
            ("ทุกวันศุกร์", "FREQ=WEEKLY;BYDAY=FR"),
            ("ทุกวันจันทร์ของสัปดาห์", "FREQ=WEEKLY;BYDAY=MO"),
            (f"ทุก {at.told(3)} เดือน", "FREQ=MONTHLY;INTERVAL=3"),
            (f"ภายในวันที่ {at.told(30)} ของทุกเดือน", "FREQ=MONTHLY;BYMONTHDAY=30,-1;BYSETPOS=1"),
            ("ทุกวันไม่เว้นวันหยุดราชการ", "FREQ=DAILY"),
            ("ภายในวันสิ้นเดือนของทุกเดือน", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            (f"เดือนละ {at.told(1)} ครั้ง", "FREQ=MONTHLY"),
        ]
    )
    return _loose(phrase, f"RRULE:{rule}")


def in_quarter(at: Moment) -> Due:
    day = at.day + timedelta(days=60)
    fiscal = day.year + (day.month > 9)
    quarter = (day.month - 10) % 12 // 3 + 1
    last_month = (9 + 3 * quarter - 1) % 12 + 1
    last = month_end(fiscal - (last_month > 9), last_month)
    year = at.told(fiscal + 543)
    return _on(f"ภายในไตรมาสที่ {at.told(quarter)} ของปีงบประมาณ พ.ศ. {year}", last)


def in_fiscal_year(at: Moment) -> Due:
    year = at.day.year + (at.day.month > 9)
    return _on(f"ภายในปีงบประมาณ พ.ศ. {at.told(year + 543)}", date(year, 9, 30))


def after_period(at: Moment) -> Due:
    amount = at.chance.choice([15, 30])
    month = -(-at.day.month // 3) * 3
    last = month_end(at.day.year, month)
    ends = (last + timedelta(days=amount), last + timedelta(days=amount - 1))
    return _on(f"ภายใน {at.told(amount)} วันนับถัดจากวันสิ้นไตรมาส", *ends[:1])


def after_receipt(at: Moment) -> Due:
    amount = at.chance.choice([5, 7, 10, 15, 30])
    how_many = number_in_words(amount) if at.chance.random() < 0.3 else f" {at.told(amount)} "
    start = at.chance.choice(["นับแต่", "นับจาก", "นับตั้งแต่", "นับถัดจาก"])
    what = at.chance.choice(["หนังสือฉบับนี้", "หนังสือนี้", "หนังสือ", "หนังสือแจ้ง"])
    phrase = f"ภายใน{how_many}วัน{at.chance.choice(['', ' '])}{start}วันที่ได้รับ{what}"
    more = {"amount": amount, "unit": "day", "after": "receipt"}
    if at.received is None:
        return _loose(phrase, f"relative: {amount} days after receipt", **more)
    ends = [at.received + timedelta(days=amount)]
    if start != "นับถัดจาก":
        ends.append(at.received + timedelta(days=amount - 1))
    return _on(phrase, *ends, **more)


def working_days_after_receipt(at: Moment) -> Due:
    amount = at.chance.choice([3, 5, 7, 15])
    told = at.told(amount)
    phrase = at.chance.choice(
        [
            f"ภายใน {told} วันทำการ นับถัดจากวันที่ได้รับหนังสือ",
            f"ภายใน {told} วันทำการหลังจากได้รับหนังสือฉบับนี้",
        ]
    )
    more = {"amount": amount, "unit": "day", "after": "receipt", "working_days": True}
    if at.received is None:
        return _loose(phrase, f"relative: {amount} working days after receipt", **more)
    calendar = thai_calendar(at.received.year, at.received.year + 1)
    return _on(phrase, calendar.add_working_days(at.received, amount), **more)


def after_event(at: Moment) -> Due:
    amount = at.chance.choice([5, 15, 30])
    event = at.chance.choice(
        ["วันลงนามในสัญญา", "วันที่ได้รับเงินอุดหนุนงวดสุดท้าย", "วันที่โครงการแล้วเสร็จ", "วันที่สภาท้องถิ่นให้ความเห็นชอบ"]
    )
    phrase = f"ภายใน {at.told(amount)} วัน นับถัดจาก{event}"
    return _loose(phrase, f"relative: {amount} days after an event", amount=amount, unit="day")


def window(at: Moment) -> Due:
    first = at.later(8, 25)
    last = working_day(first + timedelta(days=at.chance.randint(10, 30)))
    told = [long_day(day, thai=at.thai) for day in (first, last)]
    phrase = at.chance.choice(
        [
            f"ระหว่างวันที่ {told[0]} ถึงวันที่ {told[1]}",
            f"ตั้งแต่วันที่ {told[0]} ถึง {told[1]}",
            f"ตั้งแต่บัดนี้จนถึงวันที่ {told[1]}",
            f"ภายในวันที่ {told[0]} – {told[1]}",
        ]
    )
    return _on(phrase, last)


def at_once(at: Moment) -> Due:
    phrase = at.chance.choice(["โดยด่วน", "โดยเร็ว", "ในทันที", "ในทันทีที่ได้รับหนังสือ", "ในโอกาสแรก"])
    return _loose(phrase, "urgent (no date)")


def undated(at: Moment) -> Due:
    phrase = at.chance.choice(["ภายในระยะเวลาที่กำหนด", "ตามระยะเวลาที่กำหนด", "ภายในกำหนดเวลาดังกล่าว"])
    return _loose(phrase, "undated")


def months_from_unsaid(at: Moment) -> Due:
    amount = at.chance.choice([2, 3, 6])
    phrase = f"ให้แล้วเสร็จภายใน {at.told(amount)} เดือน"
    return _loose(phrase, "relative: start unsaid", amount=amount, unit="month")


EVERY_WAY: tuple[Callable[[Moment], Due], ...] = (
    fixed, fixed_short, with_weekday, with_hour, after_receipt, in_month, every_month, window,
    fixed, without_year, week_of_month, working_days_after_receipt, at_once, before, in_quarter,
    every_so_often, fixed, after_event, undated, after_period, in_fiscal_year, months_from_unsaid,
)  # fmt: skip
