"""A project in a browser: begun, written, its place tapped on the map; nothing is lost."""

import re
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.directives.orders import cascaded
from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, log_in, new_page
from tests.projects.projects import proposed
from tests.world import World
from thamthan.organisations.models import Boundary
from thamthan.projects.models import Project

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[99.8, 13.0], [99.9, 13.0], [99.9, 13.1], [99.8, 13.1], [99.8, 13.0]]],
}


def come_in(page: Any, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/log-in/")
    log_in(page)
    playwright.expect(page.locator("main")).to_be_visible()


def is_saved(page: Any) -> None:
    playwright.expect(page.locator("[data-saved]")).to_contain_text("บันทึกแล้ว")


def tap(page: Any, across: float, down: float) -> None:
    """On the map, at these parts of its width and height."""
    drawn = page.locator("[data-map] .place-map")
    drawn.scroll_into_view_if_needed()
    box = drawn.bounding_box()
    drawn.click(position={"x": box["width"] * across, "y": box["height"] * down})


def tap_area(page: Any) -> None:
    """An area by its corners, in the row that came by itself."""
    page.get_by_label("ชนิด").nth(1).select_option("area")
    page.get_by_label("ที่ 2", exact=True).fill("แนวปลูกต้นไม้")
    page.get_by_role("button", name="แตะบนแผนที่").nth(1).click()
    for across, down in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6)):
        tap(page, across, down)


@pytest.mark.parametrize("size", SIZES)
def test_a_project_is_begun_written_and_placed(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    cascaded(world, [world.nong_kapu])
    Boundary.objects.create(code=world.nong_kapu.covers[0], name="หนองกะปุ", geometry=SQUARE)
    page = new_page(browser, size)
    eyes = Eyes(page, size)
    come_in(page, live_server)
    page.goto(f"{live_server.url}/projects/new/")
    eyes.look("projects-1-new", whole=True)
    page.get_by_role("link", name="สวนสาธารณะและพื้นที่สีเขียว").click()
    page.get_by_label("ชื่อโครงการหรือกิจกรรม").fill("ปรับปรุงสวนสาธารณะหมู่ที่ 3")
    page.get_by_role("button", name="เริ่มเขียน").click()
    playwright.expect(page.locator("[data-lacking]")).to_contain_text("ยังขาด")
    eyes.look("projects-2-writing", whole=True)

    page.get_by_label("เป้าหมาย", exact=True).first.fill("สวน 1 แห่ง ประชาชน 850 คน")
    is_saved(page)
    playwright.expect(page.locator("[data-lacking]")).not_to_contain_text("เป้าหมายยังมีช่อง")

    # A point by one tap; the middle of the map is the middle of the tambon.
    page.get_by_label("ที่ 1", exact=True).fill("ลานกลางบ้าน")
    tap(page, 0.5, 0.5)
    playwright.expect(page.get_by_label("ละติจูด").first).to_have_value(re.compile(r"13\.0[45]\d{4}"))
    playwright.expect(page.locator("[data-lacking]")).not_to_contain_text("สถานที่บนแผนที่")
    tap_area(page)
    eyes.look("projects-3-places", whole=True)
    page.get_by_role("button", name="บันทึกสถานที่").click()
    is_saved(page)
    project = Project.objects.get()
    point, area = project.places.all()
    # A pixel of a phone is some metres.
    assert abs(point.latitude_e6 - 13_050_000) < 600
    assert abs(point.longitude_e6 - 99_850_000) < 600
    assert len(area.outline) == 3

    page.goto(f"{live_server.url}/projects/{project.pk}/")
    playwright.expect(page.locator("main")).to_contain_text("แนวปลูกต้นไม้")
    eyes.look("projects-4-page", whole=True)
    page.goto(f"{live_server.url}/projects/")
    eyes.look("projects-5-list", whole=True)
    page.context.close()
    assert not eyes.complaints
    assert project.targets == "สวน 1 แห่ง ประชาชน 850 คน"
    assert project.steps.count() == 6


def test_what_was_typed_is_offered_back_after_a_lost_log_in(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    project = proposed(world.clerk)
    page = new_page(browser, "desk")
    come_in(page, live_server)
    address = f"{live_server.url}/projects/{project.pk}/writing/"
    page.goto(address)
    page.context.clear_cookies()
    page.get_by_label("วัตถุประสงค์").fill("เขียนไว้ตอนสัญญาณหลุด")
    playwright.expect(page.locator("[data-saved]")).to_contain_text("เก็บไว้ในเครื่องนี้")
    project.refresh_from_db()
    assert project.objectives != "เขียนไว้ตอนสัญญาณหลุด"
    page.goto(f"{live_server.url}/log-in/")
    log_in(page)
    page.goto(address)
    page.get_by_role("button", name="นำกลับมา").click()
    is_saved(page)
    page.context.close()
    project.refresh_from_db()
    assert project.objectives == "เขียนไว้ตอนสัญญาณหลุด"


def test_two_who_write_the_same_project_overwrite_nothing(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    project = proposed(world.clerk)
    page = new_page(browser, "desk")
    come_in(page, live_server)
    page.goto(f"{live_server.url}/projects/{project.pk}/writing/")
    Project.objects.update(version=7, targets="ของผู้อื่น")
    page.get_by_label("วัตถุประสงค์").fill("ของฉัน")
    playwright.expect(page.locator("[data-conflict]")).to_contain_text("มีผู้อื่นบันทึกโครงการนี้ก่อนท่าน")
    project.refresh_from_db()
    assert (project.targets, project.version) == ("ของผู้อื่น", 7)
    page.context.close()


def test_places_are_typed_without_scripts(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    project = proposed(world.clerk)
    context = browser.new_context(java_script_enabled=False, locale="th-TH")
    page = context.new_page()
    come_in(page, live_server)
    page.goto(f"{live_server.url}/projects/{project.pk}/writing/")
    page.get_by_label("ที่ 1", exact=True).fill("ลานกลางบ้าน")
    page.get_by_label("ละติจูด").first.fill("๑๓.๐๕")
    page.get_by_label("ลองจิจูด").first.fill("99.85")
    page.get_by_role("button", name="บันทึกสถานที่").click()
    playwright.expect(page.locator("main")).to_contain_text("บันทึกแล้ว")
    context.close()
    assert project.places.get().latitude_e6 == 13_050_000
