"""Handing an order down: whom it reaches is seen before it is pressed, and how far it is after."""

import hashlib
from typing import TYPE_CHECKING, Any

import uuid6
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.directives.actions import AT_ONCE, start_cascade
from thamthan.directives.queries import (
    cascade_runs_of,
    kinds_below,
    order_for,
    order_sheet,
    preview_of,
    receivers_of,
)
from thamthan.directives.rules import Choice, OrderState, Whom, choice_of
from thamthan.errors import NotFound, Refused
from thamthan.letters.queries import directly_below, groups_of, local_governments_below
from thamthan.letters.rules import LetterState
from thamthan.organisations.queries import (
    below_house,
    in_dictionary_order,
    organisations_seen_by,
)
from thamthan.organisations.rules import Duty, Level
from thamthan.reports.actions import open_rounds
from thamthan.web.doors import PostRequest, acting, is_fragment
from thamthan.web.report_form_choice import form_lines_of
from thamthan.web.typed import press_typed

if TYPE_CHECKING:
    from django.http import QueryDict

    from thamthan.directives.models import Order
    from thamthan.directives.queries import Preview
    from thamthan.organisations.models import Organisation

MOST_NAMED = 200
MOST_TICKED = 120
MOST_FOUND = 60


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def order_cascade(request: PostRequest, pk: int) -> HttpResponse:
    """ถ่ายทอด: choose, see whom it reaches, press once; more may be added later."""
    row = _own_order(request, pk)
    if request.method == "POST" and request.POST.get("deed") == "cascade":
        choice = _choice(request.POST)
        preview = preview_of(request.post, row, choice)
        # The same press again finds what it did; it is no other choice than the one that was seen.
        press = press_typed(request.POST.get("submission", ""))
        done = cascade_runs_of(request.post, row)
        is_again = press is not None and done.filter(ref=press).exists()
        if is_again or request.POST.get("previewed") == _mark(choice, preview):
            return _hand_down(request, row, choice)
        words = "ผู้รับไม่ตรงกับที่แสดงไว้ โปรดดูรายชื่ออีกครั้งแล้วกดใหม่"
        return _page(request, row, problem=words, status=409)
    return _page(request, row)


@acting
@require_safe
def order_cascade_state(request: PostRequest, pk: int) -> HttpResponse:
    """ถ่ายทอดถึงไหนแล้ว: asked by the page every few seconds while a job is at it."""
    row = order_for(request.post, pk)
    run = cascade_runs_of(request.post, row).first()
    if run is None:
        raise NotFound("เรื่องนี้ยังไม่ได้ถ่ายทอด")
    return render(request, "orders/parts/run.html", {"order": row, "run": run})


def _own_order(request: PostRequest, pk: int) -> "Order":
    row = order_for(request.post, pk)
    if row.organisation.path != request.post.organisation.house_path:
        raise NotFound("ไม่พบเรื่องสั่งการนี้")
    has_both = request.post.has_duty(Duty.ORDER) and request.post.has_duty(Duty.REGISTER_LETTERS)
    if not has_both:
        raise Refused(
            "การถ่ายทอดคือการส่งหนังสือ ผู้มีหน้าที่ถ่ายทอดและลงทะเบียนหนังสือเป็นผู้กด",
            code="not_allowed",
            status=403,
        )
    return row


def _hand_down(request: PostRequest, row: "Order", choice: Choice) -> HttpResponse:
    run = start_cascade(
        row,
        receivers_of(request.post, choice),
        by=request.post,
        submission=press_typed(request.POST.get("submission", "")),
    )
    # Every receiver has its report at once; what a job still hands out, the next minute opens.
    open_rounds(row, by=request.post)
    if not run.is_finished:
        messages.success(request, f"เริ่มถ่ายทอดถึง {run.count:,} แห่งแล้ว ปิดหน้านี้ได้ งานทำต่อเอง")
    elif run.new_organisations:
        messages.success(request, f"ถ่ายทอดถึง {run.new_organisations:,} แห่งแล้ว")
    else:
        messages.success(request, "ผู้รับที่เลือกมีเรื่องนี้แล้วทั้งหมด ไม่ได้ส่งซ้ำ")
    return redirect("order", pk=row.pk)


def _page(
    request: PostRequest, row: "Order", *, problem: str = "", status: int = 200
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    post = request.post
    below = list(directly_below(post))
    whom = given.get("whom") or _first_choice(below)
    preview, mark, named = None, "", []
    try:
        choice = _choice(given, whom)
        preview = preview_of(post, row, choice, text=given.get("q", "")[:100])
        mark = _mark(choice, preview)
        named = list(preview.names[:MOST_NAMED])
    except Refused as refused:
        # At the first look nothing is wrong yet: nothing was chosen.
        problem = problem or (refused.message if request.method == "POST" else "")
    return render(
        request,
        "orders/cascade.html",
        {
            "order": row,
            "sheet": order_sheet(post, row),
            # What htmx asks for is the list of receivers alone.
            "report_forms": [] if is_fragment(request) else form_lines_of(request, row),
            "letter": row.sent or (row.draft.letter if row.draft else None),
            "is_ready": row.state in {OrderState.ADOPTED, OrderState.CASCADED},
            "sent_state": LetterState.SENT,
            "run": cascade_runs_of(post, row).first(),
            "whom": whom,
            "ways": Whom,
            "whole": local_governments_below(post).count(),
            "below": below,
            "has_levels_below": any(one.level != Level.LAO for one in below),
            "ticked": below if len(below) <= MOST_TICKED else [],
            "kinds": kinds_below(post),
            "groups": groups_of(post),
            "given": given,
            "kinds_given": given.getlist("kind"),
            "codes_given": given.getlist("code"),
            "found": _found(request, given),
            "preview": preview,
            "named": named,
            "left": _left_out(request, given),
            "mark": mark,
            "at_once": AT_ONCE,
            "problem": problem,
            "submission": given.get("submission") or str(uuid6.uuid7()),
        },
        status=status,
    )


def _first_choice(below: "list[Organisation]") -> str:
    """A province hands to its districts first, a district to its local governments."""
    return Whom.ALL if all(one.level == Level.LAO for one in below) else Whom.BELOW


def _choice(given: "QueryDict", whom: str = "") -> Choice:
    return choice_of(
        whom or given.get("whom", ""),
        kinds=[str(one) for one in given.getlist("kind")],
        codes=[str(one) for one in given.getlist("code")],
        pasted=given.get("codes", "")[:200_000],
        group=given.get("group", ""),
        without=given.get("without", "")[:200_000],
        without_codes=[str(one) for one in given.getlist("except")],
    )


def _mark(choice: Choice, preview: "Preview") -> str:
    """What was seen when the button was shown: the choice, and how many it reached."""
    seen = f"{choice!r}|{preview.count}|{preview.has_already}"
    return hashlib.sha256(seen.encode("utf-8", "replace")).hexdigest()[:32]


def _found(request: PostRequest, given: "QueryDict") -> "list[Any]":
    """Organisations below by their names, to be ticked one by one."""
    text = given.get("find", "").strip()[:100]
    chosen = [str(one) for one in given.getlist("code")]
    seen = below_house(request.post).filter(closed_on=None).exclude(level=Level.DIVISION)
    kept = list(seen.filter(code__in=chosen[:MOST_TICKED])) if chosen else []
    if not text:
        return kept
    matching = in_dictionary_order(seen.filter(name__icontains=text))[:MOST_FOUND]
    return kept + [one for one in matching if one.code not in chosen]


def _left_out(request: PostRequest, given: "QueryDict") -> "list[Organisation]":
    """Those that were ticked away, so that they can be taken back."""
    codes = [str(one) for one in given.getlist("except")][:MOST_NAMED]
    if not codes:
        return []
    return list(in_dictionary_order(organisations_seen_by(request.post).filter(code__in=codes)))
