"""The ladder of reminders over the days of a matter, and who is told at each step of it."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from tests.directives.orders import cascaded, in_hands_of
from tests.notices.told import FRIDAY_BEFORE, climb, make, on, steps, told
from tests.world import World
from thamthan.directives.models import Assignment
from thamthan.directives.rules import AssignmentState
from thamthan.letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY_BEFORE, tick=False) as traveller:
        yield traveller


def test_the_whole_ladder_of_one_matter(world: World, friday: time_machine.Traveller) -> None:
    order = cascaded(world, [world.nong_kapu])
    make()
    march = [(day, 3) for day in range(21, 32)]
    assert steps(friday, *march, (1, 4), (2, 4)) == [
        (24, "soon", "somjai"),
        (26, "tomorrow", "somjai"),
        (27, "today", "somjai"),
        (30, "late", "nayok"),
        (30, "late", "somjai"),
        (1, "late_below", "phonthip"),
    ]
    assert order.obligations.filter(due_on=date(2026, 3, 27)).exists()


def test_the_ladder_is_climbed_once_a_day(world: World, friday: time_machine.Traveller) -> None:
    cascaded(world, [world.nong_kapu])
    friday.move_to(on(24))
    assert climb() == 1
    friday.move_to(on(24, 11))
    assert climb() == 0


def test_a_day_on_which_nothing_ran_is_made_up_for(
    world: World, friday: time_machine.Traveller
) -> None:
    cascaded(world, [world.nong_kapu])
    friday.move_to(on(25))
    assert climb() == 1
    assert told(world.clerk)[-1].kind == "soon"


def test_all_tasks_of_a_matter_are_one_line(world: World, friday: time_machine.Traveller) -> None:
    order = cascaded(world, [world.nong_kapu])
    Assignment.objects.filter(root=order).update(due_on=date(2026, 3, 27))
    friday.move_to(on(26))
    assert climb() == 1
    (notice,) = told(world.clerk)
    assert f"ยังไม่ส่ง {order.obligations.count()} ข้อ ที่{world.ban_lat.name}สั่งการ" in notice.words


def test_tasks_that_are_late_by_different_days_are_told_of_together(
    world: World, friday: time_machine.Traveller
) -> None:
    order = cascaded(world, [world.nong_kapu])
    tasks = in_hands_of(order, world.nong_kapu).assignments.order_by("pk")
    first, second, third, *_ = tasks.values_list("pk", flat=True)
    for pk, day in ((first, 26), (second, 27), (third, 30)):
        Assignment.objects.filter(pk=pk).update(due_on=date(2026, 3, day))
    Assignment.objects.exclude(pk__in=[first, second, third]).update(due_on=None)
    friday.move_to(on(30))
    climb()
    (late,) = told(world.clerk, "late")
    assert late.words.startswith("เลยกำหนดแล้ว กำหนด พฤ. 26 มี.ค. 69 ถึง ศ. 27 มี.ค. 69 ยังไม่ส่ง 2 ข้อ")
    # One more is late the next day; then nothing new is.
    friday.move_to(on(31))
    climb()
    assert [one.count for one in told(world.clerk, "late")] == [2, 3]
    friday.move_to(on(1, month=4))
    climb()
    assert len(told(world.clerk, "late")) == 2


def test_who_has_answered_is_left_alone(world: World, friday: time_machine.Traveller) -> None:
    order = cascaded(world, [world.nong_kapu, world.tha_sen])
    in_hands_of(order, world.nong_kapu).assignments.update(state=AssignmentState.ANSWERED)
    friday.move_to(on(26))
    climb()
    assert not told(world.clerk)
    assert told(world.tha_sen_clerk)


def test_time_that_was_granted_holds(world: World, friday: time_machine.Traveller) -> None:
    order = cascaded(world, [world.nong_kapu])
    friday.move_to(on(26))
    climb()
    Assignment.objects.filter(root=order, due_on__isnull=False).update(due_on=date(2026, 4, 3))
    friday.move_to(on(30))
    assert climb() == 0
    friday.move_to(on(3, month=4))
    climb()
    assert [notice.kind for notice in told(world.clerk)] == ["tomorrow", "today"]


def test_what_arrived_today_is_not_reminded_of_today(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    Assignment.objects.filter(root=order).update(due_on=date(2026, 3, 23))
    make()
    assert climb() == 0
    assert [notice.kind for notice in told(world.clerk)] == ["arrived"]


def test_however_many_are_late_their_giver_has_one_notice(
    world: World, friday: time_machine.Traveller
) -> None:
    cascaded(world)
    friday.move_to(on(1, month=4))
    climb()
    (notice,) = told(world.district_officer)
    assert "ยังไม่ส่ง 15 แห่ง เลยกำหนด ศ. 27 มี.ค. 69" in notice.words


def test_secret_and_closed_matters_are_not_spoken_of(
    world: World, friday: time_machine.Traveller
) -> None:
    order = cascaded(world, [world.nong_kapu])
    friday.move_to(on(24))
    assert order.sent is not None
    Letter.objects.filter(pk=order.sent.pk).update(secrecy="confidential")
    assert climb() == 0
    Letter.objects.filter(pk=order.sent.pk).update(secrecy="open")
    friday.move_to(on(25))
    type(order).objects.filter(pk=order.pk).update(state="closed")
    assert climb() == 0
    type(order).objects.filter(pk=order.pk).update(state="cascaded")
    friday.move_to(on(26))
    assert climb() == 1
