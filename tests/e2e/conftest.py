"""A real browser, with eyes that look at each page for what stands in somebody's way."""

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

from tests.world import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "var" / "screenshots"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
# Milliseconds; a safety limit only: a machine may be busy.
LONG = 120_000
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
# What every test in a browser is: the `pytestmark` of its module.
IN_BROWSER = [
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
    playwright = pytest.importorskip("playwright.sync_api")
    playwright.expect.set_options(timeout=LONG)
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def new_page(browser: Any, size: str, *, is_mobile: bool = False) -> Any:
    """A page of its own, of the size of a desk's screen or of a phone."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="th-TH",
        has_touch=size == "phone",
        is_mobile=is_mobile,
    )
    page = context.new_page()
    page.set_default_timeout(LONG)
    return page


def log_in(page: Any, login: str = "somjai") -> None:
    """On the page of log-in, as somebody of the small world."""
    page.get_by_label("ชื่อผู้ใช้").fill(login)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()


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


def come_in(browser: Any, live_server: LiveServer, login: str, size: str) -> tuple[Any, Eyes]:
    """Somebody of the small world, logged in, with eyes on the page."""
    page = new_page(browser, size)
    page.goto(f"{live_server.url}/log-in/")
    log_in(page, login)
    page.wait_for_load_state("networkidle")
    return page, Eyes(page, size)
