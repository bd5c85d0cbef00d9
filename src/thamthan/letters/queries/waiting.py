"""What waits at a desk: letters to endorse or take on, drafts to endorse or sign."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from thamthan.letters.models import Draft, Letter, Step
from thamthan.letters.queries.draft_lists import drafts_seen_by
from thamthan.letters.queries.letters import letters_seen_by
from thamthan.letters.rules import ASSIGNED, STAFF, StepState, lay_words
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Role


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """เรื่องที่รอเกษียนหรือรอรับ at this desk: a letter, or a draft to endorse or sign."""

    step: Step
    letter: Letter | None
    draft: Draft | None
    lay: str
    came_from: str

    @property
    def is_assigned(self) -> bool:
        return self.step.kind in ASSIGNED


def of_seen_matters(post: Post) -> Q:
    """Steps whose matter this post sees; another kind of matter adds its own condition here."""
    return Q(routing__letter__in=letters_seen_by(post).values("pk")) | Q(
        routing__draft__in=drafts_seen_by(post).values("pk")
    )


def waiting_for(post: Post, *, now: datetime) -> list[WaitingLine]:
    """เรื่องที่รอตำแหน่งนี้เกษียนหรือรับ, that which lay longest first."""
    today = timezone.localdate(now)
    steps = (
        steps_at(post)
        .filter(of_seen_matters(post))
        .select_related(
            "routing__letter__organisation", "routing__draft", "post", "opened_by__endorsement"
        )
        .order_by("opened_at", "pk")
    )
    lines = []
    for step in steps:
        if not step.is_held_by(post, today=today):
            continue
        opener = getattr(step.opened_by, "endorsement", None)
        lines.append(
            WaitingLine(
                step=step,
                letter=step.routing.letter,
                draft=step.routing.draft,
                lay=lay_words(step.opened_at, now),
                came_from=opener.name if opener is not None else "",
            )
        )
    return lines


def held_steps(post: Post, *, now: datetime) -> list[Step]:
    """ขั้นที่รอตำแหน่งนี้ of drafts, that which lay longest first."""
    steps = steps_at(post).filter(routing__draft__isnull=False).select_related("routing", "post")
    today = timezone.localdate(now)
    return [
        step for step in steps.order_by("opened_at", "pk") if step.is_held_by(post, today=today)
    ]


def steps_at(post: Post) -> QuerySet[Step]:
    return Step.objects.filter(_is_at(post), state=StepState.WAITING)


def _is_at(post: Post) -> Q:
    mine = Q(post__organisation=post.organisation_id, post__role=post.role)
    there = Q(post=None, organisation=post.organisation_id, role=post.role)
    if Role(post.role) in STAFF:
        there |= Q(post=None, organisation=post.organisation_id, role="")
    return mine | there


def waiting_elsewhere(post: Post, *, now: datetime) -> list[tuple[Post, int]]:
    """เรื่องที่รอตำแหน่งอื่นของบุคคลเดียวกัน: which of their posts, and how many wait there."""
    if post.person_id is None:
        return []
    posts = Post.objects.filter(person=post.person_id).exclude(pk=post.pk)
    today = timezone.localdate(now)
    others = [
        each for each in posts.select_related("organisation", "person") if each.is_in_force(today)
    ]
    if not others:
        return []
    # Asked once, however many posts somebody holds.
    there = {f"at_{each.pk}": _is_at(each) & of_seen_matters(each) for each in others}
    steps = list(
        Step.objects.filter(reduce(or_, there.values()), state=StepState.WAITING)
        .annotate(**{name: Case(When(q, then=True), default=False) for name, q in there.items()})
        .select_related("post")
    )
    counted = [
        (
            each,
            sum(
                getattr(step, f"at_{each.pk}") and step.is_held_by(each, today=today)
                for step in steps
            ),
        )
        for each in others
    ]
    return [(each, count) for each, count in counted if count]
