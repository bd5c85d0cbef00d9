"""What a form will ask and cost, before it is used; and what the list of projects tells."""

import pytest
import time_machine

from tests.directives.orders import district_order
from tests.projects.projects import proposed
from tests.reports.reports import FORM, opened, report_of
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.projects.actions import answer_clauses, move_project
from thamthan.projects.models import TargetGroup
from thamthan.projects.rules import ProjectState
from thamthan.reports.actions import load_report_form, open_rounds
from thamthan.reports.models import ReportForm
from thamthan.reports.queries import (
    asked_reports,
    form_burden,
    form_lines,
    offices_with,
    previewed_questions,
    report_burdens,
)
from thamthan.reports.rules import Fill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


def test_a_preview_asks_what_the_round_will_ask(world: World) -> None:
    load_report_form(FORM.read_bytes(), by=world.system)
    order = district_order(world)
    form = ReportForm.objects.get(is_default=True)
    shown = previewed_questions(world.district_officer, form, order=order)
    cascade_order(order, [world.nong_kapu], by=world.district_officer)
    (round_,) = open_rounds(order, by=world.district_officer)
    assert [(one.key, one.text, one.kind) for one in shown] == list(
        round_.questions.values_list("key", "text", "kind")
    )
    # Of no order yet: every question once.
    alone = previewed_questions(world.district_officer, form)
    assert len(alone) == form.questions.count()


def test_the_burden_counts_the_houses_and_what_is_known_of_them(world: World) -> None:
    load_report_form(FORM.read_bytes(), by=world.system)
    by, form = world.district_officer, ReportForm.objects.get(is_default=True)
    one = form_burden(by, form)
    assert one.offices == 15
    assert (one.answers, one.fillable) == (11, 9)
    assert one.total == 15 * one.most
    assert form_burden(by, form, pillars=3).most > one.most
    assert form_burden(by, form, offices=2).total == 2 * one.most

    order = district_order(world)
    cascade_order(order, [world.nong_kapu, world.tha_sen], by=by)
    (asked,) = asked_reports(by, order)
    before = report_burdens(by, asked, [form])[form.pk]
    assert (before.offices, before.total) == (2, 2 * before.most)
    project = proposed(world.clerk)
    answer_clauses(project, [order.directives.filter(parent=None)[0]], by=world.clerk)
    TargetGroup.objects.create(project=project, name="ประชาชน", unit="คน", reached=850)
    # A draft is not yet the house's word.
    assert offices_with(by, [Fill.PROJECTS], root=order) == {Fill.PROJECTS: 0}
    move_project(project, ProjectState.APPROVED, by=world.executive)
    told = offices_with(by, [Fill.PROJECTS, Fill.PEOPLE, Fill.HOUSEHOLDS], root=order)
    assert told == {Fill.PROJECTS: 1, Fill.PEOPLE: 1, Fill.HOUSEHOLDS: 0}
    after = report_burdens(by, asked, [form])[form.pk]
    assert after.most == before.most
    assert 2 * after.least < after.total < before.total


def test_what_a_project_of_a_district_neighbour_knows_is_not_counted(world: World) -> None:
    order = district_order(world)
    cascade_order(order, [world.nong_kapu], by=world.district_officer)
    project = proposed(world.clerk)
    move_project(project, ProjectState.APPROVED, by=world.executive)
    # It answers no order of the district: the house's own affair.
    assert offices_with(world.district_officer, [Fill.PROJECTS]) == {Fill.PROJECTS: 0}
    answer_clauses(project, [order.directives.filter(parent=None)[0]], by=world.clerk)
    assert offices_with(world.district_officer, [Fill.PROJECTS]) == {Fill.PROJECTS: 1}
    assert offices_with(world.neighbour_clerk, [Fill.PROJECTS]) == {Fill.PROJECTS: 0}


def test_the_list_of_projects_tells_what_a_row_of_the_districts_table_has(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    clause = round_.root.directives.filter(parent=None)[0]
    project = proposed(world.clerk)
    project.begins_on, project.ends_on = "2026-01-01", "2026-03-31"
    project.save()
    project.goals.create(
        name="ผู้เข้าอบรม", measure="count", unit="คน", adding_up="sum", target_milli=200_000
    )
    answer_clauses(project, [clause], by=world.clerk)
    move_project(project, ProjectState.APPROVED, by=world.executive)
    lines = form_lines(world.clerk, report_of(round_, world.nong_kapu))
    line = next(one for one in lines if one.question.key == f"c{clause.pk}-projects")
    (row,) = line.rows
    assert "ผู้เข้าอบรม เป้าหมาย 200 คน" in row["told"]
    assert "1 ม.ค. 69 ถึง 31 มี.ค. 69" in row["told"]
