"""What is done to a project by one press: approved, begun, a step done, finished, given up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from thamthan.errors import NotFound, Refused
from thamthan.projects.actions import finish_step, move_project, reopen_step
from thamthan.projects.queries import project_for
from thamthan.projects.rules import PlanStanding, ProjectState
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import Typed

if TYPE_CHECKING:
    from datetime import date

    from thamthan.projects.models import Step
    from thamthan.projects.queries import ProjectSheet


@dataclass(frozen=True, slots=True)
class NextDeed:
    """สิ่งที่ต้องทำต่อไปของโครงการ: one sentence, and one button or one place to go."""

    words: str
    note: str = ""
    button: str = ""
    to: str = ""
    url: str = ""
    step: "Step | None" = None
    is_late: bool = False


def next_deed(sheet: "ProjectSheet") -> NextDeed:
    """เขียน → อนุมัติ → เริ่ม → ทำทีละขั้น → แล้วเสร็จ."""
    project = sheet.project
    match ProjectState(project.state):
        case ProjectState.DRAFT:
            return _of_draft(sheet)
        case ProjectState.APPROVED:
            note = ""
            if project.standing == PlanStanding.NONE:
                note = "ยังไม่อยู่ในแผน ต้องเพิ่มเติมแผนก่อนใช้เงิน"
            if not sheet.may_write:
                return NextDeed("อนุมัติแล้ว ยังไม่เริ่ม", note)
            return NextDeed("อนุมัติแล้ว ยังไม่เริ่ม", note, "เริ่มดำเนินการ", ProjectState.UNDER_WAY)
        case ProjectState.UNDER_WAY:
            return _under_way(sheet)
        case ProjectState.FINISHED:
            at = project.finished_at
            day = format_date(timezone.localtime(at).date()) if at else ""
            return NextDeed(f"แล้วเสร็จเมื่อ {day}" if day else "แล้วเสร็จ")
        case ProjectState.CANCELLED:
            return NextDeed("ยกเลิกแล้ว", project.cancelled_why)


def _of_draft(sheet: "ProjectSheet") -> NextDeed:
    writing = reverse("project-writing", args=(sheet.project.pk,))
    if sheet.lacking:
        words = f"เขียนแล้ว ยังขาด {len(sheet.lacking)} อย่าง"
        note = " · ".join(one.words for one in sheet.lacking[:4])
        more = f" และอีก {len(sheet.lacking) - 4} อย่าง" if len(sheet.lacking) > 4 else ""
        if not sheet.may_write:
            return NextDeed(words, note + more)
        return NextDeed(words, note + more, "เขียนต่อ", url=writing)
    if sheet.may_decide:
        return NextDeed("เขียนครบแล้ว รออนุมัติ", "", "อนุมัติโครงการ", ProjectState.APPROVED)
    return NextDeed("เขียนครบแล้ว รอผู้มีอำนาจของหน่วยงานอนุมัติ")


def _under_way(sheet: "ProjectSheet") -> NextDeed:
    left = [line for line in sheet.steps if line.step.done_on is None]
    done = f"ทำแล้ว {sheet.done} จาก {len(sheet.steps)} ขั้นตอน"
    if not left:
        words = f"{done} ครบแล้ว" if sheet.steps else "กำลังดำเนินการ"
        if not sheet.may_write:
            return NextDeed(words)
        return NextDeed(words, "", "แล้วเสร็จทั้งโครงการ", ProjectState.FINISHED)
    first = left[0].step
    words = f"{done} · เลยกำหนด {sheet.late} ขั้น" if sheet.late else done
    note = f"ต่อไป: {first.name}"
    if first.ends_on is not None:
        note += f" ภายใน {format_date(first.ends_on, style='short', weekday=True)}"
    if not sheet.may_write:
        return NextDeed(words, note, is_late=bool(sheet.late))
    return NextDeed(words, note, "ขั้นนี้เสร็จแล้ว", step=first, is_late=bool(sheet.late))


_MOVED = {
    ProjectState.APPROVED: "อนุมัติโครงการแล้ว",
    ProjectState.UNDER_WAY: "เริ่มดำเนินการแล้ว",
    ProjectState.FINISHED: "บันทึกว่าแล้วเสร็จแล้ว หากยังมีงานเหลือ กด “ยังไม่เสร็จ ทำต่อ” ได้",
    ProjectState.CANCELLED: "ยกเลิกโครงการแล้ว",
}


@acting
@require_POST
def move(request: PostRequest, pk: int) -> HttpResponse:
    """อนุมัติ เริ่ม แล้วเสร็จ ทำต่อ หรือยกเลิกพร้อมเหตุผล."""
    found = project_for(request.post, pk)
    to = request.POST.get("to", "")
    if to not in ProjectState.values:
        raise Refused("ไม่รู้จักสถานะที่เลือก", code="unknown_state", status=400)
    state = ProjectState(to)
    before = found.state
    why = request.POST.get("why", "").replace("\x00", "")
    try:
        moved = move_project(found, state, by=request.post, why=why)
    except Refused as refused:
        if refused.code not in {"not_worded", "money_bound"}:
            raise
        # What is to be done first is on the pages beside this one: no page of its own.
        messages.error(request, refused.message)
        return redirect("project", pk=pk)
    again = before == ProjectState.FINISHED and moved.state == ProjectState.UNDER_WAY
    messages.success(request, "นำกลับมาทำต่อแล้ว" if again else _MOVED[state])
    return redirect("project", pk=pk)


@acting
@require_POST
def step(request: PostRequest, pk: int, step_pk: int) -> HttpResponse:
    """ขั้นตอนนี้เสร็จแล้ว หรือยังไม่เสร็จ."""
    found = project_for(request.post, pk)
    one = found.steps.filter(pk=step_pk).first()
    if one is None:
        raise NotFound("ไม่พบขั้นตอนนี้")
    if request.POST.get("deed") == "undo":
        reopen_step(one, by=request.post)
        messages.success(request, f"“{one.name}” กลับเป็นยังไม่เสร็จ")
    else:
        words = request.POST.get("words", "").replace("\x00", "")
        finish_step(one, by=request.post, on=_day(request), words=words)
        messages.success(request, f"“{one.name}” เสร็จแล้ว")
    return redirect(f"{reverse('project', args=(pk,))}#steps")


def _day(request: PostRequest) -> "date | None":
    typed = Typed({"on": request.POST.get("on", "")}, near=timezone.localdate())
    day = typed.day("on")
    if typed.problems:
        raise Refused(typed.problems["on"], code="wrong_day", status=400)
    return day
