"""Registers and their numbers: opened, set, reserved, given back, cancelled."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import Refused
from thamthan.letters.actions import (
    cancel_number,
    change_register,
    open_register,
    receive_in_division,
    release_reserved,
    reserve_numbers,
)
from thamthan.letters.queries import (
    book_for,
    books_of,
    division_book_of,
    houses_of,
    letter_for,
    may_keep_register,
    number_after_last,
    number_for,
    reserved_numbers,
    sending_count,
)
from thamthan.letters.rules import CircularSeries, Direction, Series, YearKind, register_year
from thamthan.organisations.rules import Duty
from thamthan.web.doors import PostRequest, acting
from thamthan.web.sheets import Field, Sheet

if TYPE_CHECKING:
    from thamthan.letters.models import Register, RegisterNumber

_CODE_HINT = (
    "ที่อยู่หน้าเครื่องหมาย / ในเลขที่หนังสือ เช่น พบ 72401 ตามที่จังหวัดกำหนดให้ ระบบไม่เดาให้ ไม่แน่ใจให้เว้นว่าง"
)


def _check_registers(request: PostRequest) -> None:
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รับและลงทะเบียนหนังสือ", code="not_allowed", status=403)


def _kept(request: PostRequest, pk: int) -> "Register":
    _check_registers(request)
    book = book_for(request.post, pk)
    if not may_keep_register(request.post, book):
        raise Refused(
            f"ตำแหน่งนี้ไม่มีหน้าที่ดูแลทะเบียนของ{book.organisation.name}", code="not_allowed", status=403
        )
    return book


def _sheet_page(
    request: PostRequest, sheet: Sheet, *, title: str, deed: str, note: str = "", back: str
) -> HttpResponse:
    return render(
        request,
        "letters/sheet.html",
        {"sheet": sheet, "title": title, "deed": deed, "note": note, "back": back},
        status=422 if sheet.is_wrong else 200,
    )


@acting
@require_safe
def registers(request: PostRequest) -> HttpResponse:
    """ทะเบียนและเลขหนังสือ: every book of the house, its next number, and what is reserved."""
    _check_registers(request)
    today = timezone.localdate()
    books = []
    for book in books_of(request.post):
        year = max(register_year(book.year_kind, today), book.first_year)
        books.append(
            {
                "book": book,
                "year": year,
                "next": number_after_last(book, year=year),
                "reserved": list(reserved_numbers(request.post, book)),
                "may_keep": may_keep_register(request.post, book),
                "is_sent": book.direction == Direction.SENT,
                "is_main": book.series == Series.MAIN,
            }
        )
    return render(request, "letters/registers.html", {"books": books, "today": today})


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def new_register(request: PostRequest) -> HttpResponse:
    """เปิดทะเบียน of the house or of a division, in or out."""
    _check_registers(request)
    houses = {house.code: house for house in houses_of(request.post)}
    today = timezone.localdate()
    sheet = Sheet(
        (
            Field(
                "organisation",
                "ทะเบียนของ",
                next(iter(houses), ""),
                kind="choice",
                choices=tuple((code, house.name) for code, house in houses.items()),
            ),
            Field("direction", "ทาง", "sent", kind="choice", choices=tuple(Direction.choices)),
            Field(
                "year_kind",
                "เลขเริ่มใหม่ทุก",
                "calendar",
                kind="choice",
                choices=tuple(YearKind.choices),
                hint="ระเบียบงานสารบรรณใช้ปีปฏิทิน ออกเลขแล้วเปลี่ยนไม่ได้",
            ),
            Field(
                "first_number",
                "เลขแรกที่จะใช้",
                "1",
                hint="หากปีนี้ใช้สมุดมาแล้ว ให้ใส่เลขถัดจากเลขสุดท้ายในสมุด เปิดแล้วแก้ไม่ได้",
                most=6,
            ),
            Field("agency_code", "รหัสหนังสือ", hint=_CODE_HINT, most=40, is_needed=False),
        ),
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST":
        number = sheet.typed.count("first_number")
        sheet.need("first_number")
        kind = YearKind.FISCAL if sheet.words("year_kind") == "fiscal" else YearKind.CALENDAR
        house = houses.get(sheet.words("organisation"))
        if house is None:
            sheet.typed.problems["organisation"] = "โปรดเลือกหน่วยงาน"
        if number is not None and house is not None and not sheet.is_wrong:
            received = sheet.words("direction") == Direction.RECEIVED
            try:
                book = open_register(
                    by=request.post,
                    direction=Direction.RECEIVED if received else Direction.SENT,
                    first_year=register_year(kind, today),
                    first_number=number,
                    year_kind=kind,
                    agency_code=sheet.words("agency_code"),
                    organisation=house,
                )
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"เปิด{book.title}ของ{house.name}แล้ว เลขแรก {number}")
                return redirect("registers")
    return _sheet_page(request, sheet, title="เปิดทะเบียน", deed="เปิดทะเบียน", back="registers")


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def register_settings(request: PostRequest, pk: int) -> HttpResponse:
    """ตั้งค่าทะเบียน: its code, its kind of year, and the numbers of circulars."""
    book = _kept(request, pk)
    is_sent = book.direction == Direction.SENT
    fields = [
        Field(
            "agency_code", "รหัสหนังสือ", book.agency_code, hint=_CODE_HINT, most=40, is_needed=False
        ),
        Field(
            "year_kind",
            "เลขเริ่มใหม่ทุก",
            book.year_kind,
            kind="choice",
            choices=tuple(YearKind.choices),
            hint="ออกเลขแล้วเปลี่ยนไม่ได้",
        ),
    ]
    if is_sent:
        fields += [
            Field(
                "circulars",
                "เลขหนังสือเวียน (ว)",
                book.circulars,
                kind="choice",
                choices=tuple(CircularSeries.choices),
            ),
            Field(
                "first_circular",
                "เลข ว แรก เมื่อแยกชุด",
                "1",
                hint="ใช้ครั้งแรกที่แยกชุดเท่านั้น หากใช้สมุดมาแล้วให้ต่อจากเลขสุดท้าย",
                most=6,
            ),
        ]
    sheet = Sheet(fields, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        first = sheet.typed.count("first_circular") if is_sent else 1
        separate = sheet.words("circulars") == CircularSeries.SEPARATE if is_sent else False
        if not sheet.is_wrong:
            try:
                change_register(
                    book,
                    by=request.post,
                    agency_code=sheet.words("agency_code"),
                    year_kind=YearKind.FISCAL
                    if sheet.words("year_kind") == "fiscal"
                    else YearKind.CALENDAR,
                    circulars=CircularSeries.SEPARATE if separate else CircularSeries.SHARED,
                    first_circular=first or 1,
                )
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"บันทึกการตั้งค่า{book.title}แล้ว")
                return redirect("registers")
    return _sheet_page(
        request,
        sheet,
        title=f"ตั้งค่า{book.title} {book.organisation.name}",
        deed="บันทึก",
        back="registers",
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def reserve(request: PostRequest, pk: int) -> HttpResponse:
    """จองเลข."""
    book = _kept(request, pk)
    sheet = Sheet(
        (
            Field("count", "จำนวนเลข", "1", hint="จองหลายเลขติดกันได้ ไม่เกิน 100", most=3),
            Field("reserved_for", "จองให้", hint="คนหรือกองที่ขอ"),
            Field("reason", "เหตุที่จอง", most=400),
            Field(
                "until", "จองถึงวันที่", hint="เลยวันนี้แล้วระบบจะเตือนให้ใช้หรือคืนเลข เช่น 31 มี.ค. 69", most=60
            ),
        ),
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST":
        count = sheet.typed.count("count")
        until = sheet.typed.day("until", is_ahead=True)
        sheet.need("count", "reserved_for", "reason", "until")
        if count is not None and until is not None and not sheet.is_wrong:
            try:
                rows = reserve_numbers(
                    book,
                    by=request.post,
                    on=timezone.localdate(),
                    count=count,
                    reserved_for=sheet.words("reserved_for"),
                    reason=sheet.words("reason"),
                    until=until,
                )
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                last = f"–{rows[-1].number}" if len(rows) > 1 else ""
                messages.success(request, f"จองเลข {rows[0].number}{last} แล้ว")
                return redirect("registers")
    return _sheet_page(
        request, sheet, title=f"จองเลขใน{book.title}", deed="จองเลข", back="registers"
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def release_number(request: PostRequest, pk: int) -> HttpResponse:
    """คืนเลขจอง."""
    row = number_for(request.post, pk)
    _kept(request, row.register_id)
    return _reasoned(request, pk, deed="คืนเลขจอง", note="เลขนี้จะอยู่ในทะเบียนว่าคืนแล้ว และไม่ให้ใครอีก")


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: PostRequest, pk: int) -> HttpResponse:
    """ยกเลิกเลข."""
    row = number_for(request.post, pk)
    _kept(request, row.register_id)
    return _reasoned(
        request,
        pk,
        deed="ยกเลิกเลข",
        note="เลขและหนังสือยังอยู่ในทะเบียนพร้อมเหตุที่ยกเลิก และไม่ออกเลขนี้อีก การยกเลิกย้อนกลับไม่ได้"
        + _who_is_told(request, row),
    )


def _who_is_told(request: PostRequest, row: "RegisterNumber") -> str:
    letter = row.letter
    if letter is None or letter.direction != Direction.SENT:
        return ""
    count = sending_count(request.post, letter).whole
    return f" ผู้รับในระบบจะเห็นว่ายกเลิกพร้อมเหตุนี้ (ส่งไปแล้ว {count:,} ราย)" if count else ""


@acting
@require_POST
def division_number(request: PostRequest, pk: int) -> HttpResponse:
    """ลงรับในทะเบียนของกองตน."""
    letter = letter_for(request.post, pk)
    _check_registers(request)
    book = division_book_of(request.post, letter)
    if book is None:
        raise Refused("กองนี้ไม่มีทะเบียนรับของตนเอง หรือลงรับหนังสือนี้แล้ว", code="no_register")
    row = receive_in_division(letter, by=request.post, register=book)
    messages.success(request, f"ลงรับในทะเบียนของ{book.organisation.name}แล้ว เลขรับ {row.number}")
    return redirect("letter", pk=letter.pk)


def _reasoned(request: PostRequest, pk: int, *, deed: str, note: str) -> HttpResponse:
    row = number_for(request.post, pk)
    sheet = Sheet(
        (Field("reason", f"เหตุที่{deed}", most=400),),
        request.POST if request.method == "POST" else None,
    )
    is_sent = row.register.direction == Direction.SENT
    if request.method == "POST":
        sheet.need("reason")
        if not sheet.is_wrong:
            try:
                if deed == "คืนเลขจอง":
                    release_reserved([row], by=request.post, reason=sheet.words("reason"))
                else:
                    cancel_number(row, by=request.post, reason=sheet.words("reason"))
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"{deed} {row.number} แล้ว")
                return redirect("sent-register" if is_sent else "register")
    number = row.text or str(row.number)
    return _sheet_page(
        request,
        sheet,
        title=f"{deed} {number}",
        deed=deed,
        note=note,
        back="sent-register" if is_sent else "register",
    )
