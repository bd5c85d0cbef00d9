"""The papers of a project in a real browser: costs typed, a letter drafted, desk and phone."""

from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, log_in, new_page
from tests.projects.papers import asked, full
from tests.world import World

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("half_past_ten")
def test_costs_are_typed_and_a_letter_is_drafted(
    browser: Any, live_server: LiveServer, world: World, size: str
) -> None:
    project = full(world)
    asked(world, project)
    page = new_page(browser, size)
    eyes = Eyes(page, size)
    page.goto(f"{live_server.url}/projects/{project.pk}/papers/")
    log_in(page)
    eyes.look("project-papers", whole=True)
    page.get_by_label("รายการ ที่ 3").fill("ป้ายบอกเส้นทาง")
    page.get_by_label("บาท ของรายการที่ 3").fill("หนึ่งหมื่น")
    page.get_by_role("button", name="บันทึกค่าใช้จ่าย").click()
    playwright.expect(page.get_by_text("เป็นจำนวนเงินไม่ได้")).to_be_visible()
    eyes.look("project-papers-refused")
    page.get_by_label("บาท ของรายการที่ 3").fill("10,000")
    page.get_by_role("button", name="บันทึกค่าใช้จ่าย").click()
    playwright.expect(page.get_by_text("รวม 990,000.00 บาท")).to_be_visible()
    page.get_by_role("link", name="กองทุนสิ่งแวดล้อม").click()
    eyes.look("request-with-letter", whole=True)
    page.get_by_role("button", name="ร่างหนังสือนำส่ง").click()
    playwright.expect(page.get_by_label("เรื่อง", exact=True)).to_have_value(
        "ขอรับการสนับสนุนงบประมาณโครงการปรับปรุงสวนสาธารณะหมู่ที่ 3"
    )
    eyes.look("request-letter", whole=True)
    assert not eyes.complaints, eyes.complaints
