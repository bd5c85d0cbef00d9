"""The page on which a letter is written: nothing typed is lost, and the paper is seen at once."""

import uuid
from typing import Any

import pytest
from django.test import Client

from tests.letters.drafts import PARTS, head_of_welfare, open_books
from tests.web.conftest import PNG, LogIn
from tests.world import World
from thamthan.letters.actions import start_draft
from thamthan.letters.models import Draft, Letterhead, Register
from thamthan.letters.rules import DraftParts

pytestmark = pytest.mark.django_db


def form(draft: Draft, **more: Any) -> dict[str, Any]:
    draft.refresh_from_db()
    words = {name: value for name, value in draft.parts.items() if isinstance(value, str)}
    return {**words, "version": str(draft.version), **more}


@pytest.fixture
def draft(world: World) -> Draft:
    return start_draft(PARTS, by=world.clerk)


def test_rows_are_kept_in_their_order(clerk: Client, draft: Draft) -> None:
    rows = {
        "references-0-agency": "อำเภอบ้านลาด",
        "references-0-number": "พบ ๐๖๑๘/๑",
        "references-0-dated": "2 มีนาคม 2569",
        "references-2-agency": "จังหวัดเพชรบุรี",
        "enclosures-0-name": "แบบรายงาน",
        "enclosures-0-quantity": "1",
        "enclosures-0-unit": "ชุด",
    }
    clerk.post(f"/drafts/{draft.pk}/", form(draft, **rows))
    draft.refresh_from_db()
    assert [one["agency"] for one in draft.parts["references"]] == ["อำเภอบ้านลาด", "จังหวัดเพชรบุรี"]
    assert draft.parts["enclosures"] == [{"name": "แบบรายงาน", "quantity": "1", "unit": "ชุด"}]
    page = clerk.get(f"/drafts/{draft.pk}/").content.decode()
    # There is an empty row more, for the next.
    assert 'name="references-2-agency" value=""' in page


def test_what_another_saved_is_told_and_the_words_stay(
    world: World, clerk: Client, draft: Draft, log_in_as: LogIn
) -> None:
    mine = form(draft, subject="ของสมใจ")
    other = log_in_as(world.officer)
    assert other.post(f"/drafts/{draft.pk}/save/", form(draft, subject="ของมาลี")).status_code == 200
    told = clerk.post(f"/drafts/{draft.pk}/save/", mine)
    assert told.status_code == 409
    assert told.json()["version"] == 2
    assert "นางมาลี แก้วกระจ่าง" in told.json()["message"]
    # Without a script the page itself says so, with what was typed still in it.
    page = clerk.post(f"/drafts/{draft.pk}/", mine)
    assert page.status_code == 409
    assert 'value="ของสมใจ"' in page.content.decode()
    draft.refresh_from_db()
    assert draft.subject == "ของมาลี"
    assert "กำลังเขียนร่างนี้อยู่" in clerk.get(f"/drafts/{draft.pk}/").content.decode()
    assert clerk.get(f"/drafts/{draft.pk}/state/").json()["by"] == "นางมาลี แก้วกระจ่าง"


def test_a_saving_sent_again_is_the_same_saving(clerk: Client, draft: Draft) -> None:
    sent = form(draft, subject="ใหม่", save_ref=str(uuid.uuid4()))
    for _ in range(2):
        assert clerk.post(f"/drafts/{draft.pk}/save/", sent).json()["version"] == 2


def test_an_old_state_comes_back_as_the_newest(clerk: Client, draft: Draft) -> None:
    clerk.post(f"/drafts/{draft.pk}/", form(draft, subject="ใหม่"))
    assert PARTS.subject in clerk.get(f"/drafts/{draft.pk}/versions/1/").content.decode()
    clerk.post(f"/drafts/{draft.pk}/versions/1/", {"version": "2"})
    draft.refresh_from_db()
    assert (draft.version, draft.subject) == (3, PARTS.subject)


def test_the_picture_tells_what_is_missing(clerk: Client, world: World) -> None:
    empty = start_draft(DraftParts(), by=world.clerk)
    page = clerk.post(f"/drafts/{empty.pk}/preview/", form(empty, addressee="นายกรัฐมนตรี"))
    shown = page.content.decode()
    assert "ยังไม่มีเนื้อความ" in shown
    assert "ผู้รับนี้ใช้คำขึ้นต้น “กราบเรียน”" in shown
    assert 'data-opening="กราบเรียน"' in shown
    assert "data:image/png;base64," in shown
    empty.refresh_from_db()
    assert empty.version == 1, "looking saves nothing"


def test_the_letterhead_takes_the_offices_own_picture(clerk: Client, world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    fields = {"agency": "ที่ทำการ อบต.หนองกะปุ", "address": "หมู่ ๓", "contacts": "", "owner_unit": ""}
    emblem = SimpleUploadedFile("ตรา.png", PNG, content_type="image/png")
    assert clerk.post("/drafts/letterhead/", {**fields, "emblem": emblem}).status_code == 302
    head = Letterhead.objects.get()
    assert head.emblem is not None
    clerk.post("/drafts/letterhead/", fields)
    head.refresh_from_db()
    assert head.emblem is not None, "without a new picture the old one stays"


def test_the_page_tells_where_the_draft_waits_and_skips_who_is_away(
    world: World, clerk: Client, draft: Draft, log_in_as: LogIn
) -> None:
    head_of_welfare(world)
    mine = start_draft(PARTS, by=world.officer)
    officer, executive = log_in_as(world.officer), log_in_as(world.executive)
    officer.post(f"/drafts/{mine.pk}/deed/", {"deed": "submit", "version": "1"})
    page = officer.get(f"/drafts/{mine.pk}/").content.decode()
    assert "รออยู่ที่ <strong>หัวหน้ากองของเจ้าของเรื่อง</strong>" in page
    assert "ดึงกลับมาแก้" in page
    skipping = page.split('action="/steps/')[1].split('"')[0]
    # Whoever may do neither is offered neither.
    other = executive.get(f"/drafts/{mine.pk}/").content.decode()
    assert "ดึงกลับมาแก้" not in other
    assert "/skip/" not in other
    assert executive.post(f"/steps/{skipping}", {"reason": "ไปราชการ"}).status_code == 403
    told = officer.post(f"/steps/{skipping}", {"reason": "ไปราชการ"}, follow=True)
    shown = told.content.decode()
    assert "รออยู่ที่ <strong>ปลัดองค์การบริหารส่วนตำบล</strong>" in shown
    assert "ไปราชการ" in shown


def test_a_reserved_number_is_offered_and_given(
    world: World, clerk: Client, log_in_as: LogIn
) -> None:
    open_books(world.clerk, code="พบ 72401")
    book = Register.objects.get(organisation=world.nong_kapu, direction="sent")
    form = {"count": "1", "reserved_for": "กองช่าง", "reason": "ประกวดราคา", "until": "31 มี.ค. 69"}
    assert clerk.post(f"/registers/{book.pk}/reservation/", form).status_code == 302
    draft = start_draft(PARTS, by=world.clerk)
    log_in_as(world.executive).post(f"/drafts/{draft.pk}/deed/", {"deed": "sign", "version": "1"})
    page = clerk.get(f"/drafts/{draft.pk}/").content.decode()
    assert "เลขถัดไป (101)" in page
    assert "100/2569 จองให้ กองช่าง" in page
    number = book.numbers.get()
    wrong = clerk.post(f"/drafts/{draft.pk}/number/", {"on": "20 มี.ค. 69", "reserved": "x"})
    assert wrong.status_code == 400
    chosen = {"on": "20 มี.ค. 69", "reserved": str(number.pk)}
    assert clerk.post(f"/drafts/{draft.pk}/number/", chosen).status_code == 302
    draft.refresh_from_db()
    assert draft.letter is not None
    assert draft.letter.number == "พบ 72401/ว 100"
