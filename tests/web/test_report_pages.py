from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from tests.projects.projects import proposed
from tests.reports.reports import answered, nil, opened, report_of, sent
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.projects.actions import answer_clauses, move_project
from thamthan.projects.rules import ProjectState
from thamthan.reports.actions import accept_reports
from thamthan.reports.models import Report
from thamthan.reports.queries import reported, totals_of
from thamthan.reports.rules import ReportState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def logged_in(client: Client) -> object:
    def log_in(post: Post) -> Client:
        assert post.person is not None
        client.force_login(post.person)
        session = client.session
        session["post"] = post.pk
        session.save()
        return client

    return log_in


def form_of(report: Report, milli: str = "3", **changed: str) -> dict[str, str]:
    """What the page sends when a clerk types the same number everywhere."""
    form = {"version": str(report.version), "press": str(uuid4()), "deed": "send"}
    for question in report.round.questions.all():
        form[f"s-{question.key}"] = "given"
        form[f"v-{question.key}"] = "0"
        form[f"n-{question.key}"] = milli
        form[f"t-{question.key}"] = "ทำแล้ว เห็นผล"
    return form | changed


def test_a_clerk_types_sends_and_the_district_accepts(world: World, logged_in) -> None:  # type: ignore[no-untyped-def]
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    report = report_of(round_, world.nong_kapu)
    client = logged_in(world.clerk)
    assert "ต้องส่งรายงาน 1 ฉบับ" in client.get(reverse("reports")).content.decode()
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    assert "ยังขาด" in page
    answer = client.post(reverse("report", args=[report.pk]), form_of(report, "๑,๒๕๐.5"))
    assert answer.status_code == 302
    assert report_of(round_, world.nong_kapu).state == ReportState.SUBMITTED
    client = logged_in(world.district_officer)
    page = client.get(reverse("round", args=[round_.pk])).content.decode()
    given_day = localtime(report.due_at)
    assert f"{given_day.day} มี.ค." in page and "คัดลอกข้อความ" in page
    assert "รายงานแล้ว 1 จาก 2 แห่ง" in page
    assert "อบต.ท่าเสน" in page
    answer = client.post(
        reverse("round-acceptance", args=[round_.pk]), {"report": f"{report.pk}-1"}
    )
    assert answer.status_code == 302
    page = client.get(reverse("round", args=[round_.pk])).content.decode()
    assert "1,250.5" in page
    question = round_.questions.filter(kind="number", is_required=True)[0]
    page = client.get(reverse("round-question", args=[round_.pk, question.pk])).content.decode()
    assert "ฉบับที่ 1" in page


def test_what_the_system_knows_stands_in_the_form_with_its_source(world: World, logged_in) -> None:  # type: ignore[no-untyped-def]
    round_ = opened(world, [world.nong_kapu])
    project = proposed(world.clerk)
    answer_clauses(project, [round_.root.directives.filter(parent=None)[1]], by=world.clerk)
    move_project(project, ProjectState.APPROVED, by=world.executive)
    report = report_of(round_, world.nong_kapu)
    page = logged_in(world.clerk).get(reverse("report", args=[report.pk])).content.decode()
    assert "ระบบเติมให้จาก" in page
    assert project.name in page


def test_a_wrong_number_is_told_beside_its_field_and_the_rest_is_kept(
    world: World,
    logged_in,  # type: ignore[no-untyped-def]
) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    wrong, right = round_.questions.filter(kind="number", is_required=True)[:2]
    form = form_of(report) | {f"n-{wrong.key}": "ประมาณ 12"}
    answer = logged_in(world.clerk).post(reverse("report", args=[report.pk]), form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ประมาณ 12" in page
    assert "ไม่ใช่ตัวเลข" in page
    assert report.answers.get(question=right).value_milli == 3000
    assert report_of(round_, world.nong_kapu).state == ReportState.OPEN


def test_two_clerks_see_each_others_word_and_choose(world: World, logged_in) -> None:  # type: ignore[no-untyped-def]
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    answered(report, world.officer, 9000)
    question = round_.questions.filter(kind="number", is_required=True)[0]
    client = logged_in(world.clerk)
    answer = client.post(reverse("report", args=[report.pk]), form_of(report))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "อีกคนกรอกไว้ว่า 9" in page
    seen = {
        f"v-{each.question.key}": str(each.version)
        for each in report.answers.select_related("question")
    }
    again = form_of(report_of(round_, world.nong_kapu)) | seen
    assert client.post(reverse("report", args=[report.pk]), again).status_code == 302
    assert report.answers.get(question=question).value_milli == 3000


def test_a_nil_report_is_an_answer(world: World, logged_in) -> None:  # type: ignore[no-untyped-def]
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    client = logged_in(world.clerk)
    form = {"deed": "nil", "version": str(report.version), "press": str(uuid4())}
    assert client.post(reverse("report", args=[report.pk]), form | {"why": " "}).status_code == 400
    answer = client.post(reverse("report", args=[report.pk]), form | {"why": "ไม่มีพื้นที่"})
    assert answer.status_code == 302
    came = reported(world.district_officer, round_, now=timezone.now())
    assert (came.sent, came.nil) == (1, 1)


def test_it_goes_back_with_a_note_for_an_answer(world: World, logged_in) -> None:  # type: ignore[no-untyped-def]
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    sent(report, world.clerk)
    question = round_.questions.filter(kind="number", is_required=True)[0]
    review = reverse("report-review", args=[report.pk])
    client = logged_in(world.district_officer)
    assert "ฉบับที่ 1" in client.get(review).content.decode()
    form = {"deed": "return", "number": "1", f"note-{question.key}": "นับซ้ำกับปีก่อน"}
    assert client.post(review, form).status_code == 302
    page = logged_in(world.clerk).get(reverse("report", args=[report.pk])).content.decode()
    assert "นับซ้ำกับปีก่อน" in page
    sent(report_of(round_, world.nong_kapu), world.clerk, 4000)
    accept_reports([report], by=world.district_officer)
    assert totals_of(world.district_officer, round_)[question.pk].sum_milli == 4000


def test_closing_keeps_the_total_with_a_hash_and_who_is_missing(world: World, logged_in) -> None:  # type: ignore[no-untyped-def]
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    nil(report_of(round_, world.nong_kapu), world.clerk)
    client = logged_in(world.district_officer)
    assert client.post(reverse("round-closing", args=[round_.pk])).status_code == 302
    page = client.get(reverse("round", args=[round_.pk])).content.decode()
    assert "ปิดยอดแล้ว" in page
    consolidation = round_.consolidations.get()
    assert consolidation.content["missing"] == [world.tha_sen.code]


def test_the_report_is_one_press_from_the_matter_and_the_totals_from_the_order(
    world: World,
    logged_in,  # type: ignore[no-untyped-def]
) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    page = logged_in(world.clerk).get(reverse("handing", args=[report.handing_id]))
    assert reverse("report", args=[report.pk]) in page.content.decode()
    page = logged_in(world.district_officer).get(reverse("order", args=[round_.root_id]))
    assert reverse("round", args=[round_.pk]) in page.content.decode()


def test_a_figure_is_looked_at_by_name_or_by_size(world: World, logged_in) -> None:  # type: ignore[no-untyped-def]
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    sent(report_of(round_, world.nong_kapu), world.clerk, 2000)
    sent(report_of(round_, world.tha_sen), world.tha_sen_clerk, 9000)
    both = [report_of(round_, house) for house in (world.nong_kapu, world.tha_sen)]
    accept_reports(both, by=world.district_officer)
    question = round_.questions.filter(kind="number", is_required=True)[0]
    address = reverse("round-question", args=[round_.pk, question.pk])
    client = logged_in(world.district_officer)

    def names(page: str) -> list[str]:
        told = {house.name: page.rfind(f">{house.name}</a>") for house in houses}
        return sorted(told, key=lambda name: told[name])

    houses = (world.nong_kapu, world.tha_sen)
    by_size = client.get(f"{address}?sort=value").content.decode()
    assert names(by_size) == [world.tha_sen.name, world.nong_kapu.name]
    page = client.get(reverse("round", args=[round_.pk])).content.decode()
    # What two told in the same words stands once, and says so.
    assert "2 แห่ง</span>" in page
