"""The form of one goal of a project: from the list of indicators or in its own words."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thamthan.directives.queries import indicators_seen_by
from thamthan.directives.rules import Measure, has_ended
from thamthan.errors import Refused
from thamthan.projects.actions import GoalWords, drop_goal, set_goal
from thamthan.projects.queries import answers_of, goal_for, is_own, project_for
from thamthan.projects.rules import AddingUp, in_digits, milli_of
from thamthan.web.doors import PostRequest, acting
from thamthan.web.project_frame import project_page
from thamthan.web.sheets import Field, Sheet
from thamthan.web.typed import whole_typed

if TYPE_CHECKING:
    from thamthan.directives.models import Indicator
    from thamthan.projects.models import Goal, Project

_NUMBERS = {
    "baseline": "ค่าฐาน",
    "baseline_of": "ตัวหารของค่าฐาน",
    "target": "เป้าหมาย",
    "target_of": "ตัวหารของเป้าหมาย",
}


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def project_goal_new(request: PostRequest, pk: int) -> HttpResponse:
    """เพิ่มตัวชี้วัด."""
    return _set(request, project_for(request.post, pk), None)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def project_goal(request: PostRequest, pk: int, goal_pk: int) -> HttpResponse:
    """แก้ไขตัวชี้วัด หรือเอาออก."""
    project = project_for(request.post, pk)
    return _set(request, project, goal_for(request.post, project, goal_pk))


def check_own(request: PostRequest, project: "Project") -> None:
    """Refuse for whoever sees the project and does not carry it out."""
    if not is_own(request.post, project):
        raise Refused("โครงการนี้เป็นของหน่วยงานอื่น", code="foreign_project", status=403)


def _set(request: PostRequest, project: "Project", goal: "Goal | None") -> HttpResponse:
    check_own(request, project)
    indicators = _indicators(request, project, goal)
    sheet = _sheet(request, goal, indicators)
    if request.method == "POST":
        try:
            if request.POST.get("deed") == "drop" and goal is not None:
                drop_goal(goal, by=request.post, why=sheet.words("why"))
                messages.success(request, "เอาตัวชี้วัดออกแล้ว ผลที่บันทึกไว้ยังอยู่ในประวัติ")
                return redirect("project-results", pk=project.pk)
            words = _words(sheet, indicators)
            if not sheet.is_wrong:
                seen = _version(request)
                set_goal(project, words, by=request.post, goal=goal, seen_version=seen)
                messages.success(request, "บันทึกตัวชี้วัดแล้ว")
                return redirect("project-results", pk=project.pk)
        except Refused as refusal:
            sheet.refuse(refusal)
    return project_page(
        request,
        project,
        "projects/goal.html",
        here="project-results",
        status=422 if sheet.is_wrong else 200,
        sheet=sheet,
        fields={field.name: field for field in sheet.fields},
        goal=goal,
    )


def _version(request: PostRequest) -> int | None:
    seen = request.POST.get("version", "")
    return whole_typed(seen, most=9)


def _indicators(
    request: PostRequest, project: "Project", goal: "Goal | None"
) -> "list[tuple[Indicator, bool]]":
    """The list, with whether an answered clause names it; those that one names first.

    What has ended is offered no longer, but stays where it was chosen.
    """
    today, chosen = timezone.localdate(), goal.indicator_id if goal else None
    answers = answers_of(request.post, project).prefetch_related("directive__indicators")
    named = {one.pk for answer in answers for one in answer.directive.indicators.all()}
    rows = [
        (one, one.pk in named)
        for one in indicators_seen_by(request.post)
        if one.pk == chosen or not has_ended(one.until_on, today=today)
    ]
    return sorted(rows, key=lambda row: not row[1])


def _sheet(
    request: PostRequest, goal: "Goal | None", indicators: "list[tuple[Indicator, bool]]"
) -> Sheet:
    listed = tuple(
        (str(one.pk), f"{'ตามข้อสั่งการ: ' if is_named else ''}{one.code} {one.name} ({one.unit})")
        for one, is_named in indicators
    )
    fields = (
        Field(
            "indicator",
            "ตัวชี้วัดจากบัญชี",
            str(goal.indicator_id or "") if goal else "",
            hint="เลือกจากบัญชีแล้วใช้ชื่อ สิ่งที่นับ และหน่วยนับของบัญชี เว้นชื่อว่างได้",
            kind="choice",
            choices=(("", "กำหนดเอง"), *listed),
            is_needed=False,
        ),
        Field("name", "ชื่อตัวชี้วัด", goal.name if goal else "", most=500),
        Field(
            "measure",
            "สิ่งที่นับ",
            goal.measure if goal else Measure.COUNT.value,
            kind="choice",
            choices=tuple((one.value, one.label) for one in Measure),
        ),
        Field(
            "unit",
            "หน่วยนับ",
            goal.unit if goal else "",
            hint="เช่น แห่ง ครั้ง คน บาท",
            most=60,
        ),
        Field(
            "adding_up",
            "รวมผลหลายงวดอย่างไร",
            goal.adding_up if goal else "",
            hint="จำนวนที่ทำเพิ่มทุกงวดให้รวมกัน จำนวนที่มีอยู่ เช่น สวนที่เปิดใช้ ให้ใช้ค่าล่าสุด",
            kind="choice",
            choices=(("", "ตามสิ่งที่นับ"), *((one.value, one.label) for one in AddingUp)),
            is_needed=False,
        ),
        *_number_fields(goal),
        Field(
            "is_less_better",
            "ยิ่งน้อยยิ่งดี (เช่น ขยะตกค้าง)",
            "1" if goal and goal.is_less_better else "",
            kind="tick",
            is_needed=False,
        ),
        Field(
            "method", "วิธีวัด", goal.method if goal else "", kind="lines", most=5000, is_needed=False
        ),
        Field("why", "เหตุที่เอาออก", most=500, is_needed=False),
    )
    return Sheet(fields, request.POST.dict() if request.method == "POST" else None)


def _number_fields(goal: "Goal | None") -> tuple[Field, ...]:
    def told(name: str) -> str:
        milli = getattr(goal, f"{name}_milli", None)
        return "" if milli is None else in_digits(milli)

    of = "เฉพาะร้อยละและอัตราส่วน เช่น ร้อยละ 80 ใส่ 80 จากทั้งหมด 100"
    return (
        Field("baseline", "ค่าฐาน", told("baseline"), most=30, is_needed=False),
        Field("baseline_of", "ค่าฐาน จากทั้งหมด", told("baseline_of"), most=30, is_needed=False),
        Field(
            "baseline_words",
            "ค่าฐานมาจาก",
            goal.baseline_words if goal else "",
            most=300,
            is_needed=False,
        ),
        Field("target", "เป้าหมาย", told("target"), most=30, is_needed=False),
        Field(
            "target_of", "เป้าหมาย จากทั้งหมด", told("target_of"), hint=of, most=30, is_needed=False
        ),
    )


def _words(sheet: Sheet, indicators: "list[tuple[Indicator, bool]]") -> GoalWords:
    chosen = sheet.words("indicator")
    indicator = next((one for one, _ in indicators if str(one.pk) == chosen), None)
    if indicator is None:
        sheet.need("name", "unit")
    numbers = {name: typed_number(sheet, name, words) for name, words in _NUMBERS.items()}
    measure = indicator.measure if indicator else sheet.words("measure")
    # A share is made of its parts, anything else of its sum, unless told otherwise.
    usual = AddingUp.SHARE if measure == Measure.RATIO else AddingUp.SUM
    return GoalWords(
        name=sheet.words("name"),
        measure=measure,
        unit=sheet.words("unit"),
        adding_up=sheet.words("adding_up") or usual,
        indicator=indicator,
        method=sheet.typed.values["method"].replace("\x00", ""),
        is_less_better=sheet.typed.is_ticked("is_less_better"),
        baseline_milli=numbers["baseline"],
        baseline_of_milli=numbers["baseline_of"],
        baseline_words=sheet.words("baseline_words"),
        target_milli=numbers["target"],
        target_of_milli=numbers["target_of"],
    )


def typed_number(sheet: Sheet, name: str, words: str) -> int | None:
    """A number of a form in thousandths; what cannot be read is said beside its field."""
    try:
        return milli_of(sheet.typed.values.get(name, ""), of=words)
    except Refused as refusal:
        sheet.typed.problems[name] = refusal.message
        return None
