"""A department's pages: whom it orders, its board of the nation, and what others see of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.directives.departments import Department, make_department
from tests.directives.orders import adopted, in_hands_of, issued
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.directives.models import Order
from thamthan.letters.queries import local_governments_below

pytestmark = pytest.mark.django_db

MOST_QUERIES = 16


@pytest.fixture
def department(world: World) -> Department:
    return make_department(world, "DLA", "กรมส่งเสริมการปกครองท้องถิ่น")


@pytest.fixture
def client(department: Department, log_in_as: LogIn) -> Client:
    return log_in_as(department.clerk)


@pytest.fixture
def order(world: World, department: Department) -> Order:
    found = adopted(issued(department.clerk, department.head, code="มท 0808.3"), department.clerk)
    cascade_order(found, list(local_governments_below(department.clerk)), by=department.clerk)
    return found


def page(client: Client, address: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(asked) <= MOST_QUERIES, [query["sql"][:90] for query in asked]
    return answer.content.decode()


def test_its_board_leads_from_the_nation_down(
    client: Client, world: World, department: Department, order: Order
) -> None:
    count = local_governments_below(department.clerk).count()
    nation = page(client, f"/orders/{order.pk}/board/")
    assert f"ยังส่งไม่ครบ {count} จาก {count} แห่ง" in nation
    assert "?within=76" in nation
    assert "?level=province" in nation
    assert "?within=7606" in page(client, f"/orders/{order.pk}/board/?within=76")
    assert world.nong_kapu.short_name in page(client, f"/orders/{order.pk}/board/?within=7606")
    assert f"จาก {count} แห่ง" in page(client, f"/orders/{order.pk}/board/?within=DLA")
    assert client.get(f"/orders/{order.pk}/board/?within=MOI").status_code == 404
    assert "by=province" in page(client, f"/orders/{order.pk}/map/")
    assert f"{count} แห่ง" in page(client, "/boards/")


def test_it_chooses_among_the_provinces_and_hands_down(
    client: Client, world: World, order: Order
) -> None:
    words = client.get(f"/orders/{order.pk}/cascade/?whom=below").content.decode()
    assert "ถ่ายทอดถึง 1 แห่ง" in words
    assert world.phetchaburi.name in words
    found = client.get(f"/orders/{order.pk}/cascade/?whom=codes&find=เพชรบุรี").content.decode()
    assert 'value="76"' in found


def test_what_its_ministry_ordered_it_may_pass_on(
    client: Client, world: World, department: Department
) -> None:
    letter = issued(world.ministry_clerk, world.permanent_secretary, code="มท 0211.3")
    order = adopted(letter, world.ministry_clerk)
    cascade_order(order, [department.organisation, world.phetchaburi], by=world.ministry_clerk)
    handing = in_hands_of(order, department.organisation)
    shown = client.get(f"/handings/{handing.pk}/").content.decode()
    assert f"/handings/{handing.pk}/pass-on/" in shown
    planned = client.get(f"/handings/{handing.pk}/pass-on/").content.decode()
    assert "ร่างหนังสือถ่ายทอด" in planned
    other = in_hands_of(order, world.phetchaburi)
    assert client.get(f"/handings/{other.pk}/").status_code == 404


def test_beside_and_above_find_no_page_of_it(log_in_as: LogIn, world: World, order: Order) -> None:
    neighbour = make_department(world, "CDD", "กรมการพัฒนาชุมชน")
    for post in (neighbour.clerk, world.ministry_clerk):
        stranger = log_in_as(post)
        for address in ("", "board/", "board.xlsx", "map/"):
            assert stranger.get(f"/orders/{order.pk}/{address}").status_code == 404
        assert order.title not in page(stranger, "/boards/")
