"""Tasks of an order in a real browser: received in two taps, answered, judged, beside a twin."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from tests.directives.orders import PARTS, adopted, in_hands_of, issued
from tests.e2e.conftest import IN_BROWSER, SIZES, come_in
from tests.letters.drafts import open_books
from tests.web.conftest import BANGKOK
from tests.world import World
from thamthan.directives.actions import (
    answer_tasks,
    ask_extension,
    ask_question,
    cascade_order,
    hand_to_divisions,
    return_answers,
)
from thamthan.directives.models import Handing
from thamthan.letters.actions import deliver_sendings

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER

LONG = (
    "จัดทำฐานข้อมูลกลุ่มเปราะบางรายครัวเรือนให้ครบทุกหมู่บ้าน โดยบูรณาการข้อมูลจากโรงพยาบาลส่งเสริมสุขภาพตำบล"
    " อาสาสมัครสาธารณสุขประจำหมู่บ้าน และกำนันผู้ใหญ่บ้าน พร้อมปรับปรุงข้อมูลให้เป็นปัจจุบันทุกเดือน"
    " และนำผลไปใช้จัดลำดับความช่วยเหลือโดยคำนึงถึงผู้สูงอายุ คนพิการ และผู้มีรายได้น้อยเป็นลำดับแรก"
)
MEASURES = (
    LONG, "ลดรายจ่ายของครัวเรือน", "ส่งเสริมสินค้าชุมชน", "จัดการขยะต้นทางทุกครัวเรือน",
    "ปรับปรุงสวนสาธารณะ", "ตรวจสอบแหล่งน้ำอุปโภคบริโภค", "ซ่อมแซมถนนที่ชำรุด",
    "เฝ้าระวังไข้เลือดออก", "จัดศูนย์รับเรื่องร้องเรียน", "สำรวจไฟฟ้าสาธารณะ", "ประชาสัมพันธ์การท่องเที่ยว",
    "จัดอบรมอาชีพผู้สูงอายุ", "ขุดลอกคูคลอง",
)  # fmt: skip
BODY = (
    "ด้วยกระทรวงมหาดไทยมีนโยบายสำคัญเร่งด่วน จึงขอให้ท่านดำเนินการ ดังนี้\n\n"
    + "\n\n".join(f"{at}. {words}" for at, words in enumerate(MEASURES, start=1))
    + "\n\nในการนี้ ขอให้จัดทำแผนงาน/โครงการเพื่อเสนอขอรับการสนับสนุนงบประมาณ และรายงานผลการดำเนินงานให้อำเภอ"
    "ภายในวันที่ ๒๗ มีนาคม ๒๕๖๙\n\nจึงเรียนมาเพื่อพิจารณาดำเนินการ"
)
TOLD = "ลงพื้นที่สำรวจแล้ว 12 หมู่บ้าน 1,245 ครัวเรือน"


@pytest.fixture
def tuesday() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 24, 9, 0, tzinfo=BANGKOK)):
        yield


def handed(world: World) -> Handing:
    """Fifteen tasks of the district, and the same asked by the province by another route."""
    open_books(world.clerk, code="พบ 72401")
    order = adopted(
        issued(world.district_officer, world.district_chief, parts=replace(PARTS, body=BODY)),
        world.district_officer,
    )
    cascade_order(order, [world.nong_kapu, world.tha_sen], by=world.district_officer)
    twin = adopted(
        issued(
            world.governor_officer,
            world.governor,
            parts=replace(
                PARTS, body=BODY.replace("๒๗ มีนาคม", "๒๕ มีนาคม").replace("อำเภอ", "จังหวัด")
            ),
            code="พบ 0023.3",
        ),
        world.governor_officer,
    )
    cascade_order(twin, [world.nong_kapu], by=world.governor_officer)
    for one in (order, twin):
        assert one.sent is not None
        deliver_sendings(one.sent.pk, by=world.district_officer)
    return in_hands_of(order, world.nong_kapu)


def busy(world: World, handing: Handing) -> None:
    """Answers, one of them sent back, a question, a request for time, and tasks of a division."""
    rows = list(handing.assignments.order_by("pk"))
    answer_tasks(handing, rows[:3], by=world.clerk, text=TOLD, seen_at=timezone.now())
    return_answers(
        rows[1:2], by=world.district_officer, note="ขอภาพถ่ายก่อนและหลัง", seen_at=timezone.now()
    )
    ask_question(handing, by=world.clerk, text="นับครัวเรือนตามทะเบียนบ้านหรือตามที่อยู่จริง", task=rows[3])
    ask_extension(
        handing, by=world.clerk, until=date(2026, 4, 3), reason="น้ำท่วมสามหมู่บ้าน เข้าพื้นที่ไม่ได้"
    )
    (below,) = hand_to_divisions(handing, {world.welfare: True}, by=world.clerk, tasks=rows[4:6])
    proposed = list(below.assignments.all())
    answer_tasks(
        below, proposed, by=world.officer, text="กองเสนอให้ใช้แผนเดิม", seen_at=timezone.now()
    )


@pytest.mark.parametrize("size", SIZES)
def test_a_matter_is_received_answered_and_judged(
    size: str, world: World, live_server: LiveServer, browser: Any, tuesday: None
) -> None:
    clerk, eyes = come_in(browser, live_server, "somjai", size)
    clerk.goto(f"{live_server.url}/tasks/")
    eyes.look("t0-none")
    handing = handed(world)
    clerk.goto(f"{live_server.url}/")
    eyes.look("t1-desk")
    clerk.goto(f"{live_server.url}/tasks/")
    eyes.look("t2-tasks", whole=True)
    clerk.locator(f"a.task-title[href='/handings/{handing.pk}/']").click()
    eyes.look("t3-new", whole=True)
    clerk.get_by_role("button", name="รับทราบ").click()
    playwright.expect(clerk.get_by_role("status")).to_contain_text("รับทราบแล้ว")

    busy(world, handing)
    clerk.goto(f"{live_server.url}/handings/{handing.pk}/")
    clerk.get_by_text("ขอขยายเวลา", exact=True).first.click()
    eyes.look("t4-under-way", whole=True)
    clerk.get_by_role("link", name="เทียบข้อต่อข้อ").first.click()
    eyes.look("t5-twins", whole=True)
    clerk.get_by_role("button", name="เป็นเรื่องเดียวกัน", exact=True).click()
    playwright.expect(clerk.get_by_role("status")).to_contain_text("เชื่อมเป็นเรื่องเดียวกันแล้ว")
    twin = Handing.objects.exclude(root=handing.root_id).get(organisation=world.nong_kapu)
    clerk.goto(f"{live_server.url}/handings/{twin.pk}/")
    clerk.get_by_role("link", name="ใช้คำตอบเดียวกัน").first.click()
    playwright.expect(clerk.locator("details[open] textarea")).to_have_value(TOLD)
    eyes.look("t6-offered", whole=True)

    district, district_eyes = come_in(browser, live_server, "phonthip", size)
    district_eyes.look("t7-desk-of-giver")
    district.goto(f"{live_server.url}/tasks/")
    district_eyes.look("t8-tasks-of-giver")
    district.goto(f"{live_server.url}/orders/{handing.order_id}/waiting/")
    district_eyes.look("t9-waiting", whole=True)
    district.goto(f"{live_server.url}/handings/{handing.pk}/answers/")
    district_eyes.look("t10-review", whole=True)
    district.get_by_role("button", name="รับรองผลข้อที่เลือก").click()
    playwright.expect(district.get_by_role("status")).to_contain_text("รับรองผลแล้ว 2 ข้อ")
    assert not eyes.complaints
    assert not district_eyes.complaints
