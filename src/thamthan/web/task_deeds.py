"""What a house does to a matter in its hands: one address, one deed a press."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from thamthan.directives.actions import (
    accept_answers,
    acknowledge_handing,
    answer_tasks,
    ask_extension,
    ask_question,
    begin_tasks,
    decline_tasks,
    draft_answer_letter,
    hand_to_divisions,
    link_twins,
    report_nil,
)
from thamthan.directives.queries import (
    clause_lines,
    clause_pairs,
    divisions_of,
    handing_for,
    likely_twins,
)
from thamthan.directives.rules import ANSWERS, WAITED_FOR
from thamthan.errors import NotFound, Refused
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.tasks import handing_page
from thamthan.web.typed import Typed

if TYPE_CHECKING:
    from thamthan.directives.models import Assignment, Handing

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
Deed = Callable[[PostRequest, "Handing"], str]


@acting
@require_POST
def handing_deed(request: PostRequest, pk: int) -> HttpResponse:
    """รับทราบ เริ่ม ส่งผล หารือ ขอเวลา มอบกอง; what is refused leaves what was typed on the page."""
    row = handing_for(request.post, pk)
    deed = _DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Refused("ไม่รู้จักสิ่งที่เลือกทำ", code="unknown_deed", status=400)
    try:
        words = deed(request, row)
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return handing_page(request, row, typed=request.POST, refused=refused)
    messages.success(request, words)
    if request.POST.get("back") == "tasks":
        return redirect("tasks")
    return redirect("handing", pk=pk)


def chosen_tasks(request: PostRequest, row: "Handing") -> "list[Assignment]":
    """The tasks of this matter that are ticked; a key that is none of them is nothing."""
    keys = {
        int(key)
        for key in request.POST.getlist("task")
        if key.isascii() and key.isdigit() and len(key) < 19
    }
    return list(row.assignments.filter(pk__in=keys))


def seen_at(request: PostRequest) -> datetime:
    """When the page that was sent was shown; long ago where the form lost it."""
    try:
        seen = datetime.fromisoformat(request.POST.get("seen_at", ""))
    except ValueError:
        seen = _LONG_AGO
    return min(seen, timezone.now()) if timezone.is_aware(seen) else _LONG_AGO


def typed_text(request: PostRequest, name: str = "text") -> str:
    return request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n")


def typed_day(request: PostRequest, name: str = "until") -> date:
    """A day that lies ahead; refused in words where it is missing or cannot be read."""
    form = Typed({name: request.POST.get(name, "")}, near=timezone.localdate())
    day = form.day(name, is_ahead=True)
    if form.problems:
        raise Refused(form.problems[name], code="wrong_day", status=400)
    if day is None:
        raise Refused("โปรดบอกวันที่ขอหรือให้ถึง เช่น 3 เม.ย. 69", code="no_day", status=400)
    return day


def _acknowledge(request: PostRequest, row: "Handing") -> str:
    acknowledge_handing(row, by=request.post)
    return "รับทราบแล้ว ผู้สั่งการเห็นแล้วว่าหน่วยงานของท่านรับเรื่อง"


def _begin(request: PostRequest, row: "Handing") -> str:
    tasks = chosen_tasks(request, row) or list(row.assignments.filter(state__in=WAITED_FOR))
    begin_tasks(row, tasks, by=request.post)
    return f"เริ่มดำเนินการแล้ว {len(tasks)} ข้อ"


def _answer(request: PostRequest, row: "Handing") -> str:
    tasks = chosen_tasks(request, row)
    answer_tasks(row, tasks, by=request.post, text=typed_text(request), seen_at=seen_at(request))
    return f"ส่งผลแล้ว {len(tasks)} ข้อ"


def _nil(request: PostRequest, row: "Handing") -> str:
    tasks = chosen_tasks(request, row)
    report_nil(row, tasks, by=request.post, reason=typed_text(request), seen_at=seen_at(request))
    return f"รายงานว่าไม่มีผลแล้ว {len(tasks)} ข้อ"


def _decline(request: PostRequest, row: "Handing") -> str:
    tasks = chosen_tasks(request, row)
    decline_tasks(row, tasks, by=request.post, reason=typed_text(request), seen_at=seen_at(request))
    return f"แจ้งว่าไม่มีภารกิจนี้แล้ว {len(tasks)} ข้อ"


def _question(request: PostRequest, row: "Handing") -> str:
    tasks = chosen_tasks(request, row)
    ask_question(
        row, by=request.post, text=typed_text(request), task=tasks[0] if len(tasks) == 1 else None
    )
    return "ส่งข้อหารือแล้ว คำตอบจะอยู่ในหน้านี้"


def _extension(request: PostRequest, row: "Handing") -> str:
    tasks = chosen_tasks(request, row)
    until = typed_day(request)
    ask_extension(
        row,
        by=request.post,
        until=until,
        reason=typed_text(request),
        task=tasks[0] if len(tasks) == 1 else None,
    )
    return f"ขอขยายเวลาถึง {format_date(until, style='short')} แล้ว กำหนดเดิมยังใช้จนกว่าจะอนุญาต"


def _divide(request: PostRequest, row: "Handing") -> str:
    codes = request.POST.getlist("division")
    lead = request.POST.get("lead", "")
    divisions = {one: one.code == lead for one, _ in divisions_of(request.post, row)}
    chosen = {one: is_lead for one, is_lead in divisions.items() if one.code in codes}
    tasks = chosen_tasks(request, row) or list(row.assignments.filter(state__in=WAITED_FOR))
    hand_to_divisions(row, chosen, by=request.post, tasks=tasks, note=typed_text(request))
    return f"มอบ {len(chosen)} กองแล้ว ผลของกองจะมาที่หน้านี้ให้ท่านพิจารณาก่อนส่ง"


def _gone(request: PostRequest, row: "Handing") -> str:
    tasks = list(row.assignments.filter(state__in=ANSWERS))
    accept_answers(tasks, by=request.post, seen_at=seen_at(request), note="ส่งออกเป็นหนังสือแล้ว")
    return "บันทึกแล้วว่าส่งออก เรื่องนี้ออกจากงานที่ต้องทำ"


_DEEDS: dict[str, Deed] = {
    "acknowledge": _acknowledge,
    "begin": _begin,
    "answer": _answer,
    "nil": _nil,
    "decline": _decline,
    "question": _question,
    "extension": _extension,
    "divide": _divide,
    "gone": _gone,
}


@acting
@require_POST
def handing_report(request: PostRequest, pk: int) -> HttpResponse:
    """ร่างหนังสือรายงานผล."""
    row = handing_for(request.post, pk)
    try:
        submission = UUID(request.POST.get("submission", ""))
    except ValueError:
        submission = None
    draft = draft_answer_letter(row, by=request.post, submission=submission)
    return redirect("draft", pk=draft.pk)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def twins(request: PostRequest, pk: int) -> HttpResponse:
    """เรื่องเดียวกันที่มาสองทาง: side by side; a person links them or says that they are not."""
    row = handing_for(request.post, pk)
    lines = likely_twins(request.post, row)
    wanted = request.POST.get("other") or request.GET.get("other") or ""
    chosen = next((one for one in lines if str(one.handing.pk) == wanted), None)
    if request.method == "POST":
        if chosen is None:
            raise NotFound("ไม่พบเรื่องคู่ที่เลือก")
        is_so = request.POST.get("is_so") == "yes"
        link_twins(row, chosen.handing, by=request.post, is_so=is_so)
        words = "เชื่อมเป็นเรื่องเดียวกันแล้ว คำตอบของเรื่องหนึ่งจะเสนอให้ใช้กับอีกเรื่อง"
        messages.success(request, words if is_so else "บันทึกแล้วว่าไม่ใช่เรื่องเดียวกัน")
        return redirect("handing-twins", pk=pk)
    chosen = chosen or (lines[0] if lines else None)
    now = timezone.now()
    pairs = []
    if chosen is not None:
        here = clause_lines(request.post, row, now=now)
        there = clause_lines(request.post, chosen.handing, now=now)
        pairs = clause_pairs(request.post, here, there)
    return render(
        request,
        "tasks/twins.html",
        {"handing": row, "twins": lines, "chosen": chosen, "pairs": pairs},
    )
