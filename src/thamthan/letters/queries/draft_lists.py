"""Which drafts a post sees."""

from django.db.models import Q, QuerySet

from thamthan.letters.models import Draft
from thamthan.letters.rules import DraftState
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty, Role
from thamthan.thai.correspondence import Secrecy


def drafts_seen_by(post: Post) -> QuerySet[Draft]:
    """ร่างหนังสือที่ตำแหน่งนี้เห็น: of its own house.

    Secret ones: whoever writes one, the registrar of secrets, and the executive, who signs.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return Draft.objects.none()
    house = Draft.objects.filter(organisation__path=post.organisation.house_path)
    if not post.has_duty(Duty.KEEP_SECRETS) and post.role != Role.EXECUTIVE:
        house = house.filter(Q(secrecy=Secrecy.OPEN) | Q(made_by=post))
    return house.select_related("organisation", "made_by", "changed_by__person", "answers")


def drafts_to_number(post: Post) -> QuerySet[Draft]:
    """ร่างที่ลงนามแล้วรอออกเลข, for whoever gives numbers; that which was signed first, first."""
    if not post.has_duty(Duty.REGISTER_LETTERS):
        return Draft.objects.none()
    return drafts_seen_by(post).filter(state=DraftState.SIGNED).order_by("signed_at", "pk")
