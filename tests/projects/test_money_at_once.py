"""Sixteen people at the same money in the same moment: none of it goes twice; on both databases."""

import random
from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.letters.test_endorsing_at_once import at_once
from tests.projects.money import ON, AnyDoubt, allotted, committed, kept, of, paid
from tests.projects.projects import approved
from tests.world import World
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    LineWords,
    allot_money,
    commit_money,
    keep_line,
    move_allotment,
    pay_money,
    plan_money,
    release_money,
    take_money_back,
)
from thamthan.projects.models import Allotment, BudgetLine, Commitment, Disbursement, Project
from thamthan.projects.queries import wrong_totals

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 16
SURE = AnyDoubt()


def projects(by: Post, count: int) -> list[Project]:
    return [approved(by, name=f"โครงการที่ {number}") for number in range(count)]


def test_sixteen_projects_claim_one_line_and_it_is_given_out_once(world: World) -> None:
    line = kept(world.clerk, 50_000)
    claims = [
        lambda one=one: allotted(one, line, 10_000, by=world.clerk)
        for one in projects(world.clerk, WRITERS)
    ]
    assert at_once(*claims) == ["done"] * 5 + ["line_overspent"] * 11
    line.refresh_from_db()
    assert line.allotted_satang == line.approved_satang == 5_000_000
    assert not list(wrong_totals(world.clerk))


def test_sixteen_contracts_bind_no_more_than_is_allotted(world: World) -> None:
    (project,) = projects(world.clerk, 1)
    row = allotted(project, kept(world.clerk, 50_000), 50_000, by=world.clerk)
    bind = lambda: committed(row, 7_000, by=world.officer)  # noqa: E731
    assert at_once(*[bind] * WRITERS) == ["allotment_overspent"] * 9 + ["done"] * 7
    row.refresh_from_db()
    assert row.committed_satang == 4_900_000
    assert not list(wrong_totals(world.clerk))


def test_sixteen_payments_pay_no_more_than_is_bound(world: World) -> None:
    (project,) = projects(world.clerk, 1)
    row = allotted(project, kept(world.clerk, 50_000), 50_000, by=world.clerk)
    contract = committed(row, 45_000, by=world.officer)
    pay = lambda: paid(contract, 10_000, by=world.officer)  # noqa: E731
    assert at_once(*[pay] * WRITERS) == ["commitment_overpaid"] * 12 + ["done"] * 4
    contract.refresh_from_db()
    assert contract.paid_satang == 4_000_000
    assert not list(wrong_totals(world.clerk))


def test_one_press_that_arrives_sixteen_times_is_one_deed(world: World) -> None:
    (project,) = projects(world.clerk, 1)
    line = kept(world.clerk, 50_000)
    row = allotted(project, line, 50_000, by=world.clerk)
    contract = committed(row, 45_000, by=world.officer)
    by, press = world.clerk, uuid4()
    presses: list[Callable[[], object]] = [
        lambda: keep_line(
            LineWords(name="ใหม่", be_year=2569), of(9000), by=by, press=press, sure_of=SURE
        ),
        lambda: plan_money(project, of(9000), by=by, source_words="ก", press=press, sure_of=SURE),
        lambda: commit_money(row, of(1000), by=by, on=ON, words="ก", press=press, sure_of=SURE),
        lambda: pay_money(contract, of(1000), by=by, on=ON, words="ก", press=press, sure_of=SURE),
        lambda: release_money(contract, of(1000), by=by, why="ก", press=press, sure_of=SURE),
    ]
    for act in presses:
        assert at_once(*[act] * WRITERS) == ["done"] * WRITERS
    assert BudgetLine.objects.filter(be_year=2569).count() == 2
    assert project.allotments.count() == Commitment.objects.count() == 2
    assert Disbursement.objects.count() == 1
    contract.refresh_from_db()
    assert contract.released_satang == 100_000
    assert not list(wrong_totals(world.clerk))


def test_a_line_lowered_while_it_is_claimed_never_ends_under_what_is_given(world: World) -> None:
    line = kept(world.clerk, 160_000)
    acts: list[Callable[[], object]] = [
        lambda one=one: allotted(one, line, 10_000, by=world.clerk)  # type: ignore[misc]
        for one in projects(world.clerk, 12)
    ]
    acts += [
        lambda: keep_line(
            LineWords(name="ลด", be_year=2569), of(60_000), by=world.clerk, line=line, sure_of=SURE
        )
    ] * 4
    assert set(at_once(*acts)) <= {"done", "line_overspent", "line_allotted"}
    line.refresh_from_db()
    assert line.allotted_satang <= line.approved_satang
    assert not list(wrong_totals(world.clerk))


def test_sixteen_writers_do_all_kinds_of_deeds_and_nobody_waits_forever(world: World) -> None:
    lines = [kept(world.clerk, 100_000, name=f"เงิน {number}") for number in range(3)]
    of_house = projects(world.clerk, 4)
    for one in of_house:
        committed(allotted(one, lines[0], 20_000, by=world.clerk), 10_000, by=world.clerk)

    def work(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(12):
            try:
                _any_deed(chance, world.clerk, lines, of_house)
            except (Refused, Allotment.DoesNotExist):
                continue

    assert at_once(*[lambda seed=seed: work(seed) for seed in range(WRITERS)]) == ["done"] * WRITERS
    assert not list(wrong_totals(world.clerk))
    for line in BudgetLine.objects.all():
        assert 0 <= line.allotted_satang <= line.approved_satang
    for row in Allotment.objects.all():
        assert 0 <= row.paid_satang <= row.committed_satang <= row.approved_satang


def _any_deed(
    chance: random.Random, by: Post, lines: list[BudgetLine], of_house: list[Project]
) -> None:
    amount, line, project = of(chance.randint(1, 30_000)), chance.choice(lines), None
    project = chance.choice(of_house)
    deed = chance.randrange(7)
    if deed == 0:
        allot_money(project, line, amount, by=by, sure_of=SURE)
    elif deed == 1:
        words = LineWords(name=line.name, be_year=2569)
        keep_line(words, of(chance.randint(50_000, 150_000)), by=by, line=line, sure_of=SURE)
    elif deed == 2:
        row = Allotment.objects.filter(project=project).order_by("?")[:1].get()
        move_allotment(row, line, amount, by=by, press=uuid4(), sure_of=SURE)
    elif deed == 3:
        row = Allotment.objects.filter(project=project).order_by("?")[:1].get()
        commit_money(row, amount, by=by, on=ON, words="ส", press=uuid4(), sure_of=SURE)
    else:
        contract = Commitment.objects.order_by("?").first()
        assert contract is not None
        if deed == 4:
            release_money(contract, amount, by=by, why="ก", press=uuid4(), sure_of=SURE)
        else:
            act = pay_money if deed == 5 else take_money_back
            act(contract, amount, by=by, on=ON, words="ฎ", press=uuid4(), sure_of=SURE)
