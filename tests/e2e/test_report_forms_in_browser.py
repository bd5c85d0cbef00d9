"""A form made, previewed and chosen for an order: at the desk and on the phone."""

from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.directives.orders import district_order
from tests.e2e.conftest import IN_BROWSER, SIZES, come_in
from tests.world import World
from thamthan.reports.actions import load_shipped_forms
from thamthan.reports.models import FormChoice, ReportForm

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER


def make_head(page: Any, eyes: Any) -> None:
    page.get_by_role("link", name="ทำแบบใหม่").click()
    page.get_by_label("ชื่อแบบรายงาน").fill("แบบติดตามการจัดการขยะและจุดทิ้งที่ไม่ถูกหลักสุขาภิบาล")
    page.get_by_label("คำชี้แจงถึงผู้กรอก").fill("รายงานเฉพาะที่ดำเนินการแล้วในงวดนี้")
    eyes.look("f2-head", whole=True)
    page.get_by_role("button", name="ทำแบบนี้").click()


def add_number(page: Any, eyes: Any) -> None:
    page.get_by_role("link", name="เพิ่มคำถาม").click()
    page.get_by_label("คำถาม", exact=True).fill("จุดทิ้งขยะที่ปิดแล้ว")
    page.get_by_label("หน่วยนับ").fill("จุด")
    eyes.look("f3-number", whole=True)
    page.get_by_role("button", name="บันทึกคำถาม").click()
    playwright.expect(page.locator(".form-questions > li")).to_have_count(1)


def add_table(page: Any, eyes: Any) -> None:
    page.get_by_role("link", name="เพิ่มคำถาม").click()
    page.get_by_label("คำถาม", exact=True).fill("การประชุมกับหมู่บ้าน")
    page.get_by_label("คำตอบเป็นอะไร").select_option("table")
    playwright.expect(page.locator(".column-rows > li").first).to_be_visible()
    # What was typed before the kind was chosen is still there.
    assert page.get_by_label("คำถาม", exact=True).input_value() == "การประชุมกับหมู่บ้าน"
    page.get_by_role("button", name="บันทึกคำถาม").click()
    playwright.expect(page.locator("#wrong")).to_contain_text("อย่างน้อยหนึ่งสดมภ์")
    eyes.look("f4-wrong", whole=True)
    page.get_by_label("หัวสดมภ์ที่ 1").fill("วันที่ประชุม")
    page.locator('[name="column-kind-0"]').select_option("date")
    page.get_by_label("หัวสดมภ์ที่ 2").fill("ผู้เข้าประชุม")
    page.locator('[name="column-kind-1"]').select_option("number")
    page.locator('[name="column-sum-1"]').check()
    eyes.look("f5-table", whole=True)
    page.get_by_role("button", name="บันทึกคำถาม").click()
    playwright.expect(page.locator(".form-questions > li")).to_have_count(2)


@pytest.mark.parametrize("size", SIZES)
def test_a_form_is_made_without_code_and_chosen_for_an_order(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    load_shipped_forms(by=world.system)
    order = district_order(world)
    (asked,) = order.obligations.filter(ask="report")
    page, eyes = come_in(browser, live_server, "phonthip", size)
    page.goto(f"{live_server.url}/reports/forms/")
    eyes.look("f1-forms", whole=True)
    make_head(page, eyes)
    add_number(page, eyes)
    add_table(page, eyes)
    page.locator('[id^="up-"]').nth(1).click()
    playwright.expect(page.locator(".form-questions > li").first).to_contain_text("การประชุม")
    eyes.look("f6-form", whole=True)
    page.get_by_role("link", name="ดูอย่างที่ผู้รายงานเห็น").click()
    playwright.expect(page.locator("h1")).to_contain_text("อย่างที่ผู้รายงานจะเห็น")
    eyes.look("f7-preview", whole=True)

    page.goto(f"{live_server.url}/orders/{order.pk}/report-forms/{asked.pk}/")
    eyes.look("f8-choice", whole=True)
    page.get_by_label("แบบติดตามการจัดการขยะ").check()
    page.get_by_role("button", name="ใช้แบบที่เลือก").click()
    page.wait_for_url(f"**/orders/{order.pk}/")
    eyes.look("f9-order", whole=True)
    chosen = FormChoice.objects.get(obligation=asked).form
    assert (chosen.organisation, chosen.questions.count()) == (world.ban_lat, 2)
    page.goto(f"{live_server.url}/orders/{order.pk}/cascade/")
    eyes.look("f10-cascade", whole=True)
    shipped = ReportForm.objects.get(code="moi-quarterly")
    page.goto(f"{live_server.url}/reports/forms/{shipped.pk}/")
    eyes.look("f11-shipped", whole=True)
    assert not eyes.complaints
