"""Chasing those who are late: who and with what, ticked; then the letter to exactly them."""

import contextlib
import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thamthan.directives.actions import chase_late
from thamthan.directives.queries import late_under, order_for, proposed_day
from thamthan.errors import Refused
from thamthan.notices.rules import for_line
from thamthan.organisations.rules import Duty
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import Typed

if TYPE_CHECKING:
    from thamthan.directives.models import Order
    from thamthan.directives.rules.chasing import LateHouse
    from thamthan.letters.models import Draft


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def order_chase(request: PostRequest, pk: int) -> HttpResponse:
    """เร่งรัด: exactly those who are late, ticked; the button drafts the letter to them."""
    order = order_for(request.post, pk)
    if not request.post.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่เร่งรัด", code="not_allowed", status=403)
    today = timezone.localdate()
    late = late_under(request.post, order, today=today)
    refused = None
    if request.method == "POST":
        try:
            draft = _chase(request, order, today=today)
        except Refused as refusal:
            refused = refusal
        else:
            told = "ร่างหนังสือเร่งรัดแล้ว เมื่อออกเลขแล้วส่งถึงกลุ่มผู้รับ “เร่งรัด …” ที่เก็บไว้ให้"
            messages.success(request, told)
            return redirect("draft", pk=draft.pk)
    ticked = {one.handing for one in late}
    if refused is not None:
        ticked = _ticked(request)
    return render(
        request,
        "notices/chase.html",
        {
            "order": order,
            "late": late,
            "ticked": ticked,
            "again": [one for one in late if one.is_chased(today)],
            "until": request.POST.get("until")
            or format_date(proposed_day(request.post, today=today), style="short", weekday=True),
            "submission": request.POST.get("submission") or uuid.uuid4(),
            "refused": refused,
            "pasted": _pasted(order, late),
        },
        status=refused.status if refused else 200,
    )


def _chase(request: PostRequest, order: "Order", *, today: date) -> "Draft":
    typed = Typed({"until": request.POST.get("until", "")}, near=today)
    until = typed.day("until", is_ahead=True)
    if until is None:
        told = typed.problems.get("until", "โปรดใส่วันที่ขอให้ส่งใหม่")
        raise Refused(told, code="wrong_day", status=400)
    submission = None
    with contextlib.suppress(ValueError):
        submission = uuid.UUID(request.POST.get("submission", ""))
    return chase_late(
        order,
        _ticked(request),
        by=request.post,
        today=today,
        until=until,
        is_again=bool(request.POST.get("again")),
        submission=submission,
    )


def _ticked(request: PostRequest) -> set[int]:
    given = request.POST.getlist("handing")
    return {int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 19}


def _pasted(order: "Order", late: "list[LateHouse]") -> str:
    """The same, as a message for a group of LINE."""
    if not late:
        return ""
    lines = [
        f"{number}. {one.name} ({len(one.tasks)} ข้อ เลยมา {one.worst} วันทำการ)"
        for number, one in enumerate(late, start=1)
    ]
    head = f"เรื่อง {order.title}\nยังไม่ได้รับผลจาก {len(late)} แห่ง ดังนี้"
    return for_line("\n".join([head, *lines, "โปรดเร่งส่งผลในระบบทำทัน ขอบคุณครับ/ค่ะ"]))
