"""Projects with papers: what they cost, steps, goals, and a request by the environment fund."""

from datetime import date

from tests.projects.funding import PDF, loaded
from tests.projects.projects import proposed
from tests.world import World
from thamthan.directives.rules import Measure
from thamthan.organisations.models import Organisation
from thamthan.projects.actions import CostWords, give_paper, open_request, set_costs
from thamthan.projects.models import (
    DevelopmentPlan,
    FundingRequest,
    Goal,
    PlanBudget,
    PlanRow,
    Project,
    ProjectSupporter,
    Risk,
    Step,
    TargetGroup,
)
from thamthan.projects.queries import channel_for
from thamthan.projects.rules import AddingUp, PlanForm, PlanShape, PlanStanding

COSTS = (
    CostWords("ทางเดินวิ่ง ยาว 850 เมตร", 68_000_000, "850 ม. × 800 บาท"),
    CostWords("เครื่องออกกำลังกาย", 30_000_000, "12 ชุด × 25,000 บาท"),
)


def full(world: World) -> Project:
    """A project of the works division with everything its papers tell."""
    works = Organisation.objects.get(code="6760607-03")
    project = proposed(
        world.officer, unit=works, begins_on=date(2026, 1, 5), ends_on=date(2026, 9, 30)
    )
    project = set_costs(project, COSTS, by=world.officer)
    Step.objects.create(
        project=project,
        position=1,
        name="ออกแบบและประมาณราคา",
        begins_on=date(2026, 1, 5),
        ends_on=date(2026, 2, 27),
        is_milestone=True,
    )
    TargetGroup.objects.create(project=project, name="ประชาชนหมู่ที่ 3", unit="คน", planned=850)
    ProjectSupporter.objects.create(project=project, name="สถานีเพาะชำกล้าไม้", gives="กล้าไม้ 500 ต้น")
    Risk.objects.create(project=project, what="ฝนตกหนัก", likelihood=2, effect=3, answer="เร่งงานดิน")
    Goal.objects.create(
        project=project,
        name="พื้นที่สีเขียวของตำบล",
        measure=Measure.RATIO,
        unit="ร้อยละ",
        adding_up=AddingUp.SHARE,
        baseline_milli=214_000,
        baseline_of_milli=1_000_000,
        target_milli=250_000,
        target_of_milli=1_000_000,
    )
    return project


def asked(
    world: World,
    project: Project,
    *,
    code: str = "environment-fund",
    satang: int | None = 90_000_000,
) -> FundingRequest:
    """A request of this project for the next year, with a page of the plan given."""
    loaded()
    channel = channel_for(world.officer, code)
    request = open_request(project, channel, by=world.officer, be_year=2570, asked_satang=satang)
    page = request.papers.exclude(name__contains="ข้อเสนอ").exclude(name__contains="แบบ").first()
    if page is not None:
        give_paper(request, page.pk, by=world.officer, name="plan.pdf", content=PDF)
        request.refresh_from_db()
    return request


def plan(world: World, *, shape: str = PlanShape.STRATEGY) -> DevelopmentPlan:
    """A plan of Nong Kapu with a row, an older row that this one replaced, and equipment."""
    made = DevelopmentPlan.objects.create(
        organisation=world.nong_kapu, be_from=2566, be_to=2570, shape=shape, made_by=world.clerk
    )
    row = PlanRow.objects.create(
        plan=made,
        form=PlanForm.P02,
        position=1,
        number="14",
        headings=["ยุทธศาสตร์ที่ 2 คุณภาพชีวิต", "แผนงานเคหะและชุมชน"],
        name="ปรับปรุงสวนสาธารณะ",
        indicator="สวน 1 แห่ง",
        lead="กองช่าง",
    )
    PlanBudget.objects.create(row=row, be_year=2569, planned_satang=98_000_000)
    PlanBudget.objects.create(row=row, be_year=2570, planned_satang=0)
    PlanRow.objects.create(
        plan=made, form=PlanForm.P02, position=2, number="13", name="ชื่อเดิม", replaced_by=row
    )
    PlanRow.objects.create(
        plan=made,
        form=PlanForm.P03,
        position=3,
        number="1",
        name="เครื่องตัดหญ้า",
        category="ค่าครุภัณฑ์ / ครุภัณฑ์งานบ้านงานครัว",
    )
    return made


def in_the_plan(world: World) -> Project:
    row = plan(world).rows.get(number="14")
    return proposed(world.officer, standing=PlanStanding.PLAN, plan_row=row)
