"""Evidence of a project: what there is, one piece of it, its pictures, and what is added."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.actions import (
    attach_evidence,
    attach_link,
    attach_upload,
    explain_evidence,
    withdraw_evidence,
)
from thamthan.projects.queries import (
    counts_of_evidence,
    evidence_for,
    evidence_of,
    evidence_to_judge,
    is_author,
    is_own,
    may_judge,
    may_withdraw,
    project_for,
    small_picture,
    told_doubts,
    withdrawn_evidence,
)
from thamthan.projects.rules import PICTURES, EvidenceKind, EvidenceState, ProjectState
from thamthan.records.photographs import SmallSide
from thamthan.records.queries import history_of, opened
from thamthan.web.doors import PostRequest, acting, is_fragment
from thamthan.web.letters import FILE_POLICY, PDF_POLICY, SHOWN
from thamthan.web.pictures import PICTURE_POLICY
from thamthan.web.project_frame import project_page

if TYPE_CHECKING:
    from thamthan.projects.models import Evidence, Project

MOST_FILES = 20


@acting
@require_safe
def project_evidence(request: PostRequest, pk: int) -> HttpResponse:
    """หลักฐานของโครงการ: by what it shows, with its state and how much is doubtful of it."""
    project = project_for(request.post, pk)
    rows = list(evidence_of(request.post, project))
    cards = shown(request, rows)
    counts = counts_of_evidence(request.post, project)
    return project_page(
        request,
        project,
        "evidence/evidence.html",
        here="project-evidence",
        stages=[
            (kind, kind.label, [card for card in cards if card["row"].kind == kind])
            for kind in PICTURES
        ],
        others=[card for card in cards if card["row"].kind not in PICTURES],
        withdrawn=list(withdrawn_evidence(request.post, project)),
        counts=counts,
        total=len(rows),
        to_judge=evidence_to_judge(request.post, project=project).count(),
        may_attach=_may_attach(request, project),
        state=EvidenceState,
    )


def shown(request: PostRequest, rows: "Iterable[Evidence]") -> list[dict[str, Any]]:
    """Pieces of evidence with their doubts counted, as a grid shows them."""
    rows = list(rows)
    told = told_doubts(request.post, rows)
    return [
        {
            "row": row,
            "is_picture": row.kind in PICTURES,
            "doubts": told[row.pk],
            "grave": sum(not doubt.is_mild for doubt in told[row.pk]),
        }
        for row in rows
    ]


def _may_attach(request: PostRequest, project: "Project") -> bool:
    is_open = project.state != ProjectState.CANCELLED
    return is_open and is_own(request.post, project) and request.post.has_duty(Duty.ANSWER_ORDERS)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def new_evidence(request: PostRequest, pk: int) -> HttpResponse:
    """เพิ่มหลักฐาน: straight from the camera, by pieces; or as an ordinary form."""
    project = project_for(request.post, pk)
    if not _may_attach(request, project):
        raise Refused(
            "เพิ่มหลักฐานได้เฉพาะโครงการของหน่วยงานตนที่ยังไม่ยกเลิก", code="not_allowed", status=403
        )
    if request.method != "POST":
        return _new_page(request, project)
    if is_fragment(request):
        # One picture that has arrived by pieces; its line takes the answer in.
        row = _attach_uploaded(request, project)
        return render(request, "evidence/parts/added.html", {"card": shown(request, [row])[0]})
    try:
        count = _attach(request, project)
    except Refused as refused:
        if refused.status == 404:
            raise
        return _new_page(request, project, refused=refused)
    messages.success(request, f"เพิ่มหลักฐานแล้ว {count} ชิ้น รอผู้อื่นตรวจ")
    return redirect("project-evidence", pk=pk)


def _new_page(
    request: PostRequest, project: "Project", *, refused: Refused | None = None
) -> HttpResponse:
    return project_page(
        request,
        project,
        "evidence/new.html",
        here="project-evidence",
        status=refused.status if refused is not None else 200,
        refused=refused,
        stages=[(kind.value, kind.label) for kind in PICTURES],
        chosen=request.POST.get("kind", request.GET.get("kind", _likely_stage(project))),
        typed=request.POST,
        most_mb=settings.MAX_FILE_BYTES // (1024 * 1024),
        most_bytes=settings.MAX_FILE_BYTES,
        most_files=MOST_FILES,
    )


def _likely_stage(project: "Project") -> str:
    if project.state in {ProjectState.DRAFT, ProjectState.APPROVED}:
        return EvidenceKind.BEFORE
    return EvidenceKind.AFTER if project.state == ProjectState.FINISHED else EvidenceKind.DURING


def _attach(request: PostRequest, project: "Project") -> int:
    """What an ordinary form brings: a link, or some files; whole files that came before one that
    is refused stay attached, and the sentence says so."""
    caption = request.POST.get("caption", "")
    if request.POST.get("kind") == EvidenceKind.LINK:
        attach_link(project, request.POST.get("url", ""), by=request.post, caption=caption)
        return 1
    kind = _kind(request)
    files = request.FILES.getlist("files")
    if not files:
        raise Refused("ยังไม่ได้เลือกไฟล์", code="no_file", status=400)
    if len(files) > MOST_FILES:
        raise Refused(f"ส่งได้ครั้งละไม่เกิน {MOST_FILES} ไฟล์", code="too_many_files", status=400)
    for count, file in enumerate(files):
        try:
            attach_evidence(
                project, kind, file.read(), by=request.post, name=file.name or "", caption=caption
            )
        except Refused as refused:
            before = f" (ไฟล์ก่อนหน้านี้ {count} ไฟล์เพิ่มแล้ว)" if count else ""
            raise Refused(
                f"“{file.name}”: {refused.message}{before}",
                code=refused.code,
                status=refused.status,
            ) from refused
    return len(files)


def _attach_uploaded(request: PostRequest, project: "Project") -> "Evidence":
    try:
        ref = UUID(request.POST.get("upload", ""))
    except ValueError:
        raise NotFound("ไม่พบไฟล์ที่ส่งค้างไว้", code="no_upload") from None
    caption = request.POST.get("caption", "")
    return attach_upload(project, _kind(request), ref, by=request.post, caption=caption)


def _kind(request: PostRequest) -> EvidenceKind:
    kind = request.POST.get("kind", "")
    if kind not in EvidenceKind.values or kind == EvidenceKind.LINK:
        raise Refused("โปรดเลือกว่าเป็นภาพก่อนทำ ระหว่างทำ หรือหลังทำ", code="no_kind", status=400)
    return EvidenceKind(kind)


@acting
@require_safe
def evidence(request: PostRequest, pk: int) -> HttpResponse:
    """หลักฐานหนึ่งชิ้น."""
    row = evidence_for(request.post, pk)
    return render(request, "evidence/one.html", facts_of(request, row))


def facts_of(request: PostRequest, row: "Evidence") -> dict[str, Any]:
    """What a page tells of one piece of evidence, and what may be done with it."""
    card = shown(request, [row])[0]
    return card | {
        "project": row.project,
        "is_original_shown": row.file is not None and row.file.media_type in SHOWN,
        "may_judge": row.state == EvidenceState.WAITING and may_judge(request.post, row),
        "may_withdraw": may_withdraw(request.post, row),
        "may_explain": row.state == EvidenceState.SENT_BACK and _may_attach(request, row.project),
        "is_author": is_author(request.post, row),
        "history": list(history_of(row).order_by("-at", "-pk")),
        "state": EvidenceState,
    }


@acting
@require_safe
def evidence_picture(request: PostRequest, pk: int, side: int) -> HttpResponse:
    """ภาพของหลักฐาน, small; nothing that the camera wrote goes out with it."""
    if side not in list(SmallSide):
        raise NotFound("ไม่มีภาพขนาดนี้", code="no_picture")
    picture = small_picture(request.post, evidence_for(request.post, pk), SmallSide(side))
    response = HttpResponse(picture.content, content_type=picture.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PICTURE_POLICY
    return response


@acting
@require_safe
def evidence_file(request: PostRequest, pk: int) -> FileResponse:
    """ไฟล์ต้นฉบับของหลักฐาน: the bytes as they came, under a kind that does no harm."""
    row = evidence_for(request.post, pk)
    if row.file is None:
        raise NotFound("หลักฐานนี้ไม่มีไฟล์", code="no_file")
    kind = SHOWN.get(row.file.media_type)
    is_saved = kind is None or "save" in request.GET
    response = FileResponse(opened(row.file), content_type=kind or "application/octet-stream")
    name = row.file_name or f"evidence-{row.pk}"
    response["Content-Disposition"] = content_disposition_header(is_saved, name) or "attachment"
    response["Content-Length"] = str(row.file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if kind == "application/pdf" else FILE_POLICY
    return response


@acting
@require_POST
def withdrawal(request: PostRequest, pk: int) -> HttpResponse:
    """ถอนหลักฐาน."""
    row = evidence_for(request.post, pk)
    withdraw_evidence(row, by=request.post, why=request.POST.get("why", ""))
    messages.success(request, "ถอนหลักฐานแล้ว ไม่นับและไม่แสดงที่ใดอีก ไฟล์และประวัติยังเก็บไว้")
    return redirect("project-evidence", pk=row.project_id)


@acting
@require_POST
def explanation(request: PostRequest, pk: int) -> HttpResponse:
    """ชี้แจงหลักฐานที่ส่งกลับ."""
    row = evidence_for(request.post, pk)
    explain_evidence(row, by=request.post, caption=request.POST.get("caption", ""))
    messages.success(request, "ส่งคำชี้แจงแล้ว รอตรวจอีกครั้ง")
    return redirect("evidence", pk=pk)
