"""Orders in a browser: a clause is split where words are selected; all is done without scripts."""

from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.directives.orders import issued
from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, log_in, new_page
from tests.world import World
from thamthan.directives.actions import begin_order, load_policies
from thamthan.directives.listed import shipped_policies
from thamthan.directives.models import Order
from thamthan.directives.rules import OrderState

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER


def begun(world: World) -> Order:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    letter = issued(world.district_officer, world.district_chief)
    return begin_order(letter, by=world.district_officer)


def come_in(page: Any, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/log-in/")
    log_in(page, "phonthip")
    playwright.expect(page.locator("main")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_clauses_are_worked_over_in_their_place(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    order = begun(world)
    page = new_page(browser, size)
    eyes = Eyes(page, size)
    come_in(page, live_server)
    page.goto(f"{live_server.url}/orders/{order.pk}/clauses/")
    eyes.look("orders-1-clauses", whole=True)
    page.get_by_role("button", name="ถูกต้อง ใช้กับทุกข้อ").click()
    playwright.expect(page.locator("#clauses")).to_contain_text("ทุกข้อเป็นไปตาม")

    row = order.directives.get(number="1.1")
    page.locator(f"#u-clause-{row.pk} .clause-links a").click()
    text = page.get_by_label("ข้อความของข้อ")
    playwright.expect(text).to_be_focused()
    eyes.look("orders-2-clause", whole=True)
    text.evaluate("field => field.setSelectionRange(0, 20)")
    page.get_by_role("button", name="แยกตรงที่เลือก").click()
    playwright.expect(page.locator(".clause-list")).to_contain_text("1.1/1")
    row.refresh_from_db()
    parts = order.directives.filter(number__in=["1.1", "1.1/1"]).values_list("text", flat=True)
    assert "".join(parts).replace(" ", "") == row.words.replace(" ", "")

    page.locator("#whole a", has_text="เปลี่ยน").last.click()
    page.get_by_label("วันที่กำหนดเอง").fill("25 มี.ค. 69")
    eyes.look("orders-3-asked", whole=True)
    page.get_by_role("button", name="บันทึก", exact=True).click()
    playwright.expect(page.locator("#whole")).to_contain_text("25 มี.ค. 2569")
    # The last deed is a page of its own, and it says what stands now.
    page.get_by_role("button", name="รับไว้ดำเนินการ").click()
    playwright.expect(page.locator("main")).to_contain_text("ข้อเหล่านี้จึงคงเดิม")
    eyes.look("orders-4-taken-up")
    page.context.close()
    assert not eyes.complaints


def test_orders_are_taken_up_without_scripts(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    order = begun(world)
    context = browser.new_context(java_script_enabled=False, locale="th-TH")
    page = context.new_page()
    come_in(page, live_server)
    page.goto(f"{live_server.url}/orders/{order.pk}/clauses/")
    row = order.directives.get(number="1.1")
    page.locator(f"#u-clause-{row.pk} .clause-links a").click()
    page.get_by_label("ข้อความของข้อ").fill("ลดรายจ่าย\nเพิ่มรายได้")
    page.get_by_role("button", name="แยกตามบรรทัด").click()
    playwright.expect(page.locator(".clause-list")).to_contain_text("เพิ่มรายได้")
    page.get_by_role("button", name="รับไว้ดำเนินการ").click()
    playwright.expect(page.locator("main")).to_contain_text("ข้อเหล่านี้จึงคงเดิม")
    context.close()
    assert Order.objects.get(pk=order.pk).state == OrderState.ADOPTED
