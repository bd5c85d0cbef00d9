import pytest
import time_machine

from tests.projects.plans import DRAIN, PARK, plan_kept, plan_words, row_kept
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.projects.actions import (
    amend_plan_row,
    drop_plan_row,
    keep_plan,
    mend_plan_row,
    move_project,
    take_up_row,
)
from thamthan.projects.models import PlanRow
from thamthan.projects.queries import (
    amendments_of,
    plan_for,
    plan_row_for,
    plan_rows,
    plan_sums,
    plans_of,
    programmes_of,
    words_of_row,
)
from thamthan.projects.rules import PlanMode, PlanStanding, ProjectState, YearMoney
from thamthan.records.queries import history_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-16T09:00:00+07:00", tick=False) as clock:
        yield clock


def test_a_plan_of_one_period_is_there_once(world: World) -> None:
    assert plan_kept(world.clerk) == plan_kept(world.officer)
    assert [entry.verb for entry in history_of(plan_kept(world.clerk))] == ["plan:kept"]


@pytest.mark.parametrize(
    ("be_from", "be_to", "shape", "code"),
    [
        (2023, 2027, "strategy", "wrong_period"),
        (2570, 2566, "strategy", "wrong_period"),
        (2566, 2590, "strategy", "wrong_period"),
        (2566, 2570, "round", "wrong_shape"),
    ],
)
def test_a_period_that_cannot_be_is_refused(
    world: World, be_from: int, be_to: int, shape: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        keep_plan(be_from, be_to, shape, by=world.clerk)
    assert refused.value.code == code


def test_another_house_has_no_part_in_a_plan(world: World) -> None:
    row = row_kept(world.clerk)
    assert not plans_of(world.tha_sen_clerk).exists()
    for door in (
        lambda: plan_for(world.tha_sen_clerk, row.plan_id),
        lambda: plan_row_for(world.tha_sen_clerk, row.pk),
    ):
        with pytest.raises(NotFound):
            door()
    with pytest.raises(Refused) as refused:
        mend_plan_row(row, plan_words(), by=world.tha_sen_clerk)
    assert refused.value.code == "foreign_plan"


def test_not_stated_and_nought_stay_two_things(world: World) -> None:
    budgets = (YearMoney(2566, 0, None), YearMoney(2567, None, None), YearMoney(2568, 5_000_00, 0))
    row = row_kept(world.clerk, budgets=budgets)
    assert [
        (one.be_year, one.planned_satang, one.ordinance_satang) for one in row.budgets.all()
    ] == [(2566, 0, None), (2568, 5_000_00, 0)]


def test_what_was_typed_wrong_is_mended_in_place(world: World) -> None:
    row = row_kept(world.clerk)
    mended = mend_plan_row(row, plan_words(name=DRAIN), by=world.officer)
    assert (mended.pk, mended.name) == (row.pk, DRAIN)
    assert PlanRow.objects.count() == 1
    entry = history_of(mended)[0]
    assert entry.facts["deed"] in ("added", "mended")


def test_an_amendment_stands_in_the_place_of_the_old_wording_which_stays_behind_it(
    world: World,
) -> None:
    row = row_kept(world.clerk)
    words = plan_words(name=DRAIN, mode=PlanMode.CHANGED, mode_words="เปลี่ยนแปลง ครั้งที่ 1/2569")
    new = amend_plan_row(row, words, by=world.clerk)
    plan = plan_for(world.clerk, row.plan_id)
    assert [one.pk for one in plan_rows(world.clerk, plan)] == [new.pk]
    assert new.position == row.position
    assert [one.name for one in amendments_of(world.clerk, new)] == [PARK, DRAIN]
    assert [one.pk for one in amendments_of(world.clerk, plan_row_for(world.clerk, row.pk))] == [
        row.pk,
        new.pk,
    ]
    with pytest.raises(Refused) as refused:
        mend_plan_row(row, plan_words(), by=world.clerk)
    assert refused.value.code == "row_replaced"


def test_an_amendment_says_which_it_is(world: World) -> None:
    with pytest.raises(Refused) as refused:
        amend_plan_row(row_kept(world.clerk), plan_words(), by=world.clerk)
    assert refused.value.code == "no_mode"


def test_a_row_is_dropped_with_a_reason_and_kept_for_those_who_look_back(world: World) -> None:
    row = row_kept(world.clerk)
    with pytest.raises(Refused):
        drop_plan_row(row, by=world.clerk, why=" ")
    drop_plan_row(row, by=world.clerk, why="ซ้ำกับแผนงานอื่น")
    drop_plan_row(row, by=world.clerk, why="กดอีกครั้ง")
    plan = plan_for(world.clerk, row.plan_id)
    assert not plan_rows(world.clerk, plan).exists()
    assert plan_row_for(world.clerk, row.pk).dropped_at is not None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "no_name"),
        ({"form": "p01"}, "wrong_form"),
        ({"lead": "ก" * 301}, "long_words"),
        ({"budgets": (YearMoney(2566, -1),)}, "wrong_money"),
        ({"budgets": (YearMoney(2023, 1),)}, "wrong_year"),
    ],
)
def test_what_no_plan_says_is_refused_in_words(
    world: World, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        row_kept(world.clerk, **changed)
    assert refused.value.code == code


def test_rows_are_found_by_form_programme_and_words(world: World) -> None:
    row_kept(world.clerk)
    row_kept(world.clerk, name=DRAIN, programme="แผนงานการเกษตร", form="p02_1")
    plan = plan_kept(world.clerk)
    found = plan_rows(world.clerk, plan, text="สวนสาธารณะ หมู่ที่ ๓")
    assert [row.name for row in found] == [PARK]
    assert [row.name for row in plan_rows(world.clerk, plan, form="p02_1")] == [DRAIN]
    named = plan_rows(world.clerk, plan, programme="แผนงานการเกษตร")
    assert [row.name for row in named] == [DRAIN]
    assert programmes_of(world.clerk, plan) == ["แผนงานเคหะและชุมชน", "แผนงานการเกษตร"]
    sums = plan_sums(world.clerk, plan_rows(world.clerk, plan))
    assert (sums[0].be_year, sums[0].planned, sums[0].rows) == (2566, 200_000_00, 2)


def test_a_row_is_taken_up_as_a_project_in_the_words_of_the_plan(world: World) -> None:
    row = row_kept(
        world.clerk, budgets=(YearMoney(2569, 500_000_00, 450_000_00), YearMoney(2570, 1_000_00))
    )
    project = take_up_row(row, 2569, by=world.officer)
    assert (project.name, project.standing) == (PARK, PlanStanding.ORDINANCE)
    assert (project.plan_row, project.objectives) == (row, row.objective)
    assert take_up_row(row, 2569, by=world.clerk) == project
    later = take_up_row(row, 2570, by=world.clerk)
    assert later.standing == PlanStanding.PLAN
    move_project(project, ProjectState.CANCELLED, by=world.clerk, why="ทำผิดปี")
    assert take_up_row(row, 2569, by=world.clerk) != project


def test_the_words_of_a_row_are_those_that_were_typed(world: World) -> None:
    row = plan_row_for(world.clerk, row_kept(world.clerk).pk)
    assert words_of_row(world.clerk, row) == plan_words()
