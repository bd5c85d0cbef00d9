"""The whole life of a letter in a real browser, each of its people at their own desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.storage import default_storage
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, log_in, new_page
from tests.letters.drafts import open_books
from tests.papers import paper
from tests.world import PASSWORD, World
from thamthan.letters.models import Disposal, Letter
from thamthan.organisations.actions import create_person
from thamthan.organisations.models import Organisation

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER
BANGKOK = ZoneInfo("Asia/Bangkok")
ARRIVED = datetime(2026, 3, 20, 14, 5, tzinfo=BANGKOK)
SURVEYED = datetime(2028, 2, 1, 10, 0, tzinfo=BANGKOK)
SILENCE_OVER = datetime(2028, 4, 5, 10, 0, tzinfo=BANGKOK)
SUBJECT = "การสำรวจผู้สูงอายุที่อาศัยอยู่ลำพัง"
BODY = """ตามที่อ้างถึง อำเภอบ้านลาดให้สำรวจผู้สูงอายุที่อาศัยอยู่ลำพังในพื้นที่ นั้น

องค์การบริหารส่วนตำบลหนองกะปุได้สำรวจแล้ว ปรากฏผลดังนี้

๑. ผู้สูงอายุที่อาศัยอยู่ลำพัง จำนวน ๔๕ คน

๒. ในจำนวนนี้ต้องการความช่วยเหลือเร่งด่วน ๗ คน

จึงเรียนมาเพื่อโปรดทราบ"""


def heads_of_divisions(world: World) -> None:
    """Where the demo has nobody: the head of the chief clerk's office, and that of welfare."""
    for login, name, code, title in (
        ("somying", "นางสมหญิง บุญส่ง", "6760607-01", "หัวหน้าสำนักปลัด"),
        ("wipha", "นางวิภา งามดี", "6760607-05", "ผู้อำนวยการกองสวัสดิการสังคม"),
    ):
        create_person(
            login, name=name, password=PASSWORD, must_change_password=False,
            organisation=Organisation.objects.get(code=code), role="head", title=title,
            from_on=date(2025, 10, 1), by=world.administrator,
        )  # fmt: skip


class Office:
    """The browser of whoever is at their desk now, and the eyes that look along."""

    def __init__(self, browser: Any, live_server: LiveServer, size: str) -> None:
        self.browser, self.url, self.size = browser, live_server.url, size
        self.complaints: list[str] = []
        self.count = 0

    @contextmanager
    def desk_of(self, login: str) -> Iterator[Any]:
        page = new_page(self.browser, self.size)
        page.goto(f"{self.url}/log-in/")
        log_in(page, login)
        playwright.expect(page.locator("main h1")).to_be_visible()
        self.eyes = Eyes(page, self.size)
        yield page
        self.complaints += self.eyes.complaints
        page.context.close()

    def look(self, name: str) -> None:
        self.count += 1
        self.eyes.look(f"life-{self.count:02}-{name}", whole=True)


def says(page: Any, words: str) -> None:
    playwright.expect(page.locator("main")).to_contain_text(words)


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def comes_in_and_is_registered(office: Office) -> None:
    with office.desk_of("somjai") as page:
        page.get_by_role("link", name="รับหนังสือ", exact=True).first.click()
        file = {
            "name": "หนังสืออำเภอบ้านลาด.txt",
            "mimeType": "text/plain",
            "buffer": paper().encode(),
        }
        page.get_by_label("ไฟล์หนังสือ").set_input_files(file)
        press(page, "รับเข้าและอ่าน")
        page.wait_for_url("**/confirmation/")
        office.look("confirm")
        page.locator(".act-bar .button.main").click()
        says(page, "เลขรับ 100/2569")
        office.look("registered")
        page.get_by_role("radio", name="เพื่อโปรดพิจารณา").check()
        press(page, "เสนอตามสาย")
        says(page, "เส้นทางของหนังสือ")
        office.look("put-up")


def goes_up_and_down(office: Office) -> None:
    for login, words in (
        ("somying", "เห็นควรดำเนินการตามหนังสือนี้"),
        ("palad", "เพื่อโปรดพิจารณาสั่งการ"),
    ):
        with office.desk_of(login) as page:
            office.look(f"desk-{login}")
            page.locator("a.task-title").first.click()
            page.get_by_role("radio", name=words).check()
            press(page, "ลงนาม")
            says(page, "ลงนามแล้ว")
    with office.desk_of("nayok") as page:
        page.locator("a.task-title").first.click()
        page.get_by_role("radio", name="เขียนเอง").check()
        page.get_by_label("ความเห็น").fill("มอบกองสวัสดิการสังคมสำรวจและรายงานอำเภอให้ทันกำหนด")
        page.get_by_role("radio", name="มอบตามที่เลือกด้านล่าง").check()
        page.get_by_role("checkbox", name="กองสวัสดิการสังคม").check()
        office.look("executive")
        press(page, "ลงนาม")
        says(page, "ผู้รับมอบเห็นเรื่องนี้")
    with office.desk_of("malee") as page:
        page.locator("a.task-title").first.click()
        press(page, "รับเรื่อง")
        says(page, "รับเรื่องแล้ว")
        office.look("division-took-it")


def is_answered(office: Office) -> None:
    with office.desk_of("malee") as page:
        page.goto(f"{office.url}/letters/{Letter.objects.get().pk}/")
        press(page, "ร่างหนังสือตอบ")
        page.wait_for_url("**/drafts/*/")
        page.get_by_label("เนื้อความ").fill(BODY)
        page.get_by_label("ผู้ลงนาม").fill("นายประเสริฐ ทองหนองกะปุ")
        page.get_by_label("ตำแหน่ง", exact=True).fill("นายกองค์การบริหารส่วนตำบลหนองกะปุ")
        playwright.expect(page.locator("[data-saved]")).to_contain_text("บันทึกแล้ว ครั้งที่")
        playwright.expect(page.locator("[data-drawing]")).to_contain_text("ตรงกับที่พิมพ์")
        office.look("answer")
        press(page, "เสนอตามลำดับ")
        says(page, "เสนอร่างแล้ว")
        office.look("answer-put-up")
    for login in ("wipha", "somying", "palad"):
        with office.desk_of(login) as page:
            page.goto(f"{office.url}/drafts/")
            page.locator("a.task-title").first.click()
            press(page, "เห็นชอบ เสนอต่อ")
            says(page, "เห็นชอบและเสนอต่อแล้ว")
    with office.desk_of("nayok") as page:
        page.goto(f"{office.url}/drafts/")
        office.look("drafts-of-the-executive")
        page.locator("a.task-title").first.click()
        press(page, "ลงนาม")
        says(page, "ลงนามแล้ว")
        office.look("answer-signed")


def is_numbered_and_sent(office: Office) -> None:
    with office.desk_of("somjai") as page:
        page.goto(f"{office.url}/drafts/")
        page.locator("a.task-title").first.click()
        office.look("to-number")
        press(page, "ออกเลขและวันที่")
        page.wait_for_url("**/sendings/*/new/")
        page.locator('input[name="who"][value="some"]').check()
        for box in page.locator('input[name="code"]').all():
            box.check()
        office.look("whom-to-send-to")
        press(page, "ส่ง")
        says(page, "ลงรับแล้ว 0 จาก 15 ราย")
        office.look("sent-to-fifteen")


def is_taken_by_one_press(office: Office) -> None:
    with office.desk_of("somsak") as page:
        page.get_by_role("link", name=SUBJECT).first.click()
        office.look("arrived-in-the-system")
        press(page, "ลงรับ")
        says(page, "ผู้ส่งทราบเลขและเวลาแล้ว")
    with office.desk_of("somjai") as page:
        page.goto(f"{office.url}/sendings/")
        page.get_by_role("link", name=SUBJECT).first.click()
        says(page, "ลงรับแล้ว 1 จาก 15 ราย")
        office.look("one-has-taken-it")


def is_finished_and_filed(office: Office, letter: Letter) -> None:
    with office.desk_of("somjai") as page:
        page.goto(f"{office.url}/letters/{letter.pk}/")
        office.look("answered")
        press(page, "เรียบร้อย เอาออกจากโต๊ะ")
        page.get_by_role("link", name="ส่งเก็บและยืม").click()
        page.get_by_label("อายุการเก็บ").select_option("routine")
        page.get_by_label("ที่เก็บ", exact=True).fill("ห้องเก็บเอกสาร ชั้น 2 สำนักปลัด")
        page.get_by_label("กล่องหรือตู้").fill("12")
        page.get_by_label("แฟ้ม").fill("สส 1")
        office.look("to-file")
        press(page, "ส่งเก็บ")
        says(page, "ครบอายุการเก็บ 31 ธ.ค. 2570")
        office.look("filed")


def is_listed_and_judged(office: Office) -> None:
    with office.desk_of("somjai") as page:
        page.goto(f"{office.url}/storage/")
        office.look("store")
        page.get_by_role("link", name="การทำลายหนังสือ").click()
        office.look("expired")
        press(page, "จัดทำบัญชีขอทำลาย 1 ฉบับ")
        for at, name in enumerate(("นายวิชัย พงษ์เพชร", "นางมาลี แก้วกระจ่าง", "นายธนา ช่างเพชร")):
            page.locator(f'[name="name-{at}"]').fill(name)
            page.locator(f'[name="title-{at}"]').fill("ปลัดองค์การบริหารส่วนตำบล")
        office.look("committee")
        press(page, "บันทึกคณะกรรมการ")
        page.get_by_label("มติ เลขรับ 100").select_option("destroy")
        office.look("to-judge")
        press(page, "บันทึกมติ")
        page.get_by_label("ส่งเมื่อวันที่").fill("1 ก.พ. 71")
        press(page, "บันทึกว่าส่งแล้ว")
        says(page, "ไม่ตอบภายใน 60 วันถือว่าไม่ขัดข้อง")
        office.look("archives-asked")


def is_destroyed(office: Office, letter: Letter) -> None:
    with office.desk_of("somjai") as page:
        page.goto(f"{office.url}/disposals/{Disposal.objects.get().pk}/")
        press(page, "บันทึกคำตอบ")
        says(page, "รอหัวหน้าหน่วยงานอนุมัติ")
    with office.desk_of("nayok") as page:
        page.goto(f"{office.url}/disposals/{Disposal.objects.get().pk}/")
        press(page, "อนุมัติให้ทำลาย")
        office.look("to-destroy")
        page.get_by_label("พิมพ์จำนวนหนังสือที่จะทำลายเพื่อยืนยัน").fill("1")
        press(page, "ทำลายถาวร")
        says(page, "ทำลายเมื่อ")
        office.look("list-done")
        page.get_by_role("link", name=SUBJECT).click()
        says(page, "ไฟล์และข้อความไม่อยู่แล้ว ทะเบียนและประวัติยังอยู่")
        says(page, letter.files.get().file.sha256)
        office.look("destroyed")


@pytest.mark.parametrize("size", SIZES)
def test_the_whole_life_of_a_letter(
    size: str, world: World, live_server: LiveServer, browser: Any
) -> None:
    office = Office(browser, live_server, size)
    with time_machine.travel(ARRIVED):
        heads_of_divisions(world)
        open_books(world.clerk, code="พบ 72401")
        open_books(world.tha_sen_clerk, code="พบ 72601")
        comes_in_and_is_registered(office)
        goes_up_and_down(office)
        is_answered(office)
        is_numbered_and_sent(office)
        is_taken_by_one_press(office)
        letter = Letter.objects.get(organisation=world.nong_kapu, direction="received")
        is_finished_and_filed(office, letter)
    with time_machine.travel(SURVEYED):
        is_listed_and_judged(office)
    file = letter.files.get().file
    assert default_storage.exists(file.path)
    with time_machine.travel(SILENCE_OVER):
        is_destroyed(office, letter)
    assert not default_storage.exists(file.path)
    assert not office.complaints
