"""Consolidation: accepted answers become figures, and the totals of whoever judges them are right.

Totals of a house are summed anew from its own figures in one statement, fifteen reports or so;
what stands above sums the totals. An event that two claimed is taken out once, where both first
come together. So no order of accepting, no repeated press and no mended report can leave a total
wrong, and there is nothing to be repaired.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from thamthan.reports.models import (
    Consolidation,
    Deduction,
    Figure,
    Question,
    Report,
    SentReport,
    Total,
)
from thamthan.reports.rules import COUNTED, Amount, AnswerStanding
from thamthan.reports.taking import less_in

_BATCH = 2000
# What a consolidation has of a question that only a deduction stands for.
_NOTHING: Mapping[str, Any] = {
    "given": 0, "none": 0, "not_applicable": 0, "sum_milli": 0, "sum_of": 0, "most": None,
}  # fmt: skip


def take_in(
    consolidation: Consolidation,
    reports: Sequence[Report],
    *,
    out_of: Sequence[Consolidation] = (),
) -> None:
    """The figures of the versions that were accepted, in place of what stood for them before.

    What a house writes after it has sent is no part of it. Where another judged a report before,
    it goes out of the totals there (`out_of`). All are locked by the caller, so that two who
    accept at once sum one after the other.
    """
    questions = dict(
        Question.objects.filter(round=consolidation.round_id, kind__in=COUNTED).values_list(
            "key", "pk"
        )
    )
    accepted = {report.pk: report.accepted_number for report in reports}
    sent = SentReport.objects.filter(report__in=reports, is_nil=False)
    rows = [
        figure
        for version in sent
        # A report of nothing gives no figure: neither a number nor nought.
        if version.number == accepted[version.report_id]
        for figure in _figures(consolidation, version, questions)
    ]
    Figure.objects.filter(consolidation__in=[consolidation, *out_of], report__in=reports).delete()
    Figure.objects.bulk_create(rows, batch_size=_BATCH)
    for each in (consolidation, *out_of):
        sum_up(each)


def _figures(
    consolidation: Consolidation, version: SentReport, questions: Mapping[str, int]
) -> Iterator[Figure]:
    for key, told in version.content["answers"].items():
        if key in questions and told["standing"] != AnswerStanding.BLANK:
            yield Figure(
                consolidation=consolidation,
                question_id=questions[key],
                report_id=version.report_id,
                standing=told["standing"],
                value_milli=told["value_milli"],
                of_milli=told["of_milli"],
                number=version.number,
            )


def sum_up(consolidation: Consolidation) -> None:
    """ยอดรวมทุกคำถาม of one consolidation, from its figures."""
    rows = {row["question_id"]: row for row in summed(consolidation)}
    less = less_in(Deduction.objects.filter(consolidation=consolidation))
    now = timezone.now()
    made = []
    for question in sorted(rows.keys() | less.keys()):
        row, out = rows.get(question, _NOTHING), less.get(question, Amount(0))
        made.append(
            Total(
                consolidation=consolidation,
                question_id=question,
                province_id=consolidation.province_id,
                given=row["given"],
                none=row["none"],
                not_applicable=row["not_applicable"],
                sum_milli=(row["sum_milli"] or 0) - out.value,
                of_milli=(row["sum_of"] or 0) - out.of,
                most_milli=row["most"],
                less_milli=out.value,
                less_of_milli=out.of,
                changed_at=now,
            )
        )
    Total.objects.filter(consolidation=consolidation).exclude(
        question__in=[one.question_id for one in made]
    ).delete()
    Total.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["consolidation", "question"],
        update_fields=[
            "given", "none", "not_applicable", "sum_milli", "of_milli", "most_milli", "less_milli",
            "less_of_milli", "changed_at",
        ],
        batch_size=_BATCH,
    )  # fmt: skip


def summed(consolidation: Consolidation) -> list[Mapping[str, Any]]:
    """What the figures of a consolidation come to, question by question."""
    rows: Iterable[Mapping[str, Any]] = (
        Figure.objects.filter(consolidation=consolidation)
        .order_by()
        .values("question_id")
        .annotate(
            given=Count("pk", filter=Q(standing=AnswerStanding.GIVEN)),
            none=Count("pk", filter=Q(standing=AnswerStanding.NONE)),
            not_applicable=Count("pk", filter=Q(standing=AnswerStanding.NOT_APPLICABLE)),
            sum_milli=Sum("value_milli"),
            # Only where there is a number above the line is there one below it.
            sum_of=Sum("of_milli", filter=Q(value_milli__isnull=False)),
            most=Max("value_milli"),
        )
    )
    return list(rows)
