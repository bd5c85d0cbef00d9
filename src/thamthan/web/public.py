"""What a citizen opens: a published project and the list of a house's; nobody logs in here.

Nothing of whoever asks goes into these pages: they are drawn without the request, kept for a
minute, and may be kept by others for five.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from thamthan.errors import NotFound
from thamthan.projects.queries import (
    progress_of_published,
    public_picture,
    public_project,
    published_project,
    published_projects,
)
from thamthan.projects.rules import without_private
from thamthan.records.photographs import SmallSide
from thamthan.web.pictures import PICTURE_POLICY

PAGE = 50
_KEPT_HERE, _KEPT_ELSEWHERE = 60, 300


@require_safe
def project(request: HttpRequest, ref: UUID) -> HttpResponse:
    """โครงการหนึ่งโครงการ for a citizen; only while its house publishes it."""
    try:
        found = published_project(None, ref)
    except NotFound as refused:
        return _missing(refused)
    return _page(
        f"public-project-{ref}-{found.version}-{found.state}",
        "public/project.html",
        lambda: {"shown": public_project(None, found)},
    )


@require_safe
def picture(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """ภาพหนึ่งภาพของโครงการที่เผยแพร่: small, without place, time or camera."""
    side = SmallSide.GRID if "small" in request.GET else SmallSide.PAGE
    try:
        found = public_picture(None, published_project(None, ref), pk, side)
    except NotFound as refused:
        return _missing(refused)
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Cache-Control"] = f"public, max-age={_KEPT_ELSEWHERE}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PICTURE_POLICY
    return response


@require_safe
def projects(request: HttpRequest, code: str) -> HttpResponse:
    """โครงการที่หน่วยงานหนึ่งเผยแพร่."""
    try:
        house, rows = published_projects(None, code)
    except NotFound as refused:
        return _missing(refused)
    wanted = request.GET.get("page", "")[:6]

    pages = Paginator(rows, PAGE)

    def context() -> dict[str, Any]:
        page = pages.get_page(wanted)
        found = list(page.object_list)
        progress = progress_of_published(None, found)
        lines = [(one, without_private(one.name), progress[one.pk]) for one in found]
        return {"house": house, "page": page, "lines": lines}

    number = wanted if wanted.isascii() and wanted.isdigit() else "1"
    # One more or one less is seen at once; how far each is, within the minute.
    key = f"public-projects-{house.pk}-{pages.count}-{number}"
    return _page(key, "public/projects.html", context)


def _page(key: str, template: str, context: Callable[[], dict[str, Any]]) -> HttpResponse:
    """The page as it was drawn within the last minute, or drawn now."""
    today = timezone.localdate()
    kept: str | None = cache.get(f"{key}-{today}")
    if kept is None:
        kept = render_to_string(template, context() | {"today": today})
        cache.set(f"{key}-{today}", kept, _KEPT_HERE)
    response = HttpResponse(kept)
    response["Cache-Control"] = f"public, max-age={_KEPT_ELSEWHERE}"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _missing(refused: NotFound) -> HttpResponse:
    response = HttpResponse(
        render_to_string("public/missing.html", {"words": refused.message}), status=404
    )
    response["Cache-Control"] = "public, max-age=60"
    return response
