"""The store and a disposal through the pages: each step, its refusal, and who may take it."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.papers import paper
from tests.web.conftest import BANGKOK, LogIn, Receive
from tests.web.test_letter_pages import shown_fields
from tests.world import World
from thamthan.letters.models import Disposal, Letter

LATER = datetime(2028, 2, 1, 10, 0, tzinfo=BANGKOK)
AGREED = datetime(2028, 4, 5, 10, 0, tzinfo=BANGKOK)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def stored(clerk: Client, register: None, received: Receive) -> Letter:
    """Received, confirmed, finished and filed through the pages."""
    letter = received()
    form = shown_fields(clerk, letter)
    assert clerk.post(f"/letters/{letter.pk}/confirmation/", form).status_code == 302
    letter.refresh_from_db()
    clerk.post(f"/letters/{letter.pk}/finish/", {"version": str(letter.version)})
    address = f"/letters/{letter.pk}/keeping/"
    filing = {"deed": "file", "retention": "routine", "place": "", "box": "", "folder": ""}
    assert clerk.post(address, filing).status_code == 422
    assert clerk.post(address, {**filing, "place": "ห้องเก็บ"}).status_code == 302
    return letter


def test_the_store_lends_and_its_lists_are_printed(
    world: World, log_in_as: LogIn, clerk: Client, stored: Letter
) -> None:
    address = f"/letters/{stored.pk}/keeping/"
    lending = {"deed": "lend", "borrower": "นางมาลี", "unit": "", "lent_on": "20 มี.ค. 69"}
    assert clerk.post(address, {**lending, "due_on": "เมื่อไรก็ได้"}).status_code == 422
    assert clerk.post(address, {**lending, "due_on": "27 มี.ค. 69"}).status_code == 302
    assert "นางมาลี" in text_of(clerk.get("/storage/"))
    for kind in ("filing", "store", "loans"):
        sheet = clerk.get(f"/storage/{kind}.csv")
        assert sheet.content.startswith(b"\xef\xbb\xbf")
        assert stored.subject in text_of(sheet)
    assert clerk.get("/storage/store.xlsx").content.startswith(b"PK")
    assert clerk.get("/storage/store.pdf").content.startswith(b"%PDF")
    assert clerk.get("/storage/nothing.csv").status_code == 404
    assert clerk.get("/storage/store.exe").status_code == 404
    assert stored.subject not in text_of(log_in_as(world.neighbour_clerk).get("/storage/store.csv"))
    loan = stored.loans.get()
    back = f"/letters/{stored.pk}/loans/{loan.pk}/return/"
    assert log_in_as(world.officer).post(back).status_code == 403
    assert clerk.post(back).status_code == 302
    assert clerk.post(back).status_code == 409


def test_a_disposal_goes_through_its_steps_on_the_pages(
    world: World, log_in_as: LogIn, stored: Letter
) -> None:
    with time_machine.travel(LATER):
        clerk = log_in_as(world.clerk)
        assert "ครบอายุการเก็บ 1 ฉบับ" in text_of(clerk.get("/disposals/"))
        assert log_in_as(world.officer).post("/disposals/").status_code == 403
        assert clerk.post("/disposals/").status_code == 302
        disposal = Disposal.objects.get()
        where = f"/disposals/{disposal.pk}/"
        assert log_in_as(world.neighbour_clerk).get(where).status_code == 404
        two = {"name-0": "นายวิชัย", "title-0": "ปลัด", "name-1": "นางมาลี", "title-1": "นักพัฒนาชุมชน"}
        refused = clerk.post(f"{where}committee/", two)
        assert refused.status_code == 400
        assert 'value="นางมาลี"' in text_of(refused)
        three = {**two, "name-2": "นายธนา", "title-2": "ผู้อำนวยการกองช่าง"}
        assert clerk.post(f"{where}committee/", three).status_code == 302
        line = disposal.lines.get()
        judged = clerk.post(f"{where}judgements/", {f"fate-{line.pk}": "destroy"})
        assert judged.status_code == 302
        assert clerk.post(f"{where}archives/", {"asked_on": ""}).status_code == 400
        assert clerk.post(f"{where}archives/", {"asked_on": "1 ก.พ. 71"}).status_code == 302
        assert "60 วัน" in text_of(clerk.post(f"{where}answer/", {"answer": ""}))
        assert stored.subject in text_of(clerk.get(f"{where}list.csv"))
    with time_machine.travel(AGREED):
        clerk, head = log_in_as(world.clerk), log_in_as(world.executive)
        assert clerk.post(f"{where}answer/", {"answer": ""}).status_code == 302
        assert clerk.post(f"{where}approval/").status_code == 403
        assert head.post(f"{where}destruction/", {"count": "1"}).status_code == 409
        assert head.post(f"{where}approval/").status_code == 302
        assert log_in_as(world.officer).get(f"{where}export.zip").status_code == 403
        _everything_can_be_taken_out_first(head, where)
        assert clerk.post(f"{where}destruction/", {"count": "1"}).status_code == 403
        assert head.post(f"{where}destruction/", {"count": "๒"}).status_code == 400
        assert head.post(f"{where}destruction/", {"count": "๑"}).status_code == 302
        page = text_of(clerk.get(f"/letters/{stored.pk}/"))
        assert "ทำลายแล้ว" in page
        assert stored.files.get().file.sha256 in page
        assert paper()[:200] not in page
        assert clerk.get(f"/letters/{stored.pk}/files/1/").status_code == 404
        assert clerk.get(f"/letters/{stored.pk}/confirmation/").status_code == 302
        assert "ทำลายแล้ว" in text_of(clerk.get("/letters/?year=2569"))


def _everything_can_be_taken_out_first(head: Client, where: str) -> None:
    packed = b"".join(head.get(f"{where}export.zip").streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
    assert sorted(re.sub(r".*/", "", name) for name in names) == [
        "01 หนังสือ.txt", "letters.json", "register.csv",
    ]  # fmt: skip
