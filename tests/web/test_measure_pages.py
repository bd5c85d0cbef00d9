"""Goals and results on the pages: entered with warnings first, and published for citizens."""

from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.directives.orders import cascaded
from tests.projects.evidence import attached, photo
from tests.projects.measures import given, goal_of, quarter, share_words
from tests.projects.projects import SECTIONS, approved, proposed
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.directives.actions import load_policies
from thamthan.directives.listed import shipped_policies
from thamthan.directives.models import Indicator
from thamthan.projects.actions import (
    answer_clauses,
    give_result,
    judge_evidence,
    move_project,
    set_goal,
    show_project,
)
from thamthan.projects.models import (
    Allotment,
    Goal,
    Project,
    ProjectSupporter,
    Residents,
    Result,
    TargetGroup,
)
from thamthan.projects.rules import ProjectState, ResultStanding

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(world: World) -> Project:
    return approved(world.clerk)


@pytest.fixture
def goal(world: World, project: Project) -> Goal:
    return goal_of(project, world.officer)


@pytest.fixture
def officer(world: World, log_in_as: LogIn) -> Client:
    return log_in_as(world.officer)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def entry(goal: Goal) -> str:
    return reverse("project-result", args=[goal.project_id, goal.pk])


def typed(**changed: str) -> dict[str, str]:
    form = {
        "from": "2025-10-01",
        "standing": "measured",
        "value": "๑,๒๐๐",
        "as_of": "31 ธ.ค. 68",
        "source": "แบบนับ",
    }
    return form | changed


def test_a_goal_is_chosen_from_the_list_and_shown_with_its_quarters(
    world: World, officer: Client, project: Project
) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    listed = Indicator.objects.get(code="Q17")
    address = reverse("project-goal-new", args=[project.pk])
    assert "ขยะที่กำจัดถูกวิธี" in officer.get(address).content.decode()
    form = {"indicator": str(listed.pk), "target": "80", "target_of": "100"}
    assert officer.post(address, form).status_code == 302
    page = officer.get(reverse("project-results", args=[project.pk])).content.decode()
    assert "เป้าหมาย ร้อยละ 80" in page
    assert "ไตรมาส 2/2569" in page


@pytest.mark.parametrize(
    ("form", "telling"),
    [
        ({"measure": "people", "unit": "คน"}, "โปรดกรอกช่องนี้"),
        ({"name": "ก", "measure": "people", "unit": "คน", "target": "5 ล้าน"}, "5,000,000"),
        ({"name": "ก", "measure": "ratio", "unit": "ร้อยละ", "target": "5"}, "ทั้งตัวตั้งและตัวหาร"),
    ],
)
def test_a_goal_that_cannot_be_kept_stays_in_the_form(
    officer: Client, project: Project, form: dict[str, str], telling: str
) -> None:
    answer = officer.post(reverse("project-goal-new", args=[project.pk]), form)
    assert answer.status_code == 422
    assert telling in answer.content.decode()
    assert not Goal.objects.exists()


def test_a_goal_is_changed_and_dropped(officer: Client, goal: Goal) -> None:
    address = reverse("project-goal", args=[goal.project_id, goal.pk])
    form = {"name": "คนที่มาสวน", "measure": "people", "unit": "คน", "target": "900"}
    officer.post(address, form)
    goal.refresh_from_db()
    assert (goal.name, goal.target_milli) == ("คนที่มาสวน", 900_000)
    officer.post(address, {"deed": "drop"})
    assert officer.get(address).status_code == 404


def test_the_first_quarter_that_was_not_sent_is_asked_for_with_the_last_beside(
    world: World, officer: Client, goal: Goal
) -> None:
    assert "บันทึกผลไตรมาส 1/2569" in officer.get(entry(goal)).content.decode()
    give_result(goal, quarter(1, 320), by=world.officer)
    page = officer.get(entry(goal)).content.decode()
    assert "บันทึกผลไตรมาส 2/2569" in page
    assert "งวดก่อน: 320 คน" in page
    # What begins in April is not asked for in March.
    assert "ไตรมาส 3/2569" not in page


def test_a_result_is_warned_of_and_saved_when_confirmed(officer: Client, goal: Goal) -> None:
    answer = officer.post(entry(goal), typed(value="12,000"))
    assert answer.status_code == 422
    assert "ท่านใส่ 12,000 คน เป็น 14.1 เท่าของเป้าหมาย" in answer.content.decode()
    assert not Result.objects.exists()
    keys = " ".join(doubt["key"] for doubt in answer.context["doubts"])
    # Another number is warned of anew.
    assert officer.post(entry(goal), typed(value="13,000", confirmed=keys)).status_code == 422
    assert officer.post(entry(goal), typed(value="12,000", confirmed=keys)).status_code == 302
    result = Result.objects.get()
    assert result.value_milli == 12_000_000
    assert [one["guard"] for one in result.warned] == ["tenfold"]


@pytest.mark.parametrize(
    ("form", "telling"),
    [
        ({"value": ""}, "โปรดกรอกช่องนี้"),
        ({"value": "-"}, "พิมพ์ 0"),
        ({"value": "สิบ"}, "ไม่ใช่ตัวเลข"),
        ({"source": ""}, "โปรดกรอกช่องนี้"),
        ({"as_of": "เมื่อวาน"}, "เป็นวันที่ไม่ได้"),
        ({"standing": ""}, "โปรดเลือกว่ามีตัวเลขหรือไม่"),
        ({"standing": "none"}, "โปรดกรอกช่องนี้"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(
    officer: Client, goal: Goal, form: dict[str, str], telling: str
) -> None:
    answer = officer.post(entry(goal), typed(**form))
    assert answer.status_code == 422
    assert telling in answer.content.decode()
    assert not Result.objects.exists()


def test_no_figure_is_saved_with_its_reason_and_shown_as_such(officer: Client, goal: Goal) -> None:
    form = typed(standing="none", value="7", source="", remark="เครื่องนับเสีย")
    assert officer.post(entry(goal), form).status_code == 302
    result = Result.objects.get()
    assert (result.standing, result.value_milli) == (ResultStanding.NONE, None)
    page = officer.get(reverse("project-results", args=[goal.project_id])).content.decode()
    assert "ไม่มีข้อมูล" in page


def test_a_result_is_corrected_with_a_reason(world: World, officer: Client, goal: Goal) -> None:
    old = give_result(goal, quarter(1, 320), by=world.officer)
    form = typed(value="330", result=str(old.pk))
    assert "โปรดบอกเหตุที่แก้ไข" in officer.post(entry(goal), form).content.decode()
    assert officer.post(entry(goal), form | {"why": "นับขาด"}).status_code == 302
    page = officer.get(entry(goal) + "?from=2025-10-01").content.decode()
    assert "ผลที่แก้ไปแล้ว 1 ครั้ง" in page
    # Who opened the empty form before is told, and overwrites nothing.
    late = officer.post(entry(goal), typed(value="400"))
    assert "มีผู้บันทึกผลของงวดนี้ไปแล้ว" in late.content.decode()


def test_whoever_gave_the_order_sees_results_and_enters_none(
    world: World, log_in_as: LogIn, goal: Goal
) -> None:
    order = cascaded(world, [world.nong_kapu, world.tha_sen])
    clause = order.directives.filter(dropped_at=None)[1]
    answer_clauses(goal.project, [clause], by=world.clerk)
    above = log_in_as(world.district_officer)
    page = above.get(reverse("project-results", args=[goal.project_id]))
    assert "ยังไม่ส่ง" in page.content.decode()
    assert "บันทึก</a>" not in page.content.decode()
    for address in (entry(goal), reverse("project-goal", args=[goal.project_id, goal.pk])):
        assert above.get(address).status_code == above.post(address, typed()).status_code == 403
    assert above.get(reverse("project-public", args=[goal.project_id])).status_code == 404


def test_residents_are_told_once_a_day_has_them(officer: Client, world: World) -> None:
    address = reverse("project-residents")
    form = {"people": "๓,๒๐๐", "households": "1100", "as_of": "1 ม.ค. 69", "source": "ทะเบียนราษฎร"}
    assert officer.post(address, form | {"households": "4000"}).status_code == 422
    assert officer.post(address, form).status_code == 302
    assert "ประชากร 3,200 คน" in officer.get(address).content.decode()
    assert Residents.objects.get().organisation == world.nong_kapu


def test_the_page_of_results_asks_as_often_with_many_goals(
    world: World, officer: Client, project: Project
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            officer.get(reverse("project-results", args=[project.pk]))
        return len(seen)

    given(goal_of(project, world.officer), 1, 100, by=world.officer)
    few = asked()
    for number in range(8):
        given(goal_of(project, world.officer, name=f"ข้อ {number}"), 1, 100, by=world.officer)
    assert asked() == few


# What a citizen reads.


@pytest.fixture
def shown(world: World) -> Project:
    """A published project with everything in it that must not be told."""
    words = {
        **SECTIONS,
        "objectives": "ปรับปรุงสวน 1 แห่ง\nติดต่อนายสมชาย ใจดี โทร 081-234-5678",
        "responsible": "นางมาลี แก้วกระจ่าง",
        "rationale": "บันทึกภายใน",
    }
    project = approved(world.clerk, sections=words)
    Allotment.objects.create(
        project=project, source_words="เงินรายได้ของ อบต.", planned_satang=35_000_050
    )
    TargetGroup.objects.create(project=project, name="ผู้สูงอายุ", unit="คน", planned=320)
    ProjectSupporter.objects.create(project=project, name="อำเภอบ้านลาด", gives="สอบถาม 032-456789")
    goal = goal_of(project, world.officer)
    remark = {"remark": "บันทึกภายในของกอง"}
    give_result(goal, quarter(1, 320, **remark), by=world.officer)
    set_goal(project, share_words(), by=world.officer)
    return show_project(project, by=world.executive, is_public=True)


def public(project: Project) -> str:
    return reverse("public-project", args=[project.ref])


def test_a_citizen_reads_what_where_for_whom_and_with_what_money(shown: Project) -> None:
    answer = Client().get(public(shown))
    assert answer.status_code == 200
    page = answer.content.decode()
    for told in (
        "ปรับปรุงสวน 1 แห่ง",
        "หมู่ที่ 3 ตำบลหนองกะปุ",
        "ผู้สูงอายุ: เป้าหมาย 320 คน",
        "350,000.50",
        "เงินรายได้ของ อบต.",
        "320 คน",
        "มีผล 1 จาก 1 งวด",
    ):
        assert told in page, told


def test_no_person_and_nothing_internal_is_told(shown: Project, world: World) -> None:
    page = Client().get(public(shown)).content.decode()
    people = [post.person.name for post in (world.officer, world.clerk) if post.person]
    for hidden in (
        "สมชาย",
        "081-234-5678",
        "032-456789",
        "มาลี",
        "บันทึกภายใน",
        *people,
    ):
        assert hidden not in page, hidden


def test_it_is_kept_for_a_short_time_and_knows_nobody(
    shown: Project, log_in_as: LogIn, world: World
) -> None:
    nobody = Client().get(public(shown))
    assert nobody["Cache-Control"] == "public, max-age=300"
    assert "default-src 'self'" in nobody["Content-Security-Policy"]
    assert "X-Robots-Tag" not in nobody
    assert not nobody.cookies
    somebody = log_in_as(world.officer).get(public(shown))
    assert somebody.content == nobody.content
    with CaptureQueriesContext(connection) as asked:
        Client().get(public(shown))
    assert len(asked) == 1


def not_shown(shown: Project, world: World, how: str) -> None:
    if how == "taken back":
        show_project(shown, by=world.executive, is_public=False)
    elif how == "given up":
        move_project(shown, ProjectState.CANCELLED, by=world.executive, why="ไม่มีงบประมาณ")
    else:
        Project.objects.filter(pk=shown.pk).update(state=ProjectState.DRAFT)


@pytest.mark.parametrize("how", ["taken back", "given up", "a draft again"])
def test_what_is_published_no_longer_is_gone_at_once(
    shown: Project, world: World, how: str
) -> None:
    assert Client().get(public(shown)).status_code == 200
    houses = reverse("public-projects", args=[world.nong_kapu.code])
    assert shown.name in Client().get(houses).content.decode()
    not_shown(shown, world, how)
    answer = Client().get(public(shown))
    assert answer.status_code == 404
    assert shown.name not in answer.content.decode()
    assert shown.name not in Client().get(houses).content.decode()


def test_pictures_that_were_judged_adequate_are_shown_small_and_no_others(
    shown: Project, world: World
) -> None:
    good, waiting = (attached(shown, world.officer, photo(seed)) for seed in (1, 2))
    judge_evidence(good, is_adequate=True, by=world.clerk)
    page = Client().get(public(shown)).content.decode()
    address = reverse("public-picture", args=[shown.ref, good.pk])
    assert address in page
    assert page.count("<img") == 1
    for side in ("", "?small"):
        picture = Client().get(address + side)
        assert picture["Content-Type"] == "image/webp"
        assert b"Exif" not in picture.content
        assert "default-src 'none'" in picture["Content-Security-Policy"]
    other = reverse("public-picture", args=[shown.ref, waiting.pk])
    assert Client().get(other).status_code == 404
    show_project(shown, by=world.executive, is_public=False)
    assert Client().get(address).status_code == 404


def test_what_was_never_published_is_unknown(world: World) -> None:
    for project in (proposed(world.clerk), approved(world.clerk)):
        assert Client().get(public(project)).status_code == 404
    assert Client().get(reverse("public-project", args=[uuid4()])).status_code == 404
    assert Client().get(reverse("public-projects", args=["no-such"])).status_code == 404
    answer = Client().get(reverse("public-projects", args=[world.nong_kapu.code]))
    assert "ยังไม่มีโครงการที่เผยแพร่" in answer.content.decode()


def test_the_list_of_a_house_asks_as_often_with_many(world: World) -> None:
    address = reverse("public-projects", args=[world.nong_kapu.code])
    counts = []
    for number in range(1, 4):
        one = approved(world.clerk, name=f"โครงการที่ {number}")
        show_project(one, by=world.executive, is_public=True)
        with CaptureQueriesContext(connection) as asked:
            page = Client().get(address).content.decode()
        assert f"{number} โครงการ" in page
        counts.append(len(asked))
    assert counts[0] == counts[-1] <= 12


def test_publishing_is_pressed_by_who_decides_after_seeing_it(
    world: World, officer: Client, log_in_as: LogIn, project: Project
) -> None:
    address = reverse("project-public", args=[project.pk])
    assert "ข้างล่างนี้คือสิ่งที่ประชาชนจะเห็น" in officer.get(address).content.decode()
    assert officer.post(address, {"is_public": "yes"}).status_code == 403
    executive = log_in_as(world.executive)
    assert executive.post(address, {"is_public": "yes"}).status_code == 302
    assert Client().get(public(project)).status_code == 200
    executive.post(address, {"is_public": "no"})
    assert Client().get(public(project)).status_code == 404


def test_the_page_of_a_project_says_how_far_it_is(
    world: World, log_in_as: LogIn, goal: Goal
) -> None:
    with time_machine.travel("2026-08-01T09:00:00+07:00"):
        page = (
            log_in_as(world.officer)
            .get(reverse("project", args=[goal.project_id]))
            .content.decode()
        )
    assert "ล่าช้า" in page
    assert "ถึงเป้าหมายแล้ว 0 จาก 1 ตัวชี้วัด" in page
