"""A letter's orders are taken apart into clauses, and taken up as the house's own tasks."""

from django.db import transaction
from django.utils import timezone

from thamthan.directives.actions.cascading import hand_to_own_house
from thamthan.directives.actions.checks import check_orders, check_own_house, locked_order
from thamthan.directives.models import Order
from thamthan.directives.queries import came_with
from thamthan.directives.rules import OrderState, check_order_move
from thamthan.directives.taking import lay_down
from thamthan.errors import Refused
from thamthan.letters.models import Letter
from thamthan.letters.queries import letter_for, readings_of
from thamthan.letters.rules import Direction, LetterState
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@transaction.atomic
def begin_order(letter: Letter, *, by: Post) -> Order:
    """แยกข้อสั่งการ: from what a person confirmed of this letter, a clause a row; a proposal still.

    Begun twice, it is the same order. The letter is one that this house registered, or its own
    with a number. Secret letters are not handed down here: nothing about them leaves the registry.
    """
    check_orders(by)
    locked = letter_for(by, letter.pk)
    if locked.is_secret:
        raise Refused("หนังสือลับไม่แยกและไม่ถ่ายทอดข้อสั่งการในระบบนี้", code="secret_letter")
    if locked.state not in {LetterState.REGISTERED, LetterState.FINISHED, LetterState.SENT}:
        raise Refused(
            "หนังสือนี้ยังไม่ได้ลงทะเบียน โปรดยืนยันและลงทะเบียนก่อนแยกข้อสั่งการ",
            code="not_registered",
        )
    there = Order.objects.filter(organisation=locked.organisation, letter=locked).first()
    if there is not None:
        return there
    handing = came_with(by, locked)
    if handing is not None:
        raise Refused(
            "ข้อสั่งการของหนังสือนี้มาพร้อมกับหนังสือแล้ว ไม่ต้องแยกอีก",
            code="orders_came_along",
            handing=handing.pk,
        )
    reading = readings_of(by, locked).reading
    if reading is None:
        raise Refused("หนังสือนี้ยังไม่มีผลการอ่านที่ยืนยันแล้ว", code="not_confirmed")
    is_own = locked.direction == Direction.SENT
    # Whoever comes second waits here, and finds the first one's.
    order, is_new = Order.objects.get_or_create(
        organisation=locked.organisation,
        letter=locked,
        defaults={
            "title": locked.subject or str(locked),
            "made_by": by,
            "sent": locked if is_own else None,
        },
    )
    if is_new:
        lay_down(order, reading)
        record(Verb.ORDER_BEGUN, order, by=by, letter=locked.pk)
    return order


@transaction.atomic
def adopt_order(order: Order, *, by: Post, seen_version: int) -> Order:
    """รับไว้ดำเนินการ: the clauses stand; what came from outside becomes this house's own tasks."""
    check_orders(by)
    locked = locked_order(order)
    check_own_house(locked.organisation, by, words="เรื่องสั่งการนี้เป็นของหน่วยงานอื่น")
    if locked.state == OrderState.ADOPTED:
        return locked
    if locked.version != seen_version:
        raise Refused("มีผู้แก้ข้อสั่งการชุดนี้ไปแล้ว โปรดดูใหม่ก่อนรับไว้ดำเนินการ", code="changed_meanwhile")
    check_order_move(locked.state, OrderState.ADOPTED)
    if not locked.obligations.filter(dropped_at=None).exists():
        raise Refused("ยังไม่มีสิ่งที่ขอให้ดำเนินการ โปรดเพิ่มอย่างน้อยหนึ่งข้อ", code="no_obligations")
    locked.state, locked.adopted_at = OrderState.ADOPTED, timezone.now()
    locked.version += 1
    locked.save()
    if locked.letter is not None and locked.letter.direction == Direction.RECEIVED:
        hand_to_own_house(locked, by=by)
    record(Verb.ORDER_ADOPTED, locked, by=by)
    return locked
