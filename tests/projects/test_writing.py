from datetime import date

import pytest
import time_machine

from tests.directives.orders import cascaded
from tests.projects.projects import approved, proposed
from tests.world import World
from thamthan.directives.models import Order
from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    finish_step,
    move_project,
    reopen_step,
    reword_project,
    set_places,
    set_risks,
    set_steps,
    set_supporters,
    set_target_groups,
    start_project,
)
from thamthan.projects.listed import shipped_templates
from thamthan.projects.models import (
    DevelopmentPlan,
    Goal,
    PlanBudget,
    PlanRow,
    Project,
    Result,
)
from thamthan.projects.queries import (
    answerable_clauses,
    clause_choices,
    project_sheet,
    start_as_before,
    start_from_clause,
    start_from_plan_row,
)
from thamthan.projects.rows import GroupRow, PlaceRow, RiskRow, StepRow, SupporterRow
from thamthan.projects.rules import PlaceKind, PlanStanding, ProjectState
from thamthan.projects.rules.templates import suggested_for
from thamthan.records.queries import history_of

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


STEPS = (
    StepRow("สำรวจ", date(2026, 4, 1), date(2026, 4, 30)),
    StepRow("เปิดใช้", date(2026, 6, 1), date(2026, 6, 1), is_milestone=True),
)


def test_only_what_is_given_is_worded_anew(world: World) -> None:
    project = proposed(world.clerk)
    changed = reword_project(
        project, by=world.officer, seen_version=1, sections={"targets": "สวน 2 แห่ง"}
    )
    assert (changed.targets, changed.name) == ("สวน 2 แห่ง", project.name)
    assert (changed.objectives, changed.version) == (project.objectives, 2)
    same = reword_project(changed, by=world.clerk, seen_version=2, name=changed.name)
    assert same.version == 2


def test_two_who_write_at_once_are_told(world: World) -> None:
    project = proposed(world.clerk)
    set_steps(project, STEPS, by=world.officer, seen_version=1)
    with pytest.raises(Refused) as refused:
        set_target_groups(project, [GroupRow("เด็ก", "คน", 20)], by=world.clerk, seen_version=1)
    assert refused.value.code == "changed_meanwhile"
    assert not project.target_groups.exists()


def test_each_part_is_what_was_written_last(world: World) -> None:
    project = proposed(world.clerk)
    set_target_groups(project, [GroupRow("เด็ก", "คน", 20), GroupRow("ครู", "คน")], by=world.clerk)
    set_target_groups(project, [GroupRow("ผู้สูงอายุ", "คน", 0)], by=world.clerk)
    set_supporters(project, [SupporterRow("วัดตัวอย่าง", "ที่ดิน", 150_050)], by=world.clerk)
    set_risks(project, [RiskRow("ฝนมาเร็ว", 2, 3, "ทำงานดินก่อน")], by=world.clerk)
    set_places(
        project, [PlaceRow("ลาน", PlaceKind.POINT, 3, 13_049_812, 99_912_345)], by=world.clerk
    )
    sheet = project_sheet(world.clerk, Project.objects.get(pk=project.pk))
    assert [(one.name, one.planned) for one in sheet.groups] == [("ผู้สูงอายุ", 0)]
    assert [one.worth_satang for one in sheet.supporters] == [150_050]
    assert [one.answer for one in sheet.risks] == ["ทำงานดินก่อน"]
    assert [one.latitude_e6 for one in sheet.places] == [13_049_812]
    assert history_of(project).filter(verb="project:changed").count() == 5


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([StepRow(" ")], "no_name"),
        ([StepRow("ก" * 501)], "long_words"),
        ([StepRow("ก", date(2026, 5, 1), date(2026, 4, 1))], "backward"),
        ([StepRow("ก", weight=0)], "wrong_weight"),
        ([StepRow("ก")] * 61, "too_many"),
    ],
)
def test_steps_that_cannot_be_are_refused_in_words(
    world: World, rows: list[StepRow], code: str
) -> None:
    project = proposed(world.clerk)
    with pytest.raises(Refused) as refused:
        set_steps(project, rows, by=world.clerk)
    assert refused.value.code == code
    assert not project.steps.exists()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (PlaceRow("ลาน", PlaceKind.POINT), "no_point"),
        (PlaceRow("ลาน", PlaceKind.POINT, latitude_e6=13_000_000), "half_a_point"),
        (PlaceRow("ลาน", PlaceKind.POINT, None, 99_000_000, 13_000_000), "off_the_globe"),
        (PlaceRow("สวน", PlaceKind.AREA, outline=((99.9, 13.0), (99.8, 13.1))), "no_area"),
        (PlaceRow("หมู่", PlaceKind.VILLAGE, 0), "wrong_village"),
        (PlaceRow("หมู่", "somewhere"), "wrong_place"),
    ],
)
def test_places_that_cannot_be_are_refused_in_words(world: World, row: PlaceRow, code: str) -> None:
    with pytest.raises(Refused) as refused:
        set_places(proposed(world.clerk), [row], by=world.clerk)
    assert refused.value.code == code


def test_the_same_group_or_supporter_twice_is_refused(world: World) -> None:
    project = proposed(world.clerk)
    with pytest.raises(Refused):
        set_target_groups(project, [GroupRow("เด็ก"), GroupRow("เด็ก")], by=world.clerk)
    with pytest.raises(Refused):
        set_supporters(project, [SupporterRow("วัด"), SupporterRow("วัด")], by=world.clerk)
    set_target_groups(project, [GroupRow("เด็ก"), GroupRow("เด็ก", "ครัวเรือน")], by=world.clerk)


@pytest.mark.parametrize("stranger", ["tha_sen_clerk", "district_officer", "administrator"])
def test_nobody_else_writes_any_part(world: World, stranger: str) -> None:
    project, post = proposed(world.clerk), getattr(world, stranger)
    for deed in (
        lambda by: set_steps(project, STEPS, by=by),
        lambda by: set_places(project, [PlaceRow("ลาน", village_number=1)], by=by),
        lambda by: reword_project(project, by=by, seen_version=1, name="อื่น"),
    ):
        with pytest.raises(Refused):
            deed(post)
        assert project.steps.count() == 0


def test_a_step_keeps_itself_when_the_steps_are_written_again(world: World) -> None:
    project = proposed(world.clerk)
    set_steps(project, STEPS, by=world.clerk)
    first, second = project.steps.all()
    rows = [
        StepRow("สำรวจใหม่", pk=first.pk),
        StepRow("แทรก"),
        StepRow(second.name, pk=second.pk, is_milestone=True),
    ]
    set_steps(project, rows, by=world.clerk)
    assert [step.name for step in project.steps.all()] == ["สำรวจใหม่", "แทรก", "เปิดใช้"]
    assert [project.steps.all()[0].pk, project.steps.all()[2].pk] == [first.pk, second.pk]


def test_the_first_step_done_sets_the_project_under_way(world: World) -> None:
    project = approved(world.clerk)
    set_steps(project, STEPS, by=world.clerk)
    first = project.steps.all()[0]
    finish_step(first, by=world.officer, words="สำรวจครบ 3 หมู่บ้าน")
    finish_step(first, by=world.officer)
    project.refresh_from_db()
    assert project.state == ProjectState.UNDER_WAY
    first.refresh_from_db()
    assert (first.done_on, first.done_words) == (TODAY, "สำรวจครบ 3 หมู่บ้าน")
    with pytest.raises(Refused) as refused:
        set_steps(project, [StepRow("อื่น")], by=world.clerk)
    assert refused.value.code == "done_step"
    reopen_step(first, by=world.clerk)
    assert history_of(project).filter(verb="project:step_done").count() == 2
    set_steps(project, [StepRow("อื่น")], by=world.clerk)


def test_no_step_of_a_draft_or_of_tomorrow_is_done(world: World) -> None:
    project = proposed(world.clerk)
    set_steps(project, STEPS, by=world.clerk)
    step = project.steps.all()[0]
    with pytest.raises(Refused) as refused:
        finish_step(step, by=world.clerk)
    assert refused.value.code == "not_approved"
    move_project(project, ProjectState.APPROVED, by=world.clerk)
    with pytest.raises(Refused) as refused:
        finish_step(step, by=world.clerk, on=date(2026, 3, 17))
    assert refused.value.code == "future_day"
    with pytest.raises(Refused):
        finish_step(step, by=world.tha_sen_clerk)


def test_what_is_finished_is_written_no_more(world: World) -> None:
    project = approved(world.clerk)
    for state in (ProjectState.UNDER_WAY, ProjectState.FINISHED):
        move_project(project, state, by=world.clerk)
    with pytest.raises(Refused) as refused:
        set_steps(project, STEPS, by=world.clerk)
    assert refused.value.code == "project_closed"


def test_what_is_missing_is_listed_until_it_is_there(world: World) -> None:
    project = proposed(world.clerk, sections={"rationale": "ขยะวันละ……ตัน"})
    words = [one.words for one in project_sheet(world.clerk, project).lacking]
    assert "วัตถุประสงค์" in words
    assert "หลักการและเหตุผลยังมีช่อง …… ให้เติม" in words
    assert "ขั้นตอนและกำหนดวัน" in words
    full = proposed(
        world.clerk,
        unit=world.welfare,
        begins_on=date(2026, 4, 1),
        ends_on=date(2026, 6, 30),
    )
    set_steps(full, STEPS, by=world.clerk)
    left = [one.words for one in project_sheet(world.clerk, full).lacking]
    assert left == ["กลุ่มเป้าหมาย", "สถานที่บนแผนที่", "ข้อสั่งการที่โครงการนี้ตอบ"]


def test_a_routine_activity_asks_for_little(world: World) -> None:
    activity = proposed(world.clerk, standing=PlanStanding.ROUTINE, sections={})
    parts = {one.part for one in project_sheet(world.clerk, activity).lacking}
    assert parts == {"targets", "facts"}


def test_a_project_is_begun_from_a_clause_with_what_it_asks(world: World, order: Order) -> None:
    clause = answerable_clauses(world.clerk).filter(text__contains="สวนสาธารณะ").latest("pk")
    start = start_from_clause(world.clerk, clause.pk, today=TODAY)
    project = start_project(start, by=world.clerk)
    assert [answer.directive for answer in project.answers.all()] == [clause]
    assert clause.text in project.rationale
    assert project.template
    days = [day for step in project.steps.all() for day in (step.begins_on, step.ends_on)]
    # The template's nine months do not reach beyond the six that the fiscal year has left.
    assert (min(days), max(days)) == (date(2026, 4, 1), date(2026, 9, 30))
    with pytest.raises(NotFound):
        start_from_clause(world.neighbour_clerk, clause.pk, today=TODAY)


def test_a_project_is_begun_from_a_row_of_the_plan(world: World) -> None:
    row = plan_row(world.clerk, world)
    PlanBudget.objects.create(row=row, be_year=2569, planned_satang=100, ordinance_satang=None)
    start = start_from_plan_row(world.clerk, row.pk, today=TODAY)
    assert (start.standing, start.name) == (PlanStanding.PLAN, "ก่อสร้างบ่อดักไขมันชุมชน")
    row.budgets.update(ordinance_satang=5_000_000)
    start = start_from_plan_row(world.clerk, row.pk, today=TODAY)
    project = start_project(start, by=world.clerk)
    assert (project.standing, project.plan_row) == (PlanStanding.ORDINANCE, row)
    assert project.targets == "บ่อดักไขมัน 40 บ่อ"
    with pytest.raises(NotFound):
        start_from_plan_row(world.tha_sen_clerk, row.pk, today=TODAY)


def plan_row(by: Post, world: World) -> PlanRow:
    plan = DevelopmentPlan.objects.create(
        organisation=world.nong_kapu, be_from=2566, be_to=2570, shape="strategy", made_by=by
    )
    return PlanRow.objects.create(
        plan=plan, form="p02", position=1, number="12", name="ก่อสร้างบ่อดักไขมันชุมชน",
        target="บ่อดักไขมัน 40 บ่อ", objective="ลดน้ำเสีย",
    )  # fmt: skip


def test_last_years_is_copied_without_what_came_of_it(world: World) -> None:
    old = approved(
        world.clerk, begins_on=date(2025, 11, 1), ends_on=date(2026, 2, 28), unit=world.welfare
    )
    set_steps(old, [StepRow("สำรวจ", date(2025, 11, 1), date(2025, 11, 30))], by=world.clerk)
    set_target_groups(old, [GroupRow("เด็ก", "คน", 20, reached=18)], by=world.clerk)
    set_places(old, [PlaceRow("ลาน", PlaceKind.POINT, 3, 13_049_812, 99_912_345)], by=world.clerk)
    finish_step(old.steps.get(), by=world.clerk)
    goal = Goal.objects.create(
        project=old, name="สวน", measure="count", unit="แห่ง", adding_up="sum", target_milli=1000
    )
    Result.objects.create(
        goal=goal, from_on=date(2025, 10, 1), until_on=date(2025, 12, 31), as_of=TODAY,
        standing="measured", value_milli=1000, made_by=world.clerk,
    )  # fmt: skip
    project = start_project(start_as_before(world.clerk, old.pk, be_year=2570), by=world.clerk)
    assert (project.copied_from, project.state) == (old, ProjectState.DRAFT)
    assert (project.be_year, project.begins_on) == (2570, date(2026, 11, 1))
    (step,) = project.steps.all()
    assert (step.begins_on, step.done_on) == (date(2026, 11, 1), None)
    assert project.target_groups.get().reached is None
    assert (project.goals.get().target_milli, project.goals.get().results.count()) == (1000, 0)
    assert project.places.get().latitude_e6 == 13_049_812
    assert project.rationale == old.rationale
    with pytest.raises(NotFound):
        start_as_before(world.tha_sen_clerk, old.pk, be_year=2570)


def test_one_that_stood_in_an_ordinance_stands_in_the_plan_the_year_after(world: World) -> None:
    row = plan_row(world.clerk, world)
    old = proposed(world.clerk, standing=PlanStanding.ORDINANCE, plan_row=row)
    assert start_as_before(world.clerk, old.pk, be_year=2570).standing == PlanStanding.PLAN
    after = start_as_before(world.clerk, old.pk, be_year=2571)
    assert (after.standing, after.plan_row) == (PlanStanding.NONE, None)


def test_a_clause_is_ticked_once_it_is_answered(world: World, order: Order) -> None:
    clause = answerable_clauses(world.clerk).filter(text__contains="สวนสาธารณะ").latest("pk")
    start = start_from_clause(world.clerk, clause.pk, today=TODAY)
    project = start_project(start, by=world.clerk)
    choices = clause_choices(world.clerk, project)
    assert [one.clause for one in choices if one.is_answered] == [clause]
    assert len(choices) > 1


def test_every_measure_of_the_two_pillars_has_its_template() -> None:
    asked = {
        "ลดรายจ่ายของครัวเรือนด้วยตลาดนัดชุมชน": "living-costs",
        "นำอัตลักษณ์ วัฒนธรรม และภูมิปัญญาของพื้นที่มาสร้างกิจกรรมท่องเที่ยว": "local-identity",
        "พัฒนาคุณภาพสินค้า OTOP": "otop",
        "ส่งเสริมการพึ่งพาตนเองด้านพลังงาน": "community-energy",
        "เพิ่มช่องทางการจำหน่ายสินค้าทั้งออนไลน์": "sales-channels",
        "การ Upskill และ Reskill": "skills",
        "ดูแลผู้สูงอายุ คนพิการ และกลุ่มเปราะบางให้เข้าถึงสวัสดิการ": "welfare",
        "ส่งเสริมและสร้างอาชีพให้ผู้ว่างงาน": "occupations",
        "ซ่อมแซมที่อยู่อาศัยของผู้ยากไร้": "housing",
        "สนับสนุนการศึกษาของเด็กในครอบครัวที่ขาดแคลน": "education",
        "จัดให้มีหรือปรับปรุงสวนสาธารณะให้ได้มาตรฐาน": "public-park",
        "จัดการน้ำเสียของชุมชนก่อนปล่อยลงแหล่งน้ำ": "wastewater",
        "คัดแยกขยะที่ต้นทางและกำจัดให้ถูกวิธี": "waste",
    }
    found = {text: suggested_for(shipped_templates(), text)[0].key for text in asked}
    assert found == asked
    assert len(shipped_templates()) == 13
    assert suggested_for(shipped_templates(), "ป้องกันยาเสพติด") == ()


@pytest.mark.parametrize("template", shipped_templates(), ids=lambda one: one.key)
def test_a_template_has_words_for_each_section_and_steps_with_a_milestone(template: object) -> None:
    from thamthan.projects.rules.templates import ProjectTemplate

    assert isinstance(template, ProjectTemplate)
    assert {
        "rationale",
        "objectives",
        "targets",
        "method",
        "evaluation",
        "expected_results",
    } <= set(template.sections)
    assert any(step.is_milestone for step in template.steps)
    assert template.indicators and template.groups and template.called
    assert template.mark == "I"
