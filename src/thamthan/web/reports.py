"""Reports of one's own house, and one report as whoever judges it sees it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import Refused
from thamthan.reports.actions import accept_reports, return_report
from thamthan.reports.queries import (
    accepted_version,
    answer_lines,
    due_line,
    judges_report,
    own_reports,
    report_for,
    sent_version,
)
from thamthan.reports.rules import OWED
from thamthan.web.doors import PostRequest, acting
from thamthan.web.orders import check_reads
from thamthan.web.typed import whole_typed

if TYPE_CHECKING:
    from thamthan.reports.models import Report

PAGE = 50


@acting
@require_safe
def reports(request: PostRequest) -> HttpResponse:
    """รายงานที่ต้องส่ง, the nearest due first, then those that were sent."""
    check_reads(request)
    show = request.GET.get("show", "owed")
    rows = own_reports(request.post)
    owed = rows.filter(state__in=OWED)
    shown = owed if show == "owed" else rows.exclude(state__in=OWED).order_by("-sent_at", "-pk")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    return render(
        request,
        "reports/reports.html",
        {
            "page": page,
            "lines": [(one, due_line(request.post, one, now=now)) for one in page.object_list],
            "show": show,
            "owed_count": owed.count(),
            "sent_count": rows.exclude(state__in=OWED).count(),
        },
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def report_review(request: PostRequest, pk: int) -> HttpResponse:
    """รายงานที่ส่งมา: what it says, what changed since it was accepted; accept, or send back."""
    row = report_for(request.post, pk)
    if request.method == "POST":
        try:
            messages.success(request, _judge(request, row))
        except Refused as refused:
            if refused.status in {403, 404}:
                raise
            return _review_page(request, row, refused=refused)
        return redirect("round", pk=row.round_id)
    return _review_page(request, row)


def _judge(request: PostRequest, row: "Report") -> str:
    seen = whole_typed(request.POST.get("number", ""), most=8) or 0
    if request.POST.get("deed") == "return":
        notes = {
            key.removeprefix("note-"): str(text)
            for key, text in request.POST.items()
            if key.startswith("note-")
        }
        return_report(
            row, by=request.post, note=request.POST.get("text", ""), notes=notes, seen_number=seen
        )
        return f"ส่งรายงานของ{row.organisation.short_name}กลับให้แก้ไขแล้ว"
    accept_reports([row], by=request.post, seen={row.pk: seen})
    return f"รับรองรายงานของ{row.organisation.short_name}แล้ว"


def _review_page(
    request: PostRequest, row: "Report", *, refused: Refused | None = None
) -> HttpResponse:
    post = request.post
    version = sent_version(post, row)
    before = accepted_version(post, row, beside=version)
    lines = answer_lines(post, version, before=before)
    return render(
        request,
        "reports/review.html",
        {
            "report": row,
            "version": version,
            "before": before,
            "lines": lines,
            "changed": sum(line.is_changed for line in lines),
            "due": due_line(post, row, now=timezone.now()),
            "may_judge": judges_report(post, row),
            "typed": request.POST,
            "refused": refused,
        },
        status=refused.status if refused is not None else 200,
    )
