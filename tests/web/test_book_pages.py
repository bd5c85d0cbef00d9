"""The books on their pages: two tabs, numbers taken and cancelled, prints, settings, the stamp."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.web.conftest import Receive
from tests.world import World
from thamthan.letters.actions import confirm_reading, open_register
from thamthan.letters.models import Letter, Register, RegisterNumber
from thamthan.letters.queries import readings_of
from thamthan.letters.rules import Direction

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(world: World) -> Register:
    return open_register(
        by=world.clerk, direction=Direction.SENT, first_year=2026, agency_code="พบ 72401"
    )


def sent(clerk: Client, **more: str) -> int:
    form = {
        "book": str(Register.objects.get(direction="sent").pk), "on": "20 มี.ค. 69",
        "addressee": "นายอำเภอบ้านลาด", "subject": "รายงานผลโครงการ", "kind": "external",
        "urgency": "normal", **more,
    }  # fmt: skip
    return clerk.post("/letters/sent/new/", form).status_code


def test_a_letter_is_entered_shown_cancelled_and_printed(
    clerk: Client, world: World, book: Register
) -> None:
    assert sent(clerk, is_circular="1") == 302
    assert sent(clerk, subject="") == 422
    letter = Letter.objects.get(direction="sent")
    assert "พบ 72401/ว 1" in clerk.get(f"/letters/{letter.pk}/").content.decode()
    assert "รายงานผลโครงการ" in clerk.get("/letters/sent/").content.decode()
    number = RegisterNumber.objects.get(letter=letter)
    address = f"/registers/numbers/{number.pk}/cancelling/"
    assert clerk.post(address, {"reason": ""}).status_code == 422
    assert clerk.post(address, {"reason": "พิมพ์ผิด"}).status_code == 302
    page = clerk.get("/letters/sent/").content.decode()
    assert "ยกเลิก: พิมพ์ผิด" in page
    sheet = clerk.get(f"/letters/books/{book.pk}/print/?year=2569&form=xlsx")
    active = load_workbook(BytesIO(sheet.content)).active
    assert active is not None
    cells = [cell.value for row in active.iter_rows() for cell in row]
    assert {"พบ 72401/ว 1", "ว 1", "เลขทะเบียนส่ง", "ยกเลิก: พิมพ์ผิด"} <= set(cells)
    paper = clerk.get(f"/letters/books/{book.pk}/print/?from=1 มี.ค. 69&to=31 มี.ค. 69")
    assert paper.content.startswith(b"%PDF-")
    assert clerk.get(f"/letters/books/{book.pk}/print/?from=เมื่อวาน").status_code == 400


def test_numbers_are_reserved_and_given_back_on_the_settings_page(
    clerk: Client, book: Register
) -> None:
    form = {"count": "2", "reserved_for": "กองช่าง", "reason": "ประกวดราคา", "until": "31 มี.ค. 69"}
    address = f"/registers/{book.pk}/reservation/"
    assert clerk.post(address, {**form, "reason": ""}).status_code == 422
    assert clerk.post(address, form).status_code == 302
    assert "เลขที่จองไว้ 2 เลข" in clerk.get("/registers/").content.decode()
    row = RegisterNumber.objects.get(number=2)
    assert (
        clerk.post(f"/registers/numbers/{row.pk}/release/", {"reason": "ไม่ใช้"}).status_code == 302
    )
    assert sent(clerk, reserved=str(RegisterNumber.objects.get(number=1).pk)) == 302
    assert sent(clerk) == 302
    assert sorted(Letter.objects.filter(direction="sent").values_list("number", flat=True)) == [
        "พบ 72401/1", "พบ 72401/3",
    ]  # fmt: skip


def test_a_register_is_opened_and_set(clerk: Client, world: World) -> None:
    form = {
        "organisation": world.welfare.code, "direction": "sent", "year_kind": "calendar",
        "first_number": "12", "agency_code": "ไม่ใช่รหัส",
    }  # fmt: skip
    assert clerk.post("/registers/new/", form).status_code == 422
    assert clerk.post("/registers/new/", {**form, "agency_code": ""}).status_code == 302
    book = Register.objects.get(organisation=world.welfare)
    change = {"agency_code": "พบ ๗๒๔๐๕", "year_kind": "calendar", "circulars": "separate",
              "first_circular": "4"}  # fmt: skip
    assert clerk.post(f"/registers/{book.pk}/", change).status_code == 302
    book.refresh_from_db()
    assert (book.agency_code, book.circulars) == ("พบ 72405", "separate")
    assert Register.objects.get(organisation=world.welfare, series="circular").first_number == 4


def test_a_text_letter_has_a_stamp_sheet(
    clerk: Client, world: World, register: None, received: Receive
) -> None:
    letter = received()
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    confirm_reading(
        letter, reading, by=world.clerk, seen_version=letter.version,
        received_at=letter.received_at,
    )  # fmt: skip
    assert "ใบปะหน้า" in clerk.get(f"/letters/{letter.pk}/files/1/stamp/").content.decode()
    copy = clerk.get(f"/letters/{letter.pk}/files/1/stamped/?save")
    assert copy.content.startswith(b"%PDF-")
    assert copy["Content-Disposition"].startswith("attachment")
