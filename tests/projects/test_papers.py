"""What a project's papers tell of it, what they still lack, and the letter that takes them out."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from tests.directives.orders import cascaded
from tests.projects.funding import PDF
from tests.projects.papers import COSTS, asked, full, in_the_plan, plan
from tests.projects.projects import proposed
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.queries import parts_of
from thamthan.projects.actions import (
    CostWords,
    answer_clauses,
    answer_form,
    draft_request_letter,
    give_paper,
    move_project,
    set_costs,
)
from thamthan.projects.models import FormAnswer, Project
from thamthan.projects.queries import (
    form_lines,
    plan_for,
    plan_tables,
    project_as_plan_row,
    proposal_facts,
    request_for,
)
from thamthan.projects.rules import (
    PlanShape,
    PlanStanding,
    ProjectState,
    RequestState,
    shipped_channels,
)
from thamthan.projects.rules.channel_list import channel_of
from thamthan.projects.rules.papers import Surroundings, addressee_of, form_of_channel, goal_words
from thamthan.records.queries import history_of, opened
from thamthan.thai.correspondence import LetterKind
from thamthan.writing.pages import page_texts
from thamthan.writing.plan_tables import write_plan_xlsx
from thamthan.writing.proposal_forms import proposal_forms
from thamthan.writing.proposals import write_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-16T09:00:00+07:00", tick=False) as clock:
        yield clock


TODAY = date(2026, 3, 16)


def answering(world: World, project: Project) -> str:
    """The project answers the clause on parks; its number."""
    order = cascaded(world, [world.nong_kapu, world.tha_sen])
    clause = order.directives.filter(dropped_at=None, text__contains="สวนสาธารณะ").latest(
        "position"
    )
    answer_clauses(project, [clause], by=world.clerk)
    return clause.number


def lacking(world: World, project: Project, code: str = "standard") -> set[str]:
    lines = form_lines(world.clerk, project, today=TODAY)
    line = next(line for line in lines if line.form.code == code)
    return {missing.fact for missing in line.missing}


def close(content: bytes) -> str:
    return "".join("".join(page_texts(content)).split())


def test_a_project_tells_its_facts_as_its_house_knows_them(world: World) -> None:
    facts = proposal_facts(world.officer, full(world), today=TODAY)
    assert (facts.house, facts.unit) == (world.nong_kapu.name, "กองช่าง")
    assert facts.house_place == "อำเภอบ้านลาด จังหวัดเพชรบุรี"
    assert sum(cost.satang or 0 for cost in facts.costs) == 98_000_000
    (indicator,) = facts.indicators
    assert (indicator.baseline, indicator.target) == ("21.4 (214 จาก 1,000)", "25 (250 จาก 1,000)")
    assert facts.risks[0].level == "โอกาสปานกลาง ผลกระทบมาก"
    assert facts.fiscal_year == 2569


def test_who_signs_stands_in_the_posts_of_that_day(world: World) -> None:
    facts = proposal_facts(world.clerk, full(world), today=TODAY)
    named = {one.signer.value: (one.name, one.position) for one in facts.signatures}
    assert named == {
        "author": ("นางมาลี แก้วกระจ่าง", "นักพัฒนาชุมชน"),
        "proposer": ("นายธนา ช่างเพชร", "ผู้อำนวยการกองช่าง"),
        "endorser": ("นายวิชัย พงษ์เพชร", "ปลัดองค์การบริหารส่วนตำบล"),
        "approver": ("นายประเสริฐ ทองหนองกะปุ", "นายกองค์การบริหารส่วนตำบล"),
    }
    long_ago = proposal_facts(world.clerk, full(world), today=date(2001, 1, 1))
    assert [one.signer.value for one in long_ago.signatures] == ["author"]


def test_what_is_not_said_is_missing_and_not_made_up(world: World) -> None:
    assert lacking(world, proposed(world.clerk)) == {
        "targets", "steps", "period", "costs", "sources", "indicators", "evaluation",
    }  # fmt: skip
    assert lacking(world, full(world)) == {"sources", "evaluation"}


def test_it_names_the_order_that_it_answers_and_its_letter(world: World) -> None:
    project = full(world)
    number = answering(world, project)
    (answer,) = proposal_facts(world.officer, project, today=TODAY).answers
    assert f"ข้อ {number} " in answer
    assert "(หนังสืออำเภอบ้านลาด ที่ พบ 0618/" in answer
    assert "ลงวันที่ 13 มีนาคม 2569)" in answer


def test_costs_are_kept_as_given_and_seen_in_history(world: World) -> None:
    project = full(world)
    seen = project.version
    set_costs(project, COSTS[:1], by=world.clerk, seen_version=seen)
    assert [cost.name for cost in project.costs.all()] == [COSTS[0].name]
    assert history_of(project).filter(facts__changed=["costs"]).count() == 2
    with pytest.raises(Refused) as refused:
        set_costs(project, COSTS, by=world.clerk, seen_version=seen)
    assert refused.value.code == "changed_meanwhile"


@pytest.mark.parametrize(
    ("cost", "code"),
    [
        (CostWords(" "), "no_name"),
        (CostWords("ก" * 501), "long_words"),
        (CostWords("ค่าจ้าง", -1), "wrong_amount"),
        (CostWords("ค่าจ้าง", 10**15 + 1), "wrong_amount"),
    ],
)
def test_costs_that_cannot_be_are_refused(world: World, cost: CostWords, code: str) -> None:
    with pytest.raises(Refused) as refused:
        set_costs(proposed(world.clerk), [cost], by=world.clerk)
    assert refused.value.code == code


def test_only_the_own_house_keeps_costs_and_answers(world: World) -> None:
    project = proposed(world.clerk)
    for post in (world.tha_sen_clerk, world.district_officer, world.administrator):
        with pytest.raises(Refused):
            set_costs(project, COSTS, by=post)
        with pytest.raises(Refused):
            answer_form(project, {"land": "ที่สาธารณะ"}, by=post)


def test_a_form_is_answered_once_for_all_its_printings(world: World) -> None:
    project = full(world)
    assert "land" in lacking(world, project, "environment")
    answer_form(project, {"land": " ที่สาธารณประโยชน์ ", "fees": ""}, by=world.officer)
    assert "land" not in lacking(world, project, "environment")
    answer_form(project, {"land": ""}, by=world.officer)
    assert not FormAnswer.objects.exists()
    with pytest.raises(Refused) as refused:
        answer_form(project, {"nothing": "x"}, by=world.officer)
    assert refused.value.code == "unknown_ask"


def test_one_project_is_asked_for_by_several_channels_without_retyping(world: World) -> None:
    project = full(world)
    for code, form in (("environment-fund", "environment"), ("province", "province")):
        request = asked(world, project, code=code)
        assert form_of_channel(channel_of(request.channel.facts)) == form
        facts = proposal_facts(world.officer, project, today=TODAY, request=request)
        text = close(write_proposal(facts, form=form))
        asked_words = f"ขอรับการสนับสนุนจาก{request.channel.name}เป็นเงิน๙๐๐,๐๐๐บาท(เก้าแสนบาทถ้วน)"
        assert asked_words in text
        assert "ปีงบประมาณพ.ศ.๒๕๗๐" in text


def test_a_request_goes_out_by_a_letter_with_its_papers(world: World) -> None:
    project = full(world)
    number = answering(world, project)
    request = asked(world, project)
    given = request.papers.get(file__isnull=False)
    draft = draft_request_letter(request, by=world.officer)
    parts = parts_of(world.officer, draft)
    assert parts.kind == LetterKind.EXTERNAL
    assert parts.subject == "ขอรับการสนับสนุนงบประมาณโครงการปรับปรุงสวนสาธารณะหมู่ที่ 3"
    assert parts.addressee == ("ผู้อำนวยการสำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัดเพชรบุรี")
    (reference,) = parts.references
    assert (reference.agency, reference.dated) == ("อำเภอบ้านลาด", "13 มีนาคม 2569")
    assert reference.number.startswith("พบ 0618/")
    assert "เป็นเงิน 900,000 บาท (เก้าแสนบาทถ้วน)" in parts.body
    assert f"เพื่อดำเนินการตามข้อสั่งการ ข้อ {number} จึงขอ" in parts.body
    assert [one.name for one in parts.enclosures] == [
        "ข้อเสนอโครงการหรือข้อกำหนด (TOR) โครงการปรับปรุงสวนสาธารณะหมู่ที่ 3",
        given.name,
    ]
    proposal, page = draft.files.order_by("position")
    assert page.name == "plan.pdf"
    with opened(proposal.file) as stream:
        assert "กองทุนสิ่งแวดล้อม" in close(stream.read())


def test_the_proposal_stands_in_the_checklist_of_the_request(world: World) -> None:
    request = asked(world, full(world))
    paper = request.papers.get(name__startswith="ข้อเสนอโครงการ")
    assert paper.file is None
    draft = draft_request_letter(request, by=world.officer)
    paper.refresh_from_db()
    first = draft.files.order_by("position")[0]
    assert (paper.file, paper.given_by) == (first.file, world.officer)


def test_a_proposal_that_the_house_gave_itself_is_sent_as_it_is(world: World) -> None:
    request = asked(world, full(world))
    paper = request.papers.get(name__startswith="ข้อเสนอโครงการ")
    give_paper(request, paper.pk, by=world.officer, name="tor.pdf", content=PDF)
    draft = draft_request_letter(request, by=world.officer)
    assert [file.name for file in draft.files.order_by("position")] == ["tor.pdf", "plan.pdf"]


def test_the_letter_of_a_request_is_begun_once(world: World) -> None:
    request = asked(world, full(world))
    first = draft_request_letter(request, by=world.officer)
    assert draft_request_letter(request, by=world.clerk) == first
    request.refresh_from_db()
    assert request.draft == first


def test_money_of_the_house_is_asked_for_by_memo(world: World) -> None:
    request = asked(world, full(world), code="reserve", satang=None)
    parts = parts_of(world.officer, draft_request_letter(request, by=world.officer))
    assert parts.kind == LetterKind.MEMO
    assert parts.subject == "ขออนุมัติงบประมาณโครงการปรับปรุงสวนสาธารณะหมู่ที่ 3"
    assert parts.addressee == "ประธานสภาองค์การบริหารส่วนตำบลหนองกะปุ"
    assert not parts.references
    assert "มีความจำเป็นต้องดำเนินโครงการ" in parts.body
    assert "เป็นเงิน ………… บาท" in parts.body


@pytest.mark.parametrize(
    ("code", "house", "addressee"),
    [
        ("ordinance", "องค์การบริหารส่วนตำบลหนองกะปุ", "นายกองค์การบริหารส่วนตำบลหนองกะปุ"),
        ("emergency-item", "เทศบาลตำบลบ้านลาด", "นายกเทศมนตรีตำบลบ้านลาด"),
        ("province", "องค์การบริหารส่วนตำบลหนองกะปุ", "นายอำเภอบ้านลาด"),
        ("loan", "องค์การบริหารส่วนตำบลหนองกะปุ", ""),
        ("specific-grant", "องค์การบริหารส่วนตำบลหนองกะปุ", ""),
    ],
)
def test_who_is_written_to_follows_the_channel(code: str, house: str, addressee: str) -> None:
    channel = next(one for one in shipped_channels() if one["code"] == code)
    around = Surroundings(house, "บ้านลาด", "เพชรบุรี")
    assert addressee_of(channel_of(channel), around) == addressee
    nowhere = addressee_of(channel_of(channel), Surroundings(house))
    assert nowhere in {addressee, ""}


def test_a_decided_request_is_not_written_again(world: World) -> None:
    request = asked(world, full(world))
    request.state = RequestState.WITHDRAWN
    request.save()
    with pytest.raises(Refused) as refused:
        draft_request_letter(request, by=world.officer)
    assert refused.value.code == "wrong_request_state"


@pytest.mark.parametrize("stranger", ["tha_sen_clerk", "district_officer", "neighbour_clerk"])
def test_a_request_is_its_house_s_own(world: World, stranger: str) -> None:
    request = asked(world, full(world))
    with pytest.raises(NotFound):
        request_for(getattr(world, stranger), request.pk)
    with pytest.raises(Refused):
        draft_request_letter(request, by=getattr(world, stranger))


def test_a_finished_project_keeps_its_papers_as_they_are(world: World) -> None:
    project = full(world)
    for state in (ProjectState.APPROVED, ProjectState.UNDER_WAY, ProjectState.FINISHED):
        move_project(project, state, by=world.clerk)
    with pytest.raises(Refused) as refused:
        set_costs(project, (), by=world.clerk)
    assert refused.value.code == "project_closed"


def test_rows_of_a_plan_are_written_as_they_stand_now(world: World) -> None:
    made = plan(world)
    tables = plan_tables(world.clerk, made)
    assert [table.form.value for table in tables] == ["p02", "p03"]
    (row,) = tables[0].rows
    assert (row.number, row.years[1].planned) == ("14", 0)
    assert (tables[1].rows[0].category, tables[1].rows[0].kind) == (
        "ค่าครุภัณฑ์",
        "ครุภัณฑ์งานบ้านงานครัว",
    )
    assert [table.form.value for table in plan_tables(world.clerk, made, forms=["p03"])] == ["p03"]
    with pytest.raises(NotFound):
        plan_for(world.tha_sen_clerk, made.pk)


def test_the_later_shape_has_issues_and_no_indicator(world: World) -> None:
    (table, _) = plan_tables(world.clerk, plan(world, shape=PlanShape.ISSUE))
    assert table.by_issue


def test_a_project_not_in_the_plan_is_a_row_to_add(world: World) -> None:
    table = project_as_plan_row(world.officer, full(world))
    (row,) = table.rows
    assert (table.be_from, table.by_issue, table.with_reason) == (2566, False, True)
    assert row.years[0].planned == 98_000_000
    assert row.indicator == "พื้นที่สีเขียวของตำบล 25 (250 จาก 1,000) ร้อยละ"
    later = project_as_plan_row(world.officer, proposed(world.officer, be_year=2571))
    assert (later.be_from, later.by_issue) == (2571, True)
    sheet = load_workbook(BytesIO(write_plan_xlsx([table]))).active
    assert sheet is not None
    assert any(980000 in values for values in sheet.iter_rows(values_only=True))


def test_a_project_of_the_plan_is_its_row_there(world: World) -> None:
    project = in_the_plan(world)
    assert project.standing == PlanStanding.PLAN
    table = project_as_plan_row(world.officer, project)
    assert [(row.number, row.name) for row in table.rows] == [("14", "ปรับปรุงสวนสาธารณะ")]
    facts = proposal_facts(world.officer, project, today=TODAY)
    assert facts.plan is not None
    assert facts.plan.plan == "แผนพัฒนาท้องถิ่น (พ.ศ. 2566–2570) แบบ ผ.02 ลำดับที่ 14"


@pytest.mark.parametrize(
    ("value", "of", "words"),
    [
        (None, None, ""),
        (0, None, "0"),
        (1_240_500, None, "1,240.5"),
        (-2_000, None, "-2"),
        (1_000, 3_000, "33.33 (1 จาก 3)"),
        (0, 0, "0 จาก 0"),
    ],
)
def test_a_goal_is_said_with_both_parts_of_a_share(
    value: int | None, of: int | None, words: str
) -> None:
    assert goal_words(value, of) == words


def test_every_channel_has_a_form_of_ours() -> None:
    codes = {form.code for form in proposal_forms()}
    assert {form_of_channel(channel_of(one)) for one in shipped_channels()} <= codes
