"""Two people at one result in the same moment: one is kept, the other is told; both databases."""

import pytest
from django.utils import timezone

from tests.letters.test_endorsing_at_once import at_once
from tests.projects.measures import goal_of, goal_words
from tests.projects.projects import approved
from tests.world import World
from thamthan.projects.actions import correct_result, give_result, set_goal
from thamthan.projects.models import Project, Result
from thamthan.projects.queries import GivenResult
from thamthan.projects.rules import ResultStanding

pytestmark = pytest.mark.django_db(transaction=True)


def today(value: int) -> GivenResult:
    """So many, counted today."""
    day = timezone.localdate()
    return GivenResult(
        from_on=day,
        until_on=day,
        as_of=day,
        standing=ResultStanding.MEASURED,
        milli=value * 1000,
        source="ใบลงชื่อ",
    )


def test_two_give_the_same_period_and_one_number_is_kept(world: World) -> None:
    goal = goal_of(approved(world.clerk), world.clerk)
    ends = at_once(
        lambda: give_result(goal, today(100), by=world.clerk),
        lambda: give_result(goal, today(120), by=world.officer),
    )
    assert ends == ["done", "result_there"]
    assert Result.objects.count() == 1


def test_one_press_sent_twice_is_one_result(world: World) -> None:
    goal = goal_of(approved(world.clerk), world.clerk)
    press = lambda: give_result(goal, today(100), by=world.clerk)  # noqa: E731
    assert at_once(press, press) == ["done", "done"]
    assert Result.objects.count() == 1


def test_two_correct_one_result_and_the_second_looks_again(world: World) -> None:
    goal = goal_of(approved(world.clerk), world.clerk)
    result = give_result(goal, today(100), by=world.clerk)
    ends = at_once(
        lambda: correct_result(result, today(110), by=world.clerk, why="นับขาด"),
        lambda: correct_result(result, today(120), by=world.officer, why="นับขาดมาก"),
    )
    assert ends == ["changed_meanwhile", "done"]
    assert Result.objects.filter(replaced_by=None).count() == 1


def test_two_set_goals_having_seen_the_same_page(world: World) -> None:
    project = approved(world.clerk)
    seen = Project.objects.get(pk=project.pk).version
    ends = at_once(
        *(
            lambda name=name: set_goal(
                project, goal_words(name=name), by=world.clerk, seen_version=seen
            )
            for name in ("ข้อหนึ่ง", "ข้อสอง")
        )
    )
    assert ends == ["changed_meanwhile", "done"]
    assert project.goals.count() == 1
