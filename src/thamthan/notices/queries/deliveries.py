"""Deliveries, for whoever looks after an installation or a house."""

from django.db.models import Count, QuerySet

from thamthan.errors import NotFound, Refused
from thamthan.notices.models import Delivery
from thamthan.notices.rules import Channel, DeliveryState
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty


def deliveries_seen_by(post: Post, *, state: str = "", channel: str = "") -> QuerySet[Delivery]:
    """การส่งแจ้งเตือนของบุคคลในความดูแล: whether it went and why not; not what it said.

    Of everyone with a post in what this administrator keeps.
    """
    if not post.has_duty(Duty.KEEP_ORGANISATIONS):
        raise Refused("เฉพาะผู้ดูแลระบบดูการส่งแจ้งเตือนได้", code="not_allowed", status=403)
    kept = Post.objects.filter(organisation__path__startswith=post.organisation.path)
    rows = Delivery.objects.filter(person__in=kept.values("person"))
    if state in DeliveryState.values:
        rows = rows.filter(state=state)
    if channel in Channel.values:
        rows = rows.filter(channel=channel)
    counted = rows.select_related("person", "notice").annotate(lines_count=Count("lines"))
    return counted.order_by("-made_at", "-pk")


def delivery_for(post: Post, pk: int) -> Delivery:
    """การส่งหนึ่งรายการ."""
    found = deliveries_seen_by(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบการส่งนี้")
    return found
