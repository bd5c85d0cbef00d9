"""Which projects answer a clause: in one's own house, and in those below it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from thamthan.directives.models import Directive, Order
from thamthan.organisations.models import Post
from thamthan.organisations.queries import reach_of
from thamthan.organisations.rules import Duty
from thamthan.projects.models import Project, ProjectAnswer
from thamthan.projects.rules import SHOWN_STATES, ProjectState


def own_projects_answering(post: Post, clauses: Collection[int]) -> dict[int, list[Project]]:
    """โครงการของเราที่ตอบแต่ละข้อ, by the key of the clause; those given up are left out."""
    if not clauses or not post.has_duty(Duty.READ_LETTERS):
        return {}
    rows = (
        ProjectAnswer.objects.filter(
            directive__in=clauses, project__organisation__path=post.organisation.house_path
        )
        .exclude(project__state=ProjectState.CANCELLED)
        .select_related("project")
        .order_by("-project__be_year", "-project__pk")
    )
    found: dict[int, list[Project]] = {}
    for row in rows:
        found.setdefault(row.directive_id, []).append(row.project)
    return found


@dataclass(frozen=True, slots=True)
class AnsweredClause:
    """ข้อสั่งการที่มีโครงการตอบ: how many projects of how many houses below, and how far."""

    clause: Directive
    projects: int
    houses: int
    finished: int


def projects_below_answering(post: Post, order: Order) -> list[AnsweredClause]:
    """โครงการที่อนุมัติแล้วของหน่วยงานในสังกัดที่ตอบเรื่องนี้, clause by clause, for who gave it."""
    house = post.organisation.house_path
    if order.organisation.path != house or not post.has_duty(Duty.READ_LETTERS):
        return []
    counts = {
        row["directive"]: row
        for row in ProjectAnswer.objects.filter(
            root=order.top_pk,
            project__state__in=SHOWN_STATES,
            project__organisation__path__startswith=reach_of(post),
        )
        .exclude(project__organisation__path=house)
        .values("directive")
        .annotate(
            projects=Count("pk"),
            houses=Count("project__organisation", distinct=True),
            finished=Count("pk", filter=Q(project__state=ProjectState.FINISHED)),
        )
        .order_by()
    }
    clauses = Directive.objects.filter(pk__in=counts).order_by("order", "position", "pk")
    return [
        AnsweredClause(
            clause,
            projects=counts[clause.pk]["projects"],
            houses=counts[clause.pk]["houses"],
            finished=counts[clause.pk]["finished"],
        )
        for clause in clauses
    ]
