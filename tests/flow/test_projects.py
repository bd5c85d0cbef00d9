"""The letter's clause on public parks becomes something that people can see, and a report of it.

Not in the plan → added to it → asked for by two channels → granted by one → photographs → a result
→ the report of the house is filled with it; all through the pages.
"""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.flow.test_registry import as_
from tests.projects.evidence import photo
from tests.projects.funding import PDF
from tests.projects.projects import SECTIONS
from tests.reports.reports import opened, report_of
from tests.world import World
from thamthan.cli.shipped import load_shipped_lists
from thamthan.projects.models import (
    BudgetLine,
    DevelopmentPlan,
    Evidence,
    FundingRequest,
    Goal,
    PlanRow,
    Project,
)
from thamthan.projects.rules import PlanStanding, ProjectState, RequestState
from thamthan.reports.models import Round

pytestmark = pytest.mark.django_db
BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel(datetime(2026, 3, 16, 9, tzinfo=BANGKOK), tick=False) as clock:
        yield clock


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def pressed(client: Client, address: str, **form: Any) -> str:
    answer = client.post(address, form)
    assert answer.status_code == 302, (address, answer.status_code, _wrong(answer))
    return str(answer.headers["Location"])


def _wrong(answer: Any) -> list[str]:
    return re.findall(r'class="wrong"[^>]*>([^<]+)', answer.content.decode())


def begun(world: World, officer: Client) -> tuple[Round, Project]:
    """A project from the clause on quality of life, which asks for parks."""
    load_shipped_lists(by=world.system)
    round_ = opened(world, [world.nong_kapu])
    clause = round_.root.directives.filter(parent=None)[1]
    assert "สวนสาธารณะ" in clause.text
    asked = page_of(officer, f"/projects/new/?clause={clause.pk}")
    assert "ใกล้เคียง" in asked
    pressed(
        officer,
        f"/projects/new/?clause={clause.pk}",
        clause=str(clause.pk),
        name="ปรับปรุงสวนสาธารณะหมู่ที่ 3",
        year="2569",
        standing=PlanStanding.NONE,
    )
    project = Project.objects.get()
    assert [answer.directive for answer in project.answers.all()] == [clause]
    return round_, project


def added_to_the_plan(officer: Client, project: Project) -> PlanRow:
    """The plan has a row for it now, and the project says that it stands there."""
    where = pressed(officer, "/plans/new/", be_from="2566", be_to="2570", shape="strategy")
    plan = DevelopmentPlan.objects.get()
    assert str(plan.pk) in where
    pressed(
        officer,
        f"/plans/{plan.pk}/rows/new/",
        form="p02",
        mode="added",
        mode_words="เพิ่มเติม ครั้งที่ 1/2569",
        number="1",
        name=project.name,
        headings="ยุทธศาสตร์ที่ 1 ด้านคุณภาพชีวิต\nแผนงานเคหะและชุมชน",
        target="สวนสาธารณะ 1 แห่ง",
        reason="ประชาชนไม่มีที่ออกกำลังกาย",
        planned_2569="350,000",
    )
    return PlanRow.objects.get()


def in_the_plan(officer: Client, project: Project, row: PlanRow) -> None:
    """The project says so on its own page."""
    project.refresh_from_db()
    pressed(
        officer,
        f"/projects/{project.pk}/writing/",
        version=str(project.version),
        name=project.name,
        year="2569",
        standing=PlanStanding.PLAN,
        row=str(row.pk),
        **SECTIONS,
    )
    project.refresh_from_db()
    assert (project.standing, project.plan_row) == (PlanStanding.PLAN, row)


def asked_by_two(officer: Client, clerk: Client, project: Project) -> BudgetLine:
    """Asked for by two channels, nothing typed twice; only one of them grants."""
    funding = f"/projects/{project.pk}/funding/"
    assert "แหล่งเงินที่เหมาะ" in page_of(officer, funding)
    pressed(officer, funding, version="0", work=["green"], needed="350,000")
    for channel in ("reserve", "province"):
        pressed(officer, f"{funding}request/", channel=channel)
    own, other = FundingRequest.objects.order_by("pk")
    assert own.asked_satang == other.asked_satang == 35_000_000
    for request in (own, other):
        for paper in request.papers.filter(is_required=True, file=None):
            file = SimpleUploadedFile(f"{paper.pk}.pdf", PDF)
            pressed(officer, f"/funding/{request.pk}/papers/{paper.pk}/", file=file)
        request.refresh_from_db()
        deed = {"deed": "submit", "version": str(request.version), "on": "16 มี.ค. 69"}
        pressed(clerk, f"/funding/{request.pk}/deed/", **deed)
    own.refresh_from_db()
    pressed(
        clerk,
        f"/funding/{own.pk}/deed/",
        deed="decide",
        version=str(own.version),
        result="granted",
        granted="300,000",
        on="16 มี.ค. 69",
        words="มติสภาฯ 1/2569",
    )
    states = {one.pk: one.state for one in FundingRequest.objects.all()}
    assert states == {own.pk: RequestState.GRANTED, other.pk: RequestState.SUBMITTED}
    line = BudgetLine.objects.get()
    assert line.approved_satang == 30_000_000
    return line


def money_used(officer: Client, clerk: Client, project: Project, line: BudgetLine) -> None:
    """Allotted by who decides, bound and paid by the officer; never more than there is."""

    def press(deed: str, client: Client = officer, **more: Any) -> int:
        form = {"deed": deed, "press": str(uuid4()), "form": "new", **more}
        return int(client.post(f"/projects/{project.pk}/money/", form).status_code)

    assert press("allot", line=line.pk, amount="300,000") == 403
    assert press("allot", clerk, line=line.pk, amount="300,000") == 302
    allotment = project.allotments.get(line=line)
    bound = {"key": allotment.pk, "on": "16 มี.ค. 69", "words": "สัญญาจ้าง 7/2569"}
    assert press("commit", **bound, amount="300,001") != 302
    assert press("commit", **bound, amount="280,000") == 302
    commitment = allotment.commitments.get()
    paid = {"key": commitment.pk, "on": "16 มี.ค. 69", "words": "ฎีกา 112/2569"}
    assert press("pay", **paid, amount="140,000") == 302
    allotment.refresh_from_db()
    assert (allotment.committed_satang, allotment.paid_satang) == (28_000_000, 14_000_000)


def shown(officer: Client, clerk: Client, project: Project) -> None:
    """Photographs by the officer, looked at by another."""
    for kind, seed in (("before", 1), ("after", 2)):
        file = SimpleUploadedFile(f"{kind}.jpg", photo(seed), content_type="image/jpeg")
        where = f"/projects/{project.pk}/evidence/new/"
        pressed(officer, where, kind=kind, caption=kind, files=[file])
    first, second = Evidence.objects.order_by("pk")
    own_word = officer.post(f"/evidence/{first.pk}/verdict/", {"verdict": "adequate"})
    assert own_word.status_code != 302
    for evidence in (first, second):
        pressed(clerk, f"/evidence/{evidence.pk}/verdict/", verdict="adequate")


def measured(officer: Client, project: Project) -> None:
    """A result, with its source."""
    pressed(
        officer,
        f"/projects/{project.pk}/goals/new/",
        name="สวนสาธารณะที่ใช้ได้",
        measure="count",
        unit="แห่ง",
        adding_up="sum",
        target="1",
    )
    goal = Goal.objects.get()
    form = {"from": "2026-01-01", "standing": "measured", "value": "๑", "as_of": "16 มี.ค. 69"}
    where = f"/projects/{project.pk}/goals/{goal.pk}/result/"
    pressed(officer, where, **form, source="ตรวจรับงาน")


def test_a_clause_on_parks_becomes_a_park_with_pictures_a_result_and_a_report(
    world: World,
) -> None:
    officer, executive = as_(world.officer), as_(world.executive)
    clerk, district = as_(world.clerk), as_(world.district_officer)
    round_, project = begun(world, officer)
    address = f"/projects/{project.pk}/"
    assert "ยังไม่อยู่ในแผน" in page_of(officer, address)
    # Nobody above sees a draft.
    assert district.get(address).status_code == 404

    row = added_to_the_plan(officer, project)
    assert row.budgets.get(be_year=2569).planned_satang == 35_000_000
    in_the_plan(officer, project, row)
    line = asked_by_two(officer, clerk, project)
    pressed(executive, f"{address}move/", to=ProjectState.APPROVED)
    pressed(officer, f"{address}move/", to=ProjectState.UNDER_WAY)
    money_used(officer, clerk, project, line)
    shown(officer, clerk, project)
    measured(officer, project)

    # Whoever gave the order sees it now; and the report is filled with it, typed by nobody.
    assert project.name in page_of(district, address)
    report = report_of(round_, world.nong_kapu)
    page = page_of(clerk, f"/reports/{report.pk}/")
    assert "ระบบเติมให้จาก" in page
    for told in ("300,000", "140,000", "สวนสาธารณะที่ใช้ได้ 1 แห่ง"):
        assert told in page, told
