"""The store: finished letters go in, are lent and come back; the lists of it to print."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import file_letter, lend_letter, return_loan
from thamthan.letters.queries import (
    keeping_of,
    letter_for,
    loan_for,
    loans_of,
    loans_out,
    store,
    to_be_filed,
)
from thamthan.letters.rules import LetterState, retention_classes, retention_of
from thamthan.organisations.rules import Duty
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping_lists import filing_list, loan_cards, store_book
from thamthan.web.sheets import Field, Sheet
from thamthan.writing import Cell, Table, write_rows, write_table

Answer = TypeVar("Answer", bound=HttpResponseBase)

A_PAGE = 50
KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def handed_over(table: Table, form: str, name: str) -> HttpResponse:
    """A table as a file to keep: PDF, workbook or CSV."""
    if form == "pdf":
        content = write_table(table, form="pdf")
    elif form == "xlsx":
        content = write_table(table, form="xlsx")
    elif form == "csv":
        content = write_table(table, form="csv")
    else:
        raise NotFound("ไม่มีไฟล์ชนิดนี้")
    return _named(HttpResponse(content, content_type=KINDS[form]), form, name)


def long_table(
    table: Table, rows: Iterable[tuple[Cell, ...]], form: str, name: str
) -> HttpResponseBase:
    """As `handed_over`, of rows that are made while they go out: CSV leaves line by line."""
    if form == "csv":
        parts = write_rows(table, rows, form="csv")
        return _named(StreamingHttpResponse(parts, content_type=KINDS[form]), form, name)
    if form == "xlsx":
        content = b"".join(write_rows(table, rows, form="xlsx"))
        return _named(HttpResponse(content, content_type=KINDS[form]), form, name)
    return handed_over(replace(table, rows=tuple(rows)), form, name)


def _named(response: Answer, form: str, name: str) -> Answer:
    named = content_disposition_header(form != "pdf", f"{name}.{form}")
    response["Content-Disposition"] = named or "attachment"
    return response


def check_reads(request: PostRequest) -> None:
    if not request.post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือของหน่วยงาน", code="not_allowed", status=403)


@acting
@require_safe
def storage(request: PostRequest) -> HttpResponse:
    """ที่เก็บหนังสือ: what waits to be filed, what is lent, what lies there."""
    check_reads(request)
    today = timezone.localdate()
    loans = list(loans_out(request.post))
    waiting = to_be_filed(request.post)
    page = Paginator(store(request.post), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "letters/storage.html",
        {
            "waiting": list(waiting[:A_PAGE]),
            "waiting_count": waiting.count(),
            "loans": loans,
            "late": [loan for loan in loans if loan.due_on < today],
            "page": page,
            "count": page.paginator.count,
            "classes": retention_classes(),
            "may_register": request.post.has_duty(Duty.REGISTER_LETTERS),
            "today": today,
            "previous": f"page={page.number - 1}",
            "next": f"page={page.number + 1}",
        },
    )


@acting
@require_safe
def storage_list(request: PostRequest, kind: str, form: str) -> HttpResponse:
    """บัญชีหนังสือส่งเก็บ ทะเบียนหนังสือเก็บ บัตรยืม, as files."""
    check_reads(request)
    house = request.post.organisation.name
    if kind == "filing":
        return handed_over(filing_list(house, store(request.post)), form, "บัญชีหนังสือส่งเก็บ")
    if kind == "store":
        return handed_over(store_book(house, store(request.post)), form, "ทะเบียนหนังสือเก็บ")
    if kind == "loans":
        return handed_over(loan_cards(house, loans_out(request.post)), form, "บัตรยืมหนังสือ")
    raise NotFound("ไม่มีบัญชีชื่อนี้")


def _filing_sheet(request: PostRequest, kept: Any, *, is_posted: bool) -> Sheet:
    choices = tuple((code, one.words) for code, one in retention_classes().items())
    return Sheet(
        [
            Field(
                "retention", "อายุการเก็บ", value=kept.retention if kept else "normal",
                kind="choice", choices=choices,
            ),
            Field(
                "place", "ที่เก็บ", value=kept.place if kept else "",
                hint="เช่น ห้องเก็บเอกสาร ชั้น 2", most=120,
            ),
            Field("box", "กล่องหรือตู้", value=kept.box if kept else "", most=60, is_needed=False),
            Field("folder", "แฟ้ม", value=kept.folder if kept else "", most=120, is_needed=False),
        ],
        request.POST if is_posted else None,
    )  # fmt: skip


def _loan_sheet(request: PostRequest, *, is_posted: bool) -> Sheet:
    today = timezone.localdate()
    return Sheet(
        [
            Field("borrower", "ผู้ยืม"),
            Field("unit", "หน่วยงานของผู้ยืม", is_needed=False),
            Field("lent_on", "วันยืม", value=format_date(today, style="short")),
            Field("due_on", "กำหนดส่งคืน", hint="เช่น 30 มี.ค. 69"),
        ],
        request.POST if is_posted else None,
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def letter_keeping(request: PostRequest, pk: int) -> HttpResponse:
    """ส่งเก็บและยืม ของหนังสือหนึ่งฉบับ."""
    letter = letter_for(request.post, pk)
    check_reads(request)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    kept = keeping_of(request.post, letter)
    filing = _filing_sheet(request, kept, is_posted=deed == "file")
    lending = _loan_sheet(request, is_posted=deed == "lend")
    if deed == "file" and _filed(request, filing, letter):
        return redirect("letter-keeping", pk=pk)
    if deed == "lend" and _lent(request, lending, letter):
        return redirect("letter-keeping", pk=pk)
    loans = list(loans_of(request.post, letter))
    return render(
        request,
        "letters/keeping.html",
        {
            "letter": letter,
            "keeping": kept if kept and kept.starts_on else None,
            "retention": retention_of(kept.retention) if kept else None,
            "filing": filing,
            "lending": lending,
            "loan": next((loan for loan in loans if loan.returned_on is None), None),
            "loans": loans,
            "today": timezone.localdate(),
            "is_finished": letter.state == LetterState.FINISHED,
            "may_register": request.post.has_duty(Duty.REGISTER_LETTERS),
        },
        status=422 if filing.is_wrong or lending.is_wrong else 200,
    )


def _filed(request: PostRequest, sheet: Sheet, letter: Any) -> bool:
    try:
        file_letter(
            letter,
            by=request.post,
            **{name: sheet.words(name) for name in ("retention", "place", "box", "folder")},
        )
    except Refused as refused:
        sheet.refuse(refused)
        return False
    messages.success(request, "ส่งเก็บแล้ว")
    return True


def _lent(request: PostRequest, sheet: Sheet, letter: Any) -> bool:
    lent_on = sheet.typed.day("lent_on")
    due_on = sheet.typed.day("due_on", is_ahead=True)
    sheet.need("borrower", "lent_on", "due_on")
    if sheet.is_wrong or lent_on is None or due_on is None:
        return False
    try:
        lend_letter(
            letter,
            by=request.post,
            borrower=sheet.words("borrower"),
            unit=sheet.words("unit"),
            lent_on=lent_on,
            due_on=due_on,
        )
    except Refused as refused:
        sheet.refuse(refused)
        return False
    messages.success(request, "บันทึกการยืมแล้ว")
    return True


@acting
@require_POST
def letter_loan_return(request: PostRequest, pk: int, loan_pk: int) -> HttpResponse:
    """รับคืน."""
    loan = loan_for(request.post, letter_for(request.post, pk), loan_pk)
    return_loan(
        loan,
        by=request.post,
        returner=request.POST.get("returner", "").replace("\x00", ""),
        returned_on=timezone.localdate(),
    )
    messages.success(request, "รับคืนแล้ว")
    return redirect("letter-keeping", pk=pk)
