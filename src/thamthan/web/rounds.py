"""Reports as they come in: rounds, what came, who is missing, totals, and their closing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import uuid6
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from thamthan.errors import Refused
from thamthan.organisations.rules import Duty
from thamthan.reports.actions import (
    accept_reports,
    close_consolidation,
    draft_round_letter,
)
from thamthan.reports.queries import (
    consolidation_of,
    houses_table,
    line_words,
    may_publish,
    overview_of,
    reported_in,
    reports_to_judge,
    round_for,
    rounds_seen_by,
    sum_words,
    table_told,
    told_of_round,
    totals_table,
)
from thamthan.reports.rules import COUNTED, QuestionKind, Sum
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import handed_over, long_table
from thamthan.web.orders import check_reads
from thamthan.web.typed import press_typed

if TYPE_CHECKING:
    from thamthan.reports.models import Question, Round
    from thamthan.reports.queries import Overview, Sentence, TableTold

PAGE = 30
MOST_NAMED = 40
MOST_TOLD = 30


@dataclass(frozen=True, slots=True)
class TotalLine:
    """ยอดรวมหนึ่งบรรทัด of a counted question; `total` is empty where nobody gave it yet."""

    question: "Question"
    total: Sum


@dataclass(frozen=True, slots=True)
class ClauseLines:
    """ยอดรวมและคำบอกเล่าของข้อหนึ่ง."""

    heading: str
    totals: list[TotalLine]
    told: "list[tuple[Question, list[Sentence]]]"
    tables: "list[tuple[Question, TableTold | None, list[tuple[str, str]]]]"


@acting
@require_safe
def rounds(request: PostRequest) -> HttpResponse:
    """รอบรายงานที่หน่วยงานรับและรวมผล, newest first, each with how many came."""
    check_reads(request)
    page = Paginator(rounds_seen_by(request.post), PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    came = reported_in(request.post, page.object_list, now=now)
    lines = [(one, came[one.pk]) for one in page.object_list if one.pk in came]
    return render(request, "reports/rounds.html", {"page": page, "lines": lines})


@acting
@require_safe
def round_(request: PostRequest, pk: int) -> HttpResponse:
    """รอบรายงานหนึ่งรอบ: who came, who is missing, what it comes to."""
    return _page(request, round_for(request.post, pk))


def _page(request: PostRequest, row: "Round", *, refused: Refused | None = None) -> HttpResponse:
    post, now = request.post, timezone.now()
    overview = overview_of(post, row, now=now)
    came, waiting = overview.came, reports_to_judge(post, row, overview=overview)
    return render(
        request,
        "reports/round.html",
        {
            "round": row,
            "came": came,
            "missing": overview.missing[:MOST_NAMED],
            "missing_count": came.owed - came.sent,
            "waiting": waiting,
            "unchanged": [line for line in waiting if line.is_unchanged],
            "clauses": _clauses(request, row, overview),
            "is_told": overview.in_hand is not None,
            "consolidation": consolidation_of(post, row),
            "may_decide": post.has_duty(Duty.ORDER),
            "may_publish": may_publish(post, row),
            "line": line_words(post, row, now=now, overview=overview),
            "submission": str(uuid6.uuid7()),
            "now": now,
            "refused": refused,
        },
        status=refused.status if refused is not None else 200,
    )


def _clauses(request: PostRequest, row: "Round", overview: "Overview") -> list[ClauseLines]:
    """The form's headings in their order, each with its totals and what was told."""
    questions, totals = list(row.questions.all()), overview.totals
    texts = [one for one in questions if one.kind == QuestionKind.TEXT]
    # Of more houses than are in hand nobody reads what each of them told: a district does.
    is_told = overview.in_hand is not None
    if not is_told:
        texts = []
    told = told_of_round(request.post, row, texts, overview=overview)
    found: dict[str, ClauseLines] = {}
    for question in questions:
        lines = found.setdefault(question.heading, ClauseLines(question.heading, [], [], []))
        if question.kind in COUNTED:
            lines.totals.append(TotalLine(question, totals.get(question.pk, Sum())))
        elif question.kind == QuestionKind.TABLE:
            # Beyond so many houses the rows are read on their own page, and in the file.
            told_rows = table_told(request.post, row, question) if is_told else None
            sums = told_rows.sums if told_rows is not None else []
            words = [(one.column.text, sum_words(request.post, one)) for one in sums]
            lines.tables.append((question, told_rows, words))
        elif told.get(question.pk):
            lines.told.append((question, told[question.pk][:MOST_TOLD]))
    return list(found.values())


@acting
@require_POST
def round_acceptance(request: PostRequest, pk: int) -> HttpResponse:
    """รับรองรายงานที่เลือกพร้อมกัน."""
    row = round_for(request.post, pk)
    seen = _seen(request)
    chosen = [line.report for line in reports_to_judge(request.post, row)]
    chosen = [report for report in chosen if report.pk in seen]
    try:
        count = accept_reports(chosen, by=request.post, seen=seen)
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return _page(request, row, refused=refused)
    messages.success(request, f"รับรองรายงานแล้ว {count} แห่ง ยอดรวมปรับแล้ว")
    return redirect("round", pk=pk)


def _seen(request: PostRequest) -> dict[int, int]:
    """The reports that were ticked, each with the number of the version that was shown."""
    found = {}
    for given in request.POST.getlist("report")[:5000]:
        key, _, number = given.partition("-")
        if all(part.isascii() and part.isdigit() and len(part) < 19 for part in (key, number)):
            found[int(key)] = int(number)
    return found


@acting
@require_POST
def round_closing(request: PostRequest, pk: int) -> HttpResponse:
    """ปิดยอดรวม."""
    row = round_for(request.post, pk)
    try:
        close_consolidation(row, by=request.post)
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return _page(request, row, refused=refused)
    messages.success(request, "ปิดยอดแล้ว รายงานที่แก้ภายหลังไม่เปลี่ยนยอดที่ปิด")
    return redirect("round", pk=pk)


@acting
@require_safe
def round_table(request: PostRequest, pk: int, form: str) -> HttpResponseBase:
    """ตารางสรุป (PDF) หรือตารางรายหน่วยงาน (XLSX, CSV)."""
    row, now = round_for(request.post, pk), timezone.now()
    if form == "pdf":
        return handed_over(totals_table(request.post, row, now=now), form, f"round-{row.pk}")
    table, rows = houses_table(request.post, row, now=now)
    return long_table(table, rows, form, f"round-{row.pk}")


@acting
@require_POST
def round_letter(request: PostRequest, pk: int) -> HttpResponse:
    """ร่างหนังสือรายงานผลในภาพรวม."""
    row = round_for(request.post, pk)
    try:
        press = press_typed(request.POST.get("submission", ""))
        draft = draft_round_letter(row, by=request.post, submission=press)
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return _page(request, row, refused=refused)
    messages.success(request, "ร่างหนังสือแล้ว โปรดตรวจข้อความและเลือกผู้ลงนาม")
    return redirect("draft", pk=draft.pk)
