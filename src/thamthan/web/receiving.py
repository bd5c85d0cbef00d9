"""Receiving a letter: files dropped or text pasted, and the day and hour that it came."""

from datetime import date, datetime, time

import uuid6
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thamthan.errors import Refused
from thamthan.letters.actions import IncomingFile, receive_letter
from thamthan.organisations.rules import Duty
from thamthan.thai.correspondence import Secrecy
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import Typed, press_typed

MOST_FILES = 20


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: PostRequest) -> HttpResponse:
    """รับหนังสือเข้า."""
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รับและลงทะเบียนหนังสือ", code="not_allowed", status=403)
    if request.method != "POST":
        now = timezone.localtime()
        values = {
            "received_on": format_date(now.date(), style="short"),
            "received_time": f"{now:%H.%M}",
            "secrecy": Secrecy.OPEN.value,
            "submission": str(uuid6.uuid7()),
        }
        return _page(request, values, {})
    values = {name: str(value) for name, value in request.POST.items()}
    typed = Typed(values, near=timezone.localdate())
    received_at = received_moment(typed)
    files = _files(request, values)
    if not files:
        typed.problems["files"] = "ยังไม่ได้เลือกไฟล์หรือวางข้อความของหนังสือ"
    if len(files) > MOST_FILES:
        typed.problems["files"] = f"เลือกไว้ {len(files)} ไฟล์ รับได้ครั้งละไม่เกิน {MOST_FILES} ไฟล์"
    if typed.problems or received_at is None:
        return _page(request, values, typed.problems, status=422)
    secrecy = values.get("secrecy", "")
    try:
        letter = receive_letter(
            files,
            by=request.post,
            received_at=received_at,
            submission=press_typed(values.get("submission", "")),
            secrecy=Secrecy(secrecy) if secrecy in list(Secrecy) else Secrecy.OPEN,
        )
    except Refused as refused:
        place = "received_on" if refused.code.startswith("received_") else "files"
        return _page(request, values, {place: refused.message}, status=refused.status)
    return redirect("letter-confirmation", pk=letter.pk)


def received_moment(typed: Typed) -> datetime | None:
    """วันเวลาที่รับ, as the two fields of a form say; both must be there."""
    day = typed.day("received_on")
    clock = typed.clock("received_time")
    if day is None:
        typed.problems.setdefault("received_on", "โปรดใส่วันที่รับ")
    if clock is None:
        typed.problems.setdefault("received_time", "โปรดใส่เวลาที่รับ เช่น 14.00")
    if day is None or clock is None:
        return None
    return moment(day, clock)


def moment(day: date, clock: time) -> datetime:
    """That day and hour in Thailand."""
    return timezone.make_aware(datetime.combine(day, clock))


def _files(request: HttpRequest, values: dict[str, str]) -> list[IncomingFile]:
    files = [
        IncomingFile(name=file.name or "หนังสือ", content=file.read())
        for file in request.FILES.getlist("files")[: MOST_FILES + 1]
    ]
    text = values.get("text", "").replace("\r\n", "\n").strip("\n")
    if text.strip():
        files.insert(0, IncomingFile(name="ข้อความที่วาง.txt", content=text.encode()))
    return files


def _page(
    request: PostRequest, values: dict[str, str], problems: dict[str, str], *, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "letters/receive.html",
        {
            "values": values,
            "problems": problems,
            "secrecies": [(one.value, one.label) for one in Secrecy],
            "most_mb": settings.MAX_FILE_BYTES // (1024 * 1024),
            "most_bytes": settings.MAX_FILE_BYTES,
        },
        status=status,
    )
