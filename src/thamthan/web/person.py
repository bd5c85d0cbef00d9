"""One person: the posts held, and what the person or their keeper may do."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.organisations.actions import (
    end_post,
    give_token,
    reset_password,
    revoke_token,
    unlock_person,
)
from thamthan.organisations.queries import (
    has_control_of,
    may_keep,
    person_for,
    post_for,
    posts_held_by,
    token_for,
    tokens_seen_by,
)
from thamthan.organisations.rules import Duty
from thamthan.records.queries import history_of
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.people import FIRST_HINT, controlled, sheet_page
from thamthan.web.sheets import Field, Sheet

if TYPE_CHECKING:
    from thamthan.organisations.models import Person

HISTORY_SHOWN = 20


@acting
@require_safe
def person(request: PostRequest, pk: int) -> HttpResponse:
    """บุคคลหนึ่ง."""
    return _person_page(request, person_for(request.post, pk))


def _person_page(
    request: PostRequest, row: "Person", *, sheet: Sheet | None = None, secret: str = ""
) -> HttpResponse:
    today = timezone.localdate()
    controls = has_control_of(request.post, row, today=today)
    held = [
        {
            "post": post,
            "is_in_force": post.is_in_force(today),
            "may_end": may_keep(request.post, post.organisation)
            and (post.until_on is None or post.until_on >= today),
        }
        for post in posts_held_by(request.post, row)
    ]
    is_self = row.pk == request.user.pk
    return render(
        request,
        "people/person.html",
        {
            "person": row,
            "held": held,
            "today": format_date(today, style="short"),
            "controls": controls,
            "keeps": request.post.has_duty(Duty.KEEP_ORGANISATIONS),
            "is_locked": row.is_locked(timezone.now()),
            "is_self": is_self,
            "tokens": tokens_seen_by(request.post, row) if controls or is_self else (),
            "sheet": sheet or _token_sheet(None),
            "secret": secret,
            "history": history_of(row).order_by("-at", "-pk")[:HISTORY_SHOWN] if controls else (),
        },
        status=422 if sheet is not None and sheet.is_wrong else 200,
    )


def _token_sheet(posted: "dict[str, str] | None") -> Sheet:
    hint = "เช่น เครื่องสแกนหน้าห้องธุรการ"
    return Sheet((Field("name", "กุญแจนี้ใช้ทำอะไร", hint=hint, most=120),), posted)


@acting
@sensitive_post_parameters("new")
@require_http_methods(["GET", "HEAD", "POST"])
def person_password(request: PostRequest, pk: int) -> HttpResponse:
    """ตั้งรหัสผ่านใหม่ให้ผู้ที่ลืม."""
    row = controlled(request, pk)
    field = Field("new", "รหัสผ่านใหม่", hint=FIRST_HINT, most=256)
    sheet = Sheet((field,), request.POST if request.method == "POST" else None)
    if request.method == "POST":
        sheet.need("new")
        if not sheet.is_wrong:
            try:
                reset_password(row, sheet.typed.values["new"], by=request.post)
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"ตั้งรหัสผ่านใหม่ให้{row.name}แล้ว")
                return redirect("person", row.pk)
    return sheet_page(request, sheet, "password", row)


@acting
@require_POST
def person_unlocking(request: PostRequest, pk: int) -> HttpResponse:
    """ปลดระงับ: someone who gave wrong passwords may try again."""
    row = person_for(request.post, pk)
    unlock_person(row, by=request.post)
    messages.success(request, f"ปลดระงับ{row.name}แล้ว")
    return redirect("person", row.pk)


@acting
@require_POST
def person_post_end(request: PostRequest, pk: int, post_pk: int) -> HttpResponse:
    """พ้นจากตำแหน่ง."""
    row = person_for(request.post, pk)
    ending = post_for(request.post, post_pk)
    if ending.person_id != row.pk:
        raise NotFound("ไม่พบตำแหน่งนี้")
    sheet = Sheet((Field("on", "วันสุดท้าย", most=60),), request.POST)
    on = sheet.typed.day("on")
    sheet.need("on")
    if on is None:
        messages.error(request, sheet.problems[0].problem)
        return redirect("person", row.pk)
    try:
        end_post(ending, on=on, by=request.post)
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        messages.error(request, refusal.message)
    else:
        words = format_date(on, style="short")
        messages.success(request, f"{row.name} พ้นจากตำแหน่ง{ending.title} หลังวันที่ {words}")
    return redirect("person", row.pk)


@acting
@require_POST
def person_token(request: PostRequest, pk: int) -> HttpResponse:
    """ออกกุญแจสำหรับโปรแกรม of one's own acting post; it is shown on this answer only."""
    row = person_for(request.post, pk)
    if row.pk != request.user.pk:
        raise Refused("ออกกุญแจได้เฉพาะตำแหน่งของตนเอง", code="not_allowed", status=403)
    sheet = _token_sheet(request.POST.dict())
    try:
        secret = give_token(request.post, name=sheet.words("name"), by=request.post)
    except Refused as refusal:
        sheet.refuse(refusal)
        return _person_page(request, row, sheet=sheet)
    return _person_page(request, row, secret=secret)


@acting
@require_POST
def person_token_revocation(request: PostRequest, pk: int, token_pk: int) -> HttpResponse:
    """เพิกถอนกุญแจ at once."""
    token = token_for(request.post, token_pk)
    if token.post.person_id != pk:
        raise NotFound("ไม่พบกุญแจนี้")
    revoke_token(token, by=request.post)
    messages.success(request, "เพิกถอนกุญแจแล้ว")
    return redirect("person", pk)
