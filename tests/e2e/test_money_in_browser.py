"""Money of a project in a real browser: a line, an allotment, a contract, a payment, a doubt."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, come_in
from tests.projects.funding import loaded
from tests.projects.money import allotted, committed, kept, paid
from tests.projects.projects import approved
from tests.web.conftest import BANGKOK
from tests.world import World
from thamthan.projects.models import BudgetLine, Disbursement
from thamthan.projects.queries import wrong_totals

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER

LONG = (
    "โครงการปรับปรุงสวนสาธารณะและลานออกกำลังกายประจำตำบลหนองกะปุ หมู่ที่ 3 บ้านหนองกะปุ ตำบลหนองกะปุ"
    " อำเภอบ้านลาด จังหวัดเพชรบุรี พร้อมติดตั้งไฟฟ้าส่องสว่างพลังงานแสงอาทิตย์"
)


@pytest.fixture
def tuesday() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 24, 9, 0, tzinfo=BANGKOK)):
        yield


@pytest.mark.parametrize("size", SIZES)
def test_money_goes_its_whole_way(
    browser: Any, live_server: LiveServer, tuesday: None, world: World, size: str
) -> None:
    project = approved(world.clerk, name=LONG)
    loaded()
    page, eyes = come_in(browser, live_server, "somjai", size)
    _keep_line(page, eyes, live_server)
    _spend(page, eyes, f"{live_server.url}/projects/{project.pk}/")
    page.goto(f"{live_server.url}/budget/")
    eyes.look("budget", whole=True)
    assert Disbursement.objects.get().amount_satang == 19_200_000
    assert not list(wrong_totals(world.clerk))
    assert not eyes.complaints


def _keep_line(page: Any, eyes: Eyes, live_server: LiveServer) -> None:
    """A line, typed in words and confirmed by a second press."""
    page.goto(f"{live_server.url}/budget/")
    eyes.look("budget-empty")
    page.get_by_role("link", name="เพิ่มรายการ", exact=True).click()
    page.get_by_label("รายการ", exact=True).fill("ค่าปรับปรุงภูมิทัศน์และสวนสาธารณะ")
    page.get_by_label("อนุมัติ (บาท)").fill("1.2 ล้านบาท")
    eyes.look("budget-new", whole=True)
    page.get_by_role("button", name="บันทึกรายการ").click()
    page.get_by_text("เข้าใจว่า 1,200,000.00 บาท").wait_for()
    assert not BudgetLine.objects.exists()
    eyes.look("budget-sure", whole=True)
    page.get_by_role("button", name="ยืนยันว่าถูกต้อง บันทึก").click()
    page.get_by_text("เหลือให้จัดสรร 1,200,000.00").wait_for()
    eyes.look("budget-line", whole=True)


def _spend(page: Any, eyes: Eyes, project: str) -> None:
    """Hoped for, allotted, bound – too much at first – and paid."""
    page.goto(project)
    page.get_by_role("link", name="เงิน", exact=True).click()
    page.get_by_label("คาดว่าจะใช้ (บาท)").fill("850,000.50")
    page.get_by_label("คาดว่าจะได้จาก").fill("ข้อบัญญัติ ปี 2569")
    eyes.look("money-empty", whole=True)
    page.get_by_role("button", name="เพิ่มแหล่งเงิน").click()
    page.get_by_role("button", name="จัดสรรเงิน").first.click()
    page.get_by_role("button", name="บันทึกการก่อหนี้ผูกพัน").wait_for()
    page.get_by_label("ผูกพัน (บาท)").fill("850,000.51")
    page.get_by_label("วันที่", exact=True).fill("10 มี.ค. 69")
    page.get_by_label("สัญญาหรือใบสั่งซื้อ/จ้าง").fill("สัญญาจ้าง 7/2569 ห้างหุ้นส่วนจำกัดเพชรบ้านลาดการโยธา")
    page.get_by_role("button", name="บันทึกการก่อหนี้ผูกพัน").click()
    page.get_by_text("เหลือให้ผูกพัน 850,000.50 บาท").first.wait_for()
    eyes.look("money-refused", whole=True)
    page.get_by_label("ผูกพัน (บาท)").fill("๖๔๐,๐๐๐.-")
    page.get_by_role("button", name="บันทึกการก่อหนี้ผูกพัน").click()
    page.get_by_label("เบิกจ่าย (บาท)").fill("192,000")
    page.get_by_label("วันที่จ่าย").fill("12 มี.ค. 69")
    page.get_by_label("ฎีกาหรือเอกสาร").fill("ฎีกา 112/2569 งวดที่ 1")
    page.get_by_role("button", name="บันทึกการเบิกจ่าย").click()
    page.get_by_role("heading", name="เบิกจ่ายแล้ว 192,000.00 จาก 850,000.50 บาท").wait_for()
    eyes.look("money", whole=True)
    page.locator("summary", has_text="แนบไฟล์สัญญา").click()
    page.get_by_label("สัญญา ใบสั่งซื้อ/จ้าง ใบตรวจรับ").set_input_files(
        {"name": "สัญญา 7-2569.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nsigned\n"}
    )
    page.get_by_role("button", name="แนบไฟล์", exact=True).first.click()
    page.get_by_role("link", name="สัญญา 7-2569.pdf").wait_for()
    eyes.look("money-paper", whole=True)
    for summary in page.locator("details > summary").all():
        summary.click()
    eyes.look("money-open", whole=True)


@pytest.mark.parametrize("size", SIZES)
def test_rows_are_pasted_and_a_cancelled_project_gives_back(
    browser: Any, live_server: LiveServer, tuesday: None, world: World, size: str
) -> None:
    project = approved(world.clerk, name=LONG)
    row = allotted(project, kept(world.clerk, 500_000), 300_000, by=world.clerk)
    paid(committed(row, 250_000, by=world.officer), 100_000, by=world.officer)
    page, eyes = come_in(browser, live_server, "somjai", size)
    page.goto(f"{live_server.url}/budget/paste/")
    page.get_by_label("แถวจาก Excel").fill(
        "รายการ\tหมวด\tจำนวนเงิน\nค่าวัสดุสำนักงาน\tงบดำเนินงาน\t120,000.-\nค่าไฟฟ้า\tงบดำเนินงาน\t๙๐๐๐๐\n"
    )
    page.get_by_role("button", name="อ่านก่อน ยังไม่บันทึก").click()
    page.get_by_role("heading", name="อ่านได้ 2 แถว รวม 210,000.00 บาท").wait_for()
    eyes.look("budget-pasted", whole=True)
    page.get_by_role("button", name="บันทึก 2 รายการ").click()
    page.get_by_text("เพิ่มรายการงบประมาณแล้ว 2 รายการ").wait_for()
    page.goto(f"{live_server.url}/projects/{project.pk}/money/")
    page.get_by_text("คืนเงินผูกพันที่ไม่ใช้").click()
    page.get_by_label("คืน (บาท)", exact=True).fill("150,000")
    page.get_by_label("เหตุที่คืน").fill("ราคาที่ประมูลได้ต่ำกว่าวงเงิน")
    eyes.look("money-release", whole=True)
    page.get_by_role("button", name="คืนเงินผูกพัน").click()
    page.get_by_text("คืนเงินผูกพันแล้ว 150,000.00 บาท").wait_for()
    assert not list(wrong_totals(world.clerk))
    assert not eyes.complaints
