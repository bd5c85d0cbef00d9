"""A round of fifteen houses as its district reads it: what stands out, charts, figures."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, come_in
from tests.reports.reports import accepted, clerk_of, nil, opened, report_of, told
from tests.reports.test_charts import again, people_of
from tests.reports.test_shared import both
from tests.world import World
from thamthan.letters.queries import local_governments_below
from thamthan.reports.models import Round

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER

LATE = "งบประมาณจากกรมส่งเสริมการปกครองท้องถิ่นโอนล่าช้า ดำเนินการได้ไม่ทันในไตรมาสที่ 2"
PEOPLE = [850, 420, 310, 275, 640, 9100, 505, 380, 295, 460, 515, 330, 340]


def full(world: World) -> Round:
    """Thirteen told, one nil, one never; one lies far from the others; a round before."""
    houses = list(local_governments_below(world.district_officer))
    first = opened(world, houses)
    for at, house in enumerate(houses[:12]):
        told(report_of(first, house), {"people": PEOPLE[at] * 700})
    accepted(first, world.district_officer, *houses[:12])
    later = again(first, 2, [], world)
    for at, (house, people) in enumerate(zip(houses, PEOPLE, strict=False)):
        texts = {
            "obstacles": f"{LATE}\nพื้นที่หมู่ที่ {at + 1} น้ำท่วมขัง",
            "suggestions": "ขอให้โอนงบประมาณภายในไตรมาสแรก",
        }
        money = {"approved": (200 + at * 40) * 1_000_000, "paid": (150 + at * 17) * 1_000_000}
        told(report_of(later, house), {"people": people * 1000, **money}, texts=texts)
    nil(report_of(later, houses[13]), clerk_of(houses[13]))
    accepted(later, world.district_officer, *houses[:14])
    return later


@pytest.mark.parametrize("size", SIZES)
def test_a_round_is_read_from_what_stands_out_to_the_slide(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    round_ = full(world)
    page, eyes = come_in(browser, live_server, "phonthip", size)
    page.goto(f"{live_server.url}/reports/rounds/{round_.pk}/")
    eyes.look("s0-round", whole=True)
    page.get_by_role("link", name="สิ่งที่เด่น").click()
    playwright.expect(page.locator("h1")).to_contain_text("ตัวเลขที่ควรดูก่อน")
    eyes.look("s1-outstanding", whole=True)
    page.goto(f"{live_server.url}/reports/rounds/{round_.pk}/questions/{people_of(round_).pk}/")
    playwright.expect(page.locator("figcaption").first).to_contain_text("มากที่สุดที่")
    eyes.look("s2-question", whole=True)
    with page.expect_download() as got:
        page.get_by_role("link", name="ภาพสำหรับสไลด์ PNG").first.click()
    assert Path(got.value.path()).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    page.goto(f"{live_server.url}/reports/rounds/{round_.pk}/figures/")
    playwright.expect(page.locator("h1")).to_contain_text("รายงานแล้ว 14 จาก 15 แห่ง")
    eyes.look("s3-figures", whole=True)
    assert not eyes.complaints


@pytest.mark.parametrize("size", SIZES)
def test_one_event_of_two_reports_is_seen_side_by_side_and_counted_once(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    round_ = opened(world, [world.nong_kapu, world.tha_sen, world.ban_lat_municipality])
    both(world, round_)
    told(report_of(round_, world.ban_lat_municipality), {"people": 70_000})
    houses = (world.nong_kapu, world.tha_sen, world.ban_lat_municipality)
    accepted(round_, world.district_officer, *houses)
    page, eyes = come_in(browser, live_server, "phonthip", size)
    page.goto(f"{live_server.url}/reports/rounds/{round_.pk}/")
    page.get_by_role("link", name="เรื่องที่อาจนับซ้ำ").click()
    playwright.expect(page.locator("h1")).to_contain_text("มี 1 คู่")
    eyes.look("s4-shared", whole=True)
    page.get_by_role("button", name="เรื่องเดียวกัน นับครั้งเดียว").click()
    playwright.expect(page.locator("h1")).to_contain_text("ไม่มีเรื่องที่รอตัดสิน")
    eyes.look("s5-shared-decided", whole=True)
    page.goto(f"{live_server.url}/reports/rounds/{round_.pk}/questions/{people_of(round_).pk}/")
    playwright.expect(page.locator("main")).to_contain_text("หักซ้ำแล้ว 300")
    eyes.look("s6-question-less", whole=True)
    assert not eyes.complaints
