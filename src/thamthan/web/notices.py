"""What one was told, in whichever of one's posts; and, for administrators, whether it went out."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from thamthan.notices.actions import mark_all_read, mark_read, retry_delivery
from thamthan.notices.queries import (
    channels_of,
    deliveries_seen_by,
    delivery_for,
    notice_for,
    notices_of,
    row_of_notice,
    unread_count,
)
from thamthan.notices.rules import Channel, DeliveryState, NoticeKind, for_line
from thamthan.web.doors import PostRequest, acting

if TYPE_CHECKING:
    from thamthan.notices.models import Notice
    from thamthan.organisations.models import Post

PAGE = 50
# For a message to be pasted into LINE: more than these nobody reads there.
MOST_PASTED = 15

# Where a notice leads, by its kind; the first of these pages that there is.
_OF_HANDING = (("report", "report"), ("handing", "handing"))
_ABOVE = (("handing-review", "handing"), ("handing", "handing"))
_PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    NoticeKind.QUESTION: _ABOVE,
    NoticeKind.TIME_ASKED: _ABOVE,
    NoticeKind.ANSWERED: (("order-waiting", "order"), ("order-board", "order")),
    NoticeKind.LATE_BELOW: (
        ("round", "round"),
        ("order-board", "order"),
        ("order-chase", "order"),
    ),
}


@acting
@require_safe
def notices(request: PostRequest) -> HttpResponse:
    """การแจ้งเตือนของฉัน: what is not read stands out, the newest first."""
    show = request.GET.get("show", "")
    rows = notices_of(request.post, unread=show == "unread")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    unread = unread_count(request.post)
    ways = channels_of(request.post)
    return render(
        request,
        "notices/notices.html",
        {
            "page": page,
            "show": show,
            "unread": unread,
            "now": timezone.now().isoformat(),
            "reached": [one.channel.label for one in ways if one.is_used],
            "pasted": _pasted(request.post) if unread else "",
            "several_posts": len(request.posts) > 1,
        },
    )


def _pasted(post: "Post") -> str:
    """What is not read, as a message to be pasted into a group of LINE."""
    rows = notices_of(post, unread=True)[:MOST_PASTED]
    lines = [f"• {row.words}" for row in rows]
    return for_line("\n\n".join(["แจ้งเตือนจากระบบทำทัน", *lines]))


@acting
@require_safe
def notice(request: PostRequest, pk: int) -> HttpResponse:
    """เปิดการแจ้งเตือน: on to what it speaks of; in another post, one is asked to take that first."""
    row = notice_for(request.post, pk)
    if row.post_id != request.post.pk:
        others = [one for one in request.posts if one.pk == row.post_id]
        return render(request, "notices/notice.html", {"notice": row, "posts_of_it": others})
    mark_read(row, by=request.post, now=timezone.now())
    address = page_of(request.post, row)
    if address:
        return redirect(address)
    return render(request, "notices/notice.html", {"notice": row, "posts_of_it": []})


def page_of(post: "Post", row: "Notice") -> str:
    """The page that a notice leads to, or nothing where it has none."""
    subject = row_of_notice(post, row)
    keys = {
        "handing": subject.handing,
        "order": subject.order,
        "report": subject.report,
        "round": subject.round,
    }
    for name, about in _PAGES.get(row.kind, _OF_HANDING):
        if keys[about] is None:
            continue
        try:
            return reverse(name, args=[keys[about]])
        except NoReverseMatch:
            # A page that is not built yet is simply absent.
            continue
    return ""


@acting
@require_POST
def read_notices(request: PostRequest) -> HttpResponse:
    """อ่านแล้วทั้งหมด: all that stood there when the page was shown."""
    until = _moment(request.POST.get("until", ""))
    count = mark_all_read(by=request.post, until=until, now=timezone.now())
    messages.success(request, f"ทำเครื่องหมายว่าอ่านแล้ว {count} เรื่อง")
    return redirect("notices")


@acting
@require_POST
def read_notice(request: PostRequest, pk: int) -> HttpResponse:
    """อ่านแล้วหนึ่งเรื่อง."""
    mark_read(notice_for(request.post, pk), by=request.post, now=timezone.now())
    return redirect("notices")


def _moment(words: str) -> datetime:
    try:
        found = parse_datetime(words)
    except ValueError:
        found = None
    return found if found is not None and timezone.is_aware(found) else timezone.now()


@acting
@require_safe
def deliveries(request: PostRequest) -> HttpResponse:
    """การส่งแจ้งเตือน of everyone in one's care: whether it went, how often it was tried, why not."""
    wanted = {name: request.GET.get(name, "") for name in ("state", "channel")}
    rows = deliveries_seen_by(request.post, **wanted)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "wanted": wanted,
        "states": DeliveryState.choices,
        "channels": Channel.choices,
        "waiting": deliveries_seen_by(request.post, state=DeliveryState.FAILED).count(),
        "given_up": deliveries_seen_by(request.post, state=DeliveryState.GIVEN_UP).count(),
    }
    more = "&".join(f"{name}={value}" for name, value in wanted.items() if value.isidentifier())
    if page.has_next():
        context["next"] = f"page={page.next_page_number()}&{more}"
    if page.has_previous():
        context["previous"] = f"page={page.previous_page_number()}&{more}"
    return render(request, "notices/deliveries.html", context)


@acting
@require_POST
def delivery_retry(request: PostRequest, pk: int) -> HttpResponse:
    """ส่งใหม่ with the next minute."""
    retry_delivery(delivery_for(request.post, pk), by=request.post, now=timezone.now())
    messages.success(request, "จัดไว้ส่งใหม่แล้ว ระบบจะส่งภายในไม่กี่นาที")
    return redirect("notice-deliveries")
