"""A letter up the chain in a browser: the executive signs in two taps, a division takes it."""

from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, log_in, new_page
from tests.letters.endorsed import put_up, waiting_step, waiting_steps
from tests.world import World
from thamthan.letters.actions import pass_step
from thamthan.letters.models import Endorsement
from thamthan.letters.rules import Instruction

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER


def come_in(page: Any, live_server: LiveServer, login: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/log-in/")
    log_in(page, login)
    playwright.expect(page.locator("main")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_executive_signs_in_two_taps_and_the_division_takes_it(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    letter = put_up(world)
    pass_step(
        waiting_step(letter), by=world.chief_clerk, instruction=Instruction.AGREE,
        opinion="เห็นควรมอบกองสวัสดิการสังคมสำรวจตามแบบที่ส่งมา และรายงานให้ทันกำหนด",
    )  # fmt: skip
    page = new_page(browser, size)
    eyes = Eyes(page, size)

    come_in(page, live_server, "nayok")
    playwright.expect(page.locator("h1")).to_contain_text("รอท่าน 1 เรื่อง")
    eyes.look("endorse-1-desk")
    page.locator("a.task-title").first.click()
    eyes.look("endorse-2-asked")
    eyes.look("endorse-2-asked-whole", whole=True)
    press = page.get_by_role("radio", name="ทราบ มอบปลัดดำเนินการ")
    sign = page.get_by_role("button", name="ลงนาม", exact=True)
    press.check()
    sign.click()
    playwright.expect(page.locator("main")).to_contain_text("ลงนามแล้ว")
    assert Endorsement.objects.filter(step__routing__letter=letter).count() == 3

    come_in(page, live_server, "palad")
    page.locator("a.task-title").first.click()
    page.get_by_text("มอบต่อ", exact=True).click()
    page.get_by_role("checkbox", name="กองช่าง").check()
    page.get_by_role("checkbox", name="กองสวัสดิการสังคม").check()
    page.locator('input[name=lead][value="division:6760607-05"]').check()
    eyes.look("endorse-3-assign", whole=True)
    page.get_by_role("button", name="มอบต่อและลงนาม").click()
    playwright.expect(page.locator("main")).to_contain_text("ผู้รับมอบเห็นเรื่องนี้")
    assert len(waiting_steps(letter)) == 2

    come_in(page, live_server, "malee")
    page.locator("a.task-title").first.click()
    eyes.look("endorse-4-division")
    page.get_by_role("button", name="รับเรื่อง").click()
    playwright.expect(page.locator("main")).to_contain_text("รับเรื่องแล้ว")
    eyes.look("endorse-5-route", whole=True)

    page.context.close()
    assert not eyes.complaints


@pytest.mark.parametrize("size", SIZES)
def test_a_clerk_looks_at_the_chain_the_words_and_the_signature(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    page = new_page(browser, size)
    eyes = Eyes(page, size)
    come_in(page, live_server, "somjai")
    for name, address, words in (
        ("endorse-6-chains", "/chains/", "สายการเสนอ"),
        ("endorse-7-chain", "/chains/letter/", "ผู้เกษียน"),
        ("endorse-8-phrases", "/chains/phrases/", "ข้อความสำเร็จรูป"),
        ("endorse-9-account", "/account/", "ลายมือชื่อ"),
    ):
        page.goto(live_server.url + address)
        playwright.expect(page.locator("main")).to_contain_text(words)
        eyes.look(name, whole=True)
    page.context.close()
    assert not eyes.complaints
