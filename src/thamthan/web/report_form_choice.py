"""The form in which an order is reported: chosen before its round opens, with its burden beside."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from thamthan.directives.queries import order_for
from thamthan.errors import Refused
from thamthan.reports.actions import choose_form
from thamthan.reports.queries import (
    AskedReport,
    asked_report,
    asked_reports,
    choosable_forms,
    form_for,
    report_burdens,
)
from thamthan.reports.rules import Rhythm, fits_rhythm, rhythm_of
from thamthan.web.doors import PostRequest, acting
from thamthan.web.report_forms import BurdenWords
from thamthan.web.typed import whole_typed

if TYPE_CHECKING:
    from thamthan.directives.models import Order
    from thamthan.reports.models import ReportForm


# An order asks for one report, or for two; each costs some questions to the database.
_MOST_COUNTED = 3


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def report_form_choice(request: PostRequest, pk: int, obligation_pk: int) -> HttpResponse:
    """รายงานด้วยแบบใด: every form that may be used, each with what it costs those who fill it in."""
    order = order_for(request.post, pk)
    asked = asked_report(request.post, order, obligation_pk)
    if request.method != "POST":
        return _page(request, order, asked)
    key = whole_typed(request.POST.get("form", ""))
    try:
        if key is None:
            raise Refused("โปรดเลือกแบบรายงาน", code="no_form", status=400)
        chosen = choose_form(asked.obligation, form_for(request.post, key), by=request.post)
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return _page(request, order, asked, refused=refused)
    kept = " รอบที่เปิดแล้วใช้คำถามเดิม" if asked.rounds else ""
    messages.success(request, f"รอบรายงานที่จะเปิดใช้ “{chosen.form.name}”{kept}")
    return redirect("order", pk=order.pk)


def _page(
    request: PostRequest, order: "Order", asked: AskedReport, *, refused: Refused | None = None
) -> HttpResponse:
    forms = choosable_forms(request.post, asked)
    burdens = report_burdens(request.post, asked, forms)
    rule = asked.obligation.due_rule
    given = whole_typed(request.POST.get("form", ""))
    return render(
        request,
        "reports/form_choice.html",
        {
            "order": order,
            "asked": asked,
            "lines": [
                (form, BurdenWords(burdens[form.pk]), fits_rhythm(form.rhythm, rule))
                for form in forms
            ],
            "chosen": given or (asked.form.pk if asked.form else None),
            "rhythm": _rhythm_words(rule),
            "refused": refused,
        },
        status=refused.status if refused is not None else 200,
    )


def _is_seen(request: PostRequest, form: "ReportForm") -> bool:
    """Whether it is of the list or of one's own house; an upper house's form is its affair."""
    try:
        form_for(request.post, form.pk)
    except Refused:
        return False
    return True


def _rhythm_words(rule: str) -> str:
    if not rule:
        return "ครั้งเดียว"
    rhythm = rhythm_of(rule)
    return Rhythm(rhythm).label if rhythm is not None else "หลายรอบ"


def form_lines_of(
    request: PostRequest, order: "Order"
) -> "list[tuple[AskedReport, BurdenWords | None]]":
    """แบบรายงานของแต่ละสิ่งที่ขอ: for the pages of an order and of its handing down.

    With the burden of the first few; of the others it stands on their own page.
    """
    lines = []
    for at, asked in enumerate(asked_reports(request.post, order)):
        words = None
        if at < _MOST_COUNTED and asked.form is not None and _is_seen(request, asked.form):
            burden = report_burdens(request.post, asked, [asked.form])[asked.form.pk]
            words = BurdenWords(burden)
        lines.append((asked, words))
    return lines
