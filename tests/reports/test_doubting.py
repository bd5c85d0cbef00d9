"""What looks wrong about a figure is confirmed once, for the very number that was shown."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine

from tests.projects.projects import proposed
from tests.reports.reports import answered, given, opened, report_of
from tests.world import World
from thamthan.directives.models import Obligation
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions import answer_clauses, move_project
from thamthan.projects.models import Residents
from thamthan.projects.rules import Guard, ProjectState
from thamthan.reports.actions import (
    Given,
    fill_report,
    open_due_rounds,
    save_answers,
    submit_report,
)
from thamthan.reports.models import Question, Report, Round, SentReport
from thamthan.reports.queries import answer_lines, form_lines, sent_version
from thamthan.reports.rules import AnswerStanding

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Any:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as found:
        yield found


@pytest.fixture
def report(world: World, clock: Any) -> Report:
    return report_of(opened(world, [world.nong_kapu]), world.nong_kapu)


def asked(report: Report, kind: str, unit: str) -> Question:
    return report.round.questions.filter(kind=kind, unit=unit)[0]


def saved(report: Report, question: Question, number: int, by: Post, **more: Any) -> list[Any]:
    """The doubts about this number, once it is saved."""
    line = next(one for one in form_lines(by, report) if one.question == question)
    one = Given(AnswerStanding.GIVEN, line.version, number * 1000, **more)
    save_answers(report, {question.key: one}, by=by)
    return next(one for one in form_lines(by, report) if one.question == question).doubts


@pytest.mark.parametrize(
    ("kind", "unit", "number", "guard"),
    [
        ("money", "บาท", 12, Guard.MONEY_UNIT),
        ("money", "บาท", 5_000_000_000, Guard.MONEY_UNIT),
        ("number", "ครัวเรือน", 6000, Guard.RESIDENTS),
        ("number", "คน", 90_000, Guard.RESIDENTS),
        ("number", "โครงการ", -1, Guard.NEGATIVE),
    ],
)
def test_a_number_out_of_measure_is_asked_about(
    world: World, report: Report, kind: str, unit: str, number: int, guard: Guard
) -> None:
    Residents.objects.create(
        organisation=world.nong_kapu, as_of="2026-01-01", people=5100, households=1700,
        source="ทะเบียนราษฎร", made_by=world.clerk,
    )  # fmt: skip
    question = asked(report, kind, unit)
    ((doubt, is_sure),) = saved(report, question, number, world.clerk)
    assert (doubt.guard, is_sure) == (guard, False)
    assert saved(report, question, 1000, world.clerk) == []


def test_households_are_held_against_the_people_of_the_same_clause(
    world: World, report: Report
) -> None:
    people, households = asked(report, "number", "คน"), asked(report, "number", "ครัวเรือน")
    assert people.directive_id == households.directive_id
    saved(report, people, 300, world.clerk)
    ((doubt, _),) = saved(report, households, 400, world.clerk)
    assert doubt.guard == Guard.HOUSEHOLDS


def test_ten_times_what_the_system_knows_is_asked_about(world: World, report: Report) -> None:
    project = proposed(world.clerk)
    clause = report.round.root.directives.filter(parent=None)[0]
    answer_clauses(project, [clause], by=world.clerk)
    move_project(project, ProjectState.APPROVED, by=world.executive)
    fill_report(report, by=world.clerk)
    question = report.round.questions.get(key=f"c{clause.pk}-project-count")
    ((doubt, _),) = saved(report, question, 12, world.clerk)
    assert doubt.guard == Guard.TENFOLD
    assert "ที่ระบบรู้" in doubt.words


def test_ten_times_the_last_period_is_asked_about(world: World, report: Report, clock: Any) -> None:
    Obligation.objects.filter(pk=report.round.obligation_id).update(
        due_rule="FREQ=MONTHLY;BYMONTHDAY=27"
    )
    answered(report, world.clerk, 20_000)
    clock.move_to("2026-03-28T09:00:00+07:00")
    open_due_rounds(by=world.system)
    second = report_of(Round.objects.get(number=2), world.nong_kapu)
    question = asked(second, "number", "โครงการ")
    ((doubt, _),) = saved(second, question, 250, world.clerk)
    assert doubt.guard == Guard.TENFOLD
    assert "งวดก่อน" in doubt.words
    assert saved(second, question, 25, world.clerk) == []


def test_it_is_sent_once_a_person_is_sure_and_whoever_judges_is_told(
    world: World, report: Report
) -> None:
    answered(report, world.clerk, 300_000)
    question = asked(report, "money", "บาท")
    ((doubt, _),) = saved(report, question, 12, world.clerk)

    def send() -> SentReport:
        fresh = Report.objects.get(pk=report.pk)
        return submit_report(report, by=world.clerk, seen_version=fresh.version, press=uuid4())

    with pytest.raises(Refused) as refused:
        send()
    assert refused.value.code == "not_sure"
    # Sure of one number is not sure of another.
    ((other, is_sure),) = saved(report, question, 13, world.clerk, sure_of=[doubt.key])
    assert not is_sure
    ((_, is_sure),) = saved(report, question, 13, world.clerk, sure_of=[other.key])
    assert is_sure
    send()
    version = sent_version(world.district_officer, report)
    line = next(
        one for one in answer_lines(world.district_officer, version) if one.question == question
    )
    assert line.warned == [{"words": other.words, "sure": True}]
    # Typed anew it is asked about anew.
    ((_, is_sure),) = saved(report, question, 14, world.clerk)
    assert not is_sure


def test_what_a_person_typed_is_not_in_conflict_with_what_the_system_learns(
    world: World, report: Report
) -> None:
    project = proposed(world.clerk)
    clause = report.round.root.directives.filter(parent=None)[0]
    question = report.round.questions.get(key=f"c{clause.pk}-project-count")
    save_answers(report, {question.key: given(question, 7000)}, by=world.clerk)
    seen = report.answers.get(question=question).version
    answer_clauses(project, [clause], by=world.clerk)
    move_project(project, ProjectState.APPROVED, by=world.executive)
    fill_report(report, by=world.officer)
    answer = report.answers.get(question=question)
    assert (answer.known["value_milli"], answer.changed_words) == (1000, world.clerk.words())
    _, conflicts = save_answers(
        report, {question.key: given(question, 8000, seen=seen)}, by=world.clerk
    )
    assert not conflicts
