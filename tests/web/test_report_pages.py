from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from tests.projects.projects import proposed
from tests.reports.reports import answered, nil, opened, report_of, sent
from tests.reports.tables import roads, with_table
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.projects.actions import answer_clauses, move_project
from thamthan.projects.rules import ProjectState
from thamthan.reports.actions import Given, accept_reports, save_answers
from thamthan.reports.models import Report
from thamthan.reports.queries import form_lines, reported, totals_of
from thamthan.reports.rules import AnswerStanding, ReportState, RowEdit, TableRow

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


def form_of(report: Report, milli: str = "300", **changed: str) -> dict[str, str]:
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
    assert report.answers.get(question=right).value_milli == 300_000
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
    assert report.answers.get(question=question).value_milli == 300_000


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


def table_form(report: Report, rows: dict[str, dict[str, str]], **seen: str) -> dict[str, Any]:
    """What the page without JavaScript sends of the table of roads."""
    form: dict[str, Any] = {"deed": "save", "s-roads": "given", "v-roads": "0", "rk-roads": [*rows]}
    for key, cells in rows.items():
        form[f"rm-roads-{key}"] = seen.get(key, "")
        form |= {f"c-roads-{key}-{column}": words for column, words in cells.items()}
    return form


def test_a_table_is_filled_without_javascript_and_wrong_cells_are_told(
    world: World,
    logged_in,  # type: ignore[no-untyped-def]
) -> None:
    report = report_of(opened(world, [world.nong_kapu]), world.nong_kapu)
    with_table(report)
    address = reverse("report", args=[report.pk])
    client = logged_in(world.clerk)
    assert client.get(address).content.decode().count("data-row=") == 4
    rows = {
        "aaaa": {"road": "สายใน", "cost": "๕,๐๐๐", "done": "15 ก.พ. 69"},
        "bbbb": {"road": "สายนอก", "length": "ราวร้อย"},
        "cccc": {},
    }
    answer = client.post(address, table_form(report, rows))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ราวร้อย" in page
    assert "มี 1 ช่องในตารางที่ต้องแก้" in page
    assert roads(report) == {"aaaa": {"road": "สายใน", "cost": 5_000_000, "done": "2026-02-15"}}
    # Another changes the row meanwhile: both are shown, and saved again one's own stands.
    mark = TableRow("aaaa", roads(report)["aaaa"]).mark
    other = RowEdit("aaaa", mark, {"road": "สายใน", "cost": 6_000_000})
    save_answers(
        report, {"roads": Given(AnswerStanding.GIVEN, 1, edits=(other,))}, by=world.officer
    )
    rows = {"aaaa": {"road": "สายใน", "cost": "7000"}}
    answer = client.post(address, table_form(report, rows, aaaa=mark))
    page = answer.content.decode()
    assert "อีกคนแก้เป็น: สายใน · 6,000" in page
    now = TableRow("aaaa", roads(report)["aaaa"]).mark
    assert f'name="rm-roads-aaaa" value="{now}"' in page
    assert client.post(address, table_form(report, rows, aaaa=now)).status_code == 302
    assert roads(report)["aaaa"]["cost"] == 7_000_000
    # Ticked for removal it goes.
    now = TableRow("aaaa", roads(report)["aaaa"]).mark
    gone = table_form(report, rows, aaaa=now) | {"rx-roads-aaaa": "1"}
    assert client.post(address, gone).status_code == 302
    assert roads(report) == {}


def test_a_number_that_looks_wrong_is_ticked_before_it_is_sent(
    world: World,
    logged_in,  # type: ignore[no-untyped-def]
) -> None:
    report = report_of(opened(world, [world.nong_kapu]), world.nong_kapu)
    address, client = reverse("report", args=[report.pk]), logged_in(world.clerk)
    question = report.round.questions.filter(kind="money", is_required=True)[0]
    form = form_of(report) | {f"n-{question.key}": "12"}
    answer = client.post(address, form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "มีตัวเลขที่ต้องยืนยันก่อนส่ง" in page
    line = next(one for one in form_lines(world.clerk, report) if one.question == question)
    ticked = form_of(report_of(report.round, world.nong_kapu)) | {
        f"n-{question.key}": "12", f"w-{question.key}": line.doubts[0][0].key,
        f"v-{question.key}": str(line.version),
    }  # fmt: skip
    assert client.post(address, ticked).status_code == 302
    page = logged_in(world.district_officer).get(reverse("report-review", args=[report.pk]))
    assert "ผู้กรอกยืนยันแล้ว" in page.content.decode()


def test_a_clerk_proposes_and_the_executive_sends_with_one_press(
    world: World,
    logged_in,  # type: ignore[no-untyped-def]
) -> None:
    client = logged_in(world.clerk)
    assert client.post(reverse("report-agreement"), {"agrees": "executive"}).status_code == 302
    report = report_of(opened(world, [world.nong_kapu]), world.nong_kapu)
    address = reverse("report", args=[report.pk])
    assert "เสนอผู้บริหาร" in client.get(address).content.decode()
    assert client.post(address, form_of(report)).status_code == 409
    assert client.post(address, form_of(report) | {"deed": "propose"}).status_code == 302
    client = logged_in(world.executive)
    proposal = reverse("report-proposal", args=[report.pk])
    assert proposal in client.get(reverse("desk")).content.decode()
    page = client.get(proposal)
    seen = page.context["proposal"].sha256
    back = client.post(proposal, {"seen": seen, "deed": "return", "text": "เพิ่มหมู่ 5"})
    assert back.status_code == 302
    client = logged_in(world.clerk)
    assert "เพิ่มหมู่ 5" in client.get(address).content.decode()
    client.post(address, form_of(report) | {"deed": "propose"})
    client = logged_in(world.executive)
    seen = client.get(proposal).context["proposal"].sha256
    stale = client.post(proposal, {"seen": "0" * 64, "deed": "agree", "press": str(uuid4())})
    assert stale.status_code == 409
    sent_ = client.post(proposal, {"seen": seen, "deed": "agree", "press": str(uuid4())})
    assert sent_.status_code == 302
    assert report_of(report.round, world.nong_kapu).state == ReportState.SUBMITTED
    page = logged_in(world.district_officer).get(reverse("report-review", args=[report.pk]))
    assert "เห็นชอบโดย" in page.content.decode()


def test_a_project_is_left_out_by_taking_its_tick_away(world: World, logged_in) -> None:  # type: ignore[no-untyped-def]
    round_ = opened(world, [world.nong_kapu])
    clause = round_.root.directives.filter(parent=None)[0]
    project = proposed(world.clerk)
    answer_clauses(project, [clause], by=world.clerk)
    move_project(project, ProjectState.APPROVED, by=world.executive)
    report = report_of(round_, world.nong_kapu)
    client, key = logged_in(world.clerk), f"c{clause.pk}-projects"
    count = f"c{clause.pk}-project-count"
    saved = client.post(
        reverse("report-answers", args=[report.pk]),
        {f"s-{key}": "given", f"v-{key}": "0", f"l-{key}": project.pk, f"t-{key}": "ซ้ำกับแบบอื่น"},
    ).json()
    assert saved["filled"][count]["n"] == ""
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    assert "ซ้ำกับแบบอื่น" in page
    assert report.answers.get(question__key=key).rows == []


def test_the_rows_of_all_houses_are_a_page_and_a_workbook(world: World, logged_in) -> None:  # type: ignore[no-untyped-def]
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    table = with_table(report)
    edit = RowEdit("aaaa", "", {"road": "สายใน", "cost": 5_000_000})
    save_answers(report, {"roads": Given(AnswerStanding.GIVEN, 0, edits=(edit,))}, by=world.clerk)
    sent(report, world.clerk, 300_000)
    accept_reports([report], by=world.district_officer)
    client = logged_in(world.district_officer)
    page = client.get(reverse("round", args=[round_.pk])).content.decode()
    address = reverse("round-rows", args=[round_.pk, table.pk])
    assert address in page
    assert "1 แถวจาก 1 แห่ง" in page
    page = client.get(address).content.decode()
    assert "สายใน" in page
    assert world.nong_kapu.name in page
    file = client.get(reverse("round-rows-table", args=[round_.pk, table.pk, "xlsx"]))
    assert file.content.startswith(b"PK")
