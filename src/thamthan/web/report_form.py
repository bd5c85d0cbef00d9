"""One's own report: every question with what the system knows, saved, sent, or reported as nil."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import uuid6
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from thamthan.errors import Refused
from thamthan.projects.rules import in_digits, milli_of
from thamthan.reports.actions import (
    Given,
    fill_report,
    save_answers,
    submit_nil_report,
    submit_report,
)
from thamthan.reports.queries import due_line, form_lines, is_own_report, report_for, versions_of
from thamthan.reports.rules import COUNTED, AnswerStanding, QuestionKind
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import press_typed, whole_typed

if TYPE_CHECKING:
    from django.http import QueryDict

    from thamthan.reports.actions import Conflict
    from thamthan.reports.models import Question, Report
    from thamthan.reports.queries import FormLine

_TYPED = (QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.SHARE, QuestionKind.TEXT)


@dataclass(frozen=True, slots=True)
class Field:
    """ช่องหนึ่งของแบบ: the question, what stands in it, and what is wrong with what was typed."""

    line: "FormLine"
    value: str
    of: str
    text: str
    standing: str
    seen: int
    problem: str = ""
    theirs: str = ""


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
    problems: dict[str, str] = {}
    conflicts: list[Conflict] = []
    try:
        if deed == "nil":
            submit_nil_report(
                row,
                by=post,
                seen_version=whole_typed(given.get("version", ""), most=9) or 0,
                press=press_typed(given.get("press", "")) or uuid6.uuid7(),
                why=given.get("why", ""),
                on_behalf=given.get("on_behalf", ""),
            )
            messages.success(request, "ส่งรายงานว่าไม่มีผลการดำเนินงานแล้ว")
            return redirect("reports")
        fill_report(row, by=post)
        answers, problems = _answers(given, row)
        saved, conflicts = save_answers(row, answers, by=post)
        if problems or conflicts:
            return _page(request, row, problems=problems, conflicts=conflicts, status=422)
        if deed == "send":
            submit_report(
                saved,
                by=post,
                seen_version=saved.version,
                press=press_typed(given.get("press", "")) or uuid6.uuid7(),
                on_behalf=given.get("on_behalf", ""),
            )
            messages.success(request, f"ส่งรายงานให้{row.giver.short_name}แล้ว")
            return redirect("reports")
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return _page(
            request, row, refused=refused, problems=problems, conflicts=conflicts,
            status=refused.status,
        )  # fmt: skip
    messages.success(request, "บันทึกแล้ว ยังไม่ได้ส่ง")
    return redirect("report", pk=row.pk)


@acting
@require_POST
def report_answers(request: PostRequest, pk: int) -> JsonResponse:
    """บันทึกขณะกรอก: the fields that were sent, each kept, quarrelled over, or wrong in words."""
    row = report_for(request.post, pk)
    try:
        fill_report(row, by=request.post)
        answers, problems = _answers(request.POST, row)
        saved, conflicts = save_answers(row, answers, by=request.post)
    except Refused as refused:
        return JsonResponse(
            {"message": refused.message, "code": refused.code}, status=refused.status
        )
    lines = form_lines(request.post, saved)
    return JsonResponse(
        {
            "version": saved.version,
            "at": f"{timezone.localtime():%H.%M}",
            "versions": {
                one.question.key: one.version for one in lines if one.question.key in answers
            },
            "problems": problems,
            "conflicts": {
                one.question.key: {
                    "words": _told(one),
                    "version": one.theirs.version,
                    "fields": _fields_of(one),
                }
                for one in conflicts
            },
            "lacking": sum(
                one.question.is_required and one.standing == AnswerStanding.BLANK for one in lines
            ),
        }
    )


def _fields_of(conflict: "Conflict") -> dict[str, str]:
    """What another wrote, as the fields of the page hold it."""
    theirs = conflict.theirs
    is_number = theirs.standing == AnswerStanding.GIVEN and theirs.value_milli is not None
    return {
        "n": in_digits(theirs.value_milli) if is_number and theirs.value_milli is not None else "",
        "o": in_digits(theirs.of_milli) if theirs.of_milli is not None else "",
        "t": theirs.text,
        "s": theirs.standing if theirs.standing != AnswerStanding.BLANK else "given",
    }


def _answers(given: "QueryDict", row: "Report") -> tuple[dict[str, Given], dict[str, str]]:
    """What was typed, by question, and what is wrong with it; fields that were not sent stay."""
    answers, problems = {}, {}
    for question in row.round.questions.filter(kind__in=_TYPED):
        if f"s-{question.key}" not in given:
            continue
        try:
            answers[question.key] = _answer(given, question)
        except Refused as refused:
            problems[question.key] = refused.message
    return answers, problems


def _answer(given: "QueryDict", question: "Question") -> Given:
    key = question.key
    seen = whole_typed(given.get(f"v-{key}", ""), most=9) or 0
    standing = given.get(f"s-{key}", "")
    if standing in {AnswerStanding.NONE, AnswerStanding.NOT_APPLICABLE}:
        return Given(AnswerStanding(standing), seen)
    if question.kind == QuestionKind.TEXT:
        text = given.get(f"t-{key}", "").replace("\r\n", "\n").strip()
        return Given(AnswerStanding.GIVEN if text else AnswerStanding.BLANK, seen, text=text)
    value = milli_of(given.get(f"n-{key}", "")[:60])
    if value is None:
        return Given(AnswerStanding.BLANK, seen)
    of = milli_of(given.get(f"o-{key}", "")[:60], of="ตัวหาร")
    return Given(
        AnswerStanding.GIVEN, seen, value, of if question.kind == QuestionKind.SHARE else None
    )


def _page(
    request: PostRequest,
    row: "Report",
    *,
    refused: Refused | None = None,
    problems: dict[str, str] | None = None,
    conflicts: "list[Conflict] | None" = None,
    status: int = 200,
) -> HttpResponse:
    post = request.post
    given = request.POST if request.method == "POST" else None
    against = {one.question.key: one for one in conflicts or ()}
    fields = [
        _field(line, given, (problems or {}).get(line.question.key, ""), against)
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
            "press": request.POST.get("press") or str(uuid6.uuid7()),
            "typed": request.POST,
            "problems": [(one, one.problem) for one in fields if one.problem],
            "conflicts": [one for one in fields if one.theirs],
            "refused": refused,
        },
        status=status,
    )


def _field(
    line: "FormLine", given: "QueryDict | None", problem: str, against: "dict[str, Conflict]"
) -> Field:
    question = line.question
    key = question.key
    value = in_digits(line.value_milli) if line.value_milli is not None else ""
    of = in_digits(line.of_milli) if line.of_milli is not None else ""
    text, standing, seen = line.text, line.standing, line.version
    if given is not None and f"s-{key}" in given:
        value, of = given.get(f"n-{key}", value), given.get(f"o-{key}", of)
        text, standing = given.get(f"t-{key}", text), given.get(f"s-{key}", standing)
    theirs = ""
    if key in against:
        theirs = _told(against[key])
    elif given is not None and problem:
        seen = whole_typed(given.get(f"v-{key}", ""), most=9) or 0
    return Field(line, value, of, text, standing, seen, problem, theirs)


def _told(conflict: "Conflict") -> str:
    """What another wrote there, in words."""
    theirs = conflict.theirs
    if theirs.standing != AnswerStanding.GIVEN:
        said = AnswerStanding(theirs.standing).label
    elif conflict.question.kind in COUNTED:
        said = in_digits(theirs.value_milli or 0)
        if theirs.of_milli is not None:
            said += f" จาก {in_digits(theirs.of_milli)}"
    else:
        said = theirs.text
    return f"{said} ({theirs.changed_words})"
