"""Requests for money: begun by a channel, given papers, submitted, decided; refused in words."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.projects.funding import PDF, asked, completed, loaded, submitted
from tests.projects.projects import proposed
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.projects.actions import (
    Decision,
    FundingTold,
    change_request,
    give_paper,
    grant_request,
    move_project,
    refuse_request,
    return_request,
    submit_request,
    take_out_paper,
    tell_funding_facts,
    waive_paper,
    withdraw_request,
)
from thamthan.projects.models import (
    Allotment,
    BudgetLine,
    FundingFacts,
    FundingRequest,
)
from thamthan.projects.queries import (
    channel_fits,
    funding_facts,
    own_requests,
    request_for,
    request_paper_for,
    request_sheet,
)
from thamthan.projects.rules import (
    BahtRead,
    Condition,
    PlanStanding,
    ProjectState,
    RequestState,
    Shape,
    Verdict,
    Work,
)
from thamthan.records.queries import history_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 20, 14, tzinfo=ZoneInfo("Asia/Bangkok"))):
        yield


def test_a_request_begins_with_the_papers_of_its_channel(world: World) -> None:
    request = asked(world.officer, "environment-fund")
    assert (request.state, request.be_year) == (RequestState.PREPARING, 2570)
    assert request.organisation == world.nong_kapu
    assert request.papers.filter(is_required=True).count() == 13
    assert request.papers.filter(is_required=False).count() == 1
    assert [one.verb for one in history_of(request)] == ["request:opened"]


def test_papers_follow_what_the_money_buys(world: World) -> None:
    loaded()
    project = proposed(world.clerk)
    tell_funding_facts(project, FundingTold(shapes=[Shape.ACTIVITY]), by=world.clerk)
    request = asked(world.clerk, "next-ordinance", project=project)
    assert not request.papers.filter(name__contains="ปร.4").exists()


def test_it_is_not_submitted_before_it_is_complete(world: World) -> None:
    request = asked(world.clerk, "reserve")
    change_request(
        request, by=world.clerk, be_year=2569, asked_satang=None, seen_version=request.version
    )
    request.refresh_from_db()
    with pytest.raises(Refused) as refused:
        submit_request(request, by=world.clerk, on=TODAY, seen_version=request.version)
    assert refused.value.code == "request_incomplete"
    missing = refused.value.facts["missing"]
    assert isinstance(missing, list)
    assert "จำนวนเงินที่ขอ" in missing
    assert len(missing) == 1 + request.papers.filter(is_required=True).count()

    request = change_request(
        request, by=world.clerk, be_year=2569, asked_satang=50_000_00, seen_version=request.version
    )
    request = completed(request, world.clerk)
    done = submit_request(request, by=world.clerk, on=TODAY, seen_version=request.version)
    assert (done.state, done.submitted_on) == (RequestState.SUBMITTED, TODAY)


def test_rules_that_nobody_verified_warn_and_do_not_forbid(world: World) -> None:
    request = asked(world.clerk, "next-ordinance")
    warned = " ".join(request_sheet(world.clerk, request).warnings)
    assert "ต้องเพิ่มโครงการในแผนพัฒนาท้องถิ่นก่อน" in warned
    assert "ยังไม่ได้ตรวจกับระเบียบ" in warned
    request = completed(request, world.clerk)
    submit_request(request, by=world.clerk, on=TODAY, seen_version=request.version)


def test_a_paper_is_given_waived_and_taken_out(world: World) -> None:
    request = asked(world.clerk, "new-item")
    paper = request.papers.filter(is_required=True).first()
    assert paper is not None
    for content, code in ((b"MZ\x90\x00", "wrong_file"), (b"", "empty_file")):
        with pytest.raises(Refused) as refused:
            give_paper(request, paper.pk, by=world.clerk, name="a.exe", content=content)
        assert refused.value.code == code
    given = give_paper(request, paper.pk, by=world.clerk, name="แผน.pdf", content=PDF)
    assert (given.file_name, given.given_by) == ("แผน.pdf", world.clerk)
    with pytest.raises(Refused):
        waive_paper(request, paper.pk, by=world.clerk, why=" ")
    waived = waive_paper(request, paper.pk, by=world.clerk, why="โอนในหมวดเดียวกัน")
    assert (waived.file, waived.waived_why) == (None, "โอนในหมวดเดียวกัน")
    out = take_out_paper(request, paper.pk, by=world.clerk)
    assert (out.waived_why, out.given_at) == ("", None)
    other = asked(world.clerk, "reserve", project=request.project)
    with pytest.raises(NotFound):
        give_paper(other, paper.pk, by=world.clerk, name="ก.pdf", content=PDF)


def test_one_project_goes_to_several_channels_without_bringing_a_paper_twice(world: World) -> None:
    first = asked(world.clerk, "new-item")
    plan = first.papers.get(name__contains="แผนพัฒนาท้องถิ่น")
    give_paper(first, plan.pk, by=world.officer, name="แผนหน้า 12.pdf", content=PDF)
    second = asked(world.clerk, "reserve", project=first.project)
    same = second.papers.get(name__contains="แผนพัฒนาท้องถิ่น")
    assert (same.file_name, same.given_by) == ("แผนหน้า 12.pdf", world.clerk)
    assert second.papers.filter(file=None).exists()


def test_asking_for_more_than_is_needed_is_told(world: World) -> None:
    first = asked(world.clerk, "new-item", baht=60_000)
    tell_funding_facts(
        first.project, FundingTold(needed_satang=100_000_00), by=world.clerk, seen_version=0
    )
    assert "มากกว่าที่ต้องใช้" not in " ".join(request_sheet(world.clerk, first).warnings)
    second = asked(world.clerk, "reserve", project=first.project, baht=60_000)
    warned = " ".join(request_sheet(world.clerk, second).warnings)
    assert "120,000.00 บาท มากกว่าที่ต้องใช้ 100,000.00 บาท" in warned


def test_granted_money_becomes_one_line_of_the_house(world: World) -> None:
    request = submitted(world.clerk, TODAY, code="reserve")
    seen = request.version
    decision = Decision(TODAY, "มติสภาฯ ครั้งที่ 1/2569", ("มติ.pdf", PDF))
    with pytest.raises(Refused) as refused:
        grant_request(request, decision, by=world.executive, granted=BahtRead(0), seen_version=seen)
    assert refused.value.code == "no_amount"
    granted = grant_request(
        request, decision, by=world.executive, granted=BahtRead(400_000_00), seen_version=seen
    )
    assert (granted.state, granted.granted_satang) == (RequestState.GRANTED, 400_000_00)
    line = BudgetLine.objects.get()
    assert (line.request, line.approved_satang, line.allotted_satang) == (granted, 40_000_000, 0)
    assert (line.organisation, line.be_year) == (world.nong_kapu, granted.be_year)
    assert line.reference == "มติสภาฯ ครั้งที่ 1/2569"
    assert granted.decision_file is not None
    # Pressed once more, it is told and nothing is doubled.
    with pytest.raises(Refused):
        grant_request(
            request,
            decision,
            by=world.executive,
            granted=BahtRead(100_000_00),
            seen_version=granted.version,
        )
    assert BudgetLine.objects.count() == 1
    assert not Allotment.objects.exists()


def test_an_amount_in_another_unit_is_confirmed_before_it_is_kept(world: World) -> None:
    request = submitted(world.clerk, TODAY, code="reserve")
    grant = partial(
        grant_request,
        request,
        Decision(TODAY),
        by=world.executive,
        granted=BahtRead(4_00),
        seen_version=request.version,
    )
    sure: list[str] = []
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            grant(sure_of=sure)
        assert refused.value.code == "unsure"
        doubts = refused.value.facts["doubts"]
        assert isinstance(doubts, list)
        sure += [doubt["mark"] for doubt in doubts]
        request.refresh_from_db()
        assert request.state == RequestState.SUBMITTED
        assert not BudgetLine.objects.exists()
    assert grant(sure_of=sure).granted_satang == 4_00


def test_money_that_stood_in_the_ordinance_makes_no_second_line(world: World) -> None:
    request = submitted(
        world.clerk,
        TODAY,
        code="ordinance",
        project=proposed(world.clerk, standing=PlanStanding.ORDINANCE),
    )
    grant_request(
        request,
        Decision(TODAY),
        by=world.executive,
        granted=BahtRead(100_000_00),
        seen_version=request.version,
    )
    assert not BudgetLine.objects.exists()


def test_what_was_sent_back_is_mended_and_goes_out_again(world: World) -> None:
    request = submitted(world.clerk, TODAY, code="reserve")
    with pytest.raises(Refused) as refused:
        change_request(
            request, by=world.clerk, be_year=2569, asked_satang=1, seen_version=request.version
        )
    assert refused.value.code == "request_closed"
    with pytest.raises(Refused) as refused:
        return_request(request, Decision(TODAY), by=world.executive, seen_version=request.version)
    assert refused.value.code == "no_reason"
    back = return_request(
        request,
        Decision(TODAY, "ขอรายละเอียดแบบแปลน"),
        by=world.executive,
        seen_version=request.version,
    )
    assert back.state == RequestState.RETURNED
    paper = back.papers.filter(is_required=True).first()
    assert paper is not None
    give_paper(back, paper.pk, by=world.clerk, name="ใหม่.pdf", content=PDF + b"more")
    back.refresh_from_db()
    again = submit_request(back, by=world.clerk, on=TODAY, seen_version=back.version)
    assert (again.state, again.decision_words) == (RequestState.SUBMITTED, "")
    notes = [one.note for one in history_of(request)]
    assert "ขอรายละเอียดแบบแปลน" in notes


def test_refused_or_withdrawn_it_may_be_asked_for_again(world: World) -> None:
    first = submitted(world.clerk, TODAY, code="reserve")
    refuse_request(
        first, Decision(TODAY, "เงินไม่พอ"), by=world.executive, seen_version=first.version
    )
    second = asked(world.clerk, "reserve", project=first.project)
    with pytest.raises(Refused) as refused:
        withdraw_request(second, by=world.clerk, why="", on=TODAY, seen_version=second.version)
    assert refused.value.code == "no_reason"
    withdraw_request(
        second, by=world.clerk, why="ใช้เงินทางอื่น", on=TODAY, seen_version=second.version
    )
    third = asked(world.clerk, "reserve", project=first.project)
    assert third.state == RequestState.PREPARING
    with pytest.raises(Refused) as refused:
        asked(world.clerk, "reserve", project=first.project)
    assert (refused.value.code, refused.value.facts["request"]) == ("request_there", third.pk)


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 3, 21), "future_day"), (date(2026, 3, 18), "backward")]
)
def test_days_that_cannot_be_are_refused(world: World, on: date, code: str) -> None:
    request = submitted(world.clerk, date(2026, 3, 19), code="reserve")
    with pytest.raises(Refused) as refused:
        refuse_request(
            request, Decision(on, "ไม่อนุมัติ"), by=world.executive, seen_version=request.version
        )
    assert refused.value.code == code
    right = Decision(date(2026, 3, 19), "ไม่อนุมัติ")
    refuse_request(request, right, by=world.executive, seen_version=request.version)


def test_an_officer_prepares_and_does_not_submit(world: World) -> None:
    request = completed(asked(world.officer, "reserve"), world.officer)
    with pytest.raises(Refused) as refused:
        submit_request(request, by=world.officer, on=TODAY, seen_version=request.version)
    assert refused.value.code == "not_allowed"
    submit_request(request, by=world.head, on=TODAY, seen_version=request.version)


def test_who_saw_an_older_request_overwrites_nothing(world: World) -> None:
    request = asked(world.clerk, "reserve")
    seen = request.version
    change_request(request, by=world.clerk, be_year=2569, asked_satang=1_00, seen_version=seen)
    with pytest.raises(Refused) as refused:
        change_request(
            request, by=world.officer, be_year=2569, asked_satang=2_00, seen_version=seen
        )
    assert refused.value.code == "changed_meanwhile"
    request.refresh_from_db()
    assert request.asked_satang == 1_00


def test_a_finished_project_asks_for_nothing_more(world: World) -> None:
    loaded()
    project = move_project(
        proposed(world.clerk), ProjectState.CANCELLED, by=world.executive, why="ไม่ทำแล้ว"
    )
    with pytest.raises(Refused) as refused:
        asked(world.clerk, project=project)
    assert refused.value.code == "project_closed"


@pytest.mark.parametrize("stranger", ["tha_sen_clerk", "district_officer", "neighbour_clerk"])
def test_another_house_neither_sees_nor_touches_a_request(world: World, stranger: str) -> None:
    request = asked(world.clerk, "reserve")
    post = getattr(world, stranger)
    assert not own_requests(post).exists()
    paper = request.papers.first()
    assert paper is not None
    for ask in (
        lambda: request_for(post, request.pk),
        lambda: request_paper_for(post, request, paper.pk),
        lambda: channel_fits(post, request.project),
    ):
        with pytest.raises(NotFound):
            ask()
    with pytest.raises(Refused) as refused:
        give_paper(request, paper.pk, by=post, name="ก.pdf", content=PDF)
    assert refused.value.status == 403
    assert request_for(world.officer, request.pk) == request


def test_what_is_said_of_a_project_is_used_for_its_channels(world: World) -> None:
    loaded()
    project = proposed(world.clerk, standing=PlanStanding.PLAN)
    guessed = funding_facts(world.clerk, project)
    # The name tells of a park: a suggestion until someone says so.
    assert guessed.is_guessed
    assert Work.GREEN in guessed.facts.works
    tell_funding_facts(
        project,
        FundingTold(works=[Work.HEALTH], answers={Condition.OVER_CAPACITY: False}),
        by=world.officer,
    )
    said = funding_facts(world.clerk, project)
    assert (said.is_guessed, said.facts.works) == (False, {Work.HEALTH})
    verdicts = {one.fit.channel.code: one.fit.verdict for one in channel_fits(world.clerk, project)}
    assert verdicts["health-fund"] == Verdict.FITS
    assert verdicts["pao-coordination"] == Verdict.DOES_NOT
    assert FundingFacts.objects.count() == 1


def test_what_is_not_known_cannot_be_said(world: World) -> None:
    project = proposed(world.clerk)
    with pytest.raises(Refused) as refused:
        tell_funding_facts(project, FundingTold(works=["magic"]), by=world.clerk)
    assert refused.value.code == "unknown_fact"
    with pytest.raises(Refused) as refused:
        tell_funding_facts(project, FundingTold(needed_satang=0), by=world.clerk)
    assert refused.value.code == "no_amount"
    tell_funding_facts(project, FundingTold(), by=world.clerk, seen_version=0)
    with pytest.raises(Refused) as refused:
        tell_funding_facts(project, FundingTold(), by=world.clerk, seen_version=0)
    assert refused.value.code == "changed_meanwhile"


def test_a_request_that_is_there_is_told_beside_its_channel(world: World) -> None:
    request = asked(world.clerk, "reserve")
    lines = {one.row.code: one.request for one in channel_fits(world.clerk, request.project)}
    assert lines["reserve"] == request
    assert lines["next-ordinance"] is None
    assert FundingRequest.objects.count() == 1
