from datetime import date

import pytest
import time_machine

from tests.directives.orders import cascaded, passed_on
from tests.projects.projects import approved, proposed
from tests.world import World
from thamthan.directives.models import Directive, Order
from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    answer_clauses,
    finish_step,
    move_project,
    reword_project,
    set_steps,
    show_project,
)
from thamthan.projects.models import Allotment, BudgetLine, DevelopmentPlan, PlanRow, Project
from thamthan.projects.queries import (
    NearKind,
    ProjectsWanted,
    Whose,
    counted,
    has_projects_below,
    list_choices,
    nearest_projects,
    own_projects_answering,
    project_counts,
    project_lines,
    projects_below_answering,
    projects_listed,
)
from thamthan.projects.rows import StepRow
from thamthan.projects.rules import PlanStanding, ProjectState
from thamthan.projects.rules.nearness import likeness, shared_words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-16T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def order(world: World) -> Order:
    """The district's order, in the hands of the houses below it."""
    return cascaded(world, [world.nong_kapu, world.tha_sen])


def clause_of(order: Order) -> Directive:
    return order.directives.filter(dropped_at=None)[1]


def listed(post: Post, **wanted: object) -> list[str]:
    asked = ProjectsWanted(**wanted)  # type: ignore[arg-type]
    return [project.name for project in projects_listed(post, asked, today=TODAY)]


def funded(project: Project, by: Post, satang: int = 500_000) -> None:
    line = BudgetLine.objects.create(
        organisation=project.organisation, be_year=2569, name="งบ", approved_satang=satang,
        allotted_satang=satang, made_by=by,
    )  # fmt: skip
    Allotment.objects.create(project=project, line=line, approved_satang=satang)


def test_each_filter_leaves_out_what_it_says(world: World, order: Order) -> None:
    park = proposed(world.clerk, name="สวนสาธารณะ", unit=world.welfare)
    waste = approved(world.clerk, name="ขยะต้นทาง", be_year=2568, standing=PlanStanding.PLAN)
    answer_clauses(waste, [clause_of(order)], by=world.clerk)
    proposed(world.tha_sen_clerk, name="ของท่าเสน")
    assert listed(world.clerk) == [park.name, waste.name]
    assert listed(world.clerk, be_year=2568) == [waste.name]
    assert listed(world.clerk, state=ProjectState.DRAFT) == [park.name]
    assert listed(world.clerk, standing=PlanStanding.PLAN) == [waste.name]
    assert listed(world.clerk, unit=world.welfare.code) == [park.name]
    assert listed(world.clerk, clause=clause_of(order).pk) == [waste.name]
    assert listed(world.clerk, order=order.pk) == [waste.name]
    assert listed(world.clerk, clause=0) == []
    assert listed(world.administrator) == []


def test_a_word_is_found_as_it_is_spelt_otherwise_and_inside_a_compound(world: World) -> None:
    park = proposed(world.clerk, name="ปรับปรุงสวนสาธารณะ หมู่ที่ ๓")
    proposed(world.clerk, name="คัดแยกขยะ", sections={"objectives": "ลดน้ำเสียชุมชน"})
    assert listed(world.clerk, text="สาธารณะ") == [park.name]
    assert listed(world.clerk, text="หมู่ที่ 3 สวน") == [park.name]
    assert listed(world.clerk, text="นํ้าเสีย") == ["คัดแยกขยะ"]
    assert listed(world.clerk, text="ขยะ") == ["คัดแยกขยะ"]
    assert listed(world.clerk, text="สวนขยะ") == []
    assert listed(world.clerk, text="' OR 1=1 --") == []
    assert len(listed(world.clerk, text="  ")) == 2


def test_what_is_worded_anew_is_found_by_its_new_words_alone(world: World) -> None:
    project = proposed(world.clerk, name="สวนสาธารณะ", sections={})
    reword_project(project, by=world.clerk, seen_version=1, name="ถนนคอนกรีต")
    assert listed(world.clerk, text="คอนกรีต") == ["ถนนคอนกรีต"]
    assert listed(world.clerk, text="สวน") == []


def test_late_is_a_last_day_or_a_step_gone_by_and_nothing_else(world: World) -> None:
    proposed(world.clerk, name="ร่าง", ends_on=date(2026, 3, 1))
    approved(world.clerk, name="ทันเวลา", ends_on=date(2026, 3, 16))
    approved(world.clerk, name="เลย", ends_on=date(2026, 3, 15))
    by_step = approved(world.clerk, name="ขั้นตอนเลย", ends_on=date(2026, 6, 1))
    set_steps(by_step, [StepRow("สำรวจ", None, date(2026, 3, 1))], by=world.clerk)
    assert set(listed(world.clerk, is_late=True)) == {"เลย", "ขั้นตอนเลย"}
    assert project_counts(world.clerk, Whose.OWN, today=TODAY).late == 2
    finish_step(by_step.steps.get(), by=world.clerk)
    assert listed(world.clerk, is_late=True) == ["เลย"]


def test_without_money_is_what_needs_some_and_has_none_approved(world: World) -> None:
    planned = approved(world.clerk, name="ในแผน", standing=PlanStanding.PLAN)
    proposed(world.clerk, name="งานประจำ", standing=PlanStanding.ROUTINE)
    proposed(world.clerk, name="ในข้อบัญญัติ", standing=PlanStanding.ORDINANCE)
    Allotment.objects.create(project=planned, planned_satang=700_000, source_words="หวังไว้")
    assert listed(world.clerk, is_unfunded=True) == ["ในแผน"]
    funded(planned, world.clerk)
    assert listed(world.clerk, is_unfunded=True) == []
    (line,) = project_lines(world.clerk, [planned], today=TODAY)
    assert (line.planned, line.approved, line.paid) == (700_000, 500_000, 0)
    assert not line.is_unfunded


def test_above_one_sees_what_answers_ones_order_once_approved(world: World, order: Order) -> None:
    draft = proposed(world.clerk, name="ร่าง")
    answer_clauses(draft, [clause_of(order)], by=world.clerk)
    shown = approved(world.clerk, name="อนุมัติ")
    answer_clauses(shown, [clause_of(order)], by=world.clerk)
    approved(world.clerk, name="ไม่ตอบใคร")
    assert has_projects_below(world.district_officer)
    assert not has_projects_below(world.clerk)
    assert listed(world.district_officer, whose=Whose.BELOW) == ["อนุมัติ"]
    assert listed(world.governor_officer, whose=Whose.BELOW) == []
    assert [one.title for one in list_choices(world.district_officer, Whose.BELOW).orders]
    (answered,) = projects_below_answering(world.district_officer, order)
    assert (answered.projects, answered.houses, answered.finished) == (1, 1, 0)
    assert projects_below_answering(world.clerk, order) == []


def test_the_levels_between_see_what_answers_the_matter_they_passed_on(world: World) -> None:
    upper, _ = passed_on(world, [world.nong_kapu])
    shown = approved(world.clerk, name="ตอบจังหวัด")
    answer_clauses(shown, [clause_of(upper)], by=world.clerk)
    for post in (world.governor_officer, world.district_officer):
        assert listed(post, whose=Whose.BELOW) == ["ตอบจังหวัด"]
    assert listed(world.ministry_officer, whose=Whose.BELOW) == []


def test_a_task_shows_the_house_s_own_projects_and_nobody_else_s(
    world: World, order: Order
) -> None:
    clause = clause_of(order)
    own = proposed(world.clerk, name="ของเรา")
    given_up = proposed(world.clerk, name="เลิกแล้ว")
    for project in (own, given_up):
        answer_clauses(project, [clause], by=world.clerk)
    move_project(given_up, ProjectState.CANCELLED, by=world.clerk, why="ซ้ำ")
    assert own_projects_answering(world.officer, [clause.pk]) == {clause.pk: [own]}
    assert own_projects_answering(world.tha_sen_clerk, [clause.pk]) == {}


def test_a_list_is_counted(world: World) -> None:
    proposed(world.clerk)
    rows = projects_listed(world.clerk, ProjectsWanted(), today=TODAY)
    assert counted(rows) == 1


def test_near_ones_come_from_the_plan_the_past_and_from_others_who_show_theirs(
    world: World,
) -> None:
    plan = DevelopmentPlan.objects.create(
        organisation=world.nong_kapu, be_from=2566, be_to=2570, shape="strategy",
        made_by=world.clerk,
    )  # fmt: skip
    PlanRow.objects.create(plan=plan, form="p02", position=1, name="ปรับปรุงสวนสาธารณะหมู่ที่ 1")
    PlanRow.objects.create(plan=plan, form="p02", position=2, name="ก่อสร้างถนนคอนกรีต")
    own = proposed(world.clerk, name="ปรับปรุงสวนสาธารณะหมู่ที่ 2")
    proposed(world.clerk, name="จัดซื้อรถบรรทุกขยะ")
    shown = finished(world.tha_sen_clerk, "ปรับปรุงสวนสาธารณะบ้านท่าเสน")
    funded(shown, world.tha_sen_clerk)
    Allotment.objects.update(committed_satang=450_000, paid_satang=450_000)
    finished(world.ban_lat_clerk, "ปรับปรุงสวนสาธารณะเทศบาล", is_public=False)
    proposed(world.neighbour_clerk, name="ปรับปรุงสวนสาธารณะบางจาน")
    found = nearest_projects(world.clerk, "โครงการปรับปรุงสวนสาธารณะ หมู่ที่ 3")
    assert [(one.kind, one.name) for one in found] == [
        (NearKind.PLAN, "ปรับปรุงสวนสาธารณะหมู่ที่ 1"),
        (NearKind.OWN, own.name),
        (NearKind.OTHER, shown.name),
    ]
    assert "สวนสาธารณะ" in found[2].why
    assert found[2].satang == 450_000
    assert nearest_projects(world.clerk, "ก") == []
    assert nearest_projects(world.administrator, "ปรับปรุงสวนสาธารณะ") == []


def finished(by: Post, name: str, *, is_public: bool = True) -> Project:
    project = approved(by, name=name)
    for state in (ProjectState.UNDER_WAY, ProjectState.FINISHED):
        project = move_project(project, state, by=by)
    return show_project(project, by=by, is_public=is_public)


def test_nearness_counts_words_that_not_every_project_has() -> None:
    assert likeness("โครงการปรับปรุงสวน", "ปรับปรุงสวน") == 1
    assert likeness("โครงการก่อสร้างถนน", "โครงการคัดแยกขยะ") == 0
    assert shared_words("โครงการขุดลอกคลองส่งน้ำ", "ซ่อมคลองส่งน้ำสาย 2") == "คลองส่งน้ำ"
    assert shared_words("ก", "ข") == ""
