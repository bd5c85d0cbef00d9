"""The giver's side: answers are accepted or sent back, and an order is closed."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.utils import timezone

from thamthan.directives.actions.checks import check_orders, check_own_house, locked_order
from thamthan.directives.actions.moving import (
    check_judges,
    check_seen,
    check_text,
    locked_tasks,
    move_tasks,
)
from thamthan.directives.models import Assignment, Handing, Order
from thamthan.directives.rules import AssignmentState, OrderState, RemarkKind, check_order_move
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@transaction.atomic
def accept_answers(
    tasks: Sequence[Assignment], *, by: Post, seen_at: datetime, note: str = ""
) -> int:
    """รับรองผล, of one house or of many at once; all or none. Gives how many.

    What a house took from paper it marks so itself, when its answer has gone out on paper.
    """
    for handing, rows in _by_handing(tasks, by=by):
        check_seen(rows, seen_at)
        move_tasks(
            rows, AssignmentState.DONE, by=by, kind=RemarkKind.ACCEPT, text=note.strip()[:2000]
        )
        record(Verb.TASK_ACCEPTED, handing, by=by, tasks=[row.pk for row in rows])
    return len(tasks)


@transaction.atomic
def return_answers(tasks: Sequence[Assignment], *, by: Post, note: str, seen_at: datetime) -> int:
    """ส่งกลับให้แก้ไข, with what is to be mended; what was accepted is opened again so, too."""
    words = check_text(note, missing="โปรดบอกว่าให้แก้ไขอะไร")
    for handing, rows in _by_handing(tasks, by=by):
        check_seen(rows, seen_at)
        move_tasks(rows, AssignmentState.RETURNED, by=by, kind=RemarkKind.RETURN, text=words)
        record(
            Verb.TASK_RETURNED,
            handing,
            by=by,
            note=words[:2000],
            tasks=[row.pk for row in rows],
        )
    return len(tasks)


def _by_handing(tasks: Sequence[Assignment], *, by: Post) -> list[tuple[Handing, list[Assignment]]]:
    """Every handing and its tasks taken, in the order of their keys; each judged by this post."""
    if not tasks:
        raise Refused("ยังไม่ได้เลือกข้อ โปรดเลือกอย่างน้อยหนึ่งข้อ", code="no_tasks", status=400)
    key = attrgetter("handing_id")
    handings = Handing.objects.select_related("organisation", "order__organisation").in_bulk(
        {task.handing_id for task in tasks}
    )
    for handing in handings.values():
        check_judges(handing, by)
    return [
        locked_tasks(handings[pk], list(rows))
        for pk, rows in groupby(sorted(tasks, key=key), key=key)
    ]


@transaction.atomic
def close_order(order: Order, *, by: Post, reason: str = "") -> Order:
    """ปิดเรื่องสั่งการ: when every task that it gave is done, or earlier with a reason."""
    check_orders(by)
    locked = locked_order(order)
    check_own_house(locked.organisation, by, words="เรื่องสั่งการนี้เป็นของหน่วยงานอื่น")
    if locked.state == OrderState.CLOSED:
        return locked
    check_order_move(locked.state, OrderState.CLOSED)
    given = Assignment.objects.filter(handing__order=locked).exclude(level=Level.DIVISION)
    left = given.exclude(state=AssignmentState.DONE).count()
    if left and not reason.strip():
        raise Refused(
            f"ยังมี {left:,} งานที่ไม่เรียบร้อย หากจะปิดเรื่องโปรดบอกเหตุ", code="not_all_done", left=left
        )
    locked.state, locked.closed_at = OrderState.CLOSED, timezone.now()
    locked.version += 1
    locked.save(update_fields=["state", "closed_at", "version"])
    record(Verb.ORDER_CLOSED, locked, by=by, note=reason.strip()[:2000], left=left)
    return locked
