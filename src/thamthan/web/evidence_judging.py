"""Judging evidence: one piece after the other, large, what is doubtful of it first."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from thamthan.errors import Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.actions import judge_evidence
from thamthan.projects.queries import evidence_for, evidence_to_judge, project_for
from thamthan.web.doors import PostRequest, acting
from thamthan.web.evidence import facts_of
from thamthan.web.typed import whole_typed

if TYPE_CHECKING:
    from thamthan.projects.models import Evidence, Project


@acting
@require_safe
def judging(request: PostRequest) -> HttpResponse:
    """ตรวจหลักฐานทีละชิ้น: of all projects of the house, or of one."""
    if not request.post.has_duty(Duty.ANSWER_ORDERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ตรวจหลักฐาน", code="not_allowed", status=403)
    return _page(request, _project(request))


def _page(
    request: PostRequest,
    project: "Project | None",
    *,
    row: "Evidence | None" = None,
    refused: Refused | None = None,
) -> HttpResponse:
    waiting = evidence_to_judge(request.post, project=project)
    count = waiting.count()
    after = _key(request, "after")
    if row is None:
        row = waiting.filter(pk__gt=after).first() or waiting.first()
    context = {"count": count, "of_project": project, "refused": refused, "typed": request.POST}
    if row is not None:
        context |= facts_of(request, row)
    return render(
        request,
        "evidence/judging.html",
        context,
        status=refused.status if refused is not None else 200,
    )


@acting
@require_POST
def judge(request: PostRequest, pk: int) -> HttpResponse:
    """เพียงพอ หรือส่งกลับพร้อมความเห็น; then the next."""
    row = evidence_for(request.post, pk)
    is_adequate = request.POST.get("verdict") == "adequate"
    try:
        judge_evidence(
            row, is_adequate=is_adequate, by=request.post, note=request.POST.get("note", "")
        )
    except Refused as refused:
        if refused.code not in {"no_note", "long_note"} or not request.POST.get("queue"):
            raise
        return _page(request, _project(request), row=row, refused=refused)
    messages.success(request, "บันทึกว่าเพียงพอแล้ว" if is_adequate else "ส่งกลับพร้อมความเห็นแล้ว")
    if not request.POST.get("queue"):
        return redirect("evidence", pk=pk)
    project = _key(request, "project")
    of = f"&project={project}" if project else ""
    return redirect(f"{reverse('evidence-judging')}?after={pk}{of}")


def _project(request: PostRequest) -> "Project | None":
    key = _key(request, "project")
    return project_for(request.post, key) if key else None


def _key(request: PostRequest, name: str) -> int:
    given = request.POST.get(name) or request.GET.get(name, "")
    return whole_typed(given) or 0
