"""Papers of contracts and payments: attached to what they prove, taken out with a reason."""

import pytest

from tests.projects.money import allotted, committed, kept, paid
from tests.projects.projects import approved
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.projects.actions import attach_money_paper, move_project, take_out_money_paper
from thamthan.projects.models import Commitment, MoneyPaper
from thamthan.projects.queries import (
    money_of,
    money_paper_for,
    own_payment_for,
)
from thamthan.projects.rules import ProjectState
from thamthan.records.queries import history_of

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.4\nsigned\n%%EOF\n"


@pytest.fixture
def contract(world: World) -> Commitment:
    money = allotted(approved(world.clerk), kept(world.clerk, 500_000), 300_000, by=world.clerk)
    return committed(money, 280_000, by=world.clerk)


def given(contract: Commitment, world: World, content: bytes = SCAN) -> MoneyPaper:
    return attach_money_paper(contract, by=world.officer, name="สัญญา 7-2569.pdf", content=content)


def test_a_contract_has_its_file_and_a_payment_its_own(world: World, contract: Commitment) -> None:
    payment = paid(contract, 100_000, by=world.clerk)
    given(contract, world)
    attach_money_paper(
        contract, by=world.clerk, name="ฎีกา.pdf", content=SCAN + b"2", payment=payment
    )
    money = money_of(world.clerk, contract.allotment.project)
    assert [one.file_name for one in money.bound[0].own_papers] == ["สัญญา 7-2569.pdf"]
    assert [one.file_name for one in money.proved_payments[0].papers] == ["ฎีกา.pdf"]
    told = history_of(contract).filter(verb="evidence:attached")
    assert [one.facts["words"] for one in told.order_by("pk")] == ["สัญญา 7-2569.pdf", "ฎีกา.pdf"]


def test_the_same_file_again_is_the_same_paper(world: World, contract: Commitment) -> None:
    payment = paid(contract, 100_000, by=world.clerk)
    first = given(contract, world)
    assert given(contract, world) == first
    of_payment = attach_money_paper(
        contract, by=world.clerk, name="a.pdf", content=SCAN, payment=payment
    )
    assert of_payment != first
    assert MoneyPaper.objects.count() == 2


def test_a_wrong_file_is_taken_out_with_a_reason_and_its_row_stays(
    world: World, contract: Commitment
) -> None:
    paper = given(contract, world)
    with pytest.raises(Refused, match="โปรดบอกเหตุ"):
        take_out_money_paper(paper, by=world.clerk, why=" ")
    take_out_money_paper(paper, by=world.clerk, why="แนบผิดสัญญา")
    project = contract.allotment.project
    assert money_of(world.clerk, project).bound[0].papers == ()
    assert money_paper_for(world.clerk, project, paper.pk).taken_out_why == "แนบผิดสัญญา"
    assert history_of(contract).get(verb="evidence:withdrawn").note == "แนบผิดสัญญา"
    assert given(contract, world) != paper


def test_papers_come_after_the_work_too(world: World, contract: Commitment) -> None:
    project = contract.allotment.project
    for state in (ProjectState.UNDER_WAY, ProjectState.FINISHED):
        move_project(project, state, by=world.clerk)
    assert given(contract, world).file_name == "สัญญา 7-2569.pdf"


@pytest.mark.parametrize(
    ("content", "words"), [(b"MZ\x90\x00program", "ไม่ใช่ PDF ภาพ"), (b"", "ไฟล์ว่างเปล่า")]
)
def test_what_is_no_paper_is_refused(
    world: World, contract: Commitment, content: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        given(contract, world, content)
    assert not MoneyPaper.objects.exists()


def test_another_house_neither_attaches_nor_sees(world: World, contract: Commitment) -> None:
    paper = given(contract, world)
    payment = paid(contract, 100_000, by=world.clerk)
    project = contract.allotment.project
    with pytest.raises(Refused, match="หน่วยงานอื่น"):
        attach_money_paper(contract, by=world.tha_sen_clerk, name="a.pdf", content=SCAN)
    with pytest.raises(Refused, match="หน่วยงานอื่น"):
        take_out_money_paper(paper, by=world.tha_sen_clerk, why="x")
    for door in (
        lambda: money_paper_for(world.district_officer, project, paper.pk),
        lambda: own_payment_for(world.tha_sen_clerk, payment.pk),
    ):
        with pytest.raises(NotFound):
            door()
    other = committed(contract.allotment, 10_000, by=world.clerk)
    with pytest.raises(Refused, match="สัญญาอื่น"):
        attach_money_paper(other, by=world.clerk, name="a.pdf", content=SCAN, payment=payment)
