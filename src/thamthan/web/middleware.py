"""What happens round every page: a strict content policy, the acting post, refusals as pages."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.queries import posts_of_person
from thamthan.web.doors import is_fragment
from thamthan.web.uploads import refused_upload

log = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)


def content_policy(get_response: GetResponse) -> GetResponse:
    """Only our own files may run or show; nothing inline; framed by ourselves alone."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self)")
        if getattr(request, "post", None) is not None and "Cache-Control" not in response.headers:
            # A letter must not stay in the store of a browser that several people share.
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


def acting_post(get_response: GetResponse) -> GetResponse:
    """ตำแหน่งที่ใช้อยู่: the one chosen in this session while it is in force, else the first."""

    def answer(request: HttpRequest) -> HttpResponse:
        person = request.user
        posts: tuple[Any, ...] = ()
        if not isinstance(person, AnonymousUser) and person.is_authenticated:
            posts = tuple(posts_of_person(person, today=timezone.localdate()))
        chosen = request.session.get("post") if posts else None
        post = next((post for post in posts if post.pk == chosen), posts[0] if posts else None)
        request.posts = posts  # type: ignore[attr-defined]  # read through doors.PostRequest
        request.post = post  # type: ignore[attr-defined]  # read through doors.PostRequest
        return get_response(request)

    return answer


# Full, locked for long, or gone for a moment: the transaction left nothing half done.
NOT_WRITTEN = Refused(
    "ฐานข้อมูลไม่ว่างหรือดิสก์เต็ม จึงยังไม่ได้บันทึก โปรดกดย้อนกลับแล้วลองอีกครั้ง หากยังไม่ได้โปรดแจ้งผู้ดูแลระบบ",
    code="database_unavailable",
    status=503,
)


class _Refusals:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is not None and match.namespace:
            # The API has a namespace, and its own way to answer.
            return None
        refused = refused_upload(request)
        return None if refused is None else refusal_page(request, refused)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return refusal_page(request, exception)
        if isinstance(exception, OperationalError):
            log.exception("the database could not do what %s asked", request.path)
            return refusal_page(request, NOT_WRITTEN)
        return None


def refusals(get_response: GetResponse) -> GetResponse:
    """Refused → a page with its sentence and status; for htmx the sentence alone."""
    return _Refusals(get_response)


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    template = "parts/refused.html" if is_fragment(request) else "refused.html"
    return render(request, template, {"refused": refused}, status=refused.status)
