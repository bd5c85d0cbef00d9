"""How the API says no: every refusal as application/problem+json (RFC 9457)."""

import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from thamthan.errors import Refused

MEDIA_TYPE = "application/problem+json"


class Problem(Schema):
    """ปัญหา: why a request was refused; `code` is for programs, `detail` for people, in Thai."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    facts: dict[str, Any]


# What any request may be answered with, beside what it asked for.
PROBLEMS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


def problem(*, status: int, detail: str, code: str, facts: object = None) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "facts": facts or {},
    }
    content = json.dumps(body, ensure_ascii=False, default=str)
    response = HttpResponse(content, status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="thamthan"'
    return response


def add_problems(api: NinjaAPI) -> None:
    """Teaches an API to answer each kind of refusal as a problem."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, reason: Refused) -> HttpResponse:
        return problem(
            status=reason.status, detail=reason.message, code=reason.code, facts=reason.facts
        )

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, reason: AuthenticationError) -> HttpResponse:
        return problem(
            status=401, detail="กุญแจไม่ถูกต้อง ถูกเพิกถอน หรือไม่ได้ส่งมา", code="not_authenticated"
        )

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, reason: ValidationError) -> HttpResponse:
        # An upload that was cut short for its size leaves its field empty; say the true reason.
        cut_short = upload_cut_short(request)
        if cut_short is not None:
            return refused(request, cut_short)
        errors = [{"where": error.get("loc"), "why": error.get("msg")} for error in reason.errors]
        return problem(
            status=422, detail="คำขอไม่ตรงตามรูปแบบ", code="malformed", facts={"errors": errors}
        )

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, reason: Http404) -> HttpResponse:
        return problem(status=404, detail="ไม่พบ", code="not_found")

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, reason: HttpError) -> HttpResponse:
        return problem(status=reason.status_code, detail=str(reason), code="http")


def upload_cut_short(request: HttpRequest) -> Refused | None:
    """The refusal of this request's upload, if it was stopped for its size while coming in."""
    name = request.META.get("thamthan.upload_too_large")
    if name is None:
        return None
    most = settings.MAX_FILE_BYTES // (1024 * 1024)
    return Refused(f"ไฟล์ “{name}” ใหญ่เกิน {most} MB", code="file_too_large", status=413)
