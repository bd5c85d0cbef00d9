"""The budget of a house on its pages: a year's lines, a line, new ones one by one or pasted."""

import csv
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from tests.projects.money import allotted, committed, kept, paid
from tests.projects.projects import approved
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.projects.models import BudgetLine, FundingChannel

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(world: World) -> FundingChannel:
    return FundingChannel.objects.create(
        code="saving", name="จ่ายขาดเงินสะสม", facts={}, from_on="2025-10-01"
    )


def test_the_year_says_what_is_left_and_is_filtered(
    world: World, clerk: Client, channel: FundingChannel
) -> None:
    park = kept(world.clerk, 500_000, name="สวนสาธารณะ")
    kept(world.clerk, 80_000, name="ไฟฟ้าสาธารณะ", channel=channel, category="งบลงทุน")
    kept(world.clerk, 70_000, name="ปีหน้า", be_year=2570)
    kept(world.tha_sen_clerk, 33_000, name="ของท่าเสน")
    row = allotted(approved(world.clerk), park, 300_000, by=world.clerk)
    paid(committed(row, 200_000, by=world.clerk), 150_000, by=world.clerk)
    said = clerk.get("/budget/").content.decode()
    assert "ปีงบประมาณ 2569 เหลือให้จัดสรร 280,000.00 บาท" in said
    for figure in ("300,000.00", "200,000.00", "150,000.00", "580,000.00"):
        assert figure in said
    assert "ของท่าเสน" not in said
    assert "70,000.00" in clerk.get("/budget/?year=2570").content.decode()
    for query, shown in ((f"channel={channel.pk}", False), ("channel=0", True), ("q=สวน", True)):
        found = clerk.get(f"/budget/?year=2569&{query}").content.decode()
        assert (">สวนสาธารณะ<" in found, ">ไฟฟ้าสาธารณะ<" in found) == (shown, not shown)
    assert "ไม่มีรายการตามที่เลือก" in clerk.get("/budget/?q=ไม่มีคำนี้").content.decode()


def test_it_goes_out_as_numbers_to_count_in(world: World, clerk: Client) -> None:
    kept(world.clerk, 500_000, name="=สวน")
    line = kept(world.clerk, 80_000, name="ไฟฟ้า")
    allotted(approved(world.clerk), line, 30_000, by=world.clerk)
    content = b"".join(clerk.get("/budget/list.csv?year=2569"))
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert rows[1][0] == "'=สวน"
    assert rows[2][4:] == ["80000.00", "30000.00", "0.00", "0.00", "50000.00"]
    book = load_workbook(BytesIO(clerk.get("/budget/list.xlsx?year=2569").content)).worksheets[0]
    assert [cell.value for cell in book[5]][4:] == [80_000, 30_000, 0, 0, 50_000]
    assert clerk.get("/budget/list.pdf").status_code == 404


def test_a_line_is_added_raised_and_never_lowered_under_what_is_given(
    world: World, clerk: Client, channel: FundingChannel
) -> None:
    given = {
        "name": "สวนสาธารณะ", "amount": "500,000", "year": "2569", "channel": channel.pk,
        "press": str(uuid4()),
    }  # fmt: skip
    for _ in range(2):
        answer = clerk.post("/budget/new/", given)
    line = BudgetLine.objects.get()
    assert answer.url == f"/budget/{line.pk}/"
    assert (line.approved_satang, line.channel) == (50_000_000, channel)
    project = approved(world.clerk, name="ลานกีฬาหมู่ 5")
    allotted(project, line, 300_000, by=world.clerk)
    change = given | {"amount": "299,999.99", "seen": "50000000"}
    answer = clerk.post(f"/budget/{line.pk}/", change)
    assert answer.status_code == 409
    assert "จัดสรรให้โครงการไปแล้ว 300,000.00 บาท" in answer.content.decode()
    assert clerk.post(f"/budget/{line.pk}/", change | {"amount": "300,000"}).status_code == 302
    said = clerk.get(f"/budget/{line.pk}/").content.decode()
    assert "จัดสรรครบแล้ว" in said
    assert "ลานกีฬาหมู่ 5" in said
    stale = clerk.post(f"/budget/{line.pk}/", change | {"amount": "400,000"})
    assert "มีผู้แก้จำนวนเงินนี้ไปแล้ว" in stale.content.decode()


def test_a_line_out_of_measure_is_confirmed_first(clerk: Client) -> None:
    given = {"name": "สวน", "amount": "12", "year": "2569", "press": str(uuid4())}
    answer = clerk.post("/budget/new/", given)
    assert "อาจลืมหน่วยล้านบาท" in answer.content.decode()
    assert not BudgetLine.objects.exists()
    assert clerk.post("/budget/new/", dict(answer.context["confirming"].given)).status_code == 302
    assert BudgetLine.objects.get().approved_satang == 1200


PASTED = """รายการ\tหมวด\tจำนวนเงิน
ค่าวัสดุสำนักงาน\tงบดำเนินงาน\t๑๒๐,๐๐๐.-

ค่าไฟฟ้า\tงบดำเนินงาน\tหน้า 12\t1.2 แสนบาท
"""


def test_rows_of_a_spreadsheet_are_shown_before_they_are_kept(clerk: Client) -> None:
    given = {"text": PASTED, "year": "2569", "press": str(uuid4()), "deed": "look"}
    said = clerk.post("/budget/paste/", given).content.decode()
    assert "อ่านได้ 2 แถว รวม 240,000.00 บาท" in said
    assert "จาก “1.2 แสนบาท”" in said
    wrong = clerk.post("/budget/paste/", given | {"text": PASTED + "ค่าน้ำมัน\tตามจ่ายจริง"})
    assert "ยังอ่านไม่ได้ 1 แถว" in wrong.content.decode()
    refused = clerk.post(
        "/budget/paste/", given | {"text": PASTED + "ค่าน้ำมัน\tตามจ่ายจริง", "deed": "keep"}
    )
    assert refused.status_code == 400
    assert not BudgetLine.objects.exists()
    unsure = clerk.post("/budget/paste/", given | {"deed": "keep"})
    assert unsure.status_code == 409
    again = dict(unsure.context["confirming"].given)
    for _ in range(2):
        assert clerk.post("/budget/paste/", again).status_code == 302
    kept_lines = BudgetLine.objects.order_by("pk").values_list("name", "reference")
    assert list(kept_lines) == [("ค่าวัสดุสำนักงาน", ""), ("ค่าไฟฟ้า", "หน้า 12")]


def test_only_those_who_decide_keep_lines(world: World, log_in_as: LogIn) -> None:
    line = kept(world.clerk, 500_000)
    officer = log_in_as(world.officer)
    said = officer.get(f"/budget/{line.pk}/").content.decode()
    assert "แก้ เพิ่ม หรือลดรายการนี้" not in said
    assert officer.post(f"/budget/{line.pk}/", {"name": "ก", "amount": "1"}).status_code == 403
    assert log_in_as(world.tha_sen_clerk).get(f"/budget/{line.pk}/").status_code == 404


def test_a_page_of_many_lines_asks_no_more_than_of_one(
    world: World, clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        kept(world.clerk, 10_000, name=f"รายการ {number}")
    assert "60 รายการ" in clerk.get("/budget/").content.decode()
    with django_assert_max_num_queries(12):
        clerk.get("/budget/?page=2")
    line = BudgetLine.objects.all()[0]
    with django_assert_max_num_queries(12):
        clerk.get(f"/budget/{line.pk}/")
