"""The chain of letters: linking, unlinking, choosing, and the picture of a matter."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import Refused
from thamthan.letters.actions import link_letters, link_stub, unlink_letters, unlink_stub
from thamthan.letters.queries import (
    Wanted,
    found_letters,
    letter_for,
    letters_found,
    matter_of,
    ties_of,
)
from thamthan.letters.rules import LinkKind
from thamthan.organisations.rules import Duty
from thamthan.web.doors import PostRequest, acting
from thamthan.web.matter import drawn_across, drawn_down
from thamthan.web.typed import Typed

_SHOWN = 8


def _check_may(request: PostRequest) -> None:
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รับและลงทะเบียนหนังสือ", code="not_allowed", status=403)


def _key(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise Refused("โปรดเลือกหนังสือ", code="no_letter", status=400)
    return int(given)


def _kind(given: str) -> LinkKind:
    return LinkKind(given) if given in LinkKind.values else LinkKind.REFERS


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: PostRequest, pk: int) -> HttpResponse:
    """เชื่อมหนังสือฉบับนี้กับฉบับก่อน: found in the registry, or kept by number until it comes."""
    row = letter_for(request.post, pk)
    _check_may(request)
    values: dict[str, str] = {
        name: request.POST.get(name, "") for name in ("agency", "number", "dated_on")
    }
    typed = Typed(values, near=timezone.localdate())
    problem = ""
    if request.method == "POST":
        try:
            _linked(request, row, typed)
        except Refused as refused:
            if refused.status != 400 or request.POST.get("to"):
                raise
            problem = refused.message
        else:
            messages.success(request, "เชื่อมแล้ว")
            return redirect("letter", pk=row.pk)
    asked = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    hits = letters_found(request.post, Wanted(text=asked))
    found = [
        one for one in found_letters(request.post, hits, start=0, end=_SHOWN) if one.letter != row
    ]
    return render(
        request,
        "letters/links.html",
        {
            "letter": row,
            "asked": asked,
            "found": found,
            "hits": hits,
            "kinds": LinkKind.choices,
            "kind": request.POST.get("kind", request.GET.get("kind", "")),
            "values": values,
            "problems": typed.problems,
            "problem": problem,
        },
        status=422 if problem else 200,
    )


def _linked(request: PostRequest, row: Any, typed: Typed) -> None:
    kind = _kind(request.POST.get("kind", ""))
    if "to" in request.POST:
        to = letter_for(request.post, _key(request.POST["to"]))
        link_letters(row, to=to, kind=kind, by=request.post)
        return
    day = typed.day("dated_on")
    if typed.problems:
        raise Refused(next(iter(typed.problems.values())), code="bad_day", status=400)
    link_stub(
        row,
        kind=kind,
        agency=typed.words("agency"),
        number=typed.words("number"),
        dated_on=day,
        by=request.post,
    )


@acting
@require_POST
def unlinking(request: PostRequest, pk: int) -> HttpResponse:
    """แยกหนังสือสองฉบับ."""
    row = letter_for(request.post, pk)
    _check_may(request)
    if "link" in request.POST:
        unlink_stub(row, link=_key(request.POST["link"]), by=request.post)
    else:
        to = letter_for(request.post, _key(request.POST.get("to", "")))
        unlink_letters(row, to=to, by=request.post)
    messages.success(request, "แยกแล้ว เชื่อมใหม่ได้เสมอ")
    return redirect("letter", pk=row.pk)


@acting
@require_safe
def matter(request: PostRequest, pk: int) -> HttpResponse:
    """ภาพของทั้งเรื่อง."""
    row = letter_for(request.post, pk)
    whole = matter_of(request.post, row)
    return render(
        request,
        "letters/matter.html",
        {
            "letter": row,
            "matter": whole,
            "across": drawn_across(whole, here=row.pk),
            "down": drawn_down(whole, here=row.pk),
            "chain": ties_of(request.post, row),
            "most_days": max((rest.days for rest in whole.rests), default=1) or 1,
        },
    )
