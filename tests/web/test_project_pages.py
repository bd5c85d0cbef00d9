from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from tests.directives.orders import cascaded, in_hands_of
from tests.projects.projects import approved, proposed
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.directives.models import Order
from thamthan.organisations.models import Boundary
from thamthan.projects.actions import answer_clauses, set_places, set_steps
from thamthan.projects.models import Project
from thamthan.projects.queries import answerable_clauses
from thamthan.projects.rows import PlaceRow, StepRow
from thamthan.projects.rules import PlaceKind, PlanStanding, ProjectState

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, log_in_as: LogIn) -> Client:
    return log_in_as(world.clerk)


@pytest.fixture
def order(world: World) -> Order:
    return cascaded(world, [world.nong_kapu, world.tha_sen])


def words_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def a_clause(world: World) -> Any:
    return answerable_clauses(world.clerk).filter(text__contains="สวนสาธารณะ").latest("pk")


def typed(project: Project, **changed: str) -> dict[str, str]:
    """What the writing page sends, with what the test changes."""
    given = {
        "version": str(project.version),
        "name": project.name,
        "year": str(project.be_year),
        "standing": project.standing,
        "targets": project.targets,
    }
    return given | changed


def test_the_heading_says_the_one_thing_that_matters(clerk: Client, world: World) -> None:
    assert "ไม่มีโครงการที่ยังไม่จบ" in words_of(clerk.get("/projects/"))
    proposed(world.clerk, standing=PlanStanding.ROUTINE)
    assert "กำลังเขียนอยู่ 1 โครงการ" in words_of(clerk.get("/projects/"))
    approved(world.clerk, standing=PlanStanding.PLAN)
    assert "1 โครงการยังไม่มีเงิน" in words_of(clerk.get("/projects/"))
    approved(world.clerk, ends_on=date(2026, 3, 1))
    page = words_of(clerk.get("/projects/?show=late"))
    assert "โครงการเลยกำหนด 1 โครงการ" in page
    assert page.count('data-label="ปีงบประมาณ"') == 1


def test_the_list_takes_few_queries_however_long_it_is(
    clerk: Client,
    world: World,
    order: Order,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        project = approved(world.clerk, name=f"โครงการที่ {number}", unit=world.welfare)
        answer_clauses(project, [a_clause(world)], by=world.clerk)
    with django_assert_max_num_queries(12):
        page = clerk.get("/projects/?show=all&q=โครงการที่")
    assert "12 โครงการ" in words_of(page)


def test_what_is_filtered_goes_out_as_a_file(clerk: Client, world: World) -> None:
    proposed(world.clerk, name="สวนสาธารณะ")
    proposed(world.clerk, name="คัดแยกขยะ")
    book = load_workbook(BytesIO(clerk.get("/projects/projects.xlsx?q=ขยะ").content))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert "คัดแยกขยะ" in cells
    assert "สวนสาธารณะ" not in cells
    text = b"".join(clerk.get("/projects/projects.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "สวนสาธารณะ" in text
    assert clerk.get("/projects/projects.pdf").status_code == 404


def test_the_district_looks_at_what_answers_its_order(
    world: World, log_in_as: LogIn, order: Order
) -> None:
    project = approved(world.clerk, name="สวนหมู่ 3")
    answer_clauses(project, [a_clause(world)], by=world.clerk)
    district = log_in_as(world.district_officer)
    assert "สวนหมู่ 3" in words_of(district.get("/projects/"))
    assert "1 โครงการ</a> จาก 1 หน่วยงาน" in words_of(district.get(f"/orders/{order.pk}/"))
    page = words_of(district.get(f"/projects/{project.pk}/"))
    assert "สวนหมู่ 3" in page
    assert reverse("project-writing", args=[project.pk]) not in page
    assert district.get(f"/projects/{project.pk}/writing/").status_code == 404
    draft = proposed(world.clerk, name="ยังเขียนอยู่")
    assert district.get(f"/projects/{draft.pk}/").status_code == 404


def test_a_project_begins_at_a_clause_of_a_task(clerk: Client, world: World, order: Order) -> None:
    clause = a_clause(world)
    task = reverse("handing", args=(in_hands_of(order, world.nong_kapu).pk,))
    assert f"/projects/new/?clause={clause.pk}" in words_of(clerk.get(task))
    page = words_of(clerk.get(f"/projects/new/?clause={clause.pk}"))
    assert "เริ่มโครงการจากข้อสั่งการ" in page
    assert "ปรับปรุงสวนสาธารณะให้ได้มาตรฐาน" in page
    sent = clerk.post(
        "/projects/new/",
        {"clause": clause.pk, "template": "public-park", "name": "สวนหมู่ 3", "year": "2569",
         "standing": "none", "unit": world.welfare.code},
    )  # fmt: skip
    project = Project.objects.get()
    assert sent["Location"] == f"/projects/{project.pk}/writing/"
    assert (project.name, project.unit, project.answers.count()) == ("สวนหมู่ 3", world.welfare, 1)
    assert "สวนหมู่ 3" in words_of(clerk.get(task))


def test_a_clause_of_others_begins_nothing(world: World, log_in_as: LogIn, order: Order) -> None:
    clause = a_clause(world)
    neighbour = log_in_as(world.neighbour_clerk)
    assert neighbour.get(f"/projects/new/?clause={clause.pk}").status_code == 404


def test_what_is_refused_at_the_beginning_stays_typed(clerk: Client) -> None:
    page = clerk.post("/projects/new/", {"name": "สวน", "year": "2569", "standing": "nowhere"})
    assert page.status_code == 400
    assert "โปรดบอกว่าโครงการอยู่ตรงไหนของแผน" in words_of(page)
    assert ">สวน</textarea>" in words_of(page)


def test_near_ones_are_shown_before_anything_is_written(clerk: Client, world: World) -> None:
    old = proposed(world.clerk, name="ปรับปรุงสวนสาธารณะหมู่ที่ 2")
    part = words_of(clerk.get("/projects/near/?name=ปรับปรุงสวนสาธารณะหมู่ที่ 5"))
    assert old.name in part
    assert f"?copy={old.pk}" in part
    assert "ใกล้เคียงเพราะมีคำว่า" in part


def test_last_years_is_copied_from_its_page(clerk: Client, world: World) -> None:
    old = approved(world.clerk, begins_on=date(2025, 11, 1))
    assert "ไม่นำมา: ผล เงินที่เบิกจ่าย" in words_of(clerk.get(f"/projects/new/?copy={old.pk}&year=2570"))
    clerk.post(
        "/projects/new/", {"copy": old.pk, "year": "2570", "name": old.name, "standing": "none"}
    )
    new = Project.objects.exclude(pk=old.pk).get()
    assert (new.copied_from, new.begins_on) == (old, date(2026, 11, 1))


def test_what_is_typed_is_saved_as_one_goes(clerk: Client, world: World) -> None:
    project = proposed(world.clerk)
    address = f"/projects/{project.pk}/writing/save/"
    said = clerk.post(address, typed(project, targets="สวน 3 แห่ง", begins="1 เม.ย. 69"))
    assert said.json()["version"] == 2
    assert "วัตถุประสงค์" not in said.json()["lacking"]
    project.refresh_from_db()
    assert (project.targets, project.begins_on) == ("สวน 3 แห่ง", date(2026, 4, 1))
    other = clerk.post(address, typed(project, version="1", targets="สวน 9 แห่ง"))
    assert (other.status_code, other.json()["code"]) == (409, "changed_meanwhile")
    assert other.json()["version"] == 2
    wrong = clerk.post(address, typed(project, begins="เมื่อวานซืน"))
    assert wrong.status_code == 400
    project.refresh_from_db()
    assert project.targets == "สวน 3 แห่ง"


def test_without_a_script_the_page_is_sent_whole_and_keeps_what_was_refused(
    clerk: Client, world: World
) -> None:
    project = proposed(world.clerk)
    address = f"/projects/{project.pk}/writing/"
    assert clerk.post(address, typed(project, targets="สวน 3 แห่ง")).status_code == 302
    refused = clerk.post(address, typed(project, version="1", targets="ของฉัน"))
    assert refused.status_code == 409
    assert ">ของฉัน</textarea>" in words_of(refused)
    assert "สิ่งที่พิมพ์ยังอยู่ในหน้านี้" in words_of(refused)


def test_each_part_is_saved_by_its_own_form(clerk: Client, world: World, order: Order) -> None:
    project = proposed(world.clerk)
    parts = {
        "steps": {"name-0": "สำรวจ", "begins-0": "1 เม.ย. 69", "ends-0": "๓๐ เม.ย. ๖๙"},
        "groups": {"name-0": "เด็ก", "planned-0": "๑,๒๐๐", "unit-0": "คน", "reached-0": ""},
        "supporters": {"name-0": f"{world.ban_lat.name} ({world.ban_lat.code})",
                       "gives-0": "วิทยากร", "worth-0": "1,500.50"},
        "risks": {"what-0": "ฝนตก", "likelihood-0": "1", "effect-0": "3", "answer-0": "เลื่อน"},
        "places": {"name-0": "ลาน", "kind-0": "point", "latitude-0": "13.049812",
                   "longitude-0": "99.912345", "kind-1": "area", "name-1": "แปลง",
                   "corners-1": "13.05, 99.91\n13.06, 99.91\n13.06 99.92"},
        "answers": {"clause": str(a_clause(world).pk)},
    }  # fmt: skip
    for part, given in parts.items():
        project.refresh_from_db()
        sent = clerk.post(
            f"/projects/{project.pk}/writing/{part}/", {"version": project.version, **given}
        )
        assert sent.status_code == 302, part
    assert project.steps.get().ends_on == date(2026, 4, 30)
    assert project.target_groups.get().planned == 1200
    supporter = project.supporters.get()
    assert (supporter.organisation, supporter.worth_satang) == (world.ban_lat, 150_050)
    assert project.risks.get().effect == 3
    point, area = project.places.all()
    assert (point.latitude_e6, area.outline) == (
        13_049_812,
        [[99.91, 13.05], [99.91, 13.06], [99.92, 13.06]],
    )
    assert project.answers.count() == 1
    page = words_of(clerk.get(f"/projects/{project.pk}/writing/"))
    assert "1,500.50" in page
    assert "13.050000, 99.910000" in page


@pytest.mark.parametrize(
    ("part", "given", "words"),
    [
        ("steps", {"name-0": "ก", "begins-0": "วันไหนก็ได้"}, "เป็นวันที่ไม่ได้"),
        ("groups", {"name-0": "เด็ก", "planned-0": "มาก"}, "ไม่ใช่จำนวนเต็ม"),
        ("supporters", {"name-0": "วัด", "worth-0": "-5"}, "ไม่ใช่จำนวนเงิน"),
        ("places", {"name-0": "ลาน", "kind-0": "point", "latitude-0": "เหนือ"}, "ไม่ใช่พิกัด"),
        ("places", {"name-0": "ลาน", "kind-0": "area", "corners-0": "13.0, 99.9"}, "อย่างน้อย 3 มุม"),
        ("answers", {"clause": "999999"}, "เฉพาะข้อสั่งการ"),
    ],
)
def test_a_part_that_is_refused_stays_typed(
    clerk: Client, world: World, part: str, given: dict[str, str], words: str
) -> None:
    project = proposed(world.clerk)
    address = f"/projects/{project.pk}/writing/{part}/"
    page = clerk.post(address, {"version": project.version, **given})
    assert page.status_code == 400
    assert words in words_of(page)
    if part != "answers":
        assert f'value="{given["name-0"]}"' in words_of(page)
    project.refresh_from_db()
    assert project.version == 1
    told = clerk.post(address, {"version": 1, **given}, headers={"HX-Request": "true"})
    assert words in told.json()["message"]


def test_a_project_goes_its_way_by_one_large_button(
    world: World, log_in_as: LogIn, clerk: Client
) -> None:
    project = proposed(world.clerk)
    officer = log_in_as(world.officer)
    page = f"/projects/{project.pk}/"
    assert "ยังขาด" in words_of(officer.get(page))
    assert officer.post(f"{page}move/", {"to": "approved"}).status_code == 403
    assert clerk.post(f"{page}move/", {"to": "approved"}).status_code == 302
    assert "เริ่มดำเนินการ" in words_of(officer.get(page))
    set_steps(project, [StepRow("สำรวจ", ends_on=date(2026, 3, 1))], by=world.clerk)
    step = project.steps.get()
    officer.post(f"{page}move/", {"to": "under_way"})
    assert "เลยกำหนด 1 ขั้น" in words_of(officer.get(page))
    officer.post(f"{page}steps/{step.pk}/", {"deed": "done", "on": "2 มี.ค. 69"})
    step.refresh_from_db()
    assert step.done_on == date(2026, 3, 2)
    assert "แล้วเสร็จทั้งโครงการ" in words_of(officer.get(page))
    officer.post(f"{page}steps/{step.pk}/", {"deed": "undo"})
    officer.post(f"{page}move/", {"to": "finished"})
    project.refresh_from_db()
    assert project.state == ProjectState.FINISHED
    assert officer.post(f"{page}steps/{step.pk}/", {"deed": "done"}).status_code == 409


def test_giving_up_wants_a_reason(clerk: Client, world: World) -> None:
    project = proposed(world.clerk)
    address = f"/projects/{project.pk}/move/"
    assert clerk.post(address, {"to": "cancelled", "why": " "}).status_code == 400
    assert clerk.post(address, {"to": "cancelled", "why": "ซ้ำกับของอำเภอ"}).status_code == 302
    assert "ซ้ำกับของอำเภอ" in words_of(clerk.get(f"/projects/{project.pk}/"))
    assert "จึงแก้ไม่ได้" in words_of(clerk.get(f"/projects/{project.pk}/writing/"))


def test_the_page_draws_the_places_over_the_outlines_of_the_tambon(
    clerk: Client, world: World
) -> None:
    project = proposed(world.clerk)
    place = PlaceRow("ลาน", PlaceKind.POINT, 3, 13_060_000, 99_830_000)
    set_places(project, [place], by=world.clerk)
    bare = words_of(clerk.get(f"/projects/{project.pk}/"))
    assert "map-point" in bare
    assert "map-area" not in bare
    Boundary.objects.create(
        code=world.nong_kapu.covers[0],
        name="หนองกะปุ",
        geometry={
            "type": "Polygon",
            "coordinates": [[[99.8, 13.0], [99.9, 13.0], [99.9, 13.1], [99.8, 13.0]]],
        },
    )
    assert "map-area" in words_of(clerk.get(f"/projects/{project.pk}/"))


def test_a_page_of_a_project_takes_few_queries(
    clerk: Client,
    world: World,
    order: Order,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    project = proposed(world.clerk)
    answer_clauses(project, [a_clause(world)], by=world.clerk)
    set_steps(project, [StepRow(f"ขั้น {number}") for number in range(20)], by=world.clerk)
    with django_assert_max_num_queries(20):
        clerk.get(f"/projects/{project.pk}/")


def test_the_browser_may_be_asked_where_it_is(clerk: Client) -> None:
    assert "geolocation=(self)" in clerk.get("/projects/")["Permissions-Policy"]
