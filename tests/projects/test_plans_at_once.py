"""Two people at one plan in the same moment: no row is written twice; on both databases."""

import pytest

from tests.letters.test_endorsing_at_once import at_once
from tests.projects.plans import plan_file, row_kept
from tests.world import World
from thamthan.projects.actions import agree_plan_import, begin_plan_import, take_up_row
from thamthan.projects.models import PlanImport, PlanRow, Project
from thamthan.projects.rules import ImportState

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_brought_twice_at_once_waits_once(world: World) -> None:
    content = plan_file()
    both = [
        lambda by=by: begin_plan_import(content, "แผน.xlsx", by=by)
        for by in (world.clerk, world.officer)
    ]
    assert at_once(*both) == ["done"] * 2
    assert PlanImport.objects.count() == 1
    assert PlanImport.objects.get().lines.count() == 2


def test_an_import_agreed_by_two_adds_its_rows_once(world: World) -> None:
    made = begin_plan_import(plan_file(), "แผน.xlsx", by=world.clerk)
    both = [lambda by=by: agree_plan_import(made, by=by) for by in (world.clerk, world.officer)]
    assert at_once(*both) == ["done"] * 2
    assert PlanRow.objects.count() == 2
    assert PlanImport.objects.get().state == ImportState.AGREED


def test_two_files_with_the_same_rows_add_them_once(world: World) -> None:
    first = begin_plan_import(plan_file(), "แผน.xlsx", by=world.clerk)
    second = begin_plan_import(plan_file(title="แผนพัฒนา"), "แผนอีกไฟล์.xlsx", by=world.officer)
    ends = at_once(
        lambda: agree_plan_import(first, by=world.clerk),
        lambda: agree_plan_import(second, by=world.officer),
    )
    assert ends == ["done"] * 2
    assert PlanRow.objects.count() == 2


def test_a_row_taken_up_by_two_is_one_project(world: World) -> None:
    row = row_kept(world.clerk)
    both = [lambda by=by: take_up_row(row, 2569, by=by) for by in (world.clerk, world.officer)]
    assert at_once(*both) == ["done"] * 2
    assert Project.objects.count() == 1
