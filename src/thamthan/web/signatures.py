"""The own signature as a picture, on the page of the account."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.organisations.actions import drop_signature, keep_signature
from thamthan.records.queries import opened
from thamthan.web.doors import PostRequest, acting


@acting
@require_POST
def own_signature(request: PostRequest) -> HttpResponse:
    """เก็บภาพลายมือชื่อของตน."""
    picture = request.FILES.get("signature")
    if picture is None:
        raise Refused("โปรดเลือกไฟล์ภาพลายมือชื่อ (PNG)", code="no_file", status=400)
    keep_signature(request.user, picture.read(), by=request.post)
    messages.success(request, "เก็บภาพลายมือชื่อแล้ว ใช้กับการลงนามตั้งแต่นี้ไป ที่ลงนามไว้แล้วไม่เปลี่ยน")
    return redirect("account")


@acting
@require_POST
def removal(request: PostRequest) -> HttpResponse:
    """เลิกใช้ภาพลายมือชื่อ."""
    drop_signature(request.user, by=request.post)
    messages.success(request, "เลิกใช้ภาพลายมือชื่อแล้ว ต่อไปลงนามด้วยชื่อที่พิมพ์")
    return redirect("account")


@acting
@require_safe
def own_picture(request: PostRequest) -> FileResponse:
    """ภาพลายมือชื่อที่ใช้อยู่."""
    if request.user.signature is None:
        raise NotFound("ยังไม่ได้เก็บภาพลายมือชื่อ")
    response = FileResponse(opened(request.user.signature), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
