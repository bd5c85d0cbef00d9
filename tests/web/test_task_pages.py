"""The pages of tasks: what a house must do, one matter of it, and what its giver judges."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.directives.orders import (
    PARTS,
    adopted,
    cascaded,
    in_hands_of,
    issued,
    passed_on,
    task_of,
)
from tests.letters.drafts import open_books
from tests.web.conftest import BANGKOK, LogIn
from tests.world import World
from thamthan.directives.actions import (
    acknowledge_handing,
    answer_tasks,
    ask_extension,
    ask_question,
    cascade_order,
    extend_all,
    hand_to_divisions,
)
from thamthan.directives.models import Assignment, Extension, Handing, Order, Remark
from thamthan.letters.actions import deliver_sendings
from thamthan.letters.models import Draft
from thamthan.letters.queries import letters_seen_by

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_week_after() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 24, 9, 0, tzinfo=BANGKOK), tick=False):
        yield


@pytest.fixture
def order(world: World) -> Order:
    return cascaded(world, [world.nong_kapu, world.tha_sen])


@pytest.fixture
def handing(world: World, order: Order) -> Handing:
    return in_hands_of(order, world.nong_kapu)


@pytest.fixture
def task(world: World, order: Order) -> Assignment:
    return task_of(order, world.nong_kapu)


@pytest.fixture
def district(world: World, log_in_as: LogIn) -> Client:
    return log_in_as(world.district_officer)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def press(client: Client, handing: Handing, deed: str, **more: Any) -> str:
    form = {"deed": deed, "seen_at": timezone.now().isoformat(), **more}
    answer = client.post(f"/handings/{handing.pk}/deed/", form, follow=True)
    return str(answer.content.decode())


def test_a_house_finds_its_tasks_and_receives_them_in_two_taps(
    world: World, clerk: Client, handing: Handing
) -> None:
    assert "รอรับทราบ 1 เรื่อง" in page(clerk, "/")
    assert "การขับเคลื่อนงานตามนโยบายสำคัญเร่งด่วน" in page(clerk, "/tasks/?show=new")
    shown = page(clerk, f"/handings/{handing.pk}/")
    assert "ยังไม่รับทราบ" in shown
    assert "อำเภอบ้านลาด" in shown
    assert "รับทราบแล้ว" in press(clerk, handing, "acknowledge")
    assert "ไม่มีงานที่ยังไม่รับ" in page(clerk, "/tasks/?show=new")


def test_late_stands_first(world: World, log_in_as: LogIn, handing: Handing) -> None:
    with time_machine.travel(datetime(2026, 3, 30, 9, 0, tzinfo=BANGKOK)):
        clerk = log_in_as(world.clerk)
        shown = page(clerk, "/tasks/")
        assert "เลยกำหนด 1 ข้อ" in shown
        assert "เลยกำหนด 3 วัน" in page(clerk, f"/handings/{handing.pk}/")
        assert "เลยกำหนด 1 ข้อ" in page(clerk, "/")


def test_a_house_without_tasks_is_told_how_they_come(clerk: Client) -> None:
    assert "เมื่อมีข้อสั่งการถึงหน่วยงาน งานจะอยู่ที่นี่" in page(clerk, "/tasks/")


def test_a_list_asks_the_database_the_same_whatever_its_length(
    world: World,
    clerk: Client,
    district: Client,
    order: Order,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        letter = issued(
            world.district_officer,
            world.district_chief,
            parts=replace(PARTS, subject=f"เรื่องที่ {number}"),
        )
        another = adopted(letter, world.district_officer)
        cascade_order(another, [world.nong_kapu], by=world.district_officer)
    first = in_hands_of(order, world.nong_kapu)
    answer_tasks(
        first, list(first.assignments.all()), by=world.clerk, text="แล้ว", seen_at=timezone.now()
    )
    for client, address in (
        (clerk, "/tasks/"), (clerk, "/tasks/?show=answered"), (district, "/tasks/"),
        (district, f"/orders/{order.pk}/waiting/"),
    ):  # fmt: skip
        with django_assert_max_num_queries(12):
            page(client, address)


def test_an_answer_is_sent_and_seen_by_the_giver(
    world: World, clerk: Client, district: Client, handing: Handing, task: Assignment
) -> None:
    said = press(clerk, handing, "answer", task=[task.pk], text="จัดทำโครงการแล้ว 3 โครงการ")
    assert "ส่งผลแล้ว 1 ข้อ" in said
    assert "จัดทำโครงการแล้ว 3 โครงการ" in said
    assert "รอพิจารณา 1 รายการ" in page(district, "/")
    assert "จัดทำโครงการแล้ว 3 โครงการ" in page(district, f"/handings/{handing.pk}/answers/")
    assert "รอรับรองผล 1 งาน" in page(district, f"/orders/{handing.order_id}/waiting/")


def test_what_is_refused_leaves_what_was_typed(
    world: World, clerk: Client, handing: Handing, task: Assignment
) -> None:
    shown = press(clerk, handing, "answer", text="เขียนไว้ยาวมาก")
    assert "ยังไม่ได้เลือกข้อ" in shown
    assert "เขียนไว้ยาวมาก" in shown
    shown = press(clerk, handing, "extension", until="วันพระหน้า", text="น้ำท่วม")
    assert "เป็นวันที่ไม่ได้" in shown
    assert "น้ำท่วม" in shown
    assert not Extension.objects.exists()
    assert "ขอขยายเวลาถึง 3 เม.ย. 2569" in press(
        clerk, handing, "extension", until="3 เม.ย. 69", text="น้ำท่วม"
    )


def test_a_page_that_is_old_overwrites_nothing(
    world: World, clerk: Client, handing: Handing, task: Assignment
) -> None:
    answer_tasks(handing, [task], by=world.chief_clerk, text="ของปลัด", seen_at=timezone.now())
    shown = press(
        clerk, handing, "answer", task=[task.pk], text="ของธุรการ",
        seen_at=datetime(2026, 3, 24, 8, 0, tzinfo=BANGKOK).isoformat(),
    )  # fmt: skip
    assert "มีผู้เปลี่ยนงานนี้หลังจากที่ท่านเปิดหน้า" in shown
    task.refresh_from_db()
    assert task.last_word == "ส่งผล: ของปลัด"


def test_the_giver_accepts_some_and_sends_others_back(
    world: World, clerk: Client, district: Client, handing: Handing
) -> None:
    first, second, *_ = handing.assignments.all()
    answer_tasks(handing, [first, second], by=world.clerk, text="แล้ว", seen_at=timezone.now())
    where = f"/handings/{handing.pk}/answers/"
    form = {"seen_at": timezone.now().isoformat()}
    refused = district.post(where, {**form, "deed": "return", "task": second.pk, "text": ""})
    assert "โปรดบอกว่าให้แก้ไขอะไร" in refused.content.decode()
    district.post(where, {**form, "deed": "return", "task": second.pk, "text": "ขอภาพถ่าย"})
    district.post(where, {**form, "deed": "accept", "task": first.pk})
    states = dict(handing.assignments.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk]) == ("done", "returned")
    assert "ขอภาพถ่าย" in page(clerk, f"/handings/{handing.pk}/")


def test_many_are_accepted_at_once(world: World, district: Client, order: Order) -> None:
    for organisation, by in (
        (world.nong_kapu, world.clerk), (world.tha_sen, world.tha_sen_clerk),
    ):  # fmt: skip
        answer_tasks(
            in_hands_of(order, organisation), [task_of(order, organisation)],
            by=by, text="แล้ว", seen_at=timezone.now(),
        )  # fmt: skip
    keys = list(Assignment.objects.filter(state="answered").values_list("pk", flat=True))
    answer = district.post(
        f"/orders/{order.pk}/waiting/",
        {"task": keys, "seen_at": timezone.now().isoformat()},
        follow=True,
    )
    assert "รับรองผลแล้ว 2 งาน" in answer.content.decode()
    assert "ไม่มีอะไรรอพิจารณา" in answer.content.decode()


def test_questions_and_time_wait_in_one_place_and_are_decided(
    world: World, clerk: Client, district: Client, order: Order, handing: Handing
) -> None:
    question = ask_question(handing, by=world.clerk, text="นับครัวเรือนอย่างไร")
    asked = ask_extension(handing, by=world.clerk, until=date(2026, 4, 3), reason="น้ำท่วม")
    waiting = page(district, f"/orders/{order.pk}/waiting/")
    assert "นับครัวเรือนอย่างไร" in waiting
    assert "น้ำท่วม" in waiting
    where = f"/handings/{handing.pk}/answers/"
    district.post(where, {"deed": "reply", "question": question.pk, "text": "ตามทะเบียนบ้าน"})
    district.post(where, {"deed": "grant", "extension": asked.pk, "until": "3 เม.ย. 69"})
    shown = page(clerk, f"/handings/{handing.pk}/")
    assert "ตามทะเบียนบ้าน" in shown
    assert "ขยายเวลาให้แล้ว" in shown


def test_others_neither_see_nor_judge(
    world: World, log_in_as: LogIn, clerk: Client, order: Order, handing: Handing
) -> None:
    for post in (world.neighbour_clerk, world.tha_sen_clerk):
        assert log_in_as(post).get(f"/handings/{handing.pk}/").status_code == 404
    assert clerk.get(f"/handings/{handing.pk}/answers/").status_code == 403
    assert clerk.get(f"/orders/{order.pk}/waiting/").status_code == 403
    assert log_in_as(world.district_officer).get(f"/handings/{handing.pk}/").status_code == 200


def test_a_division_sees_its_own_and_proposes(
    world: World, log_in_as: LogIn, clerk: Client, handing: Handing, task: Assignment
) -> None:
    press(clerk, handing, "divide", division=["6760607-05"], task=[task.pk], text="ภายในวันพุธ")
    (below,) = Handing.objects.filter(organisation=world.welfare)
    malee = log_in_as(world.officer)
    assert "ภายในวันพุธ" in page(malee, f"/handings/{below.pk}/")
    assert below.root.title in page(malee, "/tasks/")
    press(malee, below, "answer", task=[below.assignments.get().pk], text="12 ครัวเรือน")
    assert "12 ครัวเรือน" in page(clerk, f"/handings/{handing.pk}/")
    refused = malee.post(
        f"/handings/{handing.pk}/deed/", {"deed": "answer", "task": task.pk, "text": "แล้ว"}
    )
    assert refused.status_code == 403


def test_one_press_registers_and_receives(
    world: World, clerk: Client, order: Order, handing: Handing
) -> None:
    open_books(world.clerk, code="พบ 72401")
    assert order.sent is not None
    deliver_sendings(order.sent.pk, by=world.district_officer)
    letter = letters_seen_by(world.clerk).get(number=order.sent.number)
    answer = clerk.post(
        f"/letters/{letter.pk}/registering/", {"version": letter.version}, follow=True
    )
    assert "เลขรับ 100 และรับทราบข้อสั่งการแล้ว" in answer.content.decode()
    handing.refresh_from_db()
    assert handing.acknowledged_at is not None


def test_the_answers_become_a_letter_to_the_giver(
    world: World, clerk: Client, order: Order, handing: Handing, task: Assignment
) -> None:
    where = f"/handings/{handing.pk}/report/"
    assert clerk.post(where).status_code == 409
    open_books(world.clerk, code="พบ 72401")
    assert order.sent is not None
    deliver_sendings(order.sent.pk, by=world.district_officer)
    letter = letters_seen_by(world.clerk).get(number=order.sent.number)
    clerk.post(f"/letters/{letter.pk}/registering/", {"version": letter.version})
    assert clerk.post(where).status_code == 409
    clause = handing.assignments.filter(obligation__directive__isnull=False)[0]
    handing.refresh_from_db()
    answer_tasks(handing, [task], by=world.clerk, text="ดำเนินการ 3 โครงการ", seen_at=timezone.now())
    press(clerk, handing, "nil", task=[clause.pk], text="ไม่มีงบประมาณ")
    assert clerk.post(where).status_code == 302
    draft = Draft.objects.get(answers=letter)
    body = draft.parts["body"]
    assert "๑. ข้อ ๑.๑" in body
    assert "ไม่มีผลการดำเนินการ เนื่องจากไม่มีงบประมาณ" in body
    assert "๒. รายงานผล : ดำเนินการ ๓ โครงการ" in body
    assert "{หน่วยงาน}" not in body
    assert Remark.objects.filter(kind="answer").count() == 1


def test_the_desk_says_what_is_due_soon(world: World, clerk: Client, handing: Handing) -> None:
    acknowledge_handing(handing, by=world.clerk)
    assert "ใกล้กำหนด 1 ข้อ" in page(clerk, "/")
    hand_to_divisions(
        handing, {world.welfare: True}, by=world.clerk, tasks=list(handing.assignments.all())
    )
    assert "ใกล้กำหนด 1 ข้อ" in page(clerk, "/")


def test_the_giver_gives_all_more_time_and_closes_the_order(
    world: World, clerk: Client, district: Client, order: Order, task: Assignment
) -> None:
    where = f"/orders/{order.pk}/waiting/"
    refused = district.post(where, {"deed": "extend", "until": "3 เม.ย. 69", "text": ""})
    assert "โปรดบอกเหตุที่ขยายเวลา" in refused.content.decode()
    district.post(where, {"deed": "extend", "until": "3 เม.ย. 69", "text": "น้ำท่วม"})
    assert "ขยายเวลาให้ทุกแห่ง" in page(clerk, f"/handings/{task.handing_id}/")
    refused = district.post(where, {"deed": "close", "text": ""})
    assert "งานที่ไม่เรียบร้อย" in refused.content.decode()
    closed = district.post(where, {"deed": "close", "text": "ยกเลิกนโยบาย"}, follow=True)
    assert "ไม่มีงานใดรอผลอีก" in closed.content.decode()
    assert "ไม่มีงานค้าง" in page(clerk, "/tasks/")


def test_a_level_between_is_told_that_more_time_was_given_above(
    world: World, district: Client
) -> None:
    upper, lower = passed_on(world, [world.nong_kapu], days={"report": date(2026, 3, 25)})
    where = f"/orders/{lower.pk}/waiting/"
    assert "กำหนดที่ท่านตั้งเองยังใช้อยู่" not in page(district, where)
    extend_all(upper, by=world.governor_officer, until=date(2026, 4, 3), reason="น้ำท่วม")
    assert "กำหนดที่ท่านตั้งเองยังใช้อยู่" in page(district, where)
    extend_all(lower, by=world.district_officer, until=date(2026, 4, 3), reason="ตามจังหวัด")
    assert "กำหนดที่ท่านตั้งเองยังใช้อยู่" not in page(district, where)
