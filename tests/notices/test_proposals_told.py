"""Agreement before sending: who agrees hears what waits, and who proposed hears how it ended."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.notices.servers import Mailbox
from tests.notices.told import acting_executive, go_out, make, on, only, reached_by, told
from tests.reports.reports import answered, clerk_of, opened, report_of, sent
from tests.reports.test_agreeing import proposed
from tests.world import World
from thamthan.letters.models import Letter
from thamthan.letters.queries import local_governments_below
from thamthan.notices.models import Notice
from thamthan.notices.rules import Channel
from thamthan.organisations.models import Person, Post
from thamthan.reports.actions import agree_to_report, return_proposal, set_agreement
from thamthan.reports.models import Agreement, Proposal, Report, Round
from thamthan.reports.rules import Agrees

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


@pytest.fixture
def report(world: World, friday: time_machine.Traveller) -> Iterator[Report]:
    """A report of the executive's house, all answered; what came before was told already."""
    set_agreement(Agrees.EXECUTIVE, by=world.chief_clerk)
    found = report_of(opened(world, [world.nong_kapu]), world.nong_kapu)
    make()
    yield answered(found, world.clerk, 300_000)


def test_the_executive_hears_once_that_a_report_waits(world: World, report: Report) -> None:
    proposal = proposed(report, world.clerk)
    assert (make(), make()) == (1, 0)
    (notice,) = told(world.executive)
    assert notice.kind == "proposed"
    assert notice.words == (
        f"{world.clerk.person} เสนอรายงานให้ท่านเห็นชอบ ต้องส่งอำเภอบ้านลาด ภายใน ศ. 27 มี.ค. 69: "
        + report.round.root.title
    )
    assert (notice.about_kind, notice.about_id) == ("reports.proposal", proposal.pk)
    assert not told(world.chief_clerk) and not told(world.clerk, "proposed")


def test_all_who_may_agree_hear_of_it(world: World, report: Report) -> None:
    set_agreement(Agrees.CHIEF_CLERK, by=world.chief_clerk)
    proposed(report, world.clerk)
    assert make() == 2
    assert told(world.executive, "proposed") and told(world.chief_clerk, "proposed")


def test_one_who_may_agree_and_proposes_is_not_told_of_it(world: World, report: Report) -> None:
    set_agreement(Agrees.CHIEF_CLERK, by=world.chief_clerk)
    proposed(report, world.chief_clerk)
    assert make() == 1
    assert told(world.executive, "proposed") and not told(world.chief_clerk)


def test_the_head_hears_of_what_waits_also_when_agreement_is_wanted_no_more(
    world: World, report: Report
) -> None:
    proposed(report, world.clerk)
    set_agreement(Agrees.NOBODY, by=world.chief_clerk)
    make()
    assert told(world.executive, "proposed")


def test_where_someone_acts_for_the_executive_that_one_is_told(
    world: World, report: Report
) -> None:
    acting = acting_executive(world)
    proposed(report, world.clerk)
    make()
    assert [one.post for one in told(acting, "proposed")] == [acting]
    assert not told(world.executive)


def test_whoever_proposed_hears_what_is_to_be_mended(world: World, report: Report) -> None:
    proposal = proposed(report, world.clerk)
    make()
    return_proposal(proposal, by=world.executive, note="เพิ่มยอดของหมู่ 5")
    assert (make(), make()) == (1, 0)
    (notice,) = told(world.clerk, "not_agreed")
    assert notice.words.startswith("ให้แก้ไขรายงานก่อนเห็นชอบ “เพิ่มยอดของหมู่ 5”: ")
    # Put up again it is a new one, told of again.
    proposed(report, world.clerk)
    assert make() == 1
    assert len(told(world.executive, "proposed")) == 2


def test_whoever_proposed_hears_that_it_was_agreed_to_and_sent(
    world: World, report: Report
) -> None:
    agree_to_report(proposed(report, world.officer), by=world.executive, press=uuid4())
    make()
    (notice,) = told(world.officer, "agreed")
    assert notice.post == world.officer
    assert notice.words.startswith("เห็นชอบและส่งรายงานให้อำเภอบ้านลาดแล้ว: ")
    assert not told(world.executive) and not told(world.clerk, "agreed")


def test_the_desk_hears_for_one_who_proposed_and_left(
    world: World, report: Report, friday: time_machine.Traveller
) -> None:
    proposal = proposed(report, world.officer)
    Post.objects.filter(pk=world.officer.pk).update(until_on=date(2026, 3, 20))
    friday.move_to(on(23))
    return_proposal(proposal, by=world.executive, note="แก้")
    make()
    assert told(world.clerk, "not_agreed") and not told(world.officer)


@pytest.mark.parametrize("decision", ["agreed", "returned"])
def test_who_decides_on_their_own_proposal_is_told_nothing(
    world: World, report: Report, decision: str
) -> None:
    proposal = proposed(report, world.executive)
    if decision == "agreed":
        agree_to_report(proposal, by=world.executive, press=uuid4())
    else:
        return_proposal(proposal, by=world.executive, note="แก้")
    make()
    assert not told(world.executive)


@pytest.mark.parametrize("how", ["changed", "sent", "round", "order", "secret"])
def test_what_waits_no_more_is_told_to_nobody(world: World, report: Report, how: str) -> None:
    proposed(report, world.clerk)
    root = report.round.root
    if how == "changed":
        answered(report, world.officer, 400_000)
    elif how == "sent":
        sent(report, world.executive)
    elif how == "round":
        Round.objects.filter(pk=report.round_id).update(closed_at=on(20))
    elif how == "order":
        type(root).objects.filter(pk=root.pk).update(state="closed")
    else:
        assert root.sent is not None
        Letter.objects.filter(pk=root.sent.pk).update(secrecy="secret")
    make()
    assert not Notice.objects.filter(about_kind="reports.proposal").exists()


def test_a_decision_about_a_secret_matter_is_told_to_nobody(world: World, report: Report) -> None:
    proposal = proposed(report, world.clerk)
    make()
    return_proposal(proposal, by=world.executive, note="แก้")
    letter = report.round.root.sent
    assert letter is not None
    Letter.objects.filter(pk=letter.pk).update(secrecy="secret")
    make()
    assert not told(world.clerk, "not_agreed")
    Letter.objects.filter(pk=letter.pk).update(secrecy="open")
    make()
    assert told(world.clerk, "not_agreed")


@pytest.mark.parametrize("is_decided", [True, False])
def test_what_waited_over_night_is_sent_only_while_it_waits(
    world: World, report: Report, friday: time_machine.Traveller, mail: Mailbox, is_decided: bool
) -> None:
    reached_by(world.executive, Channel.EMAIL, "nayok@example.go.th")
    friday.move_to(on(23, 19))
    proposed(report, world.clerk)
    make()
    assert go_out() == 0
    if is_decided:
        agree_to_report(Proposal.objects.get(), by=world.executive, press=uuid4())
    friday.move_to(on(24, 8))
    assert go_out() == (0 if is_decided else 1)
    assert only().state == ("skipped" if is_decided else "sent")


def test_telling_of_many_proposals_asks_as_often_as_of_few(
    world: World, friday: time_machine.Traveller
) -> None:
    houses = list(local_governments_below(world.district_officer))
    clerks = {house.pk: clerk_of(house) for house in houses}
    for house in houses:
        clerk = clerks[house.pk]
        Agreement.objects.create(organisation=house, agrees="executive", set_words=clerk.words())
        Post.objects.create(
            person=Person.objects.create(login=f"head-{house.code}", name="ผู้บริหาร"),
            organisation=house,
            role="executive",
            title="นายก",
            from_on=date(2026, 3, 1),
        )
    reports = list(opened(world, houses).reports.order_by("pk"))
    make()
    counts = []
    # Of each some wait, some were agreed to and some went back.
    for some in (reports[:3], reports[3:]):
        for at, one in enumerate(some):
            clerk = clerks[one.organisation_id]
            state = ("waiting", "agreed", "returned")[at % 3]
            Proposal.objects.create(
                report=one,
                content={},
                state=state,
                proposed_by=clerk,
                proposed_words=clerk.words(),
                decided_at=None if state == "waiting" else on(20),
            )
        with CaptureQueriesContext(connection) as asked:
            assert make() >= len(some)
        counts.append(len(asked))
    assert counts[0] == counts[1], counts
