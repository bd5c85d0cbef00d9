"""A plan's file in a real browser: looked at line by line with the keys alone, and taken in."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, log_in, new_page
from tests.projects.plans import PARK, ROAD, plan_kept, plan_words
from tests.reading.plans import faults, layouts
from tests.reading.plans.books import Book, Floating, head, project, put
from tests.world import World
from thamthan.projects.actions import add_plan_row
from thamthan.projects.models import PlanImport, PlanRow, Project

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER

LONG_NAME = (
    "โครงการปรับปรุงสวนสาธารณะและติดตั้งเครื่องออกกำลังกายกลางแจ้ง พร้อมปรับภูมิทัศน์บริเวณลานอเนกประสงค์"
    " หมู่ที่ 3 บ้านหนองกะปุ ตำบลหนองกะปุ อำเภอบ้านลาด จังหวัดเพชรบุรี"
)


def messy() -> bytes:
    """A plan as offices keep it: changed rows, odd amounts, a box, a wrong total."""
    book = Book()
    sheet = book.sheet("ส่วนที่ 3 ผ.02")
    put(sheet, 1, "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)")
    put(sheet, 2, "ยุทธศาสตร์ที่ 1 ด้านโครงสร้างพื้นฐาน")
    put(sheet, 3, "แผนงานเคหะและชุมชน")
    row = head(sheet, 4)
    put(sheet, row, *project(1, PARK, [100_000, 100_000, 100_000, 750_000, "-"]))
    put(sheet, row + 1, *project(2, LONG_NAME, [0, "1.2 ล้านบาท", "1,20,000", None, "๕๐๐,๐๐๐.-"]))
    put(sheet, row + 2, *project(3, ROAD, [2_450_000, "-", "-", "-", "-"]))
    put(sheet, row + 3, *project(4, "โครงการไฟฟ้าส่องสว่าง", [300_000, "-", "-", "-", "-"]))
    put(sheet, row + 4, "รวม 4 โครงการ", None, None, None, 2_850_000, 0, 0, 0, 0)
    book.float_over(sheet, Floating("แก้ไข ครั้งที่ 1/2567 ลงวันที่ 5 มีนาคม 2567", row + 3, row + 3))
    put(sheet, row + 6, None, None, None, "ข้อความที่ลอยอยู่")
    return book.content()


@pytest.mark.parametrize("size", SIZES)
def test_a_plan_is_looked_at_line_by_line_and_taken_in(
    size: str,
    world: World,
    live_server: LiveServer,
    browser: Any,
    half_past_ten: None,
    tmp_path: Path,
) -> None:
    add_plan_row(plan_kept(world.clerk), plan_words(), by=world.clerk)
    file = tmp_path / "แผนพัฒนา 2566-2570 ฉบับล่าสุด (แก้ไข).xlsx"
    file.write_bytes(messy())
    page = new_page(browser, size, is_mobile=size == "phone")
    eyes = Eyes(page, size)
    page.goto(f"{live_server.url}/plans/")
    log_in(page)
    eyes.look("plans", whole=True)
    page.get_by_role("link", name="นำเข้าจากไฟล์ Excel").click()
    eyes.look("plan-import-new", whole=True)
    page.get_by_label("ไฟล์แผน").set_input_files(str(file))
    page.get_by_role("button", name="อ่านไฟล์").click()
    page.get_by_role("heading", name="ต้องดู 3 แถว จาก 4 แถว").wait_for()
    eyes.look("plan-import", whole=True)
    look_at_the_rest(page, eyes)
    put_right(page, eyes)
    decide(page, eyes, with_keys=size == "desk")
    page.get_by_role("button", name="นำเข้าแผน: เพิ่ม 2 แก้ 1 แถว").click()
    page.get_by_text("นำเข้าแผนแล้ว เพิ่ม 2 แถว แก้ 1 แถว").wait_for()
    eyes.look("plan", whole=True)
    take_up(page, eyes)
    assert eyes.complaints == []
    assert PlanImport.objects.get().state == "agreed"
    assert PlanRow.objects.count() == 4
    assert Project.objects.get().name == LONG_NAME


def look_at_the_rest(page: Any, eyes: Eyes) -> None:
    """What was not understood, and what is said of the sheet."""
    page.get_by_role("link", name="แถวที่อ่านไม่เข้า").click()
    page.get_by_text("ไม่มีลำดับที่และไม่ต่อจากโครงการใด").wait_for()
    eyes.look("plan-import-refused", whole=True)
    page.get_by_role("link", name="แผ่นงาน", exact=True).click()
    page.get_by_text("แต่บวกแถวข้างบนได้").first.wait_for()
    eyes.look("plan-import-sheets", whole=True)
    page.get_by_role("link", name="ต้องดู", exact=True).click()


def put_right(page: Any, eyes: Eyes) -> None:
    """A cell that nobody could read is corrected; what is no amount is refused beside it."""
    line = page.locator("[data-line]").nth(1)
    line.wait_for()
    page.wait_for_load_state("networkidle")
    line.locator("summary", has_text="แก้ค่าที่อ่านผิด").click()
    cell = line.get_by_label("งบประมาณ ปี 2568", exact=True)
    cell.fill("แสนสอง")
    eyes.look("plan-import-correcting", whole=True)
    line.get_by_role("button", name="บันทึกที่แก้ แล้วตรวจใหม่").click()
    line.get_by_text("เป็นจำนวนเงินไม่ได้").wait_for()
    line.locator("[aria-invalid=true]:focus").wait_for()
    page.wait_for_load_state("networkidle")
    line.get_by_label("งบประมาณ ปี 2568", exact=True).fill("๑๒๐,๐๐๐.-")
    line.get_by_role("button", name="บันทึกที่แก้ แล้วตรวจใหม่").click()
    line.get_by_text("คนแก้ 1 ช่อง").wait_for()
    eyes.look("plan-import-corrected", whole=True)
    # Looked at anew from the top.
    page.reload()


def decide(page: Any, eyes: Eyes, *, with_keys: bool) -> None:
    """The changed row and the odd amounts are taken, the row under the box is left out."""
    lines = page.locator("[data-line]")
    lines.nth(2).wait_for()
    # A tap before the page's script is there sends the form, as it does without scripts.
    page.wait_for_load_state("networkidle")
    for at, (key, name) in enumerate([("y", "แก้แถวเดิมตามไฟล์"), ("y", "นำเข้า"), ("x", "ไม่นำเข้า")]):
        if with_keys:
            if at == 0:
                page.get_by_text("แป้นพิมพ์").wait_for()
                page.keyboard.press("ArrowDown")
                page.locator("[data-line]:focus").wait_for()
            page.keyboard.press(key)
        else:
            lines.nth(at).get_by_role("button", name=name, exact=True).tap()
        lines.nth(at).locator("[aria-pressed=true]").wait_for()
    page.get_by_role("heading", name="พร้อมนำเข้า 3 แถว").wait_for()
    eyes.look("plan-import-decided", whole=True)


def take_up(page: Any, eyes: Eyes) -> None:
    """A row's own page, its form, and the project that it becomes."""
    page.get_by_role("link", name=LONG_NAME).click()
    eyes.look("plan-row", whole=True)
    page.get_by_role("link", name="บันทึกการแก้ไขหรือเปลี่ยนแปลงแผน").click()
    eyes.look("plan-row-amend", whole=True)
    page.go_back()
    page.get_by_role("button", name="ยกขึ้นเป็นโครงการ").click()
    page.get_by_text("ยกแถวในแผนขึ้นเป็นโครงการแล้ว").wait_for()


def test_a_long_file_reads_well(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None, tmp_path: Path
) -> None:
    file = tmp_path / "แผน.xlsx"
    page = new_page(browser, "desk")
    eyes = Eyes(page, "desk")
    page.goto(f"{live_server.url}/plans/imports/new/")
    log_in(page)
    for name, content in (
        ("money", faults.money_as_words().content),
        ("merged", layouts.continued().content),
    ):
        file.write_bytes(content)
        page.goto(f"{live_server.url}/plans/imports/new/")
        page.get_by_label("ไฟล์แผน").set_input_files(str(file))
        page.get_by_role("button", name="อ่านไฟล์").click()
        page.locator("[data-line]").first.wait_for()
        eyes.look(f"plan-import-{name}", whole=True)
    assert eyes.complaints == []
