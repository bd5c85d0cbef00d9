"""Goals are set, results given and corrected; what looks wrong is confirmed once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.projects.measures import given, goal_of, goal_words, quarter, share_words
from tests.projects.projects import approved, proposed, words
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.projects.actions import (
    correct_result,
    drop_goal,
    give_result,
    move_project,
    propose_project,
    set_goal,
    tell_residents,
)
from thamthan.projects.models import Goal, Project, Result, Step
from thamthan.projects.queries import (
    doubts_of,
    goal_for,
    goals_of,
    progress_of,
    residents_of,
    result_for,
    results_of,
)
from thamthan.projects.rules import Light, ProjectState, ResultStanding
from thamthan.records.queries import history_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_april() -> Iterator[None]:
    """Two quarters of the fiscal year 2569 are over."""
    with time_machine.travel("2026-04-10T09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def project(world: World) -> Project:
    return approved(world.clerk)


@pytest.fixture
def goal(world: World, project: Project) -> Goal:
    return goal_of(project, world.officer)


def refused_code(deed: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(Refused) as refused:
        deed(*args, **named)
    return refused.value.code


def test_a_goal_is_set_changed_and_dropped_and_history_tells_what_was(
    world: World, project: Project
) -> None:
    goal = goal_of(project, world.officer)
    set_goal(project, goal_words(target_milli=900_000), by=world.clerk, goal=goal)
    drop_goal(goal, by=world.clerk, why="")
    assert not goals_of(world.clerk, project)
    first, second, third = (one.facts for one in history_of(project) if one.verb == "goal:set")
    assert first["now"]["target_milli"] == 850_000
    assert second["before"] == {"target_milli": 850_000}
    assert third["dropped"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "no_name"),
        ({"unit": ""}, "no_name"),
        ({"name": "ก" * 501}, "long_words"),
        ({"measure": "things"}, "unknown_choice"),
        ({"adding_up": "share"}, "share_of_nothing"),
        ({"target_of_milli": 1_000}, "no_share"),
        ({"measure": "ratio", "adding_up": "sum"}, "share_not_summed"),
        ({"measure": "ratio", "adding_up": "max"}, "share_not_summed"),
        ({"measure": "ratio", "adding_up": "latest"}, "half_a_share"),
        (
            {"measure": "ratio", "adding_up": "share", "target_of_milli": 0},
            "share_of_nothing",
        ),
    ],
)
def test_a_goal_that_cannot_be_counted_is_refused(
    world: World, project: Project, changed: dict[str, Any], code: str
) -> None:
    goal_of(project, world.officer)
    assert refused_code(set_goal, project, goal_words(**changed), by=world.officer) == code


def test_whoever_saw_an_older_version_sets_no_goal(world: World, project: Project) -> None:
    seen = Project.objects.get(pk=project.pk).version
    set_goal(project, goal_words(), by=world.clerk, seen_version=seen)
    other = goal_words(name="อีกข้อ")
    code = refused_code(set_goal, project, other, by=world.officer, seen_version=seen)
    assert code == "changed_meanwhile"


def test_what_is_counted_stays_once_there_are_results(world: World, goal: Goal) -> None:
    given(goal, 1, 100, by=world.officer)
    set_goal(goal.project, goal_words(target_milli=1_000_000), by=world.officer, goal=goal)
    other = goal_words(measure="households", unit="ครัวเรือน")
    assert refused_code(set_goal, goal.project, other, by=world.officer, goal=goal) == "has_results"
    assert refused_code(drop_goal, goal, by=world.officer, why=" ") == "no_reason"
    drop_goal(goal, by=world.officer, why="ซ้ำกับข้ออื่น")
    assert refused_code(give_result, goal, quarter(2, 5), by=world.officer) == "goal_dropped"


def test_a_result_is_given_once_and_the_same_press_changes_nothing(
    world: World, goal: Goal
) -> None:
    first = give_result(goal, quarter(1, 300), by=world.officer)
    assert give_result(goal, quarter(1, 300), by=world.officer) == first
    assert refused_code(give_result, goal, quarter(1, 301), by=world.officer) == "result_there"
    # A month within it would be counted twice.
    month = quarter(1, 90, until_on=date(2025, 10, 31), as_of=date(2025, 10, 31))
    assert refused_code(give_result, goal, month, by=world.officer) == "result_there"
    assert Result.objects.count() == 1
    assert [one.verb for one in history_of(goal.project)].count("result:given") == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"milli": None}, "no_number"),
        ({"of_milli": 1_000}, "no_share"),
        ({"source": " "}, "no_source"),
        ({"standing": ResultStanding.NONE}, "number_and_none"),
        ({"standing": ResultStanding.NONE, "milli": None}, "no_reason"),
        ({"standing": ResultStanding.NOT_APPLICABLE, "milli": None}, "no_reason"),
        ({"until_on": date(2025, 9, 30)}, "wrong_period"),
        ({"until_on": date(2026, 12, 31)}, "wrong_period"),
        ({"from_on": date(2026, 7, 1), "until_on": date(2026, 9, 30)}, "future_day"),
        ({"from_on": date(1483, 1, 1), "until_on": date(1483, 3, 31)}, "wrong_year"),
    ],
)
def test_a_result_that_says_two_things_or_none_is_refused(
    world: World, goal: Goal, changed: dict[str, Any], code: str
) -> None:
    one = replace(quarter(1, 300), **changed)
    assert refused_code(give_result, goal, one, by=world.officer) == code
    assert not Result.objects.exists()
    give_result(goal, quarter(1, 300), by=world.officer)


def test_nought_none_and_not_applicable_are_three_things(world: World, goal: Goal) -> None:
    give_result(goal, quarter(1, 0), by=world.officer)
    why = {"standing": ResultStanding.NONE, "source": "", "remark": "เครื่องนับเสีย"}
    give_result(goal, quarter(2, **why), by=world.officer)
    (line,) = goals_of(world.officer, goal.project)
    assert (line.total.milli, line.total.words()) == (0, "มีผล 1 จาก 2 งวด (ไม่มีข้อมูล 1)")
    assert [len(cell.results) for cell in line.cells] == [1, 1, 0, 0]
    assert [cell.is_owed for cell in line.cells] == [True, True, False, False]


def test_a_quarter_that_is_over_and_was_not_sent_is_told_as_such(world: World, goal: Goal) -> None:
    give_result(goal, quarter(2, 120), by=world.officer)
    (line,) = goals_of(world.officer, goal.project)
    assert line.total.words() == "มีผล 1 จาก 2 งวด (ยังไม่ส่ง 1)"
    assert line.so_far == "120 คน"


def test_a_share_keeps_both_its_parts(world: World, project: Project) -> None:
    goal = set_goal(project, share_words(), by=world.officer)
    assert refused_code(give_result, goal, quarter(1, 40), by=world.officer) == "half_a_share"
    give_result(goal, quarter(1, 40, of_milli=80_000), by=world.officer)
    give_result(goal, quarter(2, 100, of_milli=120_000), by=world.officer)
    (line,) = goals_of(world.officer, project)
    assert line.so_far == "ร้อยละ 70 (140 จาก 200)"
    assert line.percent == 87


def test_what_looks_wrong_is_confirmed_once_and_kept(world: World, goal: Goal) -> None:
    give_result(goal, quarter(1, 40), by=world.officer)
    wrong = quarter(2, 400)
    (doubt,) = doubts_of(world.officer, goal, wrong)
    with pytest.raises(Refused) as refused:
        give_result(goal, wrong, by=world.officer)
    assert refused.value.facts["doubts"] == [{"key": doubt.key, "words": doubt.words}]
    # Agreeing to 400 is not agreeing to 500.
    other = quarter(2, 500)
    code = refused_code(give_result, goal, other, by=world.officer, confirmed=[doubt.key])
    assert code == "unconfirmed"
    kept = give_result(goal, wrong, by=world.officer, confirmed=[doubt.key])
    assert kept.warned == [
        {"guard": "tenfold", "words": "ท่านใส่ 400 คน เป็น 10 เท่าของงวดก่อนซึ่งเป็น 40 คน"}
    ]


def test_a_figure_is_held_against_who_lives_there(world: World, goal: Goal) -> None:
    assert residents_of(world.officer) is None
    facts: dict[str, Any] = {"as_of": date(2026, 1, 1), "source": "สถิติทะเบียนราษฎร"}
    tell_residents(by=world.officer, people=3_000, households=1_000, **facts)
    tell_residents(by=world.officer, people=3_200, households=1_100, **facts)
    newest = residents_of(world.clerk)
    assert newest is not None
    assert (newest.people, residents_of(world.tha_sen_clerk)) == (3_200, None)
    assert not doubts_of(world.officer, goal, quarter(1, 3_200))
    (doubt,) = doubts_of(world.officer, goal, quarter(1, 3_201))
    assert doubt.guard == "residents"
    wrong = {"people": 5, "households": 6}
    assert refused_code(tell_residents, by=world.officer, **wrong, **facts) == "wrong_number"
    right = {"people": 6, "households": 5}
    assert refused_code(tell_residents, by=world.administrator, **right, **facts) == "not_allowed"


def test_a_copied_project_is_held_against_last_year(world: World, goal: Goal) -> None:
    last = propose_project(words(be_year=2568), by=world.clerk)
    move_project(last, ProjectState.APPROVED, by=world.clerk)
    old = goal_of(last, world.officer)
    days = {"from_on": date(2024, 10, 1), "until_on": date(2024, 12, 31)}
    give_result(old, quarter(1, 30, as_of=days["until_on"], **days), by=world.officer)
    Project.objects.filter(pk=goal.project_id).update(copied_from=last)
    copy = goal_for(world.officer, goal.project, goal.pk)
    (doubt,) = doubts_of(world.officer, copy, quarter(1, 300))
    assert "ปีก่อน" in doubt.words


def test_a_correction_is_a_row_of_its_own(world: World, goal: Goal) -> None:
    old = give_result(goal, quarter(1, 300), by=world.officer)
    new = quarter(1, 310)
    assert refused_code(correct_result, old, new, by=world.officer, why="") == "no_reason"
    fresh = correct_result(old, new, by=world.clerk, why="นับซ้ำสิบคน")
    old.refresh_from_db()
    assert (old.value_milli, old.replaced_by) == (300_000, fresh)
    assert list(results_of(world.officer, goal)) == [fresh, old]
    (line,) = goals_of(world.officer, goal.project)
    assert line.total.milli == 310_000
    code = refused_code(correct_result, old, quarter(1, 320), by=world.officer, why="อีกครั้ง")
    assert code == "changed_meanwhile"
    entry = history_of(goal.project).last()
    assert entry is not None
    assert (entry.note, entry.facts["before"]["value_milli"]) == ("นับซ้ำสิบคน", 300_000)


@pytest.mark.parametrize("stranger", ["tha_sen_clerk", "neighbour_clerk", "district_officer"])
def test_nobody_outside_sets_or_gives_anything(world: World, goal: Goal, stranger: str) -> None:
    post = getattr(world, stranger)
    result = give_result(goal, quarter(1, 300), by=world.officer)
    for deed, args, more in (
        (set_goal, (goal.project, goal_words()), {}),
        (drop_goal, (goal,), {"why": "ไม่เอา"}),
        (give_result, (goal, quarter(2, 300)), {}),
        (correct_result, (result, quarter(1, 5)), {"why": "ผิด"}),
    ):
        with pytest.raises(Refused) as refused:
            deed(*args, by=post, **more)
        assert refused.value.status == 403
    for door, keys in ((goal_for, (goal.project, goal.pk)), (result_for, (result.pk,))):
        with pytest.raises(NotFound):
            door(post, *keys)


def test_a_draft_has_goals_and_no_results(world: World) -> None:
    draft = proposed(world.officer)
    goal = goal_of(draft, world.officer)
    assert refused_code(give_result, goal, quarter(1, 5), by=world.officer) == "wrong_project_state"
    move_project(draft, ProjectState.APPROVED, by=world.executive)
    give_result(goal, quarter(1, 5), by=world.officer)


def test_a_finished_project_still_has_results(world: World, goal: Goal) -> None:
    for state in (ProjectState.UNDER_WAY, ProjectState.FINISHED):
        move_project(goal.project, state, by=world.clerk)
    give_result(goal, quarter(1, 850), by=world.officer)
    project = Project.objects.get(pk=goal.project_id)
    assert progress_of(world.officer, [project])[project.pk].why == (
        "แล้วเสร็จ และได้ผลตามเป้าหมายทุกข้อ"
    )
    code = refused_code(set_goal, project, goal_words(), by=world.officer, goal=goal)
    assert code == "project_closed"


def test_progress_of_many_projects_asks_as_often_as_of_one(world: World) -> None:
    projects = [approved(world.clerk, name=f"โครงการที่ {number}") for number in range(5)]
    for one in projects:
        goal = goal_of(one, world.officer)
        given(goal, 1, 400, by=world.officer)
        given(goal, 2, 100, by=world.officer)
        Step.objects.create(project=one, position=1, name="ปลูกต้นไม้", ends_on=date(2026, 5, 1))
    with CaptureQueriesContext(connection) as asked:
        found = progress_of(world.officer, projects)
    assert len(asked) == 3
    assert {one.light for one in found.values()} == {Light.GREEN}
    last = found[projects[-1].pk]
    assert [part.percent for part in last.parts] == [0, None, 58, 52]
