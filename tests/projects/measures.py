"""Goals and results for the tests: a park project of Nong Kapu in the fiscal year 2569."""

from datetime import date
from typing import Any

from thamthan.organisations.models import Post
from thamthan.projects.actions import GoalWords, give_result, set_goal
from thamthan.projects.models import Goal, Project, Result
from thamthan.projects.queries import GivenResult, doubts_of
from thamthan.projects.rules import ResultStanding
from thamthan.thai.dates import BuddhistYear, FiscalYear

YEAR = FiscalYear(BuddhistYear(2569))


def goal_words(**changed: Any) -> GoalWords:
    """ประชาชนที่มาใช้สวน, counted in people and added up, with what the test changes."""
    given: dict[str, Any] = {
        "name": "ประชาชนที่มาใช้สวน",
        "measure": "people",
        "unit": "คน",
        "adding_up": "sum",
        "target_milli": 850_000,
    }
    return GoalWords(**given | changed)


def share_words(**changed: Any) -> GoalWords:
    """A share: households that separate their waste, of all."""
    given: dict[str, Any] = {
        "name": "ครัวเรือนที่คัดแยกขยะ",
        "measure": "ratio",
        "unit": "ร้อยละ",
        "adding_up": "share",
        "target_milli": 80_000,
        "target_of_milli": 100_000,
    }
    return goal_words(**given | changed)


def goal_of(project: Project, by: Post, **changed: Any) -> Goal:
    """A goal just set."""
    return set_goal(project, goal_words(**changed), by=by)


def quarter(number: int, value: int | None = None, **changed: Any) -> GivenResult:
    """What is given for a quarter of 2569: so many units, as of its last day."""
    from_on, until_on = YEAR.quarter(number)
    given: dict[str, Any] = {
        "from_on": from_on,
        "until_on": until_on,
        "as_of": until_on,
        "standing": ResultStanding.MEASURED,
        "milli": None if value is None else value * 1000,
        "source": "แบบนับจำนวนผู้ใช้สวน",
    }
    return GivenResult(**given | changed)


def given(goal: Goal, number: int, value: int, *, by: Post, **changed: Any) -> Result:
    """A result given, with all that was warned of confirmed."""
    one = quarter(number, value, **changed)
    keys = [doubt.key for doubt in doubts_of(by, goal, one)]
    return give_result(goal, one, by=by, confirmed=keys)


def last_day(number: int) -> date:
    """The last day of a quarter of 2569."""
    return YEAR.quarter(number)[1]
