"""More time: asked for and decided, or given to all; no day grows earlier, none moves unsaid."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from tests.directives.orders import cascaded, in_hands_of, passed_on, task_of
from tests.web.conftest import BANGKOK
from tests.world import World
from thamthan.directives.actions import (
    answer_tasks,
    ask_extension,
    cascade_order,
    decide_extension,
    extend_all,
    hand_to_divisions,
)
from thamthan.directives.models import Assignment, Extension
from thamthan.directives.rules import ExtensionState
from thamthan.errors import NotFound, Refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 16, 9, 0, tzinfo=BANGKOK)
LETTER, OWN = date(2026, 3, 27), date(2026, 3, 20)
LATER, MUCH_LATER = date(2026, 4, 3), date(2026, 4, 30)


@pytest.fixture(autouse=True)
def monday() -> object:
    with time_machine.travel(NOW):
        yield


def due(task: Assignment) -> date | None:
    task.refresh_from_db()
    return task.due_on


def test_time_is_asked_for_and_granted_until_another_day(world: World) -> None:
    task = task_of(cascaded(world, [world.nong_kapu, world.tha_sen]), world.nong_kapu)
    other = task_of(task.handing.order, world.tha_sen)
    asked = ask_extension(task.handing, by=world.clerk, until=MUCH_LATER, reason="น้ำท่วม")
    assert due(task) == LETTER
    with pytest.raises(Refused) as refused:
        ask_extension(task.handing, by=world.clerk, until=MUCH_LATER, reason="น้ำท่วม")
    assert refused.value.code == "already_asked"
    for by in (world.clerk, world.governor_officer):
        with pytest.raises(Refused) as refused:
            decide_extension(asked, by=by, until=LATER)
        assert refused.value.code == "not_the_giver"
    decide_extension(asked, by=world.district_officer, until=LATER)
    assert (due(task), due(other)) == (LATER, LETTER)
    assert task.last_word == "อนุญาตให้ขยายเวลา: ถึง 3 เม.ย. 2569"
    with pytest.raises(Refused) as refused:
        decide_extension(asked, by=world.district_officer, until=MUCH_LATER)
    assert refused.value.code == "wrong_extension_state"


def test_time_is_refused_with_a_word(world: World) -> None:
    task = task_of(cascaded(world, [world.nong_kapu]), world.nong_kapu)
    asked = ask_extension(task.handing, by=world.clerk, until=LATER, reason="บุคลากรไม่พอ", task=task)
    with pytest.raises(Refused) as refused:
        decide_extension(asked, by=world.district_officer, until=None)
    assert refused.value.code == "no_text"
    decide_extension(asked, by=world.district_officer, until=None, note="ต้องรวมส่งจังหวัด")
    assert due(task) == LETTER
    asked.refresh_from_db()
    assert asked.state == ExtensionState.REFUSED


@pytest.mark.parametrize(
    ("until", "reason", "code"),
    [
        (LATER, " ", "no_text"),
        (LETTER, "น้ำท่วม", "not_later"),
        (date(2026, 3, 10), "น้ำท่วม", "not_later"),
        (LATER, "น้ำท่วม", ""),
    ],
)
def test_what_may_be_asked_for(world: World, until: date, reason: str, code: str) -> None:
    handing = in_hands_of(cascaded(world, [world.nong_kapu]), world.nong_kapu)
    if code:
        with pytest.raises(Refused) as refused:
            ask_extension(handing, by=world.clerk, until=until, reason=reason)
        assert refused.value.code == code
    else:
        assert ask_extension(handing, by=world.clerk, until=until, reason=reason).pk


def test_no_time_is_asked_for_what_is_answered(world: World) -> None:
    handing = in_hands_of(cascaded(world, [world.nong_kapu]), world.nong_kapu)
    rows = list(handing.assignments.all())
    answer_tasks(handing, rows, by=world.clerk, text="แล้ว", seen_at=timezone.now())
    with pytest.raises(Refused) as refused:
        ask_extension(handing, by=world.clerk, until=LATER, reason="น้ำท่วม")
    assert refused.value.code == "nothing_to_extend"


# Who gives all more time, whether the district had set an earlier day of its own, and the days
# that hold afterwards for the district itself and for a local government below it.
TABLE = [
    ("province", False, LATER, LATER, LATER),
    ("province", True, LATER, LATER, OWN),
    ("district", False, LETTER, LETTER, LETTER),
    ("district", True, LETTER, LETTER, LETTER),
    ("district", True, date(2026, 3, 24), LETTER, date(2026, 3, 24)),
    ("both", True, LATER, LATER, LATER),
    # Nobody's day grows earlier.
    ("province", False, date(2026, 3, 23), LETTER, LETTER),
    ("district", True, date(2026, 3, 18), LETTER, OWN),
]


@pytest.mark.parametrize(("who", "has_own", "until", "district_due", "lao_due"), TABLE)
def test_a_general_extension_moves_no_earlier_day_of_a_level_between(
    world: World, who: str, has_own: bool, until: date, district_due: date, lao_due: date
) -> None:
    upper, lower = passed_on(world, [world.nong_kapu], days={"report": OWN} if has_own else None)
    of_district, of_lao = task_of(upper, world.ban_lat), task_of(upper, world.nong_kapu)
    assert (due(of_district), due(of_lao)) == (LETTER, OWN if has_own else LETTER)
    if who in {"province", "both"}:
        extend_all(upper, by=world.governor_officer, until=until, reason="ขยายทั้งจังหวัด")
    if who in {"district", "both"}:
        extend_all(lower, by=world.district_officer, until=until, reason="ขยายทั้งอำเภอ")
    assert (due(of_district), due(of_lao)) == (district_due, lao_due)


def test_a_level_gives_no_more_than_it_has_itself(world: World) -> None:
    upper, lower = passed_on(world, [world.nong_kapu])
    with pytest.raises(Refused) as refused:
        extend_all(lower, by=world.district_officer, until=LATER, reason="ขยาย")
    assert refused.value.code == "beyond_upper"
    asked = ask_extension(
        in_hands_of(upper, world.nong_kapu), by=world.clerk, until=LATER, reason="น้ำท่วม"
    )
    with pytest.raises(Refused) as refused:
        decide_extension(asked, by=world.district_officer, until=LATER)
    assert refused.value.code == "beyond_upper"
    extend_all(upper, by=world.governor_officer, until=LATER, reason="ขยายทั้งจังหวัด")
    decide_extension(asked, by=world.district_officer, until=LATER)


def test_only_the_house_of_an_order_gives_all_more_time(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    for by in (world.clerk, world.governor_officer):
        with pytest.raises(Refused):
            extend_all(order, by=by, until=LATER, reason="ขยาย")
    assert order.sent is not None
    count = extend_all(
        order, by=world.district_officer, until=LATER, reason="ขยาย", letter=order.sent
    )
    assert count == in_hands_of(order, world.nong_kapu).assignments.filter(due_on=LATER).count() > 0
    assert Extension.objects.get().letter == order.sent


def test_the_letter_of_an_extension_is_of_the_house(world: World) -> None:
    upper, lower = passed_on(world, [world.nong_kapu])
    assert upper.sent is not None
    with pytest.raises(NotFound):
        extend_all(lower, by=world.district_officer, until=LETTER, reason="ขยาย", letter=upper.sent)


def test_who_is_handed_the_matter_later_has_the_longer_day_too(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    extend_all(order, by=world.district_officer, until=LATER, reason="ขยาย")
    cascade_order(order, [world.tha_sen], by=world.district_officer)
    assert due(task_of(order, world.tha_sen)) == LATER


def test_handing_down_again_takes_back_no_time_that_was_granted(world: World) -> None:
    upper, lower = passed_on(world, [world.nong_kapu], days={"report": OWN})
    task = task_of(upper, world.nong_kapu)
    asked = ask_extension(task.handing, by=world.clerk, until=LETTER, reason="น้ำท่วม", task=task)
    decide_extension(asked, by=world.district_officer, until=LETTER)
    cascade_order(lower, [world.nong_kapu, world.tha_sen], by=world.district_officer)
    assert due(task) == LETTER
    assert due(task_of(upper, world.tha_sen)) == OWN


def test_the_tasks_of_divisions_move_with_their_house(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    task = task_of(order, world.nong_kapu)
    (below,) = hand_to_divisions(task.handing, {world.welfare: True}, by=world.clerk, tasks=[task])
    extend_all(order, by=world.district_officer, until=LATER, reason="ขยาย")
    assert due(below.assignments.get()) == LATER
