"""The boards and the map on their pages: the answer in the heading, files that open."""

import gzip
import json
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.directives.country import in_all_hands, invented_tree, matter
from tests.directives.orders import cascaded
from tests.web.conftest import NOW, LogIn
from tests.world import World
from thamthan.directives.models import Assignment, Order
from thamthan.directives.rules import AssignmentState
from thamthan.organisations.actions import load_boundaries
from thamthan.organisations.models import Organisation
from thamthan.web.map_shapes import outlines_file

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
SQUARE = [[[100.0, 13.0], [100.1, 13.0], [100.1, 13.1], [100.0, 13.1], [100.0, 13.0]]]


@pytest.fixture
def order(world: World) -> Order:
    return cascaded(world)


@pytest.fixture
def country(world: World) -> Order:
    tree = invented_tree(world.ministry, provinces=3, districts=9, local_governments=40)
    found = matter(world.ministry_officer, clauses=4)
    in_all_hands(found, tree, today=NOW.date())
    return found


@pytest.fixture
def district(world: World, log_in_as: LogIn) -> Client:
    return log_in_as(world.district_officer)


@pytest.fixture
def ministry(world: World, log_in_as: LogIn) -> Client:
    return log_in_as(world.ministry_officer)


def page(client: Client, address: str) -> str:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    # Who is logged in, in which post, and where the page stands cost four.
    assert len(asked) <= MOST_QUERIES + 4, [query["sql"][:90] for query in asked]
    return answer.content.decode()


def test_the_heading_says_who_has_not_sent(district: Client, world: World, order: Order) -> None:
    words = page(district, f"/orders/{order.pk}/board/")
    assert "ยังส่งไม่ครบ 15 จาก 15 แห่ง" in words
    Assignment.objects.filter(organisation=world.nong_kapu).update(state=AssignmentState.DONE)
    assert "ยังส่งไม่ครบ 14 จาก 15 แห่ง" in page(district, f"/orders/{order.pk}/board/")
    unreceived = page(district, f"/orders/{order.pk}/board/?show=unreceived")
    assert "ยังไม่รับ 14 จาก 15 แห่ง" in unreceived
    assert world.tha_sen.short_name in unreceived
    assert f"/organisations/{world.nong_kapu.code}/tasks/" not in unreceived
    Assignment.objects.update(state=AssignmentState.DONE)
    assert "ส่งครบทั้ง 15 แห่งแล้ว" in page(district, f"/orders/{order.pk}/board/")
    assert "ไม่มีหน่วยงานที่เลยกำหนด" in page(district, f"/orders/{order.pk}/board/?show=late")


def test_one_goes_down_from_the_nation_and_keeps_the_filter(
    ministry: Client, country: Order
) -> None:
    nation = page(ministry, f"/orders/{country.pk}/board/?show=late")
    assert "?within=P00000&amp;show=late" in nation
    province = page(ministry, f"/orders/{country.pk}/board/?within=P00000&show=late")
    assert "?within=D00000&amp;show=late" in province
    district = page(ministry, f"/orders/{country.pk}/board/?within=D00000&show=late&sort=late")
    assert "อำเภอตัวอย่างที่ 1" in district
    assert "เลย 9 วัน" in district
    between = page(ministry, f"/orders/{country.pk}/board/?level=district")
    assert "ยังไม่ถ่ายทอดต่อ" in between
    # What an address cannot mean is taken for the ordinary; what is not there is not found.
    assert page(ministry, f"/orders/{country.pk}/board/?show=x&sort=x&level=lao&page=999999")
    assert ministry.get(f"/orders/{country.pk}/board/?within=99").status_code == 404


def test_strangers_find_no_board(log_in_as: LogIn, world: World, order: Order) -> None:
    for post in (world.neighbour_clerk, world.governor_officer):
        client = log_in_as(post)
        for address in ("board/", "board.xlsx", "map/"):
            assert client.get(f"/orders/{order.pk}/{address}").status_code == 404
        address = f"/organisations/{world.nong_kapu.code}/tasks/"
        told = client.get(address)
        assert told.status_code == (404 if post == world.neighbour_clerk else 200)
        assert order.title not in told.content.decode()
    own = page(log_in_as(world.clerk), f"/orders/{order.pk}/board/")
    assert "ยังส่งไม่ครบ 1 จาก 1 แห่ง" in own
    assert world.tha_sen.short_name not in own


def test_a_house_follows_its_matters_and_an_organisation_s(
    district: Client, world: World, order: Order
) -> None:
    listed = page(district, "/boards/")
    assert "กำลังติดตาม 1 เรื่อง" in listed
    assert "15 แห่ง" in listed
    assert "ยังไม่มีเรื่องที่ปิด" in page(district, "/boards/?closed=1")
    tasks = page(district, f"/organisations/{world.nong_kapu.code}/tasks/")
    assert f"ยังไม่ส่ง {order.obligations.count()} งาน" in tasks


def test_the_files_hold_every_organisation_with_its_states(
    district: Client, world: World, order: Order
) -> None:
    Assignment.objects.filter(organisation=world.tha_sen).update(
        state=AssignmentState.UNDER_WAY, last_word="=กำลังทำ"
    )
    answer = district.get(f"/orders/{order.pk}/board.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (own,) = (row for row in rows if world.tha_sen.name in row)
    assert "กำลังทำ กำหนด 27 มี.ค. 2569" in own
    assert "=กำลังทำ" in own
    assert sum("องค์การ" in str(row[3]) or "เทศบาล" in str(row[3]) for row in rows) == 15
    assert "ยังส่งไม่ครบ 15 จาก 15 แห่ง" in str(rows[-1][0])
    told = district.get(f"/orders/{order.pk}/board.csv?show=unreceived")
    text = told.getvalue().decode("utf-8-sig")
    assert world.nong_kapu.name in text
    assert world.tha_sen.name not in text
    assert district.get(f"/orders/{order.pk}/board.doc").status_code == 404


def test_the_map_says_n_of_m_and_works_without_outlines(ministry: Client, country: Order) -> None:
    words = page(ministry, f"/orders/{country.pk}/map/?figure=late&by=province")
    late = sum(
        state in {"sent", "acknowledged", "under_way", "returned"} and due < NOW.date()
        for state, due in Assignment.objects.filter(level="lao", due_on__isnull=False).values_list(
            "state", "due_on"
        )
    )
    assert f"เลยกำหนด {late} จาก 160 งาน" in words
    assert "ยังไม่ได้นำเข้าแนวเขต" in words
    column = country.obligations.first()
    assert column is not None
    one = page(ministry, f"/orders/{country.pk}/map/?clause={column.pk}&figure=days")
    assert "จาก 40 แห่ง" in one
    assert "จังหวัดสมมุติที่ 1" in words
    assert "อำเภอตัวอย่างที่ 1" in page(ministry, f"/orders/{country.pk}/map/?within=P00000")
    assert "ตัวอย่างที่ 1" in page(ministry, f"/orders/{country.pk}/map/?within=D00000&clause=x")


def test_outlines_come_packed_and_once(ministry: Client, world: World, country: Order) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "th": "บ้านลาด"},
            "geometry": {"type": "Polygon", "coordinates": SQUARE},
        }
        for code in ("7606", "76")
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    load_boundaries(content, by=world.system, write_it=True)
    assert "/outlines/all/district.json?v=" in page(ministry, f"/orders/{country.pk}/map/")
    answer = ministry.get("/outlines/all/district.json")
    assert answer["Content-Encoding"] == "gzip"
    drawn = json.loads(gzip.decompress(answer.content))
    assert [code for code, _, _ in drawn["areas"]] == ["7606"]
    assert drawn["areas"][0][2].startswith("M0 ")
    mark = answer["ETag"]
    again = ministry.get("/outlines/all/district.json", headers={"if-none-match": mark})
    assert again.status_code == 304
    assert ministry.get("/outlines/all/division.json").status_code == 404
    assert ministry.get("/outlines/99/district.json").status_code == 200


def test_neighbours_share_their_border() -> None:
    west = {"type": "Polygon", "coordinates": SQUARE}
    moved = [[[x + 0.1, y] for x, y in SQUARE[0]]]
    east = {"type": "MultiPolygon", "coordinates": [moved]}
    drawn = json.loads(gzip.decompress(outlines_file([("1", "ก", west), ("2", "ข", east)])))
    (_, _, one), (_, _, other) = drawn["areas"]
    assert one.startswith("M0 ")
    assert other.startswith(f"M{drawn['width'] // 2} ")
    assert json.loads(gzip.decompress(outlines_file([])))["areas"] == []


def test_a_name_from_outside_stays_text(ministry: Client, country: Order) -> None:
    Organisation.objects.filter(code="P00001").update(short_name="<script>x</script>")
    country.obligations.update(text="<b>")
    country.directives.update(number="<i>", text="<b>")
    words = page(ministry, f"/orders/{country.pk}/board/")
    assert "<script>x" not in words
    assert "ข้อ <i>" not in words
