"""The books: received and sent letters by number, looked through on the page and printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from thamthan.errors import Refused
from thamthan.letters.queries import (
    BookLine,
    book_between,
    book_for,
    book_lines,
    book_page,
    book_years,
    books_of,
    may_keep_register,
)
from thamthan.letters.rules import Direction, YearKind, register_year, year_bounds
from thamthan.organisations.rules import Duty
from thamthan.thai.dates import MONTHS, format_date, month_end
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import Typed, whole_typed
from thamthan.writing.stamps import printable
from thamthan.writing.tables import Column, Table
from thamthan.writing.tabular import Form, write_table

if TYPE_CHECKING:
    from thamthan.letters.models import Register

A_PAGE = 50
_MEDIA: dict[Form, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}

# What the table may be sorted by: the word in the address and its column.
SORTS = {
    "receipt": "number",
    "received": "on",
    "number": "paper__number",
    "sender": "paper__sender",
    "due": "paper__due_on",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a book is asked for."""

    book: int | None
    year: int
    month: int | None
    text: str
    sort: str
    is_rising: bool

    def address(self, **other: object) -> str:
        asked = {
            "book": self.book or "",
            "year": self.year + 543,
            "month": self.month or "",
            "q": self.text,
            "sort": self.sort if self.is_rising else f"-{self.sort}",
            **other,
        }
        return urlencode({name: value for name, value in asked.items() if value != ""})


def check_reads(request: PostRequest) -> None:
    """Refuse whoever may not look at the letters of the house."""
    if not request.post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือของหน่วยงาน", code="not_allowed", status=403)


@acting
@require_safe
def register(request: PostRequest) -> HttpResponse:
    """ทะเบียนหนังสือรับ."""
    return _book(request, Direction.RECEIVED)


@acting
@require_safe
def sent_register(request: PostRequest) -> HttpResponse:
    """ทะเบียนหนังสือส่ง."""
    return _book(request, Direction.SENT)


def _book(request: PostRequest, direction: Direction) -> HttpResponse:
    check_reads(request)
    books = [book for book in books_of(request.post) if book.direction == direction]
    book = _chosen(request, books)
    wanted = _wanted(request, book)
    shown: dict[str, Any] = {"count": 0, "whole_count": 0, "lines": ()}
    years = {wanted.year}
    if book is not None:
        rows = book_page(request.post, book, year=wanted.year, month=wanted.month, text=wanted.text)
        column = SORTS[wanted.sort]
        rows = rows.order_by(column if wanted.is_rising else f"-{column}", "-number")
        # First which lines, by their keys alone, then what is on them: a book is long. Words are
        # looked for once: which lines have them tells how many there are, too.
        is_first = wanted.sort == "receipt" and not (wanted.text or request.GET.get("page"))
        keys = rows.values_list("pk", flat=True)
        found: Any = rows if is_first else list(keys) if wanted.text else keys
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        on_page: list[Any] = list(page.object_list)
        if not is_first:
            by_key = rows.in_bulk(on_page)
            on_page = [by_key[key] for key in on_page]
        count = page.paginator.count
        whole_count = count
        if wanted.text or wanted.month:
            whole_count = book_page(request.post, book, year=wanted.year).count()
        shown = {
            "page": page,
            "lines": book_lines(request.post, on_page),
            "count": count,
            "whole_count": whole_count,
            "previous": wanted.address(page=page.number - 1),
            "next": wanted.address(page=page.number + 1),
        }
        years |= {*book_years(request.post, book), _this_year(book)}
    return render(
        request,
        "letters/register.html",
        {
            **shown,
            "is_sent": direction == Direction.SENT,
            "book": book,
            "books": books,
            "year_word": "ปีงบประมาณ" if book and book.year_kind == YearKind.FISCAL else "พ.ศ.",
            "wanted": wanted,
            "years": [(year, year + 543) for year in sorted(years, reverse=True)],
            "months": list(enumerate(MONTHS, start=1)),
            "heads": _heads(wanted, direction),
            "may_register": request.post.has_duty(Duty.REGISTER_LETTERS),
            "may_keep": book is not None and may_keep_register(request.post, book),
            "today": timezone.localdate(),
        },
    )


def _chosen(request: PostRequest, books: list["Register"]) -> "Register | None":
    """The book asked for; else that of one's own division, else the house's, the ordinary first."""
    asked = whole_typed(request.GET.get("book", ""), most=9)
    for book in books:
        if book.pk == asked:
            return book
    own = [book for book in books if book.organisation_id == request.post.organisation_id]
    return next(iter([*own, *books]), None)


def _this_year(book: "Register | None") -> int:
    today = timezone.localdate()
    return register_year(book.year_kind, today) if book else today.year


def _wanted(request: PostRequest, book: "Register | None") -> Wanted:
    asked = request.GET
    year = whole_typed(asked.get("year", ""), most=9)
    month = whole_typed(asked.get("month", ""), most=9)
    sort = asked.get("sort", "-receipt")
    return Wanted(
        book=book.pk if book else None,
        year=year - 543 if year and 2400 <= year <= 2700 else _this_year(book),
        month=month if month and 1 <= month <= 12 else None,
        text=asked.get("q", "")[:200].strip(),
        sort=sort.removeprefix("-") if sort.removeprefix("-") in SORTS else "receipt",
        is_rising=not sort.startswith("-") and sort in SORTS,
    )


def _heads(wanted: Wanted, direction: Direction) -> list[dict[str, str]]:
    is_sent = direction == Direction.SENT
    words = {
        "receipt": "เลขส่ง" if is_sent else "เลขรับ",
        "received": "วันที่" if is_sent else "รับเมื่อ",
        "number": "ที่" if is_sent else "ที่ / ลงวันที่",
        "sender": "ถึง" if is_sent else "จาก",
        "": "เรื่อง",
        "due": "" if is_sent else "กำหนด",
    }
    heads = []
    for sort, name in words.items():
        is_here = sort == wanted.sort
        turned = f"-{sort}" if is_here and wanted.is_rising else sort
        order = ("ascending" if wanted.is_rising else "descending") if is_here else ""
        is_link = bool(sort and name) and not (is_sent and sort == "sender")
        address = wanted.address(sort=turned) if is_link else ""
        heads.append({"name": name, "address": address, "order": order, "sort": sort})
    return heads


@acting
@require_safe
def print_book(request: PostRequest, pk: int) -> HttpResponse:
    """พิมพ์ทะเบียน (แบบที่ 13, 14) of a period: a year, a month of it, or from a day to a day."""
    check_reads(request)
    book = book_for(request.post, pk)
    from_on, until_on = _period(request, book)
    form = _form(request.GET.get("form", ""))
    lines = book_between(request.post, book, from_on=from_on, until_on=until_on)
    table = table_of(book, lines, from_on=from_on, until_on=until_on, is_paper=form == "pdf")
    response = HttpResponse(write_table(table, form=form), content_type=_MEDIA[form])
    first, last = (format_date(day, style="list") for day in (from_on, until_on))
    name = f"{book.title} {first} ถึง {last}"
    response["Content-Disposition"] = (
        content_disposition_header(form != "pdf", f"{name}.{form}") or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _form(asked: str) -> Form:
    return "xlsx" if asked == "xlsx" else "csv" if asked == "csv" else "pdf"


def _period(request: PostRequest, book: "Register") -> tuple[date, date]:
    typed = Typed({name: str(value) for name, value in request.GET.items()}, near=None)
    from_on, until_on = typed.day("from"), typed.day("to")
    if typed.problems:
        raise Refused(next(iter(typed.problems.values())), code="wrong_period", status=400)
    if from_on is not None or until_on is not None:
        first = from_on or until_on or timezone.localdate()
        last = until_on or timezone.localdate()
        if last < first:
            raise Refused("วันสุดท้ายของช่วงอยู่ก่อนวันแรก", code="wrong_period", status=400)
        return first, last
    wanted = _wanted(request, book)
    first, last = year_bounds(book.year_kind, wanted.year)
    if wanted.month is None:
        return first, last
    year = first.year if wanted.month >= first.month else last.year
    return date(year, wanted.month, 1), month_end(year, wanted.month)


def table_of(
    book: "Register",
    lines: Iterable[BookLine],
    *,
    from_on: date,
    until_on: date,
    is_paper: bool,
) -> Table:
    """ทะเบียนเป็นตาราง: the columns of แบบที่ 13 or 14 in their order, the day first."""
    is_sent = book.direction == Direction.SENT
    named = printable if is_paper else str
    columns = (
        Column("วันที่", 10, "center"),
        Column("เลขทะเบียนส่ง" if is_sent else "เลขทะเบียนรับ", 9, "center"),
        Column("ที่", 13),
        Column("ลงวันที่", 9, "center"),
        Column("จาก", 17),
        Column("ถึง", 15),
        Column("เรื่อง", 27),
        Column("การปฏิบัติ", 11),
        Column("หมายเหตุ", 15),
    )
    rows = []
    for line in lines:
        hour = f" {line.at:%H.%M}" if line.at else ""
        rows.append(
            (
                format_date(line.row.on, style="list") + hour,
                line.row.number if line.number.isdigit() else line.number,
                named(line.letter_number),
                format_date(line.dated_on, style="list") if line.dated_on else "",
                named(line.sender),
                named(line.addressee.replace("\n", "; ")),
                named(line.subject),
                named(line.dealt),
                named(line.remark),
            )
        )
    form = "แบบที่ 14" if is_sent else "แบบที่ 13"
    period = f"วันที่ {format_date(from_on)} ถึงวันที่ {format_date(until_on)}"
    return Table(
        title=f"{book.title} {book.organisation.name}",
        subtitle=f"{period} ({form})",
        columns=columns,
        rows=tuple(rows),
        foot=f"รวม {len(rows)} รายการ พิมพ์เมื่อ {format_date(timezone.localdate())}",
    )
