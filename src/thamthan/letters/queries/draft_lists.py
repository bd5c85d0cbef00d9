"""Which drafts a post sees."""

from django.db.models import Q, QuerySet

from thamthan.letters.models import Draft
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.thai.correspondence import Secrecy


def drafts_seen_by(post: Post) -> QuerySet[Draft]:
    """ร่างหนังสือที่ตำแหน่งนี้เห็น: of its own house; secret ones by duty, or by one's own hand."""
    if not post.has_duty(Duty.READ_LETTERS):
        return Draft.objects.none()
    house = Draft.objects.filter(organisation__path=post.organisation.house_path)
    if not post.has_duty(Duty.READ_SECRETS):
        house = house.filter(Q(secrecy=Secrecy.OPEN) | Q(made_by=post))
    return house.select_related("organisation", "made_by", "changed_by__person", "answers")
