"""The house's orders: their list, a letter's orders begun, and orders taken up by one press."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from thamthan.directives.actions import adopt_order, begin_order
from thamthan.directives.queries import (
    letters_to_take_apart,
    order_counts,
    order_for,
    orders_of_house,
)
from thamthan.directives.rules import OrderState
from thamthan.errors import Refused
from thamthan.letters.queries import letter_for
from thamthan.organisations.queries import in_dictionary_order, organisations_seen_by
from thamthan.organisations.rules import Duty
from thamthan.web.clauses import clauses_page
from thamthan.web.doors import PostRequest, acting
from thamthan.web.letters import seen_version

if TYPE_CHECKING:
    from thamthan.organisations.models import Post

PAGE = 50
MOST_LETTERS = 12
MOST_FOUND = 20


@acting
@require_safe
def orders(request: PostRequest) -> HttpResponse:
    """ข้อสั่งการของหน่วยงาน, by their state, and the letters that wait to be taken apart."""
    check_reads(request)
    state, text = request.GET.get("state", ""), request.GET.get("q", "")[:200]
    rows = orders_of_house(request.post, state=state, text=text)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    waiting = [] if state or text else letters_to_take_apart(request.post)
    counts = order_counts(request.post)
    return render(
        request,
        "orders/orders.html",
        {
            "page": page,
            "text": text,
            "wanted": state,
            "tabs": [(one.value, _TABS[one], counts.get(one.value, 0)) for one in OrderState],
            "whole": sum(counts.values()),
            "waiting": waiting[:MOST_LETTERS],
            "waiting_count": len(waiting),
            "may_order": request.post.has_duty(Duty.ORDER),
            "today": timezone.localdate(),
        },
    )


_TABS = {
    OrderState.DRAFTING: "กำลังแยก",
    OrderState.ADOPTED: "รับไว้",
    OrderState.CASCADED: "ถ่ายทอดแล้ว",
    OrderState.CLOSED: "ปิดแล้ว",
}


@acting
@require_POST
def letter_orders(request: PostRequest, pk: int) -> HttpResponse:
    """แยกข้อสั่งการ of one letter; begun already, it is the same page."""
    order = begin_order(letter_for(request.post, pk), by=request.post)
    return redirect("order-clauses", pk=order.pk)


@acting
@require_POST
def order_adoption(request: PostRequest, pk: int) -> HttpResponse:
    """รับไว้ดำเนินการ."""
    order = order_for(request.post, pk)
    try:
        adopt_order(order, by=request.post, seen_version=seen_version(request))
    except Refused as refused:
        if refused.code not in {"changed_meanwhile", "no_obligations"}:
            raise
        return clauses_page(request, order_for(request.post, pk), refused=refused)
    messages.success(request, "รับข้อสั่งการไว้ดำเนินการแล้ว")
    return redirect("order-clauses", pk=pk)


@acting
@require_safe
def order_organisations(request: PostRequest) -> HttpResponse:
    """หน่วยงานที่ค้นพบ as choices for a field; without words, one's own divisions."""
    check_reads(request)
    given = request.GET
    text = next((given[name] for name in ("q", "lead", "support") if given.get(name)), "")[:100]
    return render(
        request, "orders/parts/organisations.html", {"organisations": choices(request.post, text)}
    )


def choices(post: "Post", text: str = "") -> list[Any]:
    """หน่วยงานให้เลือก: those found by these words, or the own house with its divisions."""
    open_ones = organisations_seen_by(post, text=text).filter(closed_on=None)
    if not text.strip():
        open_ones = open_ones.filter(path__startswith=post.organisation.house_path)
    return list(in_dictionary_order(open_ones)[:MOST_FOUND])


def check_reads(request: PostRequest) -> None:
    if not request.post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือ", code="not_allowed", status=403)
