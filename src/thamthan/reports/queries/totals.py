"""ยอดรวม: what the accepted reports below a house come to, and who is missing from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models import Sum as SumOf

from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level
from thamthan.reports.models import (
    Consolidation,
    Deduction,
    Figure,
    Question,
    Report,
    Round,
    Total,
)
from thamthan.reports.queries.doors import reports_of_round, reports_seen_by, round_for
from thamthan.reports.rules import Amount, AnswerStanding, ReportState, Sum
from thamthan.reports.taking import less_in


@dataclass(frozen=True, slots=True)
class Reported:
    """ใครรายงานแล้ว: of how many, how many came, were accepted, said nil, came late, are missing.

    `due_at` is the latest day that any of these houses was given.
    """

    owed: int
    sent: int
    judged: int
    accepted: int
    nil: int
    returned: int
    late: int
    overdue: int
    due_at: datetime | None = None

    @property
    def waiting(self) -> int:
        """How many were sent and not judged yet, a first or a mended one."""
        return self.sent - self.judged

    @property
    def words(self) -> str:
        return f"รายงานแล้ว {self.sent:,} จาก {self.owed:,} แห่ง"


def reported(
    post: Post,
    round_: Round,
    *,
    now: datetime,
    below: str = "",
    among: QuerySet[Report] | None = None,
) -> Reported:
    """จำนวนที่รายงานแล้ว, of the houses below this post's (or below that path)."""
    rows = _below(post, round_, below=below, among=among).order_by()
    return Reported(**rows.aggregate(**_counts(now)))


def reported_in(post: Post, rounds: Iterable[Round], *, now: datetime) -> Mapping[int, Reported]:
    """จำนวนที่รายงานแล้วของหลายรอบ, by round, in one question."""
    house = post.organisation.house_path
    rows: Iterable[Mapping[str, Any]] = (
        reports_seen_by(post)
        .filter(round__in=list(rounds))
        .exclude(organisation__path=house)
        .order_by()
        .values("round_id")
        .annotate(**_counts(now))
    )
    return {row["round_id"]: Reported(**{name: row[name] for name in _counts(now)}) for row in rows}


def _counts(now: datetime) -> dict[str, Count | Max]:
    came = Q(state__in=[ReportState.SUBMITTED, ReportState.ACCEPTED])
    return {
        "owed": Count("pk"),
        "sent": Count("pk", filter=came),
        "judged": Count("pk", filter=Q(state=ReportState.ACCEPTED)),
        "accepted": Count("pk", filter=Q(accepted_number__isnull=False)),
        "nil": Count("pk", filter=Q(is_nil=True) & came),
        "returned": Count("pk", filter=Q(state=ReportState.RETURNED)),
        "late": Count("pk", filter=Q(first_sent_at__gt=F("due_at"))),
        "overdue": Count("pk", filter=Q(first_sent_at=None, due_at__lt=now)),
        "due_at": Max("due_at"),
    }


def _below(
    post: Post, round_: Round, *, below: str = "", among: QuerySet[Report] | None = None
) -> QuerySet[Report]:
    """Reports of the houses below, of one round; not of the asker's own."""
    seen = reports_of_round(post, round_) if among is None else among
    rows = seen.exclude(organisation__path=post.organisation.house_path)
    return rows.filter(organisation__path__startswith=below) if below else rows


def missing_reports(
    post: Post, round_: Round, *, among: QuerySet[Report] | None = None
) -> QuerySet[Report]:
    """ใครยังไม่รายงาน: never sent, or sent back and not sent again; the longest overdue first."""
    return (
        _below(post, round_, among=among)
        .filter(state__in=[ReportState.OPEN, ReportState.RETURNED])
        .order_by(F("due_at").asc(nulls_last=True), "organisation__sort_key", "pk")
    )


def totals_of(post: Post, round_: Round) -> Mapping[int, Sum]:
    """ยอดรวมรายคำถาม over every accepted report below this post's house, by question.

    Sums the totals of each house that judges: one's own, those of districts below a province, all
    of the country for whoever asked first.
    """
    return totals_of_seen(post, round_for(post, round_.pk))


def totals_of_seen(post: Post, round_: Round) -> Mapping[int, Sum]:
    """ยอดรวมรายคำถาม as `totals_of` gives it; the round came through its door."""
    return {row["question_id"]: _sum(row) for row in _added(totals_below(post, round_))}


def sum_below(post: Post, round_: Round, question: Question) -> Sum:
    """ยอดรวมของคำถามหนึ่ง; the round was seen already."""
    for row in _added(totals_below(post, round_).filter(question=question)):
        return _sum(row)
    return Sum()


def totals_below(post: Post, round_: Round) -> QuerySet[Total]:
    """ยอดรวมของทุกหน่วยงานที่รวมผลอยู่ใต้หน่วยงานนี้, its own too; the round was seen already."""
    house = house_of(post)
    if house.pk == round_.organisation_id:
        # The questions by name: of a question within a question a database cannot tell how few
        # they are, and reads the totals of every round there ever was.
        return Total.objects.filter(question__in=[one.pk for one in round_.questions.all()])
    mine = Q(organisation__path__startswith=house.path)
    if house.level == Level.PROVINCE:
        mine = Q(province=house.pk)
    of_houses = Consolidation.objects.filter(mine, round=round_)
    return Total.objects.filter(consolidation__in=list(of_houses.values_list("pk", flat=True)))


def _added(rows: QuerySet[Total]) -> Iterable[Mapping[str, Any]]:
    added: Iterable[Mapping[str, Any]] = (
        rows.order_by()
        .values("question_id")
        .annotate(
            in_all=SumOf("given"),
            in_none=SumOf("none"),
            in_other=SumOf("not_applicable"),
            total=SumOf("sum_milli"),
            whole=SumOf("of_milli"),
            most=Max("most_milli"),
            less=SumOf("less_milli"),
            less_of=SumOf("less_of_milli"),
        )
    )
    return added


def _sum(row: Mapping[str, Any]) -> Sum:
    return Sum(
        given=int(row["in_all"] or 0),
        none=int(row["in_none"] or 0),
        not_applicable=int(row["in_other"] or 0),
        sum_milli=int(row["total"] or 0),
        of_milli=int(row["whole"] or 0),
        most_milli=row["most"],
        less_milli=int(row.get("less") or 0),
        less_of_milli=int(row.get("less_of") or 0),
    )


def totals_from_figures(post: Post, round_: Round) -> Mapping[int, Sum]:
    """ยอดรวมที่คำนวณใหม่จากทุกตัวเลข: what the totals must be; for checking them."""
    round_for(post, round_.pk)
    rows = (
        Figure.objects.filter(question__in=Question.objects.filter(round=round_).values("pk"))
        .order_by()
        .values("question_id")
        .annotate(
            in_all=Count("pk", filter=Q(standing=AnswerStanding.GIVEN)),
            in_none=Count("pk", filter=Q(standing=AnswerStanding.NONE)),
            in_other=Count("pk", filter=Q(standing=AnswerStanding.NOT_APPLICABLE)),
            total=SumOf("value_milli"),
            whole=SumOf("of_milli", filter=Q(value_milli__isnull=False)),
            most=Max("value_milli"),
        )
    )
    deductions = Deduction.objects.filter(event__round=round_)
    house = house_of(post)
    if house.pk != round_.organisation_id:
        rows = rows.filter(consolidation__organisation__path__startswith=house.path)
        deductions = deductions.filter(consolidation__organisation__path__startswith=house.path)
    less = less_in(deductions)
    return {
        row["question_id"]: _less(_sum(row), less.get(row["question_id"], Amount(0)))
        for row in rows
    }


def _less(total: Sum, out: Amount) -> Sum:
    return replace(
        total,
        sum_milli=total.sum_milli - out.value,
        of_milli=total.of_milli - out.of,
        less_milli=out.value,
        less_of_milli=out.of,
    )
