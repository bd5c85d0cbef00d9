"""Taking out: of an event that two claimed, what one of them has is counted once."""

from django.db.models import QuerySet

from thamthan.reports.models import Deduction, Figure
from thamthan.reports.rules import Amount, AnswerStanding, Less, SharedState, less_of


def less_in(deductions: QuerySet[Deduction]) -> dict[int, Amount]:
    """ยอดหักซ้ำของแต่ละคำถาม: what these really take out, by the figures as they are now.

    Others that take from the same reports are reckoned with, wherever they stand: together they
    take no more than there is.
    """
    mine = set(deductions.filter(event__state=SharedState.SAME).values_list("pk", flat=True))
    if not mine:
        return {}
    reports = Deduction.objects.filter(pk__in=mine).values("event__shared")
    rows = list(
        Deduction.objects.filter(
            event__state=SharedState.SAME, event__shared__in=reports
        ).select_related("event")
    )
    lines = [
        Less(
            row.pk,
            row.question_id,
            row.event.counted_id,
            row.event.shared_id,
            Amount(row.value_milli, row.of_milli),
        )
        for row in rows
    ]
    figures = Figure.objects.filter(
        report__in={key for line in lines for key in (line.counted, line.shared)},
        question__in={line.question for line in lines},
        standing=AnswerStanding.GIVEN,
        value_milli__isnull=False,
    )
    there = {
        (one.report_id, one.question_id): Amount(one.value_milli or 0, one.of_milli or 0)
        for one in figures
    }
    found: dict[int, Amount] = {}
    taken = less_of(lines, there)
    for line in lines:
        if line.pk in mine and line.pk in taken:
            before, out = found.get(line.question, Amount(0)), taken[line.pk]
            found[line.question] = Amount(before.value + out.value, before.of + out.of)
    return found
