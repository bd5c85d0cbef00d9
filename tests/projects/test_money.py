"""Money of a project: what may be done with it, what is refused, and in what words."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from tests.projects.money import ON, AnyDoubt, allotted, committed, kept, of, paid
from tests.projects.projects import approved, proposed
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    LineWords,
    allot_money,
    change_plan,
    commit_money,
    keep_line,
    keep_lines,
    move_allotment,
    move_project,
    pay_money,
    plan_money,
    release_money,
    take_money_back,
)
from thamthan.projects.models import (
    Allotment,
    BudgetLine,
    Commitment,
    FundingChannel,
    FundingRequest,
    Project,
)
from thamthan.projects.queries import (
    budget_line_for,
    budget_lines,
    budget_totals,
    lines_to_allot,
    money_of,
    own_allotment_for,
    own_commitment_for,
    wrong_totals,
)
from thamthan.projects.rules import FourAmounts, ProjectState
from thamthan.records.queries import history_of

pytestmark = pytest.mark.django_db
SURE = AnyDoubt()


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


def amounts(world: World, project: Project) -> FourAmounts:
    found = money_of(world.clerk, project).amounts
    assert not list(wrong_totals(world.system))
    return FourAmounts(*(part // 100 for part in (
        found.planned, found.approved, found.committed, found.paid
    )))  # fmt: skip


def refused_code(act: object) -> Refused:
    with pytest.raises(Refused) as refused:
        act()  # type: ignore[operator]
    return refused.value


def test_money_goes_its_whole_way(world: World, project: Project, line: BudgetLine) -> None:
    hoped = plan_money(project, of(350_000), by=world.officer, source_words="ข้อบัญญัติปี 2569")
    assert amounts(world, project) == FourAmounts(350_000)
    row = allot_money(project, line, of(300_000), by=world.clerk, hoped=hoped)
    assert row.pk == hoped.pk
    contract = committed(row, 280_000, by=world.officer)
    first = paid(contract, 100_000, by=world.officer)
    assert amounts(world, project) == FourAmounts(350_000, 300_000, 280_000, 100_000)
    take_money_back(
        contract, of(40_000), by=world.officer, on=ON, words="เบิกเกิน", press=uuid4(), sure_of=SURE
    )
    release_money(contract, of(20_000), by=world.officer, why="ประมูลต่ำกว่า", press=uuid4())
    assert amounts(world, project) == FourAmounts(350_000, 300_000, 260_000, 60_000)
    found = money_of(world.clerk, project)
    assert [one.amount_satang for one in found.payments] == [-4_000_000, first.amount_satang]
    assert [entry.verb for entry in history_of(contract)] == [
        "money:committed", "money:paid", "money:returned", "money:released",
    ]  # fmt: skip
    assert len(found.history) == 5


def test_what_is_refused_states_the_sum_that_is_left(
    world: World, line: BudgetLine, allotment: Allotment, contract: Commitment
) -> None:
    other = approved(world.clerk, name="ถนนหมู่ที่ 4")
    too_much = refused_code(lambda: allotted(other, line, 200_001, by=world.clerk))
    assert (too_much.code, "เหลือให้จัดสรร 200,000.00 บาท" in too_much.message) == (
        "line_overspent", True,
    )  # fmt: skip
    too_much = refused_code(lambda: committed(allotment, 20_001, by=world.officer))
    assert "เหลือให้ผูกพัน 20,000.00 บาท" in too_much.message
    too_much = refused_code(lambda: paid(contract, 280_001, by=world.officer))
    assert "เหลือให้เบิกจ่าย 280,000.00 บาท" in too_much.message
    paid(contract, 30_000, by=world.officer)
    for act, said in (
        (lambda: allotted(contract.allotment.project, line, 279_999, by=world.clerk), "280,000.00"),
        (
            lambda: keep_line(
                LineWords(name="ลด", be_year=2569), of(299_999), by=world.clerk, line=line
            ),
            "300,000.00",
        ),
        (
            lambda: release_money(
                contract, of(250_001), by=world.officer, why="ไม่ใช้", press=uuid4()
            ),
            "250,000.00",
        ),
        (
            lambda: take_money_back(
                contract, of(30_001), by=world.officer, on=ON, words="คืน", press=uuid4()
            ),
            "30,000.00",
        ),
    ):
        assert said in refused_code(act).message
    assert allotted(other, line, 200_000, by=world.clerk).approved_satang == 20_000_000


def test_the_same_press_is_carried_out_once(
    world: World, project: Project, allotment: Allotment, contract: Commitment
) -> None:
    press, by = uuid4(), world.officer
    for _ in range(2):
        made = plan_money(project, of(5000), by=by, source_words="เงินสะสม", press=press)
        commit_money(allotment, of(1000), by=by, on=ON, words="สั่งซื้อ", press=press)
        pay_money(contract, of(50_000), by=by, on=ON, words="ฎีกา", press=press)
        release_money(contract, of(10_000), by=by, why="ลดงาน", press=press)
        keep_line(
            LineWords(name="ไฟฟ้าสาธารณะ", be_year=2569), of(90_000), by=world.clerk, press=press
        )
    back = uuid4()
    for _ in range(2):
        take_money_back(contract, of(20_000), by=by, on=ON, words="คืน", press=back)
    assert amounts(world, project) == FourAmounts(5000, 300_000, 271_000, 30_000)
    assert budget_lines(world.clerk).count() == 2
    assert made.ref == press
    # A press is of one deed: it cannot pay a second contract as well.
    second = committed(allotment, 2000, by=by)
    with pytest.raises(Refused) as refused:
        pay_money(second, of(1), by=by, on=ON, words="ฎีกา", press=press, sure_of=SURE)
    assert refused.value.code == "pressed_elsewhere"
    # A page taken back and sent with another amount is told, not passed over.
    for act in (
        lambda: plan_money(project, of(6000), by=by, source_words="เงินสะสม", press=press),
        lambda: commit_money(allotment, of(1001), by=by, on=ON, words="สั่งซื้อ", press=press),
        lambda: pay_money(contract, of(50_001), by=by, on=ON, words="ฎีกา", press=press),
        lambda: release_money(contract, of(10_001), by=by, why="ลดงาน", press=press),
        lambda: keep_line(
            LineWords(name="ไฟฟ้าสาธารณะ", be_year=2569), of(90_001), by=world.clerk, press=press
        ),
    ):
        assert refused_code(act).code == "pressed_elsewhere"


def test_allotting_the_same_again_changes_nothing_and_a_seen_older_amount_is_told(
    world: World, project: Project, line: BudgetLine
) -> None:
    for _ in range(2):
        row = allotted(project, line, 100_000, by=world.clerk)
    assert history_of(row).count() == 1
    allotted(project, line, 120_000, by=world.executive)
    with pytest.raises(Refused) as refused:
        allot_money(project, line, of(90_000), by=world.clerk, seen_satang=10_000_000)
    assert refused.value.code == "changed_meanwhile"
    assert "120,000.00" in refused.value.message
    assert amounts(world, project).approved == 120_000


def test_money_is_moved_to_another_line_and_what_is_bound_stays(
    world: World, project: Project, line: BudgetLine, allotment: Allotment, contract: Commitment
) -> None:
    other, press = kept(world.clerk, 60_000, name="เงินสะสม"), uuid4()
    with pytest.raises(Refused) as refused:
        move_allotment(allotment, other, of(20_001), by=world.clerk, press=press)
    assert "20,000.00" in refused.value.message
    for _ in range(2):
        moved = move_allotment(allotment, other, of(20_000), by=world.clerk, press=press)
    assert (moved.line, moved.approved_satang) == (other, 2_000_000)
    assert amounts(world, project).approved == 300_000
    line.refresh_from_db()
    other.refresh_from_db()
    assert (line.allotted_satang, other.allotted_satang) == (28_000_000, 2_000_000)


def test_all_of_it_moved_leaves_no_empty_source_and_takes_the_plan_along(
    world: World, project: Project, line: BudgetLine
) -> None:
    hoped = plan_money(project, of(50_000), by=world.clerk, source_words="ข้อบัญญัติ")
    row = allot_money(project, line, of(50_000), by=world.clerk, hoped=hoped)
    other, press = kept(world.clerk, 60_000, name="เงินสะสม"), uuid4()
    for _ in range(2):
        move_allotment(row, other, of(50_000), by=world.clerk, press=press)
    (source,) = money_of(world.clerk, project).sources
    assert (source.name, source.allotment.planned_satang) == ("เงินสะสม", 5_000_000)
    assert amounts(world, project) == FourAmounts(50_000, 50_000)


def test_a_second_plan_that_comes_true_from_the_same_line_joins_the_first(
    world: World, project: Project, allotment: Allotment, line: BudgetLine
) -> None:
    hoped = plan_money(project, of(80_000), by=world.clerk, source_words="ขอเพิ่ม")
    allot_money(project, line, of(380_000), by=world.clerk, hoped=hoped)
    assert project.allotments.count() == 1
    assert amounts(world, project) == FourAmounts(80_000, 380_000)


def test_what_is_only_hoped_for_is_changed_or_taken_away(world: World, project: Project) -> None:
    hoped = plan_money(project, of(80_000), by=world.officer, source_words="กองทุน")
    change_plan(hoped, of(90_000), by=world.officer, seen_satang=8_000_000)
    with pytest.raises(Refused) as refused:
        change_plan(hoped, of(70_000), by=world.officer, seen_satang=8_000_000)
    assert refused.value.code == "changed_meanwhile"
    for _ in range(2):
        assert change_plan(hoped, of(0), by=world.officer) is None
    assert not money_of(world.clerk, project).sources
    with pytest.raises(Refused) as refused:
        plan_money(project, of(1000), by=world.officer)
    assert refused.value.code == "no_source"


def test_many_lines_are_kept_together_or_not_at_all(world: World) -> None:
    press = uuid4()
    good = [(LineWords(name=f"รายการ {n}", be_year=2569), of(10_000 * n)) for n in (1, 2, 3)]
    with pytest.raises(Refused, match="แถวที่ 4"):
        keep_lines([*good, (LineWords(name="", be_year=2569), of(1))], by=world.clerk, press=press)
    assert not budget_lines(world.clerk)
    small = [
        (LineWords(name="ก", be_year=2569), of(12)),
        (LineWords(name="ข", be_year=2569), of(13)),
    ]
    with pytest.raises(Refused) as refused:
        keep_lines([*good, *small], by=world.clerk, press=press)
    assert len(refused.value.facts["doubts"]) == 2  # type: ignore[arg-type]
    for _ in range(2):
        keep_lines(good, by=world.clerk, press=press)
    assert budget_totals(world.clerk, budget_lines(world.clerk)).approved == 6_000_000


@pytest.mark.parametrize("stranger", ["tha_sen_clerk", "neighbour_clerk", "district_officer"])
def test_nobody_outside_touches_or_sees_the_money(
    world: World, project: Project, line: BudgetLine, contract: Commitment, stranger: str
) -> None:
    post: Post = getattr(world, stranger)
    allotment = contract.allotment
    other = kept(world.tha_sen_clerk, 1000, name="ของท่าเสน")
    for act in (
        lambda: plan_money(project, of(1000), by=post, source_words="ก"),
        lambda: allotted(project, line, 1000, by=post),
        lambda: committed(allotment, 1000, by=post),
        lambda: paid(contract, 1000, by=post),
        lambda: allotted(project, other, 1000, by=world.clerk),
        lambda: move_allotment(allotment, other, of(1), by=world.clerk, press=uuid4()),
        lambda: keep_line(LineWords(name="ก", be_year=2569), of(1), by=post, line=line),
    ):
        assert refused_code(act).status == 403
    for ask in (
        lambda: budget_line_for(post, line.pk),
        lambda: own_allotment_for(post, allotment.pk),
        lambda: own_commitment_for(post, contract.pk),
    ):
        with pytest.raises(NotFound):
            ask()
    assert not money_of(post, project).sources
    assert not lines_to_allot(post, project)


def test_giving_out_money_is_for_those_who_decide(
    world: World, project: Project, line: BudgetLine
) -> None:
    assert refused_code(lambda: allotted(project, line, 1000, by=world.officer)).status == 403
    assert refused_code(lambda: kept(world.officer, 1000)).status == 403
    row = allotted(project, line, 1000, by=world.head)
    assert committed(row, 1000, by=world.officer).amount_satang == 100_000


def test_the_state_of_the_project_decides_what_may_be_done(world: World, line: BudgetLine) -> None:
    project = proposed(world.clerk)
    row = allotted(project, line, 10_000, by=world.clerk)
    assert "อนุมัติ" in refused_code(lambda: committed(row, 1000, by=world.officer)).message
    for state in (ProjectState.APPROVED, ProjectState.UNDER_WAY):
        move_project(project, state, by=world.executive)
    contract = committed(row, 8000, by=world.officer)
    move_project(project, ProjectState.FINISHED, by=world.executive)
    # What is bound is paid after the work is done; nothing new is bound.
    paid(contract, 3000, by=world.officer)
    assert refused_code(lambda: committed(row, 100, by=world.officer)).code == "wrong_project_state"
    move_project(project, ProjectState.UNDER_WAY, by=world.executive)
    # It is given up when no contract binds money any more; what is left goes back to the line.
    release_money(contract, of(5000), by=world.officer, why="ยกเลิก", press=uuid4())
    move_project(project, ProjectState.CANCELLED, by=world.executive, why="พื้นที่ติดเขตป่า")
    assert refused_code(lambda: paid(contract, 100, by=world.officer)).code == "wrong_project_state"
    allotted(project, line, 3000, by=world.clerk)
    assert refused_code(lambda: allotted(project, line, 4000, by=world.clerk)).code
    line.refresh_from_db()
    assert line.allotted_satang == 300_000


def test_a_wrong_kept_total_is_found(world: World, contract: Commitment) -> None:
    assert not list(wrong_totals(world.clerk))
    Allotment.objects.filter(pk=contract.allotment_id).update(committed_satang=28_000_001)
    (wrong,) = wrong_totals(world.clerk)
    assert (wrong.field, wrong.kept, wrong.summed) == ("committed_satang", 28_000_001, 28_000_000)
    assert not list(wrong_totals(world.neighbour_clerk))


def test_a_granted_request_becomes_one_line(world: World, project: Project) -> None:
    channel = FundingChannel.objects.create(
        code="grant", name="เงินอุดหนุนเฉพาะกิจ", facts={}, from_on=date(2025, 10, 1)
    )
    request = FundingRequest.objects.create(
        project=project, organisation=world.nong_kapu, channel=channel, be_year=2569,
        made_by=world.clerk,
    )  # fmt: skip
    words = LineWords(name="เงินอุดหนุนสวนสาธารณะ", be_year=2569, channel=channel)
    line = keep_line(words, of(400_000), by=world.clerk, request=request)
    assert (line.request, line.channel) == (request, channel)
    again = refused_code(
        lambda: keep_line(words, of(400_000), by=world.clerk, request=request, sure_of=SURE)
    )
    assert again.code == "request_has_a_line"
    foreign = refused_code(
        lambda: keep_line(words, of(400_000), by=world.tha_sen_clerk, request=request)
    )
    assert foreign.status == 403
