"""The shelves of letters that left the desk, and the opening of the register of received ones."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import Refused
from thamthan.letters.actions import open_register
from thamthan.letters.queries import finished_letters, put_aside, registers_of
from thamthan.letters.rules import Direction, LetterState
from thamthan.organisations.rules import Duty
from thamthan.web.books import check_reads
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import Typed

A_PAGE = 50


@acting
@require_safe
def shelf(request: PostRequest, state: str) -> HttpResponse:
    """หนังสือที่ไม่อยู่บนโต๊ะแล้ว: finished ones, or those that were not registered."""
    check_reads(request)
    letters = finished_letters(request.post) if state == "finished" else put_aside(request.post)
    page = Paginator(letters.select_related("twin_of"), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "letters/shelf.html",
        {
            "page": page,
            "count": page.paginator.count,
            "title": "เรื่องที่เรียบร้อยแล้ว" if state == "finished" else "หนังสือที่ไม่ได้ลงรับ",
            "is_finished": state == "finished",
            "twin": LetterState.TWIN,
        },
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def open_received_register(request: PostRequest) -> HttpResponse:
    """เปิดทะเบียนหนังสือรับ: an office that comes from paper goes on with its next number."""
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รับและลงทะเบียนหนังสือ", code="not_allowed", status=403)
    today = timezone.localdate()
    values = {"first_number": request.POST.get("first_number", "1")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        problem = opened_register(request, values, year=today.year)
        if problem is None:
            messages.success(request, "เปิดทะเบียนหนังสือรับแล้ว ลงรับหนังสือได้เลย")
            return redirect("register")
        problems["first_number"] = problem
    return render(
        request,
        "letters/open_register.html",
        {
            "values": values,
            "problems": problems,
            "be_year": today.year + 543,
            "is_open": registers_of(request.post).filter(direction=Direction.RECEIVED).exists(),
        },
        status=422 if problems else 200,
    )


def opened_register(request: PostRequest, values: dict[str, str], *, year: int) -> str | None:
    """Opens the register from the number typed; what is wrong with that, or None."""
    typed = Typed(values, near=None)
    number = typed.count("first_number")
    if number is None:
        return typed.problems.get("first_number", "โปรดใส่เลขแรก เช่น 1")
    try:
        open_register(
            by=request.post, direction=Direction.RECEIVED, first_year=year, first_number=number
        )
    except Refused as refused:
        return refused.message
    return None
