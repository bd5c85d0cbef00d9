"""The desk: reports that are owed, come back, and wait to be judged."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.reports.reports import opened, report_of, sent
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.reports.actions import accept_reports, return_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


def desk_of(post: Post) -> str:
    client = Client()
    assert post.person is not None
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client.get("/").content.decode()


def test_an_owed_report_lies_on_the_desk_of_its_own_house_until_it_is_sent(world: World) -> None:
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    report = report_of(round_, world.nong_kapu)
    link = reverse("report", args=[report.pk])
    assert link in desk_of(world.clerk)
    assert link not in desk_of(world.neighbour_clerk)
    assert link not in desk_of(world.district_officer)
    sent(report, world.clerk)
    assert link not in desk_of(world.clerk)


def test_what_was_sent_waits_on_the_desk_of_whoever_judges_it(world: World) -> None:
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    report = report_of(round_, world.nong_kapu)
    assert "รายงานรอพิจารณา" not in desk_of(world.district_officer)
    sent(report, world.clerk)
    page = desk_of(world.district_officer)
    assert "รายงานรอพิจารณา 1 ฉบับ" in page and reverse("round", args=[round_.pk]) in page
    assert "รายงานรอพิจารณา" not in desk_of(world.clerk)
    accept_reports([report], by=world.district_officer)
    assert "รายงานรอพิจารณา" not in desk_of(world.district_officer)


def test_a_report_that_was_sent_back_stands_in_the_heading(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    sent(report, world.clerk)
    return_report(report, by=world.district_officer, note="โปรดใส่จำนวนครัวเรือน")
    page = desk_of(world.clerk)
    assert "รายงานส่งกลับให้แก้ 1 ฉบับ" in page and reverse("report", args=[report.pk]) in page
    assert "ส่งกลับให้แก้ 1 ฉบับ" not in desk_of(world.neighbour_clerk)


def test_the_desk_asks_as_often_for_many_reports_to_judge_as_for_one(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    sent(report_of(round_, world.nong_kapu), world.clerk)
    with django_assert_max_num_queries(60) as first:
        desk_of(world.district_officer)
    sent(report_of(round_, world.tha_sen), world.tha_sen_clerk)
    with django_assert_max_num_queries(len(first)):
        desk_of(world.district_officer)
