"""The pages of funding: channels of a project, a request with its papers, the house's list."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from tests.projects.funding import PDF, asked, completed, loaded, submitted
from tests.projects.projects import approved, proposed
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.projects.actions import FundingTold, tell_funding_facts
from thamthan.projects.models import BudgetLine, FundingFacts, FundingRequest
from thamthan.projects.rules import PlanStanding, RequestState

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 3, 20)


def test_a_project_shows_the_channels_to_look_at_first(world: World, log_in_as: LogIn) -> None:
    loaded()
    project = proposed(world.clerk)
    client = log_in_as(world.clerk)
    page = client.get(f"/projects/{project.pk}/funding/").content.decode()
    assert "แหล่งเงินที่เหมาะ ควรดูก่อน 3 ทาง" in page
    assert "ต้องเพิ่มโครงการในแผนพัฒนาท้องถิ่นก่อน" in page
    assert "ยังไม่ได้ตรวจกับระเบียบ" in page
    # Nobody said what the work is: what the name suggests is told as a guess.
    assert "ยังไม่มีใครบอกลักษณะงาน" in page
    assert "แหล่งเงินที่เหมาะ" in client.get(f"/projects/{project.pk}/").content.decode()


def test_without_a_list_of_channels_it_is_said(world: World, log_in_as: LogIn) -> None:
    project = proposed(world.clerk)
    client = log_in_as(world.clerk)
    page = client.get(f"/projects/{project.pk}/funding/")
    assert "ยังไม่พบแหล่งเงินที่เหมาะ" in page.content.decode()
    assert "ยังไม่มีบัญชีแหล่งเงิน" in client.get("/funding/channels/").content.decode()


def test_what_is_said_is_kept_and_orders_the_channels_anew(world: World, log_in_as: LogIn) -> None:
    loaded()
    project = proposed(world.clerk, standing=PlanStanding.PLAN)
    client = log_in_as(world.officer)
    where = f"/projects/{project.pk}/funding/"
    form = {"version": "0", "work": ["waste"], "needed": "1.2 ล้านบาท", "is-emergency": "no"}
    assert client.post(where, form).status_code == 302
    kept = FundingFacts.objects.get()
    assert (kept.works, kept.answers, kept.needed_satang) == (
        ["waste"],
        {"emergency": False},
        120_000_000,
    )
    assert "กองทุนสิ่งแวดล้อม" in client.get(where).content.decode()
    # Somebody else said so meanwhile; and what cannot be read leaves what was typed.
    for wrong, words in (({"version": "0"}, "ระหว่างที่ท่านเปิดอยู่"), ({"needed": "มาก"}, "“มาก”")):
        answer = client.post(where, form | {"version": "1"} | wrong)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_a_request_is_begun_once_and_shown_again(world: World, log_in_as: LogIn) -> None:
    loaded()
    project = proposed(world.clerk)
    client = log_in_as(world.officer)
    where = f"/projects/{project.pk}/funding/request/"
    first = client.post(where, {"channel": "reserve"})
    row = FundingRequest.objects.get()
    assert first.headers["Location"] == f"/funding/{row.pk}/"
    assert client.post(where, {"channel": "reserve"}).headers["Location"] == f"/funding/{row.pk}/"
    assert FundingRequest.objects.count() == 1
    assert client.post(where, {"channel": "nothing"}).status_code == 404


def test_papers_are_given_waived_and_taken_out_on_the_page(world: World, log_in_as: LogIn) -> None:
    row = asked(world.clerk, "reserve")
    client = log_in_as(world.officer)
    first, second, *_ = row.papers.all()
    where = f"/funding/{row.pk}/papers/"
    none = client.post(f"{where}{first.pk}/", {"deed": "give"})
    assert (none.status_code, "ยังไม่ได้เลือกไฟล์" in none.content.decode()) == (422, True)
    odd = client.post(f"{where}{first.pk}/", {"file": SimpleUploadedFile("a.exe", b"MZ\x90")})
    assert (odd.status_code, "ไม่ใช่ PDF" in odd.content.decode()) == (422, True)
    file = SimpleUploadedFile("แผนพัฒนา.pdf", PDF)
    assert client.post(f"{where}{first.pk}/", {"file": file}).status_code == 302
    assert client.post(f"{where}{second.pk}/", {"deed": "waive", "why": "ไม่มี"}).status_code == 302
    page = client.get(f"/funding/{row.pk}/").content.decode()
    assert "แผนพัฒนา.pdf" in page
    assert "เหตุ: ไม่มี" in page
    given = client.get(f"{where}{first.pk}/file/")
    assert b"".join(given.streaming_content) == PDF  # type: ignore[attr-defined]
    client.post(f"{where}{first.pk}/", {"deed": "out"})
    assert client.get(f"{where}{first.pk}/file/").status_code == 404


def test_what_is_missing_is_listed_and_then_it_goes_out(world: World, log_in_as: LogIn) -> None:
    row = asked(world.clerk, "reserve")
    client = log_in_as(world.clerk)
    where = f"/funding/{row.pk}/deed/"
    refused = client.post(where, {"deed": "submit", "version": row.version, "on": "20 มี.ค. 69"})
    assert refused.status_code == 422
    assert "ญัตติขออนุมัติจ่ายขาดเงินสะสม" in refused.content.decode()
    row = completed(row, world.clerk)
    assert "ครบแล้ว ยื่นคำขอได้" in client.get(f"/funding/{row.pk}/").content.decode()
    wrong = client.post(where, {"deed": "submit", "version": row.version, "on": "วันไหนดี"})
    assert wrong.status_code == 422
    sent = client.post(where, {"deed": "submit", "version": row.version, "on": "19 มี.ค. 69"})
    assert sent.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.submitted_on) == (RequestState.SUBMITTED, date(2026, 3, 19))


def test_the_answer_is_recorded_and_the_money_is_a_line(world: World, log_in_as: LogIn) -> None:
    row = submitted(world.clerk, FRIDAY, code="reserve")
    client = log_in_as(world.executive)
    where = f"/funding/{row.pk}/deed/"
    form = {"deed": "decide", "version": row.version, "words": "มติสภาฯ 1/2569"}
    assert client.post(where, form).status_code == 422
    no_amount = client.post(where, form | {"result": "granted", "granted": ""})
    assert (no_amount.status_code, "มติสภาฯ 1/2569" in no_amount.content.decode()) == (422, True)
    given = client.post(where, form | {"result": "granted", "granted": "๔๐๐,๐๐๐"})
    assert given.status_code == 302
    assert BudgetLine.objects.get().approved_satang == 40_000_000
    page = client.get(f"/funding/{row.pk}/").content.decode()
    assert "เป็นรายการงบประมาณของหน่วยงานแล้ว</a> 400,000.00 บาท" in page


def test_an_odd_amount_is_confirmed_on_the_page(world: World, log_in_as: LogIn) -> None:
    row = submitted(world.clerk, FRIDAY, code="reserve")
    client = log_in_as(world.executive)
    form = {"deed": "decide", "version": row.version, "result": "granted", "granted": "60 ล้าน"}
    where = f"/funding/{row.pk}/deed/"
    asked_again = client.post(where, form).content.decode()
    assert "เข้าใจว่า 60,000,000.00 บาท" in asked_again
    assert "มากกว่าสิบเท่าของจำนวนเงินที่ขอ" in asked_again
    marks = re.findall(r'name="sure" value="([^"]+)"', asked_again)
    assert client.post(where, form | {"sure": marks}).status_code == 302
    assert BudgetLine.objects.get().approved_satang == 6_000_000_000


@pytest.mark.parametrize(
    ("result", "words"), [("returned", "ส่งกลับให้แก้ไข"), ("refused", "ไม่ได้รับอนุมัติ")]
)
def test_sent_back_or_refused_is_said_with_its_words(
    world: World, log_in_as: LogIn, result: str, words: str
) -> None:
    row = submitted(world.clerk, FRIDAY, code="reserve")
    client = log_in_as(world.executive)
    form = {"deed": "decide", "version": row.version, "result": result}
    assert client.post(f"/funding/{row.pk}/deed/", form).status_code == 422
    client.post(f"/funding/{row.pk}/deed/", form | {"words": "แบบแปลนไม่ครบ"})
    page = client.get(f"/funding/{row.pk}/").content.decode()
    assert "แบบแปลนไม่ครบ" in page
    assert words in page


def test_an_amount_is_changed_and_a_request_withdrawn(world: World, log_in_as: LogIn) -> None:
    row = asked(world.clerk, "reserve")
    client = log_in_as(world.clerk)
    where = f"/funding/{row.pk}/deed/"
    form = {"deed": "change", "version": row.version, "year": "2569", "asked": "1,234.50"}
    assert client.post(where, form).status_code == 302
    row.refresh_from_db()
    assert row.asked_satang == 123_450
    # The same page sent again is an older one.
    assert client.post(where, form).status_code == 422
    assert client.post(where, form | {"deed": "dance"}).status_code == 400
    client.post(where, {"deed": "withdraw", "version": row.version, "words": "ใช้เงินทางอื่น"})
    row.refresh_from_db()
    assert row.state == RequestState.WITHDRAWN
    assert "ถอนคำขอแล้ว เริ่มใหม่ได้" in client.get(f"/funding/{row.pk}/").content.decode()


def test_the_list_is_chosen_by_state_and_channel(world: World, log_in_as: LogIn) -> None:
    first = asked(world.clerk, "reserve")
    asked(world.clerk, "new-item", project=first.project)
    client = log_in_as(world.officer)
    assert "คำขอเงินที่ยังเตรียมอยู่ 2 เรื่อง" in client.get("/funding/").content.decode()
    only = client.get("/funding/", {"channel": "reserve"}).content.decode()
    assert only.count('<th scope="row">') == 1
    nothing = client.get("/funding/", {"state": "granted"}).content.decode()
    assert "ไม่มีคำขอตามที่เลือก" in nothing
    assert log_in_as(world.tha_sen_clerk).get(f"/funding/{first.pk}/").status_code == 404


def test_many_requests_cost_no_more_queries(
    world: World, log_in_as: LogIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        asked(world.clerk, "reserve", project=proposed(world.clerk, name=f"โครงการ {number}"))
    client = log_in_as(world.clerk)
    client.get("/funding/")
    with django_assert_max_num_queries(12):
        client.get("/funding/")


def test_the_page_of_a_projects_channels_asks_the_database_little(
    world: World, log_in_as: LogIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    project = approved(world.executive, standing=PlanStanding.PLAN)
    for code in ("reserve", "new-item", "next-ordinance", "environment-fund"):
        completed(asked(world.clerk, code, project=project), world.clerk)
    tell_funding_facts(project, FundingTold(works=["green"]), by=world.clerk)
    row = FundingRequest.objects.first()
    assert row is not None
    client = log_in_as(world.clerk)
    for where, most in (
        (f"/projects/{project.pk}/funding/", 16),
        (f"/funding/{row.pk}/", 20),
        ("/funding/channels/", 12),
    ):
        client.get(where)
        with django_assert_max_num_queries(most):
            assert client.get(where).status_code == 200


def test_the_rules_of_a_channel_are_told_with_their_sources(world: World, log_in_as: LogIn) -> None:
    loaded()
    client = log_in_as(world.officer)
    page = client.get("/funding/channels/environment-fund/").content.decode()
    assert "มท 0891.4/ว 1834" in page
    assert "ดูเมื่อ 24 พ.ย. 2569" in page
    assert "ยังไม่ได้ตรวจกับระเบียบ" in page
    assert client.get("/funding/channels/no-such/").status_code == 404
