"""The pages of orders: clauses beside the letter, lists, policies, and a desk that passes."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.directives.orders import cascaded
from tests.letters.endorsed import registered_letter
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.directives.actions import add_directive, begin_order, load_policies
from thamthan.directives.listed import shipped_policies
from thamthan.directives.models import Directive, Obligation, Order, Policy
from thamthan.directives.rules import OrderState
from thamthan.letters.models import Letter
from thamthan.organisations.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(world: World) -> Letter:
    return registered_letter(world)


@pytest.fixture
def order(world: World, letter: Letter) -> Order:
    """The orders of a letter, with two clauses of invented words."""
    order = begin_order(letter, by=world.clerk)
    for text in ("ลดรายจ่ายของครัวเรือน", "จัดการขยะให้ถูกวิธี"):
        order.refresh_from_db()
        add_directive(order, text, by=world.clerk, seen_version=order.version)
    order.refresh_from_db()
    return order


def page(client: Client, name: str, *keys: int, **more: str) -> str:
    answer = client.get(reverse(name, args=keys), more)
    assert answer.status_code == 200
    return answer.content.decode()


def last_clause(order: Order) -> Directive:
    row = order.directives.filter(dropped_at=None).last()
    assert row is not None
    return row


def save(client: Client, row: Directive, **more: str) -> int:
    form = {"number": row.number, "text": row.text, "deed": "save"}
    version = str(Order.objects.get(pk=row.order_id).version)
    address = reverse("clause", args=(row.order_id, row.pk))
    return client.post(address, {"version": version, **form, **more}).status_code


def test_a_registered_letter_leads_to_its_clauses(clerk: Client, letter: Letter) -> None:
    shown = page(clerk, "letter", letter.pk)
    assert "แยกข้อสั่งการ" in shown
    answer = clerk.post(reverse("letter-orders", args=(letter.pk,)))
    order = Order.objects.get(letter=letter)
    assert answer["Location"] == reverse("order-clauses", args=(order.pk,))
    assert "รับไว้ดำเนินการ" in page(clerk, "order-clauses", order.pk)
    assert "ข้อสั่งการของหนังสือนี้" in page(clerk, "letter", letter.pk)


def test_the_letters_own_words_stand_beside_its_clauses(clerk: Client, order: Order) -> None:
    shown = page(clerk, "order-clauses", order.pk)
    assert "paper-page" in shown
    assert "เพิ่มโดยหน่วยงาน ไม่มีในหนังสือ" in shown


def test_the_button_says_what_it_will_do(clerk: Client, order: Order) -> None:
    count = order.obligations.filter(dropped_at=None).count()
    assert f"<strong>{count} ข้อ</strong>" in page(clerk, "order-clauses", order.pk)


def test_a_clause_is_changed_by_its_form(clerk: Client, order: Order, world: World) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    row = last_clause(order)
    policy = Policy.objects.get(code="action-5")
    theme = policy.themes.all()[0]
    lead = f"{world.welfare.name} ({world.welfare.code})"
    chosen = f"{policy.pk}.{theme.pk}"
    save(clerk, row, text="คัดแยกขยะทุกหมู่บ้าน", lead=lead, support="ผู้ใหญ่บ้าน", policy=chosen)
    row.refresh_from_db()
    assert (row.text, row.lead) == ("คัดแยกขยะทุกหมู่บ้าน", world.welfare)
    assert [one.name for one in row.supporters.all()] == ["ผู้ใหญ่บ้าน"]
    assert [(one.policy, one.theme) for one in row.under.all()] == [(policy, theme)]
    shown = page(clerk, "order-clauses", order.pk)
    assert "Action 5 ด้าน 1" in shown


def test_each_line_becomes_a_clause(clerk: Client, order: Order) -> None:
    row = last_clause(order)
    assert save(clerk, row, text="คัดแยกขยะ\n\nทำปุ๋ยหมัก", deed="split") == 302
    texts = list(order.directives.values_list("text", flat=True))
    assert texts[-2:] == ["คัดแยกขยะ", "ทำปุ๋ยหมัก"]


def test_what_was_typed_goes_along_when_the_clause_is_merged(clerk: Client, order: Order) -> None:
    row = last_clause(order)
    before = order.directives.filter(position__lt=row.position, parent=row.parent).last()
    assert before is not None
    assert save(clerk, row, text="คัดแยกขยะ", deed="merge") == 302
    was = before.text
    before.refresh_from_db()
    assert before.text == f"{was} คัดแยกขยะ"


def test_what_was_typed_stays_when_another_was_quicker(clerk: Client, order: Order) -> None:
    row = last_clause(order)
    seen = order.version
    save(clerk, row, text="ของผู้อื่น")
    answer = clerk.post(
        reverse("clause", args=(order.pk, row.pk)),
        {"version": str(seen), "number": row.number, "text": "ของฉัน", "deed": "save"},
    )
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "ของฉัน</textarea>" in shown
    assert "“ของผู้อื่น”" in shown
    row.refresh_from_db()
    assert row.text == "ของผู้อื่น"
    # The form carries the newest version now: pressed again, one's own words are kept.
    found = re.search(r'name="version" value="(\d+)"', shown)
    assert found is not None
    assert save(clerk, row, text="ของฉัน", version=found[1]) == 302


def test_dropped_and_taken_back_without_a_script(clerk: Client, order: Order) -> None:
    row = last_clause(order)
    save(clerk, row, deed="drop")
    shown = page(clerk, "order-clauses", order.pk)
    assert "นำกลับ" in shown
    save(clerk, row, deed="restore")
    row.refresh_from_db()
    assert row.dropped_at is None


def test_a_part_of_the_page_is_enough_where_it_is_asked_for(clerk: Client, order: Order) -> None:
    address = reverse("clause", args=(order.pk, last_clause(order).pk))
    part = clerk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<section id="clauses"')
    assert "<html" not in part
    whole = clerk.get(address).content.decode()
    assert 'id="clauses"' in whole
    assert "<html" in whole


def test_a_deadline_of_ones_own_or_from_receipt(clerk: Client, order: Order) -> None:
    row = order.obligations.filter(directive=last_clause(order)).get()
    address = reverse("obligation", args=(order.pk, row.pk))
    form = {"ask": "act", "text": row.text, "version": str(order.version)}
    answer = clerk.post(address, {**form, "due": "own", "own": ""})
    assert answer.status_code == 422
    assert "โปรดพิมพ์วันที่" in answer.content.decode()
    clerk.post(address, {**form, "due": "own", "own": "27 มี.ค. 69"})
    row.refresh_from_db()
    assert row.due_on == date(2026, 3, 27)
    form["version"] = str(Order.objects.get(pk=order.pk).version)
    clerk.post(address, {**form, "due": "receipt", "amount": "๑๕", "unit": "working_day"})
    row.refresh_from_db()
    assert (row.counts_amount, row.counts_working_days, row.due_on) == (15, True, None)
    assert "15 วันทำการนับจากวันลงรับ" in page(clerk, "order-clauses", order.pk)


def test_each_reading_of_the_letters_words_is_a_choice(clerk: Client, order: Order) -> None:
    row = order.obligations.exclude(due_words="").first()
    if row is None:
        row = order.obligations.all()[0]
        Obligation.objects.filter(pk=row.pk).update(
            due_words="ภายในสัปดาห์ที่ 3",
            due_on=date(2026, 3, 20),
            readings=[
                {"opens": None, "closes": "2026-03-20", "reason": "นับอย่างหนึ่ง"},
                {"opens": None, "closes": "2026-03-22", "reason": "นับอีกอย่าง"},
            ],
        )
        row.refresh_from_db()
    shown = page(clerk, "obligation", order.pk, row.pk)
    for reading in row.readings:
        assert reading["reason"] in shown
    assert row.due_words in shown
    assert "ไม่กำหนด" in shown


def test_taken_up_the_clauses_stand(clerk: Client, order: Order) -> None:
    address = reverse("order-adoption", args=(order.pk,))
    assert clerk.post(address, {"version": str(order.version - 1)}).status_code == 409
    assert clerk.post(address, {"version": str(order.version)}).status_code == 302
    assert Order.objects.get(pk=order.pk).state == OrderState.ADOPTED
    shown = page(clerk, "order-clauses", order.pk)
    assert "ข้อเหล่านี้จึงคงเดิม" in shown
    assert "แก้ไข<span" not in shown
    row = last_clause(order)
    assert save(clerk, row, text="แก้ทีหลัง") == 409


def test_suggested_policies_wait_for_a_person(clerk: Client, order: Order, world: World) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    Order.objects.filter(pk=order.pk).update(title="นโยบาย “มหาดไทย ทำ ทัน ที Action ๕”")
    shown = page(clerk, "order-clauses", order.pk)
    assert "พบคำว่า “Action 5”" in shown
    assert not any(row.under.exists() for row in order.directives.all())
    policy = Policy.objects.get(code="action-5")
    clerk.post(
        reverse("order-policies", args=(order.pk,)),
        {"version": str(order.version), "policy": str(policy.pk)},
    )
    assert all(row.under.exists() for row in order.directives.all())
    assert "พบคำว่า" not in page(clerk, "order-clauses", order.pk)


def test_who_only_carries_out_looks_and_changes_nothing(
    world: World, log_in_as: LogIn, order: Order
) -> None:
    shown = page(log_in_as(world.officer), "order-clauses", order.pk)
    assert "จัดการขยะให้ถูกวิธี" in shown
    assert "รับไว้ดำเนินการ</button>" not in shown


def test_the_list_tells_what_waits_and_finds(clerk: Client, letter: Letter, world: World) -> None:
    shown = page(clerk, "orders")
    assert "หนังสือที่ยังไม่ได้แยกข้อสั่งการ" in shown
    order = begin_order(letter, by=world.clerk)
    shown = page(clerk, "orders")
    assert "หนังสือที่ยังไม่ได้แยกข้อสั่งการ" not in shown
    assert order.title in shown
    assert order.title not in page(clerk, "orders", state="closed")
    assert order.title in page(clerk, "orders", q=letter.number)
    assert "ไม่พบเรื่อง" in page(clerk, "orders", q="ไม่มีคำนี้")


def test_the_list_asks_little_however_long_it_is(
    clerk: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in ("พบ ๐๖๑๘/๗๑๑", "พบ ๐๖๑๘/๗๑๒", "พบ ๐๖๑๘/๗๑๓"):
        begin_order(registered_letter(world, number=number), by=world.clerk)
    registered_letter(world, number="พบ ๐๖๑๘/๗๑๔")
    with django_assert_max_num_queries(12):
        page(clerk, "orders")


def test_policies_say_what_ended_and_what_was_not_checked(clerk: Client, world: World) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    shown = page(clerk, "policies")
    assert "สิ้นสุดแล้ว" in shown
    assert "ยังไม่ได้ตรวจกับต้นฉบับ" in shown
    assert "ตัวชี้วัด" in page(clerk, "policy", Policy.objects.get(code="action-5").pk)


def test_an_office_writes_its_own_policy(clerk: Client) -> None:
    form = {"name": "หนองกะปุน่าอยู่", "short_name": "น่าอยู่", "themes": "๑. สะอาด\nปลอดภัย"}
    assert clerk.post(reverse("policy-new"), {**form, "name": ""}).status_code == 422
    assert clerk.post(reverse("policy-new"), form).status_code == 302
    policy = Policy.objects.get(short_name="น่าอยู่")
    assert [(one.number, one.name) for one in policy.themes.all()] == [
        ("1", "สะอาด"),
        ("2", "ปลอดภัย"),
    ]
    clerk.post(reverse("policy-ending", args=(policy.pk,)), {"on": "19 มี.ค. 69"})
    assert "สิ้นสุดแล้ว" in page(clerk, "policy", policy.pk)


def test_a_desk_is_shown_before_it_passes(world: World, log_in_as: LogIn) -> None:
    keeper = log_in_as(world.administrator)
    keys = (world.head.person_id or 0, world.head.pk)
    shown = page(keeper, "person-handover", *keys)
    assert "ส่งมอบงานทั้งหมด" in shown
    address = reverse("person-handover", args=keys)
    wrong = keeper.post(address, {"to": str(world.tha_sen_clerk.pk), "on": "20 มี.ค. 69"})
    assert wrong.status_code == 422
    to = Post.objects.get(pk=world.officer.pk)
    assert keeper.post(address, {"to": str(to.pk), "on": "20 มี.ค. 69"}).status_code == 302
    world.head.refresh_from_db()
    assert world.head.until_on == date(2026, 3, 20)


def test_who_was_handed_an_order_reads_its_clauses_but_not_the_letter_of_another_house(
    world: World, log_in_as: LogIn
) -> None:
    handed = cascaded(world, [world.nong_kapu])
    shown = page(log_in_as(world.clerk), "order-clauses", handed.pk)
    assert "ดูแลกลุ่มเปราะบาง" in shown
    assert "paper-page" not in shown
    assert "แก้ไข<span" not in shown
    stranger = log_in_as(world.neighbour_clerk)
    assert stranger.get(reverse("order-clauses", args=(handed.pk,))).status_code == 404


def test_more_clauses_cost_no_more_questions(clerk: Client, order: Order, world: World) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    address = reverse("order-clauses", args=(order.pk,))
    with CaptureQueriesContext(connection) as few:
        clerk.get(address)
    for at in range(12):
        order.refresh_from_db()
        add_directive(order, f"ข้อเพิ่ม {at}", by=world.clerk, seen_version=order.version)
    with CaptureQueriesContext(connection) as many:
        clerk.get(address)
    assert len(many) <= len(few)
