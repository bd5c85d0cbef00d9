"""What a citizen opens of a round of reports: its totals, as a page and as open data.

Nothing of whoever asks goes into these; nobody logs in. Whoever publishes sees the page before.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.projects.rules import in_digits
from thamthan.reports.actions import publish_round, unpublish_round
from thamthan.reports.queries import (
    public_content,
    publication_of,
    published_round,
    reported,
    round_to_publish,
)
from thamthan.reports.queries.open_figures import (
    covering_words,
    open_figures,
    open_figures_table,
    standing_words,
)
from thamthan.reports.rules import Adding, QuestionKind, Sum
from thamthan.thai.digits import baht_figures
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import KINDS
from thamthan.writing import write_table

if TYPE_CHECKING:
    from thamthan.reports.models import Publication, Round

# Seconds: a page may be kept so long here, and so long by others.
_KEPT_HERE, _KEPT_ELSEWHERE = 60, 300
# Longer lists of organisations stand in the open data.
MOST_PLACES = 40


@require_safe
def page(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """ยอดที่เผยแพร่ของรอบหนึ่ง for a citizen; only while it is published."""
    try:
        found = published_round(None, ref)
    except NotFound as refused:
        return _missing(refused)
    key = f"public-round-{ref}-{found.sha256[:32]}"
    kept: str | None = cache.get(key)
    if kept is None:
        kept = render_to_string("public/round.html", _shown(found.content, found))
        cache.set(key, kept, _KEPT_HERE)
    response = HttpResponse(kept)
    response["Referrer-Policy"] = "no-referrer"
    return _kept(request, response, found)


@require_safe
def figures(request: HttpRequest, ref: UUID, form: str) -> HttpResponseBase:
    """ข้อมูลเปิดของยอดที่เผยแพร่: CSV with a BOM, JSON with all that is said about it."""
    try:
        found = published_round(None, ref)
    except NotFound as refused:
        return _missing(refused)
    if form == "csv":
        content = write_table(open_figures_table(None, found), form="csv")
        response = HttpResponse(content, content_type=KINDS["csv"])
        response["Content-Disposition"] = f'attachment; filename="round-{found.ref}.csv"'
    elif form == "json":
        told = open_figures(None, found)
        response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    else:
        return _missing(NotFound("ไม่มีไฟล์ชนิดนี้"))
    # Anybody's program may read it from a page of their own; nothing of a reader goes along.
    response["Access-Control-Allow-Origin"] = "*"
    return _kept(request, response, found)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request: PostRequest, pk: int) -> HttpResponse:
    """ตัวอย่างหน้าสำหรับประชาชน, and the press that publishes the totals or takes them back."""
    row = round_to_publish(request.post, pk)
    if request.method != "POST":
        return _preview(request, row)
    try:
        if request.POST.get("deed") == "withdraw":
            unpublish_round(row, by=request.post)
            messages.success(request, "เลิกเผยแพร่แล้ว ประชาชนเปิดไม่ได้")
        else:
            publish_round(
                row,
                by=request.post,
                is_provisional=request.POST.get("provisional") == "yes",
                has_words=request.POST.get("words") == "yes",
            )
            messages.success(request, "เผยแพร่แล้ว ประชาชนเปิดอ่านได้")
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return _preview(request, row, refused=refused)
    return redirect("round-public", pk=pk)


def _preview(request: PostRequest, row: "Round", *, refused: Refused | None = None) -> HttpResponse:
    post, now = request.post, timezone.now()
    given = request.POST if refused is not None else request.GET
    has_words = given.get("words") == "yes"
    content = public_content(post, row, now=now, has_words=has_words)
    made = publication_of(post, row)
    return render(
        request,
        "reports/publishing.html",
        {
            "round": row,
            "made": made,
            "came": reported(post, row, now=now),
            "has_words": has_words,
            "typed": given,
            "refused": refused,
            **_shown(content, None),
        },
        status=refused.status if refused is not None else 200,
    )


def _shown(content: dict[str, Any], made: "Publication | None") -> dict[str, Any]:
    """The published facts in the order of the page."""
    places = {str(one["key"]): one for one in content["organisations"]}
    is_closed = bool(content["is_closed"])
    return {
        "content": content,
        "as_of": parse_datetime(content["as_of"]),
        "is_closed": is_closed,
        "publication": made,
        "standing": standing_words(None, made) if made is not None else "",
        "covering": covering_words(None, made) if made is not None else "",
        "licence": settings.OPEN_DATA_LICENCE,
        "clauses": [
            {
                "heading": clause["heading"],
                # What is asked by its own words alone needs them once.
                "asked": [one for one in clause["asked"] if one != clause["heading"]],
                "figures": [_figure(figure, places) for figure in clause["figures"]],
                "words": clause["words"],
            }
            for clause in content["clauses"]
        ],
    }


def _figure(figure: dict[str, Any], places: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {"name": places[key]["name"], **_value(figure, one)}
        for key, one in figure["organisations"].items()
    ]
    return {
        "text": figure["text"],
        "unit": figure["unit"],
        "method": str(Adding(figure["method"]).label),
        "given": figure["given"],
        "less": _told(figure["kind"], figure.get("less_milli") or None),
        **_value(figure, figure),
        "places": rows if len(rows) <= MOST_PLACES else [],
    }


def _value(figure: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    value, whole = one["value_milli"], one["of_milli"]
    share = None
    if figure["kind"] == QuestionKind.SHARE and value is not None:
        share = Sum(given=1, sum_milli=value, of_milli=whole or 0).per_ten_thousand
    return {
        "value": value,
        "told": _told(figure["kind"], value),
        "told_of": _told(figure["kind"], whole),
        "share": share,
        "is_covered": one["is_covered"],
    }


def _told(kind: str, milli: int | None) -> str:
    """Money with its satang as it is read, everything else as it was measured."""
    if milli is None:
        return ""
    if kind == QuestionKind.MONEY and milli % 10 == 0:
        return baht_figures(milli // 10)
    return in_digits(milli)


def _kept(request: HttpRequest, response: HttpResponse, found: "Publication") -> HttpResponseBase:
    """May be kept for minutes; asked again with what one has, it says that nothing changed."""
    response["Cache-Control"] = f"public, max-age={_KEPT_ELSEWHERE}"
    response["X-Content-Type-Options"] = "nosniff"
    etag = f'"{found.sha256[:40]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _missing(refused: NotFound) -> HttpResponse:
    response = HttpResponse(
        render_to_string("public/missing.html", {"words": refused.message}), status=404
    )
    response["Cache-Control"] = "public, max-age=60"
    return response
