"""A wrong value in a plan's file is put right in the preview: in place, checked, told as such."""

import pytest
import time_machine

from tests.projects.plans import FIVE, PARK, ROAD, plan_file, row_kept
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    agree_plan_import,
    begin_plan_import,
    choose_lines,
    correct_line,
    correct_year,
)
from thamthan.projects.models import ImportLine, PlanImport
from thamthan.projects.queries import import_lines, line_as_read, line_read, plan_rows, plans_of
from thamthan.projects.rules import LineChoice, LineStanding
from thamthan.records.queries import history_of

pytestmark = pytest.mark.django_db
# One year a thousand times the others, and one that nobody can read.
APART = (100_000, 100_000, 100_000_000, "หนึ่งแสนกว่า", 100_000)


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-16T09:00:00+07:00", tick=False) as clock:
        yield clock


def begun(by: Post, rows: object = ((PARK, APART), (ROAD, FIVE))) -> PlanImport:
    return begin_plan_import(plan_file(rows), "แผน.xlsx", by=by)  # type: ignore[arg-type]  # rows


def line_of(by: Post, made: PlanImport, position: int = 1) -> ImportLine:
    return import_lines(by, made).get(position=position)


def codes(by: Post, line: ImportLine) -> set[str]:
    return {doubt.code for doubt in line_read(by, line).doubts}


def test_a_corrected_amount_is_checked_at_once_and_the_files_own_words_stay(world: World) -> None:
    by = world.officer
    made = begun(by)
    line = line_of(by, made)
    assert codes(by, line) == {"money_apart", "money_unread"}
    line = correct_line(made, line.pk, {"planned.2": "๑๐๐,๐๐๐.-"}, by=by)
    assert codes(by, line) == {"money_unread"}
    line = correct_line(made, line.pk, {"planned.3": "120,000"}, by=by)
    assert (codes(by, line), line.doubt_count) == (set(), 0)
    now, said = line_read(by, line), line_as_read(by, line)
    assert [one.planned.satang for one in now.budgets][2:4] == [100_000_00, 120_000_00]
    assert now.budgets[3].planned.words == "หนึ่งแสนกว่า"
    assert said.budgets[2].planned.satang == 100_000_000_00
    assert line.corrections["planned.2"]["by"] == by.words()
    told = [one.facts for one in history_of(made).order_by("pk") if one.facts.get("deed")]
    assert told[0]["changed"] == {"planned.2": [100_000_000_00, 100_000_00]}


def test_a_correction_may_make_a_new_doubt_and_be_taken_back(world: World) -> None:
    by = world.officer
    made = begun(by, ((PARK, FIVE),))
    line = line_of(by, made)
    assert line.choice == LineChoice.TAKE
    line = correct_line(made, line.pk, {"planned.0": "100 ล้านบาท"}, by=by)
    assert codes(by, line) == {"money_apart"}
    assert line.choice == LineChoice.OPEN
    line = correct_line(made, line.pk, {"planned.0": "100,000.00"}, by=by)
    assert (line.corrections, codes(by, line)) == ({}, set())


def test_what_was_corrected_is_what_enters_the_plan(world: World) -> None:
    by = world.officer
    made = begun(by)
    first = line_of(by, made)
    given = {"name": "โครงการสวนสาธารณะ หมู่ที่ 4", "unit": "กองช่าง", "planned.2": "ไม่ระบุ"}
    correct_line(made, first.pk, given | {"planned.3": "-"}, by=by)
    choose_lines(made, [first.pk], LineChoice.TAKE, by=by)
    agree_plan_import(made, by=by, leave_rest=True)
    rows = {row.name: row for plan in plans_of(by) for row in plan_rows(by, plan)}
    row = rows["โครงการสวนสาธารณะ หมู่ที่ 4"]
    assert row.lead == "กองช่าง"
    amounts = {one.be_year: one.planned_satang for one in row.budgets.all()}
    assert amounts == {2566: 100_000_00, 2567: 100_000_00, 2569: 0, 2570: 100_000_00}
    with pytest.raises(Refused, match="นำเข้าแผนไปแล้ว"):
        correct_line(made, first.pk, {"name": "อื่น"}, by=by)


def test_a_mended_name_is_held_against_the_plan_again(world: World) -> None:
    by = world.officer
    row_kept(world.clerk, name=PARK, number="9")
    row_kept(world.clerk, name=ROAD, number="8")
    made = begun(by, (("โครงการปรับปรุงสวน", FIVE), ("โครงการก่อสร้างถนน", (200_000, *FIVE[1:]))))
    same, other = line_of(by, made, 1), line_of(by, made, 2)
    assert {same.standing, other.standing} == {LineStanding.NEW}
    same = correct_line(made, same.pk, {"name": PARK}, by=by)
    assert (same.standing, same.choice) == (LineStanding.SAME, LineChoice.LEAVE)
    other = correct_line(made, other.pk, {"name": ROAD}, by=by)
    assert (other.standing, other.choice) == (LineStanding.CHANGED, LineChoice.OPEN)
    assert other.differs == ["planned.2566"]
    # Named otherwise again, it is a row of its own, and looked at.
    other = correct_line(made, other.pk, {"name": "โครงการก่อสร้างสะพาน"}, by=by)
    assert (other.standing, other.matched) == (LineStanding.NEW, None)


def test_a_wrong_year_of_a_column_is_put_right_in_the_whole_sheet(world: World) -> None:
    by = world.officer
    made = begun(by, ((PARK, FIVE), (ROAD, FIVE)))
    assert correct_year(made, "ผ.02", was=2570, now="๒๕๗๑", by=by) == 2
    for position in (1, 2):
        line = line_of(by, made, position)
        assert [one.be_year for one in line_read(by, line).budgets][-1] == 2571
        # Beyond the plan's years: somebody looks at it.
        assert line.choice == LineChoice.OPEN
    assert correct_year(made, "ผ.02", was=2570, now="2571", by=by) == 0
    with pytest.raises(Refused, match="มีอยู่แล้ว"):
        correct_year(made, "ผ.02", was=2566, now="2567", by=by)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"name": " "}, "no_name", "name"),
        ({"number": "1" * 40}, "long_words", "number"),
        ({"planned.0": "สิบกว่าบาท"}, "unread_amount", "planned.0"),
        ({"planned.0": "-5"}, "negative_amount", "planned.0"),
        ({"planned.9": "5"}, "no_such_cell", "planned.9"),
        ({"strategy": "ก"}, "no_such_cell", "strategy"),
        ({"year.0": "256"}, "wrong_year", "year.0"),
    ],
)
def test_what_no_row_may_say_is_refused_and_nothing_changes(
    world: World, given: dict[str, str], code: str, field: str
) -> None:
    made = begun(world.officer)
    line = line_of(world.officer, made)
    with pytest.raises(Refused) as refused:
        correct_line(made, line.pk, given, by=world.officer)
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)
    assert line_of(world.officer, made).corrections == {}


def test_another_house_and_another_file_are_not_corrected(world: World) -> None:
    made, other = begun(world.officer), begun(world.officer, ((ROAD, FIVE),))
    with pytest.raises(Refused) as refused:
        correct_line(made, line_of(world.officer, made).pk, {"name": "ก"}, by=world.tha_sen_clerk)
    assert refused.value.status == 403
    with pytest.raises(NotFound):
        correct_line(made, line_of(world.officer, other).pk, {"name": "ก"}, by=world.officer)
