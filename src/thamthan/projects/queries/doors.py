"""The doors: which projects a post may see, and which clauses a project of its house may answer."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from thamthan.directives.models import Directive, Handing, Order
from thamthan.directives.queries.secrecy import secret_orders
from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.organisations.queries import reach_of
from thamthan.organisations.rules import Duty
from thamthan.projects.models import Project, ProjectAnswer
from thamthan.projects.rules import SHOWN_STATES


def projects_seen_by(post: Post) -> QuerySet[Project]:
    """โครงการที่เห็น: one's own house's, and below it those that answer an order one gave.

    A draft is the house's own affair; so is a project that answers nobody's order but its own.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return Project.objects.none()
    house = post.organisation.house_path
    own = Q(organisation__path=house)
    mine = Order.objects.filter(organisation__path=house).exclude(
        pk__in=secret_orders().values("pk")
    )
    answers = ProjectAnswer.objects.filter(project=OuterRef("pk")).filter(
        Q(root__in=mine.values("root")) | Q(root__in=mine.values("pk"))
    )
    below = Q(
        Exists(answers), organisation__path__startswith=reach_of(post), state__in=SHOWN_STATES
    )
    return Project.objects.filter(own | below).select_related("organisation", "unit")


def own_projects(post: Post) -> QuerySet[Project]:
    """โครงการของหน่วยงานตน, drafts too."""
    if not post.has_duty(Duty.READ_LETTERS):
        return Project.objects.none()
    return Project.objects.filter(organisation__path=post.organisation.house_path).select_related(
        "organisation", "unit"
    )


def project_for(post: Post, pk: int) -> Project:
    """โครงการหนึ่งโครงการ; one that this post may not see does not exist for it."""
    found = projects_seen_by(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบโครงการนี้")
    return found


def is_own(post: Post, project: Project) -> bool:
    """Whether the project is of this post's own house, which alone changes it."""
    return project.organisation.path == post.organisation.house_path


def answers_of(post: Post, project: Project) -> QuerySet[ProjectAnswer]:
    """ข้อสั่งการที่โครงการตอบ; those of an order that was classed since are seen by nobody here."""
    seen = ProjectAnswer.objects.filter(project__in=projects_seen_by(post).filter(pk=project.pk))
    return seen.exclude(root__in=secret_orders().values("pk")).select_related(
        "directive__parent", "root__organisation", "root__letter"
    )


def answerable_clauses(post: Post) -> QuerySet[Directive]:
    """ข้อที่โครงการของหน่วยงานนี้ตอบได้: of the orders it has in hand, or took up itself."""
    if not post.has_duty(Duty.READ_LETTERS):
        return Directive.objects.none()
    house = post.organisation.house_path
    handed = Handing.objects.filter(organisation__path=house)
    own = Order.objects.filter(organisation__path=house)
    return (
        Directive.objects.filter(
            Q(order__in=handed.values("root"))
            | Q(order__in=handed.values("order"))
            | Q(order__in=own.values("pk")),
            dropped_at=None,
        )
        .exclude(order__in=secret_orders().values("pk"))
        .select_related("order__organisation", "parent")
    )
