"""The form of one result: a period of a goal, the last one beside it, warnings before saving."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thamthan.directives.rules import Measure
from thamthan.errors import Refused
from thamthan.projects.actions import correct_result, give_result
from thamthan.projects.queries import GivenResult, goal_for, project_for, results_of
from thamthan.projects.rules import (
    AddingUp,
    Period,
    ResultStanding,
    aim_in_words,
    in_digits,
    quarter_containing,
    quarters_shown,
    share_in_words,
)
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.goals import check_own, typed_number
from thamthan.web.project_frame import project_page
from thamthan.web.sheets import Field, Sheet

if TYPE_CHECKING:
    from thamthan.projects.models import Goal, Project, Result

# The standings in the words of whoever fills them in.
STANDINGS = (
    (ResultStanding.MEASURED, "มีตัวเลข", "วัดแล้ว ได้ศูนย์ก็เป็นตัวเลข"),
    (ResultStanding.NONE, "ไม่มีข้อมูล", "ควรวัดแต่ไม่ได้วัด หรือข้อมูลยังไม่มา"),
    (ResultStanding.NOT_APPLICABLE, "ไม่เกี่ยวข้อง", "งวดนี้ไม่ต้องวัดเรื่องนี้"),
)


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """งวดที่เลือกได้: its address, whether it is the one shown, and whether it has a result."""

    period: Period
    address: str
    is_here: bool
    is_given: bool


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def project_result(request: PostRequest, pk: int, goal_pk: int) -> HttpResponse:
    """บันทึกหรือแก้ไขผลของงวดหนึ่ง."""
    project = project_for(request.post, pk)
    goal = goal_for(request.post, project, goal_pk)
    check_own(request, project)
    rows = list(results_of(request.post, goal))
    current = [one for one in rows if one.replaced_by_id is None]
    periods = _periods(project, current)
    period = _chosen(request, periods, current)
    if period is None:
        raise Refused("ยังไม่ถึงงวดแรกของโครงการนี้", code="future_day")
    there = next((one for one in current if Period(one.from_on, one.until_on) == period), None)
    sheet = _sheet(request, goal, period, there, _before(current, period))
    doubts: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            _save(request, goal, period, there, sheet)
            if not sheet.is_wrong:
                return redirect("project-results", pk=pk)
        except Refused as refusal:
            doubts = _doubts(refusal)
            if not doubts:
                sheet.refuse(refusal)
    address = reverse("project-result", args=[pk, goal_pk])
    return project_page(
        request,
        project,
        "projects/result.html",
        here="project-results",
        status=422 if sheet.is_wrong or doubts else 200,
        goal=goal,
        period=period,
        choices=_choices(address, periods, current, period),
        sheet=sheet,
        fields={field.name: field for field in sheet.fields},
        standings=STANDINGS,
        doubts=doubts,
        there=there,
        before=_told(_before(current, period), goal),
        target=_target(goal),
        earlier=[(one, _number(one, goal)) for one in rows if one.replaced_by_id is not None],
    )


def _doubts(refusal: Refused) -> list[dict[str, str]]:
    found = refusal.facts.get("doubts")
    return list(found) if isinstance(found, list) else []


def _periods(project: "Project", current: "list[Result]") -> list[Period]:
    """Quarters that have begun, but for those of which another period tells already."""
    today = timezone.localdate()
    shown = quarters_shown(project.be_year, project.begins_on, project.ends_on)
    # What lasts is asked after the end too: four quarters more, as they come.
    for _ in range(4):
        shown.append(quarter_containing(shown[-1].until_on + timedelta(days=1)))
    given = [Period(one.from_on, one.until_on) for one in current]
    begun = [
        one
        for one in shown
        if one.from_on <= today and (one in given or not any(one.overlaps(g) for g in given))
    ]
    return sorted({*begun, *given})


def _chosen(request: PostRequest, periods: list[Period], current: "list[Result]") -> Period | None:
    """The period asked for; else the first that is over and has no result; else the last."""
    wanted = request.POST.get("from") or request.GET.get("from") or ""
    given = {Period(one.from_on, one.until_on) for one in current}
    today = timezone.localdate()
    asked = (one for one in periods if one.from_on.isoformat() == wanted)
    open_ = (one for one in periods if one not in given and one.until_on < today)
    return next(asked, None) or next(open_, None) or (periods[-1] if periods else None)


def _choices(
    address: str, periods: list[Period], current: "list[Result]", here: Period
) -> list[PeriodChoice]:
    given = {Period(one.from_on, one.until_on) for one in current}
    return [
        PeriodChoice(one, f"{address}?from={one.from_on}", one == here, one in given)
        for one in periods
    ]


def _before(current: "list[Result]", period: Period) -> "Result | None":
    earlier = [one for one in current if one.until_on < period.from_on]
    return max(earlier, key=lambda one: one.until_on, default=None)


def _told(result: "Result | None", goal: "Goal") -> tuple[str, "Result", str] | None:
    if result is None:
        return None
    return Period(result.from_on, result.until_on).name, result, _number(result, goal)


def _number(result: "Result", goal: "Goal") -> str:
    if result.value_milli is None:
        return str(ResultStanding(result.standing).label)
    return share_in_words(result.value_milli, result.of_milli, goal.unit)


def _target(goal: "Goal") -> str:
    if goal.target_milli is None:
        return ""
    return aim_in_words(goal.target_milli, goal.target_of_milli, goal.unit)


def _sheet(
    request: PostRequest,
    goal: "Goal",
    period: Period,
    there: "Result | None",
    before: "Result | None",
) -> Sheet:
    def told(name: str) -> str:
        milli = getattr(there, name, None)
        return "" if milli is None else in_digits(milli)

    as_of = there.as_of if there else min(period.until_on, timezone.localdate())
    is_share = goal.measure == Measure.RATIO
    fields = [
        Field("standing", "ผลงวดนี้", there.standing if there else ResultStanding.MEASURED.value),
        Field(
            "value",
            "ตัวตั้ง" if is_share else f"จำนวน ({goal.unit})",
            told("value_milli"),
            hint=_hint(goal, before),
            most=30,
        ),
        Field(
            "of", "จากทั้งหมด (ตัวหาร)", told("of_milli"), most=30, kind="text" if is_share else "none"
        ),
        Field("as_of", "ข้อมูล ณ วันที่", format_date(as_of, style="short"), most=60),
        Field(
            "source",
            "แหล่งข้อมูล",
            there.source if there else before.source if before else "",
            hint="เช่น ใบลงชื่อ ทะเบียน บัญชีกลุ่ม",
            most=500,
        ),
        Field(
            "remark",
            "หมายเหตุ",
            there.remark if there else "",
            hint="ถ้าไม่มีตัวเลข โปรดบอกว่าเพราะอะไร",
            kind="lines",
            most=5000,
            is_needed=False,
        ),
        Field("why", "เหตุที่แก้ไข", most=500, kind="text" if there else "none"),
    ]
    return Sheet(fields, request.POST.dict() if request.method == "POST" else None)


def _hint(goal: "Goal", before: "Result | None") -> str:
    """What belongs into the field, and what stood there the last time."""
    is_added = goal.adding_up in {AddingUp.SUM, AddingUp.SHARE}
    words = "เฉพาะของงวดนี้ ไม่ใช่ยอดสะสม" if is_added else "ค่า ณ สิ้นงวด"
    return f"{words} งวดก่อน: {_number(before, goal)}" if before else words


def _save(
    request: PostRequest, goal: "Goal", period: Period, there: "Result | None", sheet: Sheet
) -> None:
    """Keep it, or say in the sheet what is wrong; a warning not seen yet is refused."""
    by, confirmed = request.post, request.POST.get("confirmed", "").split()[:20]
    given = _given(goal, period, sheet)
    if given is None:
        return
    if there is None:
        give_result(goal, given, by=by, confirmed=confirmed)
    elif request.POST.get("result") != str(there.pk):
        raise Refused("มีผู้บันทึกผลของงวดนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ โปรดดูผลนั้นก่อน", code="changed_meanwhile")
    else:
        why = sheet.words("why")
        correct_result(there, given, by=by, why=why, confirmed=confirmed)
    messages.success(request, f"บันทึกผล{period.name}แล้ว")


def _given(goal: "Goal", period: Period, sheet: Sheet) -> GivenResult | None:
    try:
        standing = ResultStanding(sheet.words("standing"))
    except ValueError:
        sheet.typed.problems["standing"] = "โปรดเลือกว่ามีตัวเลขหรือไม่"
        return None
    is_measured = standing == ResultStanding.MEASURED
    milli = of_milli = None
    if is_measured:
        milli = typed_number(sheet, "value", "จำนวน")
        sheet.need("value", "source")
        if goal.measure == Measure.RATIO:
            of_milli = typed_number(sheet, "of", "ตัวหาร")
            sheet.need("of")
    else:
        sheet.need("remark")
    as_of: date | None = sheet.typed.day("as_of")
    sheet.need("as_of")
    if sheet.is_wrong or as_of is None:
        return None
    return GivenResult(
        from_on=period.from_on,
        until_on=period.until_on,
        as_of=as_of,
        standing=standing,
        milli=milli,
        of_milli=of_milli,
        source=sheet.words("source"),
        remark=sheet.typed.values["remark"].replace("\x00", "").strip(),
    )
