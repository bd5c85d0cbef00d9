"""Secrets, the store, a disposal and a covered copy in a real browser, at both sizes."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, ROOT, SIZES, Eyes, log_in, new_page
from tests.papers import paper
from tests.world import World
from thamthan.letters.actions import (
    IncomingFile,
    Member,
    appoint_committee,
    classify_letter,
    confirm_reading,
    draft_disposal,
    file_letter,
    finish_letter,
    lend_letter,
    name_reader,
    open_register,
    receive_letter,
)
from thamthan.letters.models import Letter, RedactedCopy
from thamthan.letters.queries import letter_for, readings_of
from thamthan.letters.rules import Direction
from thamthan.thai.correspondence import Secrecy

playwright = pytest.importorskip("playwright.sync_api")

BANGKOK = ZoneInfo("Asia/Bangkok")
ARRIVED = datetime(2026, 3, 3, 9, 30, tzinfo=BANGKOK)
SCAN = ROOT / "src" / "thamthan" / "data" / "samples" / "district_order_scan.pdf"
LONG = "ซักซ้อมแนวทางการดำเนินการสำรวจและจัดทำฐานข้อมูลผู้สูงอายุที่อาศัยอยู่ลำพังในพื้นที่ " * 2

pytestmark = IN_BROWSER


def registered(world: World, number: int, subject: str) -> Letter:
    by = world.clerk
    text = paper(number=f"พบ ๐๖๑๘/{number}", subject=subject)
    letter = receive_letter(
        [
            IncomingFile(name="หนังสือ.txt", content=text.encode()),
            IncomingFile(name="หนังสือที่สแกน.pdf", content=SCAN.read_bytes()),
        ],
        by=by,
        received_at=ARRIVED,
    )
    letter = letter_for(by, letter.pk)
    reading = readings_of(by, letter).reading
    assert reading is not None
    return confirm_reading(
        letter,
        reading,
        by=by,
        seen_version=letter.version,
        received_at=ARRIVED,
        despite_twins="แนบฉบับเดียวกัน",
    )


@pytest.fixture
def stocked(world: World) -> dict[str, Letter]:
    """A register with a secret letter, an open one, and three in the store, one of them lent."""
    with time_machine.travel(datetime(2026, 3, 20, 14, 0, tzinfo=BANGKOK)):
        open_register(
            by=world.clerk, direction=Direction.RECEIVED, first_year=2026, first_number=614
        )
        letters = {
            name: registered(world, number, subject)
            for number, (name, subject) in enumerate(
                [
                    ("secret", "เรื่องลับ"),
                    ("open", LONG),
                    ("a", LONG),
                    ("b", "การประชุม"),
                    ("c", "ขยะ"),
                ],
                1,
            )
        }
        for name in "abc":
            finish_letter(letters[name], by=world.clerk, seen_version=letters[name].version)
            file_letter(
                letters[name], by=world.clerk, retention="routine",
                place="ห้องเก็บเอกสาร ชั้น 2 สำนักปลัด", box="12", folder="กห 3",
            )  # fmt: skip
        secret = classify_letter(
            letters["secret"], Secrecy.SECRET, by=world.chief_clerk,
            seen_version=letters["secret"].version, reason="มีตรากำกับ",
        )  # fmt: skip
        name_reader(secret, world.officer, by=world.chief_clerk)
        lend_letter(
            letters["c"], by=world.clerk, borrower="นางมาลี แก้วกระจ่าง",
            unit="กองสวัสดิการสังคม", lent_on=date(2026, 3, 20), due_on=date(2026, 3, 27),
        )  # fmt: skip
    return letters


@pytest.mark.parametrize("size", SIZES)
def test_secrets_the_store_and_a_covered_copy(
    size: str, world: World, live_server: LiveServer, browser: Any, stocked: dict[str, Letter]
) -> None:
    with time_machine.travel(datetime(2028, 2, 10, 10, 30, tzinfo=BANGKOK)):
        disposal = draft_disposal(by=world.clerk, year=2028)
        members = [
            Member("นายวิชัย พงษ์เพชร", "ปลัดองค์การบริหารส่วนตำบล", is_chair=True),
            Member("นางมาลี แก้วกระจ่าง", "นักพัฒนาชุมชนชำนาญการ"),
            Member("นายธนา ช่างเพชร", "ผู้อำนวยการกองช่าง"),
        ]
        appoint_committee(disposal, members, by=world.clerk)
        page = new_page(browser, size)
        eyes = Eyes(page, size)
        page.goto(f"{live_server.url}/log-in/")
        log_in(page, "palad")
        secret, shown = stocked["secret"], stocked["open"]
        looks = [
            ("secrets", "/letters/secrets/"),
            ("secret-letter", f"/letters/{secret.pk}/"),
            ("secrecy", f"/letters/{secret.pk}/secrecy/"),
            ("storage", "/storage/"),
            ("keeping", f"/letters/{stocked['c'].pk}/keeping/"),
            ("disposals", "/disposals/"),
            ("disposal", f"/disposals/{disposal.pk}/"),
            ("disclosure", f"/letters/{shown.pk}/disclosure/"),
        ]
        for name, address in looks:
            page.goto(f"{live_server.url}{address}")
            eyes.look(f"keeping-{name}", whole=True)

        page.goto(f"{live_server.url}/letters/{shown.pk}/disclosure/files/2/")
        page.wait_for_load_state("networkidle")
        sheet = page.locator("[data-page='1']").bounding_box()
        x, y = sheet["x"] + sheet["width"] * 0.2, sheet["y"] + sheet["height"] * 0.1
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + sheet["width"] * 0.3, y + 30, steps=4)
        page.mouse.up()
        page.locator("[data-add='1']").click()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Shift+ArrowRight")
        assert page.locator(".cover-box").count() == 2
        assert page.locator("[data-count]").inner_text() == "2"
        eyes.look("keeping-redaction")
        page.get_by_role("button", name="ทำสำเนาปิดทับ").click()
        page.wait_for_load_state("networkidle")
        eyes.look("keeping-redacted")
        assert "ทำสำเนาปิดทับแล้ว" in page.content()
        copy = RedactedCopy.objects.get(letter=shown)
        assert len(copy.boxes) == 2
        page.context.close()
    assert eyes.complaints == []
