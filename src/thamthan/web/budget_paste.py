"""Many lines of the budget at once, pasted from a spreadsheet: shown as understood, then kept."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thamthan.errors import Refused
from thamthan.projects.actions import keep_lines
from thamthan.thai.dates import FiscalYear
from thamthan.web.budget import check_keeps
from thamthan.web.budget_forms import pasted_rows
from thamthan.web.doors import PostRequest, acting
from thamthan.web.money_forms import Posted, confirming

if TYPE_CHECKING:
    from thamthan.web.budget_forms import PastedRow


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def budget_paste(request: PostRequest) -> HttpResponse:
    """วางหลายรายการจาก Excel: nothing is kept before a person has seen what was understood."""
    check_keeps(request)
    form = Posted(request.POST.dict())
    this_year = FiscalYear.containing(timezone.localdate()).be
    year = form.key("year") if request.method == "POST" else this_year
    text = request.POST.get("text", "")
    rows = pasted_rows(text, be_year=year or 0)
    refused = None
    if request.method == "POST" and form.words("deed") == "keep":
        try:
            count = _kept(request, form, rows)
        except Refused as problem:
            if problem.status in {403, 404}:
                raise
            refused = problem
        else:
            messages.success(request, f"เพิ่มรายการงบประมาณแล้ว {count} รายการ")
            return redirect(f"{reverse('budget')}?year={year}")
    return render(
        request,
        "budget/paste.html",
        {
            "text": text,
            "year": year or this_year,
            "rows": rows,
            "right": sum(1 for row in rows if not row.problem),
            "wrong": sum(1 for row in rows if row.problem),
            "whole": sum(row.amount.satang for row in rows if row.amount),
            "press": form.words("press") or str(uuid4()),
            "refused": refused,
            "confirming": confirming(refused, request.POST.dict()) if refused else None,
        },
        status=200 if refused is None else refused.status,
    )


def _kept(request: PostRequest, form: Posted, rows: "list[PastedRow]") -> int:
    if not rows:
        raise Refused("ยังไม่มีแถวให้บันทึก", code="no_lines", status=400)
    given = []
    for row in rows:
        if row.words is None or row.amount is None:
            raise Refused(
                f"แถวที่ {row.number} ยังอ่านไม่ได้: {row.problem}", code="unread_row", status=400
            )
        given.append((row.words, row.amount))
    kept = keep_lines(given, by=request.post, press=form.press(), sure_of=form.sure_of())
    return len(kept)
