"""Evidence seen from above: by whoever gave the order that its project answers, and nobody else."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.directives.orders import cascaded
from tests.projects.evidence import attached, photo, under_way
from tests.web.conftest import NOW
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.projects.actions import answer_clauses, judge_evidence, withdraw_evidence
from thamthan.projects.models import Evidence
from thamthan.projects.queries import evidence_for, evidence_of, evidence_to_judge, told_doubts
from thamthan.projects.rules import EvidenceState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def evidence(world: World) -> Evidence:
    """A photograph of a project that answers the district's order."""
    order = cascaded(world, [world.nong_kapu, world.tha_sen])
    project = under_way(world.clerk)
    answer_clauses(project, [order.directives.filter(dropped_at=None)[1]], by=world.clerk)
    return attached(project, world.officer)


def test_the_giver_of_the_order_sees_it_and_judges(world: World, evidence: Evidence) -> None:
    seen = evidence_for(world.district_officer, evidence.pk)
    assert list(evidence_of(world.district_officer, seen.project)) == [evidence]
    # It is asked for project by project, not put in the queue of another house.
    assert list(evidence_to_judge(world.district_officer)) == []
    judge_evidence(seen, is_adequate=True, by=world.district_officer)
    evidence.refresh_from_db()
    assert (evidence.state, evidence.judged_by) == (EvidenceState.ADEQUATE, world.district_officer)


def test_the_giver_takes_nothing_back_and_adds_nothing(world: World, evidence: Evidence) -> None:
    for deed in (
        lambda: withdraw_evidence(evidence, by=world.district_officer, why="ไม่ชัด"),
        lambda: attached(evidence.project, world.district_officer, photo(2)),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "foreign_project"


def test_whoever_gave_no_order_sees_nothing_of_it(world: World, evidence: Evidence) -> None:
    for stranger in (world.governor_officer, world.tha_sen_clerk, world.district_administrator):
        with pytest.raises(NotFound):
            evidence_for(stranger, evidence.pk)


def test_what_was_taken_back_is_the_houses_own_affair(world: World, evidence: Evidence) -> None:
    withdraw_evidence(evidence, by=world.officer)
    assert evidence_for(world.clerk, evidence.pk) == evidence
    with pytest.raises(NotFound):
        evidence_for(world.district_officer, evidence.pk)


def test_the_giver_learns_no_name_of_a_project_that_answers_another(
    world: World, evidence: Evidence
) -> None:
    other = under_way(world.clerk, name="โครงการภายในที่อำเภอไม่เห็น")
    attached(other, world.officer)
    seen = evidence_for(world.district_officer, evidence.pk)
    words = [line.words for line in told_doubts(world.district_officer, [seen])[seen.pk]]
    assert "เป็นภาพเดียวกับภาพในอีกโครงการของหน่วยงานเดียวกัน" in words
    assert not any("โครงการภายใน" in each for each in words)
