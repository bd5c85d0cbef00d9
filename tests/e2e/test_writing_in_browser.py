"""Writing, signing, numbering and sending in a real browser, at the desk and on the phone."""

from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, come_in
from tests.letters.drafts import PARTS, open_books
from tests.world import World

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER


def typed(page: Any) -> None:
    page.get_by_label("เรื่อง", exact=True).fill(PARTS.subject)
    page.get_by_label("ผู้รับ (ตำแหน่ง)").fill(PARTS.addressee)
    page.get_by_label("เนื้อความ").fill(PARTS.body)
    page.get_by_label("ผู้ลงนาม").fill("นายสุรชัย วัฒนาบ้านลาด")
    page.get_by_label("ตำแหน่ง", exact=True).fill(PARTS.position)


@pytest.mark.parametrize("size", SIZES)
def test_a_letter_is_written_signed_numbered_and_sent(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    open_books(world.district_officer)
    page, eyes = come_in(browser, live_server, "phonthip", size)
    page.goto(f"{live_server.url}/drafts/")
    eyes.look("w1-drafts")
    page.goto(f"{live_server.url}/drafts/new/")
    eyes.look("w2-new")
    page.get_by_role("button", name="หน้าว่าง").click()
    page.wait_for_url("**/drafts/*/")
    typed(page)
    playwright.expect(page.locator("[data-saved]")).to_contain_text("บันทึกแล้ว ครั้งที่")
    if size == "phone":
        eyes.look("w3-fields")
        page.get_by_role("button", name="ดูหน้ากระดาษ").click()
    playwright.expect(page.locator(".sheet-picture").first).to_be_visible()
    playwright.expect(page.locator("[data-drawing]")).to_contain_text("ตรงกับที่พิมพ์")
    eyes.look("w4-paper")
    address = page.url

    chief, chief_eyes = come_in(browser, live_server, "naiamphoe", size)
    chief.goto(address)
    chief.get_by_role("button", name="ลงนามเอง").click()
    chief_eyes.look("w5-signed")

    page.goto(address)
    page.get_by_role("button", name="ออกเลขและวันที่").click()
    page.wait_for_url("**/sendings/*/new/")
    eyes.look("w6-choose")
    page.locator('input[value="all"]').check()
    page.get_by_role("button", name="ส่ง", exact=True).click()
    playwright.expect(page.locator("h1")).to_contain_text("ลงรับแล้ว 0 จาก 15 ราย")
    eyes.look("w7-sendings")
    page.goto(f"{live_server.url}/sendings/")
    eyes.look("w8-sent")

    clerk, clerk_eyes = come_in(browser, live_server, "somjai", size)
    clerk.goto(f"{live_server.url}/")
    clerk.get_by_role("link", name=PARTS.subject).first.click()
    clerk_eyes.look("w9-arrived")
    assert not eyes.complaints + chief_eyes.complaints + clerk_eyes.complaints


def test_a_broken_line_keeps_the_words_and_says_so(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    page, _ = come_in(browser, live_server, "phonthip", "desk")
    page.goto(f"{live_server.url}/drafts/new/")
    page.get_by_role("button", name="หน้าว่าง").click()
    page.wait_for_url("**/drafts/*/")
    page.context.set_offline(True)
    page.get_by_label("เรื่อง", exact=True).fill("พิมพ์ขณะสัญญาณขาด")
    playwright.expect(page.locator("[data-saved]")).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    page.context.set_offline(False)
    playwright.expect(page.locator("[data-saved]")).to_contain_text("บันทึกแล้ว", timeout=20000)
    page.reload()
    assert page.get_by_label("เรื่อง", exact=True).input_value() == "พิมพ์ขณะสัญญาณขาด"
