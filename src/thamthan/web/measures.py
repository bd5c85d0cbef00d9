"""Results of a project: its goals quarter by quarter, how far it is, and who lives in the place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.actions import show_project, tell_residents
from thamthan.projects.queries import (
    goals_of,
    is_own,
    progress_of,
    project_for,
    residents_of,
    shown_to_public,
)
from thamthan.projects.rules import LIVE_STATES, SHOWN_STATES, quarter_containing
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.orders import check_reads
from thamthan.web.project_frame import project_page
from thamthan.web.sheets import Field, Sheet


@acting
@require_safe
def project_results(request: PostRequest, pk: int) -> HttpResponse:
    """ผลและตัวชี้วัดของโครงการ."""
    found = project_for(request.post, pk)
    lines = goals_of(request.post, found)
    works = is_own(request.post, found) and request.post.has_duty(Duty.ANSWER_ORDERS)
    return project_page(
        request,
        found,
        "projects/results.html",
        here="project-results",
        lines=lines,
        quarters=[cell.period for cell in lines[0].cells] if lines else [],
        this_quarter=quarter_containing(timezone.localdate()),
        progress=progress_of(request.post, [found])[found.pk],
        residents=residents_of(request.post) if works else None,
        may_set=works and found.state in LIVE_STATES,
        may_give=works and found.state in SHOWN_STATES,
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def project_public(request: PostRequest, pk: int) -> HttpResponse:
    """ตัวอย่างหน้าสำหรับประชาชน, and the press that publishes it or takes it back."""
    found = project_for(request.post, pk)
    shown = shown_to_public(request.post, found)
    if request.method == "POST":
        is_public = request.POST.get("is_public") == "yes"
        show_project(found, by=request.post, is_public=is_public)
        words = "เผยแพร่แล้ว ประชาชนเปิดอ่านได้" if is_public else "เลิกเผยแพร่แล้ว ประชาชนเปิดไม่ได้"
        messages.success(request, words)
        return redirect("project-public", pk=pk)
    return project_page(
        request,
        found,
        "projects/public_preview.html",
        here="project-public",
        shown=shown,
        today=timezone.localdate(),
        may_show=request.post.has_duty(Duty.ORDER) and found.state in SHOWN_STATES,
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def project_residents(request: PostRequest) -> HttpResponse:
    """ประชากรและครัวเรือนของหน่วยงาน: what figures of people and households are held against."""
    check_reads(request)
    newest = residents_of(request.post)
    sheet = _residents_sheet(request, newest.source if newest else "สถิติทะเบียนราษฎร")
    if request.method == "POST":
        as_of = sheet.typed.day("as_of")
        people, households = sheet.typed.count("people"), sheet.typed.count("households")
        sheet.need("as_of", "people", "households", "source")
        if as_of is not None and people is not None and households is not None:
            try:
                tell_residents(
                    by=request.post,
                    as_of=as_of,
                    people=people,
                    households=households,
                    source=sheet.words("source"),
                )
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, "บันทึกแล้ว ใช้เทียบตัวเลขที่กรอกตั้งแต่นี้ไป")
                return redirect("project-residents")
    return render(
        request,
        "projects/residents.html",
        {
            "sheet": sheet,
            "residents": newest,
            "may_tell": request.post.has_duty(Duty.ANSWER_ORDERS),
        },
        status=422 if sheet.is_wrong else 200,
    )


def _residents_sheet(request: PostRequest, source: str) -> Sheet:
    today = format_date(timezone.localdate(), style="short")
    return Sheet(
        (
            Field("people", "ประชากร (คน)", most=20),
            Field("households", "ครัวเรือน (หลังคาเรือนที่มีคนอยู่)", most=20),
            Field("as_of", "ข้อมูล ณ วันที่", hint=f"เช่น {today}", most=60),
            Field("source", "แหล่งข้อมูล", source, most=300),
        ),
        request.POST.dict() if request.method == "POST" else None,
    )
