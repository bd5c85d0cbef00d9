"""The board and the map in a real browser: drawn, pointed at, pressed; whole without scripts."""

import json
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.directives.country import in_all_hands, invented_tree, matter
from tests.e2e.conftest import IN_BROWSER, LONG, Eyes, log_in, new_page
from tests.world import World
from thamthan.directives.models import Order
from thamthan.organisations.actions import load_boundaries
from thamthan.organisations.models import Organisation

pytestmark = IN_BROWSER


@pytest.fixture
def order(world: World) -> Order:
    """A country of two provinces that lie side by side, each with two districts."""
    tree = invented_tree(world.ministry, provinces=2, districts=4, local_governments=12)
    codes = {"P00000": "90", "P00001": "91", "D00000": "9001", "D00001": "9101"}
    codes |= {"D00002": "9002", "D00003": "9102"}
    for one in tree:
        if one.code in codes:
            Organisation.objects.filter(pk=one.pk).update(code=codes[one.code])
    found = matter(world.ministry_officer, clauses=13)
    in_all_hands(found, tree)
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "th": f"อำเภอ {code}"},
            "geometry": {"type": "Polygon", "coordinates": [square(at)]},
        }
        for at, code in enumerate(["9001", "9002", "9101", "9102", "9901"])
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    load_boundaries(content, by=world.system, write_it=True)
    return found


def square(at: int) -> list[list[float]]:
    west = 100 + at / 10
    return [[west, 13], [west + 0.1, 13], [west + 0.1, 13.1], [west, 13.1], [west, 13]]


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_map_is_drawn_told_and_pressed(
    browser: Any, live_server: LiveServer, world: World, order: Order, size: str
) -> None:
    page = new_page(browser, size)
    eyes = Eyes(page, size)
    page.goto(f"{live_server.url}/orders/{order.pk}/board/")
    log_in(page, "chanida")
    page.get_by_role("heading", name="จาก 12 แห่ง").wait_for(timeout=LONG)
    eyes.look("board")
    page.goto(f"{live_server.url}/orders/{order.pk}/map/")
    page.wait_for_selector('[data-drawn="5"]')
    eyes.look("map")
    # An area without any that has the matter says so; one with some says n of m, and leads down.
    page.locator('.area[data-code="9901"]').hover()
    page.get_by_text("ไม่ได้มอบเรื่องนี้").wait_for()
    page.locator('.area[data-code="9002"]').hover()
    page.locator(".map-told", has_text="จาก 39").wait_for()
    page.locator('.area[data-code="9002"]').click()
    page.wait_for_url("**within=9002**")
    page.get_by_role("heading", name="จาก 39 งาน").wait_for()
    eyes.look("map-district")
    assert not eyes.complaints


def test_without_scripts_the_table_says_it_all(
    browser: Any, live_server: LiveServer, world: World, order: Order
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="th-TH")
    page = context.new_page()
    page.set_default_timeout(LONG)
    page.goto(f"{live_server.url}/orders/{order.pk}/map/?figure=late")
    log_in(page, "chanida")
    page.get_by_role("link", name="อำเภอตัวอย่างที่ 3").click()
    page.get_by_role("heading", name="จาก 39 งาน").wait_for()
    assert page.locator(".area").count() == 0
