"""Two people at one request in the same moment: one does it, the other is told; both databases."""

import pytest
from django.utils import timezone

from tests.letters.test_endorsing_at_once import at_once
from tests.projects.funding import PDF, asked, completed, loaded
from tests.projects.projects import proposed
from tests.world import World
from thamthan.projects.actions import (
    Decision,
    change_request,
    give_paper,
    grant_request,
    open_request,
    submit_request,
    withdraw_request,
)
from thamthan.projects.models import BudgetLine, FundingRequest
from thamthan.projects.queries import channel_for
from thamthan.projects.rules import BahtRead, RequestState

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_begin_the_same_request_and_one_is_there(world: World) -> None:
    loaded()
    project = proposed(world.clerk)
    channel = channel_for(world.clerk, "reserve")
    both = [
        lambda by=by: open_request(project, channel, by=by) for by in (world.clerk, world.officer)
    ]
    assert at_once(*both) == ["done", "request_there"]
    assert FundingRequest.objects.count() == 1


def test_what_is_granted_twice_in_a_moment_is_one_line(world: World) -> None:
    request = completed(asked(world.clerk, "reserve"), world.clerk)
    today = timezone.localdate()
    sent = submit_request(request, by=world.clerk, on=today, seen_version=request.version)
    press = lambda by: grant_request(  # noqa: E731
        sent, Decision(today), by=by, granted=BahtRead(500_000_00), seen_version=sent.version
    )
    ends = at_once(*[lambda by=by: press(by) for by in (world.executive, world.chief_clerk)])
    assert ends == ["changed_meanwhile", "done"]
    assert [line.approved_satang for line in BudgetLine.objects.all()] == [500_000_00]


def test_granted_and_withdrawn_at_once_is_one_of_them(world: World) -> None:
    request = completed(asked(world.clerk, "reserve"), world.clerk)
    today = timezone.localdate()
    sent = submit_request(request, by=world.clerk, on=today, seen_version=request.version)
    ends = at_once(
        lambda: grant_request(
            sent,
            Decision(today),
            by=world.executive,
            granted=BahtRead(70_000_00),
            seen_version=sent.version,
        ),
        lambda: withdraw_request(
            sent, by=world.clerk, why="เปลี่ยนใจ", on=today, seen_version=sent.version
        ),
    )
    assert ends == ["changed_meanwhile", "done"]
    sent.refresh_from_db()
    granted = sent.state == RequestState.GRANTED
    assert BudgetLine.objects.exists() == granted


def test_a_paper_and_an_amount_at_once_are_both_kept(world: World) -> None:
    request = asked(world.clerk, "reserve")
    paper = request.papers.first()
    assert paper is not None
    seen = request.version
    ends = at_once(
        lambda: give_paper(request, paper.pk, by=world.officer, name="ก.pdf", content=PDF),
        lambda: give_paper(request, paper.pk, by=world.clerk, name="ข.pdf", content=PDF),
    )
    assert ends == ["done", "done"]
    request.refresh_from_db()
    assert request.version == seen + 2
    year = request.be_year
    change = lambda satang: change_request(  # noqa: E731
        request, by=world.clerk, be_year=year, asked_satang=satang, seen_version=request.version
    )
    ends = at_once(*[lambda one=one: change(one) for one in (100, 200)])
    assert ends == ["changed_meanwhile", "done"]
