"""Evidence in a real browser: from the phone over a line that breaks, and judged at the desk."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SCREENSHOTS, SIZES, Eyes, log_in, new_page
from tests.pictures import packed, scene
from tests.projects.evidence import PDF, attached, photo, under_way
from tests.reading.test_photographs import BAN_LAT, exif
from tests.web.conftest import BANGKOK
from tests.world import World
from thamthan.projects.actions import attach_evidence, attach_link, judge_evidence
from thamthan.projects.models import Evidence, Project
from thamthan.projects.rules import EvidenceKind
from thamthan.records.models import Upload
from thamthan.records.queries import content_of

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER

NOW = datetime(2026, 3, 20, 14, 0, tzinfo=BANGKOK)
NAME = (
    "ปรับปรุงสวนสาธารณะและลานออกกำลังกายเพื่อสุขภาพของผู้สูงอายุและเด็ก หมู่ที่ 3 ตำบลหนองกะปุ อำเภอบ้านลาด"
    " พร้อมติดตั้งเครื่องออกกำลังกายกลางแจ้งและไฟฟ้าส่องสว่างพลังงานแสงอาทิตย์ ประจำปีงบประมาณ พ.ศ. 2569"
)


@pytest.fixture
def friday() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def project(world: World, friday: None) -> Project:
    return under_way(world.clerk, name=NAME, begins_on=date(2026, 2, 1), ends_on=date(2026, 4, 30))


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A photograph of some megabytes, as telephones make them: many pieces."""
    path = tmp_path / "IMG_20260310_091500.jpg"
    image = scene(11, size=(3000, 2250))
    path.write_bytes(
        packed(
            image,
            quality=97,
            exif=exif(taken="2026:03:10 09:15:00", offset="+07:00", place=BAN_LAT),
        )
    )
    assert path.stat().st_size > 1_500_000
    return path


def opened(browser: Any, live_server: LiveServer, size: str, login: str, address: str) -> Any:
    page = new_page(browser, size, is_mobile=size == "phone")
    page.goto(f"{live_server.url}/log-in/?next={address}")
    log_in(page, login)
    page.wait_for_url(f"**{address}")
    return page


class Line:
    """The line between browser and server: breaks after so many bytes, until it is mended."""

    def __init__(self, page: Any, *, breaks_at: int) -> None:
        self.breaks_at: int | None = breaks_at
        self.offsets: list[int] = []
        page.route("**/uploads/**", self.carry)

    def carry(self, route: Any) -> None:
        offset = int(route.request.headers.get("upload-offset", "0"))
        if self.breaks_at is not None and offset >= self.breaks_at:
            route.abort("internetdisconnected")
            return
        if route.request.method == "PATCH":
            self.offsets.append(offset)
        route.continue_()

    def mend(self) -> None:
        self.breaks_at = None
        self.offsets.clear()


def test_a_picture_from_the_phone_goes_on_when_the_line_comes_back(
    world: World, project: Project, large: Path, browser: Any, live_server: LiveServer
) -> None:
    address = f"/projects/{project.pk}/evidence/new/"
    page = opened(browser, live_server, "phone", "malee", address)
    eyes = Eyes(page, "phone")
    eyes.look("evidence-new", whole=True)
    line = Line(page, breaks_at=600_000)
    page.get_by_label("หลังทำ", exact=True).check()
    page.locator("#f-camera").set_input_files(large)
    page.get_by_text("จะส่งต่อจากที่ค้างเมื่อกลับมา").wait_for()
    page.screenshot(path=SCREENSHOTS / "evidence-cut-phone.png")
    received = Upload.objects.get().received
    assert 600_000 <= received < large.stat().st_size
    assert not Evidence.objects.exists()
    line.mend()
    page.get_by_text("เพิ่มแล้ว").wait_for()
    playwright.expect(page.locator(".added img")).to_have_js_property("naturalWidth", 480)
    eyes.look("evidence-added", whole=True)
    # On from where it was cut, and each piece once.
    assert line.offsets[0] == received
    assert line.offsets == sorted(set(line.offsets))
    evidence = Evidence.objects.get()
    assert evidence.file is not None
    assert content_of(evidence.file) == large.read_bytes()
    assert evidence.kind == EvidenceKind.AFTER
    # What the browser itself says of a line that is cut is no fault of the page.
    assert [one for one in eyes.complaints if "ERR_INTERNET_DISCONNECTED" not in one] == []


def test_a_page_loaded_anew_goes_on_with_the_same_file(
    world: World, project: Project, large: Path, browser: Any, live_server: LiveServer
) -> None:
    address = f"/projects/{project.pk}/evidence/new/?kind=before"
    page = opened(browser, live_server, "phone", "malee", address)
    page.on("dialog", lambda dialog: dialog.accept())
    line = Line(page, breaks_at=600_000)
    page.locator("#f-files").set_input_files(large)
    page.get_by_text("จะส่งต่อจากที่ค้างเมื่อกลับมา").wait_for()
    received = Upload.objects.get().received
    page.reload()
    line.mend()
    page.locator("#f-files").set_input_files(large)
    page.get_by_text("เพิ่มแล้ว").wait_for()
    assert line.offsets[0] == received > 0
    assert Upload.objects.count() == Evidence.objects.count() == 1
    assert Evidence.objects.get().kind == EvidenceKind.BEFORE


def test_what_is_no_picture_is_told_on_its_line(
    world: World, project: Project, tmp_path: Path, browser: Any, live_server: LiveServer
) -> None:
    wrong, right = tmp_path / "บันทึก.jpg", tmp_path / "IMG_2.jpg"
    wrong.write_bytes(PDF)
    right.write_bytes(photo(2))
    address = f"/projects/{project.pk}/evidence/new/"
    page = opened(browser, live_server, "phone", "malee", address)
    page.locator("#f-files").set_input_files([wrong, right])
    page.get_by_text("ไฟล์นี้ไม่ใช่ภาพถ่าย").wait_for()
    page.get_by_text("เพิ่มแล้ว").wait_for()
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_of_evidence_stand_in_nobodys_way(
    world: World, project: Project, browser: Any, live_server: LiveServer, size: str
) -> None:
    many(world, project)
    page = opened(browser, live_server, size, "somjai", f"/projects/{project.pk}/evidence/")
    eyes = Eyes(page, size)
    eyes.look("evidence-list", whole=True)
    page.get_by_role("link", name="ตรวจหลักฐาน").click()
    page.get_by_text("ตรวจหลักฐาน เหลือ").wait_for()
    eyes.look("evidence-judging")
    page.get_by_role("button", name="ส่งกลับ").click()
    page.get_by_text("โปรดบอกว่าส่งกลับเพราะอะไร").wait_for()
    page.get_by_label("ความเห็น").fill("ภาพนี้เป็นภาพเดียวกับโครงการซ่อมถนน โปรดถ่ายใหม่")
    page.get_by_role("button", name="ส่งกลับ").click()
    page.get_by_text("ส่งกลับพร้อมความเห็นแล้ว").wait_for()
    page.get_by_role("button", name="เพียงพอ").click()
    page.get_by_text("บันทึกว่าเพียงพอแล้ว").wait_for()
    page.goto(f"{live_server.url}/evidence/{Evidence.objects.filter(state='sent_back')[0].pk}/")
    eyes.look("evidence-one", whole=True)
    page.goto(f"{live_server.url}/projects/{project.pk}/evidence/new/")
    eyes.look("evidence-new", whole=True)
    assert eyes.complaints == []


def many(world: World, project: Project) -> None:
    """Some of every kind, two of them doubtful, as an office has them."""
    road = under_way(world.clerk, name="ซ่อมแซมถนนสายบ้านหนองกะปุ–บ้านไร่", has_place=False)
    attached(road, world.officer, photo(1), EvidenceKind.AFTER)
    far = tuple((BAN_LAT | {2: (13.0, 9.0, 6.0)}).items())
    attached(project, world.officer, photo(1, place=far), EvidenceKind.BEFORE, caption="ลานรกร้าง")
    attached(project, world.officer, photo(1, change="all sides 5 %"), EvidenceKind.AFTER)
    for seed in range(2, 8):
        kind = (EvidenceKind.BEFORE, EvidenceKind.DURING, EvidenceKind.AFTER)[seed % 3]
        row = attached(
            project,
            world.officer,
            photo(seed, taken="2026:01:20 10:00:00" if seed % 3 == 0 else "2026:03:10 09:15:00"),
            kind,
            caption="ปรับพื้นที่และเทคอนกรีตลานออกกำลังกาย" if seed % 2 else "",
        )
        if seed > 4:
            judge_evidence(row, is_adequate=True, by=world.clerk)
    attach_evidence(project, EvidenceKind.PAPER, PDF, by=world.officer, name="ใบตรวจรับพัสดุ.pdf")
    attach_link(project, "https://example.go.th/park", by=world.officer, caption="ข่าวเปิดสวน")
