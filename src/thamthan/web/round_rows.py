"""A table over all houses of a round: its rows, what its columns come to, and it as a file."""

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thamthan.errors import NotFound
from thamthan.reports.queries import (
    house_rows,
    round_for,
    rows_table,
    sum_words,
    table_questions,
    table_told,
)
from thamthan.reports.rules import cell_words, column_heading, columns_of, is_counted
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import long_table

if TYPE_CHECKING:
    from thamthan.reports.models import Question, Round

A_PAGE = 200


def _question(request: PostRequest, row: "Round", pk: int) -> "Question":
    for one in table_questions(request.post, row):
        if one.pk == pk:
            return one
    raise NotFound("ไม่พบตารางนี้ในรอบรายงาน")


@acting
@require_safe
def round_rows(request: PostRequest, pk: int, question_pk: int) -> HttpResponse:
    """ทุกแถวของตารางจากทุกหน่วยงาน, with the sums of its columns."""
    post, row = request.post, round_for(request.post, pk)
    question = _question(request, row, question_pk)
    columns = columns_of(question.columns)
    rows = [(one.report, each) for one in house_rows(post, row, question) for each in one.rows]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    told = table_told(post, row, question)
    return render(
        request,
        "reports/rows.html",
        {
            "round": row,
            "question": question,
            "told": told,
            "sums": [(one.column.text, sum_words(post, one)) for one in told.sums],
            "headings": [(column_heading(one), is_counted(one)) for one in columns],
            "page": page,
            "rows": [
                (
                    report,
                    [
                        (
                            column_heading(one),
                            cell_words(one, each.cells.get(one.key)),
                            is_counted(one),
                        )
                        for one in columns
                    ],
                )
                for report, each in page.object_list
            ],
        },
    )


@acting
@require_safe
def round_rows_table(
    request: PostRequest, pk: int, question_pk: int, form: str
) -> HttpResponseBase:
    """ตารางแนบของทุกหน่วยงานเป็นไฟล์ (XLSX, CSV, PDF)."""
    row = round_for(request.post, pk)
    question = _question(request, row, question_pk)
    table, rows = rows_table(request.post, row, question, now=timezone.now())
    return long_table(table, rows, form, f"round-{row.pk}-{question.pk}")
