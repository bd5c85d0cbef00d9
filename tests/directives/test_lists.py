"""The list of a house's orders counts what it passes on with what it added."""

from datetime import date

import pytest

from tests.directives.orders import in_hands_of
from tests.directives.test_passing_on import (
    friday,  # noqa: F401 – the day on which it all happens
    issued_of,
    province_order,
    report_of,
)
from tests.letters.drafts import open_books
from tests.world import World
from thamthan.directives.actions import cascade_order, pass_on_order
from thamthan.directives.models import Assignment
from thamthan.directives.queries import orders_of_house
from thamthan.directives.rules import AssignmentState

pytestmark = pytest.mark.django_db


def test_an_order_that_is_passed_on_counts_the_whole_of_it(world: World) -> None:
    upper = province_order(world)
    cascade_order(upper, [world.ban_lat], by=world.governor_officer)
    open_books(world.district_officer)
    handing = in_hands_of(upper, world.ban_lat)
    order = pass_on_order(
        handing,
        by=world.district_officer,
        own_days={report_of(handing).pk: date(2026, 3, 24)},
        addition=["ส่งภาพถ่าย"],
    )
    above = orders_of_house(world.governor_officer).get()
    here = orders_of_house(world.district_officer).get(pk=order.pk)
    assert here.clause_count == above.clause_count + 1
    assert here.asked_count == above.asked_count + 1
    assert (above.first_due, here.first_due) == (date(2026, 3, 27), date(2026, 3, 24))

    # Who hands it on has received it, with every task of it.
    issued_of(order, world)
    mine = Assignment.objects.filter(handing=handing)
    assert {one.state for one in mine} == {AssignmentState.SENT}
    cascade_order(order, [world.nong_kapu], by=world.district_officer)
    assert {one.state for one in mine.all()} == {AssignmentState.ACKNOWLEDGED}
