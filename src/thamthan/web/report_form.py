"""One's own report: every question with what the system knows, saved, sent, or reported as nil."""

from typing import TYPE_CHECKING, Any

import uuid6
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from thamthan.errors import Refused
from thamthan.reports.actions import (
    fill_report,
    propose_report,
    save_and_submit,
    save_answers,
    submit_nil_report,
)
from thamthan.reports.queries import (
    agreement_of,
    agrees_here,
    due_line,
    form_lines,
    is_own_report,
    last_proposal,
    report_for,
    versions_of,
)
from thamthan.reports.rules import (
    COUNTED,
    MOST_TABLE_ROWS,
    Agrees,
    AnswerStanding,
    QuestionKind,
    may_agree,
)
from thamthan.web.doors import PostRequest, acting
from thamthan.web.report_fields import (
    FormTyped,
    doubts_told,
    field_of,
    fields_told,
    form_typed,
    knows_words,
    line_told,
    told,
)
from thamthan.web.report_rows import table_told
from thamthan.web.typed import press_typed, whole_typed

if TYPE_CHECKING:
    from thamthan.reports.actions import Conflict
    from thamthan.reports.models import Report

_FILLED = COUNTED | {QuestionKind.TEXT}


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: PostRequest, pk: int) -> HttpResponse:
    """รายงานผลการดำเนินงาน of one's own house; whoever judges it is shown what was sent."""
    row = report_for(request.post, pk)
    if not is_own_report(request.post, row):
        return redirect("report-review", pk=pk)
    if request.method == "POST":
        return _posted(request, row)
    return _page(request, row)


def _posted(request: PostRequest, row: "Report") -> HttpResponse:
    post, given = request.post, request.POST
    deed = given.get("deed", "save")
    typed: FormTyped | None = None
    conflicts: list[Conflict] = []
    try:
        if deed == "nil":
            return _nil(request, row)
        typed = form_typed(given, row)
        if deed == "send" and not typed.problems:
            _, conflicts = save_and_submit(
                row,
                typed.answers,
                by=post,
                press=press_typed(given.get("press", "")) or uuid6.uuid7(),
                on_behalf=given.get("on_behalf", ""),
            )
            if conflicts:
                return _page(request, row, typed=typed, conflicts=conflicts, status=422)
            messages.success(request, f"ส่งรายงานให้{row.giver.short_name}แล้ว")
            return redirect("reports")
        fill_report(row, by=post)
        saved, conflicts = save_answers(row, typed.answers, by=post)
        if typed.problems or conflicts:
            return _page(request, row, typed=typed, conflicts=conflicts, status=422)
        if deed == "propose":
            propose_report(saved, by=post, seen_version=saved.version)
            messages.success(request, "เสนอแล้ว เมื่อเห็นชอบ รายงานจะถูกส่งทันที")
            return redirect("reports")
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return _page(
            request, row, refused=refused, typed=typed, conflicts=conflicts,
            status=refused.status,
        )  # fmt: skip
    messages.success(request, "บันทึกแล้ว ยังไม่ได้ส่ง")
    return redirect("report", pk=row.pk)


def _nil(request: PostRequest, row: "Report") -> HttpResponse:
    """That there is no result, sent; or put up for agreement, where the house wants it."""
    post, given = request.post, request.POST
    seen, why = whole_typed(given.get("version", ""), most=9) or 0, given.get("why", "")
    if _must_propose(request):
        propose_report(row, by=post, seen_version=seen, nil_why=why)
        messages.success(request, "เสนอว่าไม่มีผลแล้ว เมื่อเห็นชอบจะถูกส่งทันที")
        return redirect("reports")
    submit_nil_report(
        row,
        by=post,
        seen_version=seen,
        press=press_typed(given.get("press", "")) or uuid6.uuid7(),
        why=why,
        on_behalf=given.get("on_behalf", ""),
    )
    messages.success(request, "ส่งรายงานว่าไม่มีผลการดำเนินงานแล้ว")
    return redirect("reports")


def _must_propose(request: PostRequest) -> bool:
    agrees = agreement_of(request.post)
    return agrees != Agrees.NOBODY and not may_agree(agrees, request.post.role)


@acting
@require_POST
def report_answers(request: PostRequest, pk: int) -> JsonResponse:
    """บันทึกขณะกรอก: the fields that were sent, each kept, quarrelled over, or wrong in words."""
    row = report_for(request.post, pk)
    try:
        fill_report(row, by=request.post)
        typed = form_typed(request.POST, row)
        saved, conflicts = save_answers(row, typed.answers, by=request.post)
    except Refused as refused:
        return JsonResponse(
            {"message": refused.message, "code": refused.code}, status=refused.status
        )
    return JsonResponse(_saved_told(request, saved, typed, conflicts))


def _saved_told(
    request: PostRequest, saved: "Report", typed: FormTyped, conflicts: "list[Conflict]"
) -> dict[str, Any]:
    lines = {one.question.key: one for one in form_lines(request.post, saved)}
    against = {one.question.key: one for one in conflicts}
    return {
        "version": saved.version,
        "at": f"{timezone.localtime():%H.%M}",
        "versions": {key: lines[key].version for key in typed.answers},
        "problems": typed.problems,
        "conflicts": {
            key: {
                "words": told(one),
                "version": one.theirs.version,
                "fields": fields_told(one),
            }
            for key, one in against.items()
            if not one.clashes
        },
        "tables": {
            key: table_told(lines[key].question, lines[key].rows, rows, against.get(key))
            for key, rows in typed.tables.items()
        },
        "doubts": {key: doubts_told(one) for key, one in lines.items() if one.doubts},
        # What the system fills may be another thing now: a project was left out of the list.
        "filled": {
            key: line_told(one)
            for key, one in lines.items()
            if one.question.kind in _FILLED and not one.is_typed
        },
        "knows": {key: knows_words(one) for key, one in lines.items() if one.differs},
        "lacking": sum(
            one.question.is_required and one.standing == AnswerStanding.BLANK
            for one in lines.values()
        ),
    }


def _page(
    request: PostRequest,
    row: "Report",
    *,
    refused: Refused | None = None,
    typed: FormTyped | None = None,
    conflicts: "list[Conflict] | None" = None,
    status: int = 200,
) -> HttpResponse:
    post = request.post
    given = request.POST if request.method == "POST" else None
    against = {one.question.key: one for one in conflicts or ()}
    fields = [
        field_of(line, given, typed, against.get(line.question.key))
        for line in form_lines(post, row)
    ]
    blank = [
        one
        for one in fields
        if one.line.question.is_required and one.standing == AnswerStanding.BLANK
    ]
    row.refresh_from_db(fields=["version", "state"])
    return render(
        request,
        "reports/report.html",
        {
            "report": row,
            "fields": fields,
            "blank": blank,
            "due": due_line(post, row, now=timezone.now()),
            "versions": versions_of(post, row),
            "is_open": row.state != "accepted" and row.round.closed_at is None,
            "must_propose": _must_propose(request),
            "agrees": agrees_here(post),
            "proposal": last_proposal(post, row),
            "press": request.POST.get("press") or str(uuid6.uuid7()),
            "typed": request.POST,
            "problems": [(one, one.problem) for one in fields if one.problem],
            "conflicts": [one for one in fields if one.theirs],
            "most_rows": MOST_TABLE_ROWS,
            "unsure": [one for one in fields if any(not is_sure for _, is_sure in one.line.doubts)],
            "refused": refused,
        },
        status=status,
    )
