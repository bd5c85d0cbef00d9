"""เสนอโครงการ: a project is begun, worded, tied to the clauses it answers, and moved on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from thamthan.directives.models import Directive
from thamthan.errors import Refused
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import ancestors_of
from thamthan.organisations.rules import Level
from thamthan.projects.actions.checks import (
    check_decides,
    check_live,
    check_works,
    locked_project,
)
from thamthan.projects.models import PlanRow, Project, ProjectAnswer
from thamthan.projects.queries import answerable_clauses
from thamthan.projects.rules import (
    MOST_YEARS_AHEAD,
    SECTIONS,
    PlanStanding,
    ProjectState,
    approval_lacks,
    check_project_move,
    in_baht,
)
from thamthan.projects.wordlist import add_words, change_words
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.dates import FiscalYear
from thamthan.thai.text import fold, squeeze

MOST_NAME, MOST_WORDS = 500, 20_000
_FEWEST_YEAR = 2540


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """เนื้อหาโครงการ as a person gives it: name, year, where it stands in the plan, the sections."""

    name: str
    be_year: int
    standing: str
    unit: Organisation | None = None
    plan_row: PlanRow | None = None
    ordinance_words: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    template: str = ""


@transaction.atomic
def propose_project(
    words: ProjectWords, *, by: Post, copied_from: Project | None = None
) -> Project:
    """เสนอโครงการหรือกิจกรรม: begun as a draft of one's own house.

    Does not check whether such a project is there already: `nearest` ones are shown before.
    """
    check_works(by)
    house = house_of(by)
    levels = {each.level: each for each in ancestors_of(by, house)}
    project = Project(
        organisation=house,
        district=levels.get(Level.DISTRICT),
        province=levels.get(Level.PROVINCE),
        made_by=by,
        copied_from=copied_from,
    )
    _put(project, words, house)
    project.save()
    add_words([(project.pk, project.folded)])
    record(Verb.PROJECT_PROPOSED, project, by=by, name=project.name, be_year=project.be_year)
    return project


@transaction.atomic
def change_project(
    project: Project, words: ProjectWords, *, by: Post, seen_version: int
) -> Project:
    """แก้ไขโครงการ: its words anew, as long as it is not finished or given up."""
    locked = locked_project(project, by=by, seen_version=seen_version)
    check_live(locked)
    before = {
        one.name: getattr(locked, one.name) for one in fields(ProjectWords) if one.name in _KEPT
    }
    folded = locked.folded
    _put(locked, words, locked.organisation)
    locked.version += 1
    locked.save()
    change_words(locked.pk, before=folded, after=locked.folded)
    changed = [name for name, old in before.items() if getattr(locked, name) != old]
    record(Verb.PROJECT_CHANGED, locked, by=by, changed=changed, version=locked.version)
    return locked


_KEPT = frozenset(
    {"name", "be_year", "standing", "unit", "plan_row", "ordinance_words", "begins_on", "ends_on"}
)


@transaction.atomic
def answer_clauses(
    project: Project, clauses: Collection[Directive], *, by: Post, seen_version: int | None = None
) -> None:
    """โยงโครงการกับข้อสั่งการ: it answers exactly these clauses now; one project, many orders.

    Only clauses of orders that the house has in hand or took up itself.
    """
    locked = locked_project(project, by=by, seen_version=seen_version)
    check_live(locked)
    wanted = {clause.pk for clause in clauses}
    allowed = {
        clause.pk: clause
        for clause in answerable_clauses(by).filter(pk__in=wanted).select_related("order")
    }
    if allowed.keys() != wanted:
        raise Refused("ตอบได้เฉพาะข้อสั่งการที่หน่วยงานนี้รับไว้", code="foreign_clause", status=400)
    answered = {answer.directive_id: answer for answer in locked.answers.all()}
    locked.answers.filter(directive__in=answered.keys() - wanted).delete()
    ProjectAnswer.objects.bulk_create(
        ProjectAnswer(project=locked, directive=allowed[pk], root_id=allowed[pk].order.top_pk)
        for pk in sorted(wanted - answered.keys())
    )
    locked.version += 1
    locked.save(update_fields=["version"])
    record(Verb.PROJECT_ANSWERS, locked, by=by, clauses=sorted(wanted))


@transaction.atomic
def move_project(
    project: Project, to: ProjectState, *, by: Post, on: date | None = None, why: str = ""
) -> Project:
    """เปลี่ยนสถานะโครงการ: approved, begun, finished, taken up again, or given up with a reason.

    Approving is a decision of the house; whether a council or committee had to agree first is not
    checked here. A project without aims or targets is not approved; without another section only
    with the reason in writing, which history keeps beside what was lacking. None is given up while
    a contract of it still waits to be paid or released. A repeated press changes nothing.
    """
    locked = locked_project(project, by=by)
    if locked.state == to:
        return locked
    if to in {ProjectState.APPROVED, ProjectState.CANCELLED}:
        check_decides(by)
    check_project_move(locked.state, to)
    facts: dict[str, Any] = {}
    if to == ProjectState.APPROVED:
        facts = _check_worded(locked, why)
    elif to == ProjectState.CANCELLED:
        facts = _check_given_up(locked, why)
    today = timezone.localdate()
    day = on or today
    if day > today:
        raise Refused("วันที่นี้ยังมาไม่ถึง", code="future_day", status=400)
    at = timezone.now()
    if to == ProjectState.APPROVED:
        locked.approved_at = at
    elif to == ProjectState.FINISHED:
        locked.finished_at = at
    elif to == ProjectState.CANCELLED:
        locked.cancelled_at, locked.cancelled_why = at, squeeze(why)[:2000]
    elif locked.finished_at is not None:
        locked.finished_at = None
    before, locked.state = locked.state, to
    locked.version += 1
    locked.save()
    record(
        Verb.PROJECT_MOVED,
        locked,
        by=by,
        note=why[:2000],
        before=before,
        to=to,
        on=day.isoformat(),
        **facts,
    )
    return locked


def _check_worded(project: Project, why: str) -> dict[str, Any]:
    """What of its sections is lacking, as history keeps it; refused where that is too much."""
    words = {section.field: getattr(project, section.field) for section in SECTIONS}
    lacks = approval_lacks(words, standing=project.standing)
    if lacks.essential:
        raise Refused(
            f"อนุมัติไม่ได้ เพราะยังไม่ได้เขียน{'และ'.join(lacks.essential)} "
            "จึงไม่รู้ว่าอนุมัติให้ทำอะไร โปรดเขียนก่อน",
            code="not_worded",
            field="why",
        )
    if lacks.others and not squeeze(why):
        raise Refused(
            f"ยังขาด {' '.join(lacks.others)} อนุมัติได้เมื่อเขียนเหตุผล เช่น เลขที่บันทึกที่อนุมัติไว้แล้ว",
            code="no_reason",
            status=400,
            field="why",
        )
    return {"lacking": list(lacks.others)} if lacks.others else {}


def _check_given_up(project: Project, why: str) -> dict[str, Any]:
    """Its money that was paid already, as history keeps it; refused while a contract binds more."""
    if not squeeze(why):
        raise Refused("โปรดบอกเหตุที่ยกเลิกโครงการ", code="no_reason", status=400)
    money = project.allotments.aggregate(bound=Sum("committed_satang"), paid=Sum("paid_satang"))
    paid = money["paid"] or 0
    unpaid = (money["bound"] or 0) - paid
    if unpaid:
        raise Refused(
            f"ยกเลิกโครงการไม่ได้ ยังมีเงินผูกพันตามสัญญาที่ยังไม่จ่าย {in_baht(unpaid)} "
            "เบิกจ่ายส่วนที่ทำแล้ว และคืนเงินผูกพันส่วนที่เหลือที่หน้าเงินก่อน",
            code="money_bound",
            unpaid_satang=unpaid,
        )
    return {"paid_satang": paid} if paid else {}


@transaction.atomic
def show_project(project: Project, *, by: Post, is_public: bool) -> Project:
    """กำหนดการเผยแพร่: whether a citizen may read its page; a draft is never shown."""
    locked = locked_project(project, by=by)
    check_decides(by)
    if is_public and locked.state in {ProjectState.DRAFT, ProjectState.CANCELLED}:
        raise Refused("เผยแพร่ได้เมื่ออนุมัติโครงการแล้ว", code="wrong_project_state")
    if locked.is_public != is_public:
        locked.is_public = is_public
        locked.save(update_fields=["is_public"])
        record(Verb.PROJECT_SHOWN, locked, by=by, is_public=is_public)
    return locked


def _put(project: Project, words: ProjectWords, house: Organisation) -> None:
    """The words into the row, each looked at; nothing is cut off in silence."""
    name = squeeze(words.name)
    if not name:
        raise Refused("โปรดตั้งชื่อโครงการ", code="no_name", status=400)
    if len(name) > MOST_NAME:
        raise Refused(f"ชื่อโครงการยาวเกิน {MOST_NAME} ตัวอักษร", code="long_name", status=400)
    this_year = FiscalYear.containing(timezone.localdate()).be
    if not _FEWEST_YEAR <= words.be_year <= this_year + MOST_YEARS_AHEAD:
        raise Refused("ปีงบประมาณนี้ไม่น่าใช่ โปรดใส่เป็น พ.ศ.", code="wrong_year", status=400)
    if words.standing not in PlanStanding.values:
        raise Refused("โปรดบอกว่าโครงการอยู่ตรงไหนของแผน", code="no_standing", status=400)
    if words.begins_on and words.ends_on and words.ends_on < words.begins_on:
        raise Refused("วันสิ้นสุดมาก่อนวันเริ่ม", code="backward", status=400)
    unit = words.unit
    if unit is not None and unit.pk != house.pk and unit.parent_id != house.pk:
        raise Refused("กองเจ้าของโครงการต้องเป็นกองของหน่วยงานนี้", code="foreign_unit", status=400)
    row = words.plan_row
    if row is not None and row.plan.organisation_id != house.pk:
        raise Refused("แถวในแผนนี้เป็นของหน่วยงานอื่น", code="foreign_plan_row", status=400)
    for section in SECTIONS:
        text = words.sections.get(section.field, getattr(project, section.field)).strip()
        most = getattr(Project._meta.get_field(section.field), "max_length", None) or MOST_WORDS
        if len(text) > most:
            raise Refused(
                f"“{section.heading}” ยาวเกิน {most:,} ตัวอักษร", code="long_words", status=400
            )
        setattr(project, section.field, text)
    project.name, project.be_year, project.standing = name, words.be_year, words.standing
    project.unit, project.plan_row = unit, row
    project.ordinance_words = squeeze(words.ordinance_words)[:500]
    project.begins_on, project.ends_on = words.begins_on, words.ends_on
    project.template = words.template or project.template
    project.folded = fold(f"{name} {project.objectives} {project.targets}")
