"""The demo's projects: of three invented offices, in every state, so that the room is alive."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from thamthan.projects.actions import (
    CostWords,
    finish_step,
    move_project,
    set_costs,
    set_places,
    set_risks,
    set_steps,
    set_supporters,
    set_target_groups,
    show_project,
    start_project,
)
from thamthan.projects.listed import template_named
from thamthan.projects.queries import answerable_clauses, own_projects, with_template
from thamthan.projects.rows import (
    GroupRow,
    PlaceRow,
    RiskRow,
    Start,
    StepRow,
    SupporterRow,
)
from thamthan.projects.rules import PlaceKind, PlanStanding, ProjectState
from thamthan.projects.rules.templates import BLANK
from thamthan.thai.dates import BuddhistYear, FiscalYear

if TYPE_CHECKING:
    from thamthan.organisations.models import Post
    from thamthan.projects.models import Project

_PARK = {
    "rationale": "ลานกลางหมู่ที่ 3 รกร้างมาสามปี ประชาชนโดยรอบ 850 คนไม่มีที่ออกกำลังกาย เด็กต้องเล่นริมถนน"
    " การประชุมประชาคมหมู่บ้านขอให้ปรับปรุงเป็นสวนสาธารณะที่ทุกวัยใช้ร่วมกันได้",
    "objectives": "1. ให้มีสวนสาธารณะที่ได้มาตรฐาน 1 แห่ง\n2. เพิ่มพื้นที่สีเขียวของตำบล",
    "targets": "สวนสาธารณะ 1 แห่ง เนื้อที่ 4-2-0 ไร่ ประชาชนใช้ประโยชน์ 850 คน",
    "method": "ประชุมผู้ใช้ ปรับพื้นที่ ปลูกไม้ท้องถิ่น 120 ต้น ติดตั้งเครื่องออกกำลังกาย 8 ชุด ทางลาด และไฟส่องสว่าง",
    "place_words": "ลานกลางบ้าน หมู่ที่ 3 ตำบลหนองกะปุ",
    "responsible": "กองช่าง",
    "evaluation": "ตรวจตามรายการมาตรฐานสวนสาธารณะ ภาพก่อนและหลัง และนับผู้ใช้",
    "expected_results": "1. ประชาชนมีที่พักผ่อนและออกกำลังกาย\n2. ลดอุบัติเหตุเด็กเล่นริมถนน",
}

# What the templates leave to be filled in, of those that are approved.
_TOLD = {
    "living-costs": {
        "rationale": "ครัวเรือนในตำบลมีรายจ่ายอาหารและของใช้เฉลี่ยเดือนละ 8,200 บาท ขณะที่รายได้ไม่เพิ่มตาม"
        " จึงจัดตลาดนัดชุมชนให้ผู้ผลิตขายตรงในราคาประหยัด",
        "targets": "จัดตลาดนัด 12 ครั้ง ผู้ค้า 25 ราย ครัวเรือนที่ได้ประโยชน์ 180 ครัวเรือน",
        "evaluation": "นับผู้ค้าและยอดขายทุกครั้ง และสอบถามครัวเรือนตัวอย่าง 30 ครัวเรือน",
    },
    "skills": {
        "rationale": "ผู้ประกอบการในตำบล 60 รายยังขายออนไลน์ไม่เป็น จึงฝึกปฏิบัติจริงและติดตามหลังอบรม",
        "targets": "ผู้ผ่านการอบรม 40 คน จำนวน 2 รุ่น ใช้ทักษะหลังอบรม 3 เดือนไม่น้อยกว่าร้อยละ 60",
        "method": "รับสมัคร จัดอบรมเชิงปฏิบัติการรุ่นละ 20 คน ให้ทำงานจริง และติดตามหลัง 3 เดือน",
        "place_words": "ศาลาประชาคม หมู่ที่ 2",
        "responsible": "สำนักปลัด",
    },
    "welfare": {
        "rationale": "จากข้อมูล จปฐ. และการสำรวจ พบครัวเรือนเปราะบาง 42 ครัวเรือน ผู้ที่ยังไม่ได้รับสวัสดิการ 15 คน"
        " จึงต้องค้นหา เยี่ยม และช่วยให้เข้าถึงสิทธิเป็นรายครัวเรือน",
        "targets": "ครัวเรือนเปราะบาง 42 ครัวเรือนมีแผน ผู้มีสิทธิเข้าถึงสวัสดิการเพิ่ม 15 คน",
        "place_words": "ทุกหมู่บ้านในตำบล",
        "responsible": "กองสวัสดิการสังคม",
    },
}


def seed_projects(posts: dict[str, "Post"], *, today: date) -> int:
    """ใส่โครงการสาธิต once, by the demo's own people; gives how many."""
    clerk, boss = posts["somjai"], posts["nayok"]
    if own_projects(clerk).exists():
        return 0
    year = FiscalYear.containing(today)
    _last_years_park(clerk, boss, year.be - 1, today)
    _park(clerk, boss, year.be, today)
    _begun(clerk, "waste", "ขยะ", year.be, today)
    market = _begun(
        clerk, "living-costs", "ลดรายจ่าย", year.be, today, standing=PlanStanding.ROUTINE
    )
    move_project(market, ProjectState.APPROVED, by=boss)
    _late_welfare(clerk, boss, year.be, today)
    _begun(posts["somsak"], "skills", "ทักษะ", year.be, today, approved_by=posts["somsak"])
    _homes(posts["kanya"], year.be, today)
    return 7


def _begun(
    by: "Post",
    key: str,
    asked: str,
    be_year: int,
    today: date,
    *,
    standing: PlanStanding = PlanStanding.NONE,
    approved_by: "Post | None" = None,
) -> "Project":
    """From a template, answering the clause of the circular in which this word stands."""
    template = template_named(key)
    if template is None:
        raise ValueError(f"no such template: {key}")
    clauses = tuple(answerable_clauses(by).filter(text__contains=asked, measures=None)[:1])
    start = Start(be_year=be_year, standing=standing, clauses=clauses)
    start = with_template(start, template, house=by.organisation.name, today=today)
    told = {**start.sections, **_TOLD.get(key, {})}
    project = start_project(replace(start, sections=told), by=by)
    if approved_by is not None:
        project = move_project(project, ProjectState.APPROVED, by=approved_by)
    return project


def _park(clerk: "Post", boss: "Post", be_year: int, today: date) -> None:
    project = start_project(
        Start(
            name="ปรับปรุงสวนสาธารณะลานกลางบ้าน หมู่ที่ 3",
            be_year=be_year,
            standing=PlanStanding.PLAN,
            begins_on=today - timedelta(days=50),
            ends_on=today + timedelta(days=75),
            sections=_PARK,
            template="public-park",
            clauses=tuple(
                answerable_clauses(clerk).filter(text__contains="สวนสาธารณะ", measures=None)
            ),
        ),
        by=clerk,
    )
    days = ((-50, -40), (-39, -20), (-19, 3), (4, 60), (75, 75))
    names = (
        "ประชุมผู้ใช้และตรวจที่ดิน",
        "ออกแบบและประมาณราคา",
        "จัดซื้อจัดจ้าง",
        "ปรับพื้นที่ ปลูกต้นไม้ ติดตั้งอุปกรณ์",
        "เปิดให้ประชาชนใช้",
    )
    steps = [
        StepRow(
            name,
            today + timedelta(days=first),
            today + timedelta(days=last),
            is_milestone=first == last,
        )
        for name, (first, last) in zip(names, days, strict=True)
    ]
    set_steps(project, steps, by=clerk)
    set_target_groups(project, [GroupRow("ประชาชนหมู่ที่ 3 และใกล้เคียง", "คน", 850)], by=clerk)
    set_supporters(
        project,
        [
            SupporterRow("วัดหนองกะปุ", "อนุญาตให้ใช้ที่ดินข้างลานจอดรถ"),
            SupporterRow("สำนักงานทรัพยากรธรรมชาติและสิ่งแวดล้อมจังหวัด", "กล้าไม้ 120 ต้น", 600_000),
        ],
        by=clerk,
    )
    set_places(
        project,
        [
            PlaceRow("ลานกลางบ้าน", PlaceKind.POINT, 3, 13_060_212, 99_835_345),
            PlaceRow(
                "แนวปลูกต้นไม้",
                PlaceKind.AREA,
                outline=(
                    (99.8331, 13.0622),
                    (99.8382, 13.0619),
                    (99.8379, 13.0581),
                    (99.8328, 13.0585),
                ),
            ),
        ],
        by=clerk,
    )
    set_risks(project, [RiskRow("ฝนมาเร็ว ปรับพื้นที่ไม่ได้", 2, 3, "ทำงานดินก่อน ปลูกต้นไม้ทีหลัง")], by=clerk)
    set_costs(
        project,
        [
            CostWords("ปรับพื้นที่และทางเดิน", 22_000_000, "550 ตร.ม. × 400 บาท"),
            CostWords("เครื่องออกกำลังกายกลางแจ้ง", 20_000_000, "8 ชุด × 25,000 บาท"),
            CostWords("ไฟส่องสว่างและทางลาด", 6_500_000, "เหมาจ่าย"),
        ],
        by=clerk,
    )
    project.refresh_from_db()
    move_project(project, ProjectState.APPROVED, by=boss)
    done = list(project.steps.all()[:2])
    for step in done:
        finish_step(step, by=clerk, on=step.ends_on)
    show_project(project, by=boss, is_public=True)


def _last_years_park(clerk: "Post", boss: "Post", be_year: int, today: date) -> None:
    begins = FiscalYear(BuddhistYear(be_year)).first_on + timedelta(days=90)
    project = start_project(
        Start(
            name="ปรับปรุงสวนสาธารณะหน้าที่ทำการ อบต.",
            be_year=be_year,
            standing=PlanStanding.ORDINANCE,
            begins_on=begins,
            ends_on=begins + timedelta(days=120),
            sections=_PARK | {"place_words": "หน้าที่ทำการ อบต.หนองกะปุ"},
            template="public-park",
        ),
        by=clerk,
    )
    set_target_groups(project, [GroupRow("ประชาชนทั่วไป", "คน", 400, 520)], by=clerk)
    _done(project, boss)


def _late_welfare(clerk: "Post", boss: "Post", be_year: int, today: date) -> None:
    project = _begun(
        clerk, "welfare", "กลุ่มเปราะบาง", be_year, today, standing=PlanStanding.ORDINANCE
    )
    steps = [
        StepRow("สำรวจและตรวจรายชื่อกับฐานข้อมูลที่มี", today - timedelta(40), today - timedelta(12)),
        StepRow("เยี่ยมบ้านและจัดทำแผนรายครัวเรือน", today - timedelta(11), today + timedelta(30)),
    ]
    set_steps(project, steps, by=clerk)
    project.refresh_from_db()
    move_project(project, ProjectState.APPROVED, by=boss)
    move_project(project, ProjectState.UNDER_WAY, by=clerk)


def _homes(by: "Post", be_year: int, today: date) -> None:
    template = template_named("housing")
    if template is None:
        raise ValueError("no template for housing")
    clauses = tuple(answerable_clauses(by).filter(text__contains="ที่อยู่อาศัย", measures=None)[:1])
    start = with_template(
        Start(be_year=be_year, standing=PlanStanding.ORDINANCE, clauses=clauses),
        template,
        house=by.organisation.name,
        today=today,
    )
    filled = {name: text.replace(BLANK, "4") for name, text in start.sections.items()}
    filled |= {"place_words": "ชุมชนหมู่ที่ 1 และหมู่ที่ 4", "responsible": "กองช่าง"}
    project = start_project(
        replace(
            start,
            name="ซ่อมแซมบ้านผู้ยากไร้ในเขตเทศบาล 4 หลัง",
            sections=filled,
            begins_on=today - timedelta(days=150),
            ends_on=today - timedelta(days=10),
            steps=(),
            groups=(GroupRow("บ้านผู้ยากไร้", "หลัง", 4, 4),),
        ),
        by=by,
    )
    _done(project, by)


def _done(project: "Project", boss: "Post") -> None:
    project.refresh_from_db()
    for state in (ProjectState.APPROVED, ProjectState.UNDER_WAY, ProjectState.FINISHED):
        move_project(project, state, by=boss)
    show_project(project, by=boss, is_public=True)
