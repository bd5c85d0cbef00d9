"""Knowing: what the system has of an answer already, each with the rows that it comes from.

What nobody recorded stays unknown, and is never nought.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Sum

from thamthan.directives.models import Directive
from thamthan.projects.models import (
    Allotment,
    Evidence,
    Goal,
    Project,
    ProjectAnswer,
    Result,
    TargetGroup,
)
from thamthan.projects.rules import (
    SHOWN_STATES,
    EvidenceState,
    PeriodFigure,
    ResultStanding,
    Total,
    add_up,
    aim_in_words,
    in_baht,
    share_in_words,
)
from thamthan.reports.models import Answer, Question, Report
from thamthan.reports.rules import Adding, Fill, QuestionKind
from thamthan.thai.dates import format_date

# Satang are hundredths of a baht, answers thousandths of their unit.
_MILLI_OF_SATANG = 10


@dataclass(frozen=True, slots=True)
class Source:
    """ที่มา: the row an answer comes from, in words, and its project."""

    words: str
    project_id: int


@dataclass(frozen=True, slots=True)
class Known:
    """ที่ระบบรู้ of one question."""

    value_milli: int | None = None
    of_milli: int | None = None
    text: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    sources: tuple[Source, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return self.value_milli is None and not self.text and not self.rows

    def without(self, left_out: Collection[int]) -> "Known":
        """What is known of a list but for what a person leaves out, by its keys."""
        if not left_out:
            return self
        rows = [row for row in self.rows if key_of(row) not in left_out]
        projects = {row["project"] for row in rows}
        return replace(
            self,
            rows=rows,
            sources=tuple(one for one in self.sources if one.project_id in projects),
        )


def key_of(row: Mapping[str, Any]) -> int:
    """By what a row of a list is left out: the key of its evidence, or of its project."""
    return int(row.get("evidence", row["project"]))


@dataclass(frozen=True, slots=True)
class _Matter:
    """The projects of one house that answer one order, and what hangs on them.

    `left_out` says, by clause (None: no clause), which ones a person leaves out of this report.
    """

    report: Report
    projects: dict[int, Project]
    answered: dict[int, set[int]]
    above: Mapping[int, int | None]
    left_out: Mapping[int | None, Collection[int]]

    def about(self, question: Question) -> list[Project]:
        """Those that answer this clause, or one below it; all, where no clause is asked about.

        Without those that a person left out of its list, or of that of a clause above or below it.
        A list itself shows what is left out of it, so that it can be taken in again.
        """
        wanted = question.directive_id
        shown = {wanted} if question.kind == QuestionKind.PROJECTS else set()
        return [
            project
            for pk, project in self.projects.items()
            if any(
                (wanted is None or wanted in line)
                and not any(pk in self.left_out.get(step, ()) for step in line if step not in shown)
                for line in map(self._line, self.answered[pk])
            )
        ]

    def _line(self, clause: int | None) -> set[int | None]:
        """A clause, all above it, and no clause at all."""
        line: set[int | None] = {None}
        while clause is not None:
            line.add(clause)
            clause = self.above.get(clause)
        return line


def known_for(
    report: Report, questions: Sequence[Question], *, only: int | None = None
) -> dict[int, Known]:
    """ที่ระบบรู้แล้ว, by question: of the house's approved projects that answer this order.

    Of one project alone where it is named (`only`).
    """
    answers = ProjectAnswer.objects.filter(
        root=report.round.root_id,
        project__organisation=report.organisation_id,
        project__state__in=SHOWN_STATES,
    ).select_related("project")
    if only is not None:
        answers = answers.filter(project=only)
    projects: dict[int, Project] = {}
    answered: dict[int, set[int]] = defaultdict(set)
    for answer in answers:
        projects[answer.project_id] = answer.project
        answered[answer.project_id].add(answer.directive_id)
    if not projects:
        return {}
    above: dict[int, int | None] = dict(
        Directive.objects.filter(order__in={report.round.root_id}).values_list("pk", "parent_id")
    )
    matter = _Matter(report, projects, answered, above, _left_out(report))
    found = {}
    for question in questions:
        # Rows of a table have keys of their own; the system makes none.
        is_table = question.kind == QuestionKind.TABLE
        how = None if is_table else _WAYS.get(Fill(question.fill))
        about = matter.about(question) if how is not None else []
        if how is None or not about:
            continue
        known = how(matter, question, about)
        if not known.is_nothing:
            found[question.pk] = known
    return found


def _left_out(report: Report) -> dict[int | None, set[int]]:
    found: dict[int | None, set[int]] = defaultdict(set)
    lists = Answer.objects.filter(report=report, question__kind=QuestionKind.PROJECTS)
    for clause, keys in lists.values_list("question__directive_id", "left_out"):
        found[clause].update(keys)
    return found


def _sources(projects: Iterable[Project]) -> tuple[Source, ...]:
    return tuple(Source(project.name, project.pk) for project in projects)


def _count(matter: _Matter, question: Question, about: list[Project]) -> Known:
    return Known(len(about) * 1000, sources=_sources(about))


def _list(matter: _Matter, question: Question, about: list[Project]) -> Known:
    """รายการโครงการ, each with what a row of a district's table has: aim, result, money, days."""
    goals = list(Goal.objects.filter(project__in=about, dropped_at=None).order_by("pk"))
    results = _results_of(matter.report, goals)
    money: dict[int, list[Allotment]] = defaultdict(list)
    allotted = Allotment.objects.filter(project__in=about).order_by("pk")
    for one in allotted.select_related("channel", "line__channel"):
        money[one.project_id].append(one)
    rows = []
    for project in about:
        told = [
            _aimed(goal, _total(goal, results.get(goal.pk, [])))
            for goal in goals
            if goal.project_id == project.pk
        ]
        told += [*_paid_from(money.get(project.pk, [])), *_days(project)]
        rows.append(
            {
                "project": project.pk,
                "name": project.name,
                "state": project.get_state_display(),
                "told": " · ".join(one for one in told if one),
            }
        )
    return Known(rows=rows, sources=_sources(about))


def _aimed(goal: Goal, total: Total) -> str:
    """เป้าหมายและผลของตัวชี้วัดหนึ่ง: empty where neither was recorded."""
    words = []
    if goal.target_milli is not None:
        aim = aim_in_words(goal.target_milli, goal.target_of_milli, goal.unit)
        words.append(f"เป้าหมาย {aim}")
    if total.milli is not None:
        words.append(f"ได้ {share_in_words(total.milli, total.of_milli, goal.unit)}")
    return f"{goal.name} {' '.join(words)}" if words else ""


def _paid_from(allotments: Sequence[Allotment]) -> Iterator[str]:
    """อนุมัติ เบิกจ่าย และแหล่งงบประมาณของโครงการหนึ่ง."""
    if not allotments:
        return
    yield f"อนุมัติ {in_baht(sum(one.approved_satang for one in allotments))}"
    yield f"เบิกจ่าย {in_baht(sum(one.paid_satang for one in allotments))}"
    sources = dict.fromkeys(filter(None, map(_source_of_money, allotments)))
    if sources:
        yield f"แหล่งงบประมาณ {', '.join(sources)}"


def _source_of_money(allotment: Allotment) -> str:
    channel = allotment.channel
    if channel is None and allotment.line is not None:
        channel = allotment.line.channel
    return channel.name if channel is not None else allotment.source_words


def _days(project: Project) -> Iterator[str]:
    if project.begins_on is not None and project.ends_on is not None:
        begins, ends = (
            format_date(one, style="list") for one in (project.begins_on, project.ends_on)
        )
        yield f"{begins} ถึง {ends}"


def _money(column: str) -> "Callable[[_Matter, Question, list[Project]], Known]":
    def told(matter: _Matter, question: Question, about: list[Project]) -> Known:
        allotted = Allotment.objects.filter(project__in=about)
        total = allotted.aggregate(total=Sum(column))["total"]
        if total is None:
            return Known()
        with_money = set(allotted.values_list("project_id", flat=True))
        return Known(
            int(total) * _MILLI_OF_SATANG,
            sources=_sources(one for one in about if one.pk in with_money),
        )

    return told


def _reached(unit: str) -> "Callable[[_Matter, Question, list[Project]], Known]":
    def told(matter: _Matter, question: Question, about: list[Project]) -> Known:
        groups = TargetGroup.objects.filter(project__in=about, unit=unit, reached__isnull=False)
        total = groups.aggregate(total=Sum("reached"))["total"]
        if total is None:
            return Known()
        those = set(groups.values_list("project_id", flat=True))
        return Known(int(total) * 1000, sources=_sources(one for one in about if one.pk in those))

    return told


def _results_of(report: Report, goals: Iterable[Goal]) -> dict[int, list[Result]]:
    """The measured results of these goals within the period of the round, in order."""
    rows = Result.objects.filter(
        goal__in=list(goals), replaced_by=None, standing=ResultStanding.MEASURED
    )
    period = report.round
    if period.from_on is not None:
        rows = rows.filter(from_on__gte=period.from_on)
    if period.until_on is not None:
        rows = rows.filter(from_on__lte=period.until_on)
    found: dict[int, list[Result]] = defaultdict(list)
    for row in rows.order_by("until_on", "pk"):
        found[row.goal_id].append(row)
    return found


def _total(goal: Goal, results: Sequence[Result]) -> Total:
    """ผลของตัวชี้วัดหนึ่งในหลายงวด, added up as its own project adds it up."""
    return add_up(
        goal.adding_up,
        [
            PeriodFigure(row.until_on, ResultStanding.MEASURED, row.value_milli, row.of_milli)
            for row in results
        ],
    )


def _indicator(matter: _Matter, question: Question, about: list[Project]) -> Known:
    if question.indicator_id is None:
        return Known()
    goals = list(
        Goal.objects.filter(
            project__in=about, indicator__code=_code(question), dropped_at=None
        ).order_by("pk")
    )
    results = _results_of(matter.report, goals)
    told = [
        (goal, total)
        for goal in goals
        if (total := _total(goal, results.get(goal.pk, []))).milli is not None
    ]
    values = [total.milli for _, total in told if total.milli is not None]
    whole = [total.of_milli for _, total in told if total.of_milli is not None]
    is_share = question.kind == QuestionKind.SHARE
    # A share is known by both its parts or not at all; a plain number has no part below.
    if not values or (is_share and len(whole) != len(values)) or (whole and not is_share):
        return Known()
    value = max(values) if question.over_places == Adding.MAX else sum(values)
    sources = tuple(Source(goal.name, goal.project_id) for goal, _ in told)
    return Known(value, sum(whole) if is_share else None, sources=sources)


def _code(question: Question) -> str:
    return question.indicator.code if question.indicator is not None else ""


def _sentences(matter: _Matter, question: Question, about: list[Project]) -> Known:
    """เรียบเรียงจากผล: one sentence for each project, of what is recorded and of nothing else."""
    goals = list(Goal.objects.filter(project__in=about, dropped_at=None).order_by("pk"))
    results = _results_of(matter.report, goals)
    rows = []
    for project in about:
        parts = [f"{project.name} ({project.get_state_display()})"]
        for goal in (one for one in goals if one.project_id == project.pk):
            total = _total(goal, results.get(goal.pk, []))
            if total.milli is not None:
                words = share_in_words(total.milli, total.of_milli, goal.unit)
                parts.append(f"{goal.name} {words}")
        rows.append({"project": project.pk, "text": " ".join(parts)})
    text = "\n".join(str(row["text"]) for row in rows)
    return Known(text=text, rows=rows, sources=_sources(about))


def _evidence(matter: _Matter, question: Question, about: list[Project]) -> Known:
    names = {project.pk: project.name for project in about}
    there = list(Evidence.objects.filter(project__in=about, state=EvidenceState.ADEQUATE))
    rows: list[dict[str, Any]] = [
        {
            "evidence": one.pk,
            "project": one.project_id,
            "kind": one.get_kind_display(),
            "of": names[one.project_id],
        }
        for one in there
    ]
    sources = tuple(Source(names[pk], pk) for pk in dict.fromkeys(one.project_id for one in there))
    return Known(rows=rows, sources=sources)


_WAYS: dict[Fill, Callable[[_Matter, Question, list[Project]], Known]] = {
    Fill.INDICATOR: _indicator,
    Fill.PROJECTS: _list,
    Fill.PROJECT_COUNT: _count,
    Fill.PLANNED: _money("planned_satang"),
    Fill.APPROVED: _money("approved_satang"),
    Fill.COMMITTED: _money("committed_satang"),
    Fill.PAID: _money("paid_satang"),
    Fill.PEOPLE: _reached("คน"),
    Fill.HOUSEHOLDS: _reached("ครัวเรือน"),
    Fill.RESULTS_TEXT: _sentences,
    Fill.EVIDENCE: _evidence,
}
