"""An order is taken from a letter and handed down: each task once for each organisation."""

from datetime import date

import pytest

from tests.directives.orders import adopted, cascaded, district_order, in_hands_of, issued
from tests.world import World
from thamthan.directives.actions import adopt_order, begin_order, cascade_order
from thamthan.directives.models import Assignment, Handing, Order
from thamthan.directives.queries import assignments_seen_by, handings_seen_by, order_for
from thamthan.directives.rules import AssignmentState, OrderState
from thamthan.errors import NotFound, Refused
from thamthan.letters.models import Sending
from thamthan.letters.queries import local_governments_below

pytestmark = pytest.mark.django_db


def test_each_clause_and_each_measure_of_a_letter_is_a_row(world: World) -> None:
    order = begin_order(
        issued(world.district_officer, world.district_chief), by=world.district_officer
    )
    rows = list(order.directives.all())
    pillars = [row for row in rows if row.parent is None]
    assert [row.number for row in pillars] == ["1", "2"]
    assert all(row.parent in pillars for row in rows if row.parent is not None)
    assert all(row.words for row in rows)

    asks = list(order.obligations.all())
    # To act is asked of each clause that has none below it, the rest of the whole letter.
    leaves = {row.pk for row in rows} - {row.parent_id for row in rows}
    assert {one.directive_id for one in asks if one.directive_id} == leaves
    whole = {one.ask: one for one in asks if one.directive_id is None}
    assert set(whole) == {"propose", "report"}
    assert whole["report"].due_on == date(2026, 3, 27)
    assert whole["propose"].due_on is None


def test_begun_twice_it_is_one_order(world: World) -> None:
    letter = issued(world.district_officer, world.district_chief)
    one = begin_order(letter, by=world.district_officer)
    assert begin_order(letter, by=world.district_officer) == one
    assert one.directives.count() == Order.objects.get(pk=one.pk).directives.count() > 0


def test_a_house_that_has_no_such_letter_begins_nothing(world: World) -> None:
    letter = issued(world.district_officer, world.district_chief)
    with pytest.raises(NotFound):
        begin_order(letter, by=world.clerk)
    with pytest.raises(Refused):
        begin_order(letter, by=world.district_administrator)
    assert begin_order(letter, by=world.district_officer).pk


def test_cascading_gives_everyone_each_task_once(world: World) -> None:
    order = district_order(world)
    receivers = list(local_governments_below(world.district_officer))
    done = cascade_order(order, receivers, by=world.district_officer)
    tasks = order.obligations.count()
    assert done.new_organisations == len(receivers)
    assert done.new_tasks == tasks * len(receivers)
    assert Sending.objects.filter(letter=order.sent).count() == len(receivers)

    # Pressed twice, or to some more: nobody has anything twice.
    again = cascade_order(order, receivers, by=world.district_officer)
    assert (again.new_organisations, again.new_tasks) == (0, 0)
    assert Handing.objects.count() == len(receivers)
    assert Assignment.objects.count() == tasks * len(receivers)
    order.refresh_from_db()
    assert order.state == OrderState.CASCADED


def test_only_the_house_itself_hands_its_order_down(world: World) -> None:
    order = district_order(world)
    for by in (world.governor_officer, world.clerk, world.district_administrator):
        with pytest.raises(Refused):
            cascade_order(order, [world.tha_sen], by=by)
    assert cascade_order(order, [world.tha_sen], by=world.district_officer).new_tasks > 0


def test_an_order_that_is_not_taken_up_is_not_handed_down(world: World) -> None:
    letter = issued(world.district_officer, world.district_chief)
    order = begin_order(letter, by=world.district_officer)
    with pytest.raises(Refused) as refused:
        cascade_order(order, [world.tha_sen], by=world.district_officer)
    assert refused.value.code == "not_adopted"
    adopt_order(order, by=world.district_officer, seen_version=order.version)
    assert cascade_order(order, [world.tha_sen], by=world.district_officer).new_tasks > 0


def test_what_comes_from_outside_is_the_tasks_of_ones_own_house(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    handing = in_hands_of(order, world.nong_kapu)
    assert handing.assignments.count() == order.obligations.count()
    assert {one.state for one in handing.assignments.all()} == {AssignmentState.SENT}
    # Its own letter, with a number, is no task of the house that wrote it.
    assert not Handing.objects.filter(organisation=world.ban_lat).exists()


def test_who_sees_the_tasks_of_whom(world: World) -> None:
    order = cascaded(world, [world.nong_kapu, world.tha_sen])
    tasks = order.obligations.count()
    assert assignments_seen_by(world.clerk).count() == tasks
    assert assignments_seen_by(world.officer).count() == tasks
    assert assignments_seen_by(world.district_officer).count() == 2 * tasks
    for stranger in (world.neighbour_clerk, world.ban_lat_clerk, world.administrator):
        assert not assignments_seen_by(stranger).exists()
        with pytest.raises(NotFound):
            order_for(stranger, order.pk)
    # The province had no part in it.
    assert not handings_seen_by(world.governor_officer).exists()
    assert order_for(world.clerk, order.pk) == order


def test_a_secret_letter_is_not_taken_apart(world: World) -> None:
    letter = issued(world.district_officer, world.district_chief)
    type(letter).objects.filter(pk=letter.pk).update(secrecy="confidential")
    with pytest.raises((Refused, NotFound)):
        begin_order(letter, by=world.district_chief)
    type(letter).objects.filter(pk=letter.pk).update(secrecy="open")
    assert adopted(letter, world.district_officer).state == OrderState.ADOPTED


def test_what_is_classed_later_is_seen_by_nobody_here(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    letters = type(order.sent).objects.filter(pk=order.sent_id)  # type: ignore[union-attr]
    letters.update(secrecy="confidential")
    for post in (world.clerk, world.officer, world.district_officer, world.district_chief):
        with pytest.raises(NotFound):
            order_for(post, order.pk)
        assert not handings_seen_by(post).exists()
        assert not assignments_seen_by(post).exists()
    letters.update(secrecy="open")
    assert order_for(world.clerk, order.pk) == order
    assert assignments_seen_by(world.clerk).exists()
