"""The register of received letters: looking in it, taking it to Excel, opening it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import Refused
from thamthan.letters.actions import open_register
from thamthan.letters.queries import (
    finished_letters,
    put_aside,
    register_page,
    register_years,
    registers_of,
)
from thamthan.letters.rules import Direction, LetterState
from thamthan.organisations.rules import Duty
from thamthan.thai.dates import MONTHS, format_date
from thamthan.thai.digits import to_arabic
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import Typed

A_PAGE = 50
BOM = "\ufeff"

# What the table may be sorted by: the word in the address, its heading, its column.
SORTS = {
    "receipt": "receipt_number",
    "received": "received_at",
    "number": "number",
    "dated": "dated_on",
    "sender": "sender",
    "due": "due_on",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the register is asked for."""

    year: int
    month: int | None
    text: str
    sort: str
    is_rising: bool

    def address(self, **other: object) -> str:
        asked = {
            "year": self.year + 543,
            "month": self.month or "",
            "q": self.text,
            "sort": self.sort if self.is_rising else f"-{self.sort}",
            **other,
        }
        return urlencode({name: value for name, value in asked.items() if value != ""})


@acting
@require_safe
def register(request: PostRequest) -> HttpResponse:
    """ทะเบียนหนังสือรับ."""
    _check_reads(request)
    wanted = _wanted(request)
    whole = register_page(request.post, year=wanted.year)
    rows = _sorted(request, wanted)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    years = sorted({*register_years(request.post), wanted.year, timezone.localdate().year})
    return render(
        request,
        "letters/register.html",
        {
            "page": page,
            "count": page.paginator.count,
            "whole_count": whole.count() if wanted.text or wanted.month else page.paginator.count,
            "wanted": wanted,
            "years": [(year, year + 543) for year in reversed(years)],
            "months": list(enumerate(MONTHS, start=1)),
            "heads": _heads(wanted),
            "export": wanted.address(),
            "previous": wanted.address(page=page.number - 1),
            "next": wanted.address(page=page.number + 1),
            "has_register": registers_of(request.post).exists(),
            "may_register": request.post.has_duty(Duty.REGISTER_LETTERS),
            "today": timezone.localdate(),
        },
    )


def _check_reads(request: PostRequest) -> None:
    if not request.post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือของหน่วยงาน", code="not_allowed", status=403)


def _wanted(request: PostRequest) -> Wanted:
    today = timezone.localdate()
    asked = request.GET
    year = _number(asked.get("year", ""))
    month = _number(asked.get("month", ""))
    sort = asked.get("sort", "-receipt")
    return Wanted(
        year=year - 543 if year and 2400 <= year <= 2700 else today.year,
        month=month if month and 1 <= month <= 12 else None,
        text=asked.get("q", "")[:200].strip(),
        sort=sort.removeprefix("-") if sort.removeprefix("-") in SORTS else "receipt",
        is_rising=not sort.startswith("-") and sort in SORTS,
    )


def _number(text: str) -> int | None:
    digits = to_arabic(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


def _sorted(request: PostRequest, wanted: Wanted) -> QuerySet[Any]:
    rows = register_page(request.post, year=wanted.year, month=wanted.month, text=wanted.text)
    column = SORTS[wanted.sort]
    return rows.order_by(column if wanted.is_rising else f"-{column}", "-receipt_number")


def _heads(wanted: Wanted) -> list[dict[str, str]]:
    words = {
        "receipt": "เลขรับ",
        "received": "รับเมื่อ",
        "number": "ที่ / ลงวันที่",
        "sender": "จาก",
        "": "เรื่อง",
        "due": "กำหนด",
    }
    heads = []
    for sort, name in words.items():
        is_here = sort == wanted.sort
        turned = f"-{sort}" if is_here and wanted.is_rising else sort
        order = ("ascending" if wanted.is_rising else "descending") if is_here else ""
        address = wanted.address(sort=turned) if sort else ""
        heads.append({"name": name, "address": address, "order": order, "sort": sort})
    return heads


class _Echo:
    """A file that gives back each line as it is written."""

    def write(self, line: str) -> str:
        return line


@acting
@require_safe
def export_register(request: PostRequest) -> StreamingHttpResponse:
    """ทะเบียนหนังสือรับเป็น CSV; the byte order mark makes Thai Excel read it as UTF-8."""
    _check_reads(request)
    wanted = _wanted(request)
    rows = _sorted(request, wanted)
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    name = f"ทะเบียนหนังสือรับ {wanted.year + 543}"
    if wanted.month:
        name += f" {MONTHS[wanted.month - 1]}"
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or ""
    return response


def _lines(rows: QuerySet[Any]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(
        ("เลขทะเบียนรับ", "วันที่รับ", "เวลา", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง",
         "ชั้นความเร็ว", "กำหนด", "สถานะ")
    )  # fmt: skip
    for letter in rows.iterator(chunk_size=500):
        received = timezone.localtime(letter.received_at)
        row = (
            str(letter.receipt_number),
            format_date(received.date(), style="short"),
            f"{received:%H.%M}",
            letter.number,
            format_date(letter.dated_on, style="short") if letter.dated_on else "",
            letter.sender,
            letter.addressee.replace("\n", "; "),
            letter.subject,
            letter.get_urgency_display(),
            format_date(letter.due_on, style="short") if letter.due_on else "",
            letter.get_state_display(),
        )
        yield writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: str) -> str:
    # Excel would run a cell that begins so as a formula; a quote before it makes it text.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


@acting
@require_safe
def shelf(request: PostRequest, state: str) -> HttpResponse:
    """หนังสือที่ไม่อยู่บนโต๊ะแล้ว: finished ones, or those that were not registered."""
    _check_reads(request)
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
