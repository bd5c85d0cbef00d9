"""What is asked of one clause or of the whole order: to whom, by what form, by when."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from thamthan.directives.actions import (
    UNITS,
    drop_obligation,
    keep_obligation,
    restore_obligation,
)
from thamthan.directives.queries import clause_for, obligation_for, order_for
from thamthan.errors import Refused
from thamthan.web.clause_form import AskForm
from thamthan.web.clauses import one_press, open_order, pane, saved
from thamthan.web.doors import PostRequest, acting
from thamthan.web.letters import seen_version

if TYPE_CHECKING:
    from thamthan.directives.models import Directive, Obligation, Order


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def obligation(request: PostRequest, pk: int, obligation_pk: int) -> HttpResponse:
    """แก้ไขสิ่งที่ขอหนึ่งอย่าง, or drop it, or take it back."""
    order = open_order(request, pk)
    row = obligation_for(request.post, order, obligation_pk)
    deed = request.POST.get("deed", "save")
    if deed in _ONE_PRESS:
        act = _ONE_PRESS[deed]
        seen = seen_version(request)
        return one_press(
            request, order, lambda: act(row, by=request.post, seen_version=seen), at=_home(row)
        )
    return _ask(request, order, row=row, clause=row.directive)


_ONE_PRESS = {"drop": drop_obligation, "restore": restore_obligation}


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def obligation_new(request: PostRequest, pk: int) -> HttpResponse:
    """เพิ่มสิ่งที่ขอ of one clause, or of the whole order."""
    order = open_order(request, pk)
    given = request.POST.get("clause") or request.GET.get("clause", "")
    is_key = given.isascii() and given.isdigit() and len(given) < 19
    clause = clause_for(request.post, order, int(given)) if is_key else None
    return _ask(request, order, row=None, clause=clause)


def _ask(
    request: PostRequest,
    order: "Order",
    *,
    row: "Obligation | None",
    clause: "Directive | None",
) -> HttpResponse:
    is_posted = request.method == "POST"
    form = AskForm(row, posted=request.POST.dict() if is_posted else None)
    status = 200
    if is_posted:
        asked = form.asked()
        if asked is not None:
            try:
                kept = keep_obligation(
                    order,
                    asked,
                    by=request.post,
                    seen_version=seen_version(request),
                    obligation=row,
                    directive=clause,
                )
            except Refused as refused:
                if refused.status == 403:
                    raise
                form.refuse(refused)
                order = order_for(request.post, order.pk)
            else:
                return saved(request, order.pk, at=_home(kept))
        status = 422
    units = [("day", "วัน"), ("working_day", "วันทำการ"), *list(UNITS.items())[1:]]
    context = {"form": form, "obligation": row, "clause": clause, "units": units}
    return pane(request, order, "orders/parts/ask_form.html", context, status=status)


def _home(row: "Obligation") -> str:
    """Where on the page it stands."""
    return f"u-clause-{row.directive_id}" if row.directive_id is not None else "whole"
