"""Amounts and days out of measure: asked about before they are kept, and never changed."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from tests.projects.money import ON, allotted, committed, kept, of
from tests.projects.projects import approved, proposed
from tests.world import World
from thamthan.errors import Refused
from thamthan.projects.actions import LineWords, allot_money, keep_line, pay_money, plan_money
from thamthan.projects.models import (
    Allotment,
    BudgetLine,
    Commitment,
    DevelopmentPlan,
    Disbursement,
    PlanBudget,
    PlanRow,
    Project,
)
from thamthan.projects.queries import money_of
from thamthan.projects.rules import BahtRead

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-16T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def project(world: World) -> Project:
    return approved(world.clerk)


@pytest.fixture
def line(world: World) -> BudgetLine:
    return kept(world.clerk, 500_000)


@pytest.fixture
def allotment(world: World, project: Project, line: BudgetLine) -> Allotment:
    return allotted(project, line, 300_000, by=world.clerk)


@pytest.fixture
def contract(world: World, allotment: Allotment) -> Commitment:
    return committed(allotment, 280_000, by=world.officer)


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        (BahtRead(12_000_000, "1.2 แสนบาท"), "said"),
        (BahtRead(12_000_000_000_000), "unit"),
        (BahtRead(120), "unit"),
        (BahtRead(150_000_000), "ten_times"),
    ],
)
def test_an_amount_out_of_measure_is_asked_about_before_it_is_kept(
    world: World, project: Project, typed: BahtRead, mark: str
) -> None:
    line = kept(world.clerk, 200_000_000_000)
    hoped = plan_money(project, of(120_000), by=world.clerk, source_words="ข้อบัญญัติ")
    with pytest.raises(Refused) as refused:
        allot_money(project, line, typed, by=world.clerk, hoped=hoped)
    (doubt,) = refused.value.facts["doubts"]  # type: ignore[misc, attr-defined]
    assert (refused.value.code, doubt["mark"]) == ("unsure", f"{mark}:{typed.satang}")
    assert money_of(world.clerk, project).amounts.approved == 0
    # Confirmed for another amount is not confirmed for this one.
    with pytest.raises(Refused):
        allot_money(project, line, typed, by=world.clerk, hoped=hoped, sure_of={f"{mark}:1"})
    sure = {doubt["mark"]}
    row = allot_money(project, line, typed, by=world.clerk, hoped=hoped, sure_of=sure)
    assert row.approved_satang == typed.satang


def test_more_than_the_whole_year_of_the_house_is_asked_about(
    world: World, project: Project, line: BudgetLine
) -> None:
    with pytest.raises(Refused, match=r"มากกว่าเงินทั้งปีของหน่วยงาน 500,000\.00 บาท"):
        plan_money(project, of(600_000), by=world.clerk, source_words="เงินสะสม")
    with pytest.raises(Refused, match="มากกว่าเงินทั้งปี"):
        keep_line(LineWords(name="ใหม่", be_year=2570), of(600_000), by=world.clerk)
    with pytest.raises(Refused, match=r"มีรายการ “ค่าปรับปรุงสวนสาธารณะ” 500,000\.00"):
        keep_line(LineWords(name=line.name, be_year=2569), of(400_000), by=world.clerk)
    for baht, said in ((2_000_000_000, "หนึ่งพันล้านบาทขึ้นไป"), (12, "น้อยกว่าหนึ่งพันบาท")):
        with pytest.raises(Refused, match=said):
            keep_line(LineWords(name="ใหม่", be_year=2569), of(baht), by=world.clerk)


def test_a_payment_like_another_or_on_a_strange_day_is_asked_about(
    world: World, contract: Commitment
) -> None:
    pay = {"by": world.officer, "words": "ฎีกา"}
    pay_money(contract, of(1000), on=ON, press=uuid4(), **pay)  # type: ignore[arg-type]
    for day, said in ((ON, "อาจซ้ำกัน"), (date(2025, 9, 30), "ไม่อยู่ในปีงบประมาณ 2569")):
        with pytest.raises(Refused, match=said):
            pay_money(contract, of(1000), on=day, press=uuid4(), **pay)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="ก่อนวันก่อหนี้ผูกพัน"):
        pay_money(contract, of(2000), on=date(2026, 3, 9), press=uuid4(), **pay)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        pay_money(contract, of(2000), on=date(2026, 3, 17), press=uuid4(), **pay)  # type: ignore[arg-type]
    assert refused.value.code == "future_day"
    assert Disbursement.objects.count() == 1


def test_what_the_plan_states_is_told_beside_and_held_against(
    world: World, line: BudgetLine
) -> None:
    plan = DevelopmentPlan.objects.create(
        organisation=world.nong_kapu,
        be_from=2566,
        be_to=2570,
        shape="strategy",
        made_by=world.clerk,
    )
    row = PlanRow.objects.create(plan=plan, form="p02", position=1, name="สวนสาธารณะ")
    PlanBudget.objects.create(row=row, be_year=2569, planned_satang=4_000_000)
    PlanBudget.objects.create(row=row, be_year=2570, planned_satang=9_000_000)
    project = approved(world.clerk, plan_row=row)
    assert money_of(world.clerk, project).stated == 4_000_000
    with pytest.raises(Refused, match="มากกว่าสิบเท่าของวงเงินในแผนพัฒนา"):
        plan_money(project, of(400_001), by=world.clerk, source_words="เงินสะสม")
    plan_money(project, of(40_000), by=world.clerk, source_words="เงินสะสม")
    assert money_of(world.clerk, project).stated == 4_000_000
    assert money_of(world.clerk, proposed(world.clerk)).stated is None
