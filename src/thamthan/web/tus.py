"""Uploads that go on where they were cut off: the tus protocol 1.0.0 for the browser's library."""

import binascii
from base64 import b64decode
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date

from thamthan.errors import Refused
from thamthan.records.uploading import (
    KEPT_FOR,
    begin_upload,
    continue_upload,
    drop_upload,
    upload_for,
)
from thamthan.web.doors import PostRequest, acting

if TYPE_CHECKING:
    from thamthan.records.models import Upload

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
EXTENSIONS = "creation,expiration,termination"

View = Callable[..., HttpResponseBase]


def _speaking_tus(view: View) -> View:
    """Every answer says which protocol it speaks, and every refusal is one plain sentence."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return answered


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if not request.user.is_authenticated:
        # A program asks, not a person: a page to log in would be of no use to it.
        return _said("โปรดเข้าสู่ระบบใหม่ ไฟล์ส่วนที่ส่งแล้วยังอยู่", 401)
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Tus-Version"] = VERSION
        response["Tus-Extension"] = EXTENSIONS
        response["Tus-Max-Size"] = str(settings.MAX_FILE_BYTES)
        return response
    if request.headers.get("Tus-Resumable") != VERSION:
        response = _said("รับเฉพาะการส่งไฟล์แบบ tus 1.0.0", 412)
        response["Tus-Version"] = VERSION
        return response
    try:
        return view(request, *args, **kwargs)
    except Refused as refused:
        response = _said(refused.message, refused.status)
        if refused.code == "wrong_offset":
            response["Upload-Offset"] = str(refused.facts["received"])
        return response


@_speaking_tus
@acting
def uploads(request: PostRequest) -> HttpResponse:
    """เริ่มส่งไฟล์: a new address for a file of so many bytes."""
    if request.method != "POST":
        return _not_so("OPTIONS, POST")
    size = _whole_number(request.headers.get("Upload-Length"))
    if size is None:
        return _said("ไม่ได้บอกขนาดของไฟล์", 400)
    upload = begin_upload(_file_name(request), size=size, by=request.post)
    response = HttpResponse(status=201)
    response["Location"] = reverse("upload", kwargs={"ref": upload.ref})
    response["Upload-Offset"] = "0"
    return _with_expiry(response, upload)


@_speaking_tus
@acting
def upload(request: PostRequest, ref: UUID) -> HttpResponse:
    """ไฟล์ที่กำลังส่ง: how far it is, its next piece, or its end."""
    # Some offices' proxies let no PATCH through.
    asked = request.headers.get("X-HTTP-Method-Override") if request.method == "POST" else None
    method = (asked or request.method or "").upper()
    if method == "HEAD":
        known = upload_for(ref, by=request.post)
        response = HttpResponse(status=200)
        response["Upload-Length"] = str(known.size)
    elif method == "PATCH":
        known = _next_piece(request, ref)
        response = HttpResponse(status=204)
    elif method == "DELETE":
        drop_upload(ref, by=request.post)
        return HttpResponse(status=204)
    else:
        return _not_so("OPTIONS, HEAD, PATCH, DELETE")
    response["Upload-Offset"] = str(known.received)
    return _with_expiry(response, known)


def _next_piece(request: PostRequest, ref: UUID) -> "Upload":
    if request.content_type != PIECE:
        raise Refused("ชนิดของข้อมูลที่ส่งไม่ถูกต้อง", code="wrong_kind", status=415)
    at = _whole_number(request.headers.get("Upload-Offset"))
    if at is None:
        raise Refused("ไม่ได้บอกตำแหน่งที่ส่งต่อ", code="no_offset", status=400)
    known = upload_for(ref, by=request.post)
    coming = _whole_number(request.headers.get("Content-Length")) or 0
    if at + coming > known.size:
        raise Refused("ข้อมูลที่ส่งยาวกว่าขนาดไฟล์ที่บอกไว้", code="too_long", status=413)
    return continue_upload(ref, at=at, read=request.read, by=request.post)


def _file_name(request: HttpRequest) -> str:
    """The name among what the browser tells of the file: pairs of a word and base64."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        word, _, value = pair.strip().partition(" ")
        if word == "filename":
            try:
                return b64decode(value, validate=True).decode("utf-8", "replace")
            except (binascii.Error, ValueError):
                return ""
    return ""


def _whole_number(written: str | None) -> int | None:
    if written is None or not written.isascii() or not written.isdigit() or len(written) > 15:
        return None
    return int(written)


def _with_expiry(response: HttpResponse, upload: "Upload") -> HttpResponse:
    response["Upload-Expires"] = http_date((upload.last_at + KEPT_FOR).timestamp())
    return response


def _not_so(allowed: str) -> HttpResponse:
    response = _said("ทำอย่างนี้กับที่อยู่นี้ไม่ได้", 405)
    response["Allow"] = allowed
    return response


def _said(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)
