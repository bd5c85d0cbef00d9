"""The list of projects, one's own or those below that answer one's orders: filtered, counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from thamthan.directives.models import Directive, Order
from thamthan.directives.queries.secrecy import secret_orders
from thamthan.letters.queries import divisions_of, house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import reach_of
from thamthan.organisations.rules import Duty, Level
from thamthan.projects.models import Allotment, Project, ProjectAnswer, Step
from thamthan.projects.queries.doors import own_projects
from thamthan.projects.rules import LIVE_STATES, SHOWN_STATES, PlanStanding, ProjectState
from thamthan.projects.wordlist import having_words

# Beyond so many nobody pages; the page says “more than”, and a filter is quicker than a page.
MOST_COUNTED = 500
_WHOLE_COUNTRY = frozenset({Level.MINISTRY, Level.DEPARTMENT})
_WITHOUT_MONEY = (PlanStanding.PLAN, PlanStanding.NONE)


class Whose(Enum):
    """ของใคร: one's own house's, or those of the houses below."""

    OWN = "own"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class ProjectsWanted:
    """โครงการที่ขอดู: every condition that is given must hold."""

    whose: Whose = Whose.OWN
    be_year: int | None = None
    state: ProjectState | None = None
    standing: PlanStanding | None = None
    unit: str = ""
    text: str = ""
    order: int | None = None
    clause: int | None = None
    is_late: bool = False
    is_unfunded: bool = False
    is_live: bool = False


@dataclass(frozen=True, slots=True)
class ProjectCounts:
    """จำนวนโครงการที่ยังไม่จบ: how many there are, without money, late, and still being written."""

    live: int = 0
    unfunded: int = 0
    late: int = 0
    drafts: int = 0
    # Of a whole country only how many live ones there are is counted, and not beyond the most.
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """หนึ่งบรรทัดของรายการ: the project, its money in satang, what it answers, and what is late."""

    project: Project
    planned: int
    approved: int
    paid: int
    clauses: tuple[Directive, ...]
    late_by: int
    is_unfunded: bool


@dataclass(frozen=True, slots=True)
class ListChoices:
    """ตัวเลือกของตัวกรอง."""

    units: tuple[Organisation, ...] = ()
    orders: tuple[Order, ...] = field(default=())


def has_projects_below(post: Post) -> bool:
    """Whether this post's house has houses under it whose projects may answer its orders."""
    return post.has_duty(Duty.READ_LETTERS) and house_of(post).level not in {
        Level.LAO,
        Level.DIVISION,
    }


def projects_listed(post: Post, wanted: ProjectsWanted, *, today: date) -> QuerySet[Project]:
    """รายการโครงการ, the newest fiscal year first."""
    rows = _of(post, wanted.whose)
    if wanted.be_year is not None:
        rows = rows.filter(be_year=wanted.be_year)
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    elif wanted.is_live:
        rows = rows.filter(state__in=LIVE_STATES)
    if wanted.standing is not None:
        rows = rows.filter(standing=wanted.standing)
    if wanted.unit:
        rows = rows.filter(unit__code=wanted.unit)
    if wanted.clause is not None or wanted.order is not None:
        answers = ProjectAnswer.objects.filter(project=OuterRef("pk"))
        if wanted.clause is not None:
            answers = answers.filter(directive=wanted.clause)
        if wanted.order is not None:
            answers = answers.filter(root=wanted.order)
        rows = rows.filter(Exists(answers))
    if wanted.is_late:
        rows = rows.filter(is_late(today))
    if wanted.is_unfunded:
        rows = rows.filter(is_unfunded())
    found = having_words(wanted.text)
    if found is not None:
        rows = rows.filter(pk__in=RawSQL(found[0], found[1]))  # noqa: S611 – our own statement
    return rows.order_by("-be_year", "-pk")


def keys_listed(post: Post, rows: QuerySet[Project]) -> list[int]:
    """กุญแจของรายการ in the order of the list, up to one more than anybody pages through.

    How many there are and what stands on a page are told by one walk through an index.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return []
    keys = rows.select_related(None).values_list("pk", flat=True)
    return list(keys[: MOST_COUNTED + 1])


def projects_of_keys(post: Post, keys: Sequence[int]) -> list[Project]:
    """โครงการของหนึ่งหน้า, of keys that `keys_listed` gave; the long words of no other are read."""
    if not post.has_duty(Duty.READ_LETTERS):
        return []
    found = Project.objects.select_related("organisation", "unit").in_bulk(keys)
    # One that was taken away between the two is left out.
    return [found[pk] for pk in keys if pk in found]


def counted(rows: QuerySet[Project]) -> int:
    """How many there are, up to one more than anybody pages through."""
    return rows.select_related(None).order_by()[: MOST_COUNTED + 1].values("pk").count()


def project_counts(post: Post, whose: Whose, *, today: date) -> ProjectCounts:
    """จำนวนของโครงการที่ยังไม่จบ, for the heading of the list."""
    rows = _of(post, whose).select_related(None).order_by().filter(state__in=LIVE_STATES)
    if whose is Whose.BELOW and house_of(post).level in _WHOLE_COUNTRY:
        # Of a whole country the figures of each province say more than one sum, and cost less.
        return ProjectCounts(live=counted(rows), is_whole=False)
    found = rows.aggregate(
        live=Count("pk"),
        unfunded=Count("pk", filter=is_unfunded()),
        late=Count("pk", filter=is_late(today)),
        drafts=Count("pk", filter=Q(state=ProjectState.DRAFT)),
    )
    return ProjectCounts(**found)


def is_late(today: date) -> Q:
    """เลยกำหนด: approved, its last day has gone by or a step's has, and it is not finished."""
    begun = Q(state__in=(ProjectState.APPROVED, ProjectState.UNDER_WAY))
    # The first day still to be kept, asked of each row alone: whether there is any late step would
    # be asked of the steps of the whole country before the first row is shown.
    first = Step.objects.filter(project=OuterRef("pk"), done_on=None, ends_on__isnull=False)
    first_on = Subquery(first.order_by("ends_on").values("ends_on")[:1])
    return begun & (Q(ends_on__lt=today) | Q(LessThan(first_on, today)))


def is_unfunded() -> Q:
    """ยังไม่มีเงิน: neither routine nor in the year's ordinance, and no money approved for it."""
    money = Allotment.objects.filter(project=OuterRef("pk"), approved_satang__gt=0)
    return Q(state__in=LIVE_STATES) & Q(standing__in=_WITHOUT_MONEY) & ~Q(Exists(money))


def project_lines(post: Post, projects: Sequence[Project], *, today: date) -> list[ProjectLine]:
    """บรรทัดของโครงการเหล่านี้: money, clauses and lateness in one query each."""
    keys = [project.pk for project in projects]
    figures = {
        pk: tuple(numbers)
        for pk, *numbers in Project.objects.filter(pk__in=keys)
        .order_by()
        .annotate(
            planned=_sum_of("planned_satang"),
            approved=_sum_of("approved_satang"),
            paid=_sum_of("paid_satang"),
            late_steps=_late_steps(today),
        )
        .values_list("pk", "planned", "approved", "paid", "late_steps")
    }
    clauses: dict[int, list[Directive]] = {}
    answers = ProjectAnswer.objects.filter(project__in=keys).exclude(
        root__in=secret_orders().values("pk")
    )
    for answer in answers.select_related("directive"):
        clauses.setdefault(answer.project_id, []).append(answer.directive)
    return [
        _line(
            project,
            figures.get(project.pk, (0, 0, 0, 0)),
            clauses.get(project.pk, []),
            today=today,
        )
        for project in projects
    ]


def _sum_of(amount: str) -> Combinable:
    rows = Allotment.objects.filter(project=OuterRef("pk")).values("project").order_by()
    return Coalesce(Subquery(rows.annotate(whole=Sum(amount)).values("whole")), 0)


def _late_steps(today: date) -> Combinable:
    rows = Step.objects.filter(project=OuterRef("pk"), done_on=None, ends_on__lt=today)
    counted_ones = rows.values("project").order_by().annotate(whole=Count("pk"))
    return Coalesce(Subquery(counted_ones.values("whole")), 0)


def _line(
    project: Project,
    figures: tuple[int, ...],
    clauses: Sequence[Directive],
    *,
    today: date,
) -> ProjectLine:
    planned, approved, paid, late = figures
    if project.ends_on is not None and project.ends_on < today:
        late = max(late, 1)
    begun = project.state in {ProjectState.APPROVED, ProjectState.UNDER_WAY}
    return ProjectLine(
        project=project,
        planned=planned,
        approved=approved,
        paid=paid,
        clauses=tuple(clauses),
        late_by=late if begun else 0,
        is_unfunded=not approved
        and project.standing in _WITHOUT_MONEY
        and project.state in LIVE_STATES,
    )


def list_choices(post: Post, whose: Whose) -> ListChoices:
    """ตัวเลือกของตัวกรอง: own divisions, and the orders that are answered."""
    if whose is Whose.OWN:
        answers = ProjectAnswer.objects.filter(
            project__organisation__path=post.organisation.house_path
        )
        return ListChoices(tuple(divisions_of(post)), _titled(answers.values("root")))
    return ListChoices((), _titled(_orders_given(post).values("pk")))


def _titled(keys: QuerySet[Any, Any]) -> tuple[Order, ...]:
    rows = Order.objects.filter(pk__in=keys).exclude(pk__in=secret_orders().values("pk"))
    return tuple(rows.only("pk", "title", "made_at").order_by("-made_at", "-pk")[:50])


def _of(post: Post, whose: Whose) -> QuerySet[Project]:
    if not post.has_duty(Duty.READ_LETTERS):
        return Project.objects.none()
    if whose is Whose.OWN:
        return own_projects(post)
    # Their keys, not how they are found: then the database knows how few they are.
    given = list(_orders_given(post).values_list("pk", flat=True))
    answered = ProjectAnswer.objects.filter(root__in=given, project=OuterRef("pk"))
    rows = Project.objects.filter(Exists(answered), state__in=SHOWN_STATES)
    house, level = post.organisation.house_path, house_of(post).level
    below = Organisation.objects.filter(path__startswith=reach_of(post)).exclude(path=house)
    if level in _WHOLE_COUNTRY:
        # All but everybody lies below: whose it is is asked of each, in the order of the list.
        rows = rows.filter(organisation__path__startswith=reach_of(post))
        rows = rows.exclude(organisation__path=house)
    else:
        rows = rows.filter(organisation__in=below.exclude(level=Level.DIVISION).values("pk"))
    return rows.select_related("organisation", "unit")


def _orders_given(post: Post) -> QuerySet[Order]:
    """The first orders of the chains in which this house gave or passed on."""
    house = post.organisation.house_path
    mine = Order.objects.filter(organisation__path=house).exclude(
        pk__in=secret_orders().values("pk")
    )
    return Order.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=mine.values("root"))).filter(
        Q(root=None) | Q(root=F("pk"))
    )
