import pytest
import time_machine

from tests.projects.plans import DRAIN, FIVE, PARK, ROAD, plan_file, plan_kept, plan_words, row_kept
from tests.reading.plans import faults, shapes
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    add_plan_row,
    agree_plan_import,
    begin_plan_import,
    choose_lines,
    drop_plan_import,
    mend_plan_row,
)
from thamthan.projects.models import PlanImport, PlanRow
from thamthan.projects.queries import (
    import_agreed_before,
    import_counts,
    import_for,
    import_lines,
    imports_of,
    plan_rows,
    plans_of,
)
from thamthan.projects.rules import ImportState, LineChoice, LineStanding, PlanMode
from thamthan.reading.plans import PlanUnreadable
from thamthan.records.queries import history_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-16T09:00:00+07:00", tick=False) as clock:
        yield clock


def begun(by: Post, content: bytes | None = None) -> PlanImport:
    return begin_plan_import(content or plan_file(), "แผน.xlsx", by=by)


def agreed(by: Post, content: bytes | None = None) -> PlanImport:
    return agree_plan_import(begun(by, content), by=by, leave_rest=True)


def standings(by: Post, made: PlanImport) -> list[tuple[str, str, str]]:
    return [(line.name, line.standing, line.choice) for line in import_lines(by, made)]


def in_force(by: Post) -> list[str]:
    return [row.name for plan in plans_of(by) for row in plan_rows(by, plan)]


def test_nothing_stands_in_a_plan_until_a_person_agrees(world: World) -> None:
    made = begun(world.officer)
    assert (made.be_from, made.be_to, made.state) == (2566, 2570, ImportState.WAITING)
    assert standings(world.officer, made) == [
        (PARK, LineStanding.NEW, LineChoice.TAKE),
        (ROAD, LineStanding.NEW, LineChoice.TAKE),
    ]
    assert not PlanRow.objects.exists()
    done = agree_plan_import(made, by=world.officer)
    assert (done.state, done.added, done.amended) == (ImportState.AGREED, 2, 0)
    assert in_force(world.officer) == [PARK, ROAD]
    assert done.plan is not None
    assert [entry.verb for entry in history_of(done.plan)] == ["plan:kept", "plan:imported"]


def test_a_second_press_adds_nothing(world: World) -> None:
    made = begun(world.officer)
    first = agree_plan_import(made, by=world.officer)
    again = agree_plan_import(made, by=world.clerk)
    assert (again.pk, again.settled_by) == (first.pk, world.officer)
    assert PlanRow.objects.count() == 2


def test_the_same_file_waits_once_and_once_agreed_adds_nothing(world: World) -> None:
    content = plan_file()
    first = begun(world.officer, content)
    assert begun(world.clerk, content) == first
    agree_plan_import(first, by=world.officer)
    again = begun(world.clerk, content)
    assert again != first
    assert import_agreed_before(world.clerk, again) == first
    assert {standing for _, standing, _ in standings(world.clerk, again)} == {LineStanding.SAME}
    done = agree_plan_import(again, by=world.clerk)
    assert (done.added, done.amended) == (0, 0)
    assert PlanRow.objects.count() == 2


def test_a_row_that_is_there_already_cannot_be_taken_twice(world: World) -> None:
    agreed(world.officer)
    again = begun(world.clerk, plan_file([(PARK, FIVE), (DRAIN, FIVE)]))
    pks = [line.pk for line in import_lines(world.clerk, again)]
    assert choose_lines(again, pks, LineChoice.TAKE, by=world.clerk) == 0
    assert choose_lines(again, pks, LineChoice.ADD, by=world.clerk) == 1
    agree_plan_import(again, by=world.clerk)
    assert in_force(world.clerk) == [PARK, ROAD, DRAIN]


def test_a_changed_row_is_seen_and_becomes_an_amendment(world: World) -> None:
    agreed(world.officer)
    more = [100_000, 100_000, 100_000, 750_000, None]
    title = "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570) เปลี่ยนแปลง ครั้งที่ 2/2569"
    made = begun(world.officer, plan_file([(PARK, more), (ROAD, FIVE)], title=title))
    line = import_lines(world.officer, made)[0]
    assert (line.standing, line.choice) == (LineStanding.CHANGED, LineChoice.OPEN)
    assert line.differs == ["planned.2569", "planned.2570"]
    with pytest.raises(Refused) as refused:
        agree_plan_import(made, by=world.officer)
    assert refused.value.code == "lines_open"
    choose_lines(made, [line.pk], LineChoice.TAKE, by=world.officer)
    done = agree_plan_import(made, by=world.officer)
    assert (done.added, done.amended) == (0, 1)
    new = PlanRow.objects.get(replaced_by=None, name=PARK)
    assert (new.mode, new.mode_words) == (PlanMode.CHANGED, "เปลี่ยนแปลง ครั้งที่ 2/2569")
    old = PlanRow.objects.get(replaced_by=new)
    assert old.position == new.position
    assert [one.planned_satang for one in new.budgets.all()] == [100_000_00] * 3 + [750_000_00]


def test_what_the_table_has_no_column_for_stays_as_it_was(world: World) -> None:
    row_kept(world.clerk, name="โครงการสวนสาธารณะชุมชน", headings=(), programme="", budgets=())
    made = begun(world.clerk, shapes.by_issue().content)
    assert made.shape == "issue"
    # Another period is another plan: nothing there is held against it.
    assert {standing for _, standing, _ in standings(world.clerk, made)} == {LineStanding.NEW}


def test_doubtful_lines_wait_for_eyes_and_may_be_left_out_together(world: World) -> None:
    made = begun(world.officer, faults.money_as_words().content)
    counts = import_counts(world.officer, made)
    assert (counts.open, counts.take) == (15, 10)
    done = agree_plan_import(made, by=world.officer, leave_rest=True)
    assert done.added == 10


def test_an_amount_that_nobody_can_read_is_kept_in_words(world: World) -> None:
    made = begun(world.officer, faults.money_as_words().content)
    line = import_lines(world.officer, made).get(name="โครงการอบรม 17")
    choose_lines(made, [line.pk], LineChoice.TAKE, by=world.officer)
    agree_plan_import(made, by=world.officer, leave_rest=True)
    row = PlanRow.objects.get(name="โครงการอบรม 17")
    assert "งบประมาณปี 2567 ในไฟล์เขียนว่า “1,20,000”" in row.remark
    assert 2567 not in [one.be_year for one in row.budgets.all()]


def test_a_row_that_says_it_moved_is_left_out_unless_somebody_wants_it(world: World) -> None:
    made = begun(world.officer, faults.amended().content)
    left = {line.name for line in import_lines(world.officer, made, show=LineChoice.LEAVE)}
    assert left == {"โครงการถนนสายเหนือ", "โครงการถนนสายใต้", "โครงการถนนสายตะวันออก", "โครงการเลิกแล้ว"}


def test_where_the_plan_changed_meanwhile_nothing_is_written_and_the_lines_are_held_anew(
    world: World,
) -> None:
    made = begun(world.officer)
    kept = add_plan_row(plan_kept(world.clerk), plan_words(target="2 แห่ง"), by=world.clerk)
    with pytest.raises(Refused) as refused:
        agree_plan_import(made, by=world.officer)
    assert refused.value.code == "plan_changed"
    assert PlanRow.objects.count() == 1
    assert standings(world.officer, made) == [
        (PARK, LineStanding.CHANGED, LineChoice.OPEN),
        (ROAD, LineStanding.NEW, LineChoice.TAKE),
    ]
    mend_plan_row(kept, plan_words(), by=world.clerk)
    with pytest.raises(Refused):
        agree_plan_import(made, by=world.officer)
    agree_plan_import(made, by=world.officer, leave_rest=True)
    assert in_force(world.officer) == [PARK, ROAD]


def test_a_dropped_import_leaves_nothing_but_its_file(world: World) -> None:
    made = begun(world.officer)
    drop_plan_import(made, by=world.officer)
    drop_plan_import(made, by=world.officer)
    assert not import_lines(world.officer, made).exists()
    with pytest.raises(Refused) as refused:
        agree_plan_import(made, by=world.officer)
    assert refused.value.code == "import_dropped"
    assert begun(world.officer).pk != made.pk


def test_another_house_sees_nothing_of_an_import(world: World) -> None:
    made = begun(world.officer)
    assert not imports_of(world.tha_sen_clerk).exists()
    with pytest.raises(NotFound):
        import_for(world.tha_sen_clerk, made.pk)
    for deed in (agree_plan_import, drop_plan_import):
        with pytest.raises(Refused) as refused:
            deed(made, by=world.tha_sen_clerk)
        assert refused.value.code == "foreign_import"


def test_a_file_without_projects_is_refused_in_words_and_not_kept(world: World) -> None:
    with pytest.raises(Refused) as refused:
        begin_plan_import("ก,ข,ค\n1,2,3\n".encode(), "อะไร.csv", by=world.officer)
    assert refused.value.message.startswith("ไม่พบแถวของโครงการในไฟล์นี้")
    with pytest.raises(PlanUnreadable):
        begin_plan_import(b"%PDF-1.4 endobj", "แผน.xlsx", by=world.officer)
    assert not PlanImport.objects.exists()


def test_two_projects_of_one_name_are_two_rows_and_stay_so(world: World) -> None:
    twice = plan_file([(PARK, FIVE), (PARK, [5000] * 5)])
    made = begun(world.officer, twice)
    pks = [line.pk for line in import_lines(world.officer, made)]
    choose_lines(made, pks, LineChoice.TAKE, by=world.officer)
    agree_plan_import(made, by=world.officer)
    again = begun(world.officer, plan_file([(PARK, [5000] * 5), (PARK, FIVE)]))
    assert {standing for _, standing, _ in standings(world.officer, again)} == {LineStanding.SAME}


def test_a_mended_name_under_the_same_number_is_a_change_and_another_project_is_new(
    world: World,
) -> None:
    agreed(world.officer)
    mended = begun(world.officer, plan_file([(f"{PARK} ตำบลหนองกะปุ", FIVE), (DRAIN, FIVE)]))
    assert [standing for _, standing, _ in standings(world.officer, mended)] == [
        LineStanding.CHANGED,
        LineStanding.NEW,
    ]


def test_a_line_of_the_same_name_may_be_added_beside_the_row_that_is_there(world: World) -> None:
    agreed(world.officer)
    made = begun(world.officer, plan_file([(PARK, [5000] * 5)]))
    (line,) = import_lines(world.officer, made)
    assert line.standing == LineStanding.CHANGED
    choose_lines(made, [line.pk], LineChoice.ADD, by=world.officer)
    assert import_counts(world.officer, made).takes_new == 1
    done = agree_plan_import(made, by=world.officer)
    assert (done.added, done.amended) == (1, 0)
    assert in_force(world.officer) == [PARK, ROAD, PARK]
