"""A round published and read by a citizen, and the report over many on paper; desk and phone."""

from typing import Any

import pytest
from django.core.cache import cache
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, come_in, new_page
from tests.reports.reports import nil, opened, report_of, sent
from tests.world import World
from thamthan.reports.actions import accept_reports

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER


@pytest.mark.parametrize("size", SIZES)
def test_totals_are_published_and_a_citizen_reads_them(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    cache.clear()
    round_ = opened(world, [world.nong_kapu, world.tha_sen, world.ban_lat_municipality])
    sent(report_of(round_, world.nong_kapu), world.clerk, 1_250_500)
    nil(report_of(round_, world.tha_sen), world.tha_sen_clerk)
    both = [report_of(round_, house) for house in (world.nong_kapu, world.tha_sen)]
    accept_reports(both, by=world.district_officer)

    page, eyes = come_in(browser, live_server, "phonthip", size)
    page.goto(f"{live_server.url}/reports/rounds/{round_.pk}/")
    eyes.look("p1-round", whole=True)
    page.get_by_role("link", name="เผยแพร่ต่อประชาชน").click()
    eyes.look("p2-publishing", whole=True)
    page.get_by_label("เผยแพร่เป็นข้อมูลเบื้องต้น").check()
    page.get_by_role("button", name="เผยแพร่ให้ประชาชน").click()
    playwright.expect(page.locator("h1")).to_have_text("เผยแพร่อยู่")
    eyes.look("p3-published", whole=True)
    address = page.get_by_role("link", name="หน้าสำหรับประชาชน").get_attribute("href")

    citizen = new_page(browser, size)
    eye = Eyes(citizen, size)
    citizen.goto(f"{live_server.url}{address}")
    playwright.expect(citizen.get_by_text("รายงานแล้ว 2 จาก 3 แห่ง")).to_be_visible()
    citizen.locator("summary", has_text="รายหน่วยงาน").first.click()
    eye.look("p4-public-round", whole=True)
    with citizen.expect_download() as got:
        citizen.get_by_role("link", name="CSV").click()
    assert got.value.suggested_filename.endswith(".csv")

    page.get_by_role("button", name="เลิกเผยแพร่").click()
    playwright.expect(page.locator("h1")).to_have_text("ยังไม่ได้เผยแพร่")
    citizen.goto(f"{live_server.url}{address}")
    playwright.expect(citizen.locator("h1")).to_contain_text("ไม่พบ")
    eye.look("p5-public-gone")
    assert not eyes.complaints + eye.complaints

    clerk, clerk_eyes = come_in(browser, live_server, "somjai", size)
    report = report_of(round_, world.nong_kapu)
    clerk.goto(f"{live_server.url}/reports/{report.pk}/")
    clerk_eyes.look("p6-report-sent", whole=True)
    assert not clerk_eyes.complaints
