"""Results in a real browser: a figure warned of and put right, and what a citizen opens."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, Eyes, come_in, new_page
from tests.projects.evidence import attached, photo
from tests.projects.measures import goal_of, quarter, share_words
from tests.projects.projects import SECTIONS, approved
from tests.web.conftest import BANGKOK
from tests.world import World
from thamthan.projects.actions import give_result, judge_evidence, move_project, set_goal
from thamthan.projects.models import (
    Allotment,
    BudgetLine,
    Project,
    ProjectSupporter,
    Result,
    Step,
    TargetGroup,
)
from thamthan.projects.rules import ProjectState, ResultStanding

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER

NAME = (
    "โครงการปรับปรุงภูมิทัศน์และพัฒนาสวนสาธารณะเฉลิมพระเกียรติประจำหมู่บ้าน พร้อมติดตั้งเครื่องออกกำลังกาย"
    "สำหรับผู้สูงอายุและลานกิจกรรมเด็ก หมู่ที่ 3 ตำบลหนองกะปุ อำเภอบ้านลาด จังหวัดเพชรบุรี"
)


@pytest.fixture
def april() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 4, 10, 9, 0, tzinfo=BANGKOK)):
        yield


@pytest.fixture
def project(april: None, world: World) -> Project:
    """Under way, with steps, money, four goals and a photograph."""
    cache.clear()
    one = approved(world.clerk, name=NAME, sections=SECTIONS | {"objectives": "สวนใกล้บ้าน 1 แห่ง"})
    move_project(one, ProjectState.UNDER_WAY, by=world.clerk)
    goal = goal_of(one, world.officer)
    give_result(goal, quarter(1, 320), by=world.officer)
    share = set_goal(
        one, share_words(baseline_milli=40_000, baseline_of_milli=100_000), by=world.officer
    )
    give_result(share, quarter(1, 420, of_milli=1_100_000), by=world.officer)
    parks = {"name": "สวนสาธารณะที่เปิดใช้", "measure": "count", "unit": "แห่ง"}
    goal_of(one, world.officer, **parks, adding_up="latest", target_milli=3_000)
    sales = goal_of(one, world.officer, name="ยอดขายตลาดนัดในสวน", measure="baht", unit="บาท")
    none = {"standing": ResultStanding.NONE, "remark": "กลุ่มยังไม่ส่งบัญชี", "source": ""}
    give_result(sales, quarter(2, **none), by=world.officer)
    for at, (name, ends_on, done_on) in enumerate(
        (
            ("สำรวจและออกแบบ", date(2026, 1, 31), date(2026, 1, 28)),
            ("จัดซื้อจัดจ้าง", date(2026, 3, 31), None),
            ("ปรับพื้นที่และปลูกต้นไม้", date(2026, 6, 30), None),
        ),
        start=1,
    ):
        Step.objects.create(
            project=one, position=at, name=name, ends_on=ends_on, done_on=done_on, weight=at
        )
    line = BudgetLine.objects.create(
        organisation=one.organisation,
        be_year=2569,
        name="เงินรายได้ของ อบต.",
        approved_satang=35_000_000,
        allotted_satang=35_000_000,
        made_by=world.clerk,
    )
    Allotment.objects.create(
        project=one,
        line=line,
        planned_satang=40_000_000,
        approved_satang=35_000_000,
        committed_satang=20_000_000,
        paid_satang=5_000_050,
    )
    Allotment.objects.create(project=one, source_words="กองทุนสิ่งแวดล้อม", planned_satang=120_000_000)
    TargetGroup.objects.create(project=one, name="ผู้สูงอายุ", unit="คน", planned=320, reached=45)
    ProjectSupporter.objects.create(project=one, name="อำเภอบ้านลาด", gives="กล้าไม้ 200 ต้น")
    judge_evidence(attached(one, world.officer, photo(3)), is_adequate=True, by=world.clerk)
    one.refresh_from_db()
    return one


@pytest.mark.parametrize("size", SIZES)
def test_a_figure_is_warned_of_and_put_right(
    size: str, browser: Any, live_server: LiveServer, project: Project
) -> None:
    page, eyes = come_in(browser, live_server, "malee", size)
    page.goto(f"{live_server.url}/projects/{project.pk}/results/")
    playwright.expect(page.get_by_text("ขั้นตอนเสร็จ 1 จาก 3 ขั้น").first).to_be_visible()
    eyes.look("project-results", whole=True)

    page.get_by_role("link", name="บันทึก", exact=True).first.click()
    playwright.expect(page.get_by_role("heading", name="ไตรมาส 2/2569")).to_be_visible()
    eyes.look("result", whole=True)
    page.get_by_label("จำนวน (คน)").fill("๓๕๐๐")
    page.get_by_role("button", name="บันทึกผลไตรมาส 2/2569").click()
    warning = page.get_by_role("alert")
    playwright.expect(warning).to_contain_text("ท่านใส่ 3,500 คน เป็น 10.9 เท่าของงวดก่อน")
    eyes.look("result-warned", whole=True)
    assert Result.objects.filter(goal__project=project).count() == 3

    page.get_by_label("จำนวน (คน)").fill("350")
    page.get_by_role("button", name="บันทึกผลไตรมาส 2/2569").click()
    playwright.expect(page.get_by_text("มีผล 2 จาก 2 งวด")).to_be_visible()
    page.goto(f"{live_server.url}/projects/{project.pk}/goals/new/")
    eyes.look("goal-new", whole=True)
    page.goto(f"{live_server.url}/projects/{project.pk}/")
    eyes.look("project-progress", whole=True)
    assert eyes.complaints == []


@pytest.mark.parametrize("size", SIZES)
def test_a_project_is_published_and_a_citizen_reads_it(
    size: str, browser: Any, live_server: LiveServer, project: Project
) -> None:
    page, eyes = come_in(browser, live_server, "nayok", size)
    page.goto(f"{live_server.url}/projects/{project.pk}/public/")
    eyes.look("project-public-preview", whole=True)
    page.get_by_role("button", name="เผยแพร่ให้ประชาชน").click()
    playwright.expect(page.get_by_role("heading", name="เผยแพร่อยู่")).to_be_visible()

    citizen = new_page(browser, size)
    eye = Eyes(citizen, size)
    citizen.goto(f"{live_server.url}/public/projects/{project.ref}/")
    playwright.expect(citizen.get_by_text("320 คน").last).to_be_visible()
    picture = citizen.get_by_role("img", name="ภาพหลังทำ")
    picture.scroll_into_view_if_needed()
    eye.look("public-project", whole=True)
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    citizen.get_by_role("link", name="โครงการอื่นของ").click()
    heading = citizen.get_by_role("heading", level=1)
    playwright.expect(heading).to_have_text("โครงการที่เผยแพร่ 1 โครงการ")
    eye.look("public-projects", whole=True)
    assert eyes.complaints + eye.complaints == []
