"""One order in a browser, in four log-ins: the Ministry, the province, the district, an office."""

import re
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, log_in, new_page
from tests.letters.drafts import open_books
from tests.world import World
from thamthan.cli.demo_circular import circular_order
from thamthan.directives.models import Assignment, Handing, Order
from thamthan.letters.actions import deliver_sendings
from thamthan.organisations.models import Post

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER


class Desk:
    """One person's browser, with eyes on each page."""

    def __init__(self, browser: Any, size: str, server: LiveServer, login: str) -> None:
        self.page = new_page(browser, size)
        self.eyes = Eyes(self.page, size)
        self.url = server.url
        self.page.goto(f"{self.url}/log-in/")
        log_in(self.page, login)
        playwright.expect(self.page.locator("main")).to_be_visible()

    def open(self, address: str) -> Any:
        self.page.goto(f"{self.url}{address}")
        return self.page

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state("networkidle")


def handed_down(desk: Desk, order: Order, by: Post, codes: str, *, look: str) -> None:
    page = desk.open(f"/orders/{order.pk}/cascade/")
    if codes:
        page.locator('input[name="whom"][value="codes"]').check()
        page.locator('textarea[name="codes"]').fill(codes)
        desk.press("ดูว่าถึงใคร")
    desk.eyes.look(look, whole=True)
    desk.press(re.compile("ถ่ายทอดถึง"))
    order.refresh_from_db()
    assert order.sent is not None
    deliver_sendings(order.sent.pk, by=by)


def received(desk: Desk, title: str) -> None:
    """From the desk to the letter in the queue, and one press."""
    page = desk.open("/")
    page.get_by_role("link", name=title).first.click()
    desk.press(re.compile("^ลงรับ"))
    playwright.expect(page.locator("main")).to_contain_text("รับทราบข้อสั่งการแล้ว")


def passed_on(clerk: Desk, signer: Desk, handing: Handing, *, look: str) -> Order:
    page = clerk.open(f"/handings/{handing.pk}/pass-on/")
    clerk.eyes.look(look, whole=True)
    page.get_by_role("button", name="ร่างหนังสือถ่ายทอด").click()
    page.wait_for_url("**/drafts/*/")
    clerk.eyes.look(f"{look}-draft", whole=True)
    draft = page.url.removeprefix(clerk.url)
    signer.open(draft)
    signer.press(re.compile("^ลงนาม"))
    clerk.open(draft)
    clerk.press(re.compile("^ออกเลข"))
    return Order.objects.get(upper=handing.order, organisation=handing.organisation)


@pytest.mark.parametrize("size", SIZES)
def test_four_people_hand_an_order_down_and_see_it_answered(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    for clerk in (world.governor_officer, world.district_officer, world.clerk):
        open_books(clerk, code=clerk.organisation.agency_code or "พบ 72401")
    from django.utils import timezone

    top = circular_order(
        world.ministry_clerk, world.permanent_secretary, today=timezone.localdate()
    )
    ministry = Desk(browser, size, live_server, "phum")
    handed_down(ministry, top, world.ministry_clerk, "76", look="cascade-1-ministry")

    province, governor = (Desk(browser, size, live_server, one) for one in ("ratree", "phuwa"))
    received(province, top.title)
    handing = Handing.objects.get(organisation=world.phetchaburi)
    second = passed_on(province, governor, handing, look="cascade-2-province")
    handed_down(province, second, world.governor_officer, "7606", look="cascade-3-province-to")

    district, chief = (Desk(browser, size, live_server, one) for one in ("phonthip", "naiamphoe"))
    received(district, top.title)
    handing = Handing.objects.get(organisation=world.ban_lat)
    third = passed_on(district, chief, handing, look="cascade-4-district")
    handed_down(district, third, world.district_officer, "", look="cascade-5-district-to")
    assert Assignment.objects.filter(level="lao").count() == 15 * 15

    office = Desk(browser, size, live_server, "somjai")
    received(office, top.title)
    mine = Handing.objects.get(organisation=world.nong_kapu)
    office.open("/tasks/")
    office.eyes.look("cascade-6-tasks", whole=True)
    office.open(f"/handings/{mine.pk}/")
    office.eyes.look("cascade-7-matter", whole=True)

    boards = (("8-district", district, third), ("9-province", province, second))
    for name, desk, order in (*boards, ("10-ministry", ministry, top)):
        page = desk.open(f"/orders/{order.pk}/board/")
        playwright.expect(page.locator("main")).to_contain_text("ส่งแล้ว 0 จาก 225 งาน")
        desk.eyes.look(f"cascade-{name}-board", whole=True)
        desk.open(f"/orders/{order.pk}/map/")
        desk.eyes.look(f"cascade-{name}-map", whole=True)
    for desk in (ministry, province, governor, district, chief, office):
        assert not desk.eyes.complaints
