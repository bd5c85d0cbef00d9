"""Who stands at the door of a page: nobody logs in first, a person acts in a post."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from thamthan.errors import Refused
from thamthan.web.guarding import guarded as guarded_answer
from thamthan.web.guarding import watch_of

if TYPE_CHECKING:
    from thamthan.organisations.models import Person, Post


class PostRequest(HttpRequest):
    """A request of a logged-in person who acts in a post."""

    user: "Person"
    post: "Post"
    posts: "tuple[Post, ...]"
    watermark: tuple[str, ...]


PostView = Callable[..., HttpResponseBase]


def acting(view: PostView) -> Callable[..., HttpResponseBase]:
    """Only for a person who acts in a post; anyone else is shown the way in, or told why not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_log_in(request)
        known = cast("PostRequest", request)
        if known.user.must_change_password and view.__name__ not in OPEN_BEFORE_NEW_PASSWORD:
            messages.info(request, "เข้าใช้ครั้งแรก โปรดตั้งรหัสผ่านของท่านเองก่อน")
            return redirect("account")
        if getattr(request, "post", None) is None and view.__name__ not in OPEN_BEFORE_NEW_PASSWORD:
            raise Refused(
                "วันนี้ท่านไม่มีตำแหน่งที่มีผลอยู่ โปรดติดต่อผู้ดูแลระบบของหน่วยงาน", code="no_post", status=403
            )
        watch = watch_of(known, known.post, kwargs.get("pk"))
        if watch is None:
            return view(known, *args, **kwargs)
        known.watermark = watch.words
        return guarded_answer(known, view(known, *args, **kwargs), watch)

    return guarded


# These two stay open to someone without a post or with a password given by another.
OPEN_BEFORE_NEW_PASSWORD = frozenset({"account", "change_own_password"})


# Pages whose form is sent to their own address: what was typed there waits there.
POST_TO_THEMSELVES = frozenset({"letter-confirmation", "receive", "project-writing"})


def to_log_in(request: HttpRequest) -> HttpResponse:
    # What was posted cannot be repeated after logging in; the page it was posted from can.
    match = request.resolver_match
    is_page = match is not None and match.url_name in POST_TO_THEMSELVES
    is_shown = request.method in {"GET", "HEAD"} or is_page
    wanted = request.get_full_path() if is_shown else ""
    address = reverse("log-in") + (f"?{urlencode({'next': wanted})}" if wanted else "")
    if is_fragment(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("log-in")
        return response
    return HttpResponseRedirect(address)


def local_address(request: HttpRequest, wanted: str) -> str:
    """Where to go next, if it is a page of ours; otherwise the desk."""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and is_ours else reverse("desk")


def is_fragment(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for (by htmx), not a page."""
    return request.headers.get("HX-Request") == "true"
