"""Whether a post may do this at all, and rows taken for oneself before they are changed."""

from typing import Any

from django.db.models import QuerySet

from thamthan.directives.models import Assignment, Handing, Order
from thamthan.directives.rules import OrderState
from thamthan.errors import Refused
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record
from thamthan.records.rules import Verb


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
    # what hung on it before. Without its key: a row elsewhere that points at it waits for nobody.
    Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    return Order.objects.select_related("organisation", "letter", "sent", "draft__letter").get(
        pk=order.pk
    )


def locked_proposal(order: Order, *, by: Post, seen_version: int) -> Order:
    """An order whose clauses are still being worked over, as this post saw it; locked.

    Orders that were taken up do not change under those who have them.
    """
    check_orders(by)
    locked = locked_order(order)
    check_own_house(locked.organisation, by, words="เรื่องสั่งการนี้เป็นของหน่วยงานอื่น")
    if locked.state != OrderState.DRAFTING:
        raise Refused(
            "รับข้อสั่งการชุดนี้ไว้ดำเนินการแล้ว จึงแก้ไม่ได้ เพราะงานได้มอบไปตามข้อเหล่านี้",
            code="adopted_already",
        )
    if locked.version != seen_version:
        raise Refused(
            "มีผู้แก้ข้อสั่งการชุดนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ ยังไม่ได้บันทึกของท่าน", code="changed_meanwhile"
        )
    return locked


def proposal_changed(order: Order, *, by: Post, **facts: Any) -> None:
    """One more change to the clauses: whoever looked before it must look again."""
    order.version += 1
    order.save(update_fields=["version"])
    record(Verb.ORDER_CHANGED, order, by=by, **facts)


def locked_handing(handing: Handing) -> Handing:
    Handing.objects.select_for_update(no_key=True).get(pk=handing.pk)
    return Handing.objects.select_related("organisation", "root", "order__organisation").get(
        pk=handing.pk
    )


def locked_assignment(assignment: Assignment) -> Assignment:
    Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    return Assignment.objects.select_related(
        "organisation", "handing__order__organisation", "obligation"
    ).get(pk=assignment.pk)


def lock_tasks_in_order(rows: QuerySet[Assignment]) -> None:
    """Take many tasks by their keys, as whoever answers does, before one statement changes them.

    A statement takes its rows as it comes upon them: two that meet from two ends would wait for
    each other for ever.
    """
    for _ in (
        rows.order_by("pk").select_for_update(of=("self",), no_key=True).only("pk").iterator(2000)
    ):
        pass
