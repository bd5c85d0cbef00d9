"""The burden of a report: how long filling it in takes, before anybody is asked to."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from thamthan.reports.rules.states import Fill, QuestionKind

HOUR = 60


@dataclass(frozen=True, slots=True)
class Minutes:
    """นาทีต่อหนึ่งคำตอบ by its kind: where a person finds it out, and where it is only looked over.

    `report` is for opening, checking and sending one report, whatever it asks.
    """

    report: int
    typed: Mapping[QuestionKind, int]
    known: Mapping[QuestionKind, int]
    column: int
    source: str


@dataclass(frozen=True, slots=True)
class AskedOften:
    """คำถามหนึ่งข้อ and how many times one report asks it."""

    kind: QuestionKind
    fill: Fill
    times: int
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Burden:
    """ภาระของแบบ in minutes: of one office, and of all together.

    `most` is where nothing is known of an office, `least` where everything that the system can
    know is; `total` counts with the offices of which something is recorded. `answers` are asked
    of one office, `fillable` of them can be known.
    """

    offices: int
    answers: int
    fillable: int
    least: int
    most: int
    total: int

    @property
    def each(self) -> int:
        """นาทีต่อแห่ง in the middle, rounded up."""
        return -(-self.total // self.offices) if self.offices else self.most


@lru_cache
def shipped_minutes() -> Minutes:
    """นาทีที่ใช้คิดภาระ, of data/report_minutes.toml: assumed, not measured."""
    told = tomllib.loads((files("thamthan") / "data/report_minutes.toml").read_text("utf-8"))
    return Minutes(
        report=int(told["report"]),
        typed={QuestionKind(key): int(value) for key, value in told["typed"].items()},
        known={QuestionKind(key): int(value) for key, value in told["known"].items()},
        column=int(told["column"]),
        source=str(told["source"]),
    )


def burden_of(
    asked: Sequence[AskedOften],
    *,
    offices: int,
    known: Mapping[Fill, int] | None = None,
    minutes: Minutes | None = None,
) -> Burden:
    """ภาระของแบบ: minutes × offices; `known` says of how many offices each filling is recorded.

    Does not count what is done to find out the answers in the field, nor the time of those who
    read the reports.
    """
    rule = minutes if minutes is not None else shipped_minutes()
    there = known or {}
    least = most = rule.report
    total = offices * rule.report
    for one in asked:
        typed = (rule.typed[one.kind] + rule.column * one.columns) * one.times
        looked = rule.known[one.kind] * one.times if one.fill != Fill.NOTHING else typed
        with_it = min(there.get(one.fill, 0), offices) if one.fill != Fill.NOTHING else 0
        least, most = least + looked, most + typed
        total += with_it * looked + (offices - with_it) * typed
    return Burden(
        offices=offices,
        answers=sum(one.times for one in asked),
        fillable=sum(one.times for one in asked if one.fill != Fill.NOTHING),
        least=least,
        most=most,
        total=total,
    )


def time_in_words(minutes: int) -> str:
    """ระยะเวลาเป็นคำ: 45 นาที, 8 ชั่วโมง 45 นาที; from a hundred hours on, hours alone."""
    hours, rest = divmod(minutes, HOUR)
    if hours >= 100:
        return f"{round(minutes / HOUR):,} ชั่วโมง"
    parts = [f"{hours} ชั่วโมง"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} นาที")
    return " ".join(parts)
