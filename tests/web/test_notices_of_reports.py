"""Where notices of reports lead: their house to its form, whoever judges to who is missing."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tests.notices.rounds import monthly, report_now
from tests.notices.told import climb, make, told
from tests.reports.reports import answered, nil, opened, report_of
from tests.reports.test_agreeing import proposed
from tests.web.conftest import BANGKOK, LogIn
from tests.world import World
from thamthan.notices.models import Notice
from thamthan.organisations.models import Post
from thamthan.reports.actions import accept_reports, agree_to_report, return_proposal, set_agreement
from thamthan.reports.models import Report, Round
from thamthan.reports.rules import Agrees

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 4, 1, 10, tzinfo=BANGKOK)
LeadsTo = Callable[[Post, str], str]


@pytest.fixture
def leads_to(log_in_as: LogIn) -> LeadsTo:
    def follow(post: Post, kind: str) -> str:
        client: Client = log_in_as(post)
        notice = told(post, kind)[-1]
        answer = client.get(f"/notices/{notice.pk}/")
        assert answer.status_code == 302
        assert client.get(answer["Location"]).status_code == 200
        assert notice.get_kind_display() in client.get("/notices/").content.decode()
        return str(answer["Location"])

    return follow


def test_the_house_is_led_to_its_report(world: World, leads_to: LeadsTo) -> None:
    monthly(world, [world.nong_kapu])
    report = report_now(world, world.nong_kapu)
    make()
    assert leads_to(world.clerk, "round_opened") == f"/reports/{report.pk}/"
    nil(report, world.clerk)
    accept_reports([Report.objects.get(pk=report.pk)], by=world.district_officer)
    make()
    assert leads_to(world.clerk, "accepted") == f"/reports/{report.pk}/"


def test_the_house_and_its_head_are_led_to_what_is_late(world: World, leads_to: LeadsTo) -> None:
    monthly(world, [world.nong_kapu])
    report = report_now(world, world.nong_kapu)
    with time_machine.travel(LATE):
        climb()
        assert leads_to(world.clerk, "late") == f"/reports/{report.pk}/"
        assert leads_to(world.executive, "late") == f"/reports/{report.pk}/"


def test_whoever_judges_is_led_to_who_is_missing(world: World, leads_to: LeadsTo) -> None:
    monthly(world, [world.nong_kapu])
    with time_machine.travel(LATE):
        climb()
        found = leads_to(world.district_officer, "late_below")
    assert found == f"/reports/rounds/{Round.objects.get().pk}/"


def test_what_waits_for_agreement_leads_to_the_report(world: World, leads_to: LeadsTo) -> None:
    set_agreement(Agrees.EXECUTIVE, by=world.chief_clerk)
    report = report_of(opened(world, [world.nong_kapu]), world.nong_kapu)
    answered(report, world.clerk, 300_000)
    first = proposed(report, world.clerk)
    make()
    assert leads_to(world.executive, "proposed") == f"/reports/{report.pk}/"
    return_proposal(first, by=world.executive, note="แก้")
    second = proposed(report, world.clerk)
    make()
    assert leads_to(world.clerk, "not_agreed") == f"/reports/{report.pk}/"
    agree_to_report(second, by=world.executive, press=uuid4())
    make()
    assert leads_to(world.clerk, "agreed") == f"/reports/{report.pk}/"


def test_a_report_that_is_not_ones_own_stays_shut_behind_a_notice(
    world: World, log_in_as: LogIn
) -> None:
    monthly(world, [world.nong_kapu])
    make()
    notice = told(world.clerk, "round_opened")[0]
    stranger = log_in_as(world.neighbour_clerk)
    assert stranger.get(f"/notices/{notice.pk}/").status_code == 404
    Notice.objects.filter(pk=notice.pk).update(
        person=world.neighbour_clerk.person, post=world.neighbour_clerk
    )
    answer = stranger.get(f"/notices/{notice.pk}/")
    assert stranger.get(answer["Location"]).status_code == 404
