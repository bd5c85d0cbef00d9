"""Reports as files from their pages: as PDF and as Word, for whoever may see what was sent."""

from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from docx import Document

from tests.reports.reports import answered, nil, opened, report_of, sent
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.reports.actions import accept_reports

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


def client_of(post: Post) -> Client:
    client = Client()
    assert post.person is not None
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


def test_the_pages_lead_to_the_papers_and_the_papers_open(world: World) -> None:
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    report = report_of(round_, world.nong_kapu)
    answered(report, world.clerk)
    clerk, district = client_of(world.clerk), client_of(world.district_officer)
    page = clerk.get(reverse("report", args=[report.pk])).content.decode()
    draft = reverse("report-draft", args=[report.pk, "pdf"])
    assert draft in page
    assert clerk.get(draft).content.startswith(b"%PDF")
    sent(report_of(round_, world.nong_kapu), world.clerk)
    nil(report_of(round_, world.tha_sen), world.tha_sen_clerk)
    accept_reports([report_of(round_, world.nong_kapu)], by=world.district_officer)
    own = f"{reverse('report-paper', args=[report.pk, 'docx'])}?number=1"
    assert own in clerk.get(reverse("report", args=[report.pk])).content.decode()
    for client, page_name, pk, name in (
        (district, "report-review", report.pk, "report-paper"),
        (district, "round", round_.pk, "round-paper"),
    ):
        page = client.get(reverse(page_name, args=[pk])).content.decode()
        for kind in ("pdf", "docx"):
            address = reverse(name, args=[pk, kind])
            assert address in page
            answer = client.get(address)
            assert answer.status_code == 200
            assert "no-store" in answer["Cache-Control"]
            if kind == "docx":
                assert Document(BytesIO(answer.content)).paragraphs[0].text.startswith("รายงาน")
            else:
                assert answer.content.startswith(b"%PDF")


def test_a_neighbour_and_a_strange_kind_find_nothing(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    paper = reverse("report-paper", args=[report.pk, "pdf"])
    # Nothing was sent yet: not for whoever judges either.
    assert client_of(world.district_officer).get(paper).status_code == 404
    nil(report, world.clerk)
    assert client_of(world.district_officer).get(paper).status_code == 200
    assert client_of(world.tha_sen_clerk).get(paper).status_code == 404
    odd = reverse("report-paper", args=[report.pk, "exe"])
    assert client_of(world.clerk).get(odd).status_code == 404
