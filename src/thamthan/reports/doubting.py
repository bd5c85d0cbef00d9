"""Doubting: what looks wrong about the figures of a report, held against all that is known.

The guards are those of results (`projects.rules.guards`): baht for millions, persons for
households, ten times the last period, the target or what the system knows, more than live there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from thamthan.directives.rules import Measure
from thamthan.projects.models import Goal, ProjectAnswer, Residents
from thamthan.projects.rules import AddingUp, Doubt
from thamthan.projects.rules.guards import Entered, Known, doubts_about
from thamthan.reports.models import Answer, Question, Report, Round
from thamthan.reports.rules import COUNTED, AnswerStanding, QuestionKind
from thamthan.thai.dates import FiscalYear

_THOUSAND = 1000
_PEOPLE, _HOUSEHOLDS = "คน", "ครัวเรือน"


@dataclass(frozen=True, slots=True)
class Told:
    """ตัวเลขที่ตอบ of one question, and what the system itself knows of it."""

    value_milli: int
    of_milli: int | None = None
    recorded: int | None = None


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What the house answered in the rounds before, the last first, by the key of the question."""

    rounds: tuple[Round, ...]
    values: Mapping[tuple[int, str], int]

    def last(self, key: str) -> int | None:
        return self.values.get((self.rounds[0].pk, key)) if self.rounds else None

    def same_year(self, key: str, round_: Round) -> tuple[int, ...]:
        """Of those of this fiscal year, the first one first."""
        if round_.until_on is None:
            return ()
        first_on = FiscalYear.containing(round_.until_on).first_on
        return tuple(
            self.values[each.pk, key]
            for each in reversed(self.rounds)
            if each.until_on and each.until_on >= first_on and (each.pk, key) in self.values
        )

    def year_before(self, key: str, round_: Round) -> int | None:
        """Of the period that ended in the same month a year ago."""
        ends = round_.until_on
        for each in self.rounds:
            if ends and each.until_on and (each.until_on.year, each.until_on.month) == (
                ends.year - 1, ends.month,
            ):  # fmt: skip
                return self.values.get((each.pk, key))
        return None


def told_of(answers: Mapping[int, Answer]) -> dict[int, Told]:
    """ตัวเลขของคำตอบที่ตอบแล้ว, by question."""
    return {
        pk: Told(
            answer.value_milli,
            answer.of_milli,
            answer.known.get("value_milli") if answer.is_typed else None,
        )
        for pk, answer in answers.items()
        if answer.standing == AnswerStanding.GIVEN and answer.value_milli is not None
    }


def doubts_in(
    report: Report, told: Mapping[int, Told], asked: Iterable[Question]
) -> dict[int, list[Doubt]]:
    """ข้อที่ต้องยืนยันของรายงานหนึ่งฉบับ, by question; a number that is right has none.

    `asked` are the questions of its round, with their indicators.
    """
    questions = [one for one in asked if one.kind in COUNTED and one.pk in told]
    if not questions:
        return {}
    earlier, targets = _earlier(report), _targets(report, questions)
    residents = Residents.objects.filter(organisation=report.organisation_id).first()
    found = {}
    for question in questions:
        one = told[question.pk]
        known = Known(
            last_period=earlier.last(question.key),
            last_year=earlier.year_before(question.key, report.round),
            target=targets.get(question.pk),
            before=earlier.same_year(question.key, report.round),
            residents=residents.people * _THOUSAND if residents else None,
            households=residents.households * _THOUSAND if residents else None,
            people_counted=_beside(question, questions, told, _PEOPLE),
            households_counted=_beside(question, questions, told, _HOUSEHOLDS),
            recorded=one.recorded,
        )
        doubts = doubts_about(_entered(question, one), known, today=timezone.localdate())
        if doubts:
            found[question.pk] = doubts
    return found


def _entered(question: Question, one: Told) -> Entered:
    ways = AddingUp.values
    today = timezone.localdate()
    return Entered(
        milli=one.value_milli,
        of_milli=one.of_milli,
        measure=_measure(question),
        unit=question.unit,
        adding_up=question.over_periods if question.over_periods in ways else AddingUp.LATEST,
        # The period is the round's, and nobody types it: there is nothing to warn of.
        from_on=today,
        until_on=today,
        as_of=today,
    )


def _measure(question: Question) -> str:
    if question.indicator is not None:
        return question.indicator.measure
    if question.kind == QuestionKind.MONEY:
        return Measure.BAHT
    if question.kind == QuestionKind.SHARE:
        return Measure.RATIO
    if question.unit == _PEOPLE:
        return Measure.PEOPLE
    return Measure.HOUSEHOLDS if _HOUSEHOLDS in question.unit else Measure.COUNT


def _beside(
    question: Question, questions: list[Question], told: Mapping[int, Told], unit: str
) -> int | None:
    """The largest number in this unit that the report gives of the same clause."""
    values = [
        told[one.pk].value_milli
        for one in questions
        if one.pk != question.pk
        and one.unit == unit
        and one.kind == QuestionKind.NUMBER
        and (one.directive_id, one.heading) == (question.directive_id, question.heading)
    ]
    return max(values, default=None)


def _earlier(report: Report) -> _Earlier:
    if report.round.number == 1:
        return _Earlier((), {})
    rounds = tuple(
        Round.objects.filter(
            obligation=report.round.obligation_id, number__lt=report.round.number
        ).order_by("-number")[:24]
    )
    rows = Answer.objects.filter(
        report__round__in=rounds,
        report__organisation=report.organisation_id,
        value_milli__isnull=False,
    )
    values = rows.values_list("report__round_id", "question__key", "value_milli")
    return _Earlier(rounds, {(pk, key): value or 0 for pk, key, value in values})


def _targets(report: Report, questions: list[Question]) -> dict[int, int]:
    """เป้าหมาย of the house's projects that answer this order, for questions of an indicator."""
    codes = {one.pk: one.indicator.code for one in questions if one.indicator is not None}
    if not codes:
        return {}
    projects = ProjectAnswer.objects.filter(
        root=report.round.root_id, project__organisation=report.organisation_id
    )
    goals = Goal.objects.filter(
        project__in=projects.values("project"),
        indicator__code__in=set(codes.values()),
        dropped_at=None,
        target_milli__isnull=False,
        target_of_milli=None,
    )
    sums = dict(goals.order_by().values_list("indicator__code").annotate(Sum("target_milli")))
    return {pk: sums[code] for pk, code in codes.items() if code in sums}
