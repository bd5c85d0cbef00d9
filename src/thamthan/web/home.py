"""The desk: what must be done now and what is late; and the pulse of the installation."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thamthan.directives.queries import task_count
from thamthan.errors import Refused
from thamthan.letters.queries import (
    Desk,
    desk_of,
    drafts_to_number,
    waiting_elsewhere,
    waiting_for,
)
from thamthan.letters.rules import LetterState
from thamthan.organisations.rules import Duty
from thamthan.reports.queries import ReportsOnDesk, proposals_waiting, reports_on_desk
from thamthan.web.doors import PostRequest, acting
from thamthan.web.middleware import refusal_page


@acting
@require_safe
def desk(request: PostRequest) -> HttpResponse:
    """โต๊ะทำงาน."""
    now = timezone.now()
    on_desk = desk_of(request.post, now=now)
    endorsing = waiting_for(request.post, now=now)
    to_number = list(drafts_to_number(request.post))
    reports = reports_on_desk(request.post, now=now)
    proposals = proposals_waiting(request.post)
    short = [
        line
        for line in on_desk.due
        if line.left is not None and line.left.is_short and not line.left.is_late
    ]
    return render(
        request,
        "home/desk.html",
        {
            "desk": on_desk,
            "short": short,
            "answer": _answer(
                on_desk,
                short_count=len(short),
                endorsing_count=len(endorsing) + len(proposals),
                to_number_count=len(to_number),
                reports=reports,
            ),
            "reports": reports,
            "endorsing": [line for line in endorsing if line.letter is not None],
            "drafts": [line for line in endorsing if line.draft is not None],
            "to_number": to_number,
            "proposals": proposals,
            "tasks": task_count(request.post, today=timezone.localdate(now)),
            "elsewhere": waiting_elsewhere(request.post, now=now),
            "waiting": [one for one in on_desk.to_confirm if one.state == LetterState.ARRIVED],
            "ready": [one for one in on_desk.to_confirm if one.state != LetterState.ARRIVED],
            "may_register": request.post.has_duty(Duty.REGISTER_LETTERS),
            "may_keep_chains": request.post.has_duty(Duty.KEEP_CHAINS),
            "may_read": request.post.has_duty(Duty.READ_LETTERS),
            "today": timezone.localdate(),
        },
    )


def _answer(
    on_desk: Desk,
    *,
    short_count: int,
    endorsing_count: int,
    to_number_count: int,
    reports: ReportsOnDesk,
) -> list[str]:
    """The desk in a few words, the most pressing first."""
    parts = []
    if endorsing_count:
        parts.append(f"รอท่าน {endorsing_count} เรื่อง")
    if on_desk.late:
        parts.append(f"เลยกำหนด {len(on_desk.late)} เรื่อง")
    if short_count:
        parts.append(f"ใกล้กำหนด {short_count} เรื่อง")
    if reports.returned_count:
        parts.append(f"รายงานส่งกลับให้แก้ {reports.returned_count} ฉบับ")
    if reports.judging_count:
        parts.append(f"รายงานรอพิจารณา {reports.judging_count:,} ฉบับ")
    if on_desk.to_confirm:
        parts.append(f"รอยืนยัน {len(on_desk.to_confirm)} ฉบับ")
    if to_number_count:
        parts.append(f"รอออกเลข {to_number_count} ฉบับ")
    if parts:
        return parts
    return ["วันนี้ไม่มีเรื่องเร่ง" if on_desk.due or on_desk.undated else "โต๊ะว่าง ไม่มีเรื่องค้าง"]


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers and reaches its database; for whoever keeps the machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"state": "ok"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django itself refused; one that was too long is told so."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        too_long = Refused(
            "ข้อความที่ส่งมายาวเกินไป จึงยังไม่ได้บันทึก โปรดส่งเป็นไฟล์แทนการวางข้อความ",
            code="text_too_long",
            status=413,
        )
        return refusal_page(request, too_long)
    return render(request, "400.html", status=400)
