"""The same order come by two routes is found, linked by a person, and answered once or twice."""

from dataclasses import replace

import pytest
from django.utils import timezone

from tests.directives.orders import PARTS, adopted, cascaded, in_hands_of, issued
from tests.world import World
from thamthan.directives.actions import answer_tasks, cascade_order, link_twins
from thamthan.directives.models import Handing, Remark, TwinOrders
from thamthan.directives.queries import (
    answers_to_use,
    clause_lines,
    clause_pairs,
    likely_twins,
    linked_twins,
)
from thamthan.directives.rules import likeness
from thamthan.errors import Refused
from thamthan.letters.rules import DraftParts, DraftReference

pytestmark = pytest.mark.django_db

OTHER_LETTER = (DraftReference("กรมส่งเสริมการปกครองท้องถิ่น", "มท 0810.3/ว 999", "1 ธันวาคม 2568"),)


def pair(world: World, parts: DraftParts) -> tuple[Handing, Handing]:
    """What the district gave, and what the province gave straight to the same local government."""
    mine = in_hands_of(cascaded(world, [world.nong_kapu]), world.nong_kapu)
    order = adopted(
        issued(world.governor_officer, world.governor, parts=parts, code="พบ 0023.3"),
        world.governor_officer,
    )
    cascade_order(order, [world.nong_kapu], by=world.governor_officer)
    return mine, in_hands_of(order, world.nong_kapu)


@pytest.mark.parametrize(
    ("subject", "references", "why"),
    [
        ("เรื่องที่ใช้คำอื่นทั้งหมด", PARTS.references, "อ้างถึงหนังสือ"),
        (PARTS.subject.replace("การขับเคลื่อน", "ขับเคลื่อน"), OTHER_LETTER, "ชื่อเรื่องคล้ายกัน"),
        ("การสำรวจแหล่งน้ำเพื่อการเกษตรในฤดูแล้ง", OTHER_LETTER, ""),
    ],
)
def test_the_same_order_by_another_route_is_found(
    world: World, subject: str, references: tuple[DraftReference, ...], why: str
) -> None:
    mine, other = pair(world, replace(PARTS, subject=subject, references=references))
    found = likely_twins(world.clerk, mine)
    if not why:
        assert found == []
        return
    assert [one.handing for one in found] == [other]
    assert why in found[0].why
    assert found[0].is_so is None
    # Whoever gave it does not look into the house's other matters.
    assert likely_twins(world.district_officer, mine) == []


def test_a_person_links_or_denies_and_may_think_again(world: World) -> None:
    mine, other = pair(world, PARTS)
    for by in (world.officer, world.district_officer, world.tha_sen_clerk):
        with pytest.raises(Refused):
            link_twins(mine, other, by=by, is_so=True)
    with pytest.raises(Refused) as refused:
        link_twins(mine, mine, by=world.clerk, is_so=True)
    assert refused.value.code == "wrong_twin"
    link_twins(mine, other, by=world.clerk, is_so=False)
    assert linked_twins(world.clerk, mine) == []
    link_twins(other, mine, by=world.clerk, is_so=True)
    assert linked_twins(world.clerk, mine) == [other]
    assert linked_twins(world.clerk, other) == [mine]
    assert TwinOrders.objects.count() == 1


def test_clauses_stand_beside_those_that_they_fit(world: World) -> None:
    shorter = PARTS.body.replace("และการท่องเที่ยวชุมชน", "")
    mine, other = pair(world, replace(PARTS, body=shorter))
    now = timezone.now()
    here = clause_lines(world.clerk, mine, now=now)
    there = clause_lines(world.clerk, other, now=now)
    pairs = clause_pairs(world.clerk, here, there)
    assert sum(one.here is not None for one in pairs) == len(here)
    assert sum(one.there is not None for one in pairs) == len(there)
    assert any(one.there is None for one in pairs)
    for one in pairs:
        if one.here and one.there:
            assert one.here.task.obligation.ask == one.there.task.obligation.ask


def test_an_answer_is_offered_to_the_other_and_never_copied(world: World) -> None:
    mine, other = pair(world, PARTS)
    link_twins(mine, other, by=world.clerk, is_so=True)
    task = mine.assignments.filter(obligation__ask="report").get()
    answer_tasks(mine, [task], by=world.clerk, text="3 โครงการ", seen_at=timezone.now())
    now = timezone.now()
    offered = answers_to_use(
        world.clerk,
        clause_lines(world.clerk, other, now=now),
        clause_lines(world.clerk, mine, now=now),
    )
    fitting = other.assignments.filter(obligation__ask="report").get()
    assert offered == {fitting.pk: "3 โครงการ"}
    assert fitting.state == "sent"
    assert not Remark.objects.filter(handing=other).exists()


def test_likeness_is_of_words_not_of_spelling() -> None:
    assert likeness("การจัดการขยะ ปี ๒๕๖๙", "การจัดการขยะ  ปี 2569") == 1.0
    assert likeness("การจัดการขยะ", "") == 0.0
    assert likeness("", "") == 0.0
    assert likeness("การจัดการขยะ", "งานป้องกันไฟป่า") < 0.5
