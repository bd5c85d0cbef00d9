"""Papers of a contract and of a payment: attached, opened, taken out."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from thamthan.errors import Refused
from thamthan.projects.actions import attach_money_paper, take_out_money_paper
from thamthan.projects.queries import (
    money_paper_for,
    own_commitment_for,
    own_payment_for,
    project_for,
)
from thamthan.web.doors import PostRequest, acting
from thamthan.web.draft_deeds import stored_response
from thamthan.web.money import show_money
from thamthan.web.money_forms import Posted

if TYPE_CHECKING:
    from thamthan.projects.models import Commitment


@acting
@require_POST
def money_paper_new(request: PostRequest, pk: int) -> HttpResponse:
    """แนบไฟล์ของสัญญา หรือของการเบิกจ่ายหนึ่งครั้ง."""
    project = project_for(request.post, pk)
    form = Posted(request.POST.dict())
    payment = form.key("payment")
    try:
        file = request.FILES.get("file")
        if file is None:
            raise Refused("ยังไม่ได้เลือกไฟล์", code="no_file", status=400, field="file")
        proved = own_payment_for(request.post, payment) if payment is not None else None
        contract = proved.commitment if proved else _contract(request, form)
        paper = attach_money_paper(
            contract,
            by=request.post,
            name=file.name or "เอกสาร",
            content=file.read(),
            payment=proved,
        )
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return show_money(request, project, refused=refused)
    messages.success(request, f"แนบ “{paper.file_name}” แล้ว")
    return redirect(f"{reverse('project-money', args=[pk])}#sources")


def _contract(request: PostRequest, form: Posted) -> "Commitment":
    return own_commitment_for(request.post, form.key("key") or 0)


@acting
@require_safe
def money_paper(request: PostRequest, pk: int, paper_pk: int) -> FileResponse:
    """ไฟล์ของเอกสารหนึ่งฉบับ."""
    paper = money_paper_for(request.post, project_for(request.post, pk), paper_pk)
    return stored_response(paper.file, paper.file_name)


@acting
@require_POST
def money_paper_out(request: PostRequest, pk: int, paper_pk: int) -> HttpResponse:
    """เอาเอกสารออก พร้อมเหตุ."""
    project = project_for(request.post, pk)
    paper = money_paper_for(request.post, project, paper_pk)
    try:
        take_out_money_paper(
            paper, by=request.post, why=request.POST.get("why", "").replace("\x00", "")
        )
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return show_money(request, project, refused=refused)
    messages.success(request, f"เอา “{paper.file_name}” ออกแล้ว ไฟล์และประวัติยังเก็บไว้")
    return redirect("project-money", pk=pk)
