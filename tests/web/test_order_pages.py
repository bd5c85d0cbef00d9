"""An order on its page, whom it reaches before it is pressed, and the letter that passes it on."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.directives.orders import adopted, cascaded, district_order, in_hands_of, issued
from tests.directives.test_passing_on import issued_of, province_order
from tests.letters.drafts import open_books
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.directives.actions import (
    begin_order,
    carry_on_cascade,
    cascade_order,
    pass_on_order,
    runs,
)
from thamthan.directives.models import CascadeRun, Handing, Order
from thamthan.letters.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(world: World, log_in_as: LogIn) -> Client:
    return log_in_as(world.district_officer)


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(previewed|submission)" value="([^"]*)"', page)
    return dict(found)


def test_the_heading_says_who_must_do_what_by_when(world: World, district: Client) -> None:
    order = cascaded(world)
    page = page_of(district, f"/orders/{order.pk}/")
    heading = words_of(page[page.index("<h1>") : page.index("</h1>")])
    assert "15 แห่งต้องรายงานผลภายใน ศ. 27 มี.ค. 2569" in heading
    assert "ส่งแล้ว 0 จาก 15" in heading
    assert "ถ่ายทอดเพิ่ม" in page


def test_the_one_button_goes_by_the_state(world: World, district: Client) -> None:
    letter = issued(world.district_officer, world.district_chief)
    order = begin_order(letter, by=world.district_officer)
    assert "กำลังแยกข้อสั่งการ" in page_of(district, f"/orders/{order.pk}/")
    order = adopted(letter, world.district_officer)
    assert f'href="/orders/{order.pk}/cascade/">ถ่ายทอด</a>' in page_of(
        district, f"/orders/{order.pk}/"
    )


def test_an_order_page_asks_little_however_many_have_it(
    world: World, district: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    order = cascaded(world)
    with django_assert_max_num_queries(30):
        page_of(district, f"/orders/{order.pk}/")


def test_whom_it_reaches_is_seen_first_and_pressed_once(world: World, district: Client) -> None:
    order = district_order(world)
    address = f"/orders/{order.pk}/cascade/"
    page = page_of(district, address)
    assert "ถึง 15 แห่ง" in words_of(page)
    assert "ถ่ายทอดถึง 15 แห่ง" in page
    assert not Handing.objects.exists()
    press = {"whom": "all", "deed": "cascade", **hidden(page)}
    for _ in range(2):
        assert district.post(address, press).status_code == 302
    assert Handing.objects.count() == 15
    assert CascadeRun.objects.count() == 1
    assert "ทุกแห่งที่เลือกมีเรื่องนี้แล้ว" in page_of(district, address)


def test_what_was_not_seen_is_not_pressed(world: World, district: Client) -> None:
    order = district_order(world)
    address = f"/orders/{order.pk}/cascade/"
    two = {"whom": "codes", "codes": "6760607\n6760609"}
    page = district.post(address, {**two, "deed": "look"}).content.decode()
    assert "ถ่ายทอดถึง 2 แห่ง" in page
    # Another choice than the one that was shown reaches nobody.
    other = district.post(address, {"whom": "all", "deed": "cascade", **hidden(page)})
    assert other.status_code == 409
    assert "ไม่ตรงกับที่แสดงไว้" in other.content.decode()
    assert not Handing.objects.exists()
    assert district.post(address, {**two, "deed": "cascade", **hidden(page)}).status_code == 302
    assert Handing.objects.count() == 2
    # Those who come later are added; who has it is told.
    more = page_of(district, address)
    assert "ถ่ายทอดถึง 13 แห่ง" in more
    assert "มีเรื่องนี้แล้ว 2" in words_of(more)


def test_one_is_left_out_by_a_tick(world: World, district: Client) -> None:
    order = district_order(world)
    given = {"whom": "all", "except": ["6760607"], "deed": "look"}
    page = district.post(f"/orders/{order.pk}/cascade/", given).content.decode()
    assert "ถ่ายทอดถึง 14 แห่ง" in page
    assert 'value="6760607" checked' in page


def test_a_choice_that_lacks_something_is_said(world: World, district: Client) -> None:
    order = district_order(world)
    page = district.post(f"/orders/{order.pk}/cascade/", {"whom": "kind", "deed": "look"})
    assert "โปรดเลือกประเภท อปท." in page.content.decode()


def test_many_are_on_their_way_and_the_page_says_how_far(
    world: World, district: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 4)
    monkeypatch.setattr(runs, "BATCH", 4)
    monkeypatch.setattr(runs, "carry_on_cascade_task", SimpleNamespace(enqueue=print))
    order = district_order(world)
    address = f"/orders/{order.pk}/cascade/"
    press = {"whom": "all", "deed": "cascade", **hidden(page_of(district, address))}
    assert district.post(address, press).status_code == 302
    assert "กำลังถ่ายทอด ถึงแล้ว 0 จาก 15 แห่ง" in page_of(district, f"/orders/{order.pk}/")
    run = CascadeRun.objects.get()
    runs._next_batch(run.pk, by=world.district_officer)
    assert "ถึงแล้ว 4 จาก 15 แห่ง" in page_of(district, f"{address}state/")
    carry_on_cascade(run.pk, by=world.district_officer)
    done = page_of(district, f"{address}state/")
    assert "ถ่ายทอดครบ 15 แห่งแล้ว" in done
    assert "hx-get" not in done


def test_who_gives_no_letters_out_does_not_press(world: World, log_in_as: LogIn) -> None:
    order = district_order(world)
    chief = log_in_as(world.district_chief)
    assert chief.get(f"/orders/{order.pk}/cascade/").status_code == 403
    assert "รอธุรการถ่ายทอด" in page_of(chief, f"/orders/{order.pk}/")


@pytest.fixture
def handing(world: World) -> Handing:
    order = province_order(world)
    cascade_order(order, [world.ban_lat, world.mueang], by=world.governor_officer)
    open_books(world.district_officer)
    return in_hands_of(order, world.ban_lat)


def test_the_district_passes_on_on_one_page(
    world: World, district: Client, handing: Handing
) -> None:
    seen = page_of(district, f"/orders/{handing.root_id}/")
    assert f'href="/handings/{handing.pk}/pass-on/">ถ่ายทอดต่อ</a>' in seen
    address = f"/handings/{handing.pk}/pass-on/"
    page = page_of(district, address)
    key = handing.root.obligations.get(ask="report").pk
    # Friday the 27th, three working days earlier; it is Friday the 20th today.
    assert f'name="day-{key}" value="24 มี.ค. 2569"' in page
    assert "ให้อำเภอบ้านลาดภายในวันที่ ๒๔ มีนาคม ๒๕๖๙" in page
    late = district.post(address, {f"day-{key}": "30 มี.ค. 69", "deed": "draft"})
    assert late.status_code == 422
    assert "ช้ากว่ากำหนดของชั้นบน" in late.content.decode()
    done = district.post(
        address, {f"day-{key}": "25 มี.ค. 69", "addition": "ส่งภาพถ่าย\n", "deed": "draft"}
    )
    draft = Draft.objects.get(organisation=world.ban_lat)
    assert done["Location"] == f"/drafts/{draft.pk}/"
    assert "ร่างหนังสือถ่ายทอดไว้แล้ว" in page_of(district, address)


def test_the_matter_in_hand_leads_to_passing_it_on(
    world: World, district: Client, clerk: Client, handing: Handing
) -> None:
    page = page_of(district, f"/handings/{handing.pk}/")
    assert f'href="/handings/{handing.pk}/pass-on/"' in page
    assert f'href="/orders/{handing.order_id}/"' in page
    given = in_hands_of(cascaded(world, [world.nong_kapu]), world.nong_kapu)
    mine = page_of(clerk, f"/handings/{given.pk}/")
    assert "pass-on" not in mine
    assert f'href="/orders/{given.order_id}/"' in mine


def test_the_draft_leads_back_to_handing_down(
    world: World, district: Client, handing: Handing
) -> None:
    order = pass_on_order(handing, by=world.district_officer, own_days={})
    assert "ไปที่ร่างหนังสือ" in page_of(district, f"/orders/{order.pk}/")
    letter = issued_of(order, world)
    page = page_of(district, f"/drafts/{order.draft_id}/")
    assert f'href="/orders/{order.pk}/cascade/">ถ่ายทอดข้อสั่งการ</a>' in page
    assert letter.number in page_of(district, f"/orders/{order.pk}/cascade/")


def test_who_has_the_matter_below_passes_nothing_on(
    world: World, clerk: Client, log_in_as: LogIn, handing: Handing
) -> None:
    assert (
        log_in_as(world.neighbour_clerk).get(f"/handings/{handing.pk}/pass-on/").status_code == 404
    )
    assert (
        log_in_as(world.governor_officer).get(f"/handings/{handing.pk}/pass-on/").status_code == 404
    )
    assert clerk.get(f"/orders/{handing.root_id}/").status_code == 404


def test_how_long_orders_lay_is_one_table(
    world: World, district: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert "ยังไม่มีเรื่องที่ถ่ายทอด" in page_of(district, "/orders/latency/")
    order = cascaded(world)
    Order.objects.filter(pk=order.pk).update(title="การจัดการขยะ")
    with django_assert_max_num_queries(12):
        page = page_of(district, "/orders/latency/")
    assert "กว่าจะถึง อปท. ค่ากลาง 7 วัน" in words_of(page)
    assert "การจัดการขยะ" in page
