"""The books and the receipt stamp in a real browser, at the desk and on the phone."""

from datetime import date
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, log_in, new_page
from tests.e2e.test_confirming_in_browser import scanned
from tests.world import World
from thamthan.letters.actions import (
    SentParticulars,
    cancel_number,
    confirm_reading,
    enter_sent_letter,
    open_register,
    reserve_numbers,
)
from thamthan.letters.models import Letter, StampPlace
from thamthan.letters.queries import readings_of
from thamthan.letters.rules import Direction

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER


def filled(world: World, monkeypatch: pytest.MonkeyPatch) -> Letter:
    today = date(2026, 6, 10)
    book = open_register(
        by=world.clerk, direction=Direction.SENT, first_year=2026, agency_code="พบ 72401"
    )
    subjects = ["ขอส่งรายงานผลการดำเนินงานโครงการป้องกันและแก้ไขปัญหาภัยแล้ง ประจำปีงบประมาณ พ.ศ. 2569",
                "ขอเชิญประชุมคณะกรรมการพัฒนาท้องถิ่น", "ตอบข้อหารือการใช้สนามกีฬา"]  # fmt: skip
    sent = [
        enter_sent_letter(
            SentParticulars(subject=words, addressee="นายอำเภอบ้านลาด", is_circular=index == 1),
            [],
            by=world.clerk,
            register=book,
            on=today,
        )
        for index, words in enumerate(subjects)
    ]
    cancel_number(sent[2].numbers.get(), by=world.clerk, reason="พิมพ์ผิด ออกเลขใหม่")
    reserve_numbers(
        book, by=world.clerk, on=today, count=2, reserved_for="กองสวัสดิการสังคม",
        reason="หนังสือแจ้งเบี้ยยังชีพ", until=date(2026, 6, 12),
    )  # fmt: skip
    letter = scanned(world, monkeypatch, by_hand=False)
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    letter.refresh_from_db()
    return confirm_reading(
        letter, reading, by=world.clerk, seen_version=letter.version,
        received_at=letter.received_at,
    )  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_the_books_and_the_stamp(
    size: str,
    world: World,
    live_server: LiveServer,
    browser: Any,
    half_past_ten: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letter = filled(world, monkeypatch)
    page = new_page(browser, size, is_mobile=size == "phone")
    page.goto(f"{live_server.url}/letters/sent/")
    log_in(page)
    page.wait_for_url("**/letters/sent/")
    eyes = Eyes(page, size)
    eyes.look("30-book-sent", whole=True)
    for name, address in (
        ("31-book-received", "/letters/"),
        ("32-registers", "/registers/"),
        ("33-sent-new", "/letters/sent/new/"),
        ("34-stamp", f"/letters/{letter.pk}/files/1/stamp/"),
    ):
        page.goto(f"{live_server.url}{address}")
        eyes.look(name, whole=True)
    # By keys: a millimetre a press, five with Shift; then kept.
    before = float(page.locator("#f-left").input_value())
    page.locator(".stamp").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    assert float(page.locator("#f-left").input_value()) == before - 6
    # By the mouse: dragged to the middle of the page.
    box = page.locator(".stamp").bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 90, steps=4)
    page.mouse.up()
    left = float(page.locator("#f-left").input_value())
    assert left < before - 6
    page.get_by_role("button", name="เก็บที่นี้").click()
    page.wait_for_load_state("networkidle")
    assert StampPlace.objects.filter(file__letter=letter).exists()
    assert float(page.locator("#f-left").input_value()) == left
    eyes.look("35-stamp-kept", whole=True)
    assert eyes.complaints == []
