"""From a total down to who gave it: of which districts, of which houses, of which version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models import Sum as SumOf

from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level
from thamthan.reports.models import Figure, Question, Report, Round, Total
from thamthan.reports.queries.doors import reports_of_round
from thamthan.reports.queries.totals import totals_below
from thamthan.reports.rules import AnswerStanding, Sum


@dataclass(frozen=True, slots=True)
class Place:
    """ยอดของพื้นที่หรือหน่วยงานหนึ่ง: its part of a total, and its report where it is one house's."""

    organisation: Organisation
    part: Sum
    report: Report | None = None
    number: int | None = None


def places_of(
    post: Post, round_: Round, question: Question, *, area: Organisation | None = None
) -> list[Place]:
    """ยอดมาจากที่ใดบ้าง: one level down from this post's house, or from that area below it.

    Of the country by provinces, of a province by those that judge below it, of a district by the
    houses themselves, each with the version of its report.
    """
    rows = totals_below(post, round_).filter(question=question)
    house = area or house_of(post)
    if house.level in {Level.MINISTRY, Level.DEPARTMENT}:
        return _by_province(rows)
    if house.level == Level.PROVINCE:
        mine = rows.filter(Q(province=house.pk) | Q(consolidation__organisation=house.pk)).exclude(
            consolidation__organisation=house.pk
        )
        below = [
            Place(each.consolidation.organisation, _part(each))
            for each in mine.select_related("consolidation__organisation").order_by(
                "consolidation__organisation__sort_key", "pk"
            )
        ]
        return below + _houses(post, round_, question, house)
    return _houses(post, round_, question, house)


def _by_province(rows: Iterable[Total]) -> list[Place]:
    query: Any = rows
    added: Iterable[Mapping[str, Any]] = (
        query.order_by()
        .values("province")
        .annotate(
            in_all=SumOf("given"),
            in_none=SumOf("none"),
            in_other=SumOf("not_applicable"),
            total=SumOf("sum_milli"),
            whole=SumOf("of_milli"),
        )
    )
    found = {row["province"]: row for row in added}
    names = Organisation.objects.filter(pk__in=[pk for pk in found if pk is not None])
    return [
        Place(
            one,
            Sum(
                given=found[one.pk]["in_all"],
                none=found[one.pk]["in_none"],
                not_applicable=found[one.pk]["in_other"],
                sum_milli=found[one.pk]["total"],
                of_milli=found[one.pk]["whole"],
            ),
        )
        for one in names.order_by("sort_key", "pk")
    ]


def _houses(post: Post, round_: Round, question: Question, giver: Organisation) -> list[Place]:
    figures = (
        Figure.objects.filter(
            question=question,
            consolidation__organisation=giver,
            report__in=reports_of_round(post, round_).values("pk"),
        )
        .select_related("report__organisation")
        .order_by("report__organisation__sort_key", "pk")
    )
    return [
        Place(each.report.organisation, _one(each), each.report, each.number) for each in figures
    ]


def _one(figure: Figure) -> Sum:
    if figure.standing == AnswerStanding.NONE:
        return Sum(none=1)
    if figure.standing == AnswerStanding.NOT_APPLICABLE:
        return Sum(not_applicable=1)
    return Sum(
        given=1,
        sum_milli=figure.value_milli or 0,
        of_milli=figure.of_milli or 0,
        most_milli=figure.value_milli,
    )


def _part(total: Total) -> Sum:
    return Sum(
        total.given,
        total.none,
        total.not_applicable,
        total.sum_milli,
        total.of_milli,
        total.most_milli,
    )
