"""Reports as papers and as workbooks: one's own, the round's, and filled-in ones brought back."""

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from ninja import Field, File, Query, Router, Schema, UploadedFile

from thamthan.api.kinds import Key
from thamthan.api.problems import PROBLEMS, Problem, upload_cut_short
from thamthan.api.report_rows import conflict_told
from thamthan.api.tokens import ApiRequest
from thamthan.reports.actions import merge_workbooks
from thamthan.reports.queries import (
    draft_paper,
    report_for,
    report_paper,
    report_workbook,
    round_for,
    round_paper,
)
from thamthan.writing.reports import write_report, write_report_docx

if TYPE_CHECKING:
    from thamthan.reports.actions import Merged
    from thamthan.writing.report_facts import ReportPaper

router = Router(tags=["reports"])
PaperKind = Literal["pdf", "docx"]
_OFFICE = "application/vnd.openxmlformats-officedocument"
_KINDS: dict[PaperKind, str] = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
}
_WORKBOOK = f"{_OFFICE}.spreadsheetml.sheet"


def _file_of(*media_types: str) -> dict[str, Any]:
    """What the description says of an answer that is a file."""
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {"responses": {200: {"content": dict.fromkeys(media_types, schema)}}}


_PAPER = _file_of(*_KINDS.values())


class PaperWanted(Schema):
    kind: PaperKind = "pdf"


class SentPaperWanted(PaperWanted):
    number: int | None = Field(None, ge=1, le=32_767, description="the last, if left out")


class MergedOut(Schema):
    """ผลการนำเข้าแบบหนึ่งไฟล์: what was taken over, and what a person must look at."""

    name: str
    report: int | None
    changed: int = Field(description="answers taken over")
    conflicts: dict[str, str] = Field(description="by question, what another wrote since")
    problems: dict[str, str] = Field(description="by question, why it could not be read")
    is_sent: bool
    why_not_sent: str
    refused: str = Field(description="why nothing of this file was taken over; else empty")


class MergedFilesOut(Schema):
    """ผลการนำเข้า, file by file in the order they came."""

    items: list[MergedOut]


@router.get("/reports/{report_id}/paper", response={200: None, **PROBLEMS}, openapi_extra=_PAPER)
def get_report_paper(
    request: ApiRequest, report_id: Key, wanted: Query[SentPaperWanted]
) -> HttpResponse:
    """รายงานที่ส่งแล้วเป็น PDF หรือ DOCX: the last version, or that number."""
    row = report_for(request.auth, report_id)
    paper = report_paper(request.auth, row, number=wanted.number, now=timezone.now())
    return _paper(paper, wanted.kind, f"report-{row.pk}")


@router.get(
    "/reports/{report_id}/draft-paper", response={200: None, **PROBLEMS}, openapi_extra=_PAPER
)
def get_draft_paper(
    request: ApiRequest, report_id: Key, wanted: Query[PaperWanted]
) -> HttpResponse:
    """ร่างรายงานของหน่วยงานตนเป็น PDF หรือ DOCX, marked as one."""
    row = report_for(request.auth, report_id)
    paper = draft_paper(request.auth, row, now=timezone.now())
    return _paper(paper, wanted.kind, f"report-{row.pk}-draft")


@router.get("/rounds/{round_id}/paper", response={200: None, **PROBLEMS}, openapi_extra=_PAPER)
def get_round_paper(request: ApiRequest, round_id: Key, wanted: Query[PaperWanted]) -> HttpResponse:
    """รายงานสรุปผลในภาพรวมเป็น PDF หรือ DOCX."""
    row = round_for(request.auth, round_id)
    paper = round_paper(request.auth, row, now=timezone.now())
    return _paper(paper, wanted.kind, f"round-{row.pk}")


@router.get(
    "/reports/{report_id}/workbook",
    response={200: None, **PROBLEMS},
    openapi_extra=_file_of(_WORKBOOK),
)
def get_workbook(request: ApiRequest, report_id: Key) -> HttpResponse:
    """แบบรายงานของหน่วยงานตนเป็น Excel, to be filled in without a line."""
    row = report_for(request.auth, report_id)
    content = report_workbook(request.auth, row)
    return _file(content, _WORKBOOK, f"report-{row.pk}.xlsx")


@router.post("/report-workbooks", response={200: MergedFilesOut, **PROBLEMS, 413: Problem})
def post_workbooks(request: ApiRequest, files: File[list[UploadedFile]]) -> MergedFilesOut:
    """นำเข้าแบบที่กรอกใน Excel: each by itself; the same file again changes and sends nothing."""
    cut_short = upload_cut_short(request)
    if cut_short is not None:
        raise cut_short
    given = ((file.name or "", file.read()) for file in files)
    return MergedFilesOut(items=[_merged(one) for one in merge_workbooks(given, by=request.auth)])


def _merged(one: "Merged") -> MergedOut:
    return MergedOut(
        name=one.name,
        report=one.report.pk if one.report is not None else None,
        changed=one.changed,
        conflicts={each.question.key: conflict_told(each) for each in one.conflicts},
        problems=one.problems,
        is_sent=one.is_sent,
        why_not_sent=one.why_not_sent,
        refused=one.refused,
    )


def _paper(paper: "ReportPaper", kind: PaperKind, name: str) -> HttpResponse:
    content = write_report(paper) if kind == "pdf" else write_report_docx(paper)
    return _file(content, _KINDS[kind], f"{name}.{kind}")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    # What is printed changes with every report: nothing on the way keeps it.
    response["Cache-Control"] = "private, no-store"
    return response
