"""Passing an order on: one's own days and clauses, and the draft of one's own letter."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thamthan.directives.actions import pass_on_order
from thamthan.directives.queries import PassOnSheet, handing_for, paragraph_of, pass_on_sheet
from thamthan.errors import NotFound, Refused
from thamthan.letters.rules import DraftState
from thamthan.organisations.rules import Duty
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import Typed


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def handing_pass_on(request: PostRequest, pk: int) -> HttpResponse:
    """ร่างหนังสือถ่ายทอด: proposed days, words of one's own, the paragraph as it will stand."""
    handing = handing_for(request.post, pk)
    if handing.organisation.path != request.post.organisation.house_path:
        raise NotFound("ไม่พบเรื่องที่มอบนี้")
    if not request.post.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ถ่ายทอดข้อสั่งการ", code="not_allowed", status=403)
    sheet = pass_on_sheet(request.post, handing)
    typed = Typed(request.POST, near=timezone.localdate())
    days = _days(sheet, typed) if request.method == "POST" else dict(sheet.proposed)
    addition = typed.lines("addition")
    problem = ""
    if request.method == "POST" and request.POST.get("deed") == "draft" and not typed.problems:
        try:
            order = pass_on_order(handing, by=request.post, own_days=days, addition=addition)
        except Refused as refused:
            if refused.status not in {400, 409}:
                raise
            field = str(refused.facts.get("field", ""))
            typed.problems[field or "all"] = refused.message
            problem = refused.message
        else:
            messages.success(
                request, "ร่างหนังสือถ่ายทอดแล้ว ตรวจข้อความ เสนอ ลงนาม และออกเลข แล้วจึงถ่ายทอด"
            )
            return (
                redirect("draft", pk=order.draft_id)
                if order.draft_id
                else redirect("order", pk=order.pk)
            )
    own = sheet.own_order
    is_drafted = own is not None and (
        own.sent is not None or (own.draft is not None and own.draft.state != DraftState.DROPPED)
    )
    return render(
        request,
        "orders/pass_on.html",
        {
            "sheet": sheet,
            "handing": handing,
            "own": own,
            "is_drafted": is_drafted,
            "lines": [
                {
                    "line": line,
                    "name": f"day-{line.obligation.pk}",
                    "value": _value(request, line.obligation.pk, days),
                    "problem": typed.problems.get(f"day-{line.obligation.pk}", ""),
                }
                for line in sheet.lines
                if line.upper_on is not None or line.obligation.directive_id is None
            ],
            "clauses_without_day": sum(
                line.upper_on is None and line.obligation.directive_id is not None
                for line in sheet.lines
            ),
            "addition": request.POST.get("addition", "") if request.method == "POST" else "",
            "addition_problem": typed.problems.get("addition", ""),
            "paragraph": paragraph_of(request.post, handing, own_days=days, addition=addition),
            "problem": problem or next(iter(typed.problems.values()), ""),
        },
        status=422 if typed.problems else 200,
    )


def _days(sheet: PassOnSheet, typed: Typed) -> dict[int, date]:
    """The days as typed; an empty field is the upper day itself."""
    days = {}
    for line in sheet.lines:
        day = typed.day(f"day-{line.obligation.pk}", is_ahead=True)
        if day is not None:
            days[line.obligation.pk] = day
    return days


def _value(request: PostRequest, key: int, days: dict[int, date]) -> str:
    if request.method == "POST":
        return request.POST.get(f"day-{key}", "")
    return format_date(days[key], style="short") if key in days else ""
