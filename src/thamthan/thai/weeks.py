"""Weeks of a month: no rule says how they are counted, so every honest counting is given."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from thamthan.thai.dates import month_end

WeekRule = Literal["sevens", "sunday", "monday_full", "monday_part"]

_COUNTINGS: dict[WeekRule, str] = {
    "sevens": "นับทุก 7 วันจากวันที่ 1",
    "sunday": "นับแถวในปฏิทินที่เริ่มวันอาทิตย์",
    "monday_full": "นับสัปดาห์เต็มที่เริ่มวันจันทร์",
    "monday_part": "นับสัปดาห์ที่เริ่มวันจันทร์ โดยเศษสัปดาห์ต้นเดือนเป็นสัปดาห์แรก",
}
_LAST: dict[WeekRule, str] = {
    "sevens": "นับ 7 วันสุดท้ายของเดือน",
    "sunday": "นับแถวสุดท้ายในปฏิทินที่เริ่มวันอาทิตย์",
    "monday_full": "นับสัปดาห์เต็มสุดท้ายที่เริ่มวันจันทร์",
    "monday_part": "นับสัปดาห์สุดท้ายที่เริ่มวันจันทร์ แม้ไม่เต็มสัปดาห์",
}


@dataclass(frozen=True, slots=True)
class WeekReading:
    """One window that the words can mean, with all the countings that lead to it."""

    opens: date
    closes: date
    rules: tuple[WeekRule, ...]
    reason: str

    @property
    def rule(self) -> WeekRule:
        return self.rules[0]


def week_of_month(year: int, month: int, week: int) -> list[WeekReading]:
    """สัปดาห์ที่ … ของเดือน: every honest window, those with the most countings behind them first.

    1. Days 1–7, 8–14, … .
    2. The rows of a Thai wall calendar, which begin on Sunday; the first row may be a part.
    3. Whole weeks from Monday, the first being the one that begins in the month.
    4. Weeks from Monday, with the part before the first Monday as the first.

    A week is cut at the ends of the month. A week that the month does not have gives no window.
    """
    weekday = date(year, month, 1).weekday()
    later = 7 * (week - 1)
    starts: dict[WeekRule, int] = {
        "sevens": 1 + later,
        "sunday": 1 - (weekday + 1) % 7 + later,
        "monday_full": 1 + -weekday % 7 + later,
        "monday_part": 1 - weekday + later,
    }
    return _merged(starts, _COUNTINGS, year=year, month=month) if week >= 1 else []


def last_week_of_month(year: int, month: int) -> list[WeekReading]:
    """สัปดาห์สุดท้ายของเดือน: every honest window, as in `week_of_month`."""
    last = month_end(year, month)
    monday = last.day - last.weekday()
    starts: dict[WeekRule, int] = {
        "sevens": last.day - 6,
        "sunday": last.day - (last.weekday() + 1) % 7,
        "monday_full": monday if last.weekday() == 6 else monday - 7,
        "monday_part": monday,
    }
    return _merged(starts, _LAST, year=year, month=month)


def _merged(
    starts: dict[WeekRule, int], countings: dict[WeekRule, str], *, year: int, month: int
) -> list[WeekReading]:
    """Cuts the weeks to the month, given the day of the month on which each would begin."""
    last = month_end(year, month).day
    windows: dict[tuple[date, date], list[WeekRule]] = {}
    for rule, start in starts.items():
        opens, closes = max(start, 1), min(start + 6, last)
        if opens <= closes:
            window = date(year, month, opens), date(year, month, closes)
            windows.setdefault(window, []).append(rule)
    readings = [
        WeekReading(
            opens=opens,
            closes=closes,
            rules=tuple(rules),
            reason=" และ".join(countings[rule] for rule in rules)
            + (" ได้ช่วงเดียวกัน" if len(rules) > 1 else ""),
        )
        for (opens, closes), rules in windows.items()
    ]
    return sorted(readings, key=lambda reading: -len(reading.rules))
