"""The story of one letter through the pages: it arrives, is read, is confirmed, is on the desk."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "letters" / "seed" / "letter.txt"
SAMPLE = ROOT / "src" / "thamthan" / "data" / "samples" / "district_order.txt"
BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.fixture
def at_two_on_friday() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 20, 14, 0, tzinfo=BANGKOK)):
        yield


@pytest.fixture
def at_half_past_ten() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 6, 10, 10, 30, tzinfo=BANGKOK)):
        yield


def brought_in(client: Client, text: str) -> str:
    """The clerk logs in, pastes the letter and stands before what was read; gives its address."""
    client.post("/log-in/", {"login": "somjai", "password": PASSWORD})
    opened = client.get("/letters/new/").context["values"]
    answer = client.post("/letters/new/", {**opened, "text": text})
    address: str = answer["Location"].removesuffix("confirmation/")
    return address


def confirmed(client: Client, address: str, **changes: str) -> str:
    """What was read is confirmed with the clerk's changes; gives the page that comes of it."""
    page = client.get(f"{address}confirmation/")
    form = {
        **page.context["values"],
        "shown": page.context["shown"],
        "version": str(page.context["letter"].version),
        "open_register": "1",
        "first_number": "614",
        **changes,
    }
    answer = client.post(f"{address}confirmation/", form, follow=True)
    assert answer.redirect_chain, answer.context["wrong"]
    return answer.content.decode()


@pytest.mark.shared
def test_the_seed_letter_from_its_stamp_to_the_desk(
    world: World, client: Client, at_two_on_friday: None
) -> None:
    if not SEED.is_file():
        pytest.skip("no folder “shared” beside the checkout: the seed letter is not tried")
    address = brought_in(client, SEED.read_text(encoding="utf-8"))

    # The page shows the letter beside what was read, and asks about the stamp's day.
    page = client.get(f"{address}confirmation/").content.decode()
    assert "พบ 0618/665" in page
    assert "ใช้ “20 มี.ค. 2569”" in page
    for opens, closes in (
        ("อา. 15 มี.ค. 2569", "ส. 21 มี.ค. 2569"),
        ("จ. 16 มี.ค. 2569", "อา. 22 มี.ค. 2569"),
        ("จ. 9 มี.ค. 2569", "อา. 15 มี.ค. 2569"),
    ):
        assert f"{opens} ถึง {closes}" in page

    # The clerk takes the suggestion and confirms; the letter has the number of its stamp.
    page = confirmed(client, address, **{"receipt.received_on": "20 มี.ค. 2569"})
    assert "เลขรับ 614/2569" in page
    assert "เหลือหนึ่งวันทำการหรือน้อยกว่า" in page
    assert "เมื่อหนังสือมาถึงวันที่ 20 มี.ค. 2569 14.00 น. เหลือหนึ่งวันทำการหรือน้อยกว่า" in page
    for asked in ("ดำเนินการ", "เสนอแผนงานหรือโครงการ", "รายงานผล"):
        assert f"<strong>{asked}</strong>" in page

    # It stands in the register and on the desk; it is found by its number in either digits.
    for looked_for in ("665", "๖๖๕", "พบ ๐๖๑๘/๖๖๕", "614", "ทำ ทัน"):
        found = client.get("/letters/", {"year": "2569", "q": looked_for}).content.decode()
        assert address in found, looked_for
    desk = client.get("/").content.decode()
    assert "ใกล้กำหนด 1 เรื่อง" in desk
    assert address in desk

    # When what it asks is done, it leaves the desk and stays in the register.
    version = client.get(address).context["letter"].version
    client.post(f"{address}finish/", {"version": version})
    assert address not in client.get("/").content.decode()
    assert address in client.get("/letters/?year=2569").content.decode()


def test_our_own_sample_goes_the_same_way(
    world: World, client: Client, at_half_past_ten: None
) -> None:
    address = brought_in(client, SAMPLE.read_text(encoding="utf-8"))
    assert "พบ 0618/1042" in client.get(f"{address}confirmation/").content.decode()
    assert "เลขรับ 614/2569" in confirmed(client, address)
    assert "รายงานผล" in client.get(address).content.decode()
    assert address in client.get("/").content.decode()
