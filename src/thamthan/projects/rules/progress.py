"""Progress: steps, money, results and days of a project, each a colour by a stated rule and why.

The rule, the same for every project. `เวลา` is the share of the project's days that are gone.
Steps: what ought to be done is the weight of the steps whose last day has passed; where a step has
no day, the share of time instead. Behind by more than a tenth of the work is amber, by more than a
quarter red. Money: behind the time by more than a quarter is amber, by more than half red, for much
is paid at the end. Results: as steps, against the time gone at the end of the last whole quarter,
for a running quarter owes nothing yet. Days: past the last day unfinished is red; in the last
thirty with steps undone amber. The whole takes the worst of them; money alone makes it amber only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db import models

from thamthan.projects.rules.figures import Total, added_share
from thamthan.projects.rules.states import AddingUp, ProjectState
from thamthan.thai.dates import BuddhistYear, FiscalYear, quarter_of
from thamthan.thai.digits import baht_figures

_TENTH, _QUARTER, _HALF = Fraction(1, 10), Fraction(1, 4), Fraction(1, 2)
_LAST_DAYS = 30


class Light(models.TextChoices):
    """สัญญาณความก้าวหน้า: a colour, always with its word and its own shape."""

    GREEN = "green", "ตามแผน"
    AMBER = "amber", "ควรเร่ง"
    RED = "red", "ล่าช้า"
    UNKNOWN = "unknown", "ยังบอกไม่ได้"


_ORDER = (Light.UNKNOWN, Light.GREEN, Light.AMBER, Light.RED)


@dataclass(frozen=True, slots=True)
class StepDone:
    """ขั้นตอน as progress needs it."""

    weight: int
    ends_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class GoalReached:
    """ตัวชี้วัดกับผล: the target and what the periods that have ended come to."""

    name: str
    total: Total
    baseline: Fraction | None
    target: Fraction | None
    is_less_better: bool = False

    @property
    def reached(self) -> Fraction | None:
        """ส่วนของเป้าหมายที่ทำได้, nought to one; None without a target, nought without a result."""
        if self.target is None:
            return None
        found = added_share(self.total.milli, self.total.of_milli)
        if found is None:
            return Fraction(0)
        # A sum begins at nought; what it was last year is no part of the way.
        start = None if self.total.adding_up == AddingUp.SUM else self.baseline
        return _way(found, start, self.target, is_less_better=self.is_less_better)


def _way(
    found: Fraction, baseline: Fraction | None, target: Fraction, *, is_less_better: bool
) -> Fraction:
    """How much of the way is gone: from the baseline where it lies before the target."""
    if found <= target if is_less_better else found >= target:
        return Fraction(1)
    if baseline is not None and (baseline > target if is_less_better else baseline < target):
        return _between((found - baseline) / (target - baseline))
    if target <= 0 or found <= 0:
        return Fraction(0)
    return _between(target / found if is_less_better else found / target)


@dataclass(frozen=True, slots=True)
class Course:
    """สิ่งที่โครงการเป็นอยู่: all that its progress is judged by."""

    state: str
    begins_on: date
    ends_on: date
    steps: Sequence[StepDone] = ()
    approved_satang: int = 0
    paid_satang: int = 0
    goals: Sequence[GoalReached] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """ด้านหนึ่งของความก้าวหน้า: how much of it (None: nothing to measure), its colour, and why."""

    name: str
    share: Fraction | None
    light: Light
    why: str

    @property
    def percent(self) -> int | None:
        """Whole hundredths; only what is quite done is a hundred."""
        return None if self.share is None else int(self.share * 100)


@dataclass(frozen=True, slots=True)
class Progress:
    """ความก้าวหน้าของโครงการ: its colour and the word for it, why in one sentence, and its parts."""

    light: Light
    word: str
    why: str
    steps: Part
    money: Part
    results: Part
    days: Part

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.steps, self.money, self.results, self.days


def course_days(be_year: int, begins_on: date | None, ends_on: date | None) -> tuple[date, date]:
    """วันเริ่มและวันสิ้นสุด: those given; where one is not, that of the fiscal year."""
    year = FiscalYear(BuddhistYear(be_year))
    first = begins_on or min(year.first_on, ends_on or year.first_on)
    return first, max(ends_on or year.last_on, first)


def judge(course: Course, *, today: date) -> Progress:
    """ประเมินความก้าวหน้า by the rule above; a draft and what was given up are not judged."""
    time = _time_gone(course, today)
    steps = _steps(course, today, time)
    money = _money(course, time)
    results = _results(course, today)
    days = _days(course, today, steps)
    parts = (steps, money, results, days)
    if course.state in {ProjectState.DRAFT, ProjectState.CANCELLED}:
        label = ProjectState(course.state).label
        return _told(Light.UNKNOWN, f"{label} จึงยังไม่นับความก้าวหน้า", *map(_unjudged, parts))
    if course.state == ProjectState.FINISHED:
        return _finished(steps, money, results, days)
    lights = [steps.light, results.light, days.light]
    lights.append(Light.AMBER if money.light == Light.RED else money.light)
    worst = max(lights, key=_ORDER.index)
    if worst == Light.UNKNOWN:
        return _told(worst, "ยังไม่มีขั้นตอน เงิน หรือเป้าหมายให้เทียบ", *parts)
    if worst == Light.GREEN:
        return _told(worst, "ทุกด้านที่วัดได้เป็นไปตามแผน", *parts)
    # The first that is worst: work before results before days before money.
    ordered = zip((steps, results, days, money), lights, strict=True)
    return _told(worst, next(part.why for part, light in ordered if light == worst), *parts)


def _told(light: Light, why: str, *parts: Part) -> Progress:
    return Progress(light, str(light.label), why, *parts)


def _unjudged(part: Part) -> Part:
    return replace(part, light=Light.UNKNOWN)


def _finished(steps: Part, money: Part, results: Part, days: Part) -> Progress:
    """What is finished is late no longer: only whether it reached what it was for is asked."""
    light, word = Light.GREEN, "แล้วเสร็จ"
    if results.share is None:
        why = "แล้วเสร็จ ไม่มีเป้าหมายเป็นตัวเลขให้เทียบ"
    elif results.share == 1:
        why = "แล้วเสร็จ และได้ผลตามเป้าหมายทุกข้อ"
    else:
        light, word = Light.AMBER, "ผลยังไม่ครบ"
        why = f"แล้วเสร็จ แต่ผลยังไม่ครบเป้าหมาย ได้ร้อยละ {_percent(results.share)}"
    parts = (_unjudged(part) for part in (steps, money, results, days))
    return Progress(light, word, why, *parts)


def _steps(course: Course, today: date, time: Fraction) -> Part:
    whole = sum(step.weight for step in course.steps)
    if not whole:
        return Part("ขั้นตอน", None, Light.UNKNOWN, "ยังไม่ได้แบ่งขั้นตอน")
    done = Fraction(sum(step.weight for step in course.steps if step.done_on), whole)
    if all(step.ends_on for step in course.steps):
        due = sum(s.weight for s in course.steps if s.done_on or (s.ends_on or today) < today)
        owed = Fraction(due, whole)
    else:
        owed = max(time, done) if course.state != ProjectState.FINISHED else Fraction(1)
    light = _behind(owed - done, _TENTH, _QUARTER)
    count = sum(bool(step.done_on) for step in course.steps)
    told = f"ขั้นตอนเสร็จ {count} จาก {len(course.steps)} ขั้น (ร้อยละ {_percent(done)} ของงาน)"
    if owed > done:
        told += f" ถึงวันนี้ควรเสร็จร้อยละ {_percent(owed)}"
    return Part("ขั้นตอน", done, light, told)


def _money(course: Course, time: Fraction) -> Part:
    if course.approved_satang <= 0:
        return Part("เงิน", None, Light.UNKNOWN, "ยังไม่มีเงินที่อนุมัติ")
    paid = _between(Fraction(course.paid_satang, course.approved_satang))
    light = _behind(time - paid, _QUARTER, _HALF)
    told = (
        f"เบิกจ่าย {baht_figures(course.paid_satang)} จาก {baht_figures(course.approved_satang)} บาท"
        f" (ร้อยละ {_percent(paid)})"
    )
    if light != Light.GREEN:
        told += f" เวลาผ่านไปแล้วร้อยละ {_percent(time)}"
    return Part("เงิน", paid, light, told)


def _results(course: Course, today: date) -> Part:
    judged = [(goal, goal.reached) for goal in course.goals]
    reached = [share for _, share in judged if share is not None]
    if not reached:
        words = "ยังไม่มีเป้าหมายเป็นตัวเลข" if course.goals else "ยังไม่ได้ตั้งตัวชี้วัด"
        return Part("ผล", None, Light.UNKNOWN, words)
    mean = sum(reached, Fraction(0)) / len(reached)
    owed = _time_gone(course, _quarter_began(today))
    light = _behind(owed - mean, _TENTH, _QUARTER)
    met = sum(share == 1 for share in reached)
    told = f"ถึงเป้าหมายแล้ว {met} จาก {len(reached)} ตัวชี้วัด (เฉลี่ยร้อยละ {_percent(mean)} ของเป้าหมาย)"
    unsent = sum(goal.total.not_sent > 0 for goal, share in judged if share is not None)
    if unsent:
        told += f" ยังไม่ได้ส่งผลบางงวด {unsent} ตัวชี้วัด"
    elif light != Light.GREEN:
        told += f" เวลาถึงสิ้นไตรมาสก่อนผ่านไปร้อยละ {_percent(owed)}"
    return Part("ผล", mean, light, told)


def _days(course: Course, today: date, steps: Part) -> Part:
    share = _time_gone(course, today)
    if course.state == ProjectState.FINISHED:
        return Part("เวลา", share, Light.UNKNOWN, "แล้วเสร็จ ไม่นับเวลาต่อ")
    left = (course.ends_on - today).days
    if left < 0:
        return Part("เวลา", share, Light.RED, f"เลยวันสิ้นสุดมาแล้ว {-left:,} วัน ยังไม่แล้วเสร็จ")
    if today < course.begins_on:
        wait = (course.begins_on - today).days
        return Part("เวลา", share, Light.GREEN, f"ยังไม่ถึงวันเริ่ม อีก {wait:,} วัน")
    told = "วันนี้เป็นวันสุดท้าย" if left == 0 else f"เหลืออีก {left:,} วัน"
    told += f" เวลาผ่านไปแล้วร้อยละ {_percent(share)}"
    is_open = steps.share is not None and steps.share < 1
    light = Light.AMBER if left <= _LAST_DAYS and is_open else Light.GREEN
    return Part("เวลา", share, light, told + (" ยังมีขั้นตอนที่ไม่เสร็จ" if light == Light.AMBER else ""))


def _time_gone(course: Course, today: date) -> Fraction:
    """The share of the days that have passed; the first day is gone when it is over."""
    whole = (course.ends_on - course.begins_on).days + 1
    return _between(Fraction((today - course.begins_on).days, whole))


def _quarter_began(today: date) -> date:
    """The first day of the quarter that runs: what was owed before it is owed."""
    return FiscalYear.containing(today).quarter(quarter_of(today))[0]


def _behind(by: Fraction, amber: Fraction, red: Fraction) -> Light:
    if by > red:
        return Light.RED
    return Light.AMBER if by > amber else Light.GREEN


def _between(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))


def _percent(share: Fraction) -> int:
    return int(share * 100)
