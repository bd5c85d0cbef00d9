"""Whether a post may do this at all, and rows taken for oneself before they are changed."""

from thamthan.directives.models import Assignment, Handing, Order
from thamthan.errors import Refused
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty


def check_orders(by: Post) -> None:
    """Refuse unless this post takes and gives orders for its house."""
    if not by.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ถ่ายทอดข้อสั่งการ", code="not_allowed", status=403)


def check_answers(by: Post) -> None:
    """Refuse unless this post carries out orders for its house or division."""
    if not by.has_duty(Duty.ANSWER_ORDERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ตอบข้อสั่งการ", code="not_allowed", status=403)


def check_own_house(organisation: Organisation, by: Post, *, words: str) -> None:
    """Refuse unless the organisation is this post's house or a division of it."""
    if organisation.house_path != by.organisation.house_path:
        raise Refused(words, code="foreign_order", status=403)


def locked_order(order: Order) -> Order:
    # Alone, without what hangs on it: PostgreSQL joins a row that another just changed with
    # what hung on it before.
    Order.objects.select_for_update().get(pk=order.pk)
    return Order.objects.select_related("organisation", "letter", "sent", "draft__letter").get(
        pk=order.pk
    )


def locked_handing(handing: Handing) -> Handing:
    Handing.objects.select_for_update().get(pk=handing.pk)
    return Handing.objects.select_related("organisation", "root", "order__organisation").get(
        pk=handing.pk
    )


def locked_assignment(assignment: Assignment) -> Assignment:
    Assignment.objects.select_for_update().get(pk=assignment.pk)
    return Assignment.objects.select_related(
        "organisation", "handing__order__organisation", "obligation"
    ).get(pk=assignment.pk)
