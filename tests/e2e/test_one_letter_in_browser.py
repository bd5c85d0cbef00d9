"""The clerk's story in a real browser, at the desk and on the phone, with a look at every page."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from pytest_django.live_server_helper import LiveServer

from tests.world import PASSWORD, World

playwright = pytest.importorskip("playwright.sync_api")

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src" / "thamthan" / "data" / "samples" / "district_order.txt"
SCREENSHOTS = ROOT / "var" / "screenshots"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
SIZES = {"desk": (1366, 768), "phone": (390, 844)}

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium: the pages are not tried in a browser"
    ),
    # The browser's own thread asks the database through the server, as in life.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def half_past_ten() -> Iterator[None]:
    at = datetime(2026, 6, 10, 10, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
    with time_machine.travel(at):
        yield


@pytest.fixture
def browser() -> Iterator[Any]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Eyes:
    """Looks at a page: keeps a picture, and finds what stands in somebody's way."""

    def __init__(self, page: Any, size: str) -> None:
        self.page = page
        self.size = size
        self.complaints: list[str] = []
        page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        # A refusal in words is an answer, not a fault of the page.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def look(self, name: str, *, whole: bool = False) -> None:
        self.page.wait_for_load_state("networkidle")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        picture = SCREENSHOTS / f"{name}-{self.size}.png"
        self.page.screenshot(path=str(picture), full_page=whole)
        width, shown = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if width > shown:
            self.complaints.append(f"{name}: {width} px wide on a screen of {shown}")
        if AXE.is_file():
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
            found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            self.complaints += [
                f"{name}: {fault['id']} {[node['target'] for node in fault['nodes']][:3]}"
                for fault in found["violations"]
                if fault["impact"] in {"serious", "critical", "moderate"}
            ]


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
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="th-TH", has_touch=size == "phone"
    )
    page = context.new_page()
    eyes = Eyes(page, size)

    page.goto(f"{live_server.url}/")
    eyes.look("1-log-in")
    page.get_by_label("ชื่อผู้ใช้").fill("somjai")
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
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
    context.close()
    assert not eyes.complaints


def test_the_story_goes_on_without_scripts(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="th-TH")
    page = context.new_page()
    page.goto(f"{live_server.url}/log-in/?next=/letters/new/")
    page.get_by_label("ชื่อผู้ใช้").fill("somjai")
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
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
