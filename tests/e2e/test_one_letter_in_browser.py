"""The clerk's story in a real browser, at the desk and on the phone, with a look at every page."""

from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, LONG, ROOT, SIZES, Eyes, log_in, new_page
from tests.world import World

playwright = pytest.importorskip("playwright.sync_api")

SAMPLE = ROOT / "src" / "thamthan" / "data" / "samples" / "district_order.txt"

pytestmark = IN_BROWSER


def words_and_fields_are_bound(page: Any) -> None:
    # A word in the letter leads to its field; a suggestion fills it without a new page.
    page.locator("a.found[data-field=number]").first.click()
    assert page.evaluate("document.activeElement.name") == "number"
    suggestions = page.locator("button[data-take]")
    if suggestions.count():
        value = suggestions.first.get_attribute("value") or ""
        path, _, meant = value.partition("=")
        suggestions.first.click()
        assert page.locator(f'[name="{path}"]').input_value() == meant


@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_receives_confirms_and_finds_a_letter(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    page = new_page(browser, size)
    eyes = Eyes(page, size)

    page.goto(f"{live_server.url}/")
    eyes.look("1-log-in")
    log_in(page)
    eyes.look("2-empty-desk")

    page.goto(f"{live_server.url}/letters/new/")
    page.get_by_label("ไฟล์หนังสือ").set_input_files(str(SAMPLE))
    eyes.look("3-receive")
    page.get_by_role("button", name="รับเข้าและอ่าน").click()

    page.wait_for_url("**/confirmation/")
    eyes.look("4-confirm")
    eyes.look("4-confirm-whole", whole=True)
    words_and_fields_are_bound(page)

    # A day that does not exist is refused beside its field, and what was typed stays.
    page.locator('[name="dated_on"]').fill("31 กุมภาพันธ์ 2569")
    page.get_by_label("เลขรับแรกที่จะใช้").fill("1287")
    page.locator(".act-bar .button.main").click()
    playwright.expect(page.locator("#wrong")).to_contain_text("ไม่มีวันที่ 31 กุมภาพันธ์")
    assert page.locator('[name="dated_on"]').input_value() == "31 กุมภาพันธ์ 2569"
    eyes.look("5-refused")
    page.locator('[name="dated_on"]').fill("9 มิ.ย. 69")
    page.locator(".act-bar .button.main").click()

    playwright.expect(page.locator("main")).to_contain_text("เลขรับ 1287/2569")
    eyes.look("6-letter")
    eyes.look("6-letter-whole", whole=True)
    for name, address, words in (
        ("7-desk", "/", "เลขรับ 1287/2569"),
        ("8-register", "/letters/?year=2569", "1287"),
        ("9-account", "/account/", "ตำแหน่งที่ใช้"),
    ):
        page.goto(live_server.url + address)
        playwright.expect(page.locator("main")).to_contain_text(words)
        eyes.look(name)
    page.context.close()
    assert not eyes.complaints


def test_the_story_goes_on_without_scripts(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="th-TH")
    page = context.new_page()
    page.set_default_timeout(LONG)
    page.goto(f"{live_server.url}/log-in/?next=/letters/new/")
    log_in(page)
    page.get_by_label("หรือวางข้อความของหนังสือ").fill(SAMPLE.read_text(encoding="utf-8"))
    page.get_by_role("button", name="รับเข้าและอ่าน").click()
    suggestions = page.locator("button[data-take]")
    if suggestions.count():
        path, _, meant = (suggestions.first.get_attribute("value") or "").partition("=")
        suggestions.first.click()
        assert page.locator(f'[name="{path}"]').input_value() == meant
    page.locator(".act-bar .button.main").click()
    playwright.expect(page.locator("main")).to_contain_text("เลขรับ 1/2569")
    context.close()
