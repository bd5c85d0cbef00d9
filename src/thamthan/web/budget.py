"""The budget of a house: its lines of a year, a line with the projects that use it, new lines."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.actions import LineWords, keep_line
from thamthan.projects.queries import (
    allotments_of_line,
    budget_line_for,
    budget_lines,
    budget_totals,
    budget_years,
    channels_of_today,
    history_of_line,
)
from thamthan.thai.dates import FiscalYear, format_date
from thamthan.web.budget_forms import line_form
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import long_table
from thamthan.web.money_forms import Posted, confirming
from thamthan.web.orders import check_reads
from thamthan.web.typed import whole_typed
from thamthan.writing import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import QuerySet

    from thamthan.projects.models import BudgetLine, FundingChannel

PAGE = 50
MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the budget is asked for."""

    year: int
    channel: int | None
    text: str

    def address(self, **other: object) -> str:
        channel = "" if self.channel is None else self.channel
        asked = {"year": self.year, "channel": channel, "q": self.text, **other}
        return urlencode({name: value for name, value in asked.items() if value != ""})


@acting
@require_safe
def budget(request: PostRequest) -> HttpResponse:
    """งบประมาณของหน่วยงานในปีหนึ่ง."""
    check_reads(request)
    years = budget_years(request.post)
    wanted = _wanted(request, years)
    lines = _lines(request, wanted)
    totals = budget_totals(request.post, lines)
    # First which lines, by their keys alone, then what was spent of them: a budget may be long.
    pages = Paginator(lines.order_by("pk").values_list("pk", flat=True), PAGE)
    # Counted with the sums.
    pages.count = totals.count
    page = pages.get_page(request.GET.get("page"))
    shown = budget_lines(request.post).filter(pk__in=list(page.object_list)).order_by("pk")
    return render(
        request,
        "budget/budget.html",
        {
            "page": page,
            "lines": shown,
            "totals": totals,
            "wanted": wanted,
            "is_filtered": bool(wanted.text) or wanted.channel is not None,
            "years": sorted({*years, wanted.year}, reverse=True),
            "channels": list(channels_of_today(request.post)),
            "query": wanted.address(),
            "previous": wanted.address(page=page.number - 1),
            "next": wanted.address(page=page.number + 1),
            "may_keep": request.post.has_duty(Duty.ORDER),
        },
    )


_AMOUNTS = ("อนุมัติ", "จัดสรรแล้ว", "ผูกพัน", "เบิกจ่าย", "เหลือให้จัดสรร")


@acting
@require_safe
def budget_export(request: PostRequest, form: str) -> HttpResponseBase:
    """งบประมาณเป็นไฟล์ Excel หรือ CSV: every line that is asked for, not the page alone."""
    check_reads(request)
    if form not in {"xlsx", "csv"}:
        raise NotFound("ไม่มีไฟล์ชนิดนี้")
    wanted = _wanted(request, budget_years(request.post))
    house = request.post.organisation
    name = house.parent.name if house.level == "division" and house.parent else house.name
    table = Table(
        title=f"งบประมาณ ปีงบประมาณ พ.ศ. {wanted.year}",
        subtitle=f"{name} · ณ วันที่ {format_date(timezone.localdate())} · หน่วย: บาท",
        columns=(
            Column("รายการ", 34),
            Column("แผนงาน งาน หมวดรายจ่าย", 22),
            Column("แหล่งงบประมาณ", 18),
            Column("เลขที่อ้างอิง", 14),
            *(Column(head, 13, "right", is_money=True) for head in _AMOUNTS),
        ),
        rows=(),
    )
    lines = _lines(request, wanted).order_by("pk")
    return long_table(table, _rows(lines.iterator(500)), form, f"งบประมาณ {wanted.year} {name}")


def _rows(lines: "Iterable[BudgetLine]") -> "Iterator[tuple[Cell, ...]]":
    for line in lines:
        spent = (line.committed_satang, line.paid_satang)  # type: ignore[attr-defined]  # annotated
        amounts = (line.approved_satang, line.allotted_satang, *spent)
        yield (
            line.name,
            line.category,
            line.channel.name if line.channel else "",
            line.reference,
            *(_in_baht(satang) for satang in amounts),
            _in_baht(line.approved_satang - line.allotted_satang),
        )


def _in_baht(satang: int) -> Decimal:
    return Decimal(satang).scaleb(-2)


def _wanted(request: PostRequest, years: list[int]) -> Wanted:
    asked = request.GET
    this_year = FiscalYear.containing(timezone.localdate()).be
    year = whole_typed(asked.get("year", ""))
    if year is None or not 2400 <= year <= 2700:
        year = this_year if this_year in years or not years else years[0]
    return Wanted(
        year=year,
        channel=whole_typed(asked.get("channel", "")),
        text=asked.get("q", "")[:200].strip(),
    )


def _lines(request: PostRequest, wanted: Wanted) -> "QuerySet[BudgetLine]":
    return budget_lines(request.post, be_year=wanted.year, channel=wanted.channel, text=wanted.text)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def budget_new(request: PostRequest) -> HttpResponse:
    """เพิ่มรายการงบประมาณ."""
    check_keeps(request)
    typed = request.POST.dict() if request.method == "POST" else None
    refused = None
    if typed is not None:
        try:
            line = _kept(request, typed, None)
        except Refused as problem:
            refused = _shown(problem)
        else:
            messages.success(request, f"เพิ่มรายการ “{line.name[:80]}” แล้ว")
            return redirect("budget-line", pk=line.pk)
    year = (
        whole_typed(request.GET.get("year", "")) or FiscalYear.containing(timezone.localdate()).be
    )
    form = line_form(None, _channels(request), year=year, typed=typed, refused=refused)
    return render(
        request,
        "budget/new.html",
        {"form": form, "refused": refused, "confirming": _confirming(refused, typed)},
        status=200 if refused is None else refused.status,
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def budget_line(request: PostRequest, pk: int) -> HttpResponse:
    """รายการงบประมาณหนึ่งรายการ: how much is left, and which projects use it."""
    check_reads(request)
    line = budget_line_for(request.post, pk)
    typed = request.POST.dict() if request.method == "POST" else None
    refused = None
    if typed is not None:
        check_keeps(request)
        try:
            _kept(request, typed, line)
        except Refused as problem:
            refused = _shown(problem)
        else:
            messages.success(request, "บันทึกรายการงบประมาณแล้ว")
            return redirect("budget-line", pk=pk)
    form = None
    if request.post.has_duty(Duty.ORDER):
        form = line_form(line, _channels(request), year=line.be_year, typed=typed, refused=refused)
    rows = allotments_of_line(request.post, line)
    return render(
        request,
        "budget/line.html",
        {
            "line": line,
            "left": line.approved_satang - line.allotted_satang,
            "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
            "form": form,
            "refused": refused,
            "confirming": _confirming(refused, typed),
            "history": history_of_line(request.post, line)[:MOST_TOLD],
        },
        status=200 if refused is None else refused.status,
    )


def check_keeps(request: PostRequest) -> None:
    """Refuse whoever does not decide about the money of the house."""
    if not request.post.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ตั้งงบประมาณ", code="not_allowed", status=403)


def _shown(problem: Refused) -> Refused:
    if problem.status in {403, 404}:
        raise problem
    return problem


def _confirming(refused: Refused | None, typed: "Mapping[str, str] | None") -> object:
    return confirming(refused, typed) if refused is not None and typed is not None else None


def _channels(request: PostRequest) -> "list[FundingChannel]":
    return list(channels_of_today(request.post))


def _kept(
    request: PostRequest, typed: "Mapping[str, str]", line: "BudgetLine | None"
) -> "BudgetLine":
    form = Posted(typed)
    channel, key = line.channel if line else None, form.key("channel")
    if "channel" in typed:
        channel = channels_of_today(request.post).filter(pk=key).first() if key else None
    words = LineWords(
        name=form.words("name"),
        be_year=form.key("year") or 0,
        category=form.words("category"),
        reference=form.words("reference"),
        channel=channel,
    )
    return keep_line(
        words,
        form.amount(),
        by=request.post,
        line=line,
        press=None if line else form.press(),
        seen_satang=form.satang("seen") if line else None,
        sure_of=form.sure_of(),
    )
