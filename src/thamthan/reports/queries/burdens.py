"""ภาระของแบบ before it is used: minutes × offices, and of how many offices something is known."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from thamthan.directives.models import Assignment, Order
from thamthan.letters.queries import local_governments_below
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level
from thamthan.projects.models import (
    Allotment,
    Evidence,
    Project,
    ProjectAnswer,
    Result,
    TargetGroup,
)
from thamthan.projects.queries import projects_seen_by
from thamthan.projects.rules import SHOWN_STATES, EvidenceState, ResultStanding
from thamthan.reports.laying import laid_questions
from thamthan.reports.models import FormQuestion, Question, ReportForm
from thamthan.reports.queries.forms import AskedReport, asked_clauses, form_questions
from thamthan.reports.rules import AskedOften, Burden, Each, Fill, QuestionKind, burden_of

_OF_MONEY = frozenset({Fill.PLANNED, Fill.APPROVED, Fill.COMMITTED, Fill.PAID})
_OF_PROJECTS = frozenset({Fill.PROJECTS, Fill.PROJECT_COUNT, Fill.RESULTS_TEXT})
_UNITS = {Fill.PEOPLE: "คน", Fill.HOUSEHOLDS: "ครัวเรือน"}


def form_burden(
    post: Post,
    form: ReportForm,
    *,
    offices: int | None = None,
    pillars: int = 1,
    leaves: int = 1,
    indicators: int = 1,
    known: Mapping[Fill, int] | None = None,
) -> Burden:
    """ภาระของแบบ for an order of so many clauses, over the local governments below this post.

    What is known is counted in the projects that this post sees, whatever order they answer;
    `known` where `offices_known` was asked for already.
    """
    asked = form_questions(post, form)
    times = {Each.PILLAR: pillars, Each.LEAF: leaves, Each.INDICATOR: indicators, Each.ONCE: 1}
    count = offices if offices is not None else local_governments_below(post).count()
    return burden_of(
        [_often(one, times[Each(one.each)]) for one in asked],
        offices=count,
        known=known if known is not None else offices_known(post, asked),
    )


def report_burdens(
    post: Post, asked: AskedReport, forms: Sequence[ReportForm]
) -> dict[int, Burden]:
    """ภาระของแต่ละแบบ for what this order asks: its own clauses, over those who have it in hand.

    Before it was handed down, over every local government below.
    """
    about = asked_clauses(post, asked.order)
    rows = {one.pk: laid_questions(form_questions(post, one), about) for one in forms}
    has_it = Assignment.objects.filter(obligation=asked.obligation).exclude(level=Level.DIVISION)
    receivers = has_it.order_by().values("organisation").distinct().count()
    offices = receivers or local_governments_below(post).count()
    fills = _fills(row for each in rows.values() for row in each)
    known = offices_with(post, fills, root=asked.order if receivers else None)
    return {
        pk: burden_of([_often(row, 1) for row in each], offices=offices, known=known)
        for pk, each in rows.items()
    }


def _often(row: FormQuestion | Question, times: int) -> AskedOften:
    return AskedOften(QuestionKind(row.kind), Fill(row.fill), times, len(row.columns))


def _fills(rows: Iterable[FormQuestion | Question]) -> set[Fill]:
    return {Fill(row.fill) for row in rows} - {Fill.NOTHING}


def offices_known(post: Post, asked: Iterable[FormQuestion | Question]) -> dict[Fill, int]:
    """กี่แห่งที่มีข้อมูลในระบบแล้ว, for each filling of these questions; as `offices_with` counts."""
    return offices_with(post, _fills(asked))


def offices_with(
    post: Post, fills: Iterable[Fill], *, root: Order | None = None
) -> dict[Fill, int]:
    """กี่แห่งที่มีข้อมูลในระบบแล้ว, for each filling: offices below with an approved project that has it.

    Only of projects that this post sees; with `root`, only of those that answer that order. Does
    not say that the answer is whole or right.
    """
    house = post.organisation.house_path
    projects = projects_seen_by(post).filter(state__in=SHOWN_STATES)
    projects = projects.exclude(organisation__path=house)
    if root is not None:
        answering = ProjectAnswer.objects.filter(root=root).values("project")
        projects = projects.filter(pk__in=answering)
    return {fill: _offices(fill, projects) for fill in fills}


def _offices(fill: Fill, projects: QuerySet[Project]) -> int:
    if fill in _OF_PROJECTS:
        return projects.order_by().values("organisation").distinct().count()
    keys = projects.order_by().values("pk")
    rows: QuerySet[Allotment] | QuerySet[TargetGroup] | QuerySet[Evidence] | QuerySet[Result]
    house = "project__organisation"
    if fill in _OF_MONEY:
        rows = Allotment.objects.filter(project__in=keys)
    elif fill in _UNITS:
        rows = TargetGroup.objects.filter(
            project__in=keys, unit=_UNITS[fill], reached__isnull=False
        )
    elif fill == Fill.EVIDENCE:
        rows = Evidence.objects.filter(project__in=keys, state=EvidenceState.ADEQUATE)
    else:
        house = "goal__project__organisation"
        rows = Result.objects.filter(
            goal__project__in=keys,
            goal__indicator__isnull=False,
            goal__dropped_at=None,
            replaced_by=None,
            standing=ResultStanding.MEASURED,
        )
    return int(rows.order_by().values(house).distinct().count())
