"""One question of a round: where its total comes from, drawn and as a table, down to the report."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thamthan.errors import NotFound
from thamthan.reports.queries import (
    organisation_in_round,
    question_chart,
    round_for,
    rounds_chart,
    shown_places,
    totals_of,
)
from thamthan.reports.rules import COUNTED, Sum
from thamthan.web.chart_drawing import ROW, drawn_bars, drawn_points
from thamthan.web.doors import PostRequest, acting
from thamthan.writing import Chart, shortened, write_chart

if TYPE_CHECKING:
    from thamthan.organisations.models import Organisation
    from thamthan.reports.models import Question, Round
    from thamthan.reports.queries import Shown

PICTURES = {"png": "image/png", "svg": "image/svg+xml"}


def _asked(
    request: PostRequest, pk: int, question_pk: int
) -> "tuple[Round, Question, Organisation | None]":
    row = round_for(request.post, pk)
    question = row.questions.filter(pk=question_pk, kind__in=COUNTED).first()
    if question is None:
        raise NotFound("ไม่พบคำถามนี้ในรอบรายงาน")
    code = request.GET.get("area", "")
    return row, question, organisation_in_round(request.post, row, code) if code else None


def _rows(
    request: PostRequest, row: "Round", question: "Question", area: "Organisation | None"
) -> "list[Shown]":
    rows = shown_places(request.post, row, question, area=area)
    if request.GET.get("sort") == "value":
        # Who gave no number comes last, whatever the order.
        rows.sort(key=lambda one: (one.value is None, -(one.value or 0)))
    return rows


@acting
@require_safe
def round_question(request: PostRequest, pk: int, question_pk: int) -> HttpResponse:
    """ยอดนี้มาจากที่ใด: from the total one level down, and on to the report of each house."""
    row, question, area = _asked(request, pk, question_pk)
    post, rows = request.post, _rows(request, row, question, area)
    chart = question_chart(post, row, question, rows, now=timezone.now(), area=area)
    over = rounds_chart(post, row, question) if area is None else None
    total = totals_of(post, row).get(question.pk, Sum())
    return render(
        request,
        "reports/question.html",
        {
            "round": row,
            "question": question,
            "area": area,
            "by_value": request.GET.get("sort") == "value",
            "rows": rows,
            "chart": chart,
            "bars": drawn_bars(chart),
            "bars_high": len(rows) * ROW,
            "over": over,
            "points": drawn_points(over) if over is not None else [],
            "total": total,
        },
    )


@acting
@require_safe
def round_question_chart(
    request: PostRequest, pk: int, question_pk: int, chart: str, form: str
) -> HttpResponse:
    """แผนภูมิของคำถามสำหรับสไลด์ (PNG, SVG): by place, or over the rounds."""
    row, question, area = _asked(request, pk, question_pk)
    post = request.post
    found: Chart | None = None
    if chart == "places":
        rows = _rows(request, row, question, area)
        made = question_chart(post, row, question, rows, now=timezone.now(), area=area)
        found = shortened(made) if rows else None
    elif chart == "rounds":
        found = rounds_chart(post, row, question)
    return drawn_chart(found, form, f"round-{row.pk}-{question.pk}-{chart}")


def drawn_chart(chart: Chart | None, form: str, name: str) -> HttpResponse:
    """A chart as a picture to keep."""
    if chart is None or form not in PICTURES:
        raise NotFound("ไม่มีแผนภูมินี้")
    picture = write_chart(chart, form="png" if form == "png" else "svg")
    response = HttpResponse(picture, content_type=PICTURES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
