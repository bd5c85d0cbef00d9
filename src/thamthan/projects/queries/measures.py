"""Goals of a project with their results, and what a new figure can be held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Max, Prefetch, QuerySet
from django.utils import timezone

from thamthan.directives.rules import Measure
from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.projects.models import Goal, Project, Residents, Result, TargetGroup
from thamthan.projects.queries.doors import project_for
from thamthan.projects.queries.progress import total_of
from thamthan.projects.rules import ProjectState, ResultStanding
from thamthan.projects.rules.figures import (
    THOUSAND,
    PeriodFigure,
    Total,
    added_share,
    share_in_words,
)
from thamthan.projects.rules.guards import Doubt, Entered, Known, doubts_about
from thamthan.projects.rules.periods import Period, quarters_owed, quarters_shown
from thamthan.projects.rules.progress import GoalReached
from thamthan.thai.dates import FiscalYear, add_months, month_end


@dataclass(frozen=True, slots=True)
class GivenResult:
    """ผลที่จะบันทึก: of one period, as of one day, from one source."""

    from_on: date
    until_on: date
    as_of: date
    standing: ResultStanding
    milli: int | None = None
    of_milli: int | None = None
    source: str = ""
    remark: str = ""

    @property
    def period(self) -> Period:
        return Period(self.from_on, self.until_on)


@dataclass(frozen=True, slots=True)
class Cell:
    """ช่องหนึ่งของตาราง: one quarter of one goal; without a result nothing was sent."""

    period: Period
    results: tuple[Result, ...]
    is_owed: bool
    has_begun: bool


@dataclass(frozen=True, slots=True)
class GoalLine:
    """ตัวชี้วัดหนึ่งข้อ: from its baseline to its target, quarter by quarter, and what it comes to."""

    goal: Goal
    cells: tuple[Cell, ...]
    others: tuple[Result, ...]
    total: Total
    reached: Fraction | None

    @property
    def percent(self) -> int | None:
        return None if self.reached is None else int(self.reached * 100)

    @property
    def so_far(self) -> str:
        """ผลถึงวันนี้เป็นคำ; empty where nothing was measured."""
        if self.total.milli is None:
            return ""
        return share_in_words(self.total.milli, self.total.of_milli, self.goal.unit)


def goals_of(post: Post, project: Project) -> list[GoalLine]:
    """ตัวชี้วัดของโครงการ with their results. The project came through a door already."""
    return goal_lines(project, today=timezone.localdate())


def goal_lines(project: Project, *, today: date) -> list[GoalLine]:
    """The same for whoever came by another door, as a citizen does."""
    current = Result.objects.filter(replaced_by=None).select_related("made_by__organisation")
    goals = (
        Goal.objects.filter(project=project, dropped_at=None)
        .select_related("indicator")
        .prefetch_related(Prefetch("results", current, to_attr="kept"))
    )
    days = (project.be_year, project.begins_on, project.ends_on)
    quarters = quarters_shown(*days)
    owed = set() if project.state == ProjectState.DRAFT else set(quarters_owed(*days, today=today))
    return [_line(goal, project, quarters, owed, today=today) for goal in goals]


def _line(
    goal: Goal, project: Project, quarters: Sequence[Period], owed: set[Period], *, today: date
) -> GoalLine:
    results: list[Result] = goal.kept  # type: ignore[attr-defined]  # as fetched above
    cells, shown = [], set()
    for quarter in quarters:
        inside = tuple(one for one in results if quarter.overlaps(period_of(one)))
        shown |= {one.pk for one in inside}
        cells.append(Cell(quarter, inside, quarter in owed, quarter.from_on <= today))
    sent = [(period_of(one), figure_of_result(one)) for one in results]
    total = total_of(project, goal.adding_up, sent, today=today)
    reached = GoalReached(
        name=goal.name,
        total=total,
        baseline=added_share(goal.baseline_milli, goal.baseline_of_milli),
        target=added_share(goal.target_milli, goal.target_of_milli),
        is_less_better=goal.is_less_better,
    ).reached
    others = tuple(one for one in results if one.pk not in shown)
    return GoalLine(goal, tuple(cells), others, total, reached)


def period_of(result: Result) -> Period:
    """งวดของผล."""
    return Period(result.from_on, result.until_on)


def figure_of_result(result: Result) -> PeriodFigure:
    """ผลของงวดเป็นตัวเลขที่รวมได้."""
    return PeriodFigure(
        until_on=result.until_on,
        standing=ResultStanding(result.standing),
        milli=result.value_milli,
        of_milli=result.of_milli,
    )


def goal_for(post: Post, project: Project, pk: int) -> Goal:
    """ตัวชี้วัดหนึ่งข้อของโครงการที่เห็น; one that was dropped is no longer there."""
    seen = project_for(post, project.pk)
    found = Goal.objects.filter(pk=pk, project=seen, dropped_at=None)
    goal = found.select_related("indicator").first()
    if goal is None:
        raise NotFound("ไม่พบตัวชี้วัดนี้")
    goal.project = seen
    return goal


def result_for(post: Post, pk: int) -> Result:
    """ผลของงวดหนึ่ง of a project that this post sees."""
    found = Result.objects.filter(pk=pk)
    result = found.select_related("goal", "made_by__organisation").first()
    if result is None:
        raise NotFound("ไม่พบผลนี้")
    try:
        result.goal.project = project_for(post, result.goal.project_id)
    except NotFound:
        raise NotFound("ไม่พบผลนี้") from None
    return result


def results_of(post: Post, goal: Goal) -> QuerySet[Result]:
    """ผลทุกงวด of a goal that came through a door, corrected ones too, the newest period first."""
    return (
        Result.objects.filter(goal=goal)
        .select_related("made_by__organisation", "made_by__person", "replaced_by")
        .order_by("-from_on", "-pk")
    )


def residents_of(post: Post) -> Residents | None:
    """ประชากรและครัวเรือนของหน่วยงานตน, the newest."""
    return Residents.objects.filter(organisation__path=post.organisation.house_path).first()


def doubts_of(
    post: Post, goal: Goal, given: GivenResult, *, instead_of: Result | None = None
) -> list[Doubt]:
    """คำเตือนก่อนบันทึกผลนี้ of a goal that came through a door; nothing is saved.

    `instead_of` is the row that this one would correct: a figure is not held against itself.
    """
    if given.standing != ResultStanding.MEASURED or given.milli is None:
        return []
    entered = Entered(
        milli=given.milli,
        of_milli=given.of_milli,
        measure=goal.measure,
        unit=goal.unit,
        adding_up=goal.adding_up,
        from_on=given.from_on,
        until_on=given.until_on,
        as_of=given.as_of,
    )
    known = _known(goal, given.period, instead_of=instead_of)
    return doubts_about(entered, known, today=timezone.localdate())


def _known(goal: Goal, period: Period, *, instead_of: Result | None) -> Known:
    measured = Result.objects.filter(replaced_by=None, standing=ResultStanding.MEASURED)
    if instead_of is not None:
        measured = measured.exclude(pk=instead_of.pk)
    earlier = list(
        measured.filter(goal=goal, until_on__lt=period.from_on).order_by("until_on", "pk")
    )
    year = FiscalYear.containing(period.from_on)
    beside = measured.filter(
        goal__project=goal.project_id, from_on=period.from_on, until_on=period.until_on
    ).exclude(goal=goal)
    people = _largest(beside, Measure.PEOPLE)
    groups = TargetGroup.objects.filter(project=goal.project_id, unit="คน")
    for count in groups.aggregate(a=Max("planned"), b=Max("reached")).values():
        people = people if count is None or people is None else max(people, count * THOUSAND)
    residents = Residents.objects.filter(organisation=goal.project.organisation_id).first()
    return Known(
        last_period=_alike(earlier, period),
        last_year=_last_year(goal, period, measured),
        target=goal.target_milli if goal.target_of_milli is None else None,
        before=tuple(one.value_milli or 0 for one in earlier if one.from_on >= year.first_on),
        residents=residents.people * THOUSAND if residents else None,
        households=residents.households * THOUSAND if residents else None,
        people_counted=people,
        households_counted=_largest(beside, Measure.HOUSEHOLDS),
    )


def _largest(results: QuerySet[Result], measure: Measure) -> int | None:
    told: int | None = results.filter(goal__measure=measure, of_milli=None).aggregate(
        most=Max("value_milli")
    )["most"]
    return told


def _alike(earlier: Iterable[Result], period: Period) -> int | None:
    """The figure of the last period about as long as this one: a month is no match for a year."""
    days = (period.until_on - period.from_on).days + 1
    last = None
    for one in earlier:
        its = (one.until_on - one.from_on).days + 1
        if 2 * days <= 3 * its and 2 * its <= 3 * days:
            last = one.value_milli
    return last


def _last_year(goal: Goal, period: Period, measured: QuerySet[Result]) -> int | None:
    """Of the same days a year ago: of this goal, or of that of the project it was copied from."""
    before = Period(add_months(period.from_on, -12), _year_before(period.until_on))
    same = measured.filter(from_on=before.from_on, until_on=before.until_on)
    found = same.filter(goal=goal).first()
    source = goal.project.copied_from_id
    if found is None and source is not None:
        goals = Goal.objects.filter(project=source, dropped_at=None, unit=goal.unit)
        if goal.indicator_id is not None:
            goals = goals.filter(indicator=goal.indicator_id)
        else:
            goals = goals.filter(name=goal.name)
        found = same.filter(goal__in=goals).first()
    return found.value_milli if found else None


def _year_before(day: date) -> date:
    """The last day of February is that of the year before, of 28 days or 29."""
    is_last = day == month_end(day.year, day.month)
    return month_end(day.year - 1, day.month) if is_last else add_months(day, -12)
