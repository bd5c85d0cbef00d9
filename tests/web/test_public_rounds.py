"""Totals for everyone: nothing without publishing, cacheable, and gone when they are taken back."""

import json

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.reports.reports import nil, opened, report_of, sent
from tests.web.test_report_papers import client_of
from tests.world import World
from thamthan.reports.actions import accept_reports, publish_round, unpublish_round
from thamthan.reports.models import Publication, Round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    cache.clear()
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def round_(world: World) -> Round:
    made = opened(world, [world.nong_kapu, world.tha_sen, world.ban_lat_municipality])
    sent(report_of(made, world.nong_kapu), world.clerk, 1_250_500)
    nil(report_of(made, world.tha_sen), world.tha_sen_clerk)
    both = [report_of(made, house) for house in (world.nong_kapu, world.tha_sen)]
    accept_reports(both, by=world.district_officer)
    return made


def addresses(made: Publication) -> list[str]:
    return [
        reverse("public-round", args=[made.ref]),
        reverse("public-round-figures", args=[made.ref, "csv"]),
        reverse("public-round-figures", args=[made.ref, "json"]),
    ]


def test_the_district_looks_publishes_and_anybody_reads(world: World, round_: Round) -> None:
    client = client_of(world.district_officer)
    page = client.get(reverse("round", args=[round_.pk])).content.decode()
    address = reverse("round-public", args=[round_.pk])
    assert address in page
    page = client.get(address).content.decode()
    assert "ยังไม่ได้เผยแพร่" in page
    assert "รายงานแล้ว 2 จาก 3 แห่ง" in page
    assert "ทำแล้ว เห็นผล" not in page
    assert "ทำแล้ว เห็นผล" in client.get(f"{address}?words=yes").content.decode()
    answer = client.post(address, {"deed": "publish"})
    assert answer.status_code == 409
    assert "ยังไม่ปิดยอด" in answer.content.decode()
    assert not Publication.objects.exists()
    assert client.post(address, {"deed": "publish", "provisional": "yes"}).status_code == 302
    made = Publication.objects.get()
    assert "เผยแพร่อยู่" in client.get(address).content.decode()
    citizen = Client()
    page = citizen.get(addresses(made)[0]).content.decode()
    assert "ข้อมูลเบื้องต้น ยังไม่ปิดยอด" in page
    assert "1,250.5" in page
    assert world.ban_lat_municipality.name in page
    assert "ทำแล้ว เห็นผล" not in page
    for name in (world.clerk, world.district_officer):
        assert name.person is not None
        assert name.person.name not in page
    assert client.post(address, {"deed": "withdraw"}).status_code == 302
    assert {citizen.get(one).status_code for one in addresses(made)} == {404}


def test_nobody_without_log_in_sees_anything_of_a_round_that_is_not_published(
    world: World, round_: Round
) -> None:
    made = publish_round(round_, by=world.district_officer, is_provisional=True)
    unpublish_round(round_, by=world.district_officer)
    citizen = Client()
    report = report_of(round_, world.nong_kapu)
    inside = [
        reverse("round", args=[round_.pk]),
        reverse("round-public", args=[round_.pk]),
        reverse("round-table", args=[round_.pk, "csv"]),
        reverse("round-paper", args=[round_.pk, "pdf"]),
        reverse("report-paper", args=[report.pk, "pdf"]),
        reverse("report-review", args=[report.pk]),
    ]
    for address in [*inside, *addresses(made)]:
        answer = citizen.get(address)
        assert answer.status_code in {302, 404}, address
        if answer.status_code == 302:
            assert answer["Location"].startswith(reverse("log-in"))
        told = answer.content.decode()
        assert "1,250.5" not in told
        assert round_.root.title not in told


def test_a_reader_may_keep_it_and_is_told_when_nothing_changed(world: World, round_: Round) -> None:
    made = publish_round(round_, by=world.district_officer, is_provisional=True)
    citizen = Client()
    for address in addresses(made):
        answer = citizen.get(address)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "public, max-age=300"
        assert not answer.cookies
        again = citizen.get(address, headers={"if-none-match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    told = json.loads(citizen.get(addresses(made)[2]).content)
    assert told["metadata"]["organisations_reported"] == 2
    assert citizen.get(addresses(made)[1]).content.startswith(b"\xef\xbb\xbf")
    assert citizen.get(addresses(made)[2])["Access-Control-Allow-Origin"] == "*"
    assert citizen.get(reverse("public-round-figures", args=[made.ref, "xml"])).status_code == 404
    sent(report_of(round_, world.ban_lat_municipality), world.ban_lat_clerk, 9_000)
    accept_reports([report_of(round_, world.ban_lat_municipality)], by=world.district_officer)
    tag = citizen.get(addresses(made)[0])["ETag"]
    publish_round(round_, by=world.district_officer, is_provisional=True)
    anew = citizen.get(addresses(made)[0], headers={"if-none-match": tag})
    assert anew.status_code == 200
    assert "รายงานแล้ว 3 จาก 3 แห่ง" in anew.content.decode()


def test_whoever_did_not_ask_first_finds_no_page_to_publish(world: World, round_: Round) -> None:
    address = reverse("round-public", args=[round_.pk])
    for other in (world.clerk, world.governor_officer, world.tha_sen_clerk):
        assert client_of(other).get(address).status_code == 404
        assert client_of(other).post(address, {"provisional": "yes"}).status_code == 404
    assert not Publication.objects.exists()
