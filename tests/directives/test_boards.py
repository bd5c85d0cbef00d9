"""A board counts as one counts by hand, and shows nothing beside or above one's own house."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as thinking
from hypothesis import strategies as st

from tests.directives.country import in_all_hands, invented_tree, matter
from tests.directives.orders import adopted, cascaded, issued
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.directives.models import Assignment, Directive, Obligation, Order
from thamthan.directives.queries import (
    Board,
    board_lines,
    board_of,
    matters_in_hands_of,
    matters_of,
    missing_names,
    order_for,
    orders_handed_down,
    tasks_of,
)
from thamthan.directives.rules import STATES_SHOWN, AssignmentState, Show, Sort, is_late
from thamthan.errors import NotFound
from thamthan.letters.queries import local_governments_below
from thamthan.organisations.models import Organisation
from thamthan.organisations.rules import Level

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)


@pytest.fixture
def country(world: World) -> Order:
    """Two provinces, three districts, seven local governments, one under a province, one above."""
    tree = invented_tree(world.ministry, provinces=2, districts=3, local_governments=7)
    province = next(one for one in tree if one.level == Level.PROVINCE)
    for parent, code in ((province, "L1PAO"), (world.ministry, "L0BKK")):
        tree.append(
            Organisation.objects.create(
                code=code,
                name=f"อบจ. {code}",
                short_name=code,
                level=Level.LAO,
                parent=parent,
                path=f"{parent.path}{code}/",
                sort_key=code,
            )
        )
    order = matter(world.ministry_officer, clauses=3)
    in_all_hands(order, tree, today=TODAY)
    return order


def by_hand(tasks: Iterable[Assignment], show: Show) -> int:
    return sum(
        row.state in STATES_SHOWN[show]
        and (show != Show.LATE or is_late(row.state, row.due_on, today=TODAY))
        for row in tasks
    )


def check_areas(board: Board, tasks: list[Assignment]) -> None:
    """Each figure of a board of areas, counted again one by one."""
    assert board.whole.whole == len(tasks)
    assert board.heads.whole == len({row.organisation_id for row in tasks})
    seen = 0
    for row in board.areas:
        path = row.organisation.path
        of_it = [task for task in tasks if task.organisation.path.startswith(path)]
        seen += len(of_it)
        for show in Show:
            assert row.whole.shown(show) == by_hand(of_it, show)
            for column, cell in zip(board.columns, row.cells, strict=True):
                of_cell = [task for task in of_it if task.obligation_id == column.pk]
                assert (cell.shown(show) if cell else 0) == by_hand(of_cell, show)
        per = Counter(
            task.organisation_id for task in of_it if task.state in STATES_SHOWN[Show.WAITING]
        )
        assert row.heads.waiting == len(per)
    assert seen == len(tasks)


@thinking(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lot=st.randoms(use_true_random=False), show=st.sampled_from(Show))
def test_every_figure_agrees_with_a_count_by_hand(
    world: World, country: Order, lot: random.Random, show: Show
) -> None:
    post = world.ministry_officer
    tasks = list(
        Assignment.objects.filter(level=Level.LAO).select_related("organisation").order_by("pk")
    )
    states = lot.sample(list(AssignmentState), k=lot.randint(1, len(AssignmentState)))
    for task in tasks:
        task.state = lot.choice(states)
        task.due_on = lot.choice([None, *(TODAY + timedelta(days=days) for days in (-9, -1, 0, 1))])
    Assignment.objects.bulk_update(tasks, ["state", "due_on"])

    check_areas(board_of(post, country, today=TODAY), tasks)
    for province in Organisation.objects.filter(code__startswith="P0"):
        below = [task for task in tasks if task.organisation.path.startswith(province.path)]
        check_areas(board_of(post, country, within=province, today=TODAY), below)
    district = Organisation.objects.get(code="D00001")
    below = [task for task in tasks if task.organisation.path.startswith(district.path)]
    board = board_of(post, country, within=district, today=TODAY, show=show, sort=Sort.LATE)
    assert board.whole.shown(show) == by_hand(below, show)
    with_some = {task.organisation_id for task in below if by_hand([task], show)}
    assert {row.organisation.pk for row in board.receivers} == with_some
    assert board.heads.shown == len(with_some)
    if show in {Show.ALL, Show.WAITING, Show.LATE}:
        assert sum(row.late for row in board.receivers) == board.whole.late


def test_rows_are_the_level_below_and_what_stands_directly_under(
    world: World, country: Order
) -> None:
    post = world.ministry_officer
    nation = board_of(post, country, today=TODAY)
    assert [row.organisation.code for row in nation.areas if row.is_area] == ["P00000", "P00001"]
    assert [row.organisation.code for row in nation.areas if not row.is_area] == ["L0BKK"]
    province = Organisation.objects.get(code="P00000")
    districts = board_of(post, country, within=province, today=TODAY)
    assert "L1PAO" in [row.organisation.code for row in districts.areas if not row.is_area]
    assert [one.code for one in districts.path] == ["MOI", "P00000"]


def test_the_levels_between_have_a_board_of_their_own(world: World, country: Order) -> None:
    post = world.ministry_officer
    board = board_of(post, country, today=TODAY, level=Level.PROVINCE)
    assert [row.organisation.code for row in board.receivers] == ["P00000", "P00001"]
    assert not board.areas
    assert all(row.handing.passed_on_at is None for row in board.receivers)


def test_a_filter_leaves_those_alone_that_it_is_about_and_names_them(
    world: World, country: Order
) -> None:
    post = world.ministry_officer
    Assignment.objects.update(state=AssignmentState.DONE)
    late = Organisation.objects.get(code="L00003")
    Assignment.objects.filter(organisation=late).update(
        state=AssignmentState.SENT, due_on=TODAY - timedelta(days=1)
    )
    board = board_of(post, country, today=TODAY, show=Show.LATE)
    assert len(board.areas) == 1
    assert board.areas[0].organisation.path in late.path
    assert [one.organisation.code for one in missing_names(post, board, today=TODAY)] == ["L00003"]
    assert [line.name for line in board_lines(post, board, today=TODAY)] == [late.name]
    Assignment.objects.update(due_on=TODAY)
    # The day itself is not late.
    assert board_of(post, country, today=TODAY, show=Show.LATE).areas == ()


@pytest.mark.parametrize("show", list(Show))
def test_a_line_of_the_file_says_what_the_row_of_the_board_says(
    world: World, country: Order, show: Show
) -> None:
    post = world.ministry_officer
    of_one = Assignment.objects.filter(organisation__code="L00003").order_by("pk")
    # Two things said at one moment, and one before it.
    for task, word, minutes in zip(of_one, ("แรก", "หลัง", "ก่อน"), (0, 0, -1), strict=True):
        task.last_word, task.moved_at = word, NOW + timedelta(minutes=minutes)
        task.save()
    Assignment.objects.filter(organisation__code="L00004").first().delete()  # type: ignore[union-attr]
    within = {name: Organisation.objects.get(code=name) for name in ("D00000", "D00001", "D00002")}
    boards = [
        board_of(post, country, within=one, today=TODAY, show=show) for one in within.values()
    ]
    rows = {row.organisation.name: row for board in boards for row in board.receivers}
    nation = board_of(post, country, today=TODAY, show=show)
    lines = {line.name: line for line in board_lines(post, nation, today=TODAY)}
    assert rows.keys() <= lines.keys()
    assert len(lines) == nation.heads.shown
    for name, row in rows.items():
        line = lines[name]
        assert row.handing.province is not None
        assert row.handing.district is not None
        assert (line.waiting, line.late) == (row.waiting, row.late)
        assert line.last_word == (row.last.last_word if row.last else "")
        assert (line.province, line.district) == (
            row.handing.province.short_name,
            row.handing.district.short_name,
        )
        assert [cell and (cell.state, cell.due_on, cell.is_late) for cell in line.cells] == [
            cell and (cell.state, cell.due_on, cell.is_late) for cell in row.cells
        ]


def test_whoever_had_the_matter_sees_below_its_own_house_alone(world: World) -> None:
    order = cascaded(world)
    board = board_of(world.district_officer, order, today=TODAY)
    assert board.house == world.ban_lat
    count = local_governments_below(world.district_officer).count()
    assert board.heads.whole == len(board.receivers) == count
    # A local government sees itself, and neither its neighbour nor the district's whole.
    own = board_of(world.clerk, order_for(world.clerk, order.pk), today=TODAY)
    assert [row.organisation for row in own.receivers] == [world.nong_kapu]
    for within in (world.tha_sen, world.ban_lat):
        with pytest.raises(NotFound):
            board_of(world.clerk, order, within=within, today=TODAY)
    # Nobody else: another district's clerk, the province that did not have it, who reads nothing.
    for post in (world.neighbour_clerk, world.governor_officer, world.district_administrator):
        with pytest.raises(NotFound):
            board_of(post, order, today=TODAY)


def test_clauses_that_a_level_adds_are_columns_below_it_alone(world: World) -> None:
    order = adopted(
        issued(world.governor_officer, world.governor, code="พบ 0017"), world.governor_officer
    )
    cascade_order(order, [world.ban_lat, world.nong_kapu], by=world.governor_officer)
    own = Order.objects.create(
        organisation=world.ban_lat, upper=order, root=order, title="ถ่ายทอด",
        made_by=world.district_officer,
    )  # fmt: skip
    clause = Directive.objects.create(order=own, number="9", position=1, text="ที่อำเภอเพิ่ม")
    added = Obligation.objects.create(
        order=own, directive=clause, ask="report", position=1, text="รายงานอำเภอ"
    )
    handing = Assignment.objects.filter(organisation=world.nong_kapu)[0].handing
    Assignment.objects.create(
        handing=handing, obligation=added, root=order, organisation=world.nong_kapu,
        province=world.phetchaburi, level=Level.LAO,
    )  # fmt: skip
    above = board_of(world.governor_officer, order, today=TODAY)
    below = board_of(world.district_officer, order, today=TODAY)
    assert added.pk not in {one.pk for one in above.columns}
    assert [one.label for one in below.columns][-1] == "ข้อ 9 รายงานผล"
    assert below.whole.whole == above.whole.whole + 1


def test_a_house_has_a_row_for_each_matter_and_an_organisation_its_tasks(world: World) -> None:
    order = cascaded(world)
    Assignment.objects.filter(organisation=world.nong_kapu).update(state=AssignmentState.ANSWERED)
    post = world.district_officer
    (row,) = matters_of(post, list(orders_handed_down(post)), today=TODAY)
    board = board_of(post, order, today=TODAY)
    assert (row.organisations, row.whole) == (board.heads.whole, board.whole)
    assert row.whole.answered == order.obligations.count()
    assert not orders_handed_down(world.clerk)
    handings = list(matters_in_hands_of(post, world.nong_kapu))
    (tasks,) = tasks_of(post, handings, today=TODAY)
    assert (len(tasks.lines), tasks.waiting) == (order.obligations.count(), 0)
    assert list(matters_in_hands_of(world.clerk, world.nong_kapu)) == handings
    for other in (world.neighbour, world.phetchaburi):
        with pytest.raises(NotFound):
            matters_in_hands_of(post, other)
    # What a neighbour above has of others it does not see either.
    assert not matters_in_hands_of(world.governor_officer, world.nong_kapu)
