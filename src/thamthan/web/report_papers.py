"""Reports on paper: one house's, one's own draft, and the report over many; as PDF and as Word."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from thamthan.errors import NotFound
from thamthan.reports.queries import (
    draft_paper,
    report_for,
    report_paper,
    round_for,
    round_paper,
)
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import KINDS
from thamthan.web.typed import whole_typed
from thamthan.writing.reports import write_report, write_report_docx

if TYPE_CHECKING:
    from thamthan.writing.report_facts import ReportPaper

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = {"pdf": KINDS["pdf"], "docx": _WORD}


@acting
@require_safe
def report(request: PostRequest, pk: int, kind: str) -> HttpResponse:
    """รายงานที่ส่งแล้วเป็นไฟล์: the last version, or that of `?number=`."""
    _check_kind(kind)
    row = report_for(request.post, pk)
    number = whole_typed(request.GET.get("number", ""), most=8)
    paper = report_paper(request.post, row, number=number, now=timezone.now())
    return _file(paper, kind, f"รายงาน-{row.organisation.short_name}-{row.pk}")


@acting
@require_safe
def report_draft(request: PostRequest, pk: int, kind: str) -> HttpResponse:
    """ร่างรายงานของหน่วยงานตนเป็นไฟล์."""
    _check_kind(kind)
    row = report_for(request.post, pk)
    paper = draft_paper(request.post, row, now=timezone.now())
    return _file(paper, kind, f"ร่างรายงาน-{row.organisation.short_name}-{row.pk}")


@acting
@require_safe
def round_(request: PostRequest, pk: int, kind: str) -> HttpResponse:
    """รายงานสรุปผลในภาพรวมเป็นไฟล์."""
    _check_kind(kind)
    row = round_for(request.post, pk)
    paper = round_paper(request.post, row, now=timezone.now())
    return _file(paper, kind, f"รายงานสรุปผล-{row.pk}")


def _check_kind(kind: str) -> None:
    if kind not in _KINDS:
        raise NotFound("ไม่มีไฟล์ชนิดนี้")


def _file(paper: "ReportPaper", kind: str, name: str) -> HttpResponse:
    content = write_report(paper) if kind == "pdf" else write_report_docx(paper)
    response = HttpResponse(content, content_type=_KINDS[kind])
    named = content_disposition_header(kind != "pdf", f"{name}.{kind}")
    response["Content-Disposition"] = named or "attachment"
    # What is printed changes with every report: nothing on the way keeps it.
    response["Cache-Control"] = "private, no-store"
    return response
