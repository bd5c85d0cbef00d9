"""Policies as a post sees them, what runs today, and which ones a letter's words call."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr

from thamthan.directives.models import Directive, DirectivePolicy, Indicator, Policy
from thamthan.directives.queries.doors import orders_seen_by
from thamthan.directives.rules import PolicyKind, has_ended
from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.thai.text import fold

_BETWEEN_WORDS = re.compile(r"[\s()“”\"'‘’]+")


@dataclass(frozen=True, slots=True)
class CalledPolicy:
    """นโยบายที่น่าจะอ้างถึง, and the words by which it was called."""

    policy: Policy
    words: str


def policies_seen_by(post: Post) -> QuerySet[Policy]:
    """นโยบายที่เห็น: the lists', and those of one's own house and of the houses above it."""
    steps = post.organisation.house_path.rstrip("/").split("/")
    above = ["/".join(steps[: at + 1]) + "/" for at in range(len(steps))]
    return Policy.objects.filter(
        ~Q(kind=PolicyKind.OWN) | Q(organisation__path__in=above)
    ).select_related("organisation")


def policy_for(post: Post, pk: int) -> Policy:
    """นโยบายหนึ่ง."""
    found = policies_seen_by(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบนโยบายนี้")
    return found


def policies_counted(post: Post) -> QuerySet[Policy]:
    """นโยบายพร้อมจำนวน: how many indicators it has, and whether clauses under it are seen."""
    mine = _clauses_seen(post).filter(under__policy=OuterRef("pk"))
    return (
        policies_seen_by(post)
        .prefetch_related("themes")
        .annotate(
            indicator_count=Count("indicators", distinct=True),
            has_clauses=Exists(mine),
        )
    )


def indicators_seen_by(post: Post) -> QuerySet[Indicator]:
    """ตัวชี้วัดที่เห็น: those of no policy, and those of the policies that this post sees."""
    seen = policies_seen_by(post).values("pk")
    # E2 before E10.
    order = (Substr("code", 1, 1), Length("code"), "code", "from_on")
    found = Indicator.objects.filter(Q(policy=None) | Q(policy__in=seen))
    return found.select_related("theme").order_by(*order)


def clauses_under(post: Post, policy: Policy) -> QuerySet[Directive]:
    """ข้อสั่งการตามนโยบายนี้, of the orders that this post sees, newest order first."""
    under = DirectivePolicy.objects.filter(directive=OuterRef("pk"), policy=policy)
    return (
        _clauses_seen(post)
        .filter(Exists(under))
        .select_related("order__organisation", "lead")
        .order_by("-order__made_at", "order", "position", "pk")
    )


def policies_called_in(post: Post, text: str, *, today: date) -> list[CalledPolicy]:
    """นโยบายที่ถ้อยคำอ้างถึง: suggested by the words they are called by, those in force first.

    However it is spelt: digits, brackets, quotation marks and white space make no difference.
    """
    folded = _packed(text)
    if not folded:
        return []
    found = []
    for policy in policies_seen_by(post).exclude(called=""):
        words = next((one for one in _called(policy) if _packed(one) in folded), None)
        if words is not None:
            found.append(CalledPolicy(policy, words))
    return sorted(
        found, key=lambda one: (has_ended(one.policy.until_on, today=today), one.policy.code)
    )


def _called(policy: Policy) -> Sequence[str]:
    return [line for line in policy.called.splitlines() if _packed(line)]


def _packed(text: str) -> str:
    return _BETWEEN_WORDS.sub("", fold(text))


def _clauses_seen(post: Post) -> QuerySet[Directive]:
    return Directive.objects.filter(order__in=orders_seen_by(post).values("pk"), dropped_at=None)
