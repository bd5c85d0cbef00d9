"""Reports as workbooks: one taken out to be filled in without a line, one or many brought back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import Refused
from thamthan.reports.actions import MOST_FILES, merge_workbooks
from thamthan.reports.queries import report_for, report_workbook
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import KINDS
from thamthan.web.orders import check_reads


@acting
@require_safe
def report_file(request: PostRequest, pk: int) -> HttpResponse:
    """แบบรายงานของหน่วยงานตนเป็น Excel."""
    row = report_for(request.post, pk)
    response = HttpResponse(report_workbook(request.post, row), content_type=KINDS["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="report-{row.pk}.xlsx"'
    return response


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def report_files(request: PostRequest) -> HttpResponse:
    """นำเข้าแบบที่กรอกใน Excel: what came of each file stands on the page, nothing in silence."""
    check_reads(request)
    merged, problem = [], ""
    if request.method == "POST":
        files = request.FILES.getlist("file")
        if not files:
            problem = "ยังไม่ได้เลือกไฟล์"
        elif len(files) > MOST_FILES:
            problem = f"นำเข้าได้ครั้งละไม่เกิน {MOST_FILES} ไฟล์"
        else:
            try:
                merged = merge_workbooks(
                    ((file.name or "", file.read()) for file in files), by=request.post
                )
            except Refused as refused:
                if refused.status in {403, 404}:
                    raise
                problem = refused.message
    return render(
        request,
        "reports/files.html",
        {"merged": merged, "problem": problem},
        status=422 if problem else 200,
    )
