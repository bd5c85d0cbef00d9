"""The page of a project's papers: files, what is missing and where, costs, asks, the letter."""

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from tests.projects.papers import asked, full, plan
from tests.projects.projects import approved, proposed
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.letters.models import Draft
from thamthan.projects.actions import answer_form
from thamthan.projects.models import Project

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-16T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def project(world: World) -> Project:
    return full(world)


def page_of(client: Client, project: Project) -> str:
    response = client.get(f"/projects/{project.pk}/papers/")
    assert response.status_code == 200
    return response.content.decode()


def text_of(response: "HttpResponse") -> str:
    document = pypdfium2.PdfDocument(response.content)
    try:
        pages = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    finally:
        document.close()
    return "".join("".join(pages).split())


def test_the_page_says_what_is_missing_and_where_it_is_written(
    clerk: Client, project: Project
) -> None:
    page = page_of(clerk, project)
    assert "แบบเต็มยังขาด 2 อย่าง" in page
    assert "ยังไม่มีการติดตามและประเมินผล</a>" in page
    assert '<a href="#f-land">ยังไม่มีกรรมสิทธิ์ที่ดิน</a>' in page
    assert "ยังไม่ได้ตรวจกับแบบฉบับจริง" in page


def test_a_bare_project_is_sent_to_its_costs(clerk: Client, world: World) -> None:
    assert '<a href="#costs">ยังไม่มีรายละเอียดงบประมาณ</a>' in page_of(clerk, proposed(world.clerk))


def test_the_page_asks_the_database_no_more_than_it_must(
    clerk: Client, project: Project, django_assert_max_num_queries: object
) -> None:
    page_of(clerk, project)
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        page_of(clerk, project)


@pytest.mark.parametrize("form", ["standard", "health", "environment", "province"])
def test_every_form_is_a_file(clerk: Client, project: Project, form: str) -> None:
    pdf = clerk.get(f"/projects/{project.pk}/papers/{form}.pdf")
    assert pdf["Content-Disposition"].startswith("inline")
    assert "ปรับปรุงสวนสาธารณะหมู่ที่๓" in text_of(pdf)
    word = clerk.get(f"/projects/{project.pk}/papers/{form}.docx")
    assert word["Content-Disposition"].startswith("attachment")
    assert word.content.startswith(b"PK")


def test_there_are_no_other_files(clerk: Client, project: Project) -> None:
    for name in ("standard.csv", "nothing.pdf"):
        assert clerk.get(f"/projects/{project.pk}/papers/{name}").status_code == 404
    assert clerk.get(f"/projects/{project.pk}/plan-row.pdf").status_code == 404


def test_costs_are_typed_as_people_type_them(clerk: Client, world: World) -> None:
    project = proposed(world.clerk)
    typed = {
        "version": str(project.version),
        "name": ["ค่าวิทยากร", "", "ค่าอาหาร"],
        "reckoning": ["6 ชม. × 600 บาท", "", ""],
        "amount": ["๓,๖๐๐", "", "1.5 พันบาท"],
    }
    response = clerk.post(f"/projects/{project.pk}/papers/costs/", typed, follow=True)
    assert "รวม 5,100.00 บาท" in response.content.decode()
    assert "ห้าพันหนึ่งร้อยบาทถ้วน" in response.content.decode()
    assert [cost.satang for cost in project.costs.all()] == [360_000, 150_000]


def test_an_amount_that_nobody_can_read_keeps_what_was_typed(clerk: Client, world: World) -> None:
    project = proposed(world.clerk)
    typed = {"version": "1", "name": ["ค่าจ้าง"], "reckoning": [""], "amount": ["ประมาณแสน"]}
    response = clerk.post(f"/projects/{project.pk}/papers/costs/", typed)
    assert response.status_code == 422
    assert "อ่าน “ประมาณแสน” เป็นจำนวนเงินไม่ได้" in response.content.decode()
    assert not project.costs.exists()


def test_who_saw_an_older_version_is_told_and_loses_nothing(clerk: Client, world: World) -> None:
    project = proposed(world.clerk)
    answer_form(project, {"land": "ที่สาธารณะ"}, by=world.officer)
    typed = {"version": "1", "fees": "เก็บเดือนละ 20 บาท"}
    response = clerk.post(f"/projects/{project.pk}/papers/asks/", typed)
    assert response.status_code == 409
    assert "มีผู้แก้โครงการนี้ไปแล้ว" in response.content.decode()
    assert "เก็บเดือนละ 20 บาท" in response.content.decode()


def test_answers_stand_in_the_form(clerk: Client, project: Project) -> None:
    typed = {"version": str(project.version), "land": "ที่สาธารณประโยชน์ 4-2-0 ไร่"}
    clerk.post(f"/projects/{project.pk}/papers/asks/", typed)
    pdf = clerk.get(f"/projects/{project.pk}/papers/environment.pdf")
    assert "กรรมสิทธิ์ที่ดิน:ที่สาธารณประโยชน์๔-๒-๐ไร่" in text_of(pdf)


def test_a_request_goes_out_by_a_draft(clerk: Client, world: World, project: Project) -> None:
    request = asked(world, project)
    assert "ร่างหนังสือนำส่ง</button>" in page_of(clerk, project)
    response = clerk.post(f"/projects/requests/{request.pk}/letter/")
    draft = Draft.objects.get()
    assert response["Location"] == f"/drafts/{draft.pk}/"
    assert draft.files.count() == 2
    assert "เปิดร่างหนังสือนำส่ง" in page_of(clerk, project)
    pdf = clerk.get(f"/projects/{project.pk}/papers/environment.pdf?request={request.pk}")
    assert "เป็นเงิน๙๐๐,๐๐๐บาท(เก้าแสนบาทถ้วน)" in text_of(pdf)


def test_the_page_of_a_request_drafts_its_letter(
    clerk: Client, world: World, project: Project
) -> None:
    request = asked(world, project)
    assert "ร่างหนังสือนำส่งพร้อมแบบเสนอโครงการ" in clerk.get(f"/funding/{request.pk}/").content.decode()
    clerk.post(f"/projects/requests/{request.pk}/letter/")
    assert "เปิดร่างหนังสือนำส่ง" in clerk.get(f"/funding/{request.pk}/").content.decode()


def test_a_request_of_another_project_is_not_told(
    clerk: Client, world: World, project: Project
) -> None:
    request, other = asked(world, project), proposed(world.clerk)
    for number in (request.pk, "x", 999):
        address = f"/projects/{other.pk}/papers/standard.pdf?request={number}"
        assert clerk.get(address).status_code == 404


def test_rows_of_the_plan_are_files(clerk: Client, world: World, project: Project) -> None:
    made = plan(world)
    page = clerk.get(f"/plans/{made.pk}/?form=p03").content.decode()
    assert f'href="/plans/{made.pk}/rows.xlsx?form=p03"' in page
    whole = clerk.get(f"/plans/{made.pk}/rows.xlsx")
    assert load_workbook(BytesIO(whole.content)).sheetnames == ["ผ.02", "ผ.03"]
    some = clerk.get(f"/plans/{made.pk}/rows.xlsx?form=p03&form=none")
    assert load_workbook(BytesIO(some.content)).sheetnames == ["ผ.03"]
    assert clerk.get(f"/plans/{made.pk}/rows.docx").content.startswith(b"PK")
    assert clerk.get(f"/projects/{project.pk}/plan-row.docx").content.startswith(b"PK")


def test_the_district_reads_what_was_approved_and_changes_nothing(
    world: World, log_in_as: LogIn
) -> None:
    from tests.projects.test_papers import answering

    project = approved(world.clerk)
    answering(world, project)
    district = log_in_as(world.district_officer)
    page = page_of(district, project)
    assert "บันทึกค่าใช้จ่าย" not in page
    assert district.get(f"/projects/{project.pk}/papers/standard.pdf").status_code == 200
    assert district.post(f"/projects/{project.pk}/papers/costs/", {}).status_code == 403
    assert district.post(f"/projects/{project.pk}/papers/asks/", {}).status_code == 403
