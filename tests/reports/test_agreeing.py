"""A clerk prepares, the executive agrees, and what was agreed to is what is sent."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine

from tests.reports.reports import answered, opened, report_of, sure_of
from tests.world import World
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.reports.actions import (
    agree_to_report,
    propose_report,
    return_proposal,
    set_agreement,
    submit_report,
)
from thamthan.reports.models import Proposal, Report, SentReport
from thamthan.reports.queries import decides_proposal, last_proposal, proposals_waiting
from thamthan.reports.rules import Agrees, ProposalState, ReportState

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(world: World) -> Any:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False):
        set_agreement(Agrees.EXECUTIVE, by=world.chief_clerk)
        yield answered(
            report_of(opened(world, [world.nong_kapu]), world.nong_kapu), world.clerk, 300_000
        )


def proposed(report: Report, by: Post) -> Proposal:
    fresh = Report.objects.get(pk=report.pk)
    return propose_report(report, by=by, seen_version=fresh.version, sure_of=sure_of(report, by))


def test_nobody_but_the_executive_sends_and_both_names_stand_on_what_was_sent(
    world: World, report: Report
) -> None:
    with pytest.raises(Refused) as refused:
        submit_report(report, by=world.clerk, seen_version=report.version, press=uuid4())
    assert refused.value.code == "needs_agreement"
    proposal = proposed(report, world.clerk)
    assert proposals_waiting(world.executive) == [proposal]
    assert proposals_waiting(world.clerk) == []
    with pytest.raises(Refused):
        agree_to_report(proposal, by=world.chief_clerk, press=uuid4())
    press = uuid4()
    sent = agree_to_report(proposal, by=world.executive, press=press)
    assert agree_to_report(proposal, by=world.executive, press=press) == sent
    assert SentReport.objects.count() == 1
    assert sent.prepared_words == world.clerk.words()
    assert sent.agreed_words == world.executive.words()
    assert world.executive.title in sent.on_behalf
    assert (sent.content, sent.sha256) == (proposal.content, proposal.sha256)
    assert report_of(report.round, world.nong_kapu).state == ReportState.SUBMITTED
    assert proposals_waiting(world.executive) == []


def test_what_is_changed_after_it_was_put_up_must_be_put_up_again(
    world: World, report: Report
) -> None:
    old = proposed(report, world.clerk)
    assert proposed(report, world.clerk) == old
    answered(report, world.officer, 400_000)
    with pytest.raises(Refused) as refused:
        agree_to_report(old, by=world.executive, press=uuid4())
    assert refused.value.code == "changed_meanwhile"
    new = proposed(report, world.clerk)
    assert new != old
    sent = agree_to_report(new, by=world.executive, press=uuid4())
    key = report.round.questions.filter(kind="number", is_required=True)[0].key
    assert sent.content["answers"][key]["value_milli"] == 400_000


def test_it_goes_back_with_a_note_and_may_come_again(world: World, report: Report) -> None:
    proposal = proposed(report, world.clerk)
    with pytest.raises(Refused):
        return_proposal(proposal, by=world.executive, note="  ")
    return_proposal(proposal, by=world.executive, note="เพิ่มยอดของหมู่ 5")
    told = last_proposal(world.clerk, report)
    assert told is not None
    assert (told.state, told.note) == (ProposalState.RETURNED, "เพิ่มยอดของหมู่ 5")
    assert not SentReport.objects.exists()
    again = proposed(report, world.clerk)
    assert agree_to_report(again, by=world.executive, press=uuid4()).number == 1


def test_that_there_is_no_result_is_agreed_to_too(world: World, report: Report) -> None:
    seen = report.version
    with pytest.raises(Refused):
        propose_report(report, by=world.clerk, seen_version=seen, nil_why=" ")
    proposal = propose_report(report, by=world.clerk, seen_version=seen, nil_why="ไม่มีพื้นที่")
    sent = agree_to_report(proposal, by=world.executive, press=uuid4())
    assert (sent.is_nil, sent.content["why"]) == (True, "ไม่มีพื้นที่")


def test_the_executive_sends_directly_and_has_agreed_by_that(world: World, report: Report) -> None:
    sent = submit_report(
        report, by=world.executive, seen_version=report.version, press=uuid4(),
        sure_of=sure_of(report, world.executive),
    )  # fmt: skip
    assert sent.agreed_words == world.executive.words()


@pytest.mark.parametrize("stranger", ["neighbour_executive", "tha_sen_clerk", "district_officer"])
def test_nobody_of_another_house_agrees(world: World, report: Report, stranger: str) -> None:
    proposal = proposed(report, world.clerk)
    post = getattr(world, stranger, world.neighbour_clerk)
    with pytest.raises(Refused):
        agree_to_report(proposal, by=post, press=uuid4())
    with pytest.raises(Refused):
        return_proposal(proposal, by=post, note="แก้")


def test_what_was_put_up_still_waits_for_the_head_where_agreement_is_wanted_no_more(
    world: World, report: Report
) -> None:
    proposal = proposed(report, world.clerk)
    set_agreement(Agrees.NOBODY, by=world.chief_clerk)
    for post, decides in (
        (world.executive, True),
        (world.chief_clerk, False),
        (world.clerk, False),
    ):
        assert decides_proposal(post, proposal) is decides, post
        assert (proposals_waiting(post) == [proposal]) is decides, post
    assert agree_to_report(proposal, by=world.executive, press=uuid4()).agreed_words


def test_the_house_sets_it_by_whoever_keeps_its_chains(world: World, report: Report) -> None:
    with pytest.raises(Refused):
        set_agreement(Agrees.NOBODY, by=world.officer)
    set_agreement(Agrees.CHIEF_CLERK, by=world.chief_clerk)
    proposal = proposed(report, world.clerk)
    assert proposals_waiting(world.chief_clerk) == [proposal]
    assert agree_to_report(proposal, by=world.chief_clerk, press=uuid4()).agreed_words
    set_agreement(Agrees.NOBODY, by=world.chief_clerk)
    fresh = Report.objects.get(pk=report.pk)
    sent = submit_report(
        report, by=world.clerk, seen_version=fresh.version, press=uuid4(),
        sure_of=sure_of(report, world.clerk),
    )  # fmt: skip
    assert sent.agreed_words == ""
