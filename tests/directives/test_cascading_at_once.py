"""One press that arrives several times: one run, one draft, each task once; on both databases."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.directives.orders import district_order, in_hands_of
from tests.directives.test_passing_on import province_order
from tests.letters.drafts import open_books
from tests.letters.test_endorsing_at_once import at_once
from tests.world import World
from thamthan.directives.actions import cascade_order, pass_on_order, start_cascade
from thamthan.directives.models import Assignment, CascadeRun, Handing, Order
from thamthan.directives.queries import receivers_of
from thamthan.directives.rules import choice_of
from thamthan.letters.models import Draft, Sending

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 20, 14, tzinfo=ZoneInfo("Asia/Bangkok"))


def test_the_press_to_hand_down_arrives_three_times(world: World) -> None:
    with time_machine.travel(NOW):
        order, ref = district_order(world), uuid4()
        by = world.district_officer
        press = lambda: start_cascade(  # noqa: E731
            order, receivers_of(by, choice_of("all")), by=by, submission=ref
        )
        assert at_once(*[press] * 3) == ["done"] * 3
    assert CascadeRun.objects.count() == 1
    assert Handing.objects.count() == Sending.objects.count() == 15
    assert Assignment.objects.count() == 15 * order.obligations.count()


def test_the_press_to_draft_arrives_three_times(world: World) -> None:
    with time_machine.travel(NOW):
        order = province_order(world)
        cascade_order(order, [world.ban_lat], by=world.governor_officer)
        open_books(world.district_officer)
        handing = in_hands_of(order, world.ban_lat)
        press = lambda: pass_on_order(handing, by=world.district_officer, own_days={})  # noqa: E731
        assert at_once(*[press] * 3) == ["done"] * 3
    assert Order.objects.filter(upper=order).count() == 1
    assert Draft.objects.filter(organisation=world.ban_lat).count() == 1
