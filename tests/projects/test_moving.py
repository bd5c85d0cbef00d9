"""Approved only as what is told, given up only when no contract binds: with reasons that stay."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as some

from tests.projects.money import allotted, committed, kept, of, paid
from tests.projects.projects import SECTIONS, approved, proposed
from tests.world import World
from thamthan.errors import Refused
from thamthan.projects.actions import move_project, release_money
from thamthan.projects.models import Project
from thamthan.projects.rules import SECTIONS as KNOWN
from thamthan.projects.rules import PlanStanding, ProjectState, approval_lacks
from thamthan.records.queries import history_of


def without(*fields: str) -> dict[str, Any]:
    return {name: "" if name in fields else text for name, text in SECTIONS.items()}


def refusal(project: Project, to: ProjectState, *, by: Any, why: str = "") -> Refused:
    with pytest.raises(Refused) as refused:
        move_project(project, to, by=by, why=why)
    project.refresh_from_db()
    return refused.value


@for_all(
    some.dictionaries(
        some.sampled_from([one.field for one in KNOWN]), some.sampled_from(["", " ", "……", "ทำ"])
    ),
    some.sampled_from(PlanStanding.values),
)
def test_whatever_lacks_is_essential_or_needs_a_word_and_never_both(
    words: dict[str, str], standing: str
) -> None:
    lacks = approval_lacks(words, standing=standing)
    assert not set(lacks.essential) & set(lacks.others)
    full = {one.field: "ทำ" for one in KNOWN}
    assert not approval_lacks(full, standing=standing)
    assert bool(lacks) is (
        any("……" in text for text in words.values())
        or not words.get("targets", "").strip()
        or (
            standing != PlanStanding.ROUTINE
            and any(not words.get(one.field, "").strip() for one in KNOWN if one.is_required)
        )
    )


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["objectives", "targets"])
def test_nothing_is_approved_without_its_aims_and_targets(world: World, field: str) -> None:
    project = proposed(world.officer, sections=without(field))
    told = refusal(project, ProjectState.APPROVED, by=world.executive, why="ด่วน")
    assert told.code == "not_worded"
    assert next(one.heading for one in KNOWN if one.field == field) in told.message
    assert project.state == ProjectState.DRAFT


@pytest.mark.django_db
def test_another_empty_section_needs_the_reason_in_writing_and_history_keeps_both(
    world: World,
) -> None:
    project = proposed(world.officer, sections=without("rationale", "method"))
    told = refusal(project, ProjectState.APPROVED, by=world.executive, why=" \n")
    assert told.code == "no_reason"
    assert "หลักการและเหตุผล วิธีดำเนินการ" in told.message
    why = "อนุมัติแล้วตามบันทึกที่ กช 12/2569"
    move_project(project, ProjectState.APPROVED, by=world.executive, why=why)
    entry = history_of(project).get(verb="project:moved")
    assert (entry.note, entry.facts["lacking"]) == (why, ["หลักการและเหตุผล", "วิธีดำเนินการ"])
    whole = approved(world.clerk)
    assert "lacking" not in history_of(whole).get(verb="project:moved").facts


@pytest.mark.django_db
def test_routine_work_is_told_by_its_targets(world: World) -> None:
    sections = {"targets": "เก็บขยะหน้าตลาดทุกวันศุกร์"}
    project = proposed(world.officer, standing=PlanStanding.ROUTINE, sections=sections)
    assert move_project(project, ProjectState.APPROVED, by=world.executive).approved_at
    untold = proposed(world.officer, standing=PlanStanding.ROUTINE, sections={})
    assert refusal(untold, ProjectState.APPROVED, by=world.executive).code == "not_worded"


@pytest.mark.django_db
def test_a_project_is_not_given_up_while_a_contract_binds_money(world: World) -> None:
    project = approved(world.clerk)
    money = allotted(project, kept(world.clerk, 500_000), 300_000, by=world.clerk)
    contract = committed(money, 280_000, by=world.clerk)
    paid(contract, 100_000, by=world.clerk)
    told = refusal(project, ProjectState.CANCELLED, by=world.executive, why="ผู้รับจ้างทิ้งงาน")
    assert told.code == "money_bound"
    assert "180,000.00" in told.message
    assert project.state == ProjectState.APPROVED
    release_money(contract, of(180_000), by=world.clerk, why="บอกเลิกสัญญา", press=uuid4())
    assert refusal(project, ProjectState.CANCELLED, by=world.executive).code == "no_reason"
    move_project(project, ProjectState.CANCELLED, by=world.executive, why="ผู้รับจ้างทิ้งงาน")
    entry = history_of(project).filter(verb="project:moved").latest("pk")
    assert (entry.note, entry.facts["paid_satang"]) == ("ผู้รับจ้างทิ้งงาน", 100_000_00)
