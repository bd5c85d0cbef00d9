"""Whatever anybody does in whatever order: one open step or one open set, and nothing is lost."""

from typing import Any

import pytest
from django.db import transaction
from django.db.models import Max
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.letters.endorsed import registered_letter, waiting_steps
from tests.world import World
from thamthan.errors import Refused
from thamthan.letters.actions import (
    Assignment,
    assign_step,
    finish_routing,
    pass_step,
    put_up_letter,
    recall_step,
    return_step,
    skip_step,
    take_step,
)
from thamthan.letters.models import Endorsement, Routing, Step
from thamthan.letters.rules import Instruction, RoutingState, StepKind, StepState
from thamthan.records.queries import history_of

WHO = ("clerk", "chief_clerk", "executive", "officer", "head", "acting_head", "administrator",
       "neighbour_clerk")  # fmt: skip
RECIPIENTS = (
    "role:chief_clerk",
    "role:executive",
    *(f"division:6760607-0{n}" for n in range(1, 6)),
)


class Routes(RuleBasedStateMachine):
    """One letter; every post of the world and a stranger press everything at any step."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.letter = registered_letter(self.world)
        self.frozen: dict[int, dict[str, Any]] = {}
        self.moves = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def try_to(self, act: Any, *args: Any, who: str, **more: Any) -> None:
        before = Endorsement.objects.count()
        try:
            act(*args, by=getattr(self.world, who), **more)
        except Refused:
            assert Endorsement.objects.count() == before
        else:
            self.moves += Endorsement.objects.count() > before

    def step(self, at: int) -> Step | None:
        # The newest first, so that most presses mean something.
        steps = list(Step.objects.filter(routing__letter=self.letter).order_by("-pk"))
        return steps[at % len(steps)] if steps else None

    at = st.integers(0, 4)
    who = st.sampled_from(WHO)

    @rule(who=who)
    def put_up(self, who: str) -> None:
        self.try_to(put_up_letter, self.letter, who=who)

    @rule(who=who, at=at)
    def pass_on(self, who: str, at: int) -> None:
        if step := self.step(at):
            self.try_to(pass_step, step, who=who, instruction=Instruction.AGREE)

    @rule(at=at)
    def pass_rightly(self, at: int) -> None:
        for who in WHO[:6]:
            self.pass_on(who, at)

    @rule(who=who, at=at)
    def finish(self, who: str, at: int) -> None:
        if step := self.step(at):
            self.try_to(finish_routing, step, who=who, instruction=Instruction.FILE)

    @rule(
        who=who, at=at, to=st.lists(st.sampled_from(RECIPIENTS), max_size=3),
        lead=st.sampled_from(RECIPIENTS), is_circular=st.booleans(),
    )  # fmt: skip
    def assign(self, who: str, at: int, to: list[str], lead: str, is_circular: bool) -> None:
        if step := self.step(at):
            instruction = Instruction.CIRCULATE if is_circular else Instruction.ASSIGN
            given = Assignment(tuple(to), lead=lead)
            self.try_to(assign_step, step, given, who=who, instruction=instruction)

    @rule(at=at, to=st.lists(st.sampled_from(RECIPIENTS), min_size=1, max_size=3))
    def assign_rightly(self, at: int, to: list[str]) -> None:
        for who in WHO[:6]:
            if step := self.step(at):
                self.try_to(assign_step, step, Assignment(tuple(to), lead=to[0]), who=who)

    @rule(who=who, at=at)
    def take(self, who: str, at: int) -> None:
        if step := self.step(at):
            self.try_to(take_step, step, who=who)

    @rule(who=who, at=at, to=at)
    def send_back(self, who: str, at: int, to: int) -> None:
        step, earlier = self.step(at), self.step(to)
        if step and earlier:
            self.try_to(return_step, step, who=who, to=earlier, reason="แก้ไข")

    @rule(who=who, at=at)
    def call_back(self, who: str, at: int) -> None:
        if step := self.step(at):
            self.try_to(recall_step, step, who=who)

    @rule(who=who, at=at)
    def skip(self, who: str, at: int) -> None:
        if step := self.step(at):
            self.try_to(skip_step, step, who=who, reason="ไปราชการ")

    @invariant()
    def one_step_or_one_set_is_open(self) -> None:
        open_steps = waiting_steps(self.letter)
        under_way = Routing.objects.filter(letter=self.letter, state=RoutingState.UNDER_WAY)
        assert under_way.count() == bool(open_steps)
        assert len({step.turn for step in open_steps}) <= 1
        kinds = [StepKind(step.kind) for step in open_steps]
        assert kinds.count(StepKind.LEAD) <= 1
        if StepKind.ENDORSE in kinds:
            assert len(kinds) == 1
        for routing in under_way:
            newest = routing.steps.aggregate(newest=Max("turn"))["newest"]
            assert {step.turn for step in open_steps} == {newest}

    @invariant()
    def nothing_is_lost_and_what_is_signed_stays(self) -> None:
        steps = Step.objects.filter(routing__letter=self.letter)
        for step in steps.select_related("endorsement"):
            is_open = step.state == StepState.WAITING
            assert is_open == (not hasattr(step, "endorsement"))
        for said in Endorsement.objects.all():
            row = {each.attname: getattr(said, each.attname) for each in said._meta.concrete_fields}
            assert self.frozen.setdefault(said.pk, row) == row
        assert self.frozen.keys() == set(Endorsement.objects.values_list("pk", flat=True))
        told = [e for e in history_of(self.letter) if e.verb.startswith(("routing:", "step:"))]
        assert len(told) == self.moves


@pytest.mark.django_db
def test_whatever_is_pressed_the_letter_is_always_at_somebodys_desk(world: World) -> None:

    class Here(Routes):
        pass

    Here.world = world
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis has no types here
        Here,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
