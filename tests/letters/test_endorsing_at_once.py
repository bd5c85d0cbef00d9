"""Two people at one step in the same moment: one acts, the other is told; on both databases."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.letters.endorsed import put_up, registered_letter, waiting_step, waiting_steps
from tests.world import World
from thamthan.errors import Refused
from thamthan.letters.actions import (
    Assignment,
    assign_step,
    pass_step,
    put_up_letter,
    recall_step,
    take_step,
)
from thamthan.letters.models import Endorsement, Routing
from thamthan.letters.rules import Instruction, RoutingState
from thamthan.organisations.actions import give_post
from thamthan.organisations.rules import Acting

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each act on a thread and a connection of its own, all let go together; what came of each."""
    gate = Barrier(len(acts))
    ends: list[str] = []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except Refused as refused:
            ends.append(refused.code)
        else:
            ends.append("done")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_two_who_hold_one_step_cannot_both_act(world: World) -> None:
    second = give_post(
        world.officer.person, world.nong_kapu, role="chief_clerk", title="รองปลัด",
        from_on=date(2025, 10, 1), acting=Acting.IN_PLACE, by=world.administrator,
    )  # fmt: skip
    letter = put_up(world)
    step = waiting_step(letter)
    both = [
        lambda by=by: pass_step(step, by=by, instruction=Instruction.AGREE)
        for by in (world.chief_clerk, second)
    ]
    assert at_once(*both) == ["changed_meanwhile", "done"]
    assert Endorsement.objects.filter(step=step).count() == 1
    assert len(waiting_steps(letter)) == 1


def test_one_press_that_arrives_four_times_acts_once(world: World) -> None:
    letter = registered_letter(world)
    assert at_once(*[lambda: put_up_letter(letter, by=world.clerk)] * 4) == ["done"] * 4
    assert Routing.objects.filter(letter=letter).count() == 1
    step = waiting_step(letter)
    press = lambda: pass_step(step, by=world.chief_clerk, instruction=Instruction.AGREE)  # noqa: E731
    assert at_once(*[press] * 4) == ["done"] * 4
    assert Endorsement.objects.filter(step__routing__letter=letter).count() == 2


def test_calling_back_and_acting_at_once_leave_one_of_them(world: World) -> None:
    letter = put_up(world)
    step = waiting_step(letter)
    sent = step.opened_by
    assert sent is not None
    ends = at_once(
        lambda: recall_step(sent, by=world.clerk),
        lambda: pass_step(step, by=world.chief_clerk, instruction=Instruction.AGREE),
    )
    assert ends == ["changed_meanwhile", "done"]
    assert len(waiting_steps(letter)) == 1


def test_the_last_two_of_several_end_the_routing_together(world: World) -> None:
    letter = put_up(world)
    pass_step(waiting_step(letter), by=world.chief_clerk, instruction=Instruction.AGREE)
    keys = ("division:6760607-03", "division:6760607-05")
    assign_step(waiting_step(letter), Assignment(keys, lead=keys[0]), by=world.executive)
    first, second = waiting_steps(letter)
    assert at_once(
        lambda: take_step(first, by=world.head), lambda: take_step(second, by=world.officer)
    ) == ["done", "done"]
    assert Routing.objects.get(letter=letter).state == RoutingState.FINISHED
