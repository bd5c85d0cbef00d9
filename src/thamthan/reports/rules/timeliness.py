"""Figures of the reporting itself: how complete, how timely, how long it took, what it cost.

The hours are no measured labour: nobody's clock is watched. They are the minutes that an answer of
its kind is reckoned to take, typed or looked over, times the answers that were sent.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from thamthan.reports.rules.burden import shipped_minutes
from thamthan.reports.rules.states import QuestionKind


def minutes_spent(typed: Iterable[str], looked_over: Iterable[str]) -> tuple[int, int]:
    """ภาระของรายงานหนึ่งฉบับ: how many answers were typed, and the minutes reckoned for it all.

    By the kinds of the answers, at the rates by which a form's burden is told beforehand: what a
    person typed, what the system filled in and a person looked over, and sending it.
    """
    rule, known = shipped_minutes(), list(typed)
    minutes = rule.report + sum(rule.typed[QuestionKind(kind)] for kind in known)
    return len(known), minutes + sum(rule.known[QuestionKind(kind)] for kind in looked_over)


@dataclass(frozen=True, slots=True)
class Timely:
    """ตัวเลขของการรายงาน of some houses; what is owed is on time, late, sent back, or not sent.

    `overdue` of those not sent are past their day. `days` counts reports by the days that passed
    from the matter's (or the round's) coming to the first sending.
    """

    on_time: int = 0
    late: int = 0
    sent_back: int = 0
    overdue: int = 0
    not_due: int = 0
    nil: int = 0
    returns: int = 0
    typed: int = 0
    minutes: int = 0
    days: Counter[int] = field(default_factory=Counter)

    def __add__(self, other: "Timely") -> "Timely":
        return Timely(
            self.on_time + other.on_time,
            self.late + other.late,
            self.sent_back + other.sent_back,
            self.overdue + other.overdue,
            self.not_due + other.not_due,
            self.nil + other.nil,
            self.returns + other.returns,
            self.typed + other.typed,
            self.minutes + other.minutes,
            self.days + other.days,
        )

    @property
    def owed(self) -> int:
        return self.on_time + self.late + self.sent_back + self.overdue + self.not_due

    @property
    def came(self) -> int:
        return self.on_time + self.late

    @property
    def missing(self) -> int:
        return self.overdue + self.not_due

    @property
    def quartiles(self) -> tuple[int, int, int] | None:
        """วันที่ใช้: a quarter took so many or fewer, half, three quarters; none where none came."""
        return quartiles_of_days(self.days)

    @property
    def hours_tenth(self) -> int:
        """ชั่วโมงภาระ in tenths, rounded half up."""
        return (self.minutes * 10 + 30) // 60


def quartiles_of_days(days: Counter[int]) -> tuple[int, int, int] | None:
    """ควอร์ไทล์ของวัน: each a number of days that somebody took (the nearest rank, the lower)."""
    last = days.total() - 1
    if last < 0:
        return None
    wanted = [last * part // 4 for part in (1, 2, 3)]
    found: list[int] = []
    passed = 0
    for day in sorted(days):
        passed += days[day]
        while len(found) < len(wanted) and wanted[len(found)] < passed:
            found.append(day)
    first, middle, third = found
    return first, middle, third
