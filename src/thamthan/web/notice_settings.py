"""How one is reached: channels with proved addresses, quiet hours, and calendars of one's own."""

from datetime import time

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.notices.actions import (
    ask_code,
    close_calendar,
    confirm_code,
    open_calendar,
    send_test,
    set_channel,
    set_hours,
    switch_channel,
)
from thamthan.notices.feed import calendar_of
from thamthan.notices.queries import (
    calendar_keys_of,
    channels_of,
    due_days_of,
    hours_of,
    post_with_calendar_key,
)
from thamthan.notices.rules import Channel, Hours
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import Typed

_HINTS = {
    Channel.EMAIL: "อีเมลของท่านเอง ระบบจะส่งรหัสไปยืนยันก่อนใช้",
    Channel.LINE: "รหัสผู้ใช้ LINE (ขึ้นต้นด้วย U) ที่ได้เมื่อเพิ่มบัญชีทางการของหน่วยงานเป็นเพื่อน",
    Channel.WEBHOOK: "ที่อยู่ของโปรแกรมของท่าน ระบบส่ง JSON พร้อมลายมือชื่อ HMAC-SHA256",
}


@acting
@require_safe
def notice_settings(request: PostRequest) -> HttpResponse:
    """ตั้งการแจ้งเตือนของฉัน."""
    return _page(request)


def _page(
    request: PostRequest,
    *,
    refused: Refused | None = None,
    about: str = "",
    typed: dict[str, str] | None = None,
    key: str = "",
) -> HttpResponse:
    hours = hours_of(request.post)
    ways = channels_of(request.post)
    lines = [
        {
            "way": one,
            "hint": _HINTS[one.channel],
            "address": _address(
                request, one.channel, kept=one.setting.address if one.setting else ""
            ),
            "is_here": about == one.channel,
        }
        for one in ways
    ]
    shown = {
        "quiet_from": f"{hours.quiet_from:%H.%M}",
        "quiet_until": f"{hours.quiet_until:%H.%M}",
        "digest_at": f"{hours.digest_at:%H.%M}",
    } | (typed or {})
    return render(
        request,
        "notices/settings.html",
        {
            "lines": lines,
            "hours": shown,
            "refused": refused,
            "about": about,
            "keys": calendar_keys_of(request.post),
            "key_address": _feed_address(request, key) if key else "",
            "is_used": any(one.is_used for one in ways),
        },
        status=refused.status if refused else 200,
    )


def _address(request: PostRequest, channel: Channel, *, kept: str) -> str:
    if request.method == "POST" and request.POST.get("address") and _named(request) == channel:
        return request.POST["address"][:300]
    return kept or (request.user.email if channel == Channel.EMAIL else "")


def _named(request: PostRequest) -> str:
    match = request.resolver_match
    return str(match.kwargs.get("channel", "")) if match else ""


def _channel(name: str) -> Channel:
    if name not in Channel.values:
        raise NotFound("ไม่พบช่องทางนี้")
    return Channel(name)


@acting
@require_POST
def notice_channel(request: PostRequest, channel: str) -> HttpResponse:
    """ตั้งที่อยู่ ขอรหัส ยืนยัน เปิดหรือปิด ช่องทางหนึ่ง, by which button was pressed."""
    way, now = _channel(channel), timezone.now()
    deed = request.POST.get("deed", "")
    try:
        if deed == "address":
            setting = set_channel(way, request.POST.get("address", "")[:400], by=request.post)
            if setting.verified_at is None:
                ask_code(way, by=request.post, now=now)
                messages.success(request, "ส่งรหัสยืนยันไปแล้ว ภายในไม่กี่นาทีจะถึง โปรดนำมาใส่ด้านล่าง")
            else:
                messages.success(request, "บันทึกแล้ว")
        elif deed == "code":
            confirm_code(way, request.POST.get("code", "")[:20], by=request.post, now=now)
            messages.success(request, f"ยืนยันแล้ว ต่อไปจะแจ้งทาง{way.label}")
        elif deed == "ask":
            ask_code(way, by=request.post, now=now)
            messages.success(request, "ส่งรหัสยืนยันไปใหม่แล้ว รหัสเดิมใช้ไม่ได้")
        elif deed in {"on", "off"}:
            switch_channel(way, is_on=deed == "on", by=request.post)
            messages.success(request, "เปิดใช้แล้ว" if deed == "on" else "ปิดแล้ว")
        else:
            raise Refused("โปรดเลือกสิ่งที่จะทำ", code="no_deed", status=400)
    except Refused as refused:
        if refused.status == 404:
            raise
        return _page(request, refused=refused, about=way)
    return redirect("notice-settings")


@acting
@require_POST
def notice_hours(request: PostRequest) -> HttpResponse:
    """ตั้งเวลาพักและเวลาสรุป."""
    given = {
        name: request.POST.get(name, "") for name in ("quiet_from", "quiet_until", "digest_at")
    }
    typed = Typed(given, near=None)
    found: list[time | None] = [typed.clock(name) for name in given]
    quiet_from, quiet_until, digest_at = found
    try:
        if quiet_from is None or quiet_until is None or digest_at is None:
            told = next(iter(typed.problems.values()), "โปรดใส่เวลาให้ครบทั้งสามช่อง เช่น 18.00")
            raise Refused(told, code="wrong_hours", status=400)
        set_hours(Hours(quiet_from, quiet_until, digest_at), by=request.post)
    except Refused as refused:
        return _page(request, refused=refused, about="hours", typed=given)
    messages.success(request, "บันทึกเวลาแล้ว")
    return redirect("notice-settings")


@acting
@require_POST
def notice_test(request: PostRequest) -> HttpResponse:
    """ส่งข้อความทดสอบ by every channel in use."""
    try:
        send_test(by=request.post, now=timezone.now())
    except Refused as refused:
        return _page(request, refused=refused, about="test")
    messages.success(request, "จัดส่งข้อความทดสอบแล้ว จะถึงทุกช่องทางที่เปิดใช้ภายในไม่กี่นาที")
    return redirect("notice-settings")


@acting
@require_POST
def calendar_opening(request: PostRequest) -> HttpResponse:
    """เปิดปฏิทิน: its address is shown on this answer only."""
    try:
        key = open_calendar(request.POST.get("name", "")[:200], by=request.post)
    except Refused as refused:
        return _page(request, refused=refused, about="calendar")
    return _page(request, key=key, about="calendar")


@acting
@require_POST
def calendar_closing(request: PostRequest, pk: int) -> HttpResponse:
    """ปิดปฏิทิน at once."""
    close_calendar(pk, by=request.post, now=timezone.now())
    messages.success(request, "ปิดปฏิทินแล้ว ที่อยู่เดิมใช้ไม่ได้อีก")
    return redirect("notice-settings")


def _feed_address(request: HttpRequest, key: str) -> str:
    path = reverse("calendar", args=[key])
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """ปฏิทินกำหนดส่ง for whoever knows its address; nobody logs in here."""
    now = timezone.now()
    post = post_with_calendar_key(key, now=now)
    if post is None:
        raise Http404
    content = calendar_of(
        due_days_of(post, today=timezone.localdate(now)),
        name=f"ทำทัน: {post.organisation.short_name}",
        address_of=lambda handing: _handing_address(request, handing),
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="thamthan.ics"'
    response["Cache-Control"] = "private, max-age=300"
    # The address is the key: it is told to nobody.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _handing_address(request: HttpRequest, handing: int) -> str:
    try:
        path = reverse("handing", args=[handing])
    except NoReverseMatch:
        path = reverse("desk")
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)
