"""Red, amber and green by the stated rule, each with its sentence."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from thamthan.projects.rules import ProjectState
from thamthan.projects.rules.figures import Total
from thamthan.projects.rules.progress import (
    Course,
    GoalReached,
    Light,
    StepDone,
    course_days,
    judge,
)
from thamthan.projects.rules.states import AddingUp

# Half of the fiscal year 2569 is gone.
TODAY = date(2026, 4, 1)
YEAR = {"begins_on": date(2025, 10, 1), "ends_on": date(2026, 9, 30)}
PLAIN = Course(state=ProjectState.UNDER_WAY, **YEAR)


def steps(*done: bool, until: date | None = date(2026, 3, 1)) -> list[StepDone]:
    """Steps of one weight that were due by a day."""
    return [StepDone(1, until, date(2026, 2, 1) if one else None) for one in done]


def goal(milli: int | None, target: int | None = 100, **changed: object) -> GoalReached:
    """A goal of so many, and what was found."""
    total = Total(AddingUp.SUM, milli=None if milli is None else milli * 1000, measured=1)
    wanted = None if target is None else Fraction(target)
    one = GoalReached(name="คนที่ได้รับการอบรม", total=total, baseline=None, target=wanted)
    return replace(one, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "light", "telling"),
    [
        ({}, Light.GREEN, "ตามแผน"),
        ({"state": ProjectState.DRAFT, "ends_on": date(2026, 1, 1)}, Light.UNKNOWN, "กำลังเขียน"),
        ({"state": ProjectState.CANCELLED}, Light.UNKNOWN, "ยกเลิก"),
        ({"steps": steps(True, True)}, Light.GREEN, "ตามแผน"),
        ({"steps": steps(*[True] * 9, False)}, Light.GREEN, "ตามแผน"),
        ({"steps": steps(*[True] * 8, False, False)}, Light.AMBER, "8 จาก 10 ขั้น"),
        ({"steps": steps(True, False)}, Light.RED, "ควรเสร็จร้อยละ 100"),
        # Its day has not come: nothing is owed yet.
        ({"steps": steps(True, False, until=TODAY)}, Light.GREEN, "ตามแผน"),
        # Without days half of the time asks for half of the work.
        ({"steps": steps(*[True] * 5, *[False] * 5, until=None)}, Light.GREEN, "ตามแผน"),
        ({"steps": steps(*[True] * 3, *[False] * 7, until=None)}, Light.AMBER, "ร้อยละ 30"),
        ({"steps": steps(*[False] * 4, until=None)}, Light.RED, "0 จาก 4 ขั้น"),
        ({"approved_satang": 1000, "paid_satang": 300}, Light.GREEN, "ตามแผน"),
        ({"approved_satang": 100_000, "paid_satang": 20_000}, Light.AMBER, "เบิกจ่าย 200 จาก 1,000"),
        # Money alone never makes it red.
        (
            {"approved_satang": 1000, "begins_on": date(2025, 1, 1)},
            Light.AMBER,
            "เบิกจ่าย 0 จาก 10",
        ),
        ({"goals": [goal(100)]}, Light.GREEN, "ตามแผน"),
        ({"goals": [goal(45)]}, Light.GREEN, "ตามแผน"),
        ({"goals": [goal(30)]}, Light.AMBER, "เฉลี่ยร้อยละ 30"),
        ({"goals": [goal(None)]}, Light.RED, "0 จาก 1 ตัวชี้วัด"),
        ({"goals": [goal(5, None)]}, Light.GREEN, "ตามแผน"),
        ({"ends_on": date(2026, 3, 31)}, Light.RED, "เลยวันสิ้นสุดมาแล้ว 1 วัน"),
        (
            {"ends_on": date(2026, 4, 20), "steps": steps(True, False, until=date(2026, 4, 10))},
            Light.AMBER,
            "ยังมีขั้นตอนที่ไม่เสร็จ",
        ),
        ({"state": ProjectState.FINISHED, "ends_on": date(2026, 1, 1)}, Light.GREEN, "แล้วเสร็จ"),
        ({"state": ProjectState.FINISHED, "goals": [goal(100)]}, Light.GREEN, "ทุกข้อ"),
        ({"state": ProjectState.FINISHED, "goals": [goal(60)]}, Light.AMBER, "ร้อยละ 60"),
    ],
)
def test_the_colour_follows_the_rule_and_says_why(
    changed: dict[str, object], light: Light, telling: str
) -> None:
    told = judge(replace(PLAIN, **changed), today=TODAY)  # type: ignore[arg-type]
    assert (told.light, telling in told.why) == (light, True), told.why


def test_nothing_to_measure_but_time_is_told_so() -> None:
    told = judge(PLAIN, today=TODAY)
    assert [part.light for part in told.parts] == ["unknown", "unknown", "unknown", "green"]
    assert all(part.why for part in told.parts)


def test_a_running_quarter_owes_nothing_yet() -> None:
    course = replace(PLAIN, goals=[goal(20)])
    # 23 per cent of the year was gone at the end of December; 50 at the end of March.
    assert judge(course, today=date(2026, 3, 31)).light == Light.GREEN
    assert judge(course, today=TODAY).light == Light.RED


@pytest.mark.parametrize(
    ("changed", "reached"),
    [
        ({"found": 80}, Fraction(4, 5)),
        ({"found": 120}, Fraction(1)),
        ({"found": -5}, Fraction(0)),
        ({"found": 60, "baseline": Fraction(20), "adding_up": AddingUp.LATEST}, Fraction(1, 2)),
        ({"found": 60, "baseline": Fraction(20)}, Fraction(3, 5)),
        ({"found": 90, "is_less_better": True}, Fraction(1)),
        ({"found": 200, "is_less_better": True}, Fraction(1, 2)),
        (
            {
                "found": 150,
                "is_less_better": True,
                "baseline": Fraction(300),
                "adding_up": AddingUp.LATEST,
            },
            Fraction(3, 4),
        ),
        ({"found": 1, "target": 0, "is_less_better": True}, Fraction(0)),
        ({"found": 0, "target": 0, "is_less_better": True}, Fraction(1)),
    ],
)
def test_the_way_to_a_target_goes_up_or_down(changed: dict[str, object], reached: Fraction) -> None:
    found, target = changed.pop("found"), changed.pop("target", 100)
    way = changed.pop("adding_up", AddingUp.SUM)
    one = goal(0, **changed)
    total = replace(one.total, adding_up=way, milli=found * 1000)  # type: ignore[arg-type, operator]
    assert replace(one, total=total, target=Fraction(target)).reached == reached  # type: ignore[call-overload]


def test_the_fiscal_year_stands_in_for_days_that_nobody_gave() -> None:
    assert course_days(2569, None, None) == (date(2025, 10, 1), date(2026, 9, 30))
    assert course_days(2569, date(2026, 2, 1), None) == (date(2026, 2, 1), date(2026, 9, 30))
    assert course_days(2569, date(2026, 12, 1), None)[1] == date(2026, 12, 1)
    assert course_days(2569, None, date(2025, 8, 1)) == (date(2025, 8, 1), date(2025, 8, 1))


@given(
    some.lists(some.booleans(), max_size=5),
    some.integers(0, 10**9),
    some.integers(0, 10**9),
    some.none() | some.integers(0, 500),
    some.dates(date(2025, 1, 1), date(2027, 12, 31)),
    some.sampled_from(list(ProjectState)),
)
def test_every_project_on_every_day_has_a_colour_and_a_sentence(
    done: list[bool], approved: int, paid: int, found: int | None, today: date, state: ProjectState
) -> None:
    course = replace(
        PLAIN,
        state=state,
        steps=steps(*done),
        approved_satang=approved,
        paid_satang=paid,
        goals=[goal(found)],
    )
    told = judge(course, today=today)
    assert told.why
    for part in told.parts:
        assert part.why
        assert part.percent is None or 0 <= part.percent <= 100
