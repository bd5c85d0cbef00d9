"""The giver's pages: what one house answered, and everything that waits for oneself in an order."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thamthan.directives.actions import (
    accept_answers,
    close_order,
    decide_extension,
    extend_all,
    reply_question,
    return_answers,
)
from thamthan.directives.queries import (
    answers_said,
    answers_waiting,
    clause_lines,
    extension_for,
    extensions_of,
    extensions_waiting,
    handing_for,
    may_judge,
    order_for,
    questions_waiting,
    remark_for,
    remarks_of,
    time_given_above,
)
from thamthan.directives.rules import (
    ANSWERS,
    AssignmentState,
    ExtensionState,
    OrderState,
    RemarkKind,
)
from thamthan.errors import Refused
from thamthan.organisations.rules import Duty
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.task_deeds import chosen_tasks, seen_at, typed_day, typed_text
from thamthan.web.tasks import said_together
from thamthan.web.typed import whole_typed

if TYPE_CHECKING:
    from thamthan.directives.models import Assignment, Handing, Order, Remark

PAGE = 100
_WITH_ANSWER = ANSWERS | {AssignmentState.DONE, AssignmentState.RETURNED}


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PostRequest, pk: int) -> HttpResponse:
    """พิจารณาผลของหน่วยงานหนึ่ง: accept, send back with a note, decide on time, answer questions."""
    row = handing_for(request.post, pk)
    if not may_judge(request.post, row):
        raise Refused("ผลนี้พิจารณาได้เฉพาะหน่วยงานที่สั่งการมาชั้นถัดขึ้นไป", code="not_the_giver", status=403)
    if request.method == "POST":
        try:
            messages.success(request, _judge(request, row))
        except Refused as refused:
            if refused.status in {403, 404}:
                raise
            return _review_page(request, row, refused=refused)
        if request.POST.get("back") == "order":
            return redirect("order-waiting", pk=row.order_id)
        return redirect("handing-review", pk=pk)
    return _review_page(request, row)


def _review_page(
    request: PostRequest, row: "Handing", *, refused: Refused | None = None
) -> HttpResponse:
    now = timezone.now()
    lines = clause_lines(request.post, row, now=now)
    remarks = list(remarks_of(request.post, row))
    answered = {one.answers_id for one in remarks if one.answers_id is not None}
    return render(
        request,
        "tasks/review.html",
        {
            "handing": row,
            "lines": lines,
            "judged": [line for line in lines if line.task.state in _WITH_ANSWER],
            "left": [line for line in lines if line.task.state not in _WITH_ANSWER],
            "to_judge": sum(line.task.state in ANSWERS for line in lines),
            "done": sum(line.task.state == AssignmentState.DONE for line in lines),
            "answers": ANSWERS,
            "reopened": AssignmentState.DONE,
            "remarks": said_together(remarks),
            "questions": [
                one for one in remarks if one.kind == RemarkKind.QUESTION and one.pk not in answered
            ],
            "asked": [
                one for one in extensions_of(request.post, row) if one.state == ExtensionState.ASKED
            ],
            "seen_at": now.isoformat(),
            "typed": request.POST,
            "typed_tasks": set(request.POST.getlist("task")),
            "refused": refused,
        },
        status=refused.status if refused is not None else 200,
    )


def _judge(request: PostRequest, row: "Handing") -> str:
    post, deed = request.post, request.POST.get("deed", "")
    if deed == "accept":
        tasks = chosen_tasks(request, row)
        accept_answers(tasks, by=post, seen_at=seen_at(request))
        return f"รับรองผลแล้ว {len(tasks)} ข้อ"
    if deed == "return":
        tasks = chosen_tasks(request, row)
        return_answers(tasks, by=post, note=typed_text(request), seen_at=seen_at(request))
        return f"ส่งกลับให้แก้ไขแล้ว {len(tasks)} ข้อ หน่วยงานเห็นความเห็นของท่านแล้ว"
    if deed in {"grant", "refuse"}:
        asked = extension_for(post, row, _key(request, "extension"))
        until = typed_day(request) if deed == "grant" else None
        decide_extension(asked, by=post, until=until, note=typed_text(request))
        return "อนุญาตให้ขยายเวลาแล้ว" if until else "บันทึกแล้วว่าไม่อนุญาต"
    if deed == "reply":
        question = remark_for(post, row, _key(request, "question"))
        reply_question(question, by=post, text=typed_text(request))
        return "ตอบข้อหารือแล้ว"
    raise Refused("ไม่รู้จักสิ่งที่เลือกทำ", code="unknown_deed", status=400)


def _key(request: PostRequest, name: str) -> int:
    return whole_typed(request.POST.get(name, "")) or 0


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: PostRequest, pk: int) -> HttpResponse:
    """ทุกสิ่งที่รอเราในเรื่องนี้: answers to judge, questions, requests for time; accept many at once."""
    order = order_for(request.post, pk)
    own = order.organisation.path == request.post.organisation.house_path
    if not own or not request.post.has_duty(Duty.ORDER):
        raise Refused("หน้านี้สำหรับหน่วยงานที่สั่งการเรื่องนี้", code="not_the_giver", status=403)
    if request.method == "POST":
        try:
            messages.success(request, _decide(request, order))
        except Refused as refused:
            if refused.status in {403, 404}:
                raise
            return _waiting_page(request, order, refused=refused)
        return redirect("order-waiting", pk=pk)
    return _waiting_page(request, order)


def _decide(request: PostRequest, order: "Order") -> str:
    deed = request.POST.get("deed", "accept")
    if deed == "extend":
        until = typed_day(request)
        count = extend_all(order, by=request.post, until=until, reason=typed_text(request))
        return f"ขยายเวลาถึง {format_date(until, style='short')} แล้ว {count:,} งาน"
    if deed == "close":
        close_order(order, by=request.post, reason=typed_text(request))
        return "ปิดเรื่องแล้ว ไม่มีงานใดรอผลอีก"
    chosen = _ticked(request, order)
    accept_answers(chosen, by=request.post, seen_at=seen_at(request))
    return f"รับรองผลแล้ว {len(chosen)} งาน"


def _ticked(request: PostRequest, order: "Order") -> "list[Assignment]":
    keys = {
        int(key)
        for key in request.POST.getlist("task")
        if key.isascii() and key.isdigit() and len(key) < 19
    }
    return list(answers_waiting(request.post).filter(handing__order=order, pk__in=keys))


def _waiting_page(
    request: PostRequest, order: "Order", *, refused: Refused | None = None
) -> HttpResponse:
    post = request.post
    answers = answers_waiting(post).filter(handing__order=order)
    page = Paginator(answers, PAGE).get_page(request.GET.get("page"))
    questions = list(questions_waiting(post).filter(handing__order=order)[:PAGE])
    extensions = list(extensions_waiting(post).filter(handing__order=order)[:PAGE])
    said = answers_said(post, list(page.object_list))
    groups: dict[int, list[tuple[Assignment, Remark | None]]] = {}
    for task in page.object_list:
        groups.setdefault(task.handing_id, []).append((task, said.get(task.pk)))
    return render(
        request,
        "tasks/waiting.html",
        {
            "order": order,
            "page": page,
            "groups": list(groups.values()),
            "count": page.paginator.count,
            "questions": questions,
            "extensions": extensions,
            "above": time_given_above(post, order),
            "is_closed": order.state == OrderState.CLOSED,
            "is_given": order.state == OrderState.CASCADED,
            "typed": request.POST,
            "seen_at": timezone.now().isoformat(),
            "refused": refused,
        },
        status=refused.status if refused is not None else 200,
    )
