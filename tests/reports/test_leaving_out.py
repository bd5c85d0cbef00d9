"""What the system lists, a person may leave out of the report, or add a note to."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from tests.projects.projects import proposed
from tests.reports.reports import answered, opened, report_of, sure_of
from tests.reports.tables import with_table
from tests.world import World
from thamthan.projects.actions import answer_clauses, move_project
from thamthan.projects.models import Project
from thamthan.projects.rules import ProjectState
from thamthan.reports.actions import (
    Given,
    accept_reports,
    close_consolidation,
    fill_report,
    save_answers,
    submit_report,
)
from thamthan.reports.models import Question, Report, Round, SentReport
from thamthan.reports.queries import form_lines, house_rows, rows_table, sum_words, table_told
from thamthan.reports.rules import AnswerStanding, RowEdit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> Any:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def report(world: World) -> Report:
    return report_of(opened(world, [world.nong_kapu, world.tha_sen]), world.nong_kapu)


def approved(world: World, report: Report, clauses: list[Any]) -> Project:
    project = proposed(world.clerk)
    answer_clauses(project, clauses, by=world.clerk)
    move_project(project, ProjectState.APPROVED, by=world.executive)
    return project


def left_out(
    report: Report, question: Question, keys: list[int], world: World, text: str = ""
) -> Any:
    seen = next(one for one in form_lines(world.clerk, report) if one.question == question).version
    one = Given(AnswerStanding.GIVEN, seen, text=text, left_out=keys)
    return save_answers(report, {question.key: one}, by=world.clerk)[1]


def test_a_project_left_out_stands_in_no_list_and_no_sum_of_its_clause(
    world: World, report: Report
) -> None:
    clauses = list(report.round.root.directives.filter(parent=None))
    mine, other = (approved(world, report, clauses[:2]) for _ in range(2))
    fill_report(report, by=world.clerk)
    key = f"c{clauses[0].pk}"
    listed = report.round.questions.get(key=f"{key}-projects")
    assert not left_out(report, listed, [mine.pk], world, "โครงการแรกรายงานในแบบอื่น")
    told = {one.question.key: one for one in report.answers.select_related("question")}
    assert [row["project"] for row in told[f"{key}-projects"].rows] == [other.pk]
    assert told[f"{key}-projects"].text == "โครงการแรกรายงานในแบบอื่น"
    assert told[f"{key}-project-count"].value_milli == 1000
    assert [one["project_id"] for one in told[f"{key}-project-count"].sources] == [other.pk]
    # In the other clause it stands as before.
    assert told[f"c{clauses[1].pk}-project-count"].value_milli == 2000
    # The list still shows it, so that it can be taken in again.
    line = next(one for one in form_lines(world.clerk, report) if one.question == listed)
    assert [(one, is_out) for one, _, is_out in line.listed] == [(mine.pk, True), (other.pk, False)]
    # What the system learns later comes in by itself.
    third = approved(world, report, clauses[:1])
    fill_report(report, by=world.officer)
    rows = report.answers.get(question=listed).rows
    assert [row["project"] for row in rows] == [other.pk, third.pk]
    assert not left_out(report, listed, [], world)
    assert report.answers.get(question__key=f"{key}-project-count").value_milli == 3000


def test_two_who_tick_differently_both_see_it(world: World, report: Report) -> None:
    clauses = list(report.round.root.directives.filter(parent=None))
    one, other = (approved(world, report, clauses[:1]) for _ in range(2))
    fill_report(report, by=world.clerk)
    listed = report.round.questions.get(key=f"c{clauses[0].pk}-projects")
    old = next(each for each in form_lines(world.officer, report) if each.question == listed)
    assert not left_out(report, listed, [one.pk], world)
    late = Given(AnswerStanding.GIVEN, old.version, left_out=[other.pk])
    _, (conflict,) = save_answers(report, {listed.key: late}, by=world.officer)
    assert conflict.theirs.left_out == [one.pk]
    assert report.answers.get(question=listed).left_out == [one.pk]


def sent_with_roads(round_: Round, house: Any, by: Any, rows: list[dict[str, Any]]) -> SentReport:
    report = report_of(round_, house)
    saved = answered(report, by, 300_000)
    edits = tuple(RowEdit(f"{at:04d}", "", cells) for at, cells in enumerate(rows))
    saved, _ = save_answers(saved, {"roads": Given(AnswerStanding.GIVEN, 0, edits=edits)}, by=by)
    return submit_report(
        saved, by=by, seen_version=saved.version, press=uuid4(), sure_of=sure_of(saved, by)
    )


def test_the_rows_of_all_houses_stand_together_with_their_sums(
    world: World, report: Report
) -> None:
    round_, table = report.round, with_table(report)
    sent_with_roads(
        round_, world.nong_kapu, world.clerk,
        [{"road": "สายใน", "cost": 1_250_000_500}, {"road": "สายนอก"}],
    )  # fmt: skip
    sent_with_roads(
        round_, world.tha_sen, world.tha_sen_clerk,
        [{"road": "สายกลาง", "cost": 80_000_000, "length": 40_000, "done": "2026-02-15"}],
    )  # fmt: skip
    post = world.district_officer
    assert list(house_rows(post, round_, table)) == []
    accept_reports(
        [report_of(round_, house) for house in (world.nong_kapu, world.tha_sen)], by=post
    )
    told = table_told(post, round_, table)
    assert (told.rows, told.houses) == (3, 2)
    assert [(one.column.key, one.sum_milli, one.given, one.houses) for one in told.sums] == [
        ("length", 40_000, 1, 1), ("cost", 1_330_000_500, 2, 2),
    ]  # fmt: skip
    assert sum_words(post, told.sums[1]) == "1,330,000.5 บาท (จาก 2 แถวที่มีตัวเลข 2 แห่ง)"
    frame, rows = rows_table(post, round_, table, now=timezone.now())
    names = [(row[1], row[2]) for row in rows]
    assert sorted(names) == sorted(
        [
            (world.nong_kapu.name, "สายใน"),
            (world.nong_kapu.name, "สายนอก"),
            (world.tha_sen.name, "สายกลาง"),
        ]
    )
    assert "1,330,000.5 บาท" in frame.foot
    closed = close_consolidation(round_, by=post)
    assert closed.content is not None
    assert closed.content["tables"]["roads"]["cost"]["sum_milli"] == 1_330_000_500
