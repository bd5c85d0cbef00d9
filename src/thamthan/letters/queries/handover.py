"""What lies on the desk of one post, as it would pass to whoever takes the post over."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from thamthan.letters.models import ChainStep, Draft, SavedSearch, SecretReader, Step
from thamthan.letters.rules import DraftState, RoutingState, StepState
from thamthan.organisations.models import Post, Token
from thamthan.organisations.queries import check_keeps
from thamthan.organisations.rules import Role
from thamthan.thai.correspondence import Secrecy

_CLOSED_DRAFTS = (DraftState.ISSUED, DraftState.DROPPED)


@dataclass(frozen=True, slots=True)
class DeskOfPost:
    """งานในตำแหน่ง: what passes on, and what is personal and does not.

    `secret_letters` are those that this post alone was named for: the registrar names anew.
    """

    steps: QuerySet[Step]
    chain_steps: QuerySet[ChainStep]
    drafts: QuerySet[Draft]
    searches: QuerySet[SavedSearch]
    acting: list[Post]
    tokens: QuerySet[Token]
    secret_letters: QuerySet[SecretReader]
    secret_drafts: QuerySet[Draft]

    @property
    def count(self) -> int:
        """How many things pass on."""
        kinds = (self.steps, self.chain_steps, self.drafts, self.searches)
        return sum(kind.count() for kind in kinds) + len(self.acting)


def desk_to_hand_over(post: Post, leaving: Post) -> DeskOfPost:
    """งานที่จะส่งมอบ of a post that this one keeps; nothing is told of what the letters say."""
    check_keeps(post, leaving.organisation)
    return held_by(leaving)


def held_by(leaving: Post) -> DeskOfPost:
    """All that is keyed to this post and still open; whoever calls has checked that it may ask."""
    drafts = Draft.objects.filter(made_by=leaving).exclude(state__in=_CLOSED_DRAFTS)
    open_letter = Q(routing__letter=None) | Q(routing__letter__secrecy=Secrecy.OPEN)
    open_draft = Q(routing__draft=None) | Q(routing__draft__secrecy=Secrecy.OPEN)
    return DeskOfPost(
        steps=Step.objects.filter(open_letter, open_draft, post=leaving, state=StepState.WAITING)
        .select_related("routing__letter", "routing__draft")
        .order_by("pk"),
        chain_steps=ChainStep.objects.filter(
            Q(chain__is_current=True) | Q(chain__routings__state=RoutingState.UNDER_WAY),
            post=leaving,
        ).distinct(),
        drafts=drafts.filter(secrecy=Secrecy.OPEN),
        searches=SavedSearch.objects.filter(post=leaving),
        acting=_acting_of(leaving),
        tokens=Token.objects.filter(post=leaving, revoked_at=None),
        secret_letters=SecretReader.objects.filter(post=leaving, ended_at=None).select_related(
            "letter"
        ),
        secret_drafts=drafts.exclude(secrecy=Secrecy.OPEN),
    )


def _acting_of(leaving: Post) -> list[Post]:
    """Posts in the same house that the same person only acts in (รักษาราชการแทน)."""
    if leaving.person_id is None or leaving.is_acting:
        return []
    today = timezone.localdate()
    house = leaving.organisation.house_path
    rows = (
        Post.objects.filter(person=leaving.person_id)
        .exclude(Q(pk=leaving.pk) | Q(acting=""))
        .select_related("organisation", "person")
    )
    return [one for one in rows if one.is_in_force(today) and one.organisation.house_path == house]


def successors_of(post: Post, leaving: Post) -> list[Post]:
    """ผู้รับมอบงานได้: posts of the same house in force today, those of the same role first."""
    check_keeps(post, leaving.organisation)
    today = timezone.localdate()
    house = leaving.organisation.house_path
    rows = (
        Post.objects.filter(organisation__path__startswith=house, person__isnull=False)
        .exclude(pk=leaving.pk)
        .exclude(role=Role.SYSTEM)
        .select_related("person", "organisation")
        .order_by("organisation__path", "pk")
    )
    found = [one for one in rows if one.is_in_force(today) and one.organisation.house_path == house]
    same = (leaving.role, leaving.organisation_id)
    return sorted(found, key=lambda one: (one.role, one.organisation_id) != same)
