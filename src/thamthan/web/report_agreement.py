"""Agreement before sending: the setting of a house, and a report as whoever agrees reads it."""

from typing import TYPE_CHECKING

import uuid6
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thamthan.errors import Refused
from thamthan.reports.actions import agree_to_report, return_proposal, set_agreement
from thamthan.reports.queries import (
    accepted_version,
    agreement_kept_by,
    decides_proposal,
    due_line,
    proposal_for,
    proposal_lines,
    report_for,
)
from thamthan.reports.rules import Agrees
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import press_typed

if TYPE_CHECKING:
    from thamthan.reports.models import Proposal, Report


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def report_agreement(request: PostRequest) -> HttpResponse:
    """ตั้งผู้เห็นชอบรายงานก่อนส่ง."""
    agrees = agreement_kept_by(request.post)
    problem = ""
    if request.method == "POST":
        given = request.POST.get("agrees", "")
        if given in Agrees.values:
            set_agreement(Agrees(given), by=request.post)
            messages.success(request, "บันทึกแล้ว ใช้กับรายงานที่จะส่งต่อจากนี้")
            return redirect("report-agreement")
        problem = "โปรดเลือกหนึ่งข้อ"
    return render(
        request,
        "reports/agreement.html",
        {"agrees": agrees, "choices": Agrees.choices, "problem": problem},
        status=422 if problem else 200,
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def report_proposal(request: PostRequest, pk: int) -> HttpResponse:
    """รายงานที่เสนอ: all of it as it was put up; one button agrees and sends, one gives it back."""
    row = report_for(request.post, pk)
    proposal = proposal_for(request.post, row)
    if request.method == "POST":
        try:
            messages.success(request, _decided(request, proposal))
        except Refused as refused:
            if refused.status in {403, 404}:
                raise
            return _page(request, row, proposal, refused=refused)
        return redirect("desk")
    return _page(request, row, proposal)


def _decided(request: PostRequest, proposal: "Proposal") -> str:
    seen = request.POST.get("seen", "")
    if request.POST.get("deed") == "return":
        return_proposal(proposal, by=request.post, note=request.POST.get("text", ""), seen=seen)
        return "ส่งกลับให้ผู้จัดทำแก้ไขแล้ว"
    press = press_typed(request.POST.get("press", "")) or uuid6.uuid7()
    agree_to_report(proposal, by=request.post, press=press, seen=seen)
    return f"เห็นชอบและส่งให้{proposal.report.giver.short_name}แล้ว"


def _page(
    request: PostRequest, row: "Report", proposal: "Proposal", *, refused: Refused | None = None
) -> HttpResponse:
    post = request.post
    before = accepted_version(post, row)
    lines = proposal_lines(post, proposal, before=before)
    return render(
        request,
        "reports/proposal.html",
        {
            "report": row,
            "proposal": proposal,
            "before": before,
            "lines": lines,
            "changed": sum(line.is_changed for line in lines),
            "due": due_line(post, row, now=timezone.now()),
            "may_agree": decides_proposal(post, proposal),
            "press": request.POST.get("press") or str(uuid6.uuid7()),
            "typed": request.POST,
            "refused": refused,
        },
        status=refused.status if refused is not None else 200,
    )
