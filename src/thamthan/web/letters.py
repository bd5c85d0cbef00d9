"""One letter: what it wants of us and by when, its files, and what can be done with it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from thamthan.errors import Refused
from thamthan.letters.actions import (
    finish_letter,
    mark_as_twin,
    reopen_letter,
    set_aside_letter,
    take_back_letter,
)
from thamthan.letters.queries import (
    desk_line_of,
    division_book_of,
    drafts_answering,
    file_for,
    files_of,
    is_written_here,
    letter_for,
    numbers_of,
    readings_of,
    ties_of,
    withdrawal_of,
)
from thamthan.letters.rules import Direction, LetterState, ReadingState
from thamthan.organisations.rules import Duty
from thamthan.records.queries import history_of
from thamthan.records.rules import Verb
from thamthan.web.doors import PostRequest, acting
from thamthan.web.endorsing import endorsing_panel
from thamthan.web.orders_panel import orders_panel
from thamthan.web.paper import marked_pages
from thamthan.web.typed import whole_typed

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thamthan.letters.models import Letter, RegisterNumber
    from thamthan.organisations.models import Post
    from thamthan.records.models import HistoryEntry

# What a browser may show by itself; everything else is handed over to be saved.
SHOWN = {
    "text/plain": "text/plain; charset=utf-8",
    "application/pdf": "application/pdf",
    "image/jpeg": "image/jpeg",
    "image/png": "image/png",
}
FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
)
# Chromium shows a PDF by an extension of its own, which a stricter policy would keep out.
PDF_POLICY = (
    "default-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


OF_READERS = (Verb.READER_NAMED, Verb.READER_ENDED, Verb.SECRET_TWIN_REGISTERED)


@acting
@require_safe
def letter(request: PostRequest, pk: int) -> HttpResponse:
    """หนังสือหนึ่งฉบับ."""
    row = letter_for(request.post, pk)
    number = numbers_of(request.post, row).first()
    if row.direction == Direction.SENT:
        return _sent_letter(request, row, number)
    read = readings_of(request.post, row)
    return render(
        request,
        "letters/letter.html",
        {
            "number": number,
            "own_book": division_book_of(request.post, row),
            "letter": row,
            "reading": read.reading,
            "machine": read.machine,
            "answering": drafts_answering(request.post, row.pk),
            "came_in_system": is_written_here(request.post, row),
            "withdrawal": withdrawal_of(request.post, row),
            "pages": marked_pages(read.pages, read.reading),
            "files": [shown_file(file) for file in files_of(request.post, row)],
            "line": desk_line_of(request.post, row, now=timezone.now(), read=read),
            "history": list(shown_history(request.post, row)),
            "chain": ties_of(request.post, row),
            "enclosures": row.enclosures.all(),
            "may_register": request.post.has_duty(Duty.REGISTER_LETTERS),
            "endorsing": endorsing_panel(request.post, row),
            "orders": orders_panel(request.post, row),
            "state": LetterState,
            "reads": ReadingState,
        },
    )


def _sent_letter(
    request: PostRequest, row: "Letter", number: "RegisterNumber | None"
) -> HttpResponse:
    may_cancel = number is not None and row.state == LetterState.SENT
    return render(
        request,
        "letters/sent_letter.html",
        {
            "letter": row,
            "number": number,
            "withdrawal": withdrawal_of(request.post, row),
            "may_cancel": may_cancel and request.post.has_duty(Duty.REGISTER_LETTERS),
            "files": [shown_file(file) for file in files_of(request.post, row)],
            "history": list(history_of(row).order_by("-at", "-pk")),
            "orders": orders_panel(request.post, row),
        },
    )


def shown_history(post: "Post", row: "Letter") -> "QuerySet[HistoryEntry]":
    """What was done, newest first; who was named reader of a secret is its registrar's to know."""
    history = history_of(row).order_by("-at", "-pk")
    if post.has_duty(Duty.KEEP_SECRETS):
        return history
    return history.exclude(verb__in=OF_READERS)


def shown_file(file: Any) -> dict[str, Any]:
    """A file of a letter as pages show it."""
    kind = file.file.media_type.split(";")[0].strip().lower()
    return {
        "position": file.position,
        "name": file.name,
        "size": file.file.size,
        "sha256": file.file.sha256,
        "is_pdf": kind == "application/pdf",
        "is_image": kind in {"image/jpeg", "image/png"},
        "is_text": kind == "text/plain",
    }


@acting
@require_safe
def original_file(request: PostRequest, pk: int, position: int) -> FileResponse:
    """ไฟล์ต้นฉบับ: the bytes as they came, under a kind that does no harm."""
    row, stream = file_for(request.post, pk, position)
    kind = row.file.media_type.split(";")[0].strip().lower()
    shown = SHOWN.get(kind)
    is_saved = shown is None or "save" in request.GET
    response = FileResponse(stream, content_type=shown or "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(is_saved, row.name) or "attachment"
    response["Content-Length"] = str(row.file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if kind == "application/pdf" else FILE_POLICY
    return response


def seen_version(request: PostRequest) -> int:
    """The version of the letter that the person had before them; 0 when the form lost it."""
    return whole_typed(request.POST.get("version", ""), most=9) or 0


@acting
@require_POST
def twin(request: PostRequest, pk: int) -> HttpResponse:
    """เป็นฉบับเดียวกัน."""
    row = letter_for(request.post, pk)
    given = request.POST.get("of", "")
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise Refused("โปรดเลือกฉบับที่ซ้ำ", code="wrong_twin", status=400)
    of = letter_for(request.post, int(given))
    mark_as_twin(row, of, by=request.post, seen_version=seen_version(request))
    number = f" เลขรับ {of.receipt_number}" if of.receipt_number else ""
    messages.success(request, f"บันทึกแล้วว่าเป็นฉบับเดียวกับฉบับนี้{number} จึงไม่ได้ออกเลขรับใหม่")
    return redirect("letter", pk=of.pk)


def _deed(
    words: str, act: Callable[[PostRequest, "Letter"], None]
) -> Callable[..., HttpResponseBase]:
    """A page that does one thing to one letter and goes back to it."""

    @acting
    @require_POST
    def view(request: PostRequest, pk: int) -> HttpResponse:
        row = letter_for(request.post, pk)
        act(request, row)
        messages.success(request, words)
        return redirect("letter", pk=row.pk)

    return view


def _note(request: PostRequest) -> str:
    return request.POST.get("note", "").replace("\x00", "")[:2000]


set_aside = _deed(
    "บันทึกแล้วว่าไม่ลงรับ ค้นดูภายหลังได้ใน “หนังสือที่ไม่ได้ลงรับ”",
    lambda request, row: set_aside_letter(
        row, by=request.post, seen_version=seen_version(request), note=_note(request)
    ),
)
take_back = _deed(
    "นำกลับมารอยืนยันแล้ว",
    lambda request, row: take_back_letter(row, by=request.post, seen_version=seen_version(request)),
)
finish = _deed(
    "เรียบร้อย เรื่องนี้ออกจากโต๊ะแล้ว และยังอยู่ในทะเบียน",
    lambda request, row: finish_letter(
        row, by=request.post, seen_version=seen_version(request), note=_note(request)
    ),
)
reopen = _deed(
    "เปิดเรื่องต่อแล้ว กลับมาอยู่บนโต๊ะทำงาน",
    lambda request, row: reopen_letter(row, by=request.post, seen_version=seen_version(request)),
)
