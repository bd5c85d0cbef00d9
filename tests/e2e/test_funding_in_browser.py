"""Money for a project in a real browser: from the fitting channels to what was granted."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, log_in, new_page
from tests.projects.funding import PDF, asked, completed, loaded
from tests.projects.projects import proposed
from tests.world import World
from thamthan.projects.models import BudgetLine, FundingRequest
from thamthan.projects.rules import PlanStanding

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER

LONG_NAME = (
    "ปรับปรุงสวนสาธารณะและติดตั้งเครื่องออกกำลังกายกลางแจ้ง พร้อมปรับภูมิทัศน์บริเวณลานอเนกประสงค์"
    " หมู่ที่ 3 บ้านหนองกะปุ ตำบลหนองกะปุ อำเภอบ้านลาด จังหวัดเพชรบุรี"
)


@pytest.mark.parametrize("size", SIZES)
def test_from_the_fitting_channels_to_the_money(
    size: str,
    world: World,
    live_server: LiveServer,
    browser: Any,
    half_past_ten: None,
    tmp_path: Path,
) -> None:
    loaded()
    project = proposed(world.clerk, name=LONG_NAME, standing=PlanStanding.PLAN)
    asked(world.clerk, "pao-coordination", project=project, baht=1_250_000)
    completed(asked(world.clerk, "environment-fund", project=proposed(world.clerk)), world.clerk)
    paper = tmp_path / "เอกสาร.pdf"
    paper.write_bytes(PDF)
    page = new_page(browser, size, is_mobile=size == "phone")
    eyes = Eyes(page, size)
    page.goto(f"{live_server.url}/projects/{project.pk}/")
    log_in(page)
    choose(page, eyes)
    complete_and_decide(page, eyes, paper)
    page.goto(f"{live_server.url}/funding/")
    eyes.look("funding-requests", whole=True)
    page.goto(f"{live_server.url}/funding/channels/")
    eyes.look("funding-channels", whole=True)
    page.get_by_role("link", name="กองทุนสิ่งแวดล้อม", exact=True).click()
    eyes.look("funding-channel", whole=True)
    assert eyes.complaints == []
    assert [line.approved_satang for line in BudgetLine.objects.all()] == [400_000_00]
    assert FundingRequest.objects.filter(state="granted").count() == 1


def choose(page: Any, eyes: Eyes) -> None:
    """What the choice rests on is said, and the channels stand in a new order."""
    eyes.look("funding-panel", whole=True)
    page.get_by_role("link", name="แหล่งเงิน", exact=True).click()
    eyes.look("funding-project", whole=True)
    page.get_by_label("พื้นที่สีเขียวและสวนสาธารณะ").check()
    page.get_by_label("ก่อสร้างหรือปรับปรุง").check()
    page.get_by_label("ต้องใช้เงินทั้งหมด (บาท)").fill("1,500,000")
    page.get_by_text("ข้อเท็จจริงที่แหล่งเงินถาม").click()
    page.get_by_label("มีรายการอื่นที่เหลือให้โอนมา").select_option("yes")
    page.get_by_role("button", name="บันทึกและเรียงแหล่งเงินใหม่").click()
    page.get_by_text("บันทึกแล้ว แหล่งเงินเรียงใหม่ตามที่บอก").wait_for()
    eyes.look("funding-project-said", whole=True)


def complete_and_decide(page: Any, eyes: Eyes, paper: Path) -> None:
    """One request from its beginning to what was granted."""
    page.get_by_role("button", name="เริ่มคำขอ โอนงบประมาณมาตั้งจ่ายเป็นรายการใหม่").click()
    eyes.look("funding-request", whole=True)
    page.get_by_label("ขอ (บาท)").fill("450,000")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    while page.get_by_role("button", name="แนบไฟล์").count():
        page.locator("input[type=file]").first.set_input_files(str(paper))
        page.get_by_role("button", name="แนบไฟล์").first.click()
        page.get_by_role("heading", name="เอกสาร ครบ").wait_for()
    page.get_by_role("heading", name="ครบแล้ว ยื่นคำขอได้").wait_for()
    eyes.look("funding-complete", whole=True)
    page.get_by_role("button", name="บันทึกว่ายื่นแล้ว").click()
    page.get_by_label("ได้รับอนุมัติ", exact=True).check()
    page.get_by_label("จำนวนเงินที่ได้รับอนุมัติ").fill("400,000")
    page.get_by_label("เลขที่หนังสือ มติ หรือเหตุผล").fill("มติสภาฯ สมัยสามัญ ครั้งที่ 2/2569")
    eyes.look("funding-answer", whole=True)
    page.get_by_role("button", name="บันทึกผล").click()
    page.get_by_text("เป็นรายการงบประมาณของหน่วยงานแล้ว").wait_for()
    eyes.look("funding-granted", whole=True)
