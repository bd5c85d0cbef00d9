"""One order: who must do what by when, how far it is; and how long orders lay at each level."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from thamthan.directives.queries import (
    cascade_runs_of,
    latency_of,
    latency_of_house,
    order_for,
    order_sheet,
)
from thamthan.directives.rules import OrderState
from thamthan.errors import Refused
from thamthan.letters.rules import LetterState
from thamthan.organisations.rules import Duty
from thamthan.projects.queries import projects_below_answering
from thamthan.records.queries import history_of
from thamthan.reports.queries import rounds_seen_by
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.report_form_choice import form_lines_of

if TYPE_CHECKING:
    from thamthan.directives.queries import OrderLatency, OrderSheet


@dataclass(frozen=True, slots=True)
class NextStep:
    """ขั้นถัดไป: the one large button of the page, or a sentence that says for whom it waits."""

    words: str
    url: str | None
    note: str = ""


@acting
@require_safe
def order(request: PostRequest, pk: int) -> HttpResponse:
    """เรื่องสั่งการหนึ่งเรื่อง."""
    sheet = order_sheet(request.post, order_for(request.post, pk))
    latency = latency_of(request.post, sheet.order)
    return render(
        request,
        "orders/order.html",
        {
            "sheet": sheet,
            "order": sheet.order,
            "answer": answer_words(sheet),
            "next": _next(sheet),
            "board": address("order-board", sheet.order.pk),
            "rounds": rounds_seen_by(request.post).filter(root=sheet.order.top_pk)[:6],
            "report_forms": form_lines_of(request, sheet.order),
            "more": sheet.may_send and sheet.order.state == OrderState.CASCADED,
            "run": cascade_runs_of(request.post, sheet.order).first() if sheet.is_own else None,
            "latency": latency,
            "latency_words": latency_words(latency),
            "history": list(history_of(sheet.order).order_by("-at", "-pk")[:30])
            if sheet.is_own
            else [],
            "state": OrderState,
            "answered_by": projects_below_answering(request.post, sheet.order),
        },
    )


@acting
@require_safe
def order_latency(request: PostRequest) -> HttpResponse:
    """เรื่องค้างอยู่ที่ใดนานเท่าใด: all orders of the house, summed and in the middle."""
    if not request.post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือ", code="not_allowed", status=403)
    told = latency_of_house(request.post)
    labels = [one.label for one in told.stays]
    return render(
        request,
        "orders/latency.html",
        {
            "told": told,
            "labels": labels,
            "lines": [
                (line, [(label, _stay_at(line, label)) for label in labels]) for line in told.lines
            ],
        },
    )


def address(name: str, *args: Any) -> str | None:
    """The address of a page; None where there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def answer_words(sheet: "OrderSheet") -> list[str]:
    """ใครต้องทำอะไร ภายในเมื่อไร ถึงไหนแล้ว: the heading, part by part."""
    main, order = sheet.main, sheet.order
    if order.state == OrderState.DRAFTING:
        return [f"กำลังแยกข้อสั่งการ {sheet.count:,} ข้อ", "ยังไม่ได้รับไว้ดำเนินการ"]
    who = f"{sheet.receivers:,} แห่ง" if sheet.receivers and sheet.is_own else ""
    parts = []
    if main is not None:
        by = ""
        if main.due_on is not None:
            hour = f" {main.due_time:%H.%M} น." if main.due_time else ""
            day = format_date(main.due_on, style="short", weekday=True)
            # A day does not break over two lines.
            by = f"ภายใน {day}{hour}".replace(" ", "\u00a0")
        parts.append(f"{who}ต้อง{main.obligation.ask_label}{by}".strip())
    if sheet.receivers and main is not None and main.count:
        parts.append(f"ส่งแล้ว {main.answered:,} จาก {main.count:,}")
        if main.late:
            parts.append(f"เลยกำหนด {main.late:,}")
    elif sheet.is_own and sheet.below_count and order.state == OrderState.ADOPTED:
        parts.append("ยังไม่ได้ถ่ายทอด")
    return parts or [order.get_state_display()]


def latency_words(latency: "OrderLatency") -> str:
    """ใช้เวลา 112 วันกว่าจะถึง อปท.: จังหวัด 18 วัน · อำเภอ 94 วัน."""
    # The last level is where it arrived; how long it is being taken there is another thing.
    stays = [*latency.before, *(one for one in latency.stays if not one.is_end and one.held.n)]
    if latency.days_to_end is None or not stays:
        return ""
    told = " · ".join(f"{one.label} {one.held.median:,} วัน" for one in stays)
    return f"ใช้เวลา {latency.days_to_end:,} วันกว่าจะถึง อปท.: {told}"


def _stay_at(line: "OrderLatency", label: str) -> Any:
    return next((one for one in line.stays if one.label == label), None)


def _next(sheet: "OrderSheet") -> NextStep | None:
    order, handing = sheet.order, sheet.own_handing
    if not sheet.is_own:
        if handing is not None and sheet.below_count:
            return NextStep("ถ่ายทอดต่อ", address("handing-pass-on", handing.pk))
        own = address("handing", handing.pk) if handing is not None else None
        return NextStep("ดูงานของเรา", own) if own else None
    match order.state:
        case OrderState.DRAFTING:
            if not sheet.may_order:
                return NextStep("", None, "รอผู้มีหน้าที่แยกข้อสั่งการและรับไว้ดำเนินการ")
            return NextStep("แยกข้อสั่งการต่อ", address("order-clauses", order.pk))
        case OrderState.CASCADED:
            board = address("order-board", order.pk)
            return NextStep("ดูสถานะ", board) if board else None
        case OrderState.ADOPTED:
            return _hand_down(sheet)
    return None


def _hand_down(sheet: "OrderSheet") -> NextStep | None:
    """What is still to be done before an order that was taken up is with those below."""
    order, handing = sheet.order, sheet.own_handing
    if not sheet.below_count:
        own = address("handing", handing.pk) if handing is not None else None
        return NextStep("ดูงานของเรา", own) if own else None
    letter = sheet.letter_down
    if letter is not None and letter.state == LetterState.SENT:
        if not sheet.may_send:
            return NextStep("", None, "หนังสือออกเลขแล้ว รอธุรการถ่ายทอด")
        return NextStep("ถ่ายทอด", address("order-cascade", order.pk))
    if order.draft is not None:
        return NextStep(
            "ไปที่ร่างหนังสือ", address("draft", order.draft_id), "เมื่อลงนามและออกเลขแล้วจึงถ่ายทอดได้"
        )
    if handing is not None and sheet.may_order:
        return NextStep("ร่างหนังสือถ่ายทอด", address("handing-pass-on", handing.pk))
    return None
