"""A letter that was written elsewhere gets its number, and stands in the book of sent letters."""

from typing import TYPE_CHECKING
from uuid import UUID

import uuid6
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thamthan.errors import Refused
from thamthan.letters.actions import IncomingFile, SentParticulars, enter_sent_letter
from thamthan.letters.queries import books_of, may_keep_register, number_for, reserved_numbers
from thamthan.letters.rules import Direction, Series
from thamthan.organisations.rules import Duty
from thamthan.thai.correspondence import LetterKind, Urgency
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.sheets import Field, Sheet

if TYPE_CHECKING:
    from thamthan.letters.models import Register

MOST_FILES = 20
_KINDS = (LetterKind.EXTERNAL, LetterKind.MEMO, LetterKind.STAMPED, LetterKind.ORDER,
          LetterKind.NOTICE, LetterKind.EVIDENCE, LetterKind.OTHER)  # fmt: skip


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def new_sent_letter(request: PostRequest) -> HttpResponse:
    """ออกเลขหนังสือส่ง by hand, with the files of the letter where there are any."""
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รับและลงทะเบียนหนังสือ", code="not_allowed", status=403)
    books = {
        str(book.pk): book
        for book in books_of(request.post)
        if book.direction == Direction.SENT
        and book.series == Series.MAIN
        and may_keep_register(request.post, book)
    }
    if not books:
        messages.info(request, "ยังไม่ได้เปิดทะเบียนหนังสือส่ง โปรดเปิดก่อน")
        return redirect("register-new")
    sheet = _sheet(request, books)
    submission = request.POST.get("submission") or str(uuid6.uuid7())
    if request.method == "POST":
        on = sheet.typed.day("on")
        sheet.need("on", "addressee", "subject")
        book = books.get(sheet.words("book"))
        files = [
            IncomingFile(name=file.name or "หนังสือ", content=file.read())
            for file in request.FILES.getlist("files")[:MOST_FILES]
        ]
        if on is not None and book is not None and not sheet.is_wrong:
            asked = sheet.words("reserved")
            try:
                letter = enter_sent_letter(
                    SentParticulars(
                        subject=sheet.words("subject"),
                        addressee=sheet.words("addressee"),
                        kind=LetterKind(sheet.words("kind"))
                        if sheet.words("kind") in list(LetterKind)
                        else LetterKind.EXTERNAL,
                        urgency=Urgency(sheet.words("urgency"))
                        if sheet.words("urgency") in list(Urgency)
                        else Urgency.NORMAL,
                        is_circular=sheet.typed.is_ticked("is_circular"),
                    ),
                    files,
                    by=request.post,
                    register=book,
                    on=on,
                    reserved=number_for(request.post, int(asked)) if asked.isdecimal() else None,
                    submission=_uuid(submission),
                )
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"ออกเลขแล้ว: ที่ {letter.number}")
                return redirect("letter", pk=letter.pk)
    return render(
        request,
        "letters/sent_new.html",
        {"sheet": sheet, "submission": submission, "most_files": MOST_FILES},
        status=422 if sheet.is_wrong else 200,
    )


def _sheet(request: PostRequest, books: "dict[str, Register]") -> Sheet:
    reserved = [
        (str(row.pk), f"เลขที่จองไว้ {row.number} ({row.reserved_for})")
        for book in books.values()
        for row in reserved_numbers(request.post, book)
    ]
    fields = [
        Field(
            "book",
            "ทะเบียนของ",
            next(iter(books)),
            kind="choice",
            choices=tuple((pk, book.organisation.name) for pk, book in books.items()),
        ),
        Field("on", "ลงวันที่", format_date(timezone.localdate(), style="short"), most=60),
        Field("addressee", "ถึง", hint="เช่น นายอำเภอบ้านลาด หรือ กำนันทุกตำบล", most=400),
        Field("subject", "เรื่อง", most=1000),
        Field(
            "kind",
            "ชนิด",
            LetterKind.EXTERNAL.value,
            kind="choice",
            choices=tuple((kind.value, kind.label) for kind in _KINDS),
        ),
        Field(
            "urgency",
            "ชั้นความเร็ว",
            Urgency.NORMAL.value,
            kind="choice",
            choices=tuple((urgency.value, urgency.label) for urgency in Urgency),
        ),
        Field("is_circular", "เป็นหนังสือเวียน (ว)", kind="tick", is_needed=False),
    ]
    if reserved:
        fields.append(
            Field(
                "reserved",
                "เลข",
                "",
                kind="choice",
                choices=(("", "เลขถัดไปของทะเบียน"), *reserved),
            )
        )
    return Sheet(fields, request.POST if request.method == "POST" else None)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
