"""What is done with a draft: put up, signed, numbered, given up; its files; the letterhead."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import (
    IncomingFile,
    attach_to_draft,
    detach_from_draft,
    endorse_draft,
    issue_draft,
    keep_template,
    move_draft,
    put_up_draft,
    recall_draft,
    send_draft_back,
    set_letterhead,
    sign_draft,
)
from thamthan.letters.queries import (
    draft_files,
    draft_for,
    letterhead_of,
    number_for,
    parts_of,
    stationery_of,
)
from thamthan.letters.rules import DraftState
from thamthan.organisations.rules import Duty
from thamthan.records.queries import opened
from thamthan.web.doors import PostRequest, acting
from thamthan.web.letters import FILE_POLICY, SHOWN, seen_version
from thamthan.web.typed import Typed

if TYPE_CHECKING:
    from thamthan.letters.models import RegisterNumber

_MOVES = {
    "unsign": (DraftState.DRAFTING, "กลับมาแก้ไขได้แล้ว ต้องลงนามใหม่"),
    "drop": (DraftState.DROPPED, "ยกเลิกร่างแล้ว นำกลับมาได้"),
    "resume": (DraftState.DRAFTING, "นำร่างกลับมาแล้ว"),
}
_STEPS = {
    "submit": (put_up_draft, "เสนอร่างแล้ว"),
    "endorse": (endorse_draft, "เห็นชอบและเสนอต่อแล้ว"),
    "sign": (sign_draft, "ลงนามแล้ว ธุรการออกเลขและวันที่ได้"),
}


@acting
@require_POST
def deed(request: PostRequest, pk: int) -> HttpResponse:
    """เสนอ ดึงกลับ ยกเลิก หรือลงนาม, as the pressed button says."""
    row = draft_for(request.post, pk)
    wanted = request.POST.get("deed", "")
    note = request.POST.get("note", "").replace("\x00", "")[:2000]
    seen = seen_version(request)
    if wanted in _STEPS:
        act, words = _STEPS[wanted]
        act(row, by=request.post, seen_version=seen, opinion=note)
        messages.success(request, words)
    elif wanted == "return":
        send_draft_back(row, by=request.post, seen_version=seen, reason=note)
        messages.success(request, "ส่งกลับให้ผู้ร่างแก้ไขแล้ว")
    elif wanted == "recall":
        recall_draft(row, by=request.post)
        messages.success(request, "ดึงกลับมาแล้ว แก้ไขและเสนอใหม่ได้")
    elif wanted in _MOVES:
        state, words = _MOVES[wanted]
        move_draft(row, state, by=request.post, seen_version=seen, note=note)
        messages.success(request, words)
    else:
        raise Refused("ไม่รู้จักสิ่งที่สั่ง", code="wrong_deed", status=400)
    return redirect("drafts") if wanted == "drop" else redirect("draft", pk=pk)


@acting
@require_POST
def number(request: PostRequest, pk: int) -> HttpResponse:
    """ออกเลขและวันที่: one press, one number."""
    row = draft_for(request.post, pk)
    typed = Typed(
        {name: str(value) for name, value in request.POST.items()}, near=timezone.localdate()
    )
    on = typed.day("on") or timezone.localdate()
    if typed.problems:
        raise Refused(typed.problems["on"], code="wrong_day", status=400)
    letter = issue_draft(row, by=request.post, on=on, reserved=_reserved(request))
    messages.success(request, f"ออกเลขแล้ว: ที่ {letter.number} เลือกผู้รับแล้วส่งได้")
    return redirect("sending-new", pk=letter.pk)


def _reserved(request: PostRequest) -> "RegisterNumber | None":
    """The reserved number that was chosen; none: the next."""
    given = request.POST.get("reserved", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise Refused("โปรดเลือกเลขอีกครั้ง", code="wrong_number", status=400)
    return number_for(request.post, int(given))


@acting
@require_POST
def files(request: PostRequest, pk: int) -> HttpResponse:
    """แนบไฟล์ หรือเอาไฟล์ออก."""
    row = draft_for(request.post, pk)
    removed = request.POST.get("remove", "")
    if removed.isascii() and removed.isdigit() and len(removed) < 6:
        detach_from_draft(row, int(removed), by=request.post)
        messages.success(request, "เอาไฟล์ออกแล้ว")
        return redirect("draft", pk=pk)
    given = [
        IncomingFile(name=file.name or "สิ่งที่ส่งมาด้วย", content=file.read())
        for file in request.FILES.getlist("files")
    ]
    if not given:
        raise Refused("ยังไม่ได้เลือกไฟล์", code="no_file", status=400)
    attach_to_draft(row, given, by=request.post)
    messages.success(request, f"แนบแล้ว {len(given)} ไฟล์")
    return redirect("draft", pk=pk)


@acting
@require_safe
def draft_file(request: PostRequest, pk: int, position: int) -> FileResponse:
    """ไฟล์แนบหนึ่งไฟล์."""
    row = draft_for(request.post, pk)
    kept = draft_files(request.post, row).filter(position=position).first()
    if kept is None:
        raise NotFound("ไม่พบไฟล์นี้")
    return stored_response(kept.file, kept.name)


def stored_response(file: Any, name: str) -> FileResponse:
    """A stored file under a kind that does no harm."""
    shown = SHOWN.get(file.media_type.split(";")[0].strip().lower())
    response = FileResponse(opened(file), content_type=shown or "application/octet-stream")
    response["Content-Disposition"] = (
        content_disposition_header(shown is None, name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    return response


@acting
@require_POST
def template(request: PostRequest, pk: int) -> HttpResponse:
    """เก็บร่างนี้เป็นแบบร่างของหน่วยงาน."""
    row = draft_for(request.post, pk)
    keep_template(request.POST.get("name", ""), parts_of(request.post, row), by=request.post)
    messages.success(request, "เก็บเป็นแบบร่างแล้ว เลือกได้ที่หน้าเริ่มร่าง")
    return redirect("draft", pk=pk)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: PostRequest) -> HttpResponse:
    """หัวหนังสือของหน่วยงาน."""
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ตั้งหัวหนังสือ", code="not_allowed", status=403)
    if request.method == "POST":
        given = request.FILES.get("emblem")
        set_letterhead(
            by=request.post,
            agency=request.POST.get("agency", "").replace("\x00", ""),
            address=request.POST.get("address", "").replace("\x00", ""),
            contacts=request.POST.get("contacts", "").replace("\x00", ""),
            owner_unit=request.POST.get("owner_unit", "").replace("\x00", ""),
            emblem=given.read() if given is not None else None,
        )
        messages.success(request, "บันทึกหัวหนังสือแล้ว ใช้กับหนังสือที่ออกจากนี้ไป ฉบับเดิมไม่เปลี่ยน")
        return redirect("letterhead")
    return render(
        request,
        "drafts/letterhead.html",
        {"head": letterhead_of(request.post), "stationery": stationery_of(request.post)},
    )
