"""โครงการใกล้เคียง, before one is written anew: in the plan, in the past, done by others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from django.db.models import QuerySet, Sum

from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.projects.models import Allotment, PlanRow, Project, Result
from thamthan.projects.queries.doors import own_projects
from thamthan.projects.queries.starting import own_plan_rows
from thamthan.projects.rules import ProjectState, ResultStanding
from thamthan.projects.rules.nearness import likeness_to, shared_words
from thamthan.projects.wordlist import long_runs_of, nearest_keys, rarest

MOST_NEAR = 5
# Of the index the nearest by what few have; then compared as a whole.
_CANDIDATES = 40
_ASKED_RUNS = 6
# Of one plan, and of one house, all are compared; those with more are rare.
_MOST_COMPARED = 2_000
_LEAST_LIKE = 0.18


class NearKind(Enum):
    """โครงการใกล้เคียงมาจากไหน."""

    PLAN = "อยู่ในแผนของเรา"
    OWN = "เราเคยทำ"
    OTHER = "หน่วยงานอื่นทำเสร็จแล้ว"


@dataclass(frozen=True, slots=True)
class Near:
    """โครงการใกล้เคียงหนึ่งรายการ: where it is, why it is near, what it cost and what came of it."""

    kind: NearKind
    name: str
    likeness: float
    why: str
    row: PlanRow | None = None
    project: Project | None = None
    satang: int | None = None
    results: tuple[str, ...] = ()


def nearest_projects(post: Post, text: str, *, but: Project | None = None) -> list[Near]:
    """โครงการใกล้เคียง to these words: rows of one's plan, own projects, finished ones of others.

    Of others only what they show to everybody. No more than five of each kind.
    """
    if not post.has_duty(Duty.READ_LETTERS) or not long_runs_of(text):
        return []
    own = own_projects(post).select_related(None).order_by("-be_year", "-pk")
    if but is not None:
        own = own.exclude(pk=but.pk)
    others = _done_by_others(post, rarest(long_runs_of(text), most=_ASKED_RUNS))
    found = [
        *_rows(post, text),
        *_projects(own.values_list("pk", "name")[:_MOST_COMPARED], text, NearKind.OWN),
        *_projects(others.values_list("pk", "name"), text, NearKind.OTHER),
    ]
    return _with_outcome(found)


def _rows(post: Post, text: str) -> list[Near]:
    rows = own_plan_rows(post).order_by("-plan__be_from", "pk").values_list("pk", "name")
    best = _best(text, rows[:_MOST_COMPARED])
    kept = own_plan_rows(post).in_bulk([pk for _, pk in best])
    return [
        Near(NearKind.PLAN, kept[pk].name, like, shared_words(text, kept[pk].name), row=kept[pk])
        for like, pk in best
    ]


def _best(text: str, names: Iterable[tuple[int, str]]) -> list[tuple[float, int]]:
    """The nearest of these names, each with how near it is and its key."""
    near = likeness_to(text)
    scored = ((near(name), pk) for pk, name in names)
    return sorted((one for one in scored if one[0] >= _LEAST_LIKE), reverse=True)[:MOST_NEAR]


def _projects(names: Iterable[tuple[int, str]], text: str, kind: NearKind) -> list[Near]:
    best = _best(text, names)
    kept = Project.objects.select_related("organisation").in_bulk([pk for _, pk in best])
    return [
        Near(kind, kept[pk].name, like, shared_words(text, kept[pk].name), project=kept[pk])
        for like, pk in best
    ]


def _done_by_others(post: Post, runs: Sequence[str]) -> QuerySet[Project]:
    """Of the finished ones that others show, those that share the rarest words."""
    others = Project.objects.filter(state=ProjectState.FINISHED, is_public=True).exclude(
        organisation__path=post.organisation.house_path
    )
    sql, values = others.order_by().values("pk").query.sql_with_params()
    keys = nearest_keys(runs, among=(sql, values), most=_CANDIDATES)
    return others.filter(pk__in=keys)


def _with_outcome(found: Sequence[Near]) -> list[Near]:
    """With what each cost, and the newest result of each of its indicators."""
    keys = [near.project.pk for near in found if near.project is not None]
    paid = dict(
        Allotment.objects.filter(project__in=keys)
        .values("project")
        .annotate(paid=Sum("paid_satang"))
        .order_by()
        .values_list("project", "paid")
    )
    told: dict[int, dict[int, str]] = {}
    results = Result.objects.filter(
        goal__project__in=keys,
        goal__dropped_at=None,
        replaced_by=None,
        standing=ResultStanding.MEASURED,
    ).select_related("goal")
    for result in results.order_by("until_on", "pk"):
        goal, value = result.goal, result.value_milli or 0
        shown = f"{value / 1000:,.3f}".rstrip("0").rstrip(".")
        told.setdefault(goal.project_id, {})[goal.pk] = f"{goal.name} {shown} {goal.unit}"
    return [
        near
        if near.project is None
        else Near(
            near.kind,
            near.name,
            near.likeness,
            near.why,
            project=near.project,
            satang=paid.get(near.project.pk),
            results=tuple(chain(told.get(near.project.pk, {}).values()))[:3],
        )
        for near in found
    ]
