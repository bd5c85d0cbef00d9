"""What a round tells whoever reads it: what stands out, and the figures of the reporting itself."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thamthan.reports.queries import (
    TimelyLine,
    days_words,
    hours_words,
    reported,
    reporting_chart,
    reporting_figures,
    reporting_table,
    round_for,
    standing_out,
)
from thamthan.reports.rules import shipped_minutes
from thamthan.web.chart_drawing import ROW, drawn_states
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import handed_over
from thamthan.web.round_questions import drawn_chart
from thamthan.writing import shortened, tone_of


@acting
@require_safe
def round_outstanding(request: PostRequest, pk: int) -> HttpResponse:
    """สิ่งที่เด่นของรอบ: far from the others, changed the most, told by many, the two ends."""
    row, now = round_for(request.post, pk), timezone.now()
    return render(
        request,
        "reports/outstanding.html",
        {
            "round": row,
            "came": reported(request.post, row, now=now),
            "found": standing_out(request.post, row, now=now),
        },
    )


@acting
@require_safe
def round_figures(request: PostRequest, pk: int) -> HttpResponse:
    """ตัวเลขของการรายงาน: complete, in time, how long it took, sent back, the burden; by place."""
    row, now = round_for(request.post, pk), timezone.now()
    found = reporting_figures(request.post, row, now=now)
    chart = reporting_chart(request.post, row, found, now=now)
    rule = shipped_minutes()
    return render(
        request,
        "reports/figures.html",
        {
            "round": row,
            "found": found,
            "days": days_words(request.post, found.whole),
            "hours": hours_words(request.post, found.whole),
            "tables": [
                (caption, _told(request, lines))
                for caption, lines in (
                    ("ตามหน่วยงาน" if found.are_houses else "ตามพื้นที่", found.places),
                    ("ตามระดับ", found.levels if len(found.levels) > 1 else []),
                    ("ตามงวด", found.rounds),
                )
                if lines
            ],
            "chart": chart,
            "states": [
                (name, tone_of(at, len(chart.states))) for at, name in enumerate(chart.states)
            ],
            "drawn": drawn_states(chart),
            "drawn_high": len(chart.rows) * ROW,
            "rule": rule,
            "minutes": [
                (kind.label, count, rule.known[kind]) for kind, count in rule.typed.items()
            ],
        },
    )


def _told(request: PostRequest, lines: list[TimelyLine]) -> list[tuple[TimelyLine, str, str]]:
    post = request.post
    return [(one, days_words(post, one.timely), hours_words(post, one.timely)) for one in lines]


@acting
@require_safe
def round_figures_file(request: PostRequest, pk: int, form: str) -> HttpResponseBase:
    """ตัวเลขของการรายงานเป็น XLSX, CSV, PDF; its chart as PNG or SVG."""
    row, now = round_for(request.post, pk), timezone.now()
    if form in {"png", "svg"}:
        found = reporting_figures(request.post, row, now=now)
        chart = reporting_chart(request.post, row, found, now=now) if found.places else None
        return drawn_chart(chart and shortened(chart), form, f"round-{row.pk}-figures")
    table = reporting_table(request.post, row, now=now)
    return handed_over(table, form, f"round-{row.pk}-figures")
