"""From a total down to who gave it: of which districts, of which houses, of which version."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet
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
    return places_of_all(post, round_, [question], area=area).get(question.pk, [])


def places_of_all(
    post: Post,
    round_: Round,
    questions: Collection[Question],
    *,
    area: Organisation | None = None,
) -> dict[int, list[Place]]:
    """ยอดมาจากที่ใดบ้าง of many questions at once, by question; see `places_of`."""
    rows = totals_below(post, round_).filter(question__in=questions)
    house = area or house_of(post)
    if house.level in {Level.MINISTRY, Level.DEPARTMENT}:
        return _by_province(rows)
    found: dict[int, list[Place]] = defaultdict(list)
    if house.level == Level.PROVINCE:
        mine = rows.filter(Q(province=house.pk) | Q(consolidation__organisation=house.pk)).exclude(
            consolidation__organisation=house.pk
        )
        for each in mine.select_related("consolidation__organisation").order_by(
            "consolidation__organisation__sort_key", "pk"
        ):
            found[each.question_id].append(Place(each.consolidation.organisation, _part(each)))
    for figure in _houses(post, round_, questions, house):
        found[figure.question_id].append(
            Place(figure.report.organisation, _one(figure), figure.report, figure.number)
        )
    return dict(found)


def _by_province(rows: QuerySet[Total]) -> dict[int, list[Place]]:
    query: Any = rows
    added: Iterable[Mapping[str, Any]] = (
        query.order_by()
        .values("question_id", "province")
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
    known = list(added)
    names = Organisation.objects.in_bulk(
        {row["province"] for row in known if row["province"] is not None}
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for row in known:
        if row["province"] in names:
            found[row["question_id"]].append(Place(names[row["province"]], _added(row)))
    for places in found.values():
        places.sort(key=lambda one: (one.organisation.sort_key, one.organisation.pk))
    return dict(found)


def _added(row: Mapping[str, Any]) -> Sum:
    return Sum(
        given=row["in_all"],
        none=row["in_none"],
        not_applicable=row["in_other"],
        sum_milli=row["total"],
        of_milli=row["whole"],
        most_milli=row["most"],
        less_milli=row["less"],
        less_of_milli=row["less_of"],
    )


def _houses(
    post: Post, round_: Round, questions: Collection[Question], giver: Organisation
) -> QuerySet[Figure]:
    return (
        Figure.objects.filter(
            question__in=questions,
            consolidation__organisation=giver,
            report__in=reports_of_round(post, round_).values("pk"),
        )
        .select_related("report__organisation")
        .order_by("report__organisation__sort_key", "pk")
    )


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
        total.less_milli,
        total.less_of_milli,
    )
