"""A report filled on a line that breaks, judged and consolidated; at the desk and on the phone."""

from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, come_in
from tests.reports.reports import answered, opened, report_of
from tests.world import World

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER


@pytest.mark.parametrize("size", SIZES)
def test_a_report_goes_up_and_stands_in_the_total(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    report = report_of(round_, world.nong_kapu)
    answered(report, world.officer, 300_000)
    page, eyes = come_in(browser, live_server, "somjai", size)
    page.goto(f"{live_server.url}/reports/")
    eyes.look("r1-reports", whole=True)
    page.goto(f"{live_server.url}/reports/{report.pk}/")
    eyes.look("r2-report", whole=True)
    page.get_by_role("button", name="ส่งรายงาน").click()
    page.wait_for_url("**/reports/")

    district, district_eyes = come_in(browser, live_server, "phonthip", size)
    district.goto(f"{live_server.url}/reports/rounds/")
    district_eyes.look("r3-rounds", whole=True)
    district.goto(f"{live_server.url}/reports/{report.pk}/review/")
    district_eyes.look("r4-review", whole=True)
    district.get_by_role("button", name="รับรองรายงานนี้").click()
    playwright.expect(district.locator("h1")).to_contain_text("รายงานแล้ว 1 จาก 2 แห่ง")
    district_eyes.look("r5-round", whole=True)
    district.get_by_role("link", name="จำนวนโครงการและกิจกรรม").first.click()
    playwright.expect(district.locator("h1")).to_contain_text("จำนวนโครงการ")
    district_eyes.look("r6-question", whole=True)
    assert not eyes.complaints + district_eyes.complaints


def test_what_is_typed_without_a_line_goes_later_and_no_word_is_lost(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    one, other = round_.questions.filter(kind="number", is_required=True)[:2]
    page, _ = come_in(browser, live_server, "somjai", "phone")
    address = f"{live_server.url}/reports/{report.pk}/"
    page.goto(address)
    page.locator(f'[name="n-{one.key}"]').fill("12")
    playwright.expect(page.locator("[data-saved]")).to_contain_text("บันทึกแล้ว")
    page.context.set_offline(True)
    page.locator(f'[name="n-{one.key}"]').fill("15")
    page.locator(f'[name="n-{other.key}"]').fill("๗")
    playwright.expect(page.locator("[data-saved]")).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    # Meanwhile the officer writes the first field, too.
    answered(report_of(round_, world.nong_kapu), world.officer, 99_000)
    page.context.set_offline(False)
    box = page.locator(f'[data-key="{one.key}"]')
    playwright.expect(box).to_contain_text("อีกคนกรอกไว้ว่า 99")
    box.get_by_role("button", name="ใช้ของฉัน").click()
    playwright.expect(page.locator("[data-saved]")).to_contain_text("บันทึกแล้ว")
    playwright.expect(box).not_to_contain_text("อีกคน")
    # What a closed browser kept is there when it is opened again without a line in between.
    page.context.set_offline(True)
    page.locator(f'[name="n-{one.key}"]').fill("16")
    playwright.expect(page.locator("[data-saved]")).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    page.context.set_offline(False)
    page.goto("about:blank")
    page.goto(address)
    playwright.expect(page.locator("[data-saved]")).to_contain_text("บันทึกแล้ว")
    page.goto("about:blank")
    page.goto(address)
    assert page.locator(f'[name="n-{one.key}"]').input_value() == "16"
    # The field that is still quarrelled over has both words: here, and with the officer.
    assert page.locator(f'[name="n-{other.key}"]').input_value() == "๗"
    assert report.answers.get(question=other).value_milli == 99_000
