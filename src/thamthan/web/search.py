"""Search: a box on every page, a page of what was found, and searches kept for another day."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from thamthan.letters.actions import forget_search, save_search
from thamthan.letters.queries import (
    MOST_FOUND,
    Wanted,
    found_letters,
    letters_found,
    saved_search_for,
    saved_searches_of,
)
from thamthan.letters.rules import Direction, LetterState
from thamthan.thai.correspondence import LetterKind, Urgency
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import Typed

A_PAGE = 50
# What may be asked, by its name in the address.
ASKED = ("q", "way", "state", "urgency", "kind", "due", "sender", "since", "until")
# Each filter with its words; the values are those of the room's own enums.
CHOICES: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "way": ("ทาง", "รับและส่ง", list(Direction.choices)),
    "state": ("สถานะ", "ทุกสถานะ", list(LetterState.choices)),
    "urgency": ("ชั้นความเร็ว", "ทุกชั้น", [(one.value, one.label) for one in Urgency]),
    "due": ("กำหนดเวลา", "มีหรือไม่มี", [("1", "มีกำหนด"), ("0", "ไม่มีกำหนด")]),
    "kind": ("ชนิด", "ทุกชนิด", [(one.value, one.label) for one in LetterKind]),
}


@acting
@require_safe
def search(request: PostRequest) -> HttpResponse:
    """ค้นหนังสือ."""
    asked = _asked(request.GET)
    typed = Typed(asked, near=timezone.localdate())
    wanted = _wanted(asked, typed)
    hits = letters_found(request.post, wanted)
    page = Paginator(hits.keys, A_PAGE).get_page(request.GET.get("page"))
    start = page.start_index() - 1 if hits.keys else 0
    return render(
        request,
        "letters/search.html",
        {
            "asked": asked,
            "problems": typed.problems,
            "is_asked": not wanted.is_empty,
            "is_narrowed": any(asked.get(name) for name in ASKED[1:]),
            "hits": hits,
            "most": MOST_FOUND,
            "count": len(hits.keys),
            "found": found_letters(request.post, hits, start=start, end=start + A_PAGE),
            "page": page,
            "previous": urlencode({**asked, "page": page.number - 1}),
            "next": urlencode({**asked, "page": page.number + 1}),
            "address": urlencode(asked),
            "without_filters": urlencode({"q": asked.get("q", "")}),
            "choices": [_choice(name, asked) for name in CHOICES],
            "saved": saved_searches_of(request.post),
        },
    )


def _asked(given: QueryDict) -> dict[str, str]:
    """What is asked, without what is empty, so that addresses stay short."""
    words = {name: given.get(name, "").replace("\x00", "").strip()[:200] for name in ASKED}
    return {name: value for name, value in words.items() if value}


def _wanted(asked: dict[str, str], typed: Typed) -> Wanted:
    state = _one_of("state", asked)
    way, urgency, kind = (_one_of(name, asked) for name in ("way", "urgency", "kind"))
    due = _one_of("due", asked)
    return Wanted(
        text=asked.get("q", ""),
        direction=Direction(way) if way else None,
        since=typed.day("since"),
        until=typed.day("until"),
        sender=asked.get("sender", ""),
        states=(LetterState(state),) if state else (),
        urgency=Urgency(urgency) if urgency else None,
        kind=LetterKind(kind) if kind else None,
        has_deadline={"1": True, "0": False}.get(due or ""),
    )


def _one_of(name: str, asked: dict[str, str]) -> str | None:
    """A choice that there is; an address with any other asks for all."""
    values = {value for value, _ in CHOICES[name][2]}
    return asked[name] if asked.get(name) in values else None


def _choice(name: str, asked: dict[str, str]) -> dict[str, Any]:
    label, every, values = CHOICES[name]
    return {
        "name": name,
        "label": label,
        "every": every,
        "values": values,
        "chosen": asked.get(name, ""),
    }


@acting
@require_POST
def saved_search(request: PostRequest) -> HttpResponse:
    """บันทึกการค้นนี้ไว้."""
    asked = urlencode(_asked(QueryDict(request.POST.get("asked", "")[:1000])))
    saved = save_search(by=request.post, name=request.POST.get("name", ""), asked=asked)
    messages.success(request, f"บันทึกการค้น “{saved.name}” ไว้แล้ว เปิดได้จากหน้าค้นหา")
    return redirect(f"{reverse('search')}?{saved.asked}")


@acting
@require_POST
def saved_search_removal(request: PostRequest, pk: int) -> HttpResponse:
    """ลบการค้นที่บันทึกไว้."""
    saved = saved_search_for(request.post, pk)
    forget_search(saved, by=request.post)
    messages.success(request, f"ลบการค้น “{saved.name}” แล้ว หนังสือไม่ถูกลบ")
    return redirect("search")
