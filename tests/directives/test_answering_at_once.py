"""Two people at one matter in the same moment: nothing is done twice or lost; on both databases."""

from datetime import date

import pytest
from django.utils import timezone

from tests.directives.orders import cascaded, in_hands_of, task_of
from tests.letters.drafts import open_books
from tests.letters.test_endorsing_at_once import at_once
from tests.world import World
from thamthan.directives.actions import (
    accept_answers,
    acknowledge_handing,
    answer_tasks,
    ask_extension,
    decide_extension,
    extend_all,
    hand_to_divisions,
    receive_handed,
    return_answers,
)
from thamthan.directives.models import Assignment, Extension, Handing, Remark
from thamthan.directives.rules import AssignmentState, RemarkKind
from thamthan.letters.actions import deliver_sendings
from thamthan.letters.queries import letters_seen_by
from thamthan.records.models import HistoryEntry

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clerks_receive_a_matter_once(world: World) -> None:
    handing = in_hands_of(cascaded(world, [world.nong_kapu]), world.nong_kapu)
    both = [
        lambda by=by: acknowledge_handing(handing, by=by)
        for by in (world.clerk, world.chief_clerk, world.executive)
    ]
    assert at_once(*both) == ["done"] * 3
    assert handing.remarks.filter(kind=RemarkKind.ACKNOWLEDGED).count() == 1
    assert HistoryEntry.objects.filter(verb="handing:acknowledged").count() == 1


def test_the_press_to_register_and_receive_arrives_twice(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    open_books(world.clerk, code="พบ 72401")
    assert order.sent is not None
    deliver_sendings(order.sent.pk, by=world.district_officer)
    letter = letters_seen_by(world.clerk).get(number=order.sent.number)
    press = lambda: receive_handed(letter, by=world.clerk, seen_version=letter.version)  # noqa: E731
    assert at_once(*[press] * 2) == ["changed_meanwhile", "done"]
    handing = in_hands_of(order, world.nong_kapu)
    assert handing.acknowledged_at is not None
    assert handing.remarks.count() == 1


def test_what_is_answered_anew_is_not_sent_back_unseen(world: World) -> None:
    task = task_of(cascaded(world, [world.nong_kapu]), world.nong_kapu)
    answer_tasks(task.handing, [task], by=world.clerk, text="ครั้งแรก", seen_at=timezone.now())
    seen = timezone.now()
    ends = at_once(
        lambda: return_answers([task], by=world.district_officer, note="ไม่ครบ", seen_at=seen),
        lambda: answer_tasks(task.handing, [task], by=world.clerk, text="ครบแล้ว", seen_at=seen),
    )
    # Whoever comes second had not seen what the first did, and is told.
    assert ends == ["changed_meanwhile", "done"]
    task.refresh_from_db()
    last = Remark.objects.order_by("pk").last()
    assert last is not None
    assert (task.state, last.text) in {
        (AssignmentState.RETURNED, "ไม่ครบ"),
        (AssignmentState.ANSWERED, "ครบแล้ว"),
    }


def test_accepting_and_sending_back_at_once_leave_one_of_them(world: World) -> None:
    task = task_of(cascaded(world, [world.nong_kapu]), world.nong_kapu)
    answer_tasks(task.handing, [task], by=world.clerk, text="แล้ว", seen_at=timezone.now())
    seen = timezone.now()
    ends = at_once(
        lambda: accept_answers([task], by=world.district_officer, seen_at=seen),
        lambda: return_answers([task], by=world.district_chief, note="ไม่ครบ", seen_at=seen),
    )
    assert ends == ["changed_meanwhile", "done"]


def test_a_request_for_time_is_decided_once(world: World) -> None:
    task = task_of(cascaded(world, [world.nong_kapu]), world.nong_kapu)
    Assignment.objects.filter(pk=task.pk).update(due_on=timezone.localdate())
    until = date(timezone.localdate().year + 1, 1, 31)
    ask = lambda: ask_extension(task.handing, by=world.clerk, until=until, reason="น้ำท่วม")  # noqa: E731
    assert at_once(*[ask] * 2) == ["already_asked", "done"]
    asked = Extension.objects.get()
    ends = at_once(
        lambda: decide_extension(asked, by=world.district_officer, until=until),
        lambda: decide_extension(asked, by=world.district_chief, until=None, note="ไม่ได้"),
    )
    assert ends == ["done", "wrong_extension_state"]


def test_a_general_extension_and_an_answer_do_not_wait_for_each_other_forever(
    world: World,
) -> None:
    order = cascaded(world, [world.nong_kapu, world.tha_sen])
    task = task_of(order, world.nong_kapu)
    until = date(timezone.localdate().year + 1, 1, 31)
    ends = at_once(
        lambda: extend_all(order, by=world.district_officer, until=until, reason="น้ำท่วม"),
        lambda: answer_tasks(
            task.handing, [task], by=world.clerk, text="แล้ว", seen_at=timezone.now()
        ),
    )
    assert ends == ["done", "done"]
    assert task_of(order, world.tha_sen).due_on == until


def test_tasks_are_given_to_a_division_once(world: World) -> None:
    task = task_of(cascaded(world, [world.nong_kapu]), world.nong_kapu)
    give = lambda: hand_to_divisions(  # noqa: E731
        task.handing, {world.welfare: True}, by=world.clerk, tasks=[task]
    )
    assert at_once(*[give] * 2) == ["done", "done"]
    assert Handing.objects.filter(organisation=world.welfare).count() == 1
    assert Assignment.objects.filter(organisation=world.welfare).count() == 1
